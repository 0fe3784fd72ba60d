"""Builds one stock Whoosh segment: documents in, sorted posting lists out.

Tokens wait in flat arrays of four-byte numbers, not in Python objects, and are sorted once when the segment is
finished; the codec that writes them is Whoosh's own.
"""

from __future__ import annotations

import json
import shutil
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import default_codec
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.engines.base import Entry
from indexer.engines.whoosh.postings import Postings
from indexer.engines.whoosh.schema import SEPARATOR, SORT_FIELDS, TEXT_FIELDS

#: Memory of a term in a vocabulary, in bytes: a short string, its dictionary slot and its number.
_TERM_BYTES = 120


class FieldBuffer:
    """The postings of one field that wait to be sorted, in the order of the documents.

    Posting i is term ``terms[i]`` (its number in ``vocabulary``) in document ``documents[i]``, ``counts[i]``
    times; a field with positions has so many of them in ``positions``.
    """

    def __init__(self) -> None:
        self.vocabulary: dict[str, int] = {}
        self.terms = array("i")
        self.documents = array("i")
        self.counts = array("i")
        self.positions = array("i")

    def add(self, document: int, postings: Mapping[str, Sequence[int]]) -> None:
        """Add the terms of a document with their positions."""
        for term, positions in postings.items():
            self.terms.append(self.vocabulary.setdefault(term, len(self.vocabulary)))
            self.documents.append(document)
            self.counts.append(len(positions))
            self.positions.extend(positions)

    def add_counted(self, document: int, values: Mapping[str, int]) -> None:
        """Add the values of a field without positions, with how often each occurs."""
        for value, count in values.items():
            self.terms.append(self.vocabulary.setdefault(value, len(self.vocabulary)))
            self.documents.append(document)
            self.counts.append(count)

    def add_term(self, term: str, postings: Postings, renumbered: NDArray[np.int32]) -> None:
        """Add a whole posting list of another segment; ``renumbered`` gives each document's number here."""
        size = len(postings.documents)
        number = self.vocabulary.setdefault(term, len(self.vocabulary))
        self.terms.frombytes(np.full(size, number, np.int32).tobytes())
        self.documents.frombytes(renumbered[postings.documents].astype(np.int32).tobytes())
        self.counts.frombytes(postings.frequencies.astype(np.int32).tobytes())
        if postings.positions is not None:
            self.positions.frombytes(postings.positions.astype(np.int32).tobytes())

    @property
    def nbytes(self) -> int:
        """The memory that waits here."""
        numbers = len(self.terms) + len(self.documents) + len(self.counts) + len(self.positions)
        return 4 * numbers + _TERM_BYTES * len(self.vocabulary)

    def sorted_lists(self) -> Iterator[tuple[bytes, list[int], list[int], list[int]]]:
        """Yield each term in order with its documents, counts and places: where its positions begin."""
        encoded = [term.encode() for term in self.vocabulary]
        order_of_terms = sorted(range(len(encoded)), key=encoded.__getitem__)
        rank = np.empty(len(encoded), np.int32)
        rank[order_of_terms] = np.arange(len(encoded), dtype=np.int32)
        terms = rank[np.frombuffer(self.terms, np.int32)]
        documents = np.frombuffer(self.documents, np.int32)
        counts = np.frombuffer(self.counts, np.int32)
        places = np.cumsum(counts, dtype=np.int64) - counts
        order = np.lexsort((documents, terms))
        bounds = np.searchsorted(terms[order], np.arange(len(encoded) + 1))
        for number, term in enumerate(order_of_terms):
            rows = order[bounds[number] : bounds[number + 1]]
            yield encoded[term], documents[rows].tolist(), counts[rows].tolist(), places[rows].tolist()


