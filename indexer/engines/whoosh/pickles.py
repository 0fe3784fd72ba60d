"""Writes pickles of many numbers at a time, from arrays: the same opcodes that ``pickle`` writes one by one.

Numbers come as streams, the opcodes of one after those of the other; a pickle is put together from pieces of them.
The opcodes are those of pickle protocol 3 (see ``pickletools``), without its first two bytes, which no reader needs.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.inverted import offsets

Written = NDArray[np.uint8]

#: An integer by width (see ``_widths``): its opcode, and how many bytes both take.
_INTEGER, _TAKEN = np.frombuffer(b"KMJ", np.uint8), np.array([2, 3, 5])

#: Bytes by whether 255 are enough: their opcode, and how many bytes this and their number take.
_BYTES, _OPENING = np.frombuffer(b"BC", np.uint8), np.array([5, 2])

#: A tuple of more than three begins with a mark; the opcode that ends it, by how many are in it.
_MARK, _TUPLE = ord("("), np.frombuffer(b")\x85\x86\x87t", np.uint8)

#: Bytes that Whoosh has before the pickled steps of a posting: how many they are.
_COUNT = 4


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
    width = _widths(numbers)
    ends = offsets(_TAKEN[width])
    written = np.zeros(ends[-1], np.uint8)
    _put_integers(written, ends[:-1], numbers, width)
    return Stream(written.tobytes(), ends)


def positions(steps: NDArray[np.integer], counts: NDArray[np.integer]) -> Stream:
    """Pickle the values of postings as Whoosh's ``Positions`` reads them; value i has ``counts[i]`` of the ``steps``.

    It is bytes: the number of positions (four bytes), and the pickled steps from one to the next, the first from 0 (a
    tuple; Whoosh writes a list, and the end of a pickle, which it adds where it is missing).
    """
    width, kind = _widths(steps), np.minimum(counts, len(_TUPLE) - 1)
    within = offsets(_TAKEN[width])
    marked = kind == len(_TUPLE) - 1
    lengths = _COUNT + marked + np.diff(within[offsets(counts)]) + 1
    short = (lengths < 1 << 8).view(np.uint8)
    ends = offsets(_OPENING[short] + lengths)
    starts = ends[:-1] + _OPENING[short]
    written = np.zeros(ends[-1], np.uint8)
    written[ends[:-1]] = _BYTES[short]
    _put(written, ends[:-1] + 1, lengths)
    _put(written, starts + _COUNT - 1, counts, -1)
    written[(starts + _COUNT)[marked]] = _MARK
    moved = starts + _COUNT + marked - within[offsets(counts)[:-1]]
    _put_integers(written, within[:-1] + np.repeat(moved, counts), steps, width)
    written[ends[1:] - 1] = _TUPLE[kind]
    return Stream(written.tobytes(), ends)


def _widths(numbers: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Return of each number whether one byte holds it (0), two do (1), or four (2)."""
    return (numbers >= 1 << 8).view(np.uint8) + (numbers >= 1 << 16).view(np.uint8)


def _put_integers(
    written: Written, places: NDArray[np.int64], numbers: NDArray[np.integer], width: NDArray[np.uint8]
) -> None:
    written[places] = _INTEGER[width]
    _put(written, places + 1, numbers)


def _put(written: Written, places: NDArray[np.int64], numbers: NDArray[np.integer], step: int = 1) -> None:
    """Write numbers over zeros: the lowest byte of each in its place, every further one that it has a ``step`` on."""
    while len(places):
        written[places] = numbers.astype(np.uint8)
        numbers = numbers >> 8
        rest = np.flatnonzero(numbers)
        places, numbers = places[rest] + step, numbers[rest]
