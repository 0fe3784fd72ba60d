"""Writes pickles of many numbers at a time, from arrays: the same opcodes that ``pickle`` writes one by one.

Numbers become streams, the opcodes of one after those of the other.  A stream first says how many bytes each of them
takes, so that room can be left for them among other things, and is then written there.
The opcodes are those of pickle protocol 3 (see ``pickletools``), without its first two bytes, which no reader needs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.inverted import offsets

Written = NDArray[np.uint8]
Places = NDArray[np.int64]

#: The opcodes of an integer of one byte, of two and of four.
_ONE, _TWO, _FOUR = b"KMJ"

#: Bytes by whether 255 are enough: their opcode, and how many bytes this and their number take.
_BYTES, _OPENING = np.frombuffer(b"BC", np.uint8), np.array([5, 2])

#: A tuple of more than three begins with a mark; the opcode that ends it, by how many are in it.
_MARK, _TUPLE = ord("("), np.frombuffer(b")\x85\x86\x87t", np.uint8)

#: Bytes that Whoosh has before the pickled steps of a posting: how many they are.
_COUNT = 4


class Stream(NamedTuple):
    """Pickled numbers: number i takes the bytes from ``ends[i]`` to before ``ends[i + 1]``.

    ``write`` writes them over zeros, number i so many bytes further on as the second argument says for it.
    """

    ends: Places
    write: Callable[[Written, Places], None]


def integers(numbers: NDArray[np.integer]) -> Stream:
    """Pickle integers from 0 on."""
    ends = offsets(_sizes(numbers))
    return Stream(ends, lambda written, moved: _put_integers(written, ends[:-1] + moved, numbers))


def positions(steps: NDArray[np.integer], counts: NDArray[np.integer]) -> Stream:
    """Pickle the values of postings as Whoosh's ``Positions`` reads them; value i has ``counts[i]`` of the ``steps``.

    It is bytes: the number of positions (four bytes), and the pickled steps from one to the next, the first from 0 (a
    tuple; Whoosh writes a list, and the end of a pickle, which it adds where it is missing).
    """
    kind = np.minimum(counts, len(_TUPLE) - 1)
    within, of_value = offsets(_sizes(steps)), offsets(counts)
    marked = kind == len(_TUPLE) - 1
    lengths = _COUNT + marked + np.diff(within[of_value]) + 1
    short = (lengths < 1 << 8).view(np.uint8)
    opening = _OPENING[short]
    ends = offsets(opening + lengths)

    def write(written: Written, moved: Places) -> None:
        at = ends[:-1] + moved
        written[at] = _BYTES[short]
        _put(written, at + 1, lengths)
        at += opening + _COUNT
        _put(written, at - 1, counts, -1)
        written[at[marked]] = _MARK
        at += marked - within[of_value[:-1]]
        _put_integers(written, within[:-1] + np.repeat(at, counts), steps)
        written[ends[1:] - 1 + moved] = _TUPLE[kind]

    return Stream(ends, write)


def lay(written: Written, places: Places, rows: NDArray[Any]) -> None:
    """Write the bytes of each row in its place, or those of one row in every place."""
    size = rows.itemsize
    written[places[:, np.newaxis] + np.arange(size)] = np.ascontiguousarray(rows).view(np.uint8).reshape(-1, size)


def _sizes(numbers: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Return how many bytes each number takes with its opcode: 2, 3 or 5."""
    wide = (numbers >= 1 << 8).view(np.uint8)
    wide += np.uint8(2)
    wide += (numbers >= 1 << 16).view(np.uint8) << 1
    return wide


def _put_integers(written: Written, places: Places, numbers: NDArray[np.integer]) -> None:
    written[places] = _ONE
    places = places + 1
    written[places] = numbers.astype(np.uint8)
    wide = np.flatnonzero(numbers >= 1 << 8)
    places, numbers = places[wide], numbers[wide] >> 8
    written[places - 1] = np.where(numbers < 1 << 8, _TWO, _FOUR)
    _put(written, places + 1, numbers)


def _put(written: Written, places: Places, numbers: NDArray[np.integer], step: int = 1) -> None:
    """Write numbers over zeros: the lowest byte of each in its place, every further one that it has a ``step`` on."""
    while len(places):
        written[places] = numbers.astype(np.uint8)
        numbers = numbers >> 8
        rest = np.flatnonzero(numbers)
        places, numbers = places[rest] + step, numbers[rest]
