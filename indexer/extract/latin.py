"""Where does a text in Latin letters write with capitals?  Runs of capitalised words, the stuff of names.

A run is a stretch of capitalised words with the small words that may stand inside a name ("of", "de", "and").
It ends at punctuation, at any other small word, and at a line end, except where the line was only wrapped.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from indexer.extract.lexicon import phrases, words
from indexer.extract.spans import line_at
from indexer.fold import fold_text

_LATIN_BLOCKS = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
_UPPER = "".join(chr(c) for c in _LATIN_BLOCKS if unicodedata.category(chr(c)) == "Lu")
#: Letters of a word: Latin ones, digits, and combining accents.
_LETTER = r"0-9A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff"

#: Small words that may stand inside the name of an organisation or of a person.
CONNECTORS = words("connectors")

#: With one of these a run begins, or behind a short prefix: al-Assad, d'Ivoire.
_CAPITAL_OR_DIGIT = re.compile(rf"[{_UPPER}\d]")
_PREFIXES = "al|el|ad|an|as|ash|at|az|ul|ur|d|l|t"
_PREFIX = re.compile(rf"(?:{_PREFIXES})['’\-]\Z")
_WORD = rf"(?:[{_UPPER}][{_LETTER}]*|(?:{_PREFIXES})['’\-][{_UPPER}][{_LETTER}]*)"
_INITIALS = rf"(?:[{_UPPER}]\.)+(?:[{_UPPER}](?![{_LETTER}]))?"
_CAPITALISED = rf"(?:No\. ?\d+|{_INITIALS}|{_WORD}(?:['’ʼ\-‑–](?=[{_LETTER}])[{_LETTER}]+)*)"
_GAP = r"(?:[ \u00a0]{1,2}| ?\t ?|(?<=[^\n]{30})[ \t]?\n[ \t]?(?=\S))"
_ABBREVIATIONS = ("Mr", "Ms", "Dr", "Mrs", "St", "Prof", "Rev", "Hon", "Gen", "Sen", "Sgt", "Jr")
_ABBREVIATED = "|".join(rf"(?<=\b{title})" for title in _ABBREVIATIONS)
_SMALL = "|".join(sorted((re.escape(w) for w in CONNECTORS), key=len, reverse=True))
_RUN = re.compile(
    rf"(?<![{_LETTER}@#_.])(?:\d{{1,2}} )?{_CAPITALISED}"
    rf"(?:(?:(?:{_ABBREVIATED})\.|(?<=s)['’])?{_GAP}(?:(?:{_SMALL}){_GAP}){{0,3}}(?:{_CAPITALISED}|\d{{1,2}}(?=\W)))*"
)
_TOKEN = re.compile(rf"{_CAPITALISED}|\d+|(?:{_SMALL})(?![{_LETTER}])|&")
#: A line that may be a heading: not too long, without the full stop of a sentence, and not a wrapped one that goes on.
_LINE = re.compile(r"^[^\n]{12,180}(?<![.:;,])$(?!\n[a-z])", re.MULTILINE)
#: Without two capitals side by side nothing in a line is written in capitals; letters beyond ASCII may be
#: capitals, Han characters are none.
_CAPITAL = r"[A-Z\u0080-\u2e7f\ua000-\uabff\uff21-\uff3a\U00010000-\U0001ffff]"
_CAPITALS = re.compile(_CAPITAL + _CAPITAL)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")


class Word(NamedTuple):
    """One word of a run.  ``key`` is its folded form without a possessive ending, ``end`` excludes that ending."""

    text: str
    start: int
    end: int
    key: str
    capital: bool
    possessive: bool = False

    @property
    def acronym(self) -> bool:
        """Whether the word is written in capitals throughout, as NSICOP, V-TAG or CCTV4 (not a single initial)."""
        return is_acronym(self.text)

    @property
    def initial(self) -> bool:
        """Whether the word is an initial: M or M."""
        return len(self.key.rstrip(".")) == 1


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that stand together, in order, and whether the whole line is written in title case."""

    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


