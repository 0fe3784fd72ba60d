"""Where does a text have the terms of a phrase, one after the other or near each other?"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from indexer.analysis import Run, runs
from indexer.fold import is_han
from indexer.query import Phrase
from search_app.passages import needles
from search_app.passages.texts import Text, Units

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
        first = self._positions[0]
        self._firsts = Units(lambda word: (0,) if self._stem(word) == first else ())

    def spans(self, read: Text) -> Iterator[tuple[int, int]]:
        """Yield the folded spans of a phrase; of one whose terms may stand apart, those of its terms."""
        if self._phrase.slop:
            offsets = self._phrase.offsets or range(len(self._phrase.terms))
            places = [place for run in runs(read.folded) for place in self._places(run)]
            yield from _near(self._phrase.terms, places, max(offsets) + 1 + self._phrase.slop)
        elif self._solid:
            yield from ((start, end) for start, end, _ in read.occurrences(self._solid))
        else:
            for start, end in self._beginnings(read):
                after = self._followed(read, end)
                if after is not None:
                    yield start, after

    @cached_property
    def _solid(self) -> str:
        """The characters of a phrase between which nothing can stand, since each pair of them is a term; or nothing."""
        offsets = self._phrase.offsets or ()
        steps = [after - before for before, after in pairwise(offsets)]
        pairs = all(len(term) == 2 and not term.isascii() for term in self._phrase.terms)
        return "".join(self._positions) if self._phrase.view == "chars" and pairs and set(steps) == {1} else ""

    def _beginnings(self, read: Text) -> Iterator[tuple[int, int]]:
        """Yield the spans of the first term."""
        first = self._positions[0]
        if is_han(first[0]):
            yield from ((start, end) for start, end, _ in read.occurrences(first))
            return
        letters = needles.of_stem(first) if self._phrase.view == "words" else [first]
        for needle in letters:
            yield from ((start, end) for start, end, _ in read.words(needle, self._firsts))
        for run in (run for scanned in read.joined(letters) for run in scanned):
            if not run.han and self._stem(run.text) == first:
                yield run.start, run.end

    def _followed(self, read: Text, end: int) -> int | None:
        """Return where the phrase ends whose first term ends at ``end``; None where others than its terms follow."""
        text = read.folded.text
        for wanted in self._positions[1:]:
            after = end + 1 if text[end : end + 1] == " " else end
            if text[after : after + 1] != wanted[0]:
                if text[after : after + 1].isalnum():
                    return None
                # A run ends before the 's that it had.
                after = _BETWEEN.match(text, end + 2 if text.startswith("'s", end) else end).end()  # type: ignore[union-attr]
                if not text.startswith(wanted[0], after):
                    return None
            if is_han(wanted[0]):
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
