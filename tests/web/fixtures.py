"""Invented people and documents, and a service that answers every search with the same result.

The shape is contract.md's; nobody here exists.
"""

from __future__ import annotations

import copy
import re
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

from indexer.authority import Authority
from search_app.passages.texts import Mark
from search_app.query.names import NameIndex
from search_app.request import Parameters

LIN = {"en": ["Lin Aiping"], "zh-Hans": ["林爱萍"], "zh-Hant": ["林愛萍"]}
QU = {"en": ["Qu Lanting"], "zh-Hans": ["瞿兰亭"]}
CIRCLE = {"en": ["Harbour Reading Circle"], "zh-Hans": ["海港读书会"], "zh-Hant": ["海港讀書會"]}
SMUGGLING = {"en": ["Smuggling of relics"], "zh-Hans": ["走私文物罪"], "zh-Hant": ["走私文物罪"]}

TEXT = (
    "The Harbour Reading Circle met in March & asked about Lin Aiping (林爱萍).\n"
    "\n"
    "Officials said that Lin Aiping was arrested for smuggling of relics on 4 May 2019.\n"
    "海港读书会表示，林爱萍没有见到律师。\n"
    "Nothing more is known <b>today</b>."
)


def mentions(text: str, *names: str) -> list[dict[str, Any]]:
    """Return a mention for every place where one of the names stands."""
    found = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            found.append({"field": "text", "start": start, "end": start + len(name), "text": name, "rule": "test"})
            start = text.find(name, start + 1)
    return sorted(found, key=lambda mention: mention["start"])


def entity(id: str, names: dict[str, list[str]], *written: str) -> dict[str, Any]:
    """Return an entity with its mentions in TEXT."""
    name = names.get("en", names["zh-Hans"])[0]
    return {"id": id, "name": name, "names": names, "known": True, "mentions": mentions(TEXT, *written)}


_QUOTE = "Lin Aiping was arrested for smuggling of relics on 4 May 2019."
_AT = TEXT.index(_QUOTE)
_ZH = TEXT.index("海港读书会")

RECORD: dict[str, Any] = {
    "id": "harbour-2019",
    "kind": "source",
    "digest_of": None,
    "title": "What the Harbour Reading Circle asked",
    "text": TEXT,
    "date": "2019-05-10",
    "year": 2019,
    "language": "en",
    "script": "Latn",
    "passages": [
        {"start": 0, "end": _ZH, "language": "en", "script": "Latn"},
        {"start": _ZH, "end": TEXT.index("\nNothing"), "language": "zh", "script": "Hans"},
        {"start": TEXT.index("\nNothing"), "end": len(TEXT), "language": "en", "script": "Latn"},
    ],
    "url": "https://example.org/harbour",
    "sources": ["https://example.net/notice", "javascript:alert(1)"],
    "publisher": "harbour-reading-circle",
    "publisher_name": "Harbour Reading Circle",
    "authors": ["A. Writer"],
    "file": {"path": "pages/harbour.html", "part": 1, "sha256": "0" * 64},
    "first_indexed": "2026-01-02T03:04:05Z",
    "changed": "2026-01-02T03:04:05Z",
    "persons": [entity("lin-aiping", LIN, "Lin Aiping", "林爱萍")],
    "organisations": [entity("harbour-reading-circle", CIRCLE, "Harbour Reading Circle", "海港读书会")],
    "charges": [entity("smuggling-relics", SMUGGLING, "smuggling of relics")],
    "violations": [],
    "places": [],
    "topics": [],
    "dates": [],
    "cases": [
        {
            "persons": ["lin-aiping"],
            "charges": ["smuggling-relics"],
            "status": "arrested",
            "status_text": "arrested",
            "sentence": None,
            "date": "2019-05-04",
            "authority": None,
            "jurisdiction": None,
            "basis": "stated",
            "modality": "claimed",
            "as_of": "2019-05-10",
            "evidence": [{"start": _AT, "end": _AT + len(_QUOTE), "text": _QUOTE}],
            "corrected": [],
        }
    ],
    "corrections": [],
}


def value(id: str, names: dict[str, list[str]], count: int, **flags: bool) -> dict[str, Any]:
    """Return an entry of a facet."""
    labels = {language: spelled[0] for language, spelled in names.items()}
    label = labels.get("en") or labels["zh-Hans"]
    return {"value": id, "label": label, "labels": labels, "count": count,
            "selected": flags.get("selected", False), "excluded": flags.get("excluded", False)}  # fmt: skip


def plain(id: str, count: int) -> dict[str, Any]:
    """Return an entry of a facet whose values are their own labels."""
    return {"value": id, "label": id, "count": count, "selected": False, "excluded": False}