@lru_cache(maxsize=65536)
def key_of(text: str) -> str:
    """Return the folded form of a word; the cache bears most of the work in a long text."""
    return fold_text(text)


@lru_cache(maxsize=65536)
def is_acronym(text: str) -> bool:
    """Say whether a word is an acronym: two capitals or more, and at most one small letter (FoE, HRDs)."""
    upper = sum(1 for c in text if c.isupper())
    return upper >= 2 and sum(1 for c in text if c.islower()) <= (1 if upper > 2 or text.endswith("s") else 0)


@lru_cache(maxsize=65536)
def is_common(key: str) -> bool:
    """Say whether a folded word is an ordinary English word."""
    if key in words("common_english") or key in words("not_names"):
        return True
    if "-" in key:
        return all(part in words("common_english") for part in key.split("-"))
    return len(key) > 6 and key.endswith("s") and key[:-1] in words("common_english")


@lru_cache(maxsize=65536)
def is_place(key: str) -> bool:
    """Say whether a folded word or phrase is a place."""
    return key in phrases("places_latin")


@lru_cache(maxsize=65536)
def is_people(key: str) -> bool:
    """Say whether a folded word is the adjective or name of a people."""
    peoples = words("peoples")
    return key in peoples or (key.endswith("s") and key[:-1] in peoples)


def runs(text: str, quiet: tuple[tuple[int, int], ...] = ()) -> Iterator[Run]:
    """Yield the runs of a text in order, without those inside the ``quiet`` spans."""
    spans = iter(sorted(quiet))
    quiet_start, quiet_end = next(spans, (sys.maxsize, sys.maxsize))
    for match in _runs(text):
        while quiet_end <= match.start():
            quiet_start, quiet_end = next(spans, (sys.maxsize, sys.maxsize))
        if quiet_start < match.end():
            continue
        yield Run(tuple(_words(match.group(), match.start())))


def _runs(text: str) -> Iterator[re.Match[str]]:
    """Yield what ``_RUN.finditer(text)`` does, tried only where a run may begin."""
    reached = 0
    for capital in _CAPITAL_OR_DIGIT.finditer(text):
        place = capital.start()
        prefix = _PREFIX.search(text, max(0, place - 4), place) if text[place - 1 : place] in ("'", "’", "-") else None
        for start in (prefix.start(), place) if prefix else (place,):
            match = _RUN.match(text, start) if start >= reached else None
            if match is not None:
                reached = match.end()
                yield match


def headings(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that write nearly every word with a capital, so that capitals tell nothing there.

    Those of ``shouted`` are lines of the same sort, and come from there.
    """
    for match in _LINE.finditer(text):
        ws = _LONG_WORD.findall(match.group())
        if len(ws) > 4 and sum(w[0].isupper() for w in ws) >= 0.8 * len(ws):
            yield match.span()


def shouted(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of ordinary words that are written in capitals throughout, where an acronym cannot be told."""
    capitals = _CAPITALS.search(text)
    while capitals:
        start, end = line_at(text, capitals.start())
        ws = _LONG_WORD.findall(text, start, end)
        loud = [w for w in ws if w.isupper()]
        if len(loud) > 2 and len(loud) >= 0.8 * len(ws) and 2 * sum(is_common(key_of(w)) for w in loud) >= len(loud):
            yield start, end
        capitals = _CAPITALS.search(text, end)


def _words(run: str, offset: int) -> Iterator[Word]:
    if run.isalpha():
        yield _word(run, offset)
        return
    for match in _TOKEN.finditer(run):
        yield _word(match.group(), offset + match.start())


def _word(token: str, start: int) -> Word:
    text, key, capital, possessive = _read(token)
    return Word(text, start, start + len(text), key, capital, possessive)


@lru_cache(maxsize=65536)
def _read(token: str) -> tuple[str, str, bool, bool]:
    """Return a token without its possessive ending, its key, whether it has capitals, and whether it had the ending."""
    text = _POSSESSIVE.sub("", token)
    capital = text[0].isupper() or text[-1].isdigit() or any(c.isupper() for c in text)
    return text, key_of(text), capital, len(text) < len(token)
