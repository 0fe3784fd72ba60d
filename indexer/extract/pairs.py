"""Which two names does the document itself put side by side?  Bracket pairs and acronyms.

``Cao Shunli (曹顺利)`` and ``曹顺利（Cao Shunli）`` tie a Latin and a Han name; ``Cairo Institute … (CIHRS)`` and
``CIVICUS: World Alliance …`` tie a name and its short form.  Every pair keeps the rule that made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.extract.naming import Naming

_OPENS = re.compile(
    r"[\"”’'」』》]?\s?[(（\[][\s\"“‘'「]*"
    r"(?:hereafter |also known as |a\.k\.a\. |aka |or |the |in chinese: ?)?[\"“‘']?\Z",
    re.IGNORECASE,
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
        if _OPENS.match(gap) and closes:
            if left.han != right.han:
                yield Pair(left, right, "bracket pair")
            elif is_short_form(right) != is_short_form(left):
                yield Pair(left, right, "bracketed short form")
        elif _COLON.match(gap) and is_short_form(left) and not is_short_form(right) and _begins_line(text, left.start):
            yield Pair(left, right, "short form before its name")
        elif _SLASH.match(gap) and left.han != right.han:
            yield Pair(left, right, "slash pair")


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
