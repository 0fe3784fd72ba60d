"""Does a stretch touch any of these spans?  In logarithmic time, so that long documents stay linear or nearly so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate


def line_at(text: str, position: int) -> tuple[int, int]:
    """Return the span of the line in which a position lies, without its line end."""
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, end if end >= 0 else len(text)


class Spans:
    """A set of spans (start inclusive, end exclusive) that may overlap each other."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def touch(self, start: int, end: int) -> bool:
        """Say whether any span shares a character with ``start:end``."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._furthest[before - 1] > start

    def hold(self, start: int, end: int) -> bool:
        """Say whether one of the spans holds all of ``start:end``."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._furthest[before - 1] >= end
