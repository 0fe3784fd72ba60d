"""Sets of documents with scores, and what a query tree does with them.

Where sets are a good part of the index they are laid out over all documents; where they are small, or one much smaller
than the other, they are searched in or sorted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Numbers of documents, as wide as numpy wants an index to be: narrower ones are widened at every use.
Documents = NDArray[np.intp]
Floats = NDArray[np.float32]

#: A list so many times longer than another is searched in; below that, laying it out is cheaper (measured at 100,000
#: documents: 4 ns a document laid out, 40 to 80 ns a document searched for).
_SEARCH_IN = 16

#: Below this share of all documents sorting a union is cheaper than laying it out.
_LAY_OUT = 1 / 32


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Documents, ascending and each once, with their scores."""

    documents: Documents
    scores: Floats

    @property
    def nbytes(self) -> int:
        """The memory that the arrays take."""
        return self.documents.nbytes + self.scores.nbytes

    def only(self, kept: NDArray[np.bool_]) -> Matches:
        """Return the flagged ones."""
        return Matches(self.documents[kept], self.scores[kept])

    def times(self, factor: float) -> Matches:
        """Return them with their scores multiplied."""
        return self if factor == 1 else Matches(self.documents, self.scores * np.float32(factor))


NONE: Documents = np.zeros(0, np.intp)
NO_MATCHES = Matches(NONE, np.zeros(0, np.float32))


def unscored(documents: Documents) -> Matches:
    """Return documents, each with score 0."""
    return Matches(documents, np.zeros(len(documents), np.float32))


def is_in(among: Documents, wanted: Documents, size: int) -> NDArray[np.bool_]:
    """Flag those of ``wanted`` that are ``among`` others; both ascending, of an index of ``size`` documents."""
    if not len(among):
        return np.zeros(len(wanted), np.bool_)
    if len(among) > _SEARCH_IN * len(wanted):
        places = np.searchsorted(among, wanted)
        found: NDArray[np.bool_] = among[np.minimum(places, len(among) - 1)] == wanted
        return found
    flagged = np.zeros(size, np.bool_)
    flagged[among] = True
    return flagged[wanted]


def scores_of(matches: Matches, documents: Documents, size: int) -> Floats:
    """Return the scores of ``documents``, each of which must match."""
    if len(matches.documents) > _SEARCH_IN * len(documents):
        return matches.scores[np.searchsorted(matches.documents, documents)]
    laid_out = np.empty(size, np.float32)
    laid_out[matches.documents] = matches.scores
    return laid_out[documents]


def intersection(parts: Sequence[Matches], size: int) -> Matches:
    """Return what every part has, the scores added; nothing for no parts."""
    if not parts:
        return NO_MATCHES
    found, *others = sorted(parts, key=lambda part: len(part.documents))
    for part in others:
        if not len(found.documents):
            return NO_MATCHES
        found = found.only(is_in(part.documents, found.documents, size))
        found = Matches(found.documents, found.scores + scores_of(part, found.documents, size))
    return found


def union(parts: Sequence[Matches], combine: np.ufunc, size: int) -> Matches:
    """Return what any part has, the scores of a document combined by ``np.add`` or ``np.maximum``."""
    parts = [part for part in parts if len(part.documents)]
    if not parts:
        return NO_MATCHES
    if len(parts) == 1:
        return parts[0]
    if sum(len(part.documents) for part in parts) < size * _LAY_OUT:
        return _sorted_union(parts, combine)
    laid_out = np.full(size, combine.identity if combine.identity is not None else -np.inf, np.float32)
    flagged = np.zeros(size, np.bool_)
    for part in parts:
        laid_out[part.documents] = combine(laid_out[part.documents], part.scores)
        flagged[part.documents] = True
    documents = np.flatnonzero(flagged)
    return Matches(documents, laid_out[documents])


def _sorted_union(parts: Sequence[Matches], combine: np.ufunc) -> Matches:
    documents = np.concatenate([part.documents for part in parts])
    order = np.argsort(documents, kind="stable")
    documents = documents[order]
    scores = np.concatenate([part.scores for part in parts])[order]
    firsts = np.flatnonzero(np.concatenate([[True], documents[1:] != documents[:-1]]))
    return Matches(documents[firsts], combine.reduceat(scores, firsts))


def difference(matches: Matches, unwanted: Documents, size: int) -> Matches:
    """Return what is not among the unwanted."""
    return matches.only(~is_in(unwanted, matches.documents, size)) if len(unwanted) else matches


def lifted(matches: Matches, extra: Matches, size: int) -> Matches:
    """Return the same documents, with the score of ``extra`` added where that matches too."""
    if not len(extra.documents):
        return matches
    both = is_in(extra.documents, matches.documents, size)
    scores = matches.scores.copy()
    scores[both] += scores_of(extra, matches.documents[both], size)
    return Matches(matches.documents, scores)
