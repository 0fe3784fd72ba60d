"""Passages with marks, cut from the original text; everything is escaped before a mark is set."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from markupsafe import escape

from search_app.passages.marks import Mark

Span = tuple[int, int]

#: Length of a passage in code points; a Han character counts as two Latin letters.
PASSAGE_WIDTH = 260

#: Passages of one hit.
PASSAGES = 3

#: What a unit adds to the worth of a passage that has it, divided by how often the document has it.
_WORTH = 1_000_000


#: What is escaped in HTML; most passages have nothing of it.
_SPECIAL = re.compile("[&<>'\"]")

_START, _END = itemgetter(0), itemgetter(1)


class Snippet(NamedTuple):
    """A passage: its span in the field's text, and its HTML, escaped, with ``<mark>`` and nothing else."""

    field: str
    start: int
    end: int
    html: str


def marked_html(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> str:
    """Return ``text[start:end]`` as HTML with its marks; a mark that is cut by an end is marked as far as it goes."""
    end = len(text) if end is None else end
    parts: list[str] = []
    written = escape if _SPECIAL.search(text, start, end) else str
    at = start
    for number in range(bisect_right(marks, start, key=_END), len(marks)):
        low, high, _ = marks[number]
        if low >= end:
            break
        low, high = max(low, start), min(high, end)
        if at <= low < high:
            parts += written(text[at:low]), "<mark>", written(text[low:high]), "</mark>"
            at = high
    parts.append(written(text[at:end]))
    return "".join(parts)


def passages(
    text: str, sentences: Sequence[Span], marks: Sequence[Mark], count: int = PASSAGES, width: int = PASSAGE_WIDTH
) -> list[Snippet]:
    """Return the best passages of a text in the order of the text; without marks, its beginning.

    A passage is one sentence, or several short ones; the passages chosen first name the most different units,
    then the rarest.  ``sentences`` and ``marks`` are those of the whole text, in order.
    """
    if not sentences:
        return []
    groups = _groups(sentences, marks) if marks else {0: [0]}
    weights = _weights(marks) if len(groups) > 1 else {}
    chosen: list[Span] = []
    seen = 0
    while groups and len(chosen) < count:
        units, index = _best(groups, seen, weights)
        seen |= units
        start, end = _widened(text, sentences, index, width)
        chosen.append((start, end))
        if len(chosen) < count:
            groups = _outside(groups, sentences, start, end)
    return [Snippet("text", start, end, _clipped(text, marks, start, end, width)) for start, end in sorted(chosen)]


def _weights(marks: Sequence[Mark]) -> dict[int, int]:
    """Return what a bit of a set of units is worth: the more, the rarer its unit."""
    times = Counter([unit for _, _, unit in marks])
    return {1 << unit: _WORTH // many for unit, many in times.items()}


def _groups(sentences: Sequence[Span], marks: Sequence[Mark]) -> dict[int, list[int]]:
    """Return the sentences in which marks begin, in order, by the set of units that are marked in them.

    A set is a number with a bit for each unit.
    """
    groups: dict[int, list[int]] = {}
    units, index, end = 0, 0, -1
    for start, _, unit in marks:
        if start >= end:
            if units:
                groups.setdefault(units, []).append(index)
            units, index = 0, min(bisect_right(sentences, start, index, key=_END), len(sentences) - 1)
            end = sentences[index][1]
        units |= 1 << unit
    groups.setdefault(units, []).append(index)
    return groups


def _best(groups: Mapping[int, list[int]], seen: int, weights: Mapping[int, int]) -> tuple[int, int]:
    """Return the units and the number of the sentence that names the most not yet seen, then the rarest, the first."""
    if len(groups) == 1:
        ((only, group),) = groups.items()
        return only, group[0]
    most = max([(units & ~seen).bit_count() for units in groups])
    best = [units for units in groups if (units & ~seen).bit_count() == most]
    if len(best) > 1:
        best.sort(key=lambda units: (-_worth(units, weights), -units.bit_count(), groups[units][0]))
    return best[0], groups[best[0]][0]


def _worth(units: int, weights: Mapping[int, int]) -> int:
    return sum([weight for bit, weight in weights.items() if units & bit])


def _outside(groups: Mapping[int, list[int]], sentences: Sequence[Span], start: int, end: int) -> dict[int, list[int]]:
    """Return the groups without the sentences that begin in a stretch."""
    left = {u: [one for one in group if not start <= sentences[one][0] < end] for u, group in groups.items()}
    return {units: group for units, group in left.items() if group}


def _widened(text: str, sentences: Sequence[Span], index: int, width: int) -> Span:
    """Add the sentences that follow, then the one before, while they fit and belong to one paragraph."""
    start, end = sentences[index]
    for after in range(index + 1, len(sentences)):
        begins, ends = sentences[after]
        if not _fits(text, start, ends, width) or "\n" in text[end:begins]:
            break
        end = ends
    if index:
        begins, ends = sentences[index - 1]
        if _fits(text, begins, end, width) and "\n" not in text[ends:start]:
            start = begins
    return start, end


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
    anchor = marks[first].start if first < len(marks) and marks[first].start < end else start
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
