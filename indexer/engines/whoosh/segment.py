"""Builds one stock Whoosh segment and the arrays beside it: documents in, sorted posting lists out.

Tokens wait in flat arrays of four-byte numbers and are sorted once when the segment is finished; they are written as
the blocks of Whoosh's own codec.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import default_codec
from whoosh.util.numeric import byte_to_length

from indexer.engines.batch import Batch, place_values
from indexer.engines.whoosh.blocks import PostingWriter
from indexer.engines.whoosh.columns import ColumnWriter
from indexer.engines.whoosh.inverted import FieldBuffer
from indexer.engines.whoosh.records import write_record
from indexer.engines.whoosh.schema import FIELD_OF, TEXT_FIELDS
from indexer.engines.whoosh.sidecar import LISTED, SidecarWriter
from indexer.engines.whoosh.source import Source


class SegmentBuilder:
    """One segment that is being written.  Nothing of it is visible before a table of contents names it."""

    def __init__(self, storage: Any, name: str, schema: Any) -> None:
        self._storage = storage
        self._schema = schema
        self.segment = default_codec().new_segment(storage, name)
        self._columns = ColumnWriter(storage, self.segment, schema)
        self._postings = PostingWriter(storage, self.segment)
        self._sidecar = SidecarWriter(storage, self.segment)
        self._buffers = {field: FieldBuffer() for field in LISTED}

    @property
    def documents(self) -> int:
        """How many documents it has."""
        return self._columns.documents

    @property
    def nbytes(self) -> int:
        """The memory that waiting postings take."""
        return sum(buffer.nbytes for buffer in self._buffers.values())

    def add(self, batch: Batch) -> None:
        """Add documents."""
        lengths = {FIELD_OF[name]: numbers for name, numbers in batch.lengths.items()}
        self._columns.add(batch.ids, batch.records, batch.sorts, lengths)
        for name, found in batch.texts.items():
            self._buffers[FIELD_OF[name]].add(found)
        for name, found in batch.values.items():
            self._buffers[name].add(found)
        self._buffers["id"].add(place_values([[id] for id in batch.ids]))

    def copy(self, source: Source, kept: NDArray[np.bool_]) -> None:
        """Copy the documents of another segment that are ``kept``, with their lists."""
        documents, columns = np.flatnonzero(kept).tolist(), source.columns
        ids = list(map(source.id, documents))
        self._columns.add(
            ids,
            map(write_record, ids, map(source.record, documents)),
            {name: keys[kept].tolist() for name, keys in columns.sort.items()},
            {name: list(map(byte_to_length, lengths[kept].tolist())) for name, lengths in columns.lengths.items()},
        )
        for field, buffer in self._buffers.items():
            buffer.add_inverted(source.inverted(field), kept)

    def finish(self) -> None:
        """Write the posting lists and the arrays, and close every file."""
        columns = self._columns.finish()
        for name in LISTED:
            lists = self._buffers.pop(name).inverted(name in TEXT_FIELDS)
            if lists.terms:
                size = self._schema[name].format.fixed_value_size()
                self._postings.add_field(name, lists, columns.lengths.get(name), size)
            self._sidecar.add_field(name, lists)
        self._postings.close()
        self._sidecar.finish(columns)

    def abandon(self) -> None:
        """Close and remove every file of this segment."""
        self._columns.close()
        self._postings.close()
        self._sidecar.abandon()
        for file in Path(self._storage.folder).glob(f"{self.segment.segment_id()}.*"):
            file.unlink(missing_ok=True)
