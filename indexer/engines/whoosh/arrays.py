"""Named arrays of numbers in one file: written once, mapped into memory, checked before they are believed.

The file begins and ends with a mark of its version.  Before the last one stands a table (JSON): whose arrays these
are, and for each array its type, place and length, with a CRC-32 of every 16 KiB.  A file that is cut short, damaged,
of another version or of something else is refused, at the latest when the damaged part is asked for.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.storage import FETCHED_AT_ONCE, sync_file

Numbers = NDArray[Any]

#: Bumped with any change of the file or of the arrays in it; a file of another version is as good as none.
_MARK = b"hrsearch arrays 3\n"

#: Where the table begins, its length and its CRC-32.
_TAIL = struct.Struct("<QII")

#: Arrays begin at multiples of this, so that numbers of every size are aligned.
_ALIGNMENT = 64

#: Bytes of one file that may stay in this process's memory after they were read; the page cache has them all the same.
_RESIDENT = 8 << 20

#: Bytes under one checksum.  Reading a rare term touches one such part of each array: 4 microseconds at 4 GB/s.
_PART = 1 << 14

#: Numbers that are written at a time: whole parts, of whatever size the numbers are.
_STRETCH = 1 << 20


class ArraysUnusable(Exception):
    """The file is missing, damaged, of another version, or does not belong to what it is read for."""


def smallest_type(largest: int) -> np.dtype[Any]:
    """Return the unsigned little-endian type of the fewest bytes that holds ``largest``."""
    return next(np.dtype(f"<u{size}") for size in (1, 2, 4, 8) if largest < 1 << (8 * size))


class ArrayWriter:
    """Writes a file of arrays under a temporary name; ``finish`` puts it in its place, durably."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary = path.with_name(f"{path.name}.tmp")
        self._file = self._temporary.open("wb")
        self._file.write(_MARK)
        self._table: dict[str, dict[str, Any]] = {}

    def add(self, name: str, type: np.dtype[Any], numbers: Numbers) -> None:
        """Add an array; its numbers must fit ``type``."""
        self._file.write(b"\0" * (-self._file.tell() % _ALIGNMENT))
        start, sums = self._file.tell(), []
        for at in range(0, len(numbers), _STRETCH):
            written = np.ascontiguousarray(numbers[at : at + _STRETCH], type).data.cast("B")
            sums += [zlib.crc32(written[part : part + _PART]) for part in range(0, len(written), _PART)]
            self._file.write(written)
        self._table[name] = {"type": type.str, "start": start, "length": len(numbers), "sums": sums}

    def finish(self, identity: Mapping[str, Any]) -> None:
        """Write the table and put the file in its place.  ``identity`` says whose arrays these are (JSON values)."""
        start = self._file.tell()
        table = json.dumps({"identity": identity, "arrays": self._table}).encode()
        self._file.write(table + _TAIL.pack(start, len(table), zlib.crc32(table)) + _MARK)
        self._file.close()
        sync_file(self._temporary)
        self._temporary.rename(self._path)
        sync_file(self._path.parent)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self._temporary.unlink(missing_ok=True)


class ArrayFile:
    """A file of arrays, mapped into memory and shared by all threads."""

    def __init__(self, path: Path, identity: Mapping[str, Any]) -> None:
        """Open the arrays of ``identity``.  Raises: ArraysUnusable."""
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), os.fstat(file.fileno()).st_size, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise ArraysUnusable(f"{path}: {error}") from error
        self._path = path
        table = self._read_table()
        if table["identity"] != dict(identity):
            raise ArraysUnusable(f"{path}: belongs to {table['identity']}, not to {dict(identity)}")
        self._sums = {name: row["sums"] for name, row in table["arrays"].items()}
        self._checked = {name: bytearray(len(sums)) for name, sums in self._sums.items()}
        self._begins = {name: row["start"] for name, row in table["arrays"].items()}
        self._read = 0
        self._arrays: dict[str, Numbers] = {
            name: np.frombuffer(self._map, row["type"], row["length"], row["start"])
            for name, row in table["arrays"].items()
        }

    def _read_table(self) -> Mapping[str, Any]:
        size, tail = len(self._map), _TAIL.size + len(_MARK)
        if size < len(_MARK) + tail or self._map[: len(_MARK)] != _MARK or self._map[-len(_MARK) :] != _MARK:
            raise ArraysUnusable(f"{self._path}: cut short, or no arrays of this version")
        start, length, expected = _TAIL.unpack(self._map[size - tail : size - len(_MARK)])
        written = self._map[start : start + length]
        if start + length + tail != size or zlib.crc32(written) != expected:
            raise ArraysUnusable(f"{self._path}: its table of arrays is damaged")
        table: Mapping[str, Any] = json.loads(written)
        return table

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    @property
    def nbytes(self) -> int:
        """The size of the file."""
        return len(self._map)

    def expect_all(self) -> None:
        """Ask the system to fetch the whole file from the disk."""
        self._fetch(0, len(self._map))

    def expect(self, name: str, start: int, end: int) -> None:
        """Ask the system to fetch ``[start:end]`` of an array from the disk while others are asked for too.

        What has been read before is in memory as a rule, and asking takes longer than finding it there.
        """
        size, begin = self._arrays[name].itemsize, self._begins[name]
        if self._checked[name].find(0, start * size // _PART, -(-end * size // _PART)) >= 0:
            self._fetch(begin + start * size, begin + end * size)

    def _fetch(self, start: int, end: int) -> None:
        for at in range(start - start % mmap.PAGESIZE, end, FETCHED_AT_ONCE):
            self._map.madvise(mmap.MADV_WILLNEED, at, min(FETCHED_AT_ONCE, end - at))

    def close(self) -> None:
        """Let the file go.  Arrays that are still in use keep it until they are not."""
        self._arrays.clear()
        with suppress(BufferError):
            self._map.close()

    def check(self) -> None:
        """Look at every byte.  Raises: ArraysUnusable."""
        for name in self._arrays:
            self.array(name)

    def array(self, name: str, start: int = 0, end: int | None = None) -> Numbers:
        """Return an array, or ``[start:end]`` of it, once its bytes were found sound.  Raises: ArraysUnusable."""
        array = self._arrays[name]
        start, end, _ = slice(start, end).indices(len(array))
        checked, size = self._checked[name], array.itemsize
        self._read += (end - start) * size
        if self._read > _RESIDENT:
            self._read = 0
            self._map.madvise(mmap.MADV_DONTNEED)
        last = -(-end * size // _PART)
        part = checked.find(0, start * size // _PART, last)
        while part >= 0:
            if zlib.crc32(array.data.cast("B")[part * _PART : (part + 1) * _PART]) != self._sums[name][part]:
                raise ArraysUnusable(f"{self._path}: the array {name} is damaged")
            checked[part] = 1
            part = checked.find(0, part + 1, last)
        return array[start:end]
