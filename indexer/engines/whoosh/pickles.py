"""Writes pickles of many numbers at a time, from arrays: the same opcodes that ``pickle`` writes one by one.

Numbers come as streams, the opcodes of one after those of the other; a pickle is put together from pieces of them.
A number is written with everything that may stand around it into a cell of one size, and what it does not need is left
out of the stream.  The opcodes are those of pickle protocol 3 (see ``pickletools``), without its first two bytes, which
no reader needs.
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.inverted import offsets

#: An integer: its opcode by width, and how many bytes both take.
_INTEGER = np.dtype([("code", "u1"), ("number", "<u4")])
_CODES = np.frombuffer(b"KMJ", np.uint8)
_TAKEN = np.array([2, 3, 5])

#: A step from one position to the next, with what opens the value of a posting before the first one (bytes: opcode,
#: length, the number of positions, the mark of a tuple), and what ends it after the last.
_STEP = np.dtype([
    ("opening", [("code", "u1"), ("length", "<u4"), ("count", ">u4"), ("mark", "u1")]),
    ("step", _INTEGER),
    ("end", "S2"),
])  # fmt: skip

#: The bytes that are used: of an integer by width; of an opening that is none, that of up to 255 bytes, that of more;
#: of an end that is none, and one.
_OF_INTEGER = ("##...", "###..", "#####")
_OF_OPENING = ("..........", "##...#####", "##########")
_OF_END = ("..", "##")


def _used(*parts: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return the bytes that are used of a cell with these parts, for every combination of them."""
    return np.array([[byte == "#" for byte in "".join(cell)] for cell in product(*parts)])


_USED_OF_INTEGER, _USED_OF_STEP = _used(_OF_INTEGER), _used(_OF_OPENING, _OF_INTEGER, _OF_END)


class Stream(NamedTuple):
    """Pickled numbers: number i is ``written[ends[i]:ends[i + 1]]``."""

    written: bytes
    ends: NDArray[np.int64]

    def cut(self, bounds: NDArray[np.int64]) -> list[bytes]:
        """Return the numbers from each of ``bounds`` to before the next."""
        at = self.ends[bounds].tolist()
        return [self.written[start:end] for start, end in pairwise(at)]


def integers(numbers: NDArray[np.integer]) -> Stream:
    """Pickle integers from 0 on."""
    cells, width = np.empty(len(numbers), _INTEGER), _widths(numbers)
    cells["code"], cells["number"] = _CODES[width], numbers
    return Stream(_written(cells, _USED_OF_INTEGER[width]), offsets(_TAKEN[width]))


def positions(steps: NDArray[np.integer], counts: NDArray[np.integer]) -> Stream:
    """Pickle the values of postings as Whoosh's ``Positions`` reads them; value i has ``counts[i]`` of the ``steps``.

    It is bytes: the number of positions (four bytes), and the pickled steps from one to the next, the first from 0 (a
    tuple; Whoosh writes a list, which takes a byte more).
    """
    places, width = offsets(counts), _widths(steps)
    first, last = places[:-1], places[1:] - 1
    lengths = np.diff(offsets(_TAKEN[width])[places]) + 7
    long = lengths >= 1 << 8
    opening = np.empty(len(counts), _STEP["opening"])
    opening["code"], opening["length"] = np.where(long, ord("B"), ord("C")), lengths
    opening["count"], opening["mark"] = counts, ord("(")
    cells = np.empty(len(steps), _STEP)
    cells["opening"][first] = opening
    cells["step"]["code"], cells["step"]["number"] = _CODES[width], steps
    cells["end"] = b"t."
    kinds = width * len(_OF_END)
    kinds[first] += len(_OF_INTEGER) * len(_OF_END) * np.where(long, np.uint8(2), np.uint8(1))
    kinds[last] += 1
    return Stream(_written(cells, _USED_OF_STEP[kinds]), offsets(lengths + np.where(long, 5, 2)))


def _widths(numbers: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Return of each number whether one byte holds it (0), two do (1), or four (2)."""
    return (numbers >= 1 << 8).view(np.uint8) + (numbers >= 1 << 16).view(np.uint8)


def _written(cells: NDArray[Any], used: NDArray[np.bool_]) -> bytes:
    return cells.view(np.uint8)[used.ravel()].tobytes()
