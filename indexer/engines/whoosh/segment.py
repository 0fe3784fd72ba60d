"""Builds one stock Whoosh segment and the arrays beside it: documents in, sorted posting lists out.

Tokens wait in flat arrays of four-byte numbers, not in Python objects, and are sorted once when the segment is
finished; they are written as the blocks of Whoosh's own codec.
"""

from __future__ import annotations

import json
import shutil
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import default_codec
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.engines.base import Entry
from indexer.engines.whoosh.blocks import PostingWriter
from indexer.engines.whoosh.inverted import FieldBuffer
from indexer.engines.whoosh.schema import SEPARATOR, SORT_FIELDS, TEXT_FIELDS
from indexer.engines.whoosh.sidecar import LISTED, SidecarWriter
from indexer.engines.whoosh.source import Columns, Source

#: How hard records are compressed: in three quarters of the time of Whoosh's 3, to two percent more bytes.
_RECORD_COMPRESSION = 1

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class SegmentBuilder:
    """One segment that is being written.  Nothing of it is visible before a table of contents names it."""

    def __init__(self, storage: Any, name: str, schema: Any) -> None:
        self._storage = storage
        self._schema = schema
        codec = default_codec()
        self.segment = codec.new_segment(storage, name)
        self._per_document = codec.per_document_writer(storage, self.segment)
        self._per_document._get_column("_stored")._child._level = _RECORD_COMPRESSION
        self._postings = PostingWriter(storage, self.segment)
        self._temporary = Path(storage.folder) / f"{name}.tmp"
        self._sidecar = SidecarWriter(storage, self.segment)
        self._buffers = {field: FieldBuffer() for field in LISTED}
        self._lengths: dict[str, array[int]] = {field: array("B") for field in TEXT_FIELDS}
        self._sort: dict[str, array[int]] = {field: array("q") for field in SORT_FIELDS}
        self.documents = 0

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
        document = self._write_document(entry.id, record, sort, lengths)
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
            renumbered[number] = self._write_document(source.id(number), source.record(number), sort, lengths)
        for field, buffer in self._buffers.items():
            buffer.add_inverted(source.inverted(field), renumbered)

    def _write_document(self, id: str, record: str, sort: Mapping[str, int], lengths: Mapping[str, int]) -> int:
        document = self.documents
        self._per_document.start_doc(document)
        for name, value in {"id": id, **sort}.items():
            field = self._schema[name]
            self._per_document.add_column_value(name, field.column_type, field.to_column_value(value))
        self._per_document.add_field("id", self._schema["id"], id, 0)
        self._per_document.add_field("record", self._schema["record"], record, 0)
        for name in TEXT_FIELDS:
            self._per_document.add_field(name, self._schema[name], None, lengths[name])
            self._lengths[name].append(length_to_byte(lengths[name]))
        for name in SORT_FIELDS:
            self._sort[name].append(sort[name])
        self._per_document.finish_doc()
        self.documents += 1
        return document

    def finish(self) -> Any:
        """Write the posting lists and the arrays, close every file and return the segment."""
        self._per_document.close()
        self.segment.set_doc_count(self.documents)
        for name in LISTED:
            lists = self._buffers.pop(name).inverted(name in TEXT_FIELDS)
            if lists.terms:
                lengths = np.frombuffer(self._lengths[name], np.uint8) if name in self._lengths else None
                self._postings.add_field(name, lists, lengths, self._schema[name].format.fixed_value_size())
            self._sidecar.add_field(name, lists)
        self._close()
        self._sidecar.finish(
            Columns(
                {name: np.frombuffer(values, np.uint8) for name, values in self._lengths.items()},
                {name: np.frombuffer(values, np.int64) for name, values in self._sort.items()},
            )
        )
        return self.segment

    def abandon(self) -> None:
        """Close and remove every file of this segment."""
        if not self._per_document.is_closed:
            self._per_document.close()
        self._close()
        self._sidecar.abandon()
        for file in Path(self._storage.folder).glob(f"{self.segment.segment_id()}.*"):
            file.unlink(missing_ok=True)

    def _close(self) -> None:
        self._postings.close()
        shutil.rmtree(self._temporary, ignore_errors=True)


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
