"""Builds one stock Whoosh segment and the arrays beside it: documents in, sorted posting lists out.

Tokens wait in flat arrays of four-byte numbers, not in Python objects, and are sorted once when the segment is
finished; they are written as the blocks of Whoosh's own codec.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import default_codec
from whoosh.util.numeric import byte_to_length

from indexer.engines.base import Entry
from indexer.engines.whoosh.blocks import PostingWriter
from indexer.engines.whoosh.columns import ColumnWriter
from indexer.engines.whoosh.inverted import FieldBuffer
from indexer.engines.whoosh.schema import SEPARATOR, SORT_FIELDS, TEXT_FIELDS
from indexer.engines.whoosh.sidecar import LISTED, SidecarWriter
from indexer.engines.whoosh.source import Source

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


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

    def add(self, entry: Entry) -> None:
        """Add a document.  Every value is made ready before anything is written."""
        lengths = {field: entry.lengths[field.replace("_", ".")] for field in TEXT_FIELDS}
        sort = _sort_values(entry.stored)
        record = _JSON.encode(entry.stored)
        counted = {self._buffers[name]: _counted(values) for name, values in entry.keywords.items() if values}
        names = _counted([SEPARATOR.join(row) for row in entry.names])
        document = self._columns.add(entry.id, record, sort, lengths)
        for field in TEXT_FIELDS:
            self._buffers[field].add(document, entry.postings[field.replace("_", ".")])
        for buffer, values in counted.items():
            buffer.add_counted(document, values)
        self._buffers["names"].add_counted(document, names)
        self._buffers["id"].add_counted(document, {entry.id: 1})

    def copy(self, source: Source, documents: Iterable[int]) -> None:
        """Copy documents of another segment, with their lists."""
        renumbered = np.full(source.size, -1, np.int32)
        for number in documents:
            lengths = {name: byte_to_length(bytes_[number]) for name, bytes_ in source.columns.lengths.items()}
            sort = {name: int(values[number]) for name, values in source.columns.sort.items()}
            renumbered[number] = self._columns.add(source.id(number), source.record(number), sort, lengths)
        for field, buffer in self._buffers.items():
            buffer.add_inverted(source.inverted(field), renumbered)

    def finish(self) -> Any:
        """Write the posting lists and the arrays, close every file and return the segment."""
        columns = self._columns.finish()
        for name in LISTED:
            lists = self._buffers.pop(name).inverted(name in TEXT_FIELDS)
            if lists.terms:
                size = self._schema[name].format.fixed_value_size()
                self._postings.add_field(name, lists, columns.lengths.get(name), size)
            self._sidecar.add_field(name, lists)
        self._postings.close()
        self._sidecar.finish(columns)
        return self.segment

    def abandon(self) -> None:
        """Close and remove every file of this segment."""
        self._columns.close()
        self._postings.close()
        self._sidecar.abandon()
        for file in Path(self._storage.folder).glob(f"{self.segment.segment_id()}.*"):
            file.unlink(missing_ok=True)


def _counted(values: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def _sort_values(stored: Mapping[str, Any]) -> dict[str, int]:
    """Return the sort keys of a record: a date as yyyymmdd, times as seconds since 1970; 0 for what is not known."""
    date = (stored.get("date") or "0").replace("-", "").ljust(8, "0")
    times = {name: _seconds(stored.get(name)) for name in SORT_FIELDS if name != "date"}
    return {"date": int(date), **times}


def _seconds(time: str | None) -> int:
    return int(datetime.fromisoformat(time).timestamp()) if time else 0