class SegmentBuilder:
    """One segment that is being written.  Nothing of it is visible before a table of contents names it."""

    def __init__(self, storage: Any, name: str, schema: Any) -> None:
        self._storage = storage
        self._schema = schema
        codec = default_codec()
        self.segment = codec.new_segment(storage, name)
        self._per_document = codec.per_document_writer(storage, self.segment)
        self._fields = codec.field_writer(storage, self.segment)
        self._temporary = Path(storage.folder) / f"{name}.tmp"
        self._buffers: dict[str, FieldBuffer] = {}
        self._lengths: dict[str, array[int]] = {field: array("B") for field in TEXT_FIELDS}
        self.documents = 0

    @property
    def nbytes(self) -> int:
        """The memory that waiting postings take."""
        return sum(buffer.nbytes for buffer in self._buffers.values())

    def add(self, entry: Entry) -> None:
        """Add a document.  Every value is made ready before anything is written."""
        lengths = {field: entry.lengths[field.replace("_", ".")] for field in TEXT_FIELDS}
        columns = {"id": entry.id, **_sort_values(entry.stored)}
        record = json.dumps(entry.stored, ensure_ascii=False, separators=(",", ":"))
        counted = {name: _counted(values) for name, values in entry.keywords.items()}
        counted["names"] = _counted([SEPARATOR.join(row) for row in entry.names])
        counted["id"] = {entry.id: 1}
        document = self._write_document(entry.id, record, columns, lengths)
        for field in TEXT_FIELDS:
            self._buffer(field).add(document, entry.postings[field.replace("_", ".")])
        for field, values in counted.items():
            self._buffer(field).add_counted(document, values)

    def copy_document(self, id: str, record: str, columns: Mapping[str, Any], lengths: Mapping[str, int]) -> int:
        """Copy what another segment stores of a document and return its number here; its terms follow apart."""
        return self._write_document(id, record, columns, lengths)

    def copy_term(self, field: str, term: str, postings: Postings, renumbered: NDArray[np.int32]) -> None:
        """Copy a posting list of another segment, its deleted documents left out."""
        self._buffer(field).add_term(term, postings, renumbered)

    def _buffer(self, field: str) -> FieldBuffer:
        if field not in self._buffers:
            self._buffers[field] = FieldBuffer()
        return self._buffers[field]

    def _write_document(self, id: str, record: str, columns: Mapping[str, Any], lengths: Mapping[str, int]) -> int:
        document = self.documents
        self._per_document.start_doc(document)
        for name, value in columns.items():
            field = self._schema[name]
            self._per_document.add_column_value(name, field.column_type, field.to_column_value(value))
        self._per_document.add_field("id", self._schema["id"], id, 0)
        self._per_document.add_field("record", self._schema["record"], record, 0)
        for name in TEXT_FIELDS:
            self._per_document.add_field(name, self._schema[name], None, lengths[name])
            self._lengths[name].append(length_to_byte(lengths[name]))
        self._per_document.finish_doc()
        self.documents += 1
        return document

    def finish(self) -> Any:
        """Write the posting lists, close every file and return the segment."""
        self._per_document.close()
        for name in sorted(self._buffers):
            self._write_field(name, self._buffers.pop(name))
        self._close()
        self.segment.set_doc_count(self.documents)
        return self.segment

    def abandon(self) -> None:
        """Close and remove every file of this segment."""
        if not self._per_document.is_closed:
            self._per_document.close()
        self._close()
        for file in Path(self._storage.folder).glob(f"{self.segment.segment_id()}.*"):
            file.unlink(missing_ok=True)

    def _close(self) -> None:
        if not self._fields.is_closed:
            self._fields.close()
        shutil.rmtree(self._temporary, ignore_errors=True)

    def _write_field(self, name: str, buffer: FieldBuffer) -> None:
        field = self._schema[name]
        writer = self._fields
        with_positions = name in TEXT_FIELDS
        encode = _encoder(field.format, buffer, with_positions)
        lengths = [byte_to_length(byte) for byte in range(256)]
        length_bytes = self._lengths.get(name)
        writer.start_field(name, field)
        for term, documents, counts, places in buffer.sorted_lists():
            writer.start_term(term)
            for document, count, place in zip(documents, counts, places, strict=True):
                length = lengths[length_bytes[document]] if length_bytes is not None else None
                writer.add(document, float(count), encode(place, count), length)
            writer.finish_term()
        writer.finish_field()


def _encoder(format: Any, buffer: FieldBuffer, with_positions: bool) -> Any:
    """Return a function that gives the value of a posting from the place of its positions and their count."""
    if with_positions:
        positions = buffer.positions
        once: dict[int, bytes] = {}

        def encode(place: int, count: int) -> bytes:
            if count > 1:
                value: bytes = format.encode(positions[place : place + count])
                return value
            # Most terms occur once in a document, at positions that many documents share.
            position = positions[place]
            known = once.get(position)
            if known is None:
                known = once[position] = format.encode((position,))
            return known

        return encode
    size = format.fixed_value_size()
    return lambda place, count: pack_uint(count) if size else b""


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
