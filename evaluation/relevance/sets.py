"""Sets of queries, each opened over an index of its own documents and ready to be ranked.

``scripts`` and ``languages`` are made from what a collection itself says, without a judgement of ours: of documents
that say or name the same, those in the script or language of the query are to come first.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from evaluation.relevance.collections import (
    CORPUS,
    SHARED,
    Topic,
    corpus_topics,
    development_topics,
    public_collections,
    segment_titles,
    without_language,
)
from indexer.engines import open_engine
from indexer.fold import fold_text
from indexer.language import script_of
from indexer.pipeline.update import update
from indexer.settings import load_settings
from search_app.request import Parameters
from search_app.service import Service

#: Of a collection with more queries than this, a quick run takes every tenth.
MANY = 1000

UDHR = SHARED / "data" / "udhr.jsonl.gz"

#: A stretch of an article that is a query of its own: long enough to tell, short enough to be typed.
STRETCH = range(4, 13)


@dataclass(frozen=True, slots=True)
class QuerySet(AbstractContextManager["QuerySet"]):
    """Queries over one open index.  ``named`` gives the id of a document as the grades name it."""

    name: str
    topics: Sequence[Topic]
    service: Service
    named: Callable[[str], str] = str

    def rank(self, text: str, *, complete: bool = False) -> list[str]:
        """Return at most 100 documents, best first; where ``complete``, only those with every unit of the query."""
        ids = self.service.ids(Parameters(q=text, per_page=100, fallback=not complete))
        return list(dict.fromkeys(map(self.named, ids)))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.service.close()


def open_service(index: Path, documents: Path) -> Service:
    """Index ``documents`` into the folder ``index`` with the authority files of this repository, and open it."""
    settings = load_settings().replaced(index_folder=str(index))
    update(open_engine("whoosh", index), settings.path("corpus.authority"), [documents])
    return Service.open(settings)


def public_sets(folder: Path, only: str = "", *, quick: bool = False) -> Iterator[QuerySet]:
    """Yield the public collections as far as they are present, one set a script or a kind of judgement."""
    for collection in public_collections():
        if not collection.name.startswith(only) and not only.startswith(collection.name):
            continue
        service = open_service(folder / collection.name, collection.documents)
        for label, topics in collection.topics.items():
            chosen = topics[::10] if quick and len(topics) > MANY else topics
            yield QuerySet(f"{collection.name}.{label}", chosen, service)
        service.close()


def corpus_set(folder: Path) -> QuerySet:
    """Return our own queries on the collection that ships; the best of a document's languages counts."""
    service = open_service(folder / "corpus", CORPUS)
    return QuerySet("corpus", corpus_topics(), service, without_language)


def development_set(folder: Path) -> QuerySet:
    """Return the development queries on the real documents alone, which the judgements name by segment."""
    service = open_service(folder / "seeds", SHARED / "seeds")
    segment_of = {fold_text(title): segment for segment, title in segment_titles().items()}
    with service.collection() as collection:
        records = service.documents(sorted(collection.snapshot.ids()))
    segments = {record["id"]: segment_of.get(fold_text(record["title"]), record["id"]) for record in records if record}
    return QuerySet("development", development_topics(), service, segments.__getitem__)


def scripts_set(folder: Path) -> QuerySet:
    """Return stretches of the Universal Declaration in one script as queries: its article in that script comes first.

    A stretch that stands in several articles is left out.
    """
    service = open_service(folder / "udhr", UDHR)
    with gzip.open(UDHR, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["lang"] in ("zh", "zh-Hant")]
    folded = {row["id"]: fold_text(row["text"]) for row in rows}
    topics = []
    for row in rows:
        for stretch in re.findall(r"\w+", row["text"]):
            holders = [id for id, text in folded.items() if fold_text(stretch) in text]
            articles = {id.rpartition("-")[2] for id in holders}
            if len(stretch) in STRETCH and len(holders) == 2 and len(articles) == 1 and script_of(stretch):
                grades = {id: 2 if id == row["id"] else 1 for id in holders}
                topics.append(Topic(f"{row['id']} {stretch}", stretch, grades))
    return QuerySet("scripts", topics, service)


def languages_set(folder: Path) -> QuerySet:
    """Return names of what our collection has in both languages: documents in the language of the query come first.

    A name that several bear is left out.
    """
    service = open_service(folder / "corpus", CORPUS)
    with service.collection() as collection:
        records = service.documents(sorted(collection.snapshot.ids()))
    bearers: dict[tuple[str, str], set[tuple[str, str]]] = {}
    languages: dict[tuple[str, str], dict[str, str]] = {}
    for record in filter(None, records):
        for kind in ("persons", "organisations", "charges"):
            for entity in record[kind]:
                languages.setdefault((kind, entity["id"]), {})[record["id"]] = record["language"]
                for language, of in (("en", "en"), ("zh", "zh-Hans")):
                    for name in entity["names"].get(of, ())[:1]:
                        bearers.setdefault((language, name), set()).add((kind, entity["id"]))
    topics = []
    for (language, name), entities in sorted(bearers.items()):
        documents = languages[next(iter(entities))]
        if len(entities) == 1 and {"en", "zh"} <= set(documents.values()):
            grades = {id: 2 if of == language else 1 for id, of in documents.items()}
            topics.append(Topic(f"{language} {name}", name, grades))
    return QuerySet("languages", topics, service)
