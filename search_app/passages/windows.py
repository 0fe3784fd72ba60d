"""Which stretches of a long text are worth a closer look?

A cheap pattern finds the places where a leaf of a query might match; only these are read word by word.  The pattern
may find too much, never too little: it asks for the first letters of a word alone, whatever stands between them, and
of a phrase for its first two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.analysis.runs import HAN
from indexer.query import Fuzzy, Phrase, Prefix, Query, Term

#: Letters at the end of a stem that a word need not have (dying, die); held for every word of our documents by
#: tests/search/test_windows.py, and found so for the 41,772 words of 3,000 speeches and of Cranfield's abstracts.
_LOOSE = 2

#: Room for each word of a phrase after its second, in characters, with what stands between two words.
_ROOM = 40

#: What may stand between the letters of a word that the analyzer joins: U.N., re-education, don't, 1,016.
_JOINT = r"[-.,']?"

#: The letters of a word after its first ones, and what stands between two words.  Bounded, so that no text is tried
#: again and again, above what any word is long; classes without the many ranges of Han, which take long to compile.
_REST = r"[^\W_]{0,80}(?:[.,'][^\W_]{1,80}){0,12}"
_BETWEEN = r"[\W_]*"

#: What no Latin word goes across.
_BOUND = re.compile(rf"[\s{HAN}]")


@dataclass(frozen=True, slots=True)
class Finder:
    """The pattern for some leaves, and the room that must be looked at after each place it finds.

    Without a pattern there is nothing to look for: one that never matches would still try every character.
    """

    pattern: re.Pattern[str] | None
    room: int


def finder(leaves: Iterable[Query]) -> Finder | None:
    """Return what finds the places of Latin words and of phrases, None where every word must be looked at.

    That is so where words may be similar or distant.  Terms of other scripts are none of its business: they are found
    as they stand, without a look at the words around them.
    """
    patterns: set[str] = set()
    room = 0
    for leaf in leaves:
        match leaf:
            case Fuzzy():
                return None
            case Phrase(slop=slop) if slop:
                return None
            case Phrase(view=view):
                first, *others = positions(leaf)
                patterns.add(_beginning(first, view == "words") + _second(first, others, view == "words"))
                room = max(room, _ROOM * (len(others) + 1))
            case Term(view="words" | "chars", text=text) if text.isascii():
                patterns.add(_beginning(text, leaf.view == "words"))
            case Prefix(text=text):
                patterns.add(_beginning(text, False))
    return Finder(re.compile("|".join(sorted(patterns))) if patterns else None, room)


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


def _beginning(term: str, stemmed: bool) -> str:
    """Return what every word of a term begins with."""
    first, *others = _letters(term, stemmed)
    if not term.isascii():
        return "".join([first, *others])
    # After a Latin letter no word begins; after a Han character or a number one may.  Looking back from behind the
    # first letter lets the search skip to letters that some word begins with, which takes a third of the time.
    return _JOINT.join([first + r"(?<![a-z].)", *others])


def _letters(term: str, stemmed: bool) -> list[str]:
    if not term.isascii():
        return [re.escape(term[:2])]
    letters = term.lower()[: max(1, len(term) - _LOOSE)] if stemmed else term.lower()
    return [re.escape(letter) for letter in letters]


def _second(first: str, others: list[str], stemmed: bool) -> str:
    """Return what follows the beginning of a phrase: the rest of its first word, and the beginning of its second."""
    if not others:
        return ""
    rest = _REST if first.isascii() else ""
    return rest + _BETWEEN + _JOINT.join(_letters(others[0], stemmed))


def windows(text: str, found: Finder | None) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a folded text to look at, apart and in order; with None, all of it."""
    if found is None:
        yield 0, len(text)
        return
    if found.pattern is None:
        return
    start, end = 0, -1
    for match in found.pattern.finditer(text):
        at, after = match.span()
        if at > end:
            if end >= 0:
                yield start, end
            start = at if _BOUND.match(text, at - 1) else _word_start(text, at)
        end = _word_end(text, min(len(text), after + found.room))
    if end >= 0:
        yield start, end


def _word_start(text: str, at: int) -> int:
    """Return where the stretch without white space and Han characters begins that goes up to a place."""
    while at > 0 and not _BOUND.match(text, at - 1):
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    """Return the end of the stretch that begins at a place, with the character that bounds it, which tells its kind."""
    after = _BOUND.search(text, at)
    return after.end() if after else len(text)
