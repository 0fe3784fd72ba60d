"""Facet values by document and documents by value, and how often each value occurs in any set of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import FACETS, UNDATED, WITHOUT, Choice, Counts
from indexer.engines.whoosh.inverted import Ints, Inverted, offsets, stretches
from indexer.engines.whoosh.matches import Documents

_RANGE = re.compile(r"(\d{0,4})\.\.(\d{0,4})")

#: Up to this share of all documents their values are gathered, beyond it the documents of every value looked at.  At
#: 100,000 documents with 740,000 values in all, the first takes 90 ns a document, the second 1.2 ms whatever there is.
_GATHER = 1 / 8

#: Documents of a value are counted so many at a time: as many flags as a machine word holds.
_WORD = 8

#: Bits of the place of a value in its facet, where a value and its count are one number; and the last place.
_PLACE = 32
_LAST_PLACE = (1 << _PLACE) - 1


class FacetTable:
    """The values of every facet, numbered through, facet after facet in the order of FACETS.

    The values of document d are ``numbers[bounds[d]:bounds[d + 1]]``.  The documents of value v are
    ``slots[8 * words[v]:8 * words[v + 1]]``, made up to whole words with the number that no document has.
    """

    def __init__(self, segments: Sequence[Mapping[str, Inverted]], bases: NDArray[np.int64]) -> None:
        """``segments`` gives the lists of every facet in each segment, ``bases`` where its documents begin and end."""
        self._size = int(bases[-1])
        terms = {name: sorted(set().union(*(lists[name].terms for lists in segments))) for name in FACETS}
        starts = offsets(np.array([len(listed) for listed in terms.values()])).tolist()
        self._spans = {name: slice(*starts[n : n + 2]) for n, name in enumerate(FACETS)}
        self._number_of = {
            name: {term.decode(): number for number, term in enumerate(listed, self._spans[name].start)}
            for name, listed in terms.items()
        }
        self._values = [value for numbers in self._number_of.values() for value in numbers]
        parts = [self._part(lists) for lists in segments]
        rows = [_by_document(*part, size) for part, size in zip(parts, np.diff(bases).tolist(), strict=True)]
        self._bounds = offsets(np.concatenate([np.zeros(0, np.int64), *(counts for counts, _ in rows)]))
        self._numbers: Documents = np.concatenate([np.zeros(0, np.intp), *(numbers for _, numbers in rows)])
        self._words, self._slots = self._by_value(parts, bases)
        self._valued = {name: self._with_value(span) for name, span in self._spans.items()}

    def _part(self, lists: Mapping[str, Inverted]) -> tuple[Ints, Ints]:
        """Return the postings of one segment, ordered by value: documents, and numbers of values."""
        documents, numbers = [], []
        for name in FACETS:
            known = self._number_of[name]
            of_term = np.array([known[term.decode()] for term in lists[name].terms], np.int32)
            documents.append(lists[name].documents)
            numbers.append(of_term[lists[name].term_numbers()])
        return np.concatenate(documents), np.concatenate(numbers)

    def _by_value(
        self, parts: Sequence[tuple[Ints, Ints]], bases: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], Documents]:
        frequencies = [np.bincount(numbers, minlength=len(self._values)) for _, numbers in parts]
        words = offsets(-(-sum(frequencies, np.zeros(len(self._values), np.int64)) // _WORD))
        slots = np.full(_WORD * int(words[-1]), self._size, np.intp)
        free = _WORD * words[:-1]
        for (documents, _), counts, base in zip(parts, frequencies, bases.tolist(), strict=False):
            slots[stretches(free, counts)] = documents + base
            free = free + counts
        return words, slots

    def _with_value(self, span: slice) -> NDArray[np.bool_]:
        """Flag the documents that have a value of a facet."""
        flagged = np.zeros(self._size + 1, np.bool_)
        flagged[self._slots[_WORD * self._words[span.start] : _WORD * self._words[span.stop]]] = True
        return flagged[:-1]

    def count(self, documents: Documents) -> NDArray[np.integer]:
        """Return how many of ``documents`` have each value, whatever its facet."""
        if len(documents) < self._size * _GATHER:
            starts = self._bounds[documents]
            values = self._numbers[stretches(starts, self._bounds[documents + 1] - starts)]
            return np.bincount(values, minlength=len(self._values))
        if not len(self._values):
            return np.zeros(0, np.int64)
        flagged = np.zeros(self._size + 1, np.bool_)
        flagged[documents] = True
        in_words = np.bitwise_count(flagged.take(self._slots).view(np.uint64))
        return np.add.reduceat(in_words, self._words[:-1], dtype=np.int64)

    def named(self, name: str, counts: NDArray[np.integer]) -> Counts:
        """Return the part of ``counts`` that is of one facet."""
        span = self._spans[name]
        return ArrayCounts(self._values, span.start, counts[span])

    def count_without(self, name: str, documents: Documents) -> int:
        """Return how many of ``documents`` have no value of a facet."""
        span = self._spans[name]
        if span.start == span.stop:
            return len(documents)
        return len(documents) - int(np.count_nonzero(self._valued[name][documents]))

    def years(self) -> Ints:
        """Return each document's year, 0 for undated."""
        years = np.zeros(self._size + 1, np.int32)
        for value, number in self._number_of["year"].items():
            years[self._documents_of(number)] = 0 if value == UNDATED else int(value)
        return years[:-1]

    def mask(self, name: str, choice: Choice) -> NDArray[np.bool_]:
        """Flag the documents that a choice in a facet lets through."""
        passed = np.ones(self._size, np.bool_)
        if choice.include:
            passed = self._any_of(name, choice.include)
        if choice.exclude:
            passed &= ~self._any_of(name, choice.exclude)
        return passed

    def _any_of(self, name: str, values: frozenset[str]) -> NDArray[np.bool_]:
        flagged = np.zeros(self._size + 1, np.bool_)
        if name != "year" and WITHOUT in values:
            flagged[:-1] = ~self._valued[name]
        for value in values:
            for number in self._numbers_of(name, value):
                flagged[self._documents_of(number)] = True
        return flagged[:-1]

    def _documents_of(self, number: int) -> Documents:
        """Return the documents of a value, with the number that no document has."""
        return self._slots[_WORD * self._words[number] : _WORD * self._words[number + 1]]

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


