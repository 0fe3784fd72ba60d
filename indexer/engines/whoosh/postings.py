"""Postings of the whole index as arrays, joined from its segments and kept while there is room."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import ArraysUnusable
from indexer.engines.whoosh.inverted import Ints, offsets
from indexer.engines.whoosh.sidecar import open_source
from indexer.engines.whoosh.source import Source, TermLists
from indexer.engines.whoosh.stock import StockSegment

Floats = NDArray[np.float32]
T = TypeVar("T")

_LOGGER = logging.getLogger("hrsearch")

#: Bytes of joined postings that are kept.
CACHE_BYTES = 64 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The postings of one term over the whole index, deleted documents left out.

    ``documents`` ascending, ``frequencies`` beside them.  ``positions[bounds[i]:bounds[i + 1]]`` are the
    positions in document i, ascending; both are None for fields without positions.
    """

    documents: Ints
    frequencies: Floats
    bounds: NDArray[np.int64] | None = None
    positions: Ints | None = None

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take."""
        arrays = (self.documents, self.frequencies, self.bounds, self.positions)
        return sum(array.nbytes for array in arrays if array is not None)


class Segments:
    """The segments of one generation, one after the other.

    A segment whose arrays turn out to be damaged while they are read goes on from Whoosh's own files.
    """

    def __init__(self, storage: Any, schema: Any, segments: Sequence[Any]) -> None:
        self._reopen: Callable[[int], Source] = lambda number: StockSegment(storage, schema, segments[number])
        self._sources: list[Source] = []
        self._lock = threading.Lock()
        try:
            for segment in segments:
                self._sources.append(open_source(storage, schema, segment))
        except BaseException:
            self.close()
            raise
        self.bounds = offsets(np.array([source.size for source in self._sources], np.int64))
        self.size = int(self.bounds[-1])

    def each(self, question: Callable[[Source], T]) -> list[T]:
        """Put a question to every segment."""
        return [self.ask(number, question) for number in range(len(self._sources))]

    def ask(self, number: int, question: Callable[[Source], T]) -> T:
        """Put a question to one segment."""
        source = self._sources[number]
        try:
            return question(source)
        except ArraysUnusable as damage:
            _LOGGER.warning("%s; searching on without it", damage)
            return question(self._stock(number, source))

    def source(self, number: int) -> Source:
        """Return what a segment is read from at present."""
        return self._sources[number]

    def _stock(self, number: int, damaged: Source) -> Source:
        with self._lock:
            if self._sources[number] is damaged:
                self._sources[number] = self._reopen(number)
                damaged.close()
            return self._sources[number]

    def place(self, document: int) -> tuple[int, int]:
        """Return the segment of a document and its number there."""
        number = int(np.searchsorted(self.bounds, document, side="right")) - 1
        return number, document - int(self.bounds[number])

    def close(self) -> None:
        """Close every segment."""
        for source in self._sources:
            source.close()


class PostingCache:
    """Joined postings of a generation, the least recently used forgotten first."""

    def __init__(self, segments: Segments, dead: NDArray[np.bool_], limit: int = CACHE_BYTES) -> None:
        self._segments = segments
        self._dead = dead if dead.any() else None
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[tuple[str, str, bool], Postings] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, field: str, term: str, positions: bool = False) -> Postings:
        """Return the postings of a term; a term that does not occur has none."""
        key = (field, term, positions)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        encoded = term.encode()
        parts = self._segments.each(lambda source: source.find(field, encoded, positions))
        postings = _joined(parts, self._segments.bounds, positions)
        if self._dead is not None:
            postings = _without(postings, self._dead)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = postings
                self._size += postings.nbytes
            while self._size > self._limit and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1].nbytes
        return postings


def _joined(parts: Sequence[TermLists | None], bases: NDArray[np.int64], positions: bool) -> Postings:
    """Join the lists of the segments, whose documents are numbered from ``bases``."""
    found = [(part, int(base)) for part, base in zip(parts, bases, strict=False) if part is not None]
    counts = np.concatenate([np.zeros(0, np.int32), *(part.counts for part, _ in found)])
    documents = np.concatenate(
        [np.zeros(0, np.int32), *(part.documents.astype(np.int32) + np.int32(base) for part, base in found)]
    )
    if not positions:
        return Postings(documents, counts.astype(np.float32))
    listed = [part.positions for part, _ in found if part.positions is not None]
    joined = np.concatenate([np.zeros(0, np.int32), *(one.astype(np.int32) for one in listed)])
    return Postings(documents, counts.astype(np.float32), offsets(counts), joined)


def _without(postings: Postings, dead: NDArray[np.bool_]) -> Postings:
    alive = ~dead[postings.documents]
    if alive.all():
        return postings
    if postings.bounds is None or postings.positions is None:
        return Postings(postings.documents[alive], postings.frequencies[alive])
    counts = np.diff(postings.bounds)
    kept = postings.positions[np.repeat(alive, counts)]
    return Postings(postings.documents[alive], postings.frequencies[alive], offsets(counts[alive]), kept)
