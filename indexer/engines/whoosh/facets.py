"""Facet values by document, in compressed rows, and their counts over any set of documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import UNDATED, WITHOUT, Choice
from indexer.engines.whoosh.postings import Ints, Postings

_RANGE = re.compile(r"(\d{0,4})\.\.(\d{0,4})")


class FacetTable:
    """The values of one facet: ``values[ordinals[bounds[d]:bounds[d + 1]]]`` are those of document d."""

    def __init__(
        self,
        name: str,
        documents: int,
        terms: Iterator[tuple[str, int]],
        postings: Callable[[str, str], Postings],
    ) -> None:
        self.name = name
        self._documents = documents
        self.values: list[str] = []
        rows, ordinals = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
        for value, _ in terms:
            found = postings(name, value).documents
            if len(found):
                rows.append(found)
                ordinals.append(np.full(len(found), len(self.values), np.int32))
                self.values.append(value)
        row = np.concatenate(rows)
        order = np.argsort(row, kind="stable")
        self._rows: Ints = row[order]
        self._ordinals: Ints = np.concatenate(ordinals)[order]
        self._valued = np.zeros(documents, np.bool_)
        self._valued[self._rows] = True
        self._ordinal_of = {value: number for number, value in enumerate(self.values)}

    def count(self, inside: NDArray[np.bool_]) -> Mapping[str, int]:
        """Return how many of the documents flagged in ``inside`` have each value; zeros are left out."""
        counts = np.bincount(self._ordinals[inside[self._rows]], minlength=len(self.values))
        return {self.values[number]: int(counts[number]) for number in np.flatnonzero(counts)}

    def count_without(self, inside: NDArray[np.bool_]) -> int:
        """Return how many of the documents flagged in ``inside`` have no value."""
        return int(np.count_nonzero(inside & ~self._valued))

    def years(self) -> Ints:
        """Return each document's year, 0 for undated: of use for the facet "year" alone."""
        numbers = np.array([0 if value == UNDATED else int(value) for value in self.values] or [0], np.int32)
        years = np.zeros(self._documents, np.int32)
        years[self._rows] = numbers[self._ordinals] if len(self._ordinals) else 0
        return years

    def mask(self, choice: Choice) -> NDArray[np.bool_]:
        """Flag the documents that a choice lets through."""
        passed = np.ones(self._documents, np.bool_)
        if choice.include:
            passed = self._any_of(choice.include)
        if choice.exclude:
            passed &= ~self._any_of(choice.exclude)
        return passed

    def _any_of(self, values: frozenset[str]) -> NDArray[np.bool_]:
        wanted = np.zeros(len(self.values) + 1, np.bool_)
        for value in values:
            for number in self._numbers(value):
                wanted[number] = True
        flagged = np.zeros(self._documents, np.bool_)
        flagged[self._rows[wanted[self._ordinals]]] = True
        return flagged | ~self._valued if WITHOUT in values else flagged

    def _numbers(self, value: str) -> Iterator[int]:
        """Yield the ordinals that a value stands for: one, or for a range of years several."""
        if value in self._ordinal_of:
            yield self._ordinal_of[value]
            return
        span = _RANGE.fullmatch(value)
        if self.name == "year" and span and value != "..":
            low, high = int(span[1] or 0), int(span[2] or 9999)
            for year, number in self._ordinal_of.items():
                if year != UNDATED and low <= int(year) <= high:
                    yield number
