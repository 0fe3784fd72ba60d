"""Evaluates a query tree over arrays of postings.

Every node becomes ``Matches``: the documents it finds, ascending, and their scores.  A text leaf is scored with
BM25F (Robertson, Zaragoza and Taylor, CIKM 2004): the frequencies in title and text are weighted, each with its
own length norm, added, and saturated once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein

from indexer import ranking
from indexer.cache import Cache
from indexer.engines.whoosh.inverted import Ints
from indexer.engines.whoosh.latest import Latest
from indexer.engines.whoosh.matches import (
    NO_MATCHES,
    Documents,
    Floats,
    Matches,
    difference,
    intersection,
    lifted,
    union,
    unscored,
    weighed_union,
)
from indexer.engines.whoosh.postings import PostingReader
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

#: Nodes that each thread keeps, and bytes of them: one search has up to some thirty.
_LATEST, _LATEST_BYTES = 32, 8 << 20

#: Leaves whose matches are kept for all threads.  A tuple: of a union, a new one would be made at every node.
_KEPT = (Term, Prefix, Fuzzy)

#: Sums of single-precision weights are compared with this much patience.
_ROUNDING = 1e-5


@dataclass(frozen=True, slots=True)
class TextField:
    """What ranking needs of one physical text field: each document's length over the average."""

    name: str
    weight: float
    norm: Floats


class Evaluator:
    """Evaluates trees against one snapshot.

    ``terms(field, prefix)`` gives the terms of a field with their document counts, ``fields[view][scope]`` the text
    fields, ``alive`` the documents that are not deleted, ``years`` each document's year or 0.  Scored leaves are kept
    in ``cache``, but for phrases.  These and nodes with parts are kept a while by the thread that asked: a search
    counts the parts of its query, then the whole of it, before it asks for the documents.
    """

    def __init__(
        self,
        postings: PostingReader,
        terms: Callable[[str, str], Iterator[tuple[str, int]]],
        fields: dict[str, dict[str, TextField]],
        alive: Documents,
        years: Ints,
        cache: Cache,
    ) -> None:
        self._postings = postings
        self._terms = terms
        self._fields = fields
        self._alive = alive
        self._years = years
        self._cache = cache
        self._size = len(years)
        self._latest = Latest(_LATEST, _LATEST_BYTES)

    def evaluate(self, query: Query) -> Matches:
        """Return what ``query`` finds.  Raises: TypeError for a node that is not part of the query tree."""
        if isinstance(query, _KEPT):
            return self._leaf(query)
        found: Matches | None = self._latest.get(query)
        return self._latest.keep(query, self._node(query)) if found is None else found

    def _node(self, query: Query) -> Matches:
        """Evaluate a phrase, or a node with parts."""
        match query:
            case Everything():
                return unscored(self._alive)
            case Nothing():
                return NO_MATCHES
            case Phrase():
                return self._text(query).times(query.boost)
            case Range(first=first, last=last):
                years = self._years[self._alive]
                return unscored(self._alive[(years > 0) & (years >= (first or 0)) & (years <= (last or 9999))])
            case And(clauses=clauses):
                return intersection([self.evaluate(clause) for clause in clauses], self._size)
            case Or(clauses=clauses):
                return union([self.evaluate(clause) for clause in clauses], np.add, self._size)
            case Best(clauses=clauses):
                return union([self.evaluate(clause) for clause in clauses], np.maximum, self._size)
            case AtLeast():
                return self._at_least(query)
            case Without(wanted=wanted, unwanted=unwanted):
                return difference(self.evaluate(wanted), self.evaluate(unwanted).documents, self._size)
            case Boost(query=inner, factor=factor):
                return self.evaluate(inner).times(factor)
            case Lift(query=inner, extra=extra):
                return lifted(self.evaluate(inner), self.evaluate(extra), self._size)
        raise TypeError(f"{query!r} is no node of the query tree")

    def _at_least(self, query: AtLeast) -> Matches:
        parts = [self.evaluate(clause) for clause in query.clauses]
        united, weights = weighed_union(parts, query.weights or [1.0] * len(parts), self._size)
        return united.only(weights >= np.float32(query.minimum) * (1 - _ROUNDING))

    def _leaf(self, query: Term | Prefix | Fuzzy) -> Matches:
        """Score a leaf that is kept, whatever its boost."""
        key = (query.view, query.text, query.scope) if isinstance(query, Term) else replace(query, boost=1.0)
        found: Matches | None = self._cache.get(key)
        if found is None:
            if isinstance(query, Term) and query.view not in TEXT_VIEWS:
                found = self._keyword(query)
            else:
                found = self._text(query)
            self._cache.keep(key, found)
        return found.times(query.boost)

    def _keyword(self, query: Term) -> Matches:
        """Score a keyword value like a term of the text: how often the document says it, against its length."""
        found = self._postings.term(query.view, query.text)
        norm = 1 - ranking.KEYWORD_B + ranking.KEYWORD_B * self._fields["words"]["text"].norm[found.documents]
        return self._scored(Matches(found.documents, found.scores / norm))

    def _text(self, query: Term | Phrase | Prefix | Fuzzy) -> Matches:
        parts = []
        for scope, field in self._fields[query.view].items():
            if query.scope is not None and scope != query.scope:
                continue
            found = self._occurrences(query, field.name)
            if not len(found.documents):
                continue
            weighed = found.scores * np.float32(field.weight) / field.norm[found.documents]
            parts.append(Matches(found.documents, weighed))
        return self._scored(union(parts, np.add, self._size))

    def _scored(self, found: Matches) -> Matches:
        """BM25's saturation and inverse document frequency; the latter in Lucene's form, never negative."""
        count = len(found.documents)
        if not count:
            return NO_MATCHES
        idf = math.log(1 + (len(self._alive) - count + 0.5) / (count + 0.5))
        frequency = found.scores
        scores = np.float32(idf * (ranking.K1 + 1)) * frequency / (np.float32(ranking.K1) + frequency)
        return Matches(found.documents, scores.astype(np.float32, copy=False))

    def _occurrences(self, query: Term | Phrase | Prefix | Fuzzy, field: str) -> Matches:
        """Return the documents that have a leaf in one physical field, scored by how often."""
        if isinstance(query, Term):
            return self._postings.term(field, query.text)
        if isinstance(query, Phrase):
            return self._postings.phrase(field, query)
        terms = self._similar(field, query) if isinstance(query, Fuzzy) else list(self._terms(field, query.text))
        terms = sorted(terms, key=lambda row: (-row[1], row[0]))[: query.limit]
        return union([self._postings.term(field, term) for term, _ in terms], np.add, self._size)

    def _similar(self, field: str, query: Fuzzy) -> list[tuple[str, int]]:
        length = len(query.text)
        return [
            (term, count)
            for term, count in self._terms(field, query.text[:1])
            if abs(len(term) - length) <= query.edits
            and DamerauLevenshtein.distance(term, query.text, score_cutoff=query.edits) <= query.edits
        ]
