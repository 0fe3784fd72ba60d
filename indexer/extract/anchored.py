"""Where may a rule begin?  Patterns that are tried only where one of a few words, or of a few characters, stands.

A pattern of many alternatives, tried at every letter, costs a hundred times what it costs to find a word.  The words of
all rules are found in one pass over the folded text, for rules that read it and for those that read the original.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from indexer.authority import automaton_of
from indexer.fold import Folded, fold_text


class Anchors:
    """A text, and where the anchors of every rule may stand in it, also inside of other words."""

    def __init__(self, text: str, places: Mapping[str, Sequence[int]]) -> None:
        """``places`` maps every anchor, folded, to the offsets where it begins; see ``found``."""
        self.text = text
        self._places = places
        self._of: dict[frozenset[str], list[int]] = {}

    @classmethod
    def found(cls, folded: str) -> Anchors:
        """Return the anchors of a folded text."""
        places: dict[str, list[int]] = {}
        for last, word in _automaton(len(_WORDS)).iter(folded):
            places.setdefault(word, []).append(last + 1 - len(word))
        return cls(folded, places)

    def outward(self, folded: Folded, original: str) -> Anchors:
        """Return the anchors of the original of their folded text: what folds to an anchor may be one."""
        if folded.starts is None:
            return Anchors(original, self._places)
        starts = folded.starts
        return Anchors(original, {word: [starts[place] for place in places] for word, places in self._places.items()})

    def of(self, words: frozenset[str]) -> list[int]:
        """Return where any of ``words``, which an ``Anchored`` must have as its anchors, begins; in order."""
        if words not in self._of:
            self._of[words] = sorted(place for word in self._places.keys() & words for place in self._places[word])
        return self._of[words]


class Anchored:
    """A pattern each of whose matches begins with what folds to one of ``anchors``."""

    def __init__(self, pattern: re.Pattern[str], anchors: Iterable[str]) -> None:
        self.pattern = pattern
        self.anchors = frozenset(map(fold_text, anchors))
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


class Opened:
    """A pattern each of whose matches opens with one of a few characters: these are found fastest by themselves."""

    def __init__(self, pattern: re.Pattern[str], characters: Iterable[str]) -> None:
        self.pattern = pattern
        self._first = re.compile(f"[{''.join(sorted(set(characters)))}]")

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what ``pattern.finditer(text)`` does."""
        reached = 0
        for first in self._first.finditer(text):
            match = self.pattern.match(text, first.start()) if first.start() >= reached else None
            if match is not None:
                reached = match.end()
                yield match


#: The anchors of every rule there is.
_WORDS: set[str] = set()


@cache
def _automaton(count: int) -> Any:
    """Return what finds all of ``_WORDS``, of which there are ``count``: made anew where rules were added."""
    return automaton_of(_WORDS)
