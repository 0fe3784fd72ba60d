"""Words for one thing in mainland, Taiwan and Hong Kong usage: searched together, and shown as such."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from indexer.fold import fold_text

#: The kind of an expansion that is a word and no entity.
WORD = "word"


def equivalents(word: str) -> tuple[str, ...]:
    """Return the words that other regions use for a folded word, folded, itself left out; none for most words."""
    return _table().get(word, ())


def traditional(word: str) -> str:
    """Return a folded word of the table in traditional characters; another word as it is."""
    return _written().get(word, word)


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    text = files("search_app.query").joinpath("regional_words.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.split("\n") if not line.startswith("#"))


@cache
def _written() -> Mapping[str, str]:
    return {fold_text(word): word for row in _rows() for word in row}


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row in _rows():
        words = [fold_text(word) for word in row]
        for word in words:
            others = [other for other in words if other != word]
            table[word] = tuple(dict.fromkeys([*table.get(word, ()), *others]))
    return table
