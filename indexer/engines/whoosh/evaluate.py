"""Evaluates a query tree over arrays of postings.

Every node becomes ``Matches``: the documents it finds, ascending, and their scores.  A text leaf is scored with
BM25F (Robertson, Zaragoza and Taylor, CIKM 2004): the frequencies in title and text are weighted, each with its
own length norm, added, and saturated once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein

from indexer import ranking
from indexer.engines.whoosh.inverted import Ints
from indexer.engines.whoosh.postings import Floats, Postings
from indexer.query import (
    And,
    AtLeast,
    Best,
    Boost,
    Everything,
    Fuzzy,
    Lift,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Without,
)

#: The views that hold text.
TEXT_VIEWS = ("words", "chars")

#: Sums of single-precision weights are compared with this much patience.
_ROUNDING = 1e-5

_NONE: Ints = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Documents, ascending and each once, with their scores."""

    documents: Ints
    scores: Floats


NO_MATCHES = Matches(_NONE, np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class TextField:
    """What ranking needs of one physical text field: each document's length over the average."""

    name: str
    weight: float
    norm: Floats


class Evaluator:
    """Evaluates trees against one snapshot.

    ``postings(field, term, positions)`` gives arrays, ``terms(field, prefix)`` the terms of a field with
    their document counts, ``fields[view][scope]`` the text fields, ``alive`` the documents that are not
    deleted, ``years`` each document's year or 0.
    """

    def __init__(
        self,
        postings: Callable[[str, str, bool], Postings],
        terms: Callable[[str, str], Iterator[tuple[str, int]]],
        fields: dict[str, dict[str, TextField]],
        alive: Ints,
        years: Ints,
    ) -> None:
        self._postings = postings
        self._terms = terms
        self._fields = fields
        self._alive = alive
        self._years = years

    def evaluate(self, query: Query) -> Matches:
        """Return what ``query`` finds.  Raises: TypeError for a node that is not part of the query tree."""
        match query:
            case Everything():
                return Matches(self._alive, np.zeros(len(self._alive), np.float32))
            case Nothing():
                return NO_MATCHES
            case Term(view=view) if view not in TEXT_VIEWS:
                return self._keyword(query)
            case Term() | Phrase() | Prefix() | Fuzzy():
                return self._text_leaf(query)
            case Range(first=first, last=last):
                years = self._years[self._alive]
                inside = (years > 0) & (years >= (first or 0)) & (years <= (last or 9999))
                found = self._alive[inside]
                return Matches(found, np.zeros(len(found), np.float32))
            case And(clauses=clauses):
                return self._and(clauses)
            case Or(clauses=clauses):
                return _union([self.evaluate(clause) for clause in clauses], np.add)
            case Best(clauses=clauses):
                return _union([self.evaluate(clause) for clause in clauses], np.maximum)
            case AtLeast():
                return self._at_least(query)
            case Without(wanted=wanted, unwanted=unwanted):
                return _minus(self.evaluate(wanted), self.evaluate(unwanted).documents)
            case Boost(query=inner, factor=factor):
                found_inner = self.evaluate(inner)
                return Matches(found_inner.documents, found_inner.scores * np.float32(factor))
            case Lift(query=inner, extra=extra):
                return _lifted(self.evaluate(inner), self.evaluate(extra))
        raise TypeError(f"{query!r} is no node of the query tree")

    def _and(self, clauses: Sequence[Query]) -> Matches:
        """Intersect, the rarest first, adding the scores."""
        parts = sorted((self.evaluate(clause) for clause in clauses), key=lambda part: len(part.documents))
        if not parts:
            return NO_MATCHES
        documents, scores = parts[0].documents, parts[0].scores
        for part in parts[1:]:
            places, found = _locate(part.documents, documents)
            documents = documents[found]
            scores = scores[found] + part.scores[places[found]]
        return Matches(documents, scores)

    def _at_least(self, query: AtLeast) -> Matches:
        parts = [self.evaluate(clause) for clause in query.clauses]
        united = _union(parts, np.add)
        weighed = [
            Matches(part.documents, np.full(len(part.documents), weight, np.float32))
            for part, weight in zip(parts, query.weights or [1.0] * len(parts), strict=True)
        ]
        # Every document of the one union is in the other, in the same order.
        enough = _union(weighed, np.add).scores >= np.float32(query.minimum) * (1 - _ROUNDING)
        return Matches(united.documents[enough], united.scores[enough])

    def _keyword(self, query: Term) -> Matches:
        """Score a keyword value like a term of the text: how often the document says it, against its length."""
        postings = self._postings(query.view, query.text, False)
        norm = 1 - ranking.KEYWORD_B + ranking.KEYWORD_B * self._fields["words"]["text"].norm[postings.documents]
        return self._scored(postings.documents, postings.frequencies / norm, query.boost)

    def _text_leaf(self, query: Term | Phrase | Prefix | Fuzzy) -> Matches:
        parts = []
        for scope, field in self._fields[query.view].items():
            if query.scope is not None and scope != query.scope:
                continue
            documents, frequencies = self._occurrences(query, field.name)
            weighted = frequencies * np.float32(field.weight) / field.norm[documents]
            parts.append(Matches(documents, weighted))
        both = _union(parts, np.add)
        return self._scored(both.documents, both.scores, query.boost)

    def _scored(self, documents: Ints, frequency: Floats, boost: float) -> Matches:
        """BM25's saturation and inverse document frequency; the latter in Lucene's form, never negative."""
        count = len(documents)
        idf = math.log(1 + (len(self._alive) - count + 0.5) / (count + 0.5)) if count else 0.0
        scores = np.float32(boost * idf * (ranking.K1 + 1)) * frequency / (np.float32(ranking.K1) + frequency)
        return Matches(documents, scores.astype(np.float32))

    def _occurrences(self, query: Term | Phrase | Prefix | Fuzzy, field: str) -> tuple[Ints, Floats]:
        """Return documents and frequencies of a leaf in one physical field."""
        if isinstance(query, Term):
            postings = self._postings(field, query.text, False)
            return postings.documents, postings.frequencies
        if isinstance(query, Phrase):
            offsets = query.offsets or tuple(range(len(query.terms)))
            postings_of = [self._postings(field, term, True) for term in query.terms]
            if query.slop:
                return _near(query.terms, postings_of, max(offsets) + 1 + query.slop)
            return _in_order(postings_of, offsets)
        terms = self._similar(field, query) if isinstance(query, Fuzzy) else list(self._terms(field, query.text))
        terms = sorted(terms, key=lambda row: (-row[1], row[0]))[: query.limit]
        listed = [self._postings(field, term, False) for term, _ in terms]
        united = _union([Matches(one.documents, one.frequencies) for one in listed], np.add)
        return united.documents, united.scores

    def _similar(self, field: str, query: Fuzzy) -> list[tuple[str, int]]:
        length = len(query.text)
        return [
            (term, count)
            for term, count in self._terms(field, query.text[:1])
            if abs(len(term) - length) <= query.edits
            and DamerauLevenshtein.distance(term, query.text, score_cutoff=query.edits) <= query.edits
        ]


def _locate(sorted_documents: Ints, wanted: Ints) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return for each wanted document its place in ``sorted_documents``, and whether it is there at all."""
    places = np.searchsorted(sorted_documents, wanted)
    if len(sorted_documents) == 0:
        return places, np.zeros(len(wanted), np.bool_)
    places[places == len(sorted_documents)] = 0
    return places, sorted_documents[places] == wanted


def _union(parts: Sequence[Matches], combine: np.ufunc) -> Matches:
    """Unite parts, combining the scores of a document."""
    parts = [part for part in parts if len(part.documents)]
    if not parts:
        return NO_MATCHES
    if len(parts) == 1:
        return parts[0]
    documents = np.concatenate([part.documents for part in parts])
    order = np.argsort(documents, kind="stable")
    documents = documents[order]
    scores = np.concatenate([part.scores for part in parts])[order]
    firsts = np.flatnonzero(np.concatenate([[True], documents[1:] != documents[:-1]]))
    return Matches(documents[firsts], combine.reduceat(scores, firsts))


def _minus(matches: Matches, unwanted: Ints) -> Matches:
    keep = ~_locate(unwanted, matches.documents)[1]
    return Matches(matches.documents[keep], matches.scores[keep])


def _lifted(matches: Matches, extra: Matches) -> Matches:
    places, found = _locate(extra.documents, matches.documents)
    scores = matches.scores.copy()
    scores[found] += extra.scores[places[found]]
    return Matches(matches.documents, scores)


def _positions_in(postings: Postings, documents: Ints) -> tuple[Ints, NDArray[np.int64]]:
    """Return the positions of a term in the given documents, and for each the ordinal of its document."""
    assert postings.bounds is not None
    assert postings.positions is not None
    rows = np.searchsorted(postings.documents, documents)
    starts, ends = postings.bounds[rows], postings.bounds[rows + 1]
    counts = ends - starts
    ordinals = np.repeat(np.arange(len(documents)), counts)
    shifts = np.cumsum(counts) - counts
    places = np.repeat(starts - shifts, counts) + np.arange(int(counts.sum()))
    return postings.positions[places], ordinals


def _candidates(postings_of: Sequence[Postings]) -> Ints:
    """Return the documents that have every term."""
    documents = min((one.documents for one in postings_of), key=len, default=_NONE)
    for one in postings_of:
        documents = documents[_locate(one.documents, documents)[1]]
    return documents


def _in_order(postings_of: Sequence[Postings], offsets: Sequence[int]) -> tuple[Ints, Floats]:
    """Find the places where every term stands at its offset from the first; count them by document."""
    candidates = _candidates(postings_of)
    if not len(candidates):
        return _NONE, np.zeros(0, np.float32)
    starts: NDArray[np.int64] | None = None
    for postings, offset in zip(postings_of, offsets, strict=True):
        positions, ordinals = _positions_in(postings, candidates)
        keys = (ordinals << 32) + positions.astype(np.int64) - offset
        starts = keys if starts is None else np.intersect1d(starts, keys, assume_unique=False)
        if not len(starts):
            return _NONE, np.zeros(0, np.float32)
    assert starts is not None
    # A key that fell below its document's range belongs to no phrase: its term stands before the text begins.
    rows, counts = np.unique(starts >> 32, return_counts=True)
    inside = rows >= 0
    return candidates[rows[inside]], counts[inside].astype(np.float32)


def _near(terms: Sequence[str], postings_of: Sequence[Postings], width: int) -> tuple[Ints, Floats]:
    """Find documents in which all terms stand within ``width`` positions, in any order.

    A term that is wanted twice must stand in two places.  The frequency is the number of positions at which such a
    stretch ends.
    """
    candidates = _candidates(postings_of)
    if not len(candidates):
        return _NONE, np.zeros(0, np.float32)
    places: dict[str, NDArray[np.int64]] = {}
    for term, postings in zip(terms, postings_of, strict=True):
        positions, ordinals = _positions_in(postings, candidates)
        places[term] = np.unique((ordinals << 32) + positions)
    ends = np.unique(np.concatenate(list(places.values())))
    complete = np.ones(len(ends), np.bool_)
    for term, times in Counter(terms).items():
        # The place of the term, so many times back from each end; in another document it is far away.
        back = np.searchsorted(places[term], ends, side="right") - times
        complete &= (back >= 0) & (ends - places[term][np.maximum(back, 0)] < width)
    rows, counts = np.unique(ends[complete] >> 32, return_counts=True)
    return candidates[rows], counts.astype(np.float32)
