"""The arrays of a segment, beside Whoosh's own files of it.

They hold nothing that Whoosh's files do not, in a form that is searched as it lies on the disk.  The file bears the
segment's name: Whoosh keeps it as long as the segment and removes it with it, and an orphan like any other.
"""

from __future__ import annotations

import os
import weakref
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import FACETS
from indexer.engines.batch import SORTS
from indexer.engines.whoosh.arrays import ArrayFile, ArraysUnusable, ArrayWriter, Numbers, smallest_type
from indexer.engines.whoosh.inverted import Inverted, offsets
from indexer.engines.whoosh.records import read_record
from indexer.engines.whoosh.schema import TEXT_FIELDS
from indexer.engines.whoosh.source import ROOM, Columns, Source, TermLists
from indexer.engines.whoosh.stock import StockSegment, record_sizes
from indexer.engines.whoosh.storage import FETCHED_AT_ONCE

#: Fields that have lists.
LISTED = (*TEXT_FIELDS, *FACETS, "script", "names", "id")

#: Terms from one to the next that a directory keeps in memory, 100 bytes each.
_APART = 64


class SidecarWriter:
    """Writes the arrays of a segment, field by field."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self._file = ArrayWriter(_path(storage, segment))

    def add_field(self, field: str, lists: Inverted) -> None:
        """Write the lists of a field."""
        self._add(f"{field}/terms", np.frombuffer(b"".join(lists.terms), np.uint8))
        self._add(f"{field}/starts", offsets(np.array([len(term) for term in lists.terms], np.int64)))
        self._add(f"{field}/bounds", lists.bounds)
        self._add(f"{field}/documents", lists.documents)
        self._add(f"{field}/counts", lists.counts)
        if lists.places is not None and lists.starts is not None:
            self._add(f"{field}/room", lists.starts)
            self._add(f"{field}/place_bounds", offsets(lists.counts)[lists.bounds])
            self._file.add(f"{field}/places", smallest_type(int(lists.starts[-1])), lists.places)

    def finish(self, columns: Columns) -> None:
        """Write the columns and put the file in its place.  Whoosh's own files must be finished."""
        for name in TEXT_FIELDS:
            self._add(f"length/{name}", columns.lengths[name])
        for name in SORTS:
            self._file.add(f"sort/{name}", np.dtype("<i8"), columns.sort[name])
        self._add("records", offsets(np.array(record_sizes(self._storage, self._segment), np.int64)))
        self._file.finish(_identity(self._storage, self._segment))

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._file.abandon()

    def _add(self, name: str, numbers: Numbers) -> None:
        self._file.add(name, smallest_type(int(numbers.max(initial=0))), numbers)


def write_missing(storage: Any, segment: Any, source: Source) -> None:
    """Write the arrays of a segment that is read from Whoosh's own files because it has none, or damaged ones.

    Where another Whoosh has packed these files into one it stays so: no record could be found by its place.
    """
    if isinstance(source, ArraySegment) or segment.is_compound():
        return
    writer = SidecarWriter(storage, segment)
    try:
        for field in LISTED:
            writer.add_field(field, source.inverted(field))
        writer.finish(source.columns)
    except BaseException:
        writer.abandon()
        raise


def open_source(storage: Any, schema: Any, segment: Any, check: bool = False) -> Source:
    """Open a segment by its arrays, or where they cannot be used by Whoosh's own files.

    ``check`` looks at every byte of the arrays first: what is written anew must not be wrong.
    """
    try:
        return ArraySegment(storage, segment, check)
    except ArraysUnusable:
        return StockSegment(storage, schema, segment)


