"""Writes pickles of many numbers at a time, from arrays: the same opcodes that ``pickle`` writes one by one.

Numbers come as streams, the opcodes of one after those of the other; a pickle is put together from pieces of them.
The opcodes are those of pickle protocol 3 (see ``pickletools``), without its first two bytes, which no reader needs.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.inverted import Ints, offsets

Bytes = NDArray[np.uint8]

#: What a value of a posting begins with in a cell of ``positions``: opcode and length of the value (five bytes), how
#: many positions it has (four), the mark of a tuple; then a step (five bytes), and at the last one the tuple's end.
_LENGTH, _COUNT, _MARK, _STEP, _END, _CELL = 0, 5, 9, 10, 15, 17


class Stream(NamedTuple):
    """Pickled numbers: number i is ``written[ends[i]:ends[i + 1]]``."""

    written: bytes
    ends: NDArray[np.int64]

    def cut(self, bounds: NDArray[np.int64]) -> list[bytes]:
        """Return the numbers from each of ``bounds`` to before the next."""
        at = self.ends[bounds].tolist()
        return [self.written[start:end] for start, end in pairwise(at)]


def integers(numbers: Ints) -> Stream:
    """Pickle integers from 0 on."""
    cells = np.empty((len(numbers), 5), np.uint8)
    used = np.empty(cells.shape, np.bool_)
    taken = _write_integers(numbers, cells, used)
    return Stream(cells[used].tobytes(), offsets(taken))


def positions(steps: Ints, counts: Ints) -> Stream:
    """Pickle the values of postings as Whoosh's ``Positions`` reads them; value i has ``counts[i]`` of the ``steps``.

    It is bytes: the number of positions (four bytes), and the pickled steps from one to the next, the first from 0 (a
    tuple; Whoosh writes a list, which takes a byte more).
    """
    places = offsets(counts)
    first, last = places[:-1], places[1:] - 1
    cells = np.empty((len(steps), _CELL), np.uint8)
    used = np.zeros(cells.shape, np.bool_)
    taken = _write_integers(steps, cells[:, _STEP:_END], used[:, _STEP:_END])
    lengths = np.add.reduceat(taken, first) + 7
    long = lengths >= 1 << 8
    opening = np.empty((len(counts), _STEP), np.uint8)
    opening[:, _LENGTH] = np.where(long, ord("B"), ord("C"))
    opening[:, _LENGTH + 1 : _COUNT] = lengths.astype("<u4").view(np.uint8).reshape(-1, 4)
    opening[:, _COUNT:_MARK] = counts.astype(">u4").view(np.uint8).reshape(-1, 4)
    opening[:, _MARK] = ord("(")
    cells[first, :_STEP] = opening
    used[first, :_STEP] = True
    used[first, _LENGTH + 2 : _COUNT] = long[:, None]
    cells[:, _END:] = ord("t"), ord(".")
    used[last, _END:] = True
    return Stream(cells[used].tobytes(), offsets(lengths + np.where(long, 5, 2)))


def _write_integers(numbers: Ints, cells: Bytes, used: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Write each integer to the five bytes of its cell and flag those that it takes; return how many these are."""
    two, four = numbers >= 1 << 8, numbers >= 1 << 16
    cells[:, 0] = ord("K") + (ord("M") - ord("K")) * two.view(np.uint8) - (ord("M") - ord("J")) * four.view(np.uint8)
    cells[:, 1:] = numbers.astype("<i4", copy=False).view(np.uint8).reshape(-1, 4)
    used[:, :2] = True
    used[:, 2] = two
    used[:, 3:] = four[:, None]
    return 2 + two.astype(np.int64) + 2 * four
