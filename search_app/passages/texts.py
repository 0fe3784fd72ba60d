"""A text as it is scanned: folded, with the stretches in which the analyzer joins what marks stand between.

Nearly every word of a text is a run of letters between other characters, and is found by looking for its letters.  The
others (U.N., re-education, don't, 1,016) are few: they are found in a text of their own, made of their letters alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias, TypeVar

from stringzilla import Str

from indexer.analysis import Run, fold, runs
from indexer.analysis.runs import HAN, LETTER
from indexer.cache import Cache
from indexer.fold import Folded

#: Bytes of the titles and texts that are kept as they are scanned, for the next query that finds them: about a thousand
#: documents of six thousand characters.
TEXT_BYTES = 64 << 20

#: Bytes that a text takes at most with its fold and the stretches where marks join letters: for itself, for each
#: character, and for each character with an offset of its own (tracemalloc over 500 news and pieces of speeches).
_PER_TEXT, _PER_CHARACTER, _PER_OFFSET = 2_000, 10, 36

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


#: Says where letters stand next in a text from a place on, -1 where they do not.
Find = Callable[[str, int], int]


V = TypeVar("V")


class AskedOnce(dict[str, V]):
    """What was answered of words: each is asked about when it is first looked up."""

    def __init__(self, answer: Callable[[str], V]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, word: str) -> V:
        value = self[word] = self._answer(word)
        return value


#: The units of the words that were met, None of those that no leaf finds.
Units: TypeAlias = AskedOnce[int | None]


def _ascii_finder(text: str) -> Find:
    """Return what finds letters of ASCII in a text: it compares 64 characters at a time.

    It takes a tenth of the time of ``str.find`` (for 6,400 letters 0.4 us instead of 4.1).  Characters of no ASCII have
    one byte here too, a question mark, which is looked for nowhere.
    """
    find: Find = Str(text if text.isascii() else text.encode("ascii", "replace")).find
    return find


class Text:
    """A folded text; its offsets are those of the folded characters."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded

    @cached_property
    def _find_ascii(self) -> Find:
        return _ascii_finder(self.folded.text)

    @property
    def nbytes(self) -> int:
        """Bytes, at most."""
        return _PER_TEXT + _PER_CHARACTER * self.folded.length + _PER_OFFSET * len(self.folded.starts or ())

    def occurrences(self, units: Mapping[str, int]) -> list[list[Mark]]:
        """Return where characters stand, one occurrence after the other, as marks of their unit: a list of each."""
        find = self.folded.text.find
        found = []
        for characters, unit in units.items():
            at = find(characters)
            if at >= 0:
                size = len(characters)
                marks = []
                while at >= 0:
                    marks.append((at, at + size, unit))
                    at = find(characters, at + size)
                found.append(marks)
        return found

    def words(self, needles: Sequence[str], units: Units) -> list[list[Mark]]:
        """Return the words with a unit that begin with needles and that no mark joins to others, as marks.

        There is a list for each needle that stands anywhere.
        """
        text, find_ascii = self.folded.text, self._find_ascii
        found = []
        for needle in needles:
            find = find_ascii if needle.isascii() else text.find
            first = find(needle, 0)
            if first >= 0:
                found.append(self._words(needle, first, find, units))
        return found

    def _words(self, needle: str, first: int, find: Find, units: Units) -> list[Mark]:
        """Return the words of one needle, which stands first at ``first``."""
        text = self.folded.text
        last, size, whole = len(text), len(needle), units[needle]
        found: list[Mark] = []
        at = first
        while at >= 0:
            end = at + size
            before = text[at - 1] if at else ""
            if before in _ENDS and (end == last or text[end] in _ENDS):
                if whole is not None:
                    found.append((at, end, whole))
            elif before not in _INSIDE and (before in _ENDS or not self._goes_on(at - 1, -1)):
                end = _LETTERS.match(text, end).end()  # type: ignore[union-attr]
                if text[end : end + 1] in _ENDS or not self._goes_on(end, 1):
                    unit = units[text[at:end]]
                    if unit is not None:
                        found.append((at, end, unit))
            at = find(needle, end)
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

    @cached_property
    def _stretches(self) -> tuple[list[tuple[int, int]], list[int], str, Find]:
        """The stretches with a joint, where the letters of each begin, all these letters, and what finds some there."""
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
        together = "".join(letters)
        return spans, [0, *accumulate(map(len, letters))], together, _ascii_finder(together)

    def joined(self, needles: Sequence[str]) -> list[list[Run]]:
        """Return the runs of each stretch in which marks join letters and one of ``needles`` stands without them."""
        spans, starts, letters, find_ascii = self._stretches
        found: set[int] = set()
        for needle in needles if spans else ():
            find = find_ascii if needle.isascii() else letters.find
            at = find(needle, 0)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                found.add(number)
                at = find(needle, starts[number + 1])
        return [list(runs(self.folded, *spans[number])) for number in sorted(found)] if found else []


_kept = Cache(TEXT_BYTES)


def read_text(text: str) -> Text:
    """Return a text as it is scanned."""
    return _kept.get(text) or _kept.keep(text, Text(fold(text)))
