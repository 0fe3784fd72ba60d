"""The segments of a generation, and postings over all of them as arrays."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import ArraysUnusable
from indexer.engines.whoosh.cache import Cache
from indexer.engines.whoosh.inverted import offsets
from indexer.engines.whoosh.matches import NONE, Documents, Floats
from indexer.engines.whoosh.sidecar import open_source
from indexer.engines.whoosh.source import Source, TermLists
from indexer.engines.whoosh.stock import StockSegment

T = TypeVar("T")

_LOGGER = logging.getLogger("hrsearch")


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The postings of one term over the whole index, deleted documents left out.

    ``documents`` ascending, ``frequencies`` beside them.  ``positions[bounds[i]:bounds[i + 1]]`` are the
    positions in document i, ascending; both are None where they were not asked for.
    """

    documents: Documents
    frequencies: Floats
    bounds: NDArray[np.int64] | None = None
    positions: NDArray[np.integer] | None = None

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take."""
        arrays = (self.documents, self.frequencies, self.bounds, self.positions)
        return sum(array.nbytes for array in arrays if array is not None)

    @property
    def occurrences(self) -> float:
        """How often the term occurs in all."""
        return float(self.frequencies.sum(dtype=np.float64))


_NO_POSTINGS = Postings(NONE, np.zeros(0, np.float32), np.zeros(1, np.int64), np.zeros(0, np.int32))


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


class PostingReader:
    """Joins the postings of a generation's segments.  Those with positions are kept in ``cache``."""

    def __init__(self, segments: Segments, dead: NDArray[np.bool_], cache: Cache) -> None:
        self._segments = segments
        self._dead = dead if dead.any() else None
        self._cache = cache

    def read(self, field: str, term: str, positions: bool = False) -> Postings:
        """Return the postings of a term; a term that does not occur has none."""
        kept: Postings | None = self._cache.get((field, term)) if positions else None
        if kept is not None:
            return kept
        encoded = term.encode()
        parts = self._segments.each(lambda source: source.find(field, encoded, positions))
        postings = _joined(parts, self._segments.bounds, positions)
        if self._dead is not None:
            postings = _without(postings, self._dead)
        return self._cache.keep((field, term), postings) if positions else postings


def _joined(parts: Sequence[TermLists | None], bases: NDArray[np.int64], positions: bool) -> Postings:
    """Join the lists of the segments, whose documents are numbered from ``bases``."""
    found = [(part, base) for part, base in zip(parts, bases.tolist(), strict=False) if part is not None]
    if not found:
        return _NO_POSTINGS
    documents = np.concatenate([part.documents + np.intp(base) for part, base in found])
    counts = np.concatenate([part.counts for part, _ in found])
    frequencies = counts.astype(np.float32)
    if not positions:
        return Postings(documents, frequencies)
    listed = [part.positions for part, _ in found if part.positions is not None]
    return Postings(documents, frequencies, offsets(counts), np.concatenate(listed))


def _without(postings: Postings, dead: NDArray[np.bool_]) -> Postings:
    alive = ~dead[postings.documents]
    if alive.all():
        return postings
    if postings.bounds is None or postings.positions is None:
        return Postings(postings.documents[alive], postings.frequencies[alive])
    counts = np.diff(postings.bounds)
    kept = postings.positions[np.repeat(alive, counts)]
    return Postings(postings.documents[alive], postings.frequencies[alive], offsets(counts[alive]), kept)
