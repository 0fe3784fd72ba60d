"""Passages with marks, cut from the original text.

Matches are found on the folded text by a scan that needs no dictionary, so a passage of a long document is
never out of reach; they are carried back to the original by the fold's offsets, and everything is escaped
before a mark is set.  An entity that the query was expanded to is marked where the record mentions it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from indexer.analysis import Run, acronym_of, fold, runs
from indexer.analysis.runs import hyphenated
from indexer.fold import Folded
from indexer.model import PLURAL
from indexer.query import Fuzzy, Phrase, Prefix, Query, Term, wanted_leaves
from indexer.sentences import sentences
from search_app.windows import finder, windows

#: Length of a passage in code points; a Han character counts as two Latin letters.
PASSAGE_WIDTH = 260

#: Passages of one hit.
PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the original text that the query found; ``unit`` is the ordinal of the leaf that found it."""

    start: int
    end: int
    unit: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage: its span in the field's text, and its HTML, escaped, with ``<mark>`` and nothing else."""

    field: str
    start: int
    end: int
    html: str


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
        leaves = list(wanted_leaves(query))
        for unit, leaf in enumerate(leaves):
            self._add(unit, leaf)
        self._finder = finder(leaves)

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
        found = list(self._mentions(field, record))
        folded = fold(text)
        spans = list(self._characters(field, folded.text))
        for start, end in windows(folded.text, self._finder):
            scanned = list(runs(folded, start, end))
            spans.extend(self._scan(field, folded.text, scanned))
            spans.extend(self._capitals(field, folded, text, scanned))
        found.extend(Mark(*folded.original(start, end), unit) for start, end, unit in spans)
        return _united(found)

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

    def _mentions(self, field: str, record: Mapping[str, Any]) -> Iterable[Mark]:
        for (kind, id), unit in self._entities.items():
            for entity in record.get(PLURAL[kind], ()):
                if entity["id"] == id:
                    for mention in entity["mentions"]:
                        if mention["field"] == field:
                            yield Mark(mention["start"], mention["end"], unit)

    def _scan(self, field: str, text: str, scanned: Sequence[Run]) -> Iterable[tuple[int, int, int]]:
        """Yield the folded spans of words and phrases among the runs of one stretch."""
        for index, run in enumerate(scanned):
            if run.han:
                continue
            yield from self._word(field, run)
            if index + 1 < len(scanned) and hyphenated(text, run, scanned[index + 1]):
                joined = Run(run.text + scanned[index + 1].text, run.start, scanned[index + 1].end, False)
                yield from self._word(field, joined)
        for unit, phrase in self._phrases:
            if phrase.scope in (None, field):
                yield from ((start, end, unit) for start, end in self._phrase(phrase, scanned))

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

    def _phrase(self, phrase: Phrase, scanned: Sequence[Run]) -> Iterable[tuple[int, int]]:
        """Find a phrase over the positions of a view: one for each Latin word or Han character."""
        places: list[tuple[str, int, int]] = []
        for run in scanned:
            if run.han:
                places.extend((c, run.start + i, run.start + i + 1) for i, c in enumerate(run.text))
            else:
                places.append((self._stem(run.text) if phrase.view == "words" else run.text, run.start, run.end))
        if phrase.slop:
            offsets = phrase.offsets or range(len(phrase.terms))
            yield from _near(phrase.terms, places, max(offsets) + 1 + phrase.slop)
            return
        wanted = _positions(phrase)
        first = wanted[0]
        for at, (term, start, _) in enumerate(places):
            if term != first or at + len(wanted) > len(places):
                continue
            if all(places[at + step][0] == term_ for step, term_ in enumerate(wanted)):
                yield start, places[at + len(wanted) - 1][2]


def _positions(phrase: Phrase) -> list[str]:
    """Return a phrase as one term a position; bigrams are taken apart again."""
    offsets = phrase.offsets or tuple(range(len(phrase.terms)))
    places: dict[int, str] = {}
    for term, offset in zip(phrase.terms, offsets, strict=True):
        if phrase.view == "chars" and not term.isascii() and len(term) == 2:
            places[offset], places[offset + 1] = term[0], term[1]
        else:
            places[offset] = term
    return [places[offset] for offset in sorted(places)]


def _near(terms: Sequence[str], places: Sequence[tuple[str, int, int]], width: int) -> Iterable[tuple[int, int]]:
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


