"""A segment read from Whoosh's own files: slow, and always right, because any Whoosh writes these.

Whoosh's matchers walk a posting at a time in Python; here the blocks of a term are decoded in one go.
"""

from __future__ import annotations

import pickle
import struct
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, STORED_COLUMN
from whoosh.reading import SegmentReader, TermNotFound

from indexer.engines.batch import SORTS
from indexer.engines.whoosh.inverted import Ints, Inverted, offsets
from indexer.engines.whoosh.schema import TEXT_FIELDS
from indexer.engines.whoosh.source import ROOM, Columns, TermLists

_BLOCK_LENGTH = struct.Struct("!i")


class StockSegment:
    """The lists, columns and records of one segment.

    Whoosh's readers share file positions and must not be used by two threads at once: a lock lets in one at a time.
    """

    def __init__(self, storage: Any, schema: Any, segment: Any) -> None:
        self._reader = SegmentReader(storage, schema, segment)
        self._lock = threading.Lock()
        self.size: int = segment.doc_count_all()
        self.nbytes = 0
        # Whoosh opens this column at the first stored document; by then its file may be merged away.
        self._stored = self._reader._perdoc._cached_reader("_stored", STORED_COLUMN)
        self.columns = Columns(
            {name: self._lengths(name) for name in TEXT_FIELDS},
            {name: self._numbers(name) for name in SORTS},
        )

    def expect_all(self) -> None:
        """See ``Source.expect_all``.  Whoosh's own files know no such thing."""

    def find(self, field: str, term: bytes) -> TermLists | None:
        """See ``Source.find``."""
        blocks = self._blocks(field, term)
        return None if blocks is None else TermLists(*_decode(blocks, False)[:2])

    def places(self, field: str, term: bytes) -> NDArray[np.int64] | None:
        """See ``Source.places``."""
        blocks = self._blocks(field, term)
        if blocks is None:
            return None
        documents, counts, positions = _decode(blocks, True)
        assert positions is not None
        places: NDArray[np.int64] = np.repeat(documents.astype(np.int64) << ROOM, counts)
        places += positions
        return places

    def _blocks(self, field: str, term: bytes) -> bytes | None:
        """Return the postings of a term as they are written; None for a term that does not occur."""
        with self._lock:
            try:
                offset, length = self._reader._terms.term_info(field, term).extent()
            except TermNotFound:
                return None
            # Whoosh 2.7 reads the length back as a tuple of one.
            size = length[0] if isinstance(length, tuple) else length
            return bytes(self._reader._terms._postfile.get(offset, size))

    def spread(self, field: str, places: NDArray[np.integer]) -> NDArray[np.int64]:
        """See ``Source.spread``."""
        return places.astype(np.int64)

    def terms(self, field: str, prefix: bytes = b"") -> list[tuple[bytes, int]]:
        """See ``Source.terms``."""
        with self._lock:
            return list(self._terms(field, prefix))

    def _terms(self, field: str, prefix: bytes) -> Iterator[tuple[bytes, int]]:
        if field not in self._reader.indexed_field_names():
            return
        for (name, term), entry in self._reader.iter_from(field, prefix):
            if name != field or not term.startswith(prefix):
                return
            yield term, entry.doc_frequency()

    def inverted(self, field: str) -> Inverted:
        """See ``Source.inverted``."""
        terms = [term for term, _ in self.terms(field)]
        with_positions = field in TEXT_FIELDS
        written = (self._blocks(field, term) for term in terms)
        lists = [_decode(blocks, with_positions) for blocks in written if blocks is not None]
        none = np.zeros(0, np.int32)
        gathered = Inverted(
            terms,
            offsets(np.array([len(documents) for documents, _, _ in lists], np.int64)),
            np.concatenate([none, *(documents for documents, _, _ in lists)]),
            np.concatenate([none, *(counts for _, counts, _ in lists)]),
        )
        if not with_positions:
            return gathered
        positions = np.concatenate([none, *(positions for _, _, positions in lists if positions is not None)])
        documents = np.repeat(gathered.documents, gathered.counts)
        rooms = np.zeros(self.size, np.int64)
        np.maximum.at(rooms, documents, positions.astype(np.int64) + 1)
        starts = offsets(rooms)
        return replace(gathered, places=(starts[documents] + positions).astype(np.uint32), starts=starts)

    def id(self, number: int) -> str:
        """See ``Source.id``."""
        with self._lock:
            id: str = self._stored[number]["id"]
        return id

    def expect_record(self, number: int) -> None:
        """See ``Source.expect_record``.  Whoosh's own files know no such thing."""

    def record(self, number: int) -> str:
        """See ``Source.record``."""
        with self._lock:
            record: str = self._stored[number]["record"]
        return record

    def close(self) -> None:
        """See ``Source.close``."""
        with self._lock:
            self._reader.close()

    def _lengths(self, field: str) -> NDArray[np.uint8]:
        """Return the length of a field in each document, as the byte in which Whoosh keeps it."""
        name = f"_{field}_len"
        if not self._reader._perdoc.has_column(name):
            return np.zeros(self.size, np.uint8)
        column = self._reader._perdoc._cached_reader(name, LENGTHS_COLUMN)
        return np.array([column[number] for number in range(self.size)], np.uint8)

    def _numbers(self, name: str) -> NDArray[np.int64]:
        column = self._reader.column_reader(name)
        return np.array([column[number] for number in range(self.size)], np.int64)


def record_sizes(storage: Any, segment: Any) -> list[int]:
    """Return the bytes that the stored record of each document of a segment takes in its column's file."""
    reader = segment.codec().per_document_reader(storage, segment)
    try:
        return [int(size) for size in reader._cached_reader("_stored", STORED_COLUMN)._child._lengths]
    finally:
        reader.close()


def _decode(blocks: bytes, with_positions: bool) -> tuple[Ints, Ints, Ints | None]:
    """Decode the blocks of one term, as ``W3PostingsWriter`` of Whoosh 2.7 writes them: documents, counts, positions.

    A block is its length (negative for the last), a pickled head ``(count, last id, max weight, compression,
    min length, max length)`` and a pickled ``(id deltas, weights, values)``; weights are None where all are 1,
    one number where all are equal.
    """
    at = 4  # after the magic word
    documents, counts, encoded = [], [], []
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
        documents.append(np.cumsum(np.array(deltas, np.int64)))
        counts.append(np.array(weights) if isinstance(weights, tuple) else np.full(len(deltas), weights or 1.0))
        if with_positions:
            encoded.extend(values)
        at = end
    return (
        np.concatenate(documents).astype(np.int32),
        np.concatenate(counts).astype(np.int32),
        _decode_positions(encoded) if with_positions else None,
    )


def _decode_positions(values: list[bytes]) -> Ints:
    """Decode the positions of several postings: each a number and a pickled list of deltas."""
    return np.concatenate([np.cumsum(pickle.loads(value[4:] + b".")) for value in values]).astype(np.int32)
