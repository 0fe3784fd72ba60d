"""Writes posting lists as the blocks that Whoosh's codec reads, many terms at a time.

Whoosh's own writer takes one posting at a time, and compresses blocks of a single posting too.  These are the same
blocks (see ``stock._decode``), made from arrays.
"""

from __future__ import annotations

import struct
import zlib
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec
from whoosh.system import pack_ushort

from indexer.engines.whoosh.inverted import Ints, Inverted, offsets
from indexer.engines.whoosh.pickles import integers, positions
from indexer.engines.whoosh.terms import TermTable

#: Postings of a block; Whoosh has 128 and reads any number.  A block costs 20 microseconds besides its bytes.
_BLOCK = 1024

#: A shorter body is not compressed: over 25,000 documents of 600 tokens, those of 300 to 2000 bytes would take 43 % of
#: the time that compressing takes then, and save 23 % of the bytes.
_WORTH_COMPRESSING = 2000

_COMPRESSION = 1

#: Numbers that are written at a time.  In shorter stretches the thread that finishes a segment waits more often for its
#: turn: of 100,000 documents with 2^16 it took 61 seconds by the clock, with 2^20 51, for 31 of work.
_STRETCH = 1 << 20

#: The head of a block: before the first block of a term Whoosh's mark; the bytes that follow (negative for the last
#: block of a term); and pickled how many postings it has, the last document, the greatest weight, whether it is
#: compressed, and the least and greatest length.
_EMPTY = WHOOSH3_HEADER_MAGIC + b"\0\0\0\0(M\0\0J\0\0\0\0G\0\0\0\0\0\0\0\0K\0K\0K\0t."
_HEAD = np.dtype(
    {
        "names": ["size", "postings", "last", "heaviest", "compression", "shortest", "longest"],
        "formats": [">i4", "<u2", "<i4", ">f8", "u1", "u1", "u1"],
        "offsets": [4, 10, 13, 18, 27, 29, 31],
        "itemsize": len(_EMPTY),
    }
)
_MARK, _SIZE = len(WHOOSH3_HEADER_MAGIC), _HEAD["size"].itemsize

#: What is noted of a term: see ``W3TermInfo`` of Whoosh.
_NOTE = np.dtype(
    [
        ("inlined", "u1"),
        ("weight", ">f4"),
        ("documents", ">u4"),
        ("shortest", "u1"),
        ("longest", "u1"),
        ("heaviest", ">f4"),
        ("first", ">u4"),
        ("last", ">u4"),
        ("place", ">i8"),
        ("size", ">i4"),
    ]
)

#: How a float and a string of bytes begin in a pickle.
_FLOAT, _BYTES = struct.Struct(">cd"), struct.Struct("<cI")


