"""Where is the gold?  Documents of ``../shared`` with what they name; their texts never enter the repository."""

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
OWN = Path(__file__).parent / "gold_zh.json"

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
    """One document with its gold.  ``part`` groups the figures: "seeds", "zh" or "zh-aside"."""

    part: str
    document: Document
    items: dict[str, list[Item]]


def gold(parts: tuple[str, ...] = ("seeds", "zh", "zh-aside")) -> Iterator[GoldDocument]:
    """Yield the gold documents of some parts.  Raises: FileNotFoundError where ``../shared`` is absent."""
    if "seeds" in parts:
        yield from _seeds()
    if "zh" in parts or "zh-aside" in parts:
        yield from (g for g in _articles() if g.part in parts)


def _seeds() -> Iterator[GoldDocument]:
    rows = json.loads((SHARED / "eval" / "gold_dev.json").read_text(encoding="utf-8"))["documents"]
    folder = SHARED / "seeds"
    documents = {
        normalised(document.title): document
        for path in sorted(folder.glob("*.txt"))
        for page in read(path, folder, _fail)
        for document in split(page)
    }
    for row in rows:
        title = normalised(row["title"])
        document = documents.get(title) or next(
            (d for t, d in documents.items() if t.rstrip(".") == title.rstrip(".")), None
        )
        if document is None:
            raise LookupError(f"no document has the title {row['title']!r}")
        yield GoldDocument("seeds", document, _items(row))


def _articles() -> Iterator[GoldDocument]:
    rows = {row["document"]: row for row in json.loads(OWN.read_text(encoding="utf-8"))["documents"]}
    with gzip.open(SHARED / "data" / "hr_zh_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            row = rows.get(article["id"])
            if row is not None:
                document = Document("hr_zh_dev.jsonl.gz", "", 1, article["title"], article["text"],
                                    date=article.get("date"), id=article["id"])  # fmt: skip
                yield GoldDocument(row["part"], document, _items(row))


def _items(row: dict[str, Any]) -> dict[str, list[Item]]:
    return {kind: [item(entry) for entry in row[key]] for kind, key in KEYS.items() if key in row}


def _fail(error: Exception) -> None:
    raise error
