"""A text as it is scanned: folded, with the stretches in which the analyzer joins what marks stand between.

Nearly every word of a text is a run of letters between other characters, and is found by looking for its letters.  The
others (U.N., re-education, don't, 1,016) are few: they are found in a text of their own, made of their letters alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from indexer.analysis import Run, fold, runs
from indexer.analysis.runs import HAN, LETTER
from indexer.fold import Folded

#: Texts that are kept as they are scanned: titles and texts of fifty pages of hits, which the next query finds again.
_KEPT = 1024

#: A longer text, in code points, is not kept: so many would take too much memory.
_LONG = 64_000

#: A mark between two letters or digits that are no Han characters.  The mark stands first in the pattern, so that the
#: search skips to it.
_JOINT = re.compile(rf"[-.,'](?<={LETTER}.)(?={LETTER})")

#: What no Latin word goes across.
_BOUND = re.compile(rf"[\s{HAN}]")

#: The rest of a word.
_LETTERS = re.compile(rf"{LETTER}*")

_MARKS = str.maketrans("", "", "-.,'")

#: What ends a word beyond doubt: most words end so, and this is quick to tell.
_ENDS = frozenset(["", *' \n\t"():;!?-/[]_'])

#: What goes on beyond doubt: most letters of a short word stand inside of others.
_INSIDE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")

#: Between the letters of two stretches.
_APART = "\n"


#: A stretch that the query found, its start and its end, and its unit: the ordinal of the leaf that found it.  A plain
#: tuple, since a common word has hundreds on a page of hits and a named one takes six times as long to make.
Mark = tuple[int, int, int]


class Units(dict[str, Sequence[int]]):
    """The units of the words that were met; each word is asked about once."""

    def __init__(self, units_of: Callable[[str], Sequence[int]]) -> None:
        super().__init__()
        self._units_of = units_of

    def __missing__(self, word: str) -> Sequence[int]:
        units = self[word] = self._units_of(word)
        return units


@dataclass(frozen=True)
class Text:
    """A folded text; its offsets are those of the folded characters."""

    folded: Folded

    def occurrences(self, letters: str, unit: int = 0) -> list[Mark]:
        """Return where some characters stand, one occurrence after the other, as marks of a unit."""
        find = self.folded.text.find
        found = []
        size = len(letters)
        at = find(letters)
        while at >= 0:
            found.append((at, at + size, unit))
            at = find(letters, at + size)
        return found

    def words(self, letters: str, units: Units) -> list[Mark]:
        """Return the words that begin with ``letters`` and that no mark joins to others, as marks of all their units.

        A word may have none.
        """
        text = self.folded.text
        find, last = text.find, len(text)
        found = []
        size, whole = len(letters), units[letters]
        at = find(letters)
        while at >= 0:
            end = at + size
            before = text[at - 1] if at else ""
            if before in _ENDS and (end == last or text[end] in _ENDS):
                for unit in whole:
                    found.append((at, end, unit))
            elif before not in _INSIDE and (before in _ENDS or not self._goes_on(at - 1, -1)):
                end = _LETTERS.match(text, end).end()  # type: ignore[union-attr]
                if text[end : end + 1] in _ENDS or not self._goes_on(end, 1):
                    found += [(at, end, unit) for unit in units[text[at:end]]]
            at = find(letters, end)
        return found

    def word_at(self, at: int) -> tuple[str, int]:
        """Return the word that begins at ``at``, as it is looked up, and where it ends."""
        text = self.folded.text
        end = _LETTERS.match(text, at).end()  # type: ignore[union-attr]
        if text[end : end + 1] in _ENDS:
            return text[at:end], end
        run = next(runs(self.folded, at))
        return run.text, run.end

    def _goes_on(self, at: int, step: int) -> bool:
        """Say whether the character beside a word, or what stands behind a mark there, belongs to it.

        The parts of a hyphenated word are words too.
        """
        text = self.folded.text
        if text[at] in ".,'":
            at += step
        beside = text[at : at + 1] if at >= 0 else ""
        return beside.isalnum() and not _BOUND.match(beside)

    @property
    def has_joints(self) -> bool:
        """Say whether marks join letters anywhere."""
        return bool(self._stretches[0])

    @cached_property
    def _stretches(self) -> tuple[list[tuple[int, int]], str, list[int]]:
        """The stretches with a joint, the letters of each behind those of the others, and where these begin."""
        text = self.folded.text
        spans: list[tuple[int, int]] = []
        end = -1
        for joint in _JOINT.finditer(text):
            if joint.start() >= end:
                start = joint.start()
                while start > 0 and not _BOUND.match(text, start - 1):
                    start -= 1
                after = _BOUND.search(text, joint.end())
                # With the character that bounds it, which tells its kind.
                end = after.end() if after else len(text)
                spans.append((start, end))
        letters = [text[start:end].translate(_MARKS) + _APART for start, end in spans]
        return spans, "".join(letters), [0, *accumulate(map(len, letters))]

    def joined(self, needles: Sequence[str]) -> Iterator[list[Run]]:
        """Yield the runs of each stretch with a joint in which one of ``needles`` stands, whatever marks are in it."""
        if not needles:
            return
        spans, letters, starts = self._stretches
        found: set[int] = set()
        for needle in needles:
            at = letters.find(needle)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                found.add(number)
                at = letters.find(needle, starts[number + 1])
        for number in sorted(found):
            yield list(runs(self.folded, *spans[number]))


def read_text(text: str) -> Text:
    """Return a text as it is scanned."""
    return _kept(text) if len(text) <= _LONG else Text(fold(text))


@lru_cache(_KEPT)
def _kept(text: str) -> Text:
    return Text(fold(text))
