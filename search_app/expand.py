"""Clauses to a query tree: names recognised, units built, aliases and translations added where they show.

A *unit* is what a query is made of and what is never split: a name, a charge, an unspaced Chinese run of up to
four characters, or a word.  Every unit has several readings, of which the best counts: as a word, as characters
in order, and, where it names somebody or something, as the entity itself in whatever language.  Each entity is
an ``Expansion`` that the reader sees and can take back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from indexer import ranking
from indexer.analysis import Analyzer, Run, fold, runs
from indexer.analysis.runs import hyphenated
from indexer.engines.base import UNDATED
from indexer.fold import Folded
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
)
from search_app import parse
from search_app.names import LONGEST_NAME, Named, NameIndex
from search_app.regional import WORD, equivalents, traditional
from search_app.remarks import Remark, remark
from search_app.stopwords import is_informative

_YEARS = re.compile(r"(\d{4})?\s*(\.\.|-|–|—|…)\s*(\d{4})?\Z")


@dataclass(frozen=True, slots=True)
class Expansion:
    """An entity that was searched too, because ``text`` of the query names it."""

    text: str
    named: Named


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: how it is found, what it means literally, and whether it can decide a match.

    ``words`` are its terms with their view, for phrases across units; ``text`` is as it was typed.
    """

    text: str
    query: Query
    literal: Query
    informative: bool
    han: bool
    expansions: tuple[Expansion, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What expansion needs to know of a collection: names, its terms, and how many documents have a term."""

    names: NameIndex
    analyzer: Analyzer
    frequency: Callable[[str, str], int]
    count: Callable[[Query], int]
    terms: Callable[[str, str], Iterator[tuple[str, int]]]
    documents: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which liberties are taken back: all of them, or those of some entities; how many words ``word*`` stands for."""

    expand: bool = True
    without: frozenset[str] = frozenset()
    most: bool = True
    limit: int = 64


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


class _Compiler:
    def __init__(self, lexicon: Lexicon, wishes: Wishes) -> None:
        self._lexicon = lexicon
        self._analyzer = lexicon.analyzer
        self._wishes = wishes
        self.ignored: list[Remark] = []
        self.expansions: list[Expansion] = []

    def compile(self, clause: parse.Clause) -> Compiled:
        """Compile the top level, where units may be counted: a plain conjunction."""
        clauses = clause.clauses if isinstance(clause, parse.All) else (clause,)
        units: list[Unit] = []
        fixed: list[Query] = []
        unwanted: list[Query] = []
        for part in clauses:
            if isinstance(part, parse.Words):
                units.extend(self._units(part.text, None))
            elif isinstance(part, parse.Not):
                unwanted.append(self._unwanted(part.clause))
            elif isinstance(part, parse.InField):
                fixed.append(self._field(part))
            else:
                query = self._query(part, None)
                units.append(Unit("", query, query, True, False))
        self.expansions.extend(expansion for unit in units for expansion in unit.expansions)
        deciding = [unit for unit in units if unit.informative] or units
        lifts = [unit.query for unit in units if unit not in deciding]
        whole = _whole_phrase(units)
        pairs = _han_pairs(clauses)
        script = script_of(" ".join(part.text for part in clauses if isinstance(part, parse.Words)))

        def finish(query: Query) -> Query:
            for lift in lifts:
                query = Lift(query, Boost(lift, ranking.EXACT_LIFT))
            if whole is not None:
                query = Lift(query, Boost(whole, ranking.PHRASE_LIFT))
            if pairs is not None:
                query = Lift(query, Boost(pairs, ranking.PAIRS_LIFT))
            if script is not None:
                query = Lift(query, Term("script", script, boost=ranking.SCRIPT_LIFT))
            parts = [query, *fixed]
            joined: Query = And(tuple(parts)) if len(parts) > 1 else query
            for part in unwanted:
                joined = Without(joined, part)
            return joined

        if not deciding:
            base: Query = And(tuple(fixed)) if len(fixed) > 1 else fixed[0] if fixed else Everything()
            for part_ in unwanted:
                base = Without(base, part_)
            return Compiled(base, units=units)
        queries = tuple(unit.query for unit in deciding)
        compiled = Compiled(finish(_and(queries)), informative=len(deciding), units=units)
        if len(queries) > 1 and self._wishes.most:
            weights = tuple(self._weight(query) for query in queries)
            share = ranking.MOST_OF_LONG if len(queries) >= ranking.LONG_QUERY else ranking.MOST
            compiled.most = finish(AtLeast(queries, share * sum(weights), weights))
        return compiled

    def _weight(self, query: Query) -> float:
        """Return how much a unit tells: its inverse document frequency, most for one that does not occur."""
        return math.log(1 + self._lexicon.documents / (self._lexicon.count(query) + 0.5))

    def _query(self, clause: parse.Clause, scope: Scope) -> Query:
        """Compile a clause that is not counted in units: inside OR, brackets, or a text field."""
        match clause:
            case parse.Words(text=text):
                units = self._units(text, scope)
                self.expansions.extend(expansion for unit in units for expansion in unit.expansions)
                deciding = [unit for unit in units if unit.informative] or units
                return _and(tuple(unit.query for unit in deciding)) if deciding else Nothing()
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
                query = _and(tuple(wanted)) if wanted else Everything()
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
                units = _Compiler(self._lexicon, replace(self._wishes, expand=False))._units(text, scope)
                return _and(tuple(unit.literal for unit in units)) if units else Nothing()
            case parse.Similar(text=text):
                return self._exact(text, scope, 0)
            case parse.Any(clauses=clauses):
                return Or(tuple(self._unwanted(part, scope) for part in clauses))
            case parse.All(clauses=clauses):
                return _and(tuple(self._unwanted(part, scope) for part in clauses))
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
        return _and(tuple(parts)) if parts else Nothing()

    # Units

    def _units(self, text: str, scope: Scope) -> list[Unit]:
        """Cut a stretch of plain words into units: known names first and longest, then Han runs, then words."""
        folded = fold(text)
        found = list(runs(folded))
        units: list[Unit] = []
        at = 0
        while at < len(found):
            length, named = self._longest_name(found, at, folded, text)
            if length:
                units.append(self._name_unit(found[at : at + length], named, folded, text, scope))
                at += length
                continue
            run = found[at]
            typed = text[slice(*folded.original(run.start, run.end))]
            if run.han:
                units.extend(self._han_units(run, scope))
                at += 1
            elif at + 1 < len(found) and hyphenated(folded.text, run, found[at + 1]):
                units.append(self._hyphen_unit(run, found[at + 1], scope))
                at += 2
            elif at + 1 < len(found) and self._joins(run, found[at + 1]):
                units.append(self._hyphen_unit(run, found[at + 1], scope, together=False))
                at += 2
            else:
                units.append(self._word_unit(run.text, typed, scope))
                at += 1
        return units

    def _longest_name(self, found: Sequence[Run], at: int, folded: Folded, text: str) -> tuple[int, list[Named]]:
        for length in range(min(LONGEST_NAME, len(found) - at), 0, -1):
            stretch = found[at : at + length]
            words = [run.text for run in stretch]
            if length == 1 and not is_informative(words[0]) and not _typed(stretch[0], folded, text).isupper():
                continue
            typed = [_typed(run, folded, text) for run in stretch]
            named = self._lexicon.names.named_by(words, typed, self._means_something_else)
            if named:
                return length, named
        return 0, []

    def _means_something_else(self, acronym: str) -> bool:
        """Say whether the letters of an acronym are mostly a common word in this collection: cat, us, who."""
        in_capitals = self._lexicon.frequency("chars", acronym.upper())
        return not is_informative(acronym) or in_capitals * 2 <= self._lexicon.frequency("chars", acronym)

    def _joins(self, left: Run, right: Run) -> bool:
        """Say whether two typed words are written as one in the collection: re education, reeducation."""
        if left.han or right.han or not (left.text.isalpha() and right.text.isalpha()):
            return False
        if len(left.text) > 4 or not len(right.text) >= 4:
            return False
        return self._lexicon.frequency("chars", left.text + right.text) > 0

    def _name_unit(
        self, stretch: Sequence[Run], named: Sequence[Named], folded: Folded, text: str, scope: Scope
    ) -> Unit:
        start, end = folded.original(stretch[0].start, stretch[-1].end)
        typed = text[start:end]
        literal = exact_phrase(typed, scope) or Nothing()
        plain = self._stemmed_phrase(stretch, scope)
        return self._with_entities(typed, plain, literal, named, stretch[0].han, scope)

    def _with_entities(
        self, typed: str, plain: Query, literal: Query, named: Sequence[Named], han: bool, scope: Scope
    ) -> Unit:
        with_branches = dict.fromkeys(
            [*named, *(branch for one in named for branch in self._lexicon.names.branches(one))]
        )
        expansions = tuple(
            Expansion(typed, one)
            for one in with_branches
            if self._wishes.expand and one.documents and one.id not in self._wishes.without
        )
        if scope is not None or not expansions:
            return Unit(typed, plain, literal, True, han)
        entities = tuple(Term(one.named.kind, one.named.id, boost=ranking.ENTITY_BOOST) for one in expansions)
        query = Lift(Best((plain, *entities)), Boost(plain, ranking.LITERAL_LIFT))
        return Unit(typed, query, literal, True, han, expansions)

    def _stemmed_phrase(self, stretch: Sequence[Run], scope: Scope) -> Query:
        """A name as consecutive words, stemmed where they are Latin, as characters where they are Han."""
        if len(stretch) == 1 and not stretch[0].han:
            return self._word_query(stretch[0].text, scope)
        if any(run.han for run in stretch):
            phrase = exact_phrase("".join(run.text for run in stretch), scope)
            return _chars(phrase) if phrase else Nothing()
        return Phrase("words", tuple(self._analyzer.stem(run.text) for run in stretch), scope=scope)

    def _word_query(self, word: str, scope: Scope) -> Query:
        stemmed = Term("words", self._analyzer.stem(word), scope)
        return Lift(stemmed, Term("chars", word, scope, ranking.EXACT_LIFT))

    def _word_unit(self, word: str, typed: str, scope: Scope) -> Unit:
        literal = Term("chars", word, scope)
        bare = typed.replace(".", "")
        in_capitals = 2 <= len(bare) <= 12 and bare.isupper() and bare.isascii() and bare.isalpha()
        if in_capitals and self._lexicon.frequency("chars", bare):
            # CAT the committee is not the animal.
            acronym = Term("chars", bare, scope)
            return Unit(typed, acronym, acronym, True, False)
        return Unit(typed, self._word_query(word, scope), literal, is_informative(word), False)

    def _hyphen_unit(self, left: Run, right: Run, scope: Scope, *, together: bool = True) -> Unit:
        """re-education, re education and reeducation are one; typed apart, the words may stand apart too."""
        stems = (self._analyzer.stem(left.text), self._analyzer.stem(right.text))
        joined = Term("words", self._analyzer.stem(left.text + right.text), scope)
        apart: Query = (
            Phrase("words", stems, scope=scope) if together else And(tuple(Term("words", s, scope) for s in stems))
        )
        text = f"{left.text}-{right.text}" if together else f"{left.text} {right.text}"
        return Unit(text, Best((apart, joined)), Phrase("chars", (left.text, right.text), scope=scope), True, False)

    def _han_units(self, run: Run, scope: Scope) -> Iterator[Unit]:
        """Cut a Han run at the names in it; what lies between is cut by jieba.

        A short run is one unit: it is cut at a name only where the collection does not have it whole.
        """
        named_parts = self._lexicon.names.in_han(run.text)
        is_name = bool(named_parts) and named_parts[0][1] - named_parts[0][0] == len(run.text)
        if len(run.text) <= ranking.WHOLE_RUN and not is_name and (not named_parts or self._occurs(run.text)):
            yield self._plain_unit(run.text, scope)
            return
        at = 0
        for start, end, named in named_parts:
            if start > at:
                yield from self._plain_han(run.text[at:start], scope)
            typed = run.text[start:end]
            phrase = exact_phrase(typed, scope) or Nothing()
            yield self._with_entities(typed, self._han_query(typed, scope), phrase, named, True, scope)
            at = end
        if at < len(run.text):
            yield from self._plain_han(run.text[at:], scope)

    def _plain_han(self, text: str, scope: Scope) -> Iterator[Unit]:
        for piece in _joined_singles(self._analyzer.cut(text)):
            for part in self._occurring(piece):
                yield self._plain_unit(part, scope)

    def _plain_unit(self, text: str, scope: Scope) -> Unit:
        """A Han word or short run that names nobody, with the words of other regions."""
        phrase = exact_phrase(text, scope) or Nothing()
        others = tuple(self._regional(text))
        plain = self._han_query(text, scope)
        regional = tuple(Boost(self._han_query(other.named.id, scope), ranking.ENTITY_BOOST) for other in others)
        query = Best((plain, *regional)) if regional else plain
        return Unit(text, query, phrase, is_informative(text), True, others)

    def _regional(self, word: str) -> Iterator[Expansion]:
        """Yield the words of other regions for a Han word, those that the collection has."""
        for other in equivalents(word) if self._wishes.expand else ():
            if other not in self._wishes.without and self._occurs(other):
                yield Expansion(word, Named(WORD, other, {"zh-Hans": [other], "zh-Hant": [traditional(other)]}))

    def _occurring(self, piece: str) -> list[str]:
        """Cut a piece that the collection does not have into the longest parts that it has.

        jieba takes a function word into a name that it does not know (潘淑是); the collection knows better.  A
        piece with a part that tells something and does not occur (世界杯 without any 杯) stays whole, and finds
        nothing.
        """
        if len(piece) < 2 or not is_informative(piece) or self._occurs(piece):
            return [piece]
        parts: list[str] = []
        at = 0
        while at < len(piece):
            end = next((end for end in range(len(piece), at, -1) if self._occurs(piece[at:end])), at + 1)
            parts.append(piece[at:end])
            at = end
        telling = [part for part in parts if is_informative(part)]
        return parts if any(len(part) > 1 for part in parts) and all(map(self._occurs, telling)) else [piece]

    def _occurs(self, text: str) -> bool:
        phrase = exact_phrase(text)
        return phrase is not None and self._lexicon.count(phrase) > 0

    def _han_query(self, text: str, scope: Scope) -> Query:
        """A Han unit as jieba's word and as characters in order."""
        phrase = exact_phrase(text, scope)
        if phrase is None:
            return Nothing()
        return Best((Term("words", text, scope), _chars(phrase)))


def exact_phrase(text: str, scope: Scope = None) -> Query | None:
    """Return the leaf that finds ``text`` as it is written, by the characters view; None for no word at all.

    Han text becomes its bigrams (a single character itself), each at the place of its first character.
    """
    terms: list[str] = []
    offsets: list[int] = []
    position = 0
    for run in runs(fold(text)):
        if not run.han:
            terms.append(run.text)
            offsets.append(position)
            position += 1
            continue
        if len(run.text) == 1:
            terms.append(run.text)
            offsets.append(position)
        else:
            for index in range(len(run.text) - 1):
                terms.append(run.text[index : index + 2])
                offsets.append(position + index)
        position += len(run.text)
    if not terms:
        return None
    if len(terms) == 1:
        return Term("chars", terms[0], scope)
    return Phrase("chars", tuple(terms), scope=scope, offsets=tuple(offsets))


def _chars(leaf: Query) -> Query:
    return replace(leaf, boost=ranking.CHARS_BOOST) if isinstance(leaf, Term | Phrase) else leaf


def _typed(run: Run, folded: Folded, text: str) -> str:
    return text[slice(*folded.original(run.start, run.end))]


def _joined_singles(pieces: Sequence[str]) -> list[str]:
    """Join a piece of one informative character to its informative neighbour: alone it finds too much."""
    joined: list[str] = []
    for piece in pieces:
        before = joined[-1] if joined else ""
        either_single = len(piece) == 1 or len(before) == 1
        if before and either_single and is_informative(before) and is_informative(piece):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _whole_phrase(units: Sequence[Unit]) -> Query | None:
    """Return the whole query as one phrase, where it has several units, to lift documents that have it so."""
    texts = [unit.text for unit in units if unit.text]
    if len(texts) < 2 or len(texts) > 12:
        return None
    separator = "" if all(unit.han for unit in units) else " "
    return exact_phrase(separator.join(texts))


def _han_pairs(clauses: Sequence[parse.Clause]) -> Query | None:
    """Return every pair of neighbouring Han characters of the plain words, any of which lifts a document."""
    terms = dict.fromkeys(
        run.text[index : index + 2]
        for clause in clauses
        if isinstance(clause, parse.Words)
        for run in runs(fold(clause.text))
        if run.han
        for index in range(len(run.text) - 1)
    )
    return Or(tuple(Term("chars", term) for term in terms)) if len(terms) > 2 else None


def _and(queries: tuple[Query, ...]) -> Query:
    return queries[0] if len(queries) == 1 else And(queries)
