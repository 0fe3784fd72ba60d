"""The query tree over plain lists: slow, short, and plainly what ``indexer.query`` says.

Scores follow BM25F as ``indexer.engines.whoosh.evaluate`` documents it, in double precision; lengths are rounded
as the index keeps them, in one byte each.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.engines.base import UNDATED, WITHOUT, Choice, Entry, Request, Tokens
from indexer.query import (
    And,
    AtLeast,
    Best,
    Boost,
    Everything,
    Fuzzy,
    Lift,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Without,
)
from indexer.ranking import K1, KEYWORD_B, TEXT_B, TEXT_WEIGHT, TITLE_B, TITLE_WEIGHT

Scores = dict[str, float]

#: Every letter that a term of the tests has.
ALPHABET = "abcdeU"


class NaiveIndex:
    """Documents in a list, every one looked at for every leaf."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._lengths = {
            scope: {entry.id: byte_to_length(length_to_byte(entry.lengths[f"{scope}.words"])) for entry in entries}
            for scope in ("title", "text")
        }
        self._terms = {
            id: {name: _by_term(tokens) for name, tokens in entry.tokens.items()} for id, entry in self._entries.items()
        }
        self._averages = {scope: sum(lengths.values()) / len(lengths) for scope, lengths in self._lengths.items()}

    def evaluate(self, query: Query) -> Scores:
        """Return the documents that a query finds, with their scores."""
        match query:
            case Everything():
                return dict.fromkeys(self._entries, 0.0)
            case Term(view=view) if view not in ("words", "chars"):
                return self._keyword(query)
            case Term() | Phrase() | Prefix() | Fuzzy():
                return self._leaf(query)
            case Range(first=first, last=last):
                return {id: 0.0 for id, year in self._years() if (first or 0) <= year <= (last or 9999)}
            case And(clauses=clauses):
                parts = [self.evaluate(clause) for clause in clauses]
                common = set.intersection(*map(set, parts)) if parts else set()
                return {id: sum(part[id] for part in parts) for id in common}
            case Or(clauses=clauses):
                return _united([self.evaluate(clause) for clause in clauses])
            case Best(clauses=clauses):
                parts = [self.evaluate(clause) for clause in clauses]
                return {id: max(part[id] for part in parts if id in part) for part in parts for id in part}
            case AtLeast(clauses=clauses, minimum=minimum):
                parts = [self.evaluate(clause) for clause in clauses]
                weighed = zip(parts, query.weights or [1.0] * len(parts), strict=True)
                sums = _united([dict.fromkeys(part, weight) for part, weight in weighed])
                return {id: score for id, score in _united(parts).items() if sums[id] >= minimum}
            case Without(wanted=wanted, unwanted=unwanted):
                out = self.evaluate(unwanted)
                return {id: score for id, score in self.evaluate(wanted).items() if id not in out}
            case Boost(query=inner, factor=factor):
                return {id: score * factor for id, score in self.evaluate(inner).items()}
            case Lift(query=inner, extra=extra):
                more = self.evaluate(extra)
                return {id: score + more.get(id, 0.0) for id, score in self.evaluate(inner).items()}
        return {}

    def _years(self) -> Iterator[tuple[str, int]]:
        for id, entry in self._entries.items():
            if entry.keywords["year"][0] != UNDATED:
                yield id, int(entry.keywords["year"][0])

    def _keyword(self, query: Term) -> Scores:
        counts = {id: list(entry.keywords.get(query.view, ())).count(query.text) for id, entry in self._entries.items()}
        found = {id: n / self._norm(id, "text", KEYWORD_B * TEXT_B) for id, n in counts.items() if n}
        return self._saturated(found, query.boost)

    def _leaf(self, query: Term | Phrase | Prefix | Fuzzy) -> Scores:
        found: Scores = {}
        for scope, weight, b in (("title", TITLE_WEIGHT, TITLE_B), ("text", TEXT_WEIGHT, TEXT_B)):
            if query.scope in (None, scope):
                for id, terms in self._terms.items():
                    frequency = _frequency(query, terms[f"{scope}.{query.view}"])
                    if frequency:
                        found[id] = found.get(id, 0.0) + weight * frequency / self._norm(id, scope, b)
        return self._saturated(found, query.boost)

    def _norm(self, id: str, scope: str, b: float) -> float:
        return float(1 - b + b * self._lengths[scope][id] / max(self._averages[scope], 1.0))

    def _saturated(self, found: Scores, boost: float) -> Scores:
        idf = math.log(1 + (len(self._entries) - len(found) + 0.5) / (len(found) + 0.5))
        return {id: boost * idf * (K1 + 1) * f / (K1 + f) for id, f in found.items()}

    # What a whole request adds

    def within(self, ids: set[str], filters: Mapping[str, Choice]) -> set[str]:
        """Return the documents that every filter lets through."""
        return {id for id in ids if all(_passes(self._entries[id], name, choice) for name, choice in filters.items())}

    def facet(self, name: str, ids: set[str], filters: Mapping[str, Choice]) -> dict[str, int]:
        """Count the values of a facet within every other filter."""
        others = {other: choice for other, choice in filters.items() if other != name}
        counts: dict[str, int] = {}
        for id in self.within(ids, others):
            for value in set(self._entries[id].keywords.get(name, ())):
                counts[value] = counts.get(value, 0) + 1
        return counts

    def without(self, name: str, ids: set[str], filters: Mapping[str, Choice]) -> int:
        """Count the documents without a value of a facet within every other filter."""
        others = {other: choice for other, choice in filters.items() if other != name}
        return sum(not self._entries[id].keywords.get(name) for id in self.within(ids, others))

    def sort_key(self, id: str, request: Request, first: bool, score: float) -> tuple[object, ...]:
        """Return what orders a hit with this score."""
        date = int((self._entries[id].stored["date"] or "0").replace("-", "").ljust(8, "0"))
        by_date = date or 99999999 if request.sort == "date" else -date
        return (not first, -score if request.sort == "relevance" else 0, by_date, -date, id)


