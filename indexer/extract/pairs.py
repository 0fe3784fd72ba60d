"""Which two names does the document itself put side by side?  Bracket pairs and acronyms.

``Cao Shunli (曹顺利)`` and ``曹顺利（Cao Shunli）`` tie a Latin and a Han name; ``Cairo Institute … (CIHRS)`` and
``CIVICUS: World Alliance …`` tie a name and its short form.  Every pair keeps the rule that made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.extract.lexicon import words
from indexer.extract.naming import Naming

_OPENS = re.compile(
    r"[\"”’'」』》]?\s?[(（\[][\s\"“‘'「]*"
    r"(?:hereafter |also known as |a\.k\.a\. |aka |or |the |in chinese: ?)?[\"“‘']?\Z",
    re.IGNORECASE,
)
_HAN_IN_BRACKETS = re.compile(
    "(?:['’]s?)?\\s?[(（]\\s?(?:in chinese: ?)?(?P<name>[\u3400-\u9fff·・•]{2,14})\\s?[)）,，;；/]", re.IGNORECASE
)
_LATIN_IN_BRACKETS = re.compile(
    "[」』”]?\\s?[(（]\\s?(?P<name>[A-Z][A-Za-zÀ-ɏ'’.\\-]+(?: [A-Za-zÀ-ɏ'’.\\-]+){1,7})\\s?[)）,，;；]"
)
_COLON = re.compile(r"\s?[:–—-]\s\Z")
_SLASH = re.compile(r"\s?[/／]\s?\Z")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two namings of one body or person, and why we say so."""

    left: Naming
    right: Naming
    rule: str


def pairs(namings: Sequence[Naming], text: str) -> Iterator[Pair]:
    """Yield the pairs among the namings of one field, which must come in the order of the text."""
    for left, right in pairwise(namings):
        if left.kind != right.kind or right.start - left.end > 24 or right.start < left.end:
            continue
        gap = text[left.end : right.start]
        closes = text[right.end : right.end + 3].lstrip("\"”’' 」")[:1] in (")", "）", "]", ",", "，", ";", "/", "；")
        if closes and (_OPENS.match(gap) or _opens_with_title(gap)):
            if left.han != right.han:
                yield Pair(left, right, "bracket pair")
            elif is_short_form(right) != is_short_form(left) or (left.kind == "organisation" and " " not in right.name):
                yield Pair(left, right, "bracketed short form")
        elif _COLON.match(gap) and is_short_form(left) and not is_short_form(right) and _begins_line(text, left.start):
            yield Pair(left, right, "short form before its name")
        elif _SLASH.match(gap) and left.han != right.han:
            yield Pair(left, right, "slash pair")


def bracketed(namings: Sequence[Naming], text: str) -> Iterator[Naming]:
    """Yield the names in the other script that stand in brackets right after a naming and were not found by themselves.

    The brackets are evidence enough: 糜崇标 in "Mi Chongbiao (糜崇标)" needs no title and no frequent family name.
    """
    starts = {naming.start for naming in namings}
    for naming in namings:
        shape = _LATIN_IN_BRACKETS if naming.han else _HAN_IN_BRACKETS
        match = shape.match(text, naming.end)
        if match and not naming.short:
            start, end = match.span("name")
            if naming.kind == "person":
                start += _titles(match.group("name"))
            if start in starts:
                continue
            name = text[start:end]
            yield replace(naming, start=start, end=end, written=name, name=" ".join(name.split()),
                          rule="bracket pair", han=not naming.han, records=())  # fmt: skip


def _opens_with_title(gap: str) -> bool:
    """Say whether a bracket opens and nothing but titles follow: （Assistant Secretary."""
    opened = gap.strip()
    return opened[:1] in ("(", "（") and all(w.rstrip(".").lower() in words("titles") for w in opened[1:].split())


def _titles(name: str) -> int:
    """Return how many characters titles fill before a name of three words or more: Assistant Secretary Ann B. Lee."""
    parts = name.split(" ")
    titles = 0
    while len(parts) - titles > 2 and parts[titles].rstrip(".").lower() in words("titles"):
        titles += 1
    return sum(len(part) + 1 for part in parts[:titles])


def is_short_form(naming: Naming) -> bool:
    """Say whether an organisation is named by one word in capitals."""
    return naming.kind == "organisation" and " " not in naming.name and sum(c.isupper() for c in naming.name) >= 2


def initials_fit(acronym: str, name: str) -> bool:
    """Say whether the capitals of an acronym are initials of a name's words, in order."""
    letters = [c.lower() for c in acronym if c.isalpha()]
    initials = [part[0].lower() for part in re.findall(r"[^\W\d_]+", name)]
    position = 0
    for letter in letters:
        try:
            position = initials.index(letter, position) + 1
        except ValueError:
            return False
    return True


def _begins_line(text: str, start: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return not line or re.fullmatch(r"[\d.)•*\-–\s]+", line) is not None
