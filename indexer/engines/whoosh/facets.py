"""Facet values by document, in compressed rows, and their counts over any set of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import FACETS, UNDATED, WITHOUT, Choice
from indexer.engines.whoosh.inverted import Ints, Inverted, offsets, stretches

_RANGE = re.compile(r"(\d{0,4})\.\.(\d{0,4})")


class FacetTable:
    """The values of every facet, numbered through, facet after facet in the order of FACETS.

    The values of document d are ``numbers[bounds[d]:bounds[d + 1]]``.
    """

    def __init__(self, segments: Sequence[Mapping[str, Inverted]], bases: NDArray[np.int64]) -> None:
        """``segments`` gives the lists of every facet in each segment, ``bases`` where its documents begin and end."""
        terms = {name: sorted(set().union(*(lists[name].terms for lists in segments))) for name in FACETS}
        starts = offsets(np.array([len(listed) for listed in terms.values()])).tolist()
        self._spans = {name: slice(*starts[n : n + 2]) for n, name in enumerate(FACETS)}
        self._number_of = {
            name: {term.decode(): number for number, term in enumerate(listed, self._spans[name].start)}
            for name, listed in terms.items()
        }
        self.values = [value for numbers in self._number_of.values() for value in numbers]
        rows = [self._rows(lists, int(size)) for lists, size in zip(segments, np.diff(bases), strict=True)]
        self._bounds = offsets(np.concatenate([np.zeros(0, np.int64), *(counts for counts, _ in rows)]))
        self._numbers: Ints = np.concatenate([np.zeros(0, np.int32), *(numbers for _, numbers in rows)])
        self._documents: Ints = np.repeat(np.arange(int(bases[-1]), dtype=np.int32), np.diff(self._bounds))

    def _rows(self, lists: Mapping[str, Inverted], size: int) -> tuple[NDArray[np.int64], Ints]:
        """Return for the documents of one segment how many values each has, and these values, document by document."""
        documents, numbers = [], []
        for name in FACETS:
            known = self._number_of[name]
            of_term = np.array([known[term.decode()] for term in lists[name].terms], np.int32)
            documents.append(lists[name].documents)
            numbers.append(of_term[lists[name].term_numbers()])
        row = np.concatenate(documents)
        return np.bincount(row, minlength=size), np.concatenate(numbers)[np.argsort(row, kind="stable")]

    def count(self, documents: Ints) -> NDArray[np.int64]:
        """Return how many of ``documents`` have each value, whatever its facet."""
        starts = self._bounds[documents]
        places = stretches(starts, self._bounds[documents + 1] - starts)
        return np.bincount(self._numbers[places], minlength=len(self.values))

    def named(self, name: str, counts: NDArray[np.int64]) -> dict[str, int]:
        """Return the values of one facet that ``counts`` has, with their numbers; zeros are left out."""
        span = self._spans[name]
        present = np.flatnonzero(counts[span]) + span.start
        return {self.values[n]: count for n, count in zip(present.tolist(), counts[present].tolist(), strict=True)}

    def with_any(self, name: str) -> NDArray[np.bool_]:
        """Flag the documents that have a value of a facet."""
        span = self._spans[name]
        flagged = np.zeros(len(self._bounds) - 1, np.bool_)
        flagged[self._documents[(self._numbers >= span.start) & (self._numbers < span.stop)]] = True
        return flagged

    def years(self) -> Ints:
        """Return each document's year, 0 for undated."""
        year_of = np.zeros(len(self.values), np.int32)
        for value, number in self._number_of["year"].items():
            year_of[number] = 0 if value == UNDATED else int(value)
        years = np.zeros(len(self._bounds) - 1, np.int32)
        np.maximum.at(years, self._documents, year_of[self._numbers])
        return years

    def mask(self, name: str, choice: Choice) -> NDArray[np.bool_]:
        """Flag the documents that a choice in a facet lets through."""
        passed = np.ones(len(self._bounds) - 1, np.bool_)
        if choice.include:
            passed = self._any_of(name, choice.include)
        if choice.exclude:
            passed &= ~self._any_of(name, choice.exclude)
        return passed

    def _any_of(self, name: str, values: frozenset[str]) -> NDArray[np.bool_]:
        wanted = np.zeros(len(self.values), np.bool_)
        for value in values:
            wanted[list(self._numbers_of(name, value))] = True
        flagged = np.zeros(len(self._bounds) - 1, np.bool_)
        if name != "year" and WITHOUT in values:
            flagged = ~self.with_any(name)
        flagged[self._documents[wanted[self._numbers]]] = True
        return flagged

    def _numbers_of(self, name: str, value: str) -> Iterator[int]:
        """Yield the numbers that a value stands for: one, or for a range of years several."""
        known = self._number_of[name]
        if value in known:
            yield known[value]
            return
        span = _RANGE.fullmatch(value)
        if name == "year" and span and value != "..":
            low, high = int(span[1] or 0), int(span[2] or 9999)
            for year, number in known.items():
                if year != UNDATED and low <= int(year) <= high:
                    yield number
