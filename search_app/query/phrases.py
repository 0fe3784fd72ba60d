"""A stretch of text as the leaf that finds it the way it is written."""

from __future__ import annotations

from functools import lru_cache

from indexer.analysis import fold, runs
from indexer.query import Phrase, Query, Scope, Term


@lru_cache(1024)
def spaced(text: str) -> str:
    """Return the folded words and Chinese runs of a text, one space apart: equal texts, whatever stands between."""
    if text.isascii() and text.isalpha():
        return text.lower()
    return " ".join(run.text for run in runs(fold(text)))


def exact_phrase(text: str, scope: Scope = None) -> Query | None:
    """Return the leaf that finds ``text`` as it is written, by the characters view; None for no word at all.

    Han text becomes its bigrams (a single character itself), each at the place of its first character.
    """
    terms: list[str] = []
    offsets: list[int] = []
    position = 0
    for run in runs(fold(text)):
        pairs = len(run.text) - 1 if run.han else 0
        if pairs:
            terms += [run.text[at : at + 2] for at in range(pairs)]
            offsets += range(position, position + pairs)
        else:
            terms.append(run.text)
            offsets.append(position)
        position += pairs + 1
    if not terms:
        return None
    if len(terms) == 1:
        return Term("chars", terms[0], scope)
    return Phrase("chars", tuple(terms), scope=scope, offsets=tuple(offsets))
