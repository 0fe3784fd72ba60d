"""Writes what a segment holds by document, as Whoosh's columns: record, id, lengths and sort keys.

Whoosh's own writer puts every value of a document into its column at once, all columns into one file, and copies them
apart at the end.  Here each has its file from the beginning, and numbers wait until they are written all together.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from whoosh.columns import VarBytesColumn
from whoosh.util.numeric import length_to_byte

from indexer.engines.batch import SORTS
from indexer.engines.whoosh.schema import TEXT_FIELDS
from indexer.engines.whoosh.source import Columns

#: The file of Whoosh's column of stored fields, whose values come pickled and compressed; see ``records``.
_RECORDS = VarBytesColumn()

#: Whoosh moves signed numbers of eight bytes by so much, so that their bytes are in the order of the numbers.
_MOVED = np.uint64(1 << 63)


class ColumnWriter:
    """The columns of one segment, document after document."""

    def __init__(self, storage: Any, segment: Any, schema: Any) -> None:
        self._storage = storage
        self._segment = segment
        self._files: list[Any] = []
        self._records = _RECORDS.writer(self._file("_stored"))
        self._ids = schema["id"].column_type.writer(self._file("id"))
        self._lengths: dict[str, array[int]] = {field: array("B") for field in TEXT_FIELDS}
        self._totals = dict.fromkeys(TEXT_FIELDS, 0)
        self._sort: dict[str, array[int]] = {field: array("q") for field in SORTS}
        self.documents = 0

    def add(
        self,
        ids: Iterable[str],
        records: Iterable[bytes],
        sorts: Mapping[str, Iterable[int]],
        lengths: Mapping[str, Sequence[int]],
    ) -> None:
        """Add documents; ``records`` as ``write_record`` makes them, ``lengths`` the positions of each text field."""
        for id, record in zip(ids, records, strict=True):
            self._records.add(self.documents, record)
            self._ids.add(self.documents, id.encode())
            self.documents += 1
        for name, numbers in lengths.items():
            self._lengths[name].extend(map(length_to_byte, numbers))
            self._totals[name] += sum(numbers)
        for name, keys in sorts.items():
            self._sort[name].extend(keys)

    def finish(self) -> Columns:
        """Write what waits, close every file and return the numbers."""
        columns = Columns(
            {name: np.frombuffer(values, np.uint8) for name, values in self._lengths.items()},
            {name: np.frombuffer(values, np.int64) for name, values in self._sort.items()},
        )
        self._records.finish(self.documents)
        self._ids.finish(self.documents)
        for name, lengths in columns.lengths.items():
            if lengths.any():
                self._file(f"_{name}_len").write(lengths.tobytes())
        for name, keys in columns.sort.items():
            self._file(name).write((keys.view(np.uint64) + _MOVED).astype(">u8").tobytes())
        self._segment.set_doc_count(self.documents)
        self._segment._fieldlengths = {name: total for name, total in self._totals.items() if total}
        self.close()
        return columns

    def close(self) -> None:
        """Close every file."""
        for file in self._files:
            if not file.is_closed:
                file.close()

    def _file(self, name: str) -> Any:
        file = self._storage.create_file(self._segment.codec().column_filename(self._segment, name))
        self._files.append(file)
        return file
