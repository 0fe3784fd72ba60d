"""Where in a text stands what the query found?

Matches are found on the folded text by a scan that needs no dictionary, so no mark of a long document is out of
reach; they are carried back to the original by the fold's offsets.  An entity that the query was expanded to is
marked where the record mentions it.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.analysis import Run, acronym_of, fold, runs
from indexer.analysis.runs import hyphenated
from indexer.fold import Folded
from indexer.model import PLURAL
from indexer.query import Fuzzy, Phrase, Prefix, Query, Term, wanted_leaves
from search_app.passages.windows import finder, positions, windows


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the original text that the query found; ``unit`` is the ordinal of the leaf that found it."""

    start: int
    end: int
    unit: int


#: A word of letters alone, with the marks and the space after it; of one letter it could be the beginning of U.N.
_PLAIN = re.compile(r"([a-z]{2,})[\s.,;:!?)]*")

#: A position of a view: its term and its span in the folded text.
_Place = tuple[str, int, int]


class Marker:
    """Finds in a text what the leaves of a query would find."""

    def __init__(self, query: Query, stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._entities: dict[tuple[str, str], int] = {}
        self._words: dict[str, list[tuple[int, str | None]]] = {}
        self._acronyms: dict[str, list[tuple[int, str | None]]] = {}
        self._stems: dict[str, list[tuple[int, str | None]]] = {}
        self._han: dict[str, list[tuple[int, str | None]]] = {}
        self._units: dict[str, list[tuple[int, str | None]]] = {}
        self._phrases: list[tuple[int, Phrase]] = []
        self._prefixes: list[tuple[int, str]] = []
        self._fuzzy: list[tuple[int, Fuzzy]] = []
        for unit, leaf in enumerate(wanted_leaves(query)):
            self._add(unit, leaf)
        terms = [leaf for leaf in wanted_leaves(query) if not isinstance(leaf, Phrase)]
        self._near_words = finder(terms)
        self._near_phrases = finder([phrase for _, phrase in self._phrases])

    def _add(self, unit: int, leaf: Query) -> None:
        match leaf:
            case Term(view="words", text=text, scope=scope):
                table = self._stems if text.isascii() else self._han
                table.setdefault(text, []).append((unit, scope))
            case Term(view="chars", text=text, scope=scope):
                table = self._acronyms if text.isupper() else self._words if text.isascii() else self._han
                table.setdefault(text, []).append((unit, scope))
            case Term(view=kind, text=id) if kind in PLURAL:
                self._entities.setdefault((kind, id), unit)
            case Phrase():
                self._phrases.append((unit, leaf))
            case Prefix(text=text):
                self._prefixes.append((unit, text))
            case Fuzzy():
                self._fuzzy.append((unit, leaf))

    def marks(self, field: str, text: str, record: Mapping[str, Any]) -> list[Mark]:
        """Return the marks of one field ("title" or "text") of a record, ascending, overlaps united."""
        found = list(mentions(self._entities, field, record))
        folded = fold(text)
        spans = list(self._characters(field, folded.text))
        for start, end in windows(folded.text, self._near_words):
            scanned = _runs(folded, start, end)
            spans.extend(self._scan(field, folded.text, scanned))
            spans.extend(self._capitals(field, folded, text, scanned))
        for start, end in windows(folded.text, self._near_phrases):
            spans.extend(self._whole_phrases(field, list(runs(folded, start, end))))
        found.extend(Mark(*folded.original(start, end), unit) for start, end, unit in spans)
        return united(found)

    def _capitals(
        self, field: str, folded: Folded, text: str, scanned: Sequence[Run]
    ) -> Iterable[tuple[int, int, int]]:
        """Yield the folded spans of acronyms that the original has in capitals."""
        for run in scanned if self._acronyms else ():
            for unit, scope in self._acronyms.get(run.text.upper(), ()):
                if scope in (None, field) and acronym_of(text[slice(*folded.original(run.start, run.end))]):
                    yield run.start, run.end, unit

    def _characters(self, field: str, text: str) -> Iterable[tuple[int, int, int]]:
        """Yield the folded spans of Han words and single characters."""
        for needle, listed in self._han.items():
            units = [unit for unit, scope in listed if scope in (None, field)]
            if units:
                yield from ((at, at + len(needle), units[0]) for at in _occurrences(text, needle))

    def _scan(self, field: str, text: str, scanned: Sequence[Run]) -> Iterable[tuple[int, int, int]]:
        """Yield the folded spans of words among the runs of one stretch."""
        for index, run in enumerate(scanned):
            if run.han:
                continue
            yield from self._word(field, run)
            if index + 1 < len(scanned) and hyphenated(text, run, scanned[index + 1]):
                joined = Run(run.text + scanned[index + 1].text, run.start, scanned[index + 1].end, False)
                yield from self._word(field, joined)

    def _word(self, field: str, run: Run) -> Iterable[tuple[int, int, int]]:
        units = self._units.get(run.text)
        if units is None:
            units = self._units[run.text] = self._units_of(run.text)
        for unit, scope in units:
            if scope in (None, field):
                yield run.start, run.end, unit

    def _units_of(self, word: str) -> list[tuple[int, str | None]]:
        """Return the leaves that find a Latin word, and in which field."""
        units = list(self._words.get(word, ()))
        if self._stems:
            units += self._stems.get(self._stem(word), ())
        units += ((unit, None) for unit, prefix in self._prefixes if word.startswith(prefix))
        for unit, fuzzy in self._fuzzy:
            if word[:1] == fuzzy.text[:1] and _within(word, fuzzy.text, fuzzy.edits):
                units.append((unit, None))
        return units

    def _whole_phrases(self, field: str, scanned: Sequence[Run]) -> Iterable[tuple[int, int, int]]:
        """Yield the folded spans of phrases among the runs of one stretch."""
        views = {phrase.view: self._places(phrase.view, scanned) for _, phrase in self._phrases}
        for unit, phrase in self._phrases:
            if phrase.scope in (None, field):
                yield from ((start, end, unit) for start, end in _phrase(phrase, views[phrase.view]))

    def _places(self, view: str, scanned: Sequence[Run]) -> list[_Place]:
        """Return the positions of a view: one for each Latin word or Han character."""
        places: list[_Place] = []
        for run in scanned:
            if run.han:
                places.extend((c, run.start + i, run.start + i + 1) for i, c in enumerate(run.text))
            else:
                places.append((self._stem(run.text) if view == "words" else run.text, run.start, run.end))
        return places


def mentions(entities: Mapping[tuple[str, str], int], field: str, record: Mapping[str, Any]) -> Iterable[Mark]:
    """Yield the marks of entities, by kind and id with their units, where the record mentions them in a field."""
    for (kind, id), unit in entities.items():
        for entity in record.get(PLURAL[kind], ()):
            if entity["id"] == id:
                for mention in entity["mentions"]:
                    if mention["field"] == field:
                        yield Mark(mention["start"], mention["end"], unit)


def _runs(folded: Folded, start: int, end: int) -> list[Run]:
    """Return the runs of one stretch; most stretches are a single word and what follows it."""
    plain = _PLAIN.fullmatch(folded.text, start, end)
    return [Run(plain[1], start, plain.end(1), False)] if plain else list(runs(folded, start, end))


def _phrase(phrase: Phrase, places: Sequence[_Place]) -> Iterable[tuple[int, int]]:
    """Yield the folded spans of one phrase; of one whose terms may stand apart, those of its terms."""
    if phrase.slop:
        offsets = phrase.offsets or range(len(phrase.terms))
        yield from _near(phrase.terms, places, max(offsets) + 1 + phrase.slop)
        return
    wanted = positions(phrase)
    first = wanted[0]
    for at, (term, start, _) in enumerate(places):
        if term != first or at + len(wanted) > len(places):
            continue
        if all(places[at + step][0] == term_ for step, term_ in enumerate(wanted)):
            yield start, places[at + len(wanted) - 1][2]


def _near(terms: Sequence[str], places: Sequence[_Place], width: int) -> Iterable[tuple[int, int]]:
    """Find the terms, each as often as it is given, within ``width`` places; a pair of characters takes two."""
    wanted = Counter(terms)
    latest: dict[str, deque[tuple[int, int, int]]] = {term: deque(maxlen=times) for term, times in wanted.items()}
    for at, (term, start, end) in enumerate(places):
        following, after, pair_end = places[at + 1] if at + 1 < len(places) else ("", end, end)
        pair = term + following if after == end else ""
        for found, found_end in ((term, end), (pair, pair_end)):
            if found in latest:
                latest[found].append((at, start, found_end))
                complete = all(len(latest[one]) == times for one, times in wanted.items())
                if complete and at - min(spots[0][0] for spots in latest.values()) < width:
                    yield from (spot[1:] for spots in latest.values() for spot in spots)


def _occurrences(text: str, needle: str) -> Iterable[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + len(needle))


def _within(word: str, wanted: str, edits: int) -> bool:
    from rapidfuzz.distance import DamerauLevenshtein

    return bool(DamerauLevenshtein.distance(word, wanted, score_cutoff=edits) <= edits)


def united(marks: Iterable[Mark]) -> list[Mark]:
    """Sort marks and unite those that overlap; the unit of the longest stays."""
    united: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if united and mark.start < united[-1].end:
            last = united[-1]
            united[-1] = Mark(last.start, max(last.end, mark.end), last.unit)
        else:
            united.append(mark)
    return united
