"""Other words for one thing: those of other regions, and those of the other language.

They are searched together, and each is shown and can be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.fold import fold_text, is_han
from search_app.query.phrases import spaced

#: The kinds of an expansion that is a word and no entity: of another region, and of another language.
WORD, TRANSLATION = "word", "translation"

#: The most words of an English form.
LONGEST_FORM = 3


@dataclass(frozen=True, slots=True)
class Equivalent:
    """Another word: folded, which is also its id, and how it is written in simplified and traditional or in English."""

    kind: str
    word: str
    names: dict[str, list[str]]


def equivalents(word: str) -> tuple[Equivalent, ...]:
    """Return the other words for a folded word or English form, itself left out; none for most words."""
    return _table().get(word, ())


@cache
def _table() -> Mapping[str, tuple[Equivalent, ...]]:
    text = files("search_app.query").joinpath("equivalent_words.txt").read_text(encoding="utf-8")
    table: dict[str, dict[str, Equivalent]] = {}
    for line in text.split("\n"):
        if line.startswith("#"):
            continue
        chinese, _, english = line.partition("=")
        words = {fold_text(word): word for word in chinese.split()}
        forms = [spaced(form) for form in english.split(",") if form.strip()]
        for word in (*words, *forms):
            others = table.setdefault(word, {})
            others.update({other: _chinese(other, written, word) for other, written in words.items() if other != word})
            if forms and word not in forms:
                others[forms[0]] = Equivalent(TRANSLATION, forms[0], {"en": forms[:1]})
    return {word: tuple(others.values()) for word, others in table.items()}


def _chinese(folded: str, written: str, typed: str) -> Equivalent:
    kind = WORD if is_han(typed[0]) else TRANSLATION
    return Equivalent(kind, folded, {"zh-Hans": [folded], "zh-Hant": [written]})
