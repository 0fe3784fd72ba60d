"""The inverted lists of one field: gathered batch by batch, sorted once, or put together from other lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.engines.batch import Occurrences

Ints = NDArray[np.int32]

#: Memory of a term in a vocabulary, in bytes: a short string, its dictionary slot and its number.
_TERM_BYTES = 120

#: Memory of an occurrence that waits, in bytes: the number of its term, and its place.
_OCCURRENCE_BYTES = 8

#: Bits of a place.
_PLACE = 32


@dataclass(frozen=True, slots=True, eq=False)
class Inverted:
    """The lists of one field of a segment, sorted.

    Term i of ``terms`` (ascending) stands in the documents ``documents[bounds[i]:bounds[i + 1]]``, ascending, as often
    as ``counts`` says beside them.  ``places`` are those of every posting, ascending, one posting after the other: the
    positions in its document, moved by what ``starts`` says of that document, so that all documents follow one another;
    after the last document ``starts`` says where it ends.  Both are None for a field without positions.
    """

    terms: list[bytes]
    bounds: NDArray[np.int64]
    documents: Ints
    counts: Ints
    places: NDArray[np.uint32] | None = None
    starts: NDArray[np.int64] | None = None

    def term_numbers(self) -> NDArray[np.int64]:
        """Return the number of each posting's term."""
        return np.repeat(np.arange(len(self.terms)), np.diff(self.bounds))

    def portions(self, size: int) -> Iterator[Inverted]:
        """Cut the lists between terms, into portions of about so many postings, or places where there are any."""
        filled = self.bounds if self.places is None else offsets(self.counts)[self.bounds]
        cuts = np.searchsorted(filled, np.arange(size, int(filled[-1]), size))
        for first, last in pairwise(np.unique([0, *cuts.tolist(), len(self.terms)]).tolist()):
            low, high = self.bounds[first], self.bounds[last]
            yield Inverted(
                self.terms[first:last],
                self.bounds[first : last + 1] - low,
                self.documents[low:high],
                self.counts[low:high],
                None if self.places is None else self.places[filled[first] : filled[last]],
                self.starts,
            )


def offsets(counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return where each of so many stretches begins when they stand one after the other, and where the last ends."""
    found = np.zeros(len(counts) + 1, np.int64)
    # Copied first: the sum of smaller numbers than it is kept in takes twice as long.
    found[1:] = counts
    return np.cumsum(found, out=found)


def stretches(starts: NDArray[np.int64], counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the indices ``starts[i] .. starts[i] + counts[i] - 1`` of every i, one stretch after the other."""
    begins = offsets(counts)
    return np.repeat(starts - begins[:-1], counts) + np.arange(begins[-1])


class FieldBuffer:
    """What waits of one field to be sorted: of every occurrence its term and its place, four bytes each."""

    def __init__(self) -> None:
        #: Terms are numbered in the order in which they first come.
        self._vocabulary: dict[str, int] = defaultdict(count().__next__)
        self._terms: list[Ints] = []
        self._places: list[NDArray[np.uint32]] = []
        self._rooms: list[Ints] = []
        self._end = 0
        self._waiting = 0

    def add(self, found: Occurrences) -> None:
        """Add the occurrences of more documents."""
        numbers = self._numbers(found.vocabulary)
        self._wait(numbers[found.terms], found.places + np.uint32(self._end), found.rooms)

    def add_inverted(self, lists: Inverted, kept: NDArray[np.bool_]) -> None:
        """Add the lists of another segment, as far as they are of documents that are ``kept``."""
        documents = np.repeat(lists.documents, lists.counts)
        if lists.places is None or lists.starts is None:
            positions, rooms = np.zeros(len(documents), np.int64), np.ones(np.count_nonzero(kept), np.int32)
        else:
            positions, rooms = lists.places - lists.starts[documents], np.diff(lists.starts)[kept].astype(np.int32)
        begins = np.zeros(len(kept), np.int64)
        begins[kept] = self._end + offsets(rooms)[:-1]
        here = kept[documents]
        terms = np.repeat(self._numbers([term.decode() for term in lists.terms])[lists.term_numbers()], lists.counts)
        self._wait(terms[here], (begins[documents] + positions)[here].astype(np.uint32), rooms)

    def _numbers(self, terms: list[str]) -> Ints:
        return np.fromiter(map(self._vocabulary.__getitem__, terms), np.int32, len(terms))

    def _wait(self, terms: Ints, places: NDArray[np.uint32], rooms: Ints) -> None:
        self._terms.append(terms)
        self._places.append(places)
        self._rooms.append(rooms)
        self._end += int(rooms.sum(dtype=np.int64))
        self._waiting += len(terms)

    @property
    def nbytes(self) -> int:
        """The memory that waits here."""
        return _OCCURRENCE_BYTES * self._waiting + _TERM_BYTES * len(self._vocabulary)

    def inverted(self, with_places: bool) -> Inverted:
        """Sort what waits; it waits no longer.  A term whose documents were all left out is left out too."""
        terms = sorted(self._vocabulary)
        keys = self._sorted(terms)
        begins = np.searchsorted(keys, np.arange(len(terms) + 1) << _PLACE)
        present = np.flatnonzero(np.diff(begins))
        begins = begins[np.append(present, len(terms))]
        # As they are they serve as indices, of which numpy would copy numbers of any other size.
        keys &= (1 << _PLACE) - 1
        rooms = np.concatenate([np.zeros(0, np.int32), *self._rooms])
        documents = np.repeat(np.arange(len(rooms), dtype=np.int32), rooms)[keys]
        places = keys.astype(np.uint32)
        del keys
        opens = np.ones(len(places), np.bool_)
        np.not_equal(documents[1:], documents[:-1], out=opens[1:])
        opens[begins[:-1]] = True
        postings = np.flatnonzero(opens)
        counts = np.empty(len(postings), np.int32)
        np.subtract(postings[1:], postings[:-1], out=counts[:-1], casting="same_kind")
        counts[-1:] = len(places) - postings[-1:]
        return Inverted(
            [terms[number].encode() for number in present.tolist()],
            np.searchsorted(postings, begins),
            documents[postings],
            counts,
            *((places, offsets(rooms)) if with_places else ()),
        )

    def _sorted(self, terms: list[str]) -> NDArray[np.int64]:
        """Return every occurrence as its term's number in ``terms`` and its place, in one number, ascending."""
        ranks = np.empty(len(terms), np.int64)
        ranks[self._numbers(terms)] = np.arange(len(terms))
        ranks <<= _PLACE
        keys = np.empty(self._waiting, np.int64)
        filled = 0
        # What waits is let go as it is taken over: it takes as much memory as the keys.
        self._terms.reverse()
        self._places.reverse()
        while self._terms:
            numbers, places = self._terms.pop(), self._places.pop()
            np.add(ranks[numbers], places, out=keys[filled : filled + len(places)])
            filled += len(places)
        keys.sort()
        return keys
