"""Clauses to a query tree: units wanted, fields and exclusions beside them, lifts for what stands together."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from indexer import ranking
from indexer.analysis import fold, runs
from indexer.engines.base import UNDATED
from indexer.language import script_of
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
    Scope,
    Term,
    Without,
    conjunction,
)
from search_app.query import parse
from search_app.query.phrases import exact_phrase
from search_app.query.units import Expansion, Lexicon, Stretch, Unit, Units, Wishes, deciding
from search_app.remarks import Remark, remark

_YEARS = re.compile(r"(\d{4})?\s*(\.\.|-|–|—|…)\s*(\d{4})?\Z")


@dataclass(slots=True)
class Compiled:
    """A query ready for an engine.

    ``all`` finds the documents with every unit; ``most``, where the query allows it, also those with most.
    ``informative`` counts the units that decide.  ``units`` are in the order of the query.
    """

    all: Query
    most: Query | None = None
    informative: int = 0
    units: list[Unit] = field(default_factory=list)
    expansions: list[Expansion] = field(default_factory=list)
    ignored: list[Remark] = field(default_factory=list)


def compile_query(parsed: parse.Parsed, lexicon: Lexicon, wishes: Wishes) -> Compiled:
    """Turn a parsed query into trees.  Never raises for anything that ``parse`` returns."""
    compiler = _Compiler(lexicon, wishes)
    if parsed.clause is None:
        return Compiled(Everything(), ignored=list(parsed.ignored))
    compiled = compiler.compile(parsed.clause)
    compiled.ignored = [*parsed.ignored, *compiler.ignored]
    compiled.expansions = list(dict.fromkeys(compiler.expansions))
    return compiled


@dataclass(slots=True)
class _Parts:
    """The parts of a conjunction: plain words, units that are counted, clauses that must hold, and that must not."""

    stretches: list[Stretch] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    fixed: list[Query] = field(default_factory=list)
    unwanted: list[Query] = field(default_factory=list)


class _Compiler:
    def __init__(self, lexicon: Lexicon, wishes: Wishes) -> None:
        self._lexicon = lexicon
        self._wishes = wishes
        self._units = Units(lexicon, wishes)
        self.ignored: list[Remark] = []
        self.expansions: list[Expansion] = []

    def compile(self, clause: parse.Clause) -> Compiled:
        """Compile the top level, where units may be counted: a plain conjunction."""
        clauses = clause.clauses if isinstance(clause, parse.All) else (clause,)
        parts = self._parts(clauses)
        units = deciding(parts.units)
        if not units:
            return Compiled(_within(conjunction(parts.fixed) if parts.fixed else Everything(), parts.unwanted))
        lifts = _lifts(parts)

        def finish(query: Query) -> Query:
            for lift in lifts:
                query = Lift(query, lift)
            return _within(conjunction([query, *parts.fixed]), parts.unwanted)

        compiled = Compiled(finish(conjunction([unit.query for unit in units])), None, len(units), parts.units)
        if len(units) > 1 and self._wishes.most:
            compiled.most = finish(self._most(units))
        return compiled

    def _most(self, units: Sequence[Unit]) -> Query:
        """Return what has most of ``units``, by what they tell.

        Where a short query has names, what has all of them has most, and what has none of them has not.  A long
        question may name in passing whom its answer does not: there names count as other words do (required, they
        took DRCD from 0.9625 to 0.9568 and CMRC from 0.9945 to 0.9922).
        """
        queries = tuple(unit.query for unit in units)
        weights = [self._weight(query) for query in queries]
        if len(units) >= ranking.LONG_QUERY:
            return AtLeast(queries, ranking.MOST_OF_LONG * sum(weights), tuple(weights))
        names = tuple(unit.query for unit in units if unit.name)
        named = sum(weight for unit, weight in zip(units, weights, strict=True) if unit.name)
        enough = AtLeast(queries, min(ranking.MOST * sum(weights), named or math.inf), tuple(weights))
        return And((enough, Boost(Or(names), 0.0))) if names else enough

    def _parts(self, clauses: Sequence[parse.Clause]) -> _Parts:
        parts = _Parts()
        for clause in clauses:
            match clause:
                case parse.Words(text=text):
                    parts.stretches.append(Stretch(text))
                    units = self._units.cut(parts.stretches[-1], None)
                    self.expansions.extend(expansion for unit in units for expansion in unit.expansions)
                    parts.units.extend(units)
                case parse.Not(clause=inner):
                    parts.unwanted.append(self._unwanted(inner))
                case parse.InField():
                    parts.fixed.append(self._field(clause))
                case _:
                    query = self._query(clause, None)
                    parts.units.append(Unit(getattr(clause, "text", ""), query, query, informative=True, han=False))
        return parts

    def _weight(self, query: Query) -> float:
        """Return how much a unit tells: its inverse document frequency, most for one that does not occur."""
        return math.log(1 + self._lexicon.documents / (self._lexicon.count(query) + 0.5))

    def _query(self, clause: parse.Clause, scope: Scope) -> Query:
        """Compile a clause that is not counted in units: inside OR, brackets, or a text field."""
        match clause:
            case parse.Words(text=text):
                units = self._units.cut(Stretch(text), scope)
                self.expansions.extend(expansion for unit in units for expansion in unit.expansions)
                return conjunction([unit.query for unit in deciding(units)]) if units else Nothing()
            case parse.Quoted(text=text, slop=slop):
                return self._exact(text, scope, slop)
            case parse.Beginning(text=text):
                return self._prefix(text, scope)
            case parse.Similar(text=text):
                return self._similar(text, scope)
            case parse.InField():
                return self._field(clause)
            case parse.Any(clauses=clauses):
                return Or(tuple(self._query(part, scope) for part in clauses))
            case parse.All(clauses=clauses):
                wanted = [self._query(part, scope) for part in clauses if not isinstance(part, parse.Not)]
                query = conjunction(wanted) if wanted else Everything()
                for part in clauses:
                    if isinstance(part, parse.Not):
                        query = Without(query, self._unwanted(part.clause, scope))
                return query
            case parse.Not(clause=inner):
                return Without(Everything(), self._unwanted(inner, scope))
        return Nothing()

    def _unwanted(self, clause: parse.Clause, scope: Scope = None) -> Query:
        """Compile what NOT removes: only what the clause would find literally."""
        match clause:
            case parse.Words(text=text):
                units = Units(self._lexicon, replace(self._wishes, expand=False)).cut(Stretch(text), scope)
                return conjunction([unit.literal for unit in units]) if units else Nothing()
            case parse.Similar(text=text):
                return self._exact(text, scope, 0)
            case parse.Any(clauses=clauses):
                return Or(tuple(self._unwanted(part, scope) for part in clauses))
            case parse.All(clauses=clauses):
                return conjunction([self._unwanted(part, scope) for part in clauses])
            case parse.Not(clause=inner):
                return Without(Everything(), self._unwanted(inner, scope))
            case parse.InField(field="title", clause=inner):
                return self._unwanted(inner, "title")
            case parse.InField(field="text", clause=inner):
                return self._unwanted(inner, "text")
        return self._query(clause, scope)

    # Fields

    def _field(self, clause: parse.InField) -> Query:
        if clause.field in ("title", "text"):
            return self._query(clause.clause, "title" if clause.field == "title" else "text")
        inner = clause.clause
        if isinstance(inner, parse.Any):
            return Or(tuple(self._field(parse.InField(clause.field, part)) for part in inner.clauses))
        if isinstance(inner, parse.All):
            return And(tuple(self._field(parse.InField(clause.field, part)) for part in inner.clauses))
        if isinstance(inner, parse.Not):
            return Without(Everything(), self._field(parse.InField(clause.field, inner.clause)))
        value = getattr(inner, "text", "")
        if clause.field == "year":
            return self._year(value)
        if clause.field in ("language", "kind"):
            chosen = Term(clause.field, value.strip().lower(), boost=0.0)
            if not self._lexicon.count(chosen):
                self.ignored.append(remark("of_no_document", field=clause.field, value=value))
            return chosen
        return self._entity_field(clause.field, value)

    def _entity_field(self, kind: str, value: str) -> Query:
        entity = self._lexicon.names.get(kind, value.strip())
        found = [entity] if entity else self._lexicon.names.containing(kind, value)
        if not found:
            self.ignored.append(remark("names_nothing", field=kind, value=value))
            return Nothing()
        return Best(tuple(Term(kind, named.id) for named in found))

    def _year(self, value: str) -> Query:
        value = value.strip()
        if value.lower() == UNDATED:
            return Term("year", UNDATED, boost=0.0)
        span = _YEARS.match(value)
        if span and (span.group(1) or span.group(3)):
            first, last = (int(year) if year else None for year in (span.group(1), span.group(3)))
            return Range("year", first, last)
        if re.fullmatch(r"\d{4}", value):
            return Range("year", int(value), int(value))
        self.ignored.append(remark("no_year", value=value))
        return Nothing()

    # Single words and phrases

    def _exact(self, text: str, scope: Scope, slop: int) -> Query:
        """A phrase as it was written, or for ``slop`` its words near each other."""
        phrase = exact_phrase(text, scope)
        if phrase is None:
            return Nothing()
        if slop and isinstance(phrase, Phrase):
            return replace(phrase, slop=slop)
        return phrase

    def _prefix(self, text: str, scope: Scope) -> Query:
        found = list(runs(fold(text)))
        if not found:
            return Nothing()
        *before, last = found
        if last.han:
            return self._exact(text, scope, 0)
        limit = self._wishes.limit
        if sum(1 for _ in islice(self._lexicon.terms("chars", last.text), limit + 1)) > limit:
            self.ignored.append(remark("prefix_limit", text=text, limit=limit))
        leaf = Prefix("chars", last.text, scope, limit=limit)
        if not before:
            return leaf
        return And((self._exact(" ".join(run.text for run in before), scope, 0), leaf))

    def _similar(self, text: str, scope: Scope) -> Query:
        parts: list[Query] = []
        for run in runs(fold(text)):
            if run.han:
                parts.append(self._exact(run.text, scope, 0))
            else:
                edits = 1 if len(run.text) < 6 else 2
                parts.append(Fuzzy("chars", run.text, edits, scope, limit=self._wishes.limit))
        return conjunction(parts) if parts else Nothing()


def _lifts(parts: _Parts) -> list[Query]:
    """Return what raises a document beyond its units: words that decide nothing, the whole phrase, pairs, script."""
    decided = any(unit.informative for unit in parts.units)
    lifts: list[Query] = [
        Boost(unit.query, ranking.EXACT_LIFT) for unit in parts.units if decided and not unit.informative
    ]
    whole = _whole_phrase(parts.units)
    if whole is not None:
        lifts.append(Boost(whole, ranking.PHRASE_LIFT))
    pairs = _han_pairs(parts.stretches)
    if pairs is not None:
        lifts.append(Boost(pairs, ranking.PAIRS_LIFT))
    script = _script(parts.stretches)
    if script is not None:
        lifts.append(Term("script", script, boost=ranking.SCRIPT_LIFT))
    return lifts


def _script(stretches: Sequence[Stretch]) -> str | None:
    """Return the script that a query is written in; None for Han characters of both scripts, and for no letter."""
    text = " ".join(stretch.text for stretch in stretches)
    if any(run.han for stretch in stretches for run in stretch.runs):
        return script_of(text)
    return "Latn" if any(map(str.isalpha, text)) else None


def _whole_phrase(units: Sequence[Unit]) -> Query | None:
    """Return the whole query as one phrase, where it has several units, to lift documents that have it so."""
    texts = [unit.text for unit in units if unit.text]
    if len(texts) < 2 or len(texts) > 12:
        return None
    separator = "" if all(unit.han for unit in units) else " "
    return exact_phrase(separator.join(texts))


def _han_pairs(stretches: Sequence[Stretch]) -> Query | None:
    """Return every pair of neighbouring Han characters of the plain words, any of which lifts a document."""
    terms = dict.fromkeys(
        run.text[index : index + 2]
        for stretch in stretches
        for run in stretch.runs
        if run.han
        for index in range(len(run.text) - 1)
    )
    return Or(tuple(Term("chars", term) for term in terms)) if len(terms) > 2 else None


def _within(query: Query, unwanted: Sequence[Query]) -> Query:
    for part in unwanted:
        query = Without(query, part)
    return query
