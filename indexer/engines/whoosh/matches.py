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
    if len(parts) < 2:
        return parts[0] if parts else NO_MATCHES
    documents, (scores,) = _united([part.documents for part in parts], [[part.scores for part in parts]], combine, size)
    return Matches(documents, scores)


def weighed_union(parts: Sequence[Matches], weights: Sequence[float], size: int) -> tuple[Matches, Floats]:
    """Return what any part has, the scores of a document added, and for each the weights of the parts that have it."""
    some = [(part, weight) for part, weight in zip(parts, weights, strict=True) if len(part.documents)]
    if not some:
        return NO_MATCHES, NO_MATCHES.scores
    lists = [part.documents for part, _ in some]
    scores = [part.scores for part, _ in some]
    weighed = [np.full(len(part.documents), weight, np.float32) for part, weight in some]
    documents, (added, weight) = _united(lists, [scores, weighed], np.add, size)
    return Matches(documents, added), weight


def _united(
    lists: Sequence[Documents], columns: Sequence[Sequence[Floats]], combine: np.ufunc, size: int
) -> tuple[Documents, list[Floats]]:
    """Unite lists of documents; in each column the numbers that they have for one document are combined."""
    if sum(map(len, lists)) < size * _LAY_OUT:
        documents = np.concatenate(lists)
        order = documents.argsort(kind="stable")
        documents = documents[order]
        changes = np.empty(len(documents), np.bool_)
        changes[0] = True
        np.not_equal(documents[1:], documents[:-1], out=changes[1:])
        (firsts,) = changes.nonzero()
        return documents[firsts], [combine.reduceat(np.concatenate(column)[order], firsts) for column in columns]
    flagged = np.zeros(size, np.bool_)
    for listed in lists:
        flagged[listed] = True
    (documents,) = flagged.nonzero()
    combined = []
    for column in columns:
        laid_out = np.full(size, combine.identity if combine.identity is not None else -np.inf, np.float32)
        for listed, numbers in zip(lists, column, strict=True):
            laid_out[listed] = combine(laid_out[listed], numbers)
        combined.append(laid_out[documents])
    return documents, combined


def difference(matches: Matches, unwanted: Documents, size: int) -> Matches:
    """Return what is not among the unwanted."""
    return matches.only(~is_in(unwanted, matches.documents, size)) if len(unwanted) else matches


def lifted(matches: Matches, extra: Matches, size: int) -> Matches:
    """Return the same documents, with the score of ``extra`` added where that matches too."""
    if not len(extra.documents):
        return matches
    if len(matches.documents) > _SEARCH_IN * len(extra.documents):
        rows = np.minimum(matches.documents.searchsorted(extra.documents), len(matches.documents) - 1)
        both = matches.documents[rows] == extra.documents
        scores = matches.scores.copy()
        scores[rows[both]] += extra.scores[both]
    elif len(extra.documents) > _SEARCH_IN * len(matches.documents):
        rows = np.minimum(extra.documents.searchsorted(matches.documents), len(extra.documents) - 1)
        both = extra.documents[rows] == matches.documents
        scores = matches.scores + np.where(both, extra.scores[rows], np.float32(0))
    else:
        laid_out = np.zeros(size, np.float32)
        laid_out[extra.documents] = extra.scores
        scores = matches.scores + laid_out[matches.documents]
    return Matches(matches.documents, scores)
