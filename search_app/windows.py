"""Which stretches of a long text are worth a closer look?

A cheap pattern finds the places where a leaf of a query might match; only these, with room around them for a
phrase, are read word by word.  The pattern may find too much, never too little: it asks for the first letters of a
word alone, whatever stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.query import Fuzzy, Phrase, Prefix, Query, Term

#: Letters of a word that the pattern asks for.  A stem and its word agree in these (dying, die: the first alone).
_LETTERS = 3

#: Room on each side of a place, in characters: longer than the longest name as a phrase.
_ROOM = 240

#: What may stand between the letters of a word that the analyzer joins: U.N., re-education, don't, 1,016.
_JOINT = r"[-.,']?"


def finder(leaves: Iterable[Query]) -> re.Pattern[str] | None:
    """Return the pattern for some leaves, None where every word must be looked at (similar or distant words)."""
    beginnings: set[str] = set()
    for leaf in leaves:
        match leaf:
            case Fuzzy():
                return None
            case Phrase(slop=slop) if slop:
                return None
            case Phrase(terms=terms):
                beginnings.add(_beginning(terms[0], leaf.view == "words"))
            case Term(view="words" | "chars", text=text):
                beginnings.add(_beginning(text, leaf.view == "words"))
            case Prefix(text=text):
                beginnings.add(_beginning(text, False))
    return re.compile("|".join(sorted(beginnings))) if beginnings else re.compile(r"(?!)")


def _beginning(term: str, stemmed: bool) -> str:
    """Return what every word of a term begins with."""
    if not term.isascii():
        return re.escape(term[:2])
    letters = term.lower()[: max(1, min(_LETTERS, len(term) - 2))] if stemmed else term.lower()[:_LETTERS]
    # After a Latin letter or digit no word begins; after a Han character one may.
    return r"(?<![a-z0-9])" + _JOINT.join(map(re.escape, letters))


def windows(text: str, pattern: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a folded text to look at, apart and in order; with None, all of it."""
    if pattern is None or len(text) <= 2 * _ROOM:
        yield 0, len(text)
        return
    start, end = 0, -1
    for match in pattern.finditer(text):
        if end >= 0 and match.start() - _ROOM > end:
            yield _whole_words(text, start, end)
            end = -1
        if end < 0:
            start = max(0, match.start() - _ROOM)
        end = min(len(text), match.end() + _ROOM)
    if end >= 0:
        yield _whole_words(text, start, end)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch to the spaces around it, so that no word is cut."""
    while start > 0 and text[start - 1].isascii() and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isascii() and not text[end].isspace():
        end += 1
    return start, end