def _united(marks: Iterable[Mark]) -> list[Mark]:
    """Sort marks and unite those that overlap; the unit of the longest stays."""
    united: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if united and mark.start < united[-1].end:
            last = united[-1]
            united[-1] = Mark(last.start, max(last.end, mark.end), last.unit)
        else:
            united.append(mark)
    return united


def marked_html(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> str:
    """Return ``text[start:end]`` as HTML with its marks; a mark that is cut by an end is marked as far as it goes."""
    end = len(text) if end is None else end
    parts: list[str] = []
    at = start
    for mark in marks:
        low, high = max(mark.start, start), min(mark.end, end)
        if low >= high or low < at:
            continue
        parts.append(str(escape(text[at:low])))
        parts.append(f"<mark>{escape(text[low:high])}</mark>")
        at = high
    parts.append(str(escape(text[at:end])))
    return "".join(parts)


def passages(text: str, marks: Sequence[Mark], count: int = PASSAGES, width: int = PASSAGE_WIDTH) -> list[Snippet]:
    """Return the best passages of a text in the order of the text; without marks, its beginning.

    A passage is one sentence, or several short ones; the passages chosen first name the most different units,
    then the rarest.
    """
    spans = sentences(text)
    if not spans:
        return []
    if not marks:
        start, end = _widened(text, spans, 0, width)
        return [Snippet("text", start, end, _clipped(text, [], start, end, width))]
    rarity: dict[int, int] = {}
    for mark in marks:
        rarity[mark.unit] = rarity.get(mark.unit, 0) + 1
    groups = _by_sentence(spans, marks)
    chosen: list[tuple[int, int]] = []
    seen: set[int] = set()
    rest = dict(groups)
    while rest and len(chosen) < count:
        best = max(
            rest,
            key=lambda index: (
                len({mark.unit for mark in rest[index]} - seen),
                sum(1 / rarity[unit] for unit in {mark.unit for mark in rest[index]}),
                len({mark.unit for mark in rest[index]}),
                -index,
            ),
        )
        seen |= {mark.unit for mark in rest[best]}
        span = _widened(text, spans, best, width)
        chosen.append(span)
        rest = {index: group for index, group in rest.items() if not span[0] <= spans[index][0] < span[1]}
    return [Snippet("text", start, end, _clipped(text, marks, start, end, width)) for start, end in sorted(chosen)]


def _by_sentence(spans: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    groups: dict[int, list[Mark]] = {}
    index = 0
    for mark in marks:
        while index + 1 < len(spans) and spans[index][1] <= mark.start:
            index += 1
        groups.setdefault(index, []).append(mark)
    return groups


def _widened(text: str, spans: Sequence[tuple[int, int]], index: int, width: int) -> tuple[int, int]:
    """Add the sentences that follow, then the one before, while they fit and belong to one paragraph."""
    start, end = spans[index]
    after = index + 1
    while (
        after < len(spans) and "\n" not in text[end : spans[after][0]] and _wide(text, start, spans[after][1]) <= width
    ):
        end = spans[after][1]
        after += 1
    before = index - 1
    if before >= 0 and "\n" not in text[spans[before][1] : start] and _wide(text, spans[before][0], end) <= width:
        start = spans[before][0]
    return start, end


def _wide(text: str, start: int, end: int) -> int:
    """Return the width of a stretch: Han characters and their punctuation count twice."""
    stretch = text[start:end]
    return len(stretch) if stretch.isascii() else len(stretch) + sum(map("\u2e7f".__lt__, stretch))


def _clipped(text: str, marks: Sequence[Mark], start: int, end: int, width: int) -> str:
    """Return the HTML of a passage; one that is much too long is cut around its first marks, at a word."""
    if _wide(text, start, end) <= width * 1.6:
        return marked_html(text, marks, start, end)
    inside = [mark for mark in marks if start <= mark.start < end]
    anchor = inside[0].start if inside else start
    low = start if anchor - start < width // 3 else _word_start(text, anchor - width // 3, anchor)
    high = low
    wide = 0
    while high < end and wide < width * 1.4:
        wide += 2 if text[high] > "\u2e7f" else 1
        high += 1
    if high < end:
        high = _word_end(text, high, low)
    cut_before = "… " if low > start else ""
    cut_after = " …" if high < end else ""
    return cut_before + marked_html(text, marks, low, high) + cut_after


def _word_start(text: str, at: int, limit: int) -> int:
    while at < limit and text[at].isascii() and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, limit: int) -> int:
    original = at
    while at > limit and text[at - 1].isascii() and not text[at - 1].isspace():
        at -= 1
    return at if at > limit else original
