"""Chinese lines that were cut by width, and names that a full-width space pulls apart, put together again.

A page that was wrapped at a fixed width breaks names at line ends (江天\\n勇); tables and lists write 王　宇 to fill
three places.  Both gaps are taken out before names are looked for, and offsets are carried back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from indexer.extract.han_words import NEVER_GIVEN, is_word, role_ends
from indexer.extract.lexicon import ranked

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_SINGLE = "".join(sorted(name for name in ranked("surnames_han") if len(name) == 1))
_PULLED = re.compile(rf"[{_SINGLE}]( {{1,2}})[{_HAN}]")
_BEFORE_HAN = re.compile(rf"[{_HAN}]")
_BREAK = re.compile(rf"(?<=[{_HAN}、，])\n(?=[{_HAN}])")
#: A line is taken for wrapped when it is at least so long, and as long as the longest but for so many characters.
_SHORTEST, _SLACK, _LONGEST = 16, 2, 60


@dataclass(frozen=True, slots=True)
class Joined:
    """Text without the gaps; ``gaps`` are the offsets, in the text with gaps, of the characters taken out."""

    text: str
    gaps: tuple[int, ...] = ()

    def outward(self, start: int, end: int) -> tuple[int, int]:
        """Return the span, in the text with gaps, of a span of ``text`` (start < end)."""
        return self._out(start), self._out(end - 1) + 1

    def inward(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of ``text`` for a span of the text with gaps."""
        return start - bisect_left(self.gaps, start), end - bisect_left(self.gaps, end)

    def _out(self, position: int) -> int:
        for gap in self.gaps:
            if gap > position:
                break
            position += 1
        return position


def _is_pulled(folded: str, match: re.Match[str]) -> bool:
    """Say whether a family name and one character are a name: between no characters, or behind a title."""
    start, end = match.span()
    if _BEFORE_HAN.match(folded, end):
        titled = role_ends(folded, start) or folded[start - 1 : start] in ("和", "与", "、")
        return titled and folded[end - 1] not in NEVER_GIVEN and not is_word(folded[end - 1 : end + 1])
    return not _BEFORE_HAN.match(folded[start - 1 : start]) or role_ends(folded, start)


def join_lines(folded: str) -> Joined:
    """Return folded text without line breaks inside wrapped paragraphs and without spaces inside two-part names."""
    gaps = [
        position
        for match in _PULLED.finditer(folded)
        if _is_pulled(folded, match)
        for position in range(*match.span(1))
    ]
    if "\n" in folded:
        gaps.extend(_wrapped_breaks(folded))
    if not gaps:
        return Joined(folded)
    gaps.sort()
    pieces, last = [], 0
    for gap in gaps:
        pieces.append(folded[last:gap])
        last = gap + 1
    pieces.append(folded[last:])
    return Joined("".join(pieces), tuple(gaps))


def _wrapped_breaks(folded: str) -> list[int]:
    """Return the line ends that only the width of the page made."""
    lengths = [len(line) for line in folded.split("\n")]
    width = max(lengths)
    full = sum(1 for length in lengths if length >= width - _SLACK)
    if not _SHORTEST <= width <= _LONGEST or full < 3:
        return []
    breaks = []
    for match in _BREAK.finditer(folded):
        begin = folded.rfind("\n", 0, match.start()) + 1
        if match.start() - begin >= width - _SLACK:
            breaks.append(match.start())
    return breaks
