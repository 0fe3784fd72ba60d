"""A collection of the bench as files: the same tokens for every engine.

Nothing but the standard library is imported here, so that an engine may run under any Python that has it.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

#: The facets of the bench: one value a document for the year, several for the others.
FACETS = ("year", "organisation", "person", "charge")

#: Tokens of a document that also stand as its title.
TITLE_TOKENS = 8

#: Tokens of a line of the text: as many as a sentence has words.
LINE_TOKENS = 20

#: What is asked, in the order of the table.
KINDS = ("rare", "common", "and", "or", "phrase", "filter")


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its tokens in order, its year, and the values of the other facets."""

    id: str
    tokens: Sequence[str]
    year: int
    values: dict[str, Sequence[str]]

    @property
    def title(self) -> str:
        """The first tokens, with spaces between them."""
        return " ".join(self.tokens[:TITLE_TOKENS])

    @property
    def text(self) -> str:
        """All tokens, some on each line with spaces between them: sentences, of which passages are made."""
        lines = (self.tokens[at : at + LINE_TOKENS] for at in range(0, len(self.tokens), LINE_TOKENS))
        return "\n".join(map(" ".join, lines))


@dataclass(frozen=True, slots=True)
class Question:
    """One whole request: ten hits with their fields, the exact total and the counts of every facet.

    ``kind`` is one of KINDS.  ``terms`` are all wanted, except of an "or"; in a "phrase" they follow each other.
    A "filter" also has ``years``, first and last, or a ``person``, which decide what matches but add nothing to
    the score.
    """

    kind: str
    terms: tuple[str, ...]
    years: tuple[int, int] | None = None
    person: str | None = None

    @property
    def filtered(self) -> str | None:
        """The facet that is filtered, if one is."""
        return "year" if self.years else "person" if self.person else None

    @property
    def chosen(self) -> frozenset[str] | None:
        """The values that the filter lets through; None without a filter."""
        if self.years:
            return frozenset(map(str, range(self.years[0], self.years[1] + 1)))
        return frozenset((self.person,)) if self.person else None


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine answered: the ids of the ten best, and counts by facet and value without zeros."""

    total: int
    ids: list[str]
    facets: dict[str, dict[str, int]]


class Collection:
    """The documents and questions in a folder; see ``write``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def count(self) -> int:
        """The number of documents."""
        return len(self._bounds) - 1

    def questions(self) -> list[Question]:
        """Return what is asked, sorted by kind."""
        rows = json.loads((self.folder / "questions.json").read_text(encoding="utf-8"))
        return [
            Question(row["kind"], tuple(row["terms"]), tuple(row["years"]) if row["years"] else None, row["person"])
            for row in rows
        ]

    def documents(self, start: int = 0, end: int | None = None) -> Iterator[Document]:
        """Yield the documents from ``start`` to before ``end``."""
        bounds, vocabulary, facets = self._bounds, self._vocabulary, self._facets
        end = self.count if end is None else end
        with (self.folder / "tokens.bin").open("rb") as file:
            file.seek(4 * bounds[start])
            for number in range(start, end):
                tokens = array("i", file.read(4 * (bounds[number + 1] - bounds[number])))
                values = {name: facets[name][number] for name in FACETS[1:]}
                yield Document(str(number), [vocabulary[token] for token in tokens], facets["year"][number], values)

    @cached_property
    def _bounds(self) -> array[int]:
        return array("q", (self.folder / "bounds.bin").read_bytes())

    @cached_property
    def _vocabulary(self) -> list[str]:
        return (self.folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")

    @cached_property
    def _facets(self) -> dict[str, list[Any]]:
        facets: dict[str, list[Any]] = json.loads((self.folder / "facets.json").read_text(encoding="utf-8"))
        return facets


def write(
    folder: Path,
    vocabulary: Sequence[str],
    tokens: bytes,
    bounds: bytes,
    facets: dict[str, list[int] | list[list[str]]],
    questions: Sequence[Question],
) -> Collection:
    """Write a collection and return it.

    ``tokens`` are numbers into ``vocabulary``, four bytes each, of all documents one after another; document i has
    those from ``bounds[i]`` to before ``bounds[i + 1]`` (eight bytes each).  Both are in this machine's byte order.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    (folder / "tokens.bin").write_bytes(tokens)
    (folder / "bounds.bin").write_bytes(bounds)
    (folder / "facets.json").write_text(json.dumps(facets), encoding="utf-8")
    rows = [asdict(question) for question in questions]
    # Written last: a collection without questions was not finished.
    (folder / "questions.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return Collection(folder)
