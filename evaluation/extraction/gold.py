"""Where is the gold?  Documents with what they name.

Those of ``../shared``, whose texts never enter the repository, and the Chinese ones of our own collection.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
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

#: The parts of the gold; the last is there without ``../shared``.
PARTS = ("seeds", "zh", "zh-aside", "corpus-zh")

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


def _seeds() -> Iterator[GoldDocument]:
    rows = json.loads((SHARED / "eval" / "gold_dev.json").read_text(encoding="utf-8"))["documents"]
    folder = SHARED / "seeds"
    documents = {normalised(document.title): document for document in _documents(folder, "*.txt")}
    for row in rows:
        title = normalised(row["title"])
        document = documents.get(title) or next(
            (d for t, d in documents.items() if t.rstrip(".") == title.rstrip(".")), None
        )
        if document is None:
            raise LookupError(f"no document has the title {row['title']!r}")
        yield GoldDocument("seeds", document, _items(row))


def _articles() -> Iterator[GoldDocument]:
    rows = _rows(ARTICLES)
    with gzip.open(SHARED / "data" / "hr_zh_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            row = rows.get(article["id"])
            if row is not None:
                document = Document("hr_zh_dev.jsonl.gz", "", 1, article["title"], article["text"],
                                    date=article.get("date"), id=article["id"])  # fmt: skip
                yield GoldDocument(row["part"], document, _items(row))


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


def _fail(error: Exception) -> None:
    raise error
