"""The inverted lists of one field: gathered document by document, sorted once, or put together from other lists."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]

#: Memory of a term in a vocabulary, in bytes: a short string, its dictionary slot and its number.
_TERM_BYTES = 120

#: Positions that are put in order at a time: bounds what this takes besides the result.
_STRETCH = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Inverted:
    """The lists of one field of a segment, sorted.

    Term i of ``terms`` (ascending) stands in the documents ``documents[bounds[i]:bounds[i + 1]]``, ascending, as often
    as ``counts`` says beside them.  ``positions`` holds the positions of every posting, one posting after the other;
    None for a field without positions.
    """

    terms: list[bytes]
    bounds: NDArray[np.int64]
    documents: Ints
    counts: Ints
    positions: Ints | None

    def term_numbers(self) -> NDArray[np.int64]:
        """Return the number of each posting's term."""
        return np.repeat(np.arange(len(self.terms)), np.diff(self.bounds))

    def places(self) -> NDArray[np.int64]:
        """Return where the positions of each posting begin, and after the last where they end."""
        return offsets(self.counts)

    def portions(self, size: int) -> Iterator[Inverted]:
        """Cut the lists between terms, into portions of about so many postings, or positions where there are any."""
        places = None if self.positions is None else self.places()
        filled = self.bounds if places is None else places[self.bounds]
        cuts = np.searchsorted(filled, np.arange(size, int(filled[-1]), size))
        for first, last in pairwise(np.unique([0, *cuts.tolist(), len(self.terms)]).tolist()):
            low, high = self.bounds[first], self.bounds[last]
            yield Inverted(
                self.terms[first:last],
                self.bounds[first : last + 1] - low,
                self.documents[low:high],
                self.counts[low:high],
                None if self.positions is None else self.positions[filled[first] : filled[last]],
            )


def offsets(counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return where each of so many stretches begins when they stand one after the other, and where the last ends."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def stretches(starts: NDArray[np.int64], counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the indices ``starts[i] .. starts[i] + counts[i] - 1`` of every i, one stretch after the other."""
    begins = offsets(counts)
    return np.repeat(starts - begins[:-1], counts) + np.arange(begins[-1])


class _Vocabulary(dict[str, int]):
    """Numbers terms in the order in which they first come."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class FieldBuffer:
    """The postings of one field that wait to be sorted, as flat four-byte numbers.

    Posting i is term ``terms[i]`` (its number in ``vocabulary``) in document ``documents[i]``, ``counts[i]``
    times; a field with positions has so many of them in ``positions``.
    """

    def __init__(self) -> None:
        self.vocabulary = _Vocabulary()
        self.terms = array("i")
        self.documents = array("i")
        self.counts = array("i")
        self.positions = array("i")

    def add(self, document: int, postings: Mapping[str, Sequence[int]]) -> None:
        """Add the terms of a document with their positions."""
        if not postings:
            return
        self._add_terms(document, postings)
        self.counts.fromlist(list(map(len, postings.values())))
        self.positions.fromlist(list(chain.from_iterable(postings.values())))

    def add_counted(self, document: int, values: Mapping[str, int]) -> None:
        """Add the values of a field without positions, with how often each occurs."""
        if not values:
            return
        self._add_terms(document, values)
        self.counts.fromlist(list(values.values()))

    def _add_terms(self, document: int, terms: Collection[str]) -> None:
        # An array takes a list, or another array, in a third of the time that an iterator takes.
        self.terms.fromlist(list(map(self.vocabulary.__getitem__, terms)))
        self.documents.extend(array("i", (document,)) * len(terms))

    def add_inverted(self, lists: Inverted, renumbered: Ints) -> None:
        """Add the lists of another segment; ``renumbered`` gives each document's number here, -1 to leave it out."""
        documents = renumbered[lists.documents]
        kept = documents >= 0
        numbers = [self.vocabulary[term.decode()] for term in lists.terms]
        terms = np.repeat(np.array(numbers, np.int32), np.diff(lists.bounds))
        _extend(self.terms, terms[kept])
        _extend(self.documents, documents[kept])
        _extend(self.counts, lists.counts[kept])
        if lists.positions is not None:
            _extend(self.positions, lists.positions[np.repeat(kept, lists.counts)])

    @property
    def nbytes(self) -> int:
        """The memory that waits here."""
        numbers = len(self.terms) + len(self.documents) + len(self.counts) + len(self.positions)
        return 4 * numbers + _TERM_BYTES * len(self.vocabulary)

    def inverted(self, with_positions: bool) -> Inverted:
        """Sort what waits.  A term whose documents were all left out is left out too."""
        encoded = [term.encode() for term in self.vocabulary]
        order_of_terms = sorted(range(len(encoded)), key=encoded.__getitem__)
        rank = np.empty(len(encoded), np.int32)
        rank[order_of_terms] = np.arange(len(encoded), dtype=np.int32)
        terms = rank[np.frombuffer(self.terms, np.int32)]
        order = _by_term(terms)
        frequencies = np.bincount(terms, minlength=len(encoded))
        present = np.flatnonzero(frequencies)
        return Inverted(
            [encoded[order_of_terms[number]] for number in present],
            offsets(frequencies[present]),
            np.frombuffer(self.documents, np.int32)[order],
            np.frombuffer(self.counts, np.int32)[order],
            self._positions(order) if with_positions else None,
        )

    def _positions(self, order: NDArray[np.int64]) -> Ints:
        """Return the positions of the postings in ``order``."""
        given = np.frombuffer(self.positions, np.int32)
        counts = np.frombuffer(self.counts, np.int32)
        places = offsets(counts)
        found = np.empty(len(given), np.int32)
        filled = 0
        for rows in _portions(order, counts[order]):
            indices = stretches(places[rows], counts[rows])
            found[filled : filled + len(indices)] = given[indices]
            filled += len(indices)
        return found


def _by_term(terms: Ints) -> NDArray[np.int64]:
    """Return the postings in the order of their terms, those of one term as they came: documents ascend already.

    One sort of eight-byte numbers takes half the time of a stable one that gives the order.
    """
    keys = terms.astype(np.int64) << 32
    keys += np.arange(len(terms))
    keys.sort()
    keys &= (1 << 32) - 1
    return keys


def _portions(order: NDArray[np.int64], counts: Ints) -> Iterator[NDArray[np.int64]]:
    """Cut ``order`` into portions with about ``_STRETCH`` positions each."""
    total = np.cumsum(counts, dtype=np.int64)
    cuts = np.searchsorted(total, np.arange(_STRETCH, int(total[-1]) if len(total) else 0, _STRETCH))
    yield from np.split(order, np.unique(cuts))


def _extend(numbers: array[int], more: NDArray[np.integer]) -> None:
    numbers.frombytes(more.astype(np.int32, copy=False).tobytes())
