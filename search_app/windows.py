"""Which stretches of a long text are worth a closer look?

A cheap pattern finds the places where a leaf of a query might match; only these, with room around them for a
phrase, are read word by word.  The pattern may find too much, never too little: it asks for the first letters of a
word alone, whatever stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.query import Fuzzy, Phrase, Prefix, Query, Term

#: Letters of a word that the pattern asks for.  A stem and its word agree in these (dying, die: the first alone).
_LETTERS = 3

#: Room after the first word of a phrase, in characters: longer than the longest name as a phrase.
_ROOM = 240

#: What may stand between the letters of a word that the analyzer joins: U.N., re-education, don't, 1,016.
_JOINT = r"[-.,']?"


@dataclass(frozen=True, slots=True)
class Finder:
    """The pattern for some leaves, and the room that must be looked at after each place it finds."""

    pattern: re.Pattern[str]
    room: int


def finder(leaves: Iterable[Query]) -> Finder | None:
    """Return what finds the places of leaves, None where every word must be looked at (similar or distant words)."""
    beginnings: set[str] = set()
    room = 0
    for leaf in leaves:
        match leaf:
            case Fuzzy():
                return None
            case Phrase(slop=slop) if slop:
                return None
            case Phrase(terms=terms):
                beginnings.add(_beginning(terms[0], leaf.view == "words"))
                room = _ROOM
            case Term(view="words" | "chars", text=text):
                beginnings.add(_beginning(text, leaf.view == "words"))
            case Prefix(text=text):
                beginnings.add(_beginning(text, False))
    return Finder(re.compile("|".join(sorted(beginnings)) if beginnings else r"(?!)"), room)


def _beginning(term: str, stemmed: bool) -> str:
    """Return what every word of a term begins with."""
    if not term.isascii():
        return re.escape(term[:2])
    letters = term.lower()[: max(1, min(_LETTERS, len(term) - 2))] if stemmed else term.lower()[:_LETTERS]
    first, *others = map(re.escape, letters)
    # After a Latin letter or digit no word begins; after a Han character one may.  Looking back from behind the first
    # letter lets the search skip to letters that some word begins with, which takes a third of the time.
    return _JOINT.join([first + r"(?<![a-z0-9].)", *others])


def windows(text: str, found: Finder | None) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a folded text to look at, apart and in order; with None, all of it."""
    if found is None:
        yield 0, len(text)
        return
    start, end = 0, -1
    for match in found.pattern.finditer(text):
        if match.start() > end:
            if end >= 0:
                yield start, end
            start = _word_start(text, match.start())
        end = _word_end(text, min(len(text), match.end() + found.room))
    if end >= 0:
        yield start, end


def _word_start(text: str, at: int) -> int:
    """Return where the characters without a space begin that go up to a place: no word is cut there."""
    while at > 0 and text[at - 1].isascii() and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    """Return where the characters without a space end that begin at a place."""
    while at < len(text) and text[at].isascii() and not text[at].isspace():
        at += 1
    return at
