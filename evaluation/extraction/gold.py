"""Where is the gold?  Documents with what they name.

Those of ``../shared``, whose texts never enter the repository, and the Chinese ones of our own collection.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evaluation.extraction.score import Item, item, normalised
from indexer.model import Document
from indexer.readers import read
from indexer.split import split

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
DOCUMENTS = ROOT / "corpus" / "documents"
ARTICLES = Path(__file__).with_name("gold_zh.json")
COLLECTION = Path(__file__).with_name("gold_corpus_zh.json")
#: Documents that nobody had read when the rules were written: gold of texts in ``../shared``, and texts of our own.
FRESH = Path(__file__).with_name("gold_fresh.toml")
CHARGES = Path(__file__).with_name("gold_charges.toml")
OWN = Path(__file__).with_name("texts_own.toml")
FRESH_PARTS = (
    "zh-fresh", "zh-fresh-aside", "en-fresh", "en-fresh-aside",
    "zh-charges", "zh-charges-aside", "en-charges", "en-charges-aside",
)  # fmt: skip

#: Which of our violations mean what the development gold writes in phrases of its own.
VIOLATIONS = Path(__file__).with_name("violations.toml")

#: The parts of the gold; all but ``OWN_PARTS`` need ``../shared``.
PARTS = ("seeds", "zh", "zh-aside", "corpus-zh", *FRESH_PARTS)
OWN_PARTS = ("corpus-zh",)

#: The keys of the gold files, by our kinds.
KEYS = {
    "person": "persons",
    "organisation": "organisations",
    "charge": "charges",
    "violation": "abuses",
    "place": "places",
}


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document with its gold.  ``part`` groups the figures: one of ``PARTS``."""

    part: str
    document: Document
    items: dict[str, list[Item]]


def gold(parts: tuple[str, ...] = PARTS) -> Iterator[GoldDocument]:
    """Yield the gold documents of some parts.

    Raises: FileNotFoundError where ``../shared`` is absent and one of its parts is asked for; LookupError where a
    document of the gold is missing.
    """
    if "seeds" in parts:
        yield from _seeds()
    if "zh" in parts or "zh-aside" in parts:
        yield from (g for g in _articles() if g.part in parts)
    if "corpus-zh" in parts:
        yield from _collection()
    if set(FRESH_PARTS) & set(parts):
        yield from (g for g in (*_fresh(), *_own()) if g.part in parts)


def _seeds() -> Iterator[GoldDocument]:
    rows = json.loads((SHARED / "eval" / "gold_dev.json").read_text(encoding="utf-8"))["documents"]
    meanings: dict[str, list[str]] = tomllib.loads(VIOLATIONS.read_text(encoding="utf-8"))
    folder = SHARED / "seeds"
    documents = {normalised(document.title): document for document in _documents(folder, "*.txt")}
    for row in rows:
        title = normalised(row["title"])
        document = documents.get(title) or next(
            (d for t, d in documents.items() if t.rstrip(".") == title.rstrip(".")), None
        )
        if document is None:
            raise LookupError(f"no document has the title {row['title']!r}")
        items = _items(row)
        items["violation"] = [_with_ids(one, meanings) for one in items.get("violation", [])]
        yield GoldDocument("seeds", document, items)


def _with_ids(phrase: Item, meanings: dict[str, list[str]]) -> Item:
    """Return a violation of the gold with the ids that mean it among its names."""
    return replace(phrase, names=phrase.names | set(meanings.get(phrase.canonical, ())))


def _articles() -> Iterator[GoldDocument]:
    rows = _rows(ARTICLES)
    for document in _shared("hr_zh_dev.jsonl.gz", rows):
        row = rows[document.id]
        yield GoldDocument(row["part"], document, _items(row))


def _fresh() -> Iterator[GoldDocument]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for path in (FRESH, CHARGES):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["documents"]:
            rows.setdefault(row["document"], []).append(row)
    for name in ("hr_zh_dev.jsonl.gz", "ungdc-3000.jsonl.gz", "upr_reports_dev.jsonl.gz"):
        for document in _shared(name, rows):
            for row in rows[document.id]:
                start, end = row.get("span", (0, len(document.text)))
                yield GoldDocument(row["part"], replace(document, text=document.text[start:end]), _noted(row))


def _own() -> Iterator[GoldDocument]:
    for row in tomllib.loads(OWN.read_text(encoding="utf-8"))["documents"]:
        document = Document(OWN.name, "", 1, row["title"], row["text"].strip(), date=row["date"], id=row["id"])
        yield GoldDocument(row["part"], document, _noted(row))


def _shared(name: str, wanted: Collection[str]) -> Iterator[Document]:
    """Yield the wanted documents of one file of ``../shared/data``."""
    with gzip.open(SHARED / "data" / name, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["id"] in wanted:
                yield Document(name, "", 1, row["title"], row["text"], date=row.get("date"), id=row["id"])


def _collection() -> Iterator[GoldDocument]:
    documents = {document.id: document for document in _documents(DOCUMENTS, "**/*.md")}
    for id, row in _rows(COLLECTION).items():
        if id not in documents:
            raise LookupError(f"no document has the id {id!r}")
        yield GoldDocument(row["part"], documents[id], _items(row))


def _documents(folder: Path, pattern: str) -> Iterator[Document]:
    for path in sorted(folder.glob(pattern)):
        for page in read(path, folder, _fail):
            yield from split(page)


def _rows(path: Path) -> dict[str, dict[str, Any]]:
    return {row["document"]: row for row in json.loads(path.read_text(encoding="utf-8"))["documents"]}


def _items(row: dict[str, Any]) -> dict[str, list[Item]]:
    return {kind: [item(entry) for entry in row[key]] for kind, key in KEYS.items() if key in row}


def _noted(row: dict[str, Any]) -> dict[str, list[Item]]:
    """Return the items of a row in the short notation: "canonical | other name", with "?" in front where optional."""
    return {
        kind: [
            item({"canonical": names[0], "accepted_names": names[1:], "optional": note.startswith("?")})
            for note in row[key]
            for names in [[name.strip() for name in note.removeprefix("?").split("|")]]
        ]
        for kind, key in KEYS.items()
        if key in row
    }


def _fail(error: Exception) -> None:
    raise error