HIT: dict[str, Any] = {
    **{key: RECORD[key] for key in ("id", "kind", "title", "date", "year", "language", "script", "url", "sources",
                                    "publisher", "publisher_name", "file")},
    "title_html": "What the <mark>Harbour</mark> Reading Circle asked",
    "score": 3.5,
    "match": "all",
    "why": ["title", "text: 2", "topic: Harbour"],
    "why_codes": [
        {"code": "title", "values": {}},
        {"code": "text", "values": {"places": 2}},
        {"code": "entity", "values": {"kind": "topic", "id": "x-harbour", "name": "Harbour"}},
    ],
    "snippets": [
        {"field": "text", "html": "The <mark>Harbour</mark> Reading Circle met in March &amp; asked …", "start": 0,
         "end": 60, "lang": "en"},
        {"field": "text", "html": "<mark>海港</mark>读书会表示……", "start": _ZH, "end": _ZH + 8, "lang": "zh-Hans"},
    ],
    "persons": [{"id": "lin-aiping", "name": "Lin Aiping", "names": LIN}],
    "organisations": [{"id": "harbour-reading-circle", "name": "Harbour Reading Circle",
                       "names": CIRCLE}],
    "charges": [{"id": "smuggling-relics", "name": "Smuggling of relics", "names": SMUGGLING}],
}  # fmt: skip

RESULTS: dict[str, Any] = {
    "query": {
        "q": "harbour",
        "filters": {},
        "filter_labels": {},
        "ignored": [],
        "ignored_codes": [],
        "questions": [],
        "expansions": [
            {
                "text": "海港",
                "kind": "topic",
                "id": "x-harbour",
                "label": "Harbour",
                "labels": {"en": "Harbour", "zh-Hans": "海港"},
            }
        ],
    },
    "total": 3,
    "total_all": 2,
    "page": 1,
    "per_page": 10,
    "next": None,
    "took_ms": 2.4,
    "index": {"generation": 7, "analyzer": "test-1", "documents": 18},
    "hits": [
        HIT,
        {**HIT, "id": "undated", "date": None, "year": None, "language": "zh", "script": "Hant", "kind": "digest",
         "title": "海港讀書會的摘要", "title_html": "<mark>海港</mark>讀書會的摘要", "url": None, "sources": [],
         "publisher": None, "publisher_name": None, "why": [], "why_codes": []},
        {**HIT, "id": "part", "match": "most", "why": [], "why_codes": [], "url": None, "sources": [],
         "publisher": None, "publisher_name": None},
    ],
    "facets": {
        "year": [plain("2019", 2), plain("2016", 1), plain("none", 1)],
        "person": [value("qu-lanting", QU, 2), value("lin-aiping", LIN, 1)],
        "organisation": [value("harbour-reading-circle", CIRCLE, 2)],
        "charge": [value("smuggling-relics", SMUGGLING, 1)],
        "violation": [],
        "place": [],
        "topic": [],
        "language": [plain("en", 2), plain("zh", 1)],
        "publisher": [plain("none", 1)],
        "kind": [plain("source", 2), plain("digest", 1)],
    },
    "without": {"person": plain("none", 1)},
    "nothing": None,
    "suggestion": None,
    "sounding_like": [],
}  # fmt: skip


class FakeResults(dict[str, Any]):
    """The JSON of a result that also offers its records, as Results does."""

    @property
    def hits(self) -> list[SimpleNamespace]:
        """Return one record a hit."""
        return [SimpleNamespace(record=RECORD) for _ in self["hits"]]

    @property
    def facets(self) -> dict[str, Any]:
        """Return no values with names of their own."""
        return {}


class FakeService:
    """A service whose answer a test sets; ``asked`` keeps the parameters of every search."""

    def __init__(self) -> None:
        self.results = copy.deepcopy(RESULTS)
        self.asked: list[Any] = []
        self.authority = Authority()

    def search(self, parameters: Any) -> FakeResults:
        """Return the fixed result."""
        self.asked.append(parameters)
        return FakeResults(copy.deepcopy(self.results))

    def document(self, id: str) -> dict[str, Any] | None:
        """Return the one record."""
        return copy.deepcopy(RECORD) if id == RECORD["id"] else None

    def marks(self, record: dict[str, Any], parameters: Parameters) -> tuple[list[Mark], list[Mark]]:
        """Return the places where the query stands, as written."""
        places = [re.finditer(re.escape(parameters.q), record[field]) for field in ("title", "text")]
        title, text = ([(*match.span(), 0) for match in matches if match[0]] for matches in places)
        return title, text

    def collection(self) -> Any:
        """Lend an index in which nothing is related to anything."""
        empty = SimpleNamespace(search=lambda request: SimpleNamespace(hits=()), stored=lambda ids: [], documents=0)
        lent = SimpleNamespace(snapshot=empty, names=NameIndex((), Authority(), str))
        lent.once = lambda make, *choices: make(lent, *choices)
        return nullcontext(lent)

    def info(self) -> dict[str, Any]:
        """Describe the index."""
        return {"generation": 7, "analyzer": "test-1", "documents": 18, "updated": None, "failed": []}
