"""When are two names one?  Spellings, contents and readings that names are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from indexer.extract.ids import entity_id
from indexer.extract.latin import Word, is_common, is_people, is_place, key_of
from indexer.extract.lexicon import phrases, words
from indexer.extract.pairs import initials_fit
from indexer.extract.person_names import PARTICLES, order
from indexer.fold import fold_text, has_han

#: 人民 and 裁判 are left out as often as written; 中院 and 高院 are short for 中级法院 and 高级法院.
_KIND_OF_COURT = re.compile("(?:人民|裁判)(?=(?:法院|检察院)\\Z)")
_SHORT_COURT = re.compile("(?:第?(?P<number>[一二三四五]))?(?P<level>[中高])(?:级(?:人民)?法)?院\\Z")
_HYPHENS = re.compile(r"[\s\-'.·]+")


@lru_cache(maxsize=65536)
def spelling(name: str, kind: str) -> str:
    """Return what two spellings of one name share: case, accents, hyphens, spaces and "the" fall away."""
    folded = fold_text(name)
    if kind == "organisation":
        folded = folded.removeprefix("the ")
        return " ".join(_HYPHENS.split(folded)).strip()
    return _HYPHENS.sub("", folded)


@lru_cache(maxsize=65536)
def content_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a body's name without small words, or its characters without 省, 市 and the like."""
    folded = fold_text(name)
    if has_han(folded):
        return (re.sub("[省市州县区](?=.{2})", "", _SHORT_COURT.sub(_court, _KIND_OF_COURT.sub("", folded))),)
    return tuple(w for w in _HYPHENS.split(folded) if w and w not in words("connectors"))


def _court(match: re.Match[str]) -> str:
    number = match.group("number")
    return (f"第{number}" if number else "") + f"{match.group('level')}级法院"


def without_place(content: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a content without the nation, or without the places, that it begins with."""
    if len(content) > 2 and (is_people(content[0]) or is_place(content[0])):
        yield content[1:]
    if len(content) == 1:
        name = content[0]
        for length in (2, 3):
            if len(name) > length + 3 and name[:length] in phrases("places_han"):
                yield (name[length:],)


def is_part(folded: str, dotted: str) -> bool:
    """Say whether a folded name is one part of a dotted name, or its beginning."""
    other = fold_text(dotted)
    if "·" not in other or folded == other:
        return False
    return folded in other.split("·") or other.startswith(folded + "·")


def reading(han: str) -> str:
    """Return the pinyin of a Han name as ``spelling`` gives it for a Latin one."""
    return spelling(entity_id(None, han, person=True).rsplit("-", 1)[0], "person")


@lru_cache(maxsize=65536)
def short_names(name: str) -> tuple[str, ...]:
    """Return the folded single words that may stand for a person's Latin name: family name, and a given name.

    A given name counts only in western order ("Peter" for Peter Dahlin), and in Vietnamese, which calls people by it.
    """
    ws = _as_words(name)
    if len(ws) < 2:
        return (ws[0].key,) if ws else ()
    if 3 <= len(ws) <= 5 and ws[0].key in words("surnames_vietnamese") and not is_common(ws[-1].key):
        return (ws[0].key, ws[-1].key)
    if order(ws) == "family-first":
        return (ws[0].key,)
    last = len(ws) - 1
    if ws[last - 1].key in ("bin", "ibn", "bint"):
        return ()  # The father's name: King Salman is not Mohammed bin Salman.
    family = [ws[last].key]
    if last >= 2 and ws[last - 1].key in PARTICLES:
        family.append(f"{ws[last - 1].key}-{ws[last].key}")
    if len(ws) == 3 and len(ws[1].key) <= 5 and ws[1].key in words("surnames_latin"):
        family.append(ws[1].key)
    given = ws[0].key
    return (*family, given) if len(given) > 3 and not is_common(given) else tuple(family)


def _as_words(name: str) -> list[Word]:
    return [Word(part, 0, 0, key_of(part), part[0].isupper()) for part in name.split()]


def turned(parts: Sequence[str]) -> set[str]:
    """Return the spelling of a two-part Chinese name in the other order, or nothing."""
    if len(parts) == 2 and order(_as_words(" ".join(parts))) == "family-first":
        return {spelling(f"{parts[1]} {parts[0]}", "person")}
    return set()


def spells(acronym: str, name: str) -> bool:
    letters = [c for c in acronym if c.isupper()]
    return len(letters) >= 3 and initials_fit(acronym, name) and name[0].upper() == letters[0]
