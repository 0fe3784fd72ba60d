"""A growing set of stretches of a text: which may still be taken?  ``spans`` is the same for a set that is known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Stretches:
    """Stretches (start, end exclusive) kept merged and in order."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def add(self, start: int, end: int) -> None:
        """Take one more stretch in."""
        low, high = bisect_left(self._ends, start), bisect_right(self._starts, end)
        if low < high:
            start, end = min(start, self._starts[low]), max(end, self._ends[high - 1])
        self._starts[low:high] = [start]
        self._ends[low:high] = [end]

    def touch(self, start: int, end: int) -> bool:
        """Say whether any character of ``start:end`` lies in a stretch."""
        index = bisect_right(self._ends, start)
        return index < len(self._starts) and self._starts[index] < end

    def covered(self, start: int, end: int) -> int:
        """Return how many characters of ``start:end`` lie in a stretch."""
        index, total = bisect_right(self._ends, start), 0
        while index < len(self._starts) and self._starts[index] < end:
            total += min(end, self._ends[index]) - max(start, self._starts[index])
            index += 1
        return total

    def starts_between(self, low: int, high: int) -> bool:
        """Say whether a stretch begins at ``low`` or later and before ``high``."""
        index = bisect_left(self._starts, low)
        return index < len(self._starts) and self._starts[index] < high
