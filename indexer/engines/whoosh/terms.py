"""The table of a segment's terms: Whoosh's hash file of ordered keys, written many keys at a time."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from hashlib import md5
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filetables import OrderedHashWriter

from indexer.engines.whoosh.inverted import offsets, stretches
from indexer.engines.whoosh.pickles import lay

#: Before every key and its value stand their lengths.
_LENGTHS = np.dtype([("key", ">i4"), ("value", ">i4")])

#: A slot of a hash table: the hash of a key and where it stands; zeros where the slot is free.
_SLOT = np.dtype([("hash", ">u4"), ("place", ">i8")])

_TABLES = 256


class TermTable(OrderedHashWriter):  # type: ignore[misc]
    """Writes the same file as its base, which takes a key at a time."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        self._hashes = [np.zeros(0, np.uint32)]
        self._places = [np.zeros(0, np.int64)]

    def extend(self, keys: Sequence[bytes], values: NDArray[Any]) -> None:
        """Add keys, which ascend and come after all that were added, with their values."""
        lengths = np.empty(len(keys), _LENGTHS)
        lengths["key"], lengths["value"] = list(map(len, keys)), values.itemsize
        sizes = _LENGTHS.itemsize + lengths["key"] + values.itemsize
        bounds = offsets(sizes)
        written = np.zeros(bounds[-1], np.uint8)
        lay(written, bounds[:-1], lengths)
        written[stretches(bounds[:-1] + _LENGTHS.itemsize, lengths["key"])] = np.frombuffer(b"".join(keys), np.uint8)
        lay(written, bounds[1:] - values.itemsize, values)
        self._places.append(self.dbfile.tell() + bounds[:-1])
        self.dbfile.write(written.tobytes())
        # Whoosh's hash of a key is the end of its MD5 sum.
        ends = b"".join([md5(key, usedforsecurity=False).digest()[-4:] for key in keys])
        self._hashes.append(np.frombuffer(ends, ">u4").astype(np.uint32))

    def _write_hashes(self) -> None:
        """Write the tables, one for each last byte of a hash, and note where each begins."""
        hashes, places = np.concatenate(self._hashes), np.concatenate(self._places)
        self.index.array = array("q" if places.max(initial=0) >> 31 else "i", places.tolist())
        order = np.argsort(hashes.astype(np.uint8), kind="stable")
        bounds = np.searchsorted(hashes.astype(np.uint8)[order], np.arange(_TABLES + 1))
        for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            rows = order[start:end]
            self.directory.append((self.dbfile.tell(), 2 * len(rows)))
            self.dbfile.write(_table(hashes[rows], places[rows]).tobytes())


def _table(hashes: NDArray[np.uint32], places: NDArray[np.int64]) -> NDArray[Any]:
    """Return a hash table with twice as many slots as keys; a key stands in the first free slot from its own on."""
    size = 2 * len(hashes)
    table = np.zeros(size, _SLOT)
    home = (hashes >> 8).astype(np.int64) % max(size, 1)
    order = np.argsort(home, kind="stable")
    row = np.arange(len(order))
    slots = row + np.maximum.accumulate(home[order] - row)
    beyond = slots >= size
    # What does not fit at the end goes to the first slots that are free.
    free = np.setdiff1d(np.arange(size), slots[~beyond], assume_unique=True)
    slots[beyond] = free[: np.count_nonzero(beyond)]
    table["hash"][slots], table["place"][slots] = hashes[order], places[order]
    return table
