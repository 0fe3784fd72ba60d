"""Where may a rule begin?  Patterns that are tried only where one of a few words stands.

A pattern of many alternatives, tried at every letter, costs a hundred times what it costs to find a word.  The words of
all rules are found in one pass over a text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from functools import cache
from typing import Any

from indexer.authority import automaton_of


def lowered(text: str) -> str:
    """Return a text in small letters in which every offset is its own."""
    # İ is the one letter whose small form is longer: i with a combining dot.
    return text.replace("İ", "i").lower()


class Anchors:
    """Where the anchors of every rule stand in a text, also inside of other words; capitals are of no account."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: dict[str, list[int]] = {}
        for last, word in _automaton(len(_WORDS)).iter(lowered(text)):
            self._places.setdefault(word, []).append(last + 1 - len(word))

    def of(self, words: Set[str]) -> list[int]:
        """Return where any of ``words``, which an ``Anchored`` must have as its anchors, begins; in order."""
        return sorted(place for word in self._places.keys() & words for place in self._places[word])


class Anchored:
    """A pattern each of whose matches begins with one of ``anchors``, which are in small letters."""

    def __init__(self, pattern: re.Pattern[str], anchors: Iterable[str]) -> None:
        self.pattern = pattern
        self.anchors = frozenset(anchors)
        _WORDS.update(self.anchors)

    def finditer(self, anchors: Anchors, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Yield what ``pattern.finditer(text, start, end)`` does, of the text of ``anchors``."""
        text, reached = anchors.text, start
        end = len(text) if end is None else end
        places = anchors.of(self.anchors)
        for place in places[bisect_left(places, start) : bisect_left(places, end)]:
            match = self.pattern.match(text, place, end) if place >= reached else None
            if match is not None:
                reached = match.end()
                yield match


#: The anchors of every rule there is.
_WORDS: set[str] = set()


@cache
def _automaton(count: int) -> Any:
    """Return what finds all of ``_WORDS``, of which there are ``count``: made anew where rules were added."""
    return automaton_of(_WORDS)
