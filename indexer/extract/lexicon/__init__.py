"""The word lists of extraction: plain text files beside this module, each with a header that says whence it comes.

Lines that begin with ``#`` are the header.  All entries are folded (``indexer.fold``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    content = files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in content.split("\n") if line and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of a list, which stand one or several a line."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def phrases(name: str) -> frozenset[str]:
    """Return the entries of a list that stand one a line and may hold spaces."""
    return frozenset(_lines(name))


@cache
def coded(name: str) -> Mapping[str, str]:
    """Return the entries of a list with the code that stands before each."""
    rows = (line.partition(" ") for line in _lines(name))
    return {entry: code for code, _, entry in rows}


@cache
def ranked(name: str) -> Mapping[str, int]:
    """Return the entries of a list with their rank, 0 the first."""
    return {word: rank for rank, word in enumerate(word for line in _lines(name) for word in line.split())}


@cache
def given_characters() -> Mapping[str, tuple[float, float]]:
    """Return, for a character of given names, how much likelier it is in the middle and at the end of a name.

    Both are logarithms (base 10) of the ratio to its frequency in running text.
    """
    rows = (line.split() for line in _lines("given_han"))
    return {character: (int(middle) / 10, int(end) / 10) for character, middle, end in rows}
