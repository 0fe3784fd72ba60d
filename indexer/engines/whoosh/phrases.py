"""Where terms stand together: in order at given distances, or near each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.inverted import stretches
from indexer.engines.whoosh.matches import NONE, Documents, Floats, is_in
from indexer.engines.whoosh.postings import Postings

_NO_FREQUENCIES: Floats = np.zeros(0, np.float32)

#: Room of a document among the keys of places: ``ordinal << _ROOM`` plus the position.
_ROOM = 32


def in_order(postings_of: Sequence[Postings], offsets: Sequence[int], size: int) -> tuple[Documents, Floats]:
    """Find the places where every term stands at its offset from the first; count them by document."""
    candidates = _candidates(postings_of, size)
    starts: NDArray[np.int64] | None = None
    # The rarest first: what it leaves is looked up among the places of the others.
    for postings, offset in sorted(zip(postings_of, offsets, strict=True), key=lambda pair: pair[0].occurrences):
        keys = _keys(postings, candidates) - offset
        starts = keys if starts is None else _common(starts, keys)
        if not len(starts):
            return NONE, _NO_FREQUENCIES
    assert starts is not None
    # A key that fell below its document's range belongs to no phrase: its term stands before the text begins.
    return _counted(starts[starts >= 0], candidates)


def near(terms: Sequence[str], postings_of: Sequence[Postings], width: int, size: int) -> tuple[Documents, Floats]:
    """Find documents in which all terms stand within ``width`` positions, in any order.

    A term that is wanted twice must stand in two places.  The frequency is the number of positions at which such a
    stretch ends.
    """
    candidates = _candidates(postings_of, size)
    if not len(candidates):
        return NONE, _NO_FREQUENCIES
    places = {term: _keys(postings, candidates) for term, postings in zip(terms, postings_of, strict=True)}
    ends = np.unique(np.concatenate(list(places.values())))
    complete = np.ones(len(ends), np.bool_)
    for term, times in Counter(terms).items():
        # The place of the term, so many times back from each end; in another document it is far away.
        back = np.searchsorted(places[term], ends, side="right") - times
        complete &= (back >= 0) & (ends - places[term][np.maximum(back, 0)] < width)
    return _counted(ends[complete], candidates)


def _candidates(postings_of: Sequence[Postings], size: int) -> Documents:
    """Return the documents that have every term."""
    documents, *others = sorted((one.documents for one in postings_of), key=len)
    for other in others:
        documents = documents[is_in(other, documents, size)] if len(other) else NONE
    return documents


def _keys(postings: Postings, documents: Documents) -> NDArray[np.int64]:
    """Return the places of a term in some of its documents, ascending: the ordinal of the document and the position."""
    rows = np.searchsorted(postings.documents, documents)
    assert postings.bounds is not None
    assert postings.positions is not None
    starts = postings.bounds[rows]
    counts = postings.bounds[rows + 1] - starts
    positions = postings.positions[stretches(starts, counts)]
    keys: NDArray[np.int64] = np.repeat(np.arange(len(documents), dtype=np.int64) << _ROOM, counts) + positions
    return keys


def _common(some: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what is in both; both ascending and without repetition."""
    if len(some) > len(others):
        some, others = others, some
    if not len(some):
        return some
    places = np.minimum(np.searchsorted(others, some), len(others) - 1)
    common: NDArray[np.int64] = some[others[places] == some]
    return common


def _counted(keys: NDArray[np.int64], candidates: Documents) -> tuple[Documents, Floats]:
    """Return the documents of some places, with how many each has."""
    counts = np.bincount(keys >> _ROOM, minlength=len(candidates))
    present = np.flatnonzero(counts)
    return candidates[present], counts[present].astype(np.float32)