class ArraySegment:
    """A segment read from its arrays."""

    def __init__(self, storage: Any, segment: Any, check: bool = False) -> None:
        """Raises: ArraysUnusable."""
        self._file = ArrayFile(_path(storage, segment), _identity(storage, segment))
        if check:
            self._file.check()
        self.size: int = segment.doc_count_all()
        self.columns = Columns(
            {name: self._file.array(f"length/{name}") for name in TEXT_FIELDS},
            {name: self._file.array(f"sort/{name}") for name in SORTS},
        )
        self._record_bounds = self._file.array("records")
        self.nbytes = self._file.nbytes + int(self._record_bounds[-1])
        self._records = os.open(_stored_file(storage, segment), os.O_RDONLY)
        self._close_records = weakref.finalize(self, os.close, self._records)
        self._directories: dict[str, _Directory] = {}
        self._id_numbers: memoryview | None = None

    def expect_all(self) -> None:
        """See ``Source.expect_all``."""
        self._file.expect_all()
        self._expect_records(0, int(self._record_bounds[-1]))

    def find(self, field: str, term: bytes) -> TermLists | None:
        """See ``Source.find``.  Raises: ArraysUnusable."""
        directory = self._directory(field)
        number = directory.find(term)
        if number is None:
            return None
        start, end = directory.bounds[number], directory.bounds[number + 1]
        self._file.expect(f"{field}/documents", start, end)
        self._file.expect(f"{field}/counts", start, end)
        return TermLists(
            self._file.array(f"{field}/documents", start, end), self._file.array(f"{field}/counts", start, end)
        )

    def places(self, field: str, term: bytes) -> NDArray[np.integer] | None:
        """See ``Source.places``.  Raises: ArraysUnusable."""
        directory = self._directory(field)
        number = directory.find(term)
        if number is None:
            return None
        start, end = directory.place_bounds[number], directory.place_bounds[number + 1]
        self._file.expect(f"{field}/places", start, end)
        return self._file.array(f"{field}/places", start, end)

    def spread(self, field: str, places: NDArray[np.integer]) -> NDArray[np.int64]:
        """See ``Source.spread``.  Raises: ArraysUnusable."""
        starts = self._directory(field).rooms
        wanted = np.minimum(places, starts[-1]).astype(starts.dtype)
        documents = np.searchsorted(starts, wanted, side="right") - 1
        spread: NDArray[np.int64] = (documents << ROOM) + places - starts[documents].astype(np.int64)
        return spread

    def terms(self, field: str, prefix: bytes = b"") -> list[tuple[bytes, int]]:
        """See ``Source.terms``.  Raises: ArraysUnusable."""
        directory = self._directory(field)
        found = []
        for number in range(directory.place(prefix), len(directory)):
            term = directory.term(number)
            if not term.startswith(prefix):
                break
            found.append((term, directory.bounds[number + 1] - directory.bounds[number]))
        return found

    def inverted(self, field: str) -> Inverted:
        """See ``Source.inverted``.  Raises: ArraysUnusable."""
        directory = self._directory(field)
        documents = self._file.array(f"{field}/documents").astype(np.int32)
        counts = self._file.array(f"{field}/counts").astype(np.int32)
        terms = [directory.term(number) for number in range(len(directory))]
        bounds = self._file.array(f"{field}/bounds").astype(np.int64)
        if field not in TEXT_FIELDS:
            return Inverted(terms, bounds, documents, counts)
        places, starts = self._file.array(f"{field}/places"), self._file.array(f"{field}/room")
        return Inverted(terms, bounds, documents, counts, places.astype(np.uint32), starts.astype(np.int64))

    def id(self, number: int) -> str:
        """See ``Source.id``.  Raises: ArraysUnusable."""
        if self._id_numbers is None:
            bounds = self._file.array("id/bounds")
            numbers = np.empty(self.size, np.int32)
            numbers[self._file.array("id/documents")] = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
            self._id_numbers = numbers.data
        return self._directory("id").term(self._id_numbers[number]).decode()

    def expect_record(self, number: int) -> None:
        """See ``Source.expect_record``."""
        self._expect_records(*self._record_bounds[number : number + 2].tolist())

    def _expect_records(self, start: int, end: int) -> None:
        if hasattr(os, "posix_fadvise"):
            for at in range(start, end, FETCHED_AT_ONCE):
                os.posix_fadvise(self._records, at, min(FETCHED_AT_ONCE, end - at), os.POSIX_FADV_WILLNEED)

    def record(self, number: int) -> str:
        """See ``Source.record``."""
        start, end = self._record_bounds[number : number + 2].tolist()
        # Reads at a place of its own: threads share the file, not a position in it.
        return read_record(os.pread(self._records, end - start, start))

    def close(self) -> None:
        """See ``Source.close``."""
        del self.columns, self._record_bounds
        self._directories.clear()
        self._file.close()
        self._close_records()

    def _directory(self, field: str) -> _Directory:
        directory = self._directories.get(field)
        if directory is None:
            directory = self._directories[field] = _Directory(self._file, field)
        return directory


class _Directory:
    """The terms of a field, to be found by halving; kept as plain memory, whose numbers are quick to reach.

    Every so many terms are kept as they are: looking among them takes no step of Python's.
    """

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._terms = file.array(f"{field}/terms").data
        self._starts = file.array(f"{field}/starts").data
        self.bounds = file.array(f"{field}/bounds").data
        #: Where the places of each term begin; of a field without positions, nothing.
        name = f"{field}/place_bounds"
        self.place_bounds = file.array(name).data if name in file else memoryview(b"")
        #: Where the room of each document begins, in the places of a field with positions.
        self.rooms = file.array(f"{field}/room") if name in file else np.zeros(0, np.uint8)
        self._landmarks = [self.term(number) for number in range(0, len(self), _APART)]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def term(self, number: int) -> bytes:
        """Return a term."""
        return bytes(self._terms[self._starts[number] : self._starts[number + 1]])

    def place(self, term: bytes) -> int:
        """Return the number of the first term that is not before ``term``."""
        after = bisect_left(self._landmarks, term)
        low, high = max(0, (after - 1) * _APART), min(after * _APART, len(self))
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int | None:
        """Return the number of a term; None for one that does not occur.

        It is looked for in the text of the terms from one landmark to the next, where it may also be part of another.
        """
        after = bisect_right(self._landmarks, term)
        if not after:
            return None
        low, high = (after - 1) * _APART, min(after * _APART, len(self))
        first = self._starts[low]
        text = bytes(self._terms[first : self._starts[high]])
        at = text.find(term)
        while at >= 0:
            number = bisect_left(self._starts, first + at, low, high)
            if self._starts[number] == first + at and self._starts[number + 1] == first + at + len(term):
                return number
            at = text.find(term, at + 1)
        return None


def _path(storage: Any, segment: Any) -> Path:
    return Path(storage.folder) / f"{segment.segment_id()}.arrays"


def _stored_file(storage: Any, segment: Any) -> Path:
    return Path(storage.folder) / str(segment.codec().column_filename(segment, "_stored"))


def _identity(storage: Any, segment: Any) -> Mapping[str, Any]:
    """Say whose arrays these are: the segment, its documents, and the sizes of the files they repeat.

    Raises: ArraysUnusable where Whoosh has packed these files into one.
    """
    if segment.is_compound():
        raise ArraysUnusable(f"{segment.segment_id()} is packed into one file")
    folder = Path(storage.folder)
    files = [folder / segment.make_filename(suffix) for suffix in (".trm", ".pst")]
    sizes = [file.stat().st_size for file in (*files, _stored_file(storage, segment))]
    return {"segment": segment.segment_id(), "documents": segment.doc_count_all(), "sizes": sizes}
