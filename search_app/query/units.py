"""Plain words to units: names recognised, Chinese runs cut, each with all the ways in which it is found.

A *unit* is what a query is made of and what is never split: a name, a charge, an unspaced Chinese run of up to
four characters, or a word.  Every unit has several readings, of which the best counts: as a word, as characters
in order, and, where it names somebody or something, as the entity itself in whatever language.  Each entity is
an ``Expansion`` that the reader sees and can take back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer import ranking
from indexer.analysis import Analyzer, Run, fold, runs
from indexer.analysis.runs import hyphenated
from indexer.fold import is_han
from indexer.query import And, Best, Boost, Lift, Nothing, Phrase, Query, Scope, Term, conjunction
from search_app.query.equivalents import LONGEST_FORM, equivalents
from search_app.query.names import LONGEST_NAME, Named, NameIndex
from search_app.query.phrases import exact_phrase
from search_app.query.stopwords import is_informative

#: Kinds whose names a query is about: a document without any of them answers another question.
NAMES = ("person", "organisation", "charge")


@dataclass(frozen=True, slots=True)
class Expansion:
    """An entity that was searched too, because ``text`` of the query names it."""

    text: str
    named: Named


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: how it is found, what it means literally, and whether it can decide a match.

    ``text`` is as it was typed; ``name`` says that it names a person, an organisation or a charge.
    """

    text: str
    query: Query
    literal: Query
    informative: bool
    han: bool
    expansions: tuple[Expansion, ...] = ()
    name: bool = False


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


