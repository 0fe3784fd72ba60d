"""Writes posting lists as the blocks that Whoosh's codec reads, many terms at a time.

Whoosh's own writer takes one posting at a time, and compresses blocks of a single posting too.  These are the same
blocks (see ``stock._decode``), made from arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec
from whoosh.system import pack_ushort

from indexer.engines.whoosh.bodies import write_bodies
from indexer.engines.whoosh.inverted import Inverted, offsets
from indexer.engines.whoosh.pickles import Written, lay
from indexer.engines.whoosh.terms import TermTable

#: Postings of a block; Whoosh has 128 and reads any number.  With 128, more blocks are too short to compress: of 14,400
#: documents of 600 tokens the postings would take 73 MB instead of 51.
_BLOCK = 1024

#: A shorter body is not compressed: over 25,000 documents of 600 tokens, those of 300 to 2000 bytes would take 43 % of
#: the time that compressing takes then, and save 23 % of the bytes.
_WORTH_COMPRESSING = 2000

#: ISA-L's level, as of records.
_COMPRESSION = 2

#: Numbers that are written at a time.  In shorter stretches the thread that finishes a segment waits more often for its
#: turn: of 100,000 documents with 2^16 it took 61 seconds by the clock, with 2^20 51, for 31 of work.
_STRETCH = 1 << 20

#: The head of a block: the bytes that follow (negative for the last block of a term); and pickled how many postings it
#: has, the last document, the greatest weight, whether it is compressed, and the least and greatest length.
_EMPTY = b"\0\0\0\0(M\0\0J\0\0\0\0G\0\0\0\0\0\0\0\0K\0K\0K\0t."
_HEAD = np.dtype(
    {
        "names": ["size", "postings", "last", "heaviest", "compression", "shortest", "longest"],
        "formats": [">i4", "<u2", "<i4", ">f8", "u1", "u1", "u1"],
        "offsets": [0, 6, 9, 14, 23, 25, 27],
        "itemsize": len(_EMPTY),
    }
)
_SIZE = _HEAD["size"].itemsize

#: Whoosh's mark, which stands before the first block of a term.
_MARK = np.array([WHOOSH3_HEADER_MAGIC])

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
            self._terms.extend([prefix + term for term in some.terms], notes)

    def close(self) -> None:
        """Close both files; a second time does nothing."""
        if not self._closed:
            self._closed = True
            self._terms.close()
            self._file.close()


def _blocks(lists: Inverted, length: NDArray[np.uint8], counted: bool) -> tuple[bytes, NDArray[Any]]:
    """Return the blocks of some terms, and what is noted of each term, but for the place of its blocks.

    ``length`` is that of the field in the document of each posting; for ``counted`` see ``write_bodies``.
    """
    many = -(-np.diff(lists.bounds) // _BLOCK)
    of_term = offsets(many)
    firsts = of_term[:-1]
    within = np.arange(of_term[-1]) - np.repeat(firsts, many)
    bounds = np.append(np.repeat(lists.bounds[:-1], many) + _BLOCK * within, lists.bounds[-1])
    heads = np.frombuffer(bytearray(_EMPTY * len(within)), _HEAD)
    heads["postings"] = np.diff(bounds)
    heads["last"] = lists.documents[bounds[1:] - 1]
    heads["heaviest"] = np.maximum.reduceat(lists.counts, bounds[:-1])
    heads["shortest"] = np.minimum.reduceat(length, bounds[:-1])
    heads["longest"] = np.maximum.reduceat(length, bounds[:-1])
    room = _HEAD.itemsize + _MARK.itemsize * (within == 0)
    written, begins, ends = write_bodies(lists, bounds, counted, room)
    sizes = ends - begins
    large = np.flatnonzero(sizes >= _WORTH_COMPRESSING)
    cuts = list(zip(begins[large].tolist(), ends[large].tolist(), strict=True))
    compressed = [isal_zlib.compress(written.data[begin:end], _COMPRESSION) for begin, end in cuts]
    sizes[large] = list(map(len, compressed))
    heads["compression"][large] = _COMPRESSION
    heads["size"] = sizes + _HEAD.itemsize - _SIZE
    heads["size"][of_term[1:] - 1] *= -1
    lay(written, begins - _HEAD.itemsize, heads)
    lay(written, (begins - room)[firsts], _MARK)
    notes = _notes(lists, heads, firsts)
    notes["size"] = _MARK.itemsize + np.add.reduceat(sizes + _HEAD.itemsize, firsts)
    return _replaced(written, cuts, compressed), notes


def _replaced(written: Written, cuts: Sequence[tuple[int, int]], others: Sequence[bytes]) -> bytes:
    """Return what is written with the stretches ``cuts`` of it replaced by ``others``."""
    pieces: list[bytes | memoryview] = []
    done = 0
    for (begin, end), other in zip(cuts, others, strict=True):
        pieces += (written.data[done:begin], other)
        done = end
    return b"".join((*pieces, written.data[done:]))


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