def _by_document(documents: Ints, numbers: Ints, size: int) -> tuple[NDArray[np.int64], Documents]:
    """Return for the documents of one segment how many values each has, and these values, document by document."""
    # Numbers of two bytes are sorted by their digits, in linear time.
    narrow = documents.astype(np.uint16) if size <= 1 << 16 else documents
    return np.bincount(documents, minlength=size), numbers[np.argsort(narrow, kind="stable")].astype(np.intp)


#: Values of a facet that are sorted as they are: steps over arrays take twice as long on 3 or 30, and as long on 60.
_FEW = 40

_COUNT = itemgetter(1)


class ArrayCounts(Counts):
    """The counts of one facet: those of ``values[start + i]`` are ``counts[i]``."""

    def __init__(self, values: Sequence[str], start: int, counts: NDArray[np.integer]) -> None:
        self._values = values
        self._start = start
        self._counts = counts

    def most_common(self, size: int | None = None) -> list[tuple[str, int]]:
        """See ``Counts.most_common``."""
        if size == 0:
            return []
        # Methods of arrays: on a few values, each function of numpy takes as long as five of them.  To flag those that
        # are not zero first takes half of the time.
        (present,) = (self._counts != 0).nonzero()
        counts, values = self._counts[present], self._values
        if len(present) <= _FEW:
            places = (present + self._start).tolist()
            rows = [(values[place], count) for place, count in zip(places, counts.tolist(), strict=True)]
            rows.sort(key=_COUNT, reverse=True)
            return rows[:size]
        # One number of each, so that a sort is all: its count, then its place from the end, as equal ones keep theirs.
        keys = (counts.astype(np.int64, copy=False) << _PLACE) + (_LAST_PLACE - present)
        if size is not None and size < len(keys):
            keys.partition(len(keys) - size)
            keys = keys[-size:]
        keys.sort()
        first = self._start + _LAST_PLACE
        return [(values[first - (key & _LAST_PLACE)], key >> _PLACE) for key in reversed(keys.tolist())]

    @cached_property
    def _all(self) -> dict[str, int]:
        present = np.flatnonzero(self._counts)
        names = map(self._values.__getitem__, (present + self._start).tolist())
        return dict(zip(names, self._counts[present].tolist(), strict=True))

    def __getitem__(self, value: str) -> int:
        return self._all[value]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)
