"""Writes posting lists as the blocks that Whoosh's codec reads, many terms at a time.

Whoosh's own writer takes one posting at a time, and compresses blocks of a single posting too.  These are the same
blocks (see ``stock._decode``), made from arrays.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.system import pack_int, pack_uint, pack_ushort
from whoosh.util.numeric import byte_to_length

from indexer.engines.whoosh.inverted import Inverted, offsets

#: Postings of a block, as Whoosh has them.
_BLOCK = 128

#: A shorter body is not compressed: it would become no smaller.
_WORTH_COMPRESSING = 100

_COMPRESSION = 1

#: Postings that are turned into Python's numbers at a time.
_STRETCH = 1 << 18

#: The pickle protocol of a block: any from Python 3.4 on reads it.  Protocol 2, Whoosh's own, has no bytes: it writes
#: each value as a text that is to be encoded, in twice the room and three times the time.
_PROTOCOL = 4

#: That of the positions of one posting, of which there are too many for the frames of protocol 4.
_SHORT_PROTOCOL = 2

#: Gives the values of the postings from one place of the field's lists to before another, as a block holds them.
Values = Callable[[int, int], object]


def write_lists(fields: Any, lists: Inverted, lengths: NDArray[np.uint8] | None, value_size: int | None) -> None:
    """Write the lists of the field that was begun in ``fields``, a field writer of Whoosh.

    ``lengths`` gives the length of the field in each document, as Whoosh's byte; None for a field without lengths.
    ``value_size`` is the fixed size of a posting's value, 0 or 4; ignored where there are positions.
    """
    values = _counted_values(lists, value_size) if lists.positions is None else _position_values(lists)
    prefix = pack_ushort(fields._fieldid)
    at = fields._postfile.tell()
    for first, last in _stretches(lists.bounds):
        stretch = _Stretch(lists, first, last, lengths, values)
        for number, term in enumerate(lists.terms[first:last]):
            blocks = stretch.blocks(number)
            noted = stretch.noted(number)
            noted.set_extent(at, len(blocks))
            fields._postfile.write(blocks)
            fields._tindex.add(prefix + term, noted.to_bytes())
            at += len(blocks)


def _stretches(bounds: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Cut the terms into stretches of about so many postings; yield the first term of each and the one after it."""
    cuts = np.searchsorted(bounds, np.arange(_STRETCH, int(bounds[-1]), _STRETCH))
    ends = np.unique([0, *cuts.tolist(), len(bounds) - 1]).tolist()
    yield from pairwise(ends)


class _Stretch:
    """The lists of some terms of a field as Python's numbers, cut into blocks.

    Block b has the postings ``starts[b] .. starts[b + 1] - 1`` of the stretch, and its least and greatest count and
    length; term t has the blocks ``first_block[t] .. first_block[t + 1] - 1``.
    """

    def __init__(
        self, lists: Inverted, first: int, last: int, lengths: NDArray[np.uint8] | None, values: Values
    ) -> None:
        self._place = int(lists.bounds[first])
        bounds = lists.bounds[first : last + 1] - self._place
        within = slice(self._place, int(lists.bounds[last]))
        documents, counts = lists.documents[within], lists.counts[within]
        many = -(-np.diff(bounds) // _BLOCK)
        first_block = offsets(many)
        inner = np.arange(int(first_block[-1])) - np.repeat(first_block[:-1], many)
        starts = np.repeat(bounds[:-1], many) + _BLOCK * inner
        deltas = np.diff(documents, prepend=np.int32(0))
        deltas[starts] = documents[starts]
        length = np.zeros(len(documents), np.uint8) if lengths is None else lengths[documents]
        self._first_block = first_block.tolist()
        self._starts = [*starts.tolist(), len(documents)]
        self._documents, self._deltas = documents.tolist(), deltas.tolist()
        self._weights = counts.astype(float).tolist()
        self._lightest = np.minimum.reduceat(counts, starts).astype(float).tolist()
        self._heaviest = np.maximum.reduceat(counts, starts).astype(float).tolist()
        self._shortest = np.minimum.reduceat(length, starts).tolist()
        self._longest = np.maximum.reduceat(length, starts).tolist()
        self._frequencies = np.add.reduceat(counts, bounds[:-1]).tolist()
        self._values = values

    def blocks(self, term: int) -> bytes:
        """Return the blocks of a term."""
        last = self._first_block[term + 1] - 1
        written = [self._block(block, block == last) for block in range(self._first_block[term], last + 1)]
        return b"".join([WHOOSH3_HEADER_MAGIC, *written])

    def _block(self, block: int, last: bool) -> bytes:
        start, end = self._starts[block : block + 2]
        heaviest = self._heaviest[block]
        weights: Any = tuple(self._weights[start:end])
        if heaviest == self._lightest[block]:
            weights = None if heaviest == 1 else heaviest
        values = self._values(self._place + start, self._place + end)
        body = pickle.dumps((tuple(self._deltas[start:end]), weights, values), _PROTOCOL)
        compression = _COMPRESSION if len(body) >= _WORTH_COMPRESSING else 0
        if compression:
            body = zlib.compress(body, compression)
        facts = (end - start, self._documents[end - 1], heaviest, compression)
        head = pickle.dumps((*facts, self._shortest[block], self._longest[block]), _PROTOCOL)
        size = len(head) + len(body)
        return b"".join((pack_int(-size if last else size), head, body))

    def noted(self, term: int) -> Any:
        """Return what Whoosh notes of a term beside its blocks."""
        blocks = slice(self._first_block[term], self._first_block[term + 1])
        start, end = self._starts[blocks.start], self._starts[blocks.stop]
        return W3TermInfo(
            weight=self._frequencies[term],
            df=end - start,
            minlength=byte_to_length(min(self._shortest[blocks])),
            maxlength=byte_to_length(max(self._longest[blocks])),
            maxweight=max(self._heaviest[blocks]),
            minid=self._documents[start],
            maxid=self._documents[end - 1],
        )


def _counted_values(lists: Inverted, size: int | None) -> Values:
    """Values of a field without positions: how often the term occurs, or nothing."""
    if not size:
        return lambda start, end: None
    return lambda start, end: lists.counts[start:end].astype(">u4").tobytes()


def _position_values(lists: Inverted) -> Values:
    """Values of a field with positions: their number, and the pickled steps from one to the next."""
    assert lists.positions is not None
    places, positions = lists.places(), lists.positions
    steps = np.diff(positions, prepend=np.int32(0))
    steps[places[:-1]] = positions[places[:-1]]
    # Most terms occur once in a document, at positions that many documents share.
    once: dict[int, bytes] = {}

    def values(start: int, end: int) -> tuple[bytes, ...]:
        ends = (places[start : end + 1] - places[start]).tolist()
        listed = steps[places[start] : places[end]].tolist()
        found = []
        for at, after in pairwise(ends):
            if after - at > 1:
                found.append(pack_uint(after - at) + pickle.dumps(listed[at:after], _SHORT_PROTOCOL))
                continue
            value = once.get(listed[at])
            if value is None:
                value = once[listed[at]] = pack_uint(1) + pickle.dumps(listed[at:after], _SHORT_PROTOCOL)
            found.append(value)
        return tuple(found)

    return values
