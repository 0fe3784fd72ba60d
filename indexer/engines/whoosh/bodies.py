"""Writes the bodies of posting blocks, many at a time, into one array of bytes.

Most terms of a collection are rare, so most blocks are of a few bytes: whatever Python does for each of them would take
longer than to write the bytes.  So a body is cut into parts, and each part is written for all bodies at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.inverted import Ints, Inverted, offsets
from indexer.engines.whoosh.pickles import Places, Stream, Written, integers, lay, positions

#: How a float and a string of bytes begin in a pickle.
_FLOAT, _BYTES = np.dtype([("opcode", "S1"), ("number", ">f8")]), np.dtype([("opcode", "S1"), ("size", "<u4")])


class _Part(NamedTuple):
    """A part of every body: how many bytes it takes in each, and what writes it, given where it begins in each."""

    sizes: NDArray[np.int64]
    write: Callable[[Written, Places], None]


def write_bodies(
    lists: Inverted, bounds: NDArray[np.int64], counted: bool, room: NDArray[np.int64]
) -> tuple[Written, Places, Places]:
    """Write the body of each block, with so much ``room`` before it; return also where each begins and ends.

    Block i has the postings from ``bounds[i]`` to before ``bounds[i + 1]``.  Its body is a pickle: the steps from
    document to document, the weights, the values.  ``counted`` says whether the count is the value of a posting
    without positions.
    """
    steps = np.diff(lists.documents, prepend=np.int32(0))
    steps[bounds[:-1]] = lists.documents[bounds[:-1]]
    every = np.ones(len(room), np.bool_)
    parts = [
        _text(b"(", every), _numbers(integers(steps), bounds), _text(b"t", every),
        *_weights(lists.counts, bounds), *_values(lists, bounds, counted), _text(b"\x87.", every),
    ]  # fmt: skip
    sizes = np.sum([part.sizes for part in parts], axis=0)
    ends = np.cumsum(room + sizes)
    written, at = np.zeros(ends[-1], np.uint8), ends - sizes
    for part in parts:
        part.write(written, at)
        at += part.sizes
    return written, ends - sizes, ends


def _weights(counts: Ints, bounds: NDArray[np.int64]) -> list[_Part]:
    """Return the weights of each block: None where all are 1, one float where all are equal, else integers.

    Whoosh writes floats, which take nine bytes each instead of two, and reads any number.
    """
    many = np.diff(bounds)
    heaviest = np.maximum.reduceat(counts, bounds[:-1])
    differ = heaviest > np.minimum.reduceat(counts, bounds[:-1])
    equal = ~differ & (heaviest > 1)
    floats = np.empty(np.count_nonzero(equal), _FLOAT)
    floats["opcode"], floats["number"] = b"G", heaviest[equal]
    listed = integers(counts[np.repeat(differ, many)])
    return [
        _text(b"N", heaviest == 1), _fixed(floats, equal),
        _text(b"(", differ), _numbers(listed, offsets(many * differ)), _text(b"t", differ),
    ]  # fmt: skip


def _values(lists: Inverted, bounds: NDArray[np.int64], counted: bool) -> list[_Part]:
    """Return the values of each block: what ``positions`` pickles, or all counts in one, or none."""
    every = np.ones(len(bounds) - 1, np.bool_)
    if lists.places is not None and lists.starts is not None:
        steps = np.diff(lists.places, prepend=np.uint32(0))
        firsts = offsets(lists.counts)[:-1]
        steps[firsts] = lists.places[firsts] - lists.starts[lists.documents]
        return [_text(b"(", every), _numbers(positions(steps, lists.counts), bounds), _text(b"t", every)]
    if not counted:
        return [_text(b"N", every)]
    values = lists.counts.astype(">u4")
    openings = np.empty(len(every), _BYTES)
    openings["opcode"], openings["size"] = b"B", values.itemsize * np.diff(bounds)
    ends = values.itemsize * np.arange(len(values) + 1)
    stream = Stream(ends, lambda written, moved: lay(written, ends[:-1] + moved, values))
    return [_fixed(openings, every), _numbers(stream, bounds)]


def _text(text: bytes, where: NDArray[np.bool_]) -> _Part:
    """Return the part that is the same in all bodies ``where`` it stands."""
    return _fixed(np.array([text]), where)


def _fixed(rows: NDArray[Any], where: NDArray[np.bool_]) -> _Part:
    """Return the part that is a row for each body ``where`` it stands, or one row for all."""
    return _Part(rows.itemsize * where, lambda written, at: lay(written, at[where], rows))


def _numbers(stream: Stream, bounds: NDArray[np.int64]) -> _Part:
    """Return the part that is in each body the numbers from one of ``bounds`` to before the next."""
    begins = stream.ends[bounds]
    return _Part(
        np.diff(begins),
        lambda written, at: stream.write(written, np.repeat(at - begins[:-1], np.diff(bounds))),
    )
