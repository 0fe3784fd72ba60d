"""Passages with marks, cut from the original text; everything is escaped before a mark is set."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from functools import partial
from html import escape
from itertools import islice
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from search_app.passages.texts import Mark

Span = tuple[int, int]

#: Units, as bits, what they are worth together, and the sentences that have these units and no other, in order.
_Group = tuple[int, int, list[int]]

#: Length of a passage in code points; a Han character counts as two Latin letters.
PASSAGE_WIDTH = 260

#: Passages of one hit.
PASSAGES = 3

#: What a unit adds to the worth of a passage that has it, divided by how often the document has it.
_WORTH = 1_000_000

_START, _END, _UNIT = itemgetter(0), itemgetter(1), itemgetter(2)


class Snippet(NamedTuple):
    """A passage: its span in the field's text, and its HTML, escaped, with ``<mark>`` and nothing else."""

    field: str
    start: int
    end: int
    html: str


#: Makes a snippet of a tuple; by its name it takes twice the time.
_snippet = partial(tuple.__new__, Snippet)


def marked_html(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> str:
    """Return ``text[start:end]`` as HTML with its marks; a mark that is cut by an end is marked as far as it goes."""
    end = len(text) if end is None else end
    written = escape if _has_special(text[start:end]) else str
    html = ""
    at = start
    for low, high, _ in islice(marks, bisect_right(marks, start, key=_END), None):
        if low >= end:
            break
        low, high = low if low > start else start, high if high < end else end
        if at <= low < high:
            html += f"{written(text[at:low])}<mark>{written(text[low:high])}</mark>"
            at = high
    return html + written(text[at:end])


def _has_special(stretch: str) -> bool:
    """Say whether a stretch has anything that is escaped in HTML: five looks take an eighth of one pattern's time."""
    return "'" in stretch or '"' in stretch or "&" in stretch or "<" in stretch or ">" in stretch


def passages(
    text: str, sentences: Sequence[Span], marks: Sequence[Mark], count: int = PASSAGES, width: int = PASSAGE_WIDTH
) -> list[Snippet]:
    """Return the best passages of a text in the order of the text; without marks, its beginning.

    A passage is one sentence, or several short ones; the passages chosen first name the most different units,
    then the rarest.  ``sentences`` and ``marks`` are those of the whole text, in order.
    """
    if not sentences:
        return []
    chosen: list[Span] = []
    taken: set[int] = set()
    for index in _best(sentences, marks, taken):
        first, last = _widened(text, sentences, index, width, taken)
        taken.update(range(first, last + 1))
        chosen.append((sentences[first][0], sentences[last][1]))
        if len(chosen) == count:
            break
    chosen.sort()
    return [_snippet(("text", start, end, _clipped(text, marks, start, end, width))) for start, end in chosen]


def _best(sentences: Sequence[Span], marks: Sequence[Mark], taken: Set[int]) -> Iterator[int]:
    """Yield the numbers of sentences, the best first, as long as there is one that is not ``taken`` by then."""
    different = set(map(_UNIT, marks))
    if len(different) < 2:
        # All are as good, and come as they are met; without marks it is the beginning.
        for index, _ in _marked(sentences, marks):
            if index not in taken:
                yield index
        return
    groups: dict[int, list[int]] = {}
    for index, units in _marked(sentences, marks):
        groups.setdefault(units, []).append(index)
    marked = list(map(_UNIT, marks))
    weights = [(1 << unit, _WORTH // marked.count(unit)) for unit in different]
    ranked = [(units, _worth(units, weights), of_units) for units, of_units in groups.items()]
    seen = 0
    while best := _most(ranked, seen, taken):
        seen |= best[0]
        yield best[2][0]


def _worth(units: int, weights: Sequence[tuple[int, int]]) -> int:
    """Return the sum of the weights of units."""
    worth = 0
    for unit, weight in weights:
        if units & unit:
            worth += weight
    return worth


def _most(groups: Sequence[_Group], seen: int, taken: Set[int]) -> _Group | None:
    """Return the group that has the most units not yet seen, then the rarest, then the most, then the first; or None.

    The sentences at the beginning of a group that are taken leave it.
    """
    best = None
    rank = (-1, 0, 0, 0)
    for group in groups:
        units, worth, sentences = group
        while sentences and sentences[0] in taken:
            del sentences[0]
        if sentences:
            of_group = (units & ~seen).bit_count(), worth, units.bit_count(), -sentences[0]
            if of_group > rank:
                best, rank = group, of_group
    return best


def _marked(sentences: Sequence[Span], marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the sentences in which marks begin, in order, each with the units marked there, as bits.

    What is marked between two sentences belongs to the second, what follows the last one to that.  Without marks it is
    the first sentence, without a unit.
    """
    units, index, end, last = 0, 0, -1, len(sentences) - 1
    for start, _, unit in marks:
        if start >= end:
            if units:
                yield index, units
            units, index = 0, bisect_right(sentences, start, index, last, key=_END)
            end = sentences[index][1]
        units |= 1 << unit
    yield index, units


def _widened(text: str, sentences: Sequence[Span], index: int, width: int, taken: Set[int]) -> tuple[int, int]:
    """Return the first and the last sentence of a passage around one.

    Those that follow are added, then the one before, while they fit, belong to one paragraph and are not taken.
    """
    first = last = index
    start, end = sentences[index]
    for after in range(index + 1, len(sentences)):
        begins, ends = sentences[after]
        if not _fits(text, start, ends, width) or "\n" in text[end:begins] or after in taken:
            break
        last, end = after, ends
    if index:
        begins, ends = sentences[index - 1]
        if _fits(text, begins, end, width) and "\n" not in text[ends:start] and index - 1 not in taken:
            first = index - 1
    return first, last


def _fits(text: str, start: int, end: int, width: float) -> bool:
    """Say whether a stretch is no wider than ``width``."""
    length = end - start
    return length <= width and (2 * length <= width or _width(text[start:end]) <= width)


def _width(stretch: str) -> float:
    """Return the width of a stretch in Latin letters: half of its characters and of its bytes in UTF-8.

    So a Han character and its punctuation count twice.
    """
    return len(stretch) if stretch.isascii() else (len(stretch) + len(stretch.encode("utf-8", "surrogatepass"))) / 2


def _clipped(text: str, marks: Sequence[Mark], start: int, end: int, width: int) -> str:
    """Return the HTML of a passage; one that is much too long is cut around its first marks, at a word."""
    if _fits(text, start, end, width * 1.6):
        return marked_html(text, marks, start, end)
    first = bisect_left(marks, start, key=_START)
    anchor = marks[first][0] if first < len(marks) and marks[first][0] < end else start
    low = start if anchor - start < width // 3 else _word_start(text, anchor - width // 3, anchor)
    high = _reach(text, low, end, width * 1.4)
    if high < end:
        high = _word_end(text, high, low)
    cut_before = "… " if low > start else ""
    cut_after = " …" if high < end else ""
    return cut_before + marked_html(text, marks, low, high) + cut_after


def _reach(text: str, start: int, end: int, width: float) -> int:
    """Return the end of the shortest stretch from ``start`` that is ``width`` wide, ``end`` where none is."""
    longest = min(end, start + ceil(width))
    return bisect_left(range(longest), width, start, key=lambda high: _width(text[start:high]))


def _word_start(text: str, at: int, limit: int) -> int:
    while at < limit and text[at].isascii() and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, limit: int) -> int:
    original = at
    while at > limit and text[at - 1].isascii() and not text[at - 1].isspace():
        at -= 1
    return at if at > limit else original