class Stretch:
    """A stretch of plain words as they were typed, its fold, and its runs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.runs = list(runs(self.folded))

    def typed(self, first: Run, last: Run) -> str:
        """Return as it was typed what goes from one run to another."""
        start, end = self.folded.original(first.start, last.end)
        return self.text[start:end]


def deciding(units: list[Unit]) -> list[Unit]:
    """Return the units that decide whether a document matches: the informative ones, or all where none is."""
    return [unit for unit in units if unit.informative] or units


class Units:
    """Cuts stretches of plain words into units, by the names and terms of one collection."""

    def __init__(self, lexicon: Lexicon, wishes: Wishes) -> None:
        self._lexicon = lexicon
        self._analyzer = lexicon.analyzer
        self._wishes = wishes
        self._phrases: dict[tuple[str, Scope], Query | None] = {}

    def cut(self, stretch: Stretch, scope: Scope) -> list[Unit]:
        """Cut a stretch of plain words into units: known names first and longest, then Han runs, then words."""
        found = stretch.runs
        articles = self._lexicon.names.in_articles(stretch.folded.text)
        units: list[Unit] = []
        at = 0
        while at < len(found):
            length, named = _article(found, at, articles) or self._longest_name(stretch, at)
            if length:
                units.append(self._name_unit(stretch, found[at : at + length], named, scope))
                at += length
                continue
            run = found[at]
            if run.han:
                units.extend(self._han_units(run, scope))
                at += 1
            elif length := self._longest_form(found, at):
                units.append(self._form_unit(stretch, found[at : at + length], scope))
                at += length
            elif at + 1 < len(found) and hyphenated(stretch.folded.text, run, found[at + 1]):
                units.append(self._hyphen_unit(run, found[at + 1], scope))
                at += 2
            elif at + 1 < len(found) and self._joins(run, found[at + 1]):
                units.append(self._hyphen_unit(run, found[at + 1], scope, together=False))
                at += 2
            else:
                units.append(self._word_unit(run.text, stretch.typed(run, run), scope))
                at += 1
        return units

    def _longest_name(self, stretch: Stretch, at: int) -> tuple[int, list[Named]]:
        words = [run.text for run in stretch.runs[at : at + LONGEST_NAME]]
        typed = stretch.typed(stretch.runs[at], stretch.runs[at])
        fewest = 1 if is_informative(words[0]) or typed.isupper() else 2
        return self._lexicon.names.longest_name(words, typed, fewest, self._means_something_else)

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

    def _name_unit(self, stretch: Stretch, found: Sequence[Run], named: Sequence[Named], scope: Scope) -> Unit:
        typed = stretch.typed(found[0], found[-1])
        literal = self._phrase(typed, scope) or Nothing()
        plain = self._stemmed_phrase(found, scope)
        return self._with_entities(typed, plain, literal, named, found[0].han, scope)

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
        name = any(self._is_mostly(one, plain) for one in named)
        if scope is not None or not expansions:
            return Unit(typed, plain, literal, True, han, name=name)
        entities = tuple(Term(one.named.kind, one.named.id, boost=ranking.ENTITY_BOOST) for one in expansions)
        query = Lift(Best((plain, *entities)), Boost(plain, ranking.LITERAL_LIFT))
        return Unit(typed, query, literal, True, han, expansions, name)

    def _is_mostly(self, named: Named, plain: Query) -> bool:
        """Say whether words are a name: half of the documents with them name the bearer, who is no thing or place.

        范畴 is a word, and once taken for somebody of the family 范.
        """
        if named.kind not in NAMES:
            return False
        return 2 * self._lexicon.count(Term(named.kind, named.id)) >= self._lexicon.count(plain)

    def _stemmed_phrase(self, found: Sequence[Run], scope: Scope) -> Query:
        """A name as consecutive words, stemmed where they are Latin, as characters where they are Han."""
        if len(found) == 1 and not found[0].han:
            return self._word_query(found[0].text, scope)
        if any(run.han for run in found):
            phrase = self._phrase("".join(run.text for run in found), scope)
            return _chars(phrase) if phrase else Nothing()
        return Phrase("words", tuple(self._analyzer.stem(run.text) for run in found), scope=scope)

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
        others = tuple(self._equivalents(word, typed))
        query = self._with_equivalents(self._word_query(word, scope), others, scope)
        return Unit(typed, query, literal, is_informative(word), False, others)

    def _longest_form(self, found: Sequence[Run], at: int) -> int:
        """Return how many words from ``at`` on are one English form that has other words; 0 for none."""
        for length in range(min(LONGEST_FORM, len(found) - at), 1, -1):
            if equivalents(" ".join(run.text for run in found[at : at + length])):
                return length
        return 0

    def _form_unit(self, stretch: Stretch, found: Sequence[Run], scope: Scope) -> Unit:
        """An English form of several words, which need not stand together, or its other words."""
        typed = stretch.typed(found[0], found[-1])
        words = [run.text for run in found]
        others = tuple(self._equivalents(" ".join(words), typed))
        plain = And(tuple(self._word_query(word, scope) for word in words))
        literal = And(tuple(Term("chars", word, scope) for word in words))
        return Unit(typed, self._with_equivalents(plain, others, scope), literal, True, False, others)

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
            phrase = self._phrase(typed, scope) or Nothing()
            yield self._with_entities(typed, self._han_query(typed, scope), phrase, named, True, scope)
            at = end
        if at < len(run.text):
            yield from self._plain_han(run.text[at:], scope)

    def _plain_han(self, text: str, scope: Scope) -> Iterator[Unit]:
        for piece in _joined_singles(self._analyzer.cut(text)):
            for part in self._occurring(piece):
                yield self._plain_unit(part, scope)

    def _plain_unit(self, text: str, scope: Scope) -> Unit:
        """A Han word or short run that names nobody, with other words for it."""
        phrase = self._phrase(text, scope) or Nothing()
        others = tuple(self._equivalents(text, text))
        query = self._with_equivalents(self._han_query(text, scope), others, scope)
        return Unit(text, query, phrase, is_informative(text), True, others)

    def _equivalents(self, word: str, typed: str) -> Iterator[Expansion]:
        """Yield the other words for a folded word, those that the collection has."""
        for other in equivalents(word) if self._wishes.expand else ():
            if other.word not in self._wishes.without and self._occurs(other.word):
                yield Expansion(typed, Named(other.kind, other.word, other.names))

    def _with_equivalents(self, plain: Query, others: Sequence[Expansion], scope: Scope) -> Query:
        """Return what finds a word or any of its other words."""
        if not others:
            return plain
        words = (one.named.id for one in others)
        found = (
            self._han_query(word, scope)
            if is_han(word[0])
            else conjunction([self._word_query(part, scope) for part in word.split()])
            for word in words
        )
        best = Best((plain, *(Boost(query, ranking.ENTITY_BOOST) for query in found)))
        return Lift(best, Boost(plain, ranking.LITERAL_LIFT))

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

    def _phrase(self, text: str, scope: Scope = None) -> Query | None:
        """Return what ``exact_phrase`` does, the same object for the same text: it is counted once."""
        key = (text, scope)
        if key not in self._phrases:
            self._phrases[key] = exact_phrase(text, scope)
        return self._phrases[key]

    def _occurs(self, text: str) -> bool:
        phrase = self._phrase(text)
        return phrase is not None and self._lexicon.count(phrase) > 0

    def _han_query(self, text: str, scope: Scope) -> Query:
        """A Han unit as jieba's word and as characters in order."""
        phrase = self._phrase(text, scope)
        if phrase is None:
            return Nothing()
        return Best((Term("words", text, scope), _chars(phrase)))


def _chars(leaf: Query) -> Query:
    """Return what finds characters in order, worth less than a word."""
    if isinstance(leaf, Phrase):
        return Phrase(leaf.view, leaf.terms, leaf.slop, leaf.scope, ranking.CHARS_BOOST, leaf.offsets)
    return Term(leaf.view, leaf.text, leaf.scope, ranking.CHARS_BOOST) if isinstance(leaf, Term) else leaf


def _article(
    found: Sequence[Run], at: int, articles: Mapping[int, tuple[int, Named]]
) -> tuple[int, list[Named]] | None:
    """Return how many runs from ``at`` on are one article of a law, and the charge; None where none begins here."""
    if found[at].start not in articles:
        return None
    end, named = articles[found[at].start]
    length = sum(1 for run in found[at:] if run.end <= end)
    whole = length and found[at + length - 1].end == end
    return (length, [named]) if whole else None


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
