"""The segments of a generation, and postings over all of them as arrays."""

from __future__ import annotations

import logging
import threading
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import ArraysUnusable
from indexer.engines.whoosh.inverted import offsets
from indexer.engines.whoosh.matches import NO_MATCHES, Matches
from indexer.engines.whoosh.phrases import occurrences
from indexer.engines.whoosh.sidecar import open_source
from indexer.engines.whoosh.source import Source
from indexer.engines.whoosh.stock import StockSegment
from indexer.query import Phrase

T = TypeVar("T")

#: An index of no more bytes is fetched from the disk as soon as it is opened, all at once.  Ten thousand documents of
#: 600 words are 65 MB; record by record, on a busy disk, reading takes each of the first questions three times as long.
FETCHED = 128 << 20

_LOGGER = logging.getLogger("hrsearch")


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
        if sum(source.nbytes for source in self._sources) <= FETCHED:
            for source in self._sources:
                source.expect_all()
        self._starts: list[int] = self.bounds[:-1].tolist()

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
        number = bisect_right(self._starts, document) - 1
        return number, document - self._starts[number]

    def close(self) -> None:
        """Close every segment."""
        for source in self._sources:
            source.close()


class PostingReader:
    """Joins what the segments of a generation find, deleted documents left out."""

    def __init__(self, segments: Segments, dead: NDArray[np.bool_]) -> None:
        self._segments = segments
        self._dead = dead if dead.any() else None

    def term(self, field: str, term: str) -> Matches:
        """Return the documents that have a term, scored by how often; a term that does not occur has none."""
        encoded = term.encode()
        lists = self._segments.each(lambda source: source.find(field, encoded))
        return self._joined([None if one is None else (one.documents, one.counts) for one in lists])

    def phrase(self, field: str, phrase: Phrase) -> Matches:
        """Return the documents that have a phrase, scored by how often."""
        found = self._segments.each(lambda source: occurrences(source, field, phrase))
        return self._joined([(one.documents, one.scores) for one in found])

    def _joined(self, parts: Sequence[tuple[NDArray[Any], NDArray[Any]] | None]) -> Matches:
        bases = self._segments.bounds.tolist()
        found = [(*part, base) for part, base in zip(parts, bases, strict=False) if part is not None]
        if not found:
            return NO_MATCHES
        documents = np.concatenate([documents + np.intp(base) for documents, _, base in found])
        counts = np.concatenate([counts for _, counts, _ in found])
        matches = Matches(documents, counts.astype(np.float32))
        return matches if self._dead is None else matches.only(~self._dead[documents])
