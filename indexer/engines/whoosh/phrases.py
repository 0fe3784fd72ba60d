"""Where terms stand together in one segment: in order at given distances, or near each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.matches import NO_MATCHES, Matches
from indexer.engines.whoosh.source import ROOM, Source
from indexer.query import Phrase

Keys = NDArray[np.int64]

#: A list so many times longer than another is searched in; below that, both are sorted as one (measured on places of
#: terms: 70,000 in 70,000 take 1.8 ms by search, 0.8 ms by a stable sort, which finds two runs; 3,000 the same).
_SEARCH_IN = 16


def occurrences(source: Source, field: str, phrase: Phrase) -> Matches:
    """Return the documents of a segment that have a phrase, scored by how often."""
    places = []
    for term in phrase.terms:
        one = source.places(field, term.encode())
        if one is None:
            return NO_MATCHES
        places.append(one)
    offsets = phrase.offsets or tuple(range(len(phrase.terms)))
    if phrase.slop:
        spread = {term: source.spread(field, one) for term, one in zip(phrase.terms, places, strict=True)}
        found = _near(phrase.terms, spread, max(offsets) + 1 + phrase.slop)
    else:
        found = _in_order(source, field, places, offsets)
    if not len(found):
        return NO_MATCHES
    in_turn = found >> ROOM  # ascending, as the places are
    firsts = np.flatnonzero(np.concatenate([[True], in_turn[1:] != in_turn[:-1]]))
    counts = np.diff(firsts, append=len(in_turn))
    return Matches(in_turn[firsts].astype(np.intp), counts.astype(np.float32))


def _in_order(source: Source, field: str, places: Sequence[NDArray[np.integer]], offsets: Sequence[int]) -> Keys:
    """Return the spread places where a phrase begins: every term stands at its offset from there."""
    (rarest, first), *others = sorted(zip(places, offsets, strict=True), key=lambda pair: len(pair[0]))
    starts = rarest.astype(np.int64) - first
    for one, offset in others:
        if not len(starts):
            return starts
        starts = _common(starts + offset, one) - offset
    starts = starts[starts >= 0]
    begun = source.spread(field, starts)
    # One document may begin where another ends.
    whole: Keys = begun[source.spread(field, starts + max(offsets)) == begun + max(offsets)]
    return whole


def _common(wanted: Keys, places: NDArray[np.integer]) -> Keys:
    """Return those of ``wanted`` that are among ``places``; both ascending and without repetition."""
    fitting = wanted[np.searchsorted(wanted, places[0]) : np.searchsorted(wanted, places[-1], side="right")]
    fitting = fitting.astype(places.dtype)
    if len(places) > _SEARCH_IN * len(fitting):
        found = fitting[places[np.searchsorted(places, fitting)] == fitting]
    else:
        both = np.concatenate([fitting, places])
        both.sort(kind="stable")
        found = both[:-1][both[1:] == both[:-1]]
    common: Keys = found.astype(np.int64)
    return common


def _near(terms: Sequence[str], places: dict[str, Keys], width: int) -> Keys:
    """Return the spread places at which a stretch of ``width`` positions with all terms ends, in any order.

    A term that is wanted twice must stand in two places.
    """
    ends = np.unique(np.concatenate(list(places.values())))
    complete = np.ones(len(ends), np.bool_)
    for term, times in Counter(terms).items():
        # The place of the term, so many times back from each end; in another document it is far away.
        back = np.searchsorted(places[term], ends, side="right") - times
        complete &= (back >= 0) & (ends - places[term][np.maximum(back, 0)] < width)
    return ends[complete]
