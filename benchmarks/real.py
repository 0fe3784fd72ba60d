"""Real documents of ``../shared/data`` as a collection: their tokens are what our analyzer makes of them.

Long ones are cut at a paragraph into pieces of a few pages.  The years are theirs where they have one; the other facets
are drawn as for invented documents, because what these documents name is not known before they are extracted.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.documents import Collection, write
from benchmarks.questions import Chooser, document_frequencies
from benchmarks.synthetic import drawn_facets
from indexer.analysis import Analyzer

Row = TypeVar("Row")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

#: What is read, in turn: English speeches and Chinese laws, news in both scripts, encyclopaedia paragraphs.
SOURCES = (
    "ungdc-3000.jsonl.gz",
    "prc_laws.jsonl.gz",
    "hr_zh_dev.jsonl.gz",
    "ir/cmrc2018/docs.jsonl.gz",
    "ir/drcd/docs.jsonl.gz",
)

#: A piece ends at the first paragraph after so many characters, or at so many.
PIECE, LONGEST_PIECE = 1500, 3000

#: A piece with fewer tokens is left out: a heading, a signature.
FEWEST_TOKENS = 30


def real(folder: Path, count: int) -> Collection:
    """Write ``count`` pieces, as many of each source in turn as it has, and return them."""
    analyzer = Analyzer()
    numbers: dict[str, int] = {}
    rows = []
    years: list[int | None] = []
    for text, year in islice(in_turn([_pieces(SHARED / name) for name in SOURCES]), 2 * count):
        terms = [token.text for token in analyzer.analyze(text).words]
        if len(terms) < FEWEST_TOKENS:
            continue
        rows.append(np.array([numbers.setdefault(term, len(numbers)) for term in terms], np.int32))
        years.append(year)
        if len(rows) == count:
            break
    vocabulary = list(numbers)
    tokens = np.concatenate(rows)
    bounds = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=bounds[1:])
    facets = drawn_facets(np.random.default_rng(7), len(rows))
    drawn = facets["year"]
    facets["year"] = [year or int(str(other)) for year, other in zip(years, drawn, strict=True)]
    han = sum(vocabulary[row[0]] > "\u2e7f" for row in rows)
    frequencies = document_frequencies(tokens, bounds, len(vocabulary))
    chooser = Chooser(vocabulary, frequencies, {True: han, False: len(rows) - han}, tokens, bounds)
    return write(folder, vocabulary, tokens.tobytes(), bounds.tobytes(), facets, chooser.questions())


def in_turn(sources: Sequence[Iterator[Row]]) -> Iterator[Row]:
    """Yield one of each source in turn, until all are read."""
    left = list(sources)
    while left:
        for source in list(left):
            try:
                yield next(source)
            except StopIteration:
                left.remove(source)


def _pieces(file: Path) -> Iterator[tuple[str, int | None]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            date = str(row.get("date") or "")[:4]
            year = int(date) if date.isdigit() else None
            yield from ((piece, year) for piece in cut(row["text"]))


def cut(text: str, least: int = PIECE, most: int = LONGEST_PIECE) -> Iterator[str]:
    """Yield the pieces of a text: each ends at the first paragraph after ``least`` characters, or at ``most``."""
    start = 0
    while start < len(text):
        paragraph = text.find("\n", start + least, start + most)
        end = paragraph + 1 if paragraph >= 0 else start + most
        yield text[start:end]
        start = end