class PostingWriter:
    """Writes the posting lists of a segment, field by field, and the table of its terms."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._terms = TermTable(segment.create_file(storage, W3Codec.TERMS_EXT))
        self._fields: dict[str, int] = {}
        self._terms.extras["fieldmap"] = self._fields
        self._file = segment.create_file(storage, W3Codec.POSTS_EXT)
        self._closed = False

    def add_field(self, name: str, lists: Inverted, lengths: NDArray[np.uint8] | None, value_size: int | None) -> None:
        """Write the lists of a field.

        ``lengths`` gives the length of the field in each document, as Whoosh's byte; None for a field without lengths.
        ``value_size`` is the fixed size of a posting's value, 0 or 4; ignored where there are positions.
        """
        prefix = pack_ushort(self._fields.setdefault(name, len(self._fields)))
        for some in lists.portions(_STRETCH):
            length = np.zeros(len(some.documents), np.uint8) if lengths is None else lengths[some.documents]
            written, notes = _blocks(some, length, bool(value_size))
            notes["place"] = self._file.tell() + offsets(notes["size"])[:-1]
            self._file.write(written)
            self._terms.extend([prefix + term for term in some.terms], notes.tobytes())

    def close(self) -> None:
        """Close both files; a second time does nothing."""
        if not self._closed:
            self._closed = True
            self._terms.close()
            self._file.close()


def _blocks(lists: Inverted, length: NDArray[np.uint8], counted: bool) -> tuple[bytes, NDArray[Any]]:
    """Return the blocks of some terms, and what is noted of each term, but for the place of its blocks.

    ``length`` is that of the field in the document of each posting; ``counted`` says whether the count is the value of
    a posting without positions.
    """
    many = -(-np.diff(lists.bounds) // _BLOCK)
    of_term = offsets(many)
    within = np.arange(of_term[-1]) - np.repeat(of_term[:-1], many)
    bounds = np.append(np.repeat(lists.bounds[:-1], many) + _BLOCK * within, lists.bounds[-1])
    heads = np.frombuffer(bytearray(_EMPTY * len(within)), _HEAD)
    heads["postings"] = np.diff(bounds)
    heads["last"] = lists.documents[bounds[1:] - 1]
    heads["heaviest"] = np.maximum.reduceat(lists.counts, bounds[:-1])
    heads["shortest"] = np.minimum.reduceat(length, bounds[:-1])
    heads["longest"] = np.maximum.reduceat(length, bounds[:-1])
    bodies = _bodies(lists, bounds, counted)
    compressed = np.array([len(body) >= _WORTH_COMPRESSING for body in bodies])
    for block in np.flatnonzero(compressed).tolist():
        bodies[block] = zlib.compress(bodies[block], _COMPRESSION)
    heads["compression"] = _COMPRESSION * compressed
    sizes = np.array(list(map(len, bodies))) + len(_EMPTY) - _MARK
    heads["size"] = sizes - _SIZE
    heads["size"][of_term[1:] - 1] *= -1
    notes = _notes(lists, heads, of_term[:-1])
    notes["size"] = _MARK + np.add.reduceat(sizes, of_term[:-1])
    ends = len(_EMPTY) * np.arange(1, len(within) + 1)
    starts = ends - len(_EMPTY) + _MARK * (within > 0)
    written = heads.tobytes()
    openings = [written[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    return b"".join(chain.from_iterable(zip(openings, bodies, strict=True))), notes


def _notes(lists: Inverted, heads: NDArray[Any], firsts: NDArray[np.int64]) -> NDArray[Any]:
    """Return what is noted of each term besides place and size of its blocks, the first of which are ``firsts``."""
    starts, ends = lists.bounds[:-1], lists.bounds[1:]
    notes = np.zeros(len(lists.terms), _NOTE)
    notes["weight"] = np.add.reduceat(lists.counts, starts)
    notes["documents"] = ends - starts
    notes["shortest"] = np.minimum.reduceat(heads["shortest"], firsts)
    notes["longest"] = np.maximum.reduceat(heads["longest"], firsts)
    notes["heaviest"] = np.maximum.reduceat(heads["heaviest"], firsts)
    notes["first"], notes["last"] = lists.documents[starts], lists.documents[ends - 1]
    return notes


def _bodies(lists: Inverted, bounds: NDArray[np.int64], counted: bool) -> list[bytes]:
    """Return the body of each block, a pickle: the steps from document to document, the weights, the values."""
    steps = np.diff(lists.documents, prepend=np.int32(0))
    steps[bounds[:-1]] = lists.documents[bounds[:-1]]
    parts = zip(
        integers(steps).cut(bounds), _weights(lists.counts, bounds), _values(lists, bounds, counted), strict=True
    )
    return [b"".join((b"(", step, b"t", weights, values, b"\x87.")) for step, weights, values in parts]


def _weights(counts: Ints, bounds: NDArray[np.int64]) -> list[bytes]:
    """Return the weights of each block: None where all are 1, one float where all are equal, else integers.

    Whoosh writes floats, which take nine bytes each instead of two, and reads any number.
    """
    heaviest = np.maximum.reduceat(counts, bounds[:-1])
    equal = np.where(heaviest == np.minimum.reduceat(counts, bounds[:-1]), heaviest, 0)
    shared = {0: b"", 1: b"N", **{one: _FLOAT.pack(b"G", one) for one in np.unique(equal[equal > 1]).tolist()}}
    return [
        shared[one] or b"(" + listed + b"t"
        for one, listed in zip(equal.tolist(), integers(counts).cut(bounds), strict=True)
    ]


def _values(lists: Inverted, bounds: NDArray[np.int64], counted: bool) -> list[bytes]:
    """Return the values of each block: what ``positions`` pickles, or all counts in one, or none."""
    if lists.places is not None and lists.starts is not None:
        steps = np.diff(lists.places, prepend=np.uint32(0))
        firsts = offsets(lists.counts)[:-1]
        steps[firsts] = lists.places[firsts] - lists.starts[lists.documents]
        return [b"(" + listed + b"t" for listed in positions(steps, lists.counts).cut(bounds)]
    if not counted:
        return [b"N"] * (len(bounds) - 1)
    written = lists.counts.astype(">u4").tobytes()
    return [_BYTES.pack(b"B", end - start) + written[start:end] for start, end in pairwise((4 * bounds).tolist())]