def _united(parts: Sequence[Scores]) -> Scores:
    return {id: sum(part.get(id, 0.0) for part in parts) for part in parts for id in part}


def _passes(entry: Entry, name: str, choice: Choice) -> bool:
    values = entry.keywords.get(name, ())

    def has(chosen: frozenset[str]) -> bool:
        if not values:
            return WITHOUT in chosen
        return any(value in chosen or any(_in_range(value, span) for span in chosen) for value in values)

    return (not choice.include or has(choice.include)) and not has(choice.exclude)


def _in_range(value: str, span: str) -> bool:
    if ".." not in span or not value.isdigit():
        return False
    first, last = span.split("..")
    return int(first or 0) <= int(value) <= int(last or 9999)


def _by_term(tokens: Tokens) -> dict[str, list[int]]:
    terms: dict[str, list[int]] = {}
    for term, position in sorted(zip(tokens.terms, tokens.positions.tolist(), strict=True), key=lambda token: token[1]):
        terms.setdefault(term, []).append(position)
    return terms


def _frequency(query: Term | Phrase | Prefix | Fuzzy, terms: Mapping[str, Sequence[int]]) -> int:
    if isinstance(query, Term):
        return len(terms.get(query.text, ()))
    if isinstance(query, Prefix):
        return sum(len(places) for term, places in terms.items() if term.startswith(query.text))
    if isinstance(query, Fuzzy):
        near = _within(query.text, query.edits)
        return sum(len(places) for term, places in terms.items() if term in near and term[:1] == query.text[:1])
    offsets = query.offsets or range(len(query.terms))
    if query.slop:
        return _windows(query.terms, terms, max(offsets) + 1 + query.slop)
    last = max((place for places in terms.values() for place in places), default=-1)
    return sum(
        all(start + offset in terms.get(term, ()) for term, offset in zip(query.terms, offsets, strict=True))
        for start in range(last + 1)
    )


def _windows(wanted: Sequence[str], terms: Mapping[str, Sequence[int]], width: int) -> int:
    """Count the positions at which a stretch of ``width`` positions with all wanted terms ends."""
    ends = {place for term in wanted for place in terms.get(term, ())}

    def inside(term: str, end: int) -> int:
        return len({place for place in terms.get(term, ()) if end - width < place <= end})

    return sum(all(inside(term, end) >= wanted.count(term) for term in wanted) for end in ends)


@cache
def _within(word: str, edits: int) -> frozenset[str]:
    near = {word}
    for _ in range(edits):
        near |= {other for one in near for other in _one_edit(one)}
    return frozenset(near)


def _one_edit(word: str) -> Iterator[str]:
    for at, letter in product(range(len(word) + 1), ALPHABET):
        yield word[:at] + letter + word[at:]
        yield word[:at] + letter + word[at + 1 :]
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
