"""Postings as arrays, read from Whoosh's own blocks.

Whoosh's matchers walk a posting at a time in Python; here the blocks of a term are decoded once, for the whole
index, into arrays that every later search shares.
"""

from __future__ import annotations

import pickle
import queue
import struct
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermNotFound

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

_BLOCK_LENGTH = struct.Struct("!i")
_NO_INTS: Ints = np.zeros(0, np.int32)

#: Bytes of decoded postings that are kept.  The whole of 6,475 long documents' common terms fits.
CACHE_BYTES = 256 << 20


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


NO_POSTINGS = Postings(_NO_INTS, np.zeros(0, np.float32), np.zeros(1, np.int64), _NO_INTS)


class ReaderPool:
    """As many Whoosh readers as there are searching threads, all opened before the first search.

    Whoosh's readers share file positions and must not be used by two threads at once; and a segment that has
    been merged away cannot be opened late.
    """

    def __init__(self, readers: list[Any]) -> None:
        self._free: queue.LifoQueue[Any] = queue.LifoQueue()
        for reader in readers:
            self._free.put(reader)
        self._count = len(readers)

    @contextmanager
    def reader(self) -> Iterator[Any]:
        """Lend a reader to this thread; waits while all are lent."""
        reader = self._free.get()
        try:
            yield reader
        finally:
            self._free.put(reader)

    def close(self) -> None:
        """Close every reader, each once its last search has ended."""
        for _ in range(self._count):
            self._free.get().close()


class PostingCache:
    """Decoded postings of a snapshot, the least recently used forgotten first."""

    def __init__(self, readers: ReaderPool, dead: NDArray[np.bool_], limit: int = CACHE_BYTES) -> None:
        self._readers = readers
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
        with self._readers.reader() as reader:
            postings = _read(reader, field, term.encode(), positions)
        if self._dead is not None:
            postings = _without(postings, self._dead)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = postings
                self._size += postings.nbytes
            while self._size > self._limit and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1].nbytes
        return postings


def leaves(reader: Any) -> list[tuple[Any, int]]:
    """Return a reader's segments, each with its first document number; an empty index has none."""
    return list(reader.leaf_readers()) if reader.doc_count_all() else []


def read_postings(
    segment: Any, field: str, term: bytes, base: int, positions: bool, dead: NDArray[np.bool_] | None = None
) -> Postings:
    """Decode one term of one segment, its documents numbered from ``base``; those flagged in ``dead`` are left out.

    Raises: TermNotFound.
    """
    offset, length = segment._terms.term_info(field, term).extent()
    # Whoosh 2.7 reads the length back as a tuple of one.
    size = length[0] if isinstance(length, tuple) else length
    postings = _decode(bytes(segment._terms._postfile.get(offset, size)), base, positions)
    return postings if dead is None else _without(postings, dead)


def _read(reader: Any, field: str, term: bytes, positions: bool) -> Postings:
    """Decode one term from every segment and join the parts at the segments' first document numbers."""
    parts = []
    for segment, base in leaves(reader):
        with suppress(TermNotFound):
            parts.append(read_postings(segment, field, term, base, positions))
    if not parts:
        return NO_POSTINGS
    if len(parts) == 1:
        return parts[0]
    documents = np.concatenate([part.documents for part in parts])
    frequencies = np.concatenate([part.frequencies for part in parts])
    if not positions:
        return Postings(documents, frequencies)
    counts = np.concatenate([np.diff(part.bounds) for part in parts if part.bounds is not None])
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
    return Postings(
        documents, frequencies, bounds, np.concatenate([part.positions for part in parts if part.positions is not None])
    )


def _decode(blocks: bytes, base: int, positions: bool) -> Postings:
    """Decode the blocks of one term in one segment, as ``W3PostingsWriter`` of Whoosh 2.7 writes them.

    A block is its length (negative for the last), a pickled head ``(count, last id, max weight, compression,
    min length, max length)`` and a pickled ``(id deltas, weights, values)``; weights are None where all are 1,
    one number where all are equal.
    """
    at = 4  # after the magic word
    documents, frequencies, encoded = [], [], []
    last = False
    while not last:
        (length,) = _BLOCK_LENGTH.unpack_from(blocks, at)
        at += _BLOCK_LENGTH.size
        last = length < 0
        end = at + abs(length)
        stream = BytesIO(blocks[at:end])
        head = pickle.load(stream)
        body = blocks[at + stream.tell() : end]
        deltas, weights, values = pickle.loads(zlib.decompress(body) if head[3] else body)
        documents.append(np.cumsum(np.array(deltas, np.int64)) + base)
        frequencies.append(
            np.array(weights, np.float32)
            if isinstance(weights, tuple)
            else np.full(len(deltas), weights or 1.0, np.float32)
        )
        if positions:
            encoded.extend(values)
        at = end
    found = np.concatenate(documents).astype(np.int32)
    if not positions:
        return Postings(found, np.concatenate(frequencies))
    lists = [np.cumsum(pickle.loads(value[4:])) for value in encoded]
    bounds = np.zeros(len(lists) + 1, np.int64)
    np.cumsum([len(one) for one in lists], out=bounds[1:])
    return Postings(found, np.concatenate(frequencies), bounds, np.concatenate(lists).astype(np.int32))


def _without(postings: Postings, dead: NDArray[np.bool_]) -> Postings:
    alive = ~dead[postings.documents]
    if alive.all():
        return postings
    if postings.bounds is None or postings.positions is None:
        return Postings(postings.documents[alive], postings.frequencies[alive])
    counts = np.diff(postings.bounds)
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts[alive], dtype=np.int64)])
    kept = postings.positions[np.repeat(alive, counts)]
    return Postings(postings.documents[alive], postings.frequencies[alive], bounds, kept)
