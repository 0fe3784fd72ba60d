"""Where does a text have the terms of a phrase, one after the other or near each other?"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from indexer.analysis import Run, runs
from indexer.fold import is_han
from indexer.query import Phrase
from search_app.passages import needles
from search_app.passages.texts import AskedOnce, Mark, Text, Units

#: A position of a view: its term and its span in the folded text.
_Place = tuple[str, int, int]

#: What stands between two words.
_BETWEEN = re.compile(r"[\W_]*")


class Wording:
    """A phrase as it is looked for."""

    def __init__(self, phrase: Phrase, stem: Callable[[str], str]) -> None:
        self._phrase = phrase
        self._stem = stem if phrase.view == "words" else str
        self._positions = positions(phrase)
        first, *rest = self._positions
        self._rest = [(wanted, is_han(wanted[0])) for wanted in rest]
        self._firsts: Units = AskedOnce(lambda word: 0 if self._stem(word) == first else None)

    def marks(self, read: Text, unit: int) -> list[Mark]:
        """Return the marks of a phrase, or of its terms where they may stand apart, in the folded text.

        They are in no particular order and may overlap.
        """
        if self._phrase.slop:
            offsets = self._phrase.offsets or range(len(self._phrase.terms))
            places = [place for run in runs(read.folded) for place in self._places(run)]
            near = _near(self._phrase.terms, places, max(offsets) + 1 + self._phrase.slop)
            return [(start, end, unit) for start, end in near]
        return [
            (start, after, unit)
            for beginnings in self._beginnings(read)
            for start, end, _ in beginnings
            if (after := self._followed(read, end)) is not None
        ]

    def _beginnings(self, read: Text) -> list[list[Mark]]:
        """Return the marks of the first term, in lists."""
        first = self._positions[0]
        if is_han(first[0]):
            return read.occurrences({first: 0})
        letters = needles.of_stem(first) if self._phrase.view == "words" else [first]
        words = (run for scanned in read.joined(letters) for run in scanned if not run.han)
        joined: list[Mark] = [(run.start, run.end, 0) for run in words if self._firsts[run.text] == 0]
        return [*read.words(letters, self._firsts), joined]

    def _followed(self, read: Text, end: int) -> int | None:
        """Return where the phrase ends whose first term ends at ``end``; None where others than its terms follow."""
        text = read.folded.text
        for wanted, han in self._rest:
            after = end + 1 if text[end : end + 1] == " " else end
            if text[after : after + 1] != wanted[0]:
                if text[after : after + 1].isalnum():
                    return None
                # A run ends before the 's that it had.
                after = _BETWEEN.match(text, end + 2 if text.startswith("'s", end) else end).end()  # type: ignore[union-attr]
                if not text.startswith(wanted[0], after):
                    return None
            if han:
                if not text.startswith(wanted, after):
                    return None
                end = after + len(wanted)
            else:
                word, end = read.word_at(after)
                if self._stem(word) != wanted:
                    return None
        return end

    def _places(self, run: Run) -> Iterator[_Place]:
        """Yield the positions of a view: one for each Latin word or Han character."""
        if run.han:
            yield from ((c, run.start + i, run.start + i + 1) for i, c in enumerate(run.text))
        else:
            yield self._stem(run.text), run.start, run.end


def solid(phrase: Phrase) -> str:
    """Return the characters of a phrase between which nothing can stand, since each pair of them is a term; or nothing.

    They are looked for as they are.
    """
    offsets = phrase.offsets or ()
    pairs = all(len(term) == 2 and not term.isascii() for term in phrase.terms)
    together = pairs and phrase.view == "chars" and not phrase.slop
    return "".join(positions(phrase)) if together and {after - at for at, after in pairwise(offsets)} == {1} else ""


def positions(phrase: Phrase) -> list[str]:
    """Return a phrase as one term a position; bigrams are taken apart again."""
    offsets = phrase.offsets or tuple(range(len(phrase.terms)))
    places: dict[int, str] = {}
    for term, offset in zip(phrase.terms, offsets, strict=True):
        if phrase.view == "chars" and not term.isascii() and len(term) == 2:
            places[offset], places[offset + 1] = term[0], term[1]
        else:
            places[offset] = term
    return [places[offset] for offset in sorted(places)]


def _near(terms: Sequence[str], places: Sequence[_Place], width: int) -> Iterator[tuple[int, int]]:
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
