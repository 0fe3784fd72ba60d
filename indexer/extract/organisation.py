"""Which organisations does a Latin text name that no authority file lists?

A name of an organisation is a run of capitalised words with a head (Committee, Network, Foundation, Tribunal ...)
and its modifiers, or an acronym.  The rules here give spans; ``resolve`` decides which of them are one body.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.extract.latin import Run, Word, is_common, is_people, is_place
from indexer.extract.lexicon import phrases, words

#: People in the plural that found organisations: Lawyers for Lawyers, Mothers against Police Brutality.
_FOUNDERS = words("founders")
_FOUNDERS_JOIN = frozenset(("for", "against", "without", "under"))
#: Words that begin a sentence or a phrase and never a name.
OPENERS = words("openers")
_BREAKING_TITLES = words("offices")
#: Capitalised phrases that end in a head and still name no body.
_GENERIC = phrases("generic_latin")
#: Heads that need the company of a modifier which is no ordinary word, or a place or people.
_WEAK_HEADS = words("weak_heads_latin")
_ROMANCE_HEADS = words("romance_heads")
_ROMANCE = words("romance_small")
_JOINS_AFTER_HEAD = frozenset(("on", "in", "to", "against", "within", "without", "for", "of", "under"))
_PLURAL_POSSESSORS = words("possessors")


#: After these a name is not a body's: Beijing Capital International Airport, Foundation Prize.
_THINGS = frozenset(
    (
        *("prize", "prizes", "award", "awards", "airport", "law", "act", "report", "day", "square", "convention"),
        *("covenant", "treaty", "protocol", "pact"),
    )
)
#: Words that say what sort of body follows, and are no part of its name.
_KINDS = frozenset(("ngo", "ngos", "cso", "csos", "newspaper", "watchdog", "broadcaster"))
#: Foreign heads that English has as other words.
_ALSO_ENGLISH = frozenset(("red", "rat"))
#: So many words a name reaches to either side of its head at most.
_FARTHEST = 24
#: Common phrases that end in a head and in no name.
_NEVER_HEADS = frozenset(("civil society", "international community", "human society"))
#: Small words, also where a name writes them with a capital: Campaign Against Arms Trade.
_TIES = frozenset(("of", "for", "against", "without", "on", "in", "to", "and", "&", "the", "a", "an", "with"))


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``first`` to ``last`` (inclusive) of a run."""

    first: int
    last: int


def organisations(run: Run) -> Iterator[Span]:
    """Yield the spans of a run that name an organisation by a head word, left to right, without overlap."""
    ws = run.words
    free = 0
    for index, word in enumerate(ws):
        if index < free or not word.capital:
            continue
        if not (_is_head(word) or _founds(ws, index)):
            continue
        if word.key in _ALSO_ENGLISH and not _is_foreign(ws, index):
            continue
        first = _leftmost(ws, index, free)
        last = _rightmost(ws, index)
        first = _without_openers(ws, first, index)
        if last + 1 < len(ws) and ws[last + 1].capital and ws[last + 1].key in _THINGS:
            continue
        if _is_name(ws, first, last, index):
            yield Span(first, last)
            free = last + 1


def _is_head(word: Word) -> bool:
    return (word.key in words("heads_latin") and not word.text.isupper()) or (
        word.text.isupper() and len(word.text) > 3 and word.key in words("heads_latin")
    )  # fmt: skip


def _is_foreign(ws: Sequence[Word], index: int) -> bool:
    """Say whether a foreign head stands first and before a foreign word: Red Nacional, not International Red Cross."""
    alone = index == 0 or not ws[index - 1].capital or ws[index - 1].key in OPENERS
    return alone and index + 1 < len(ws) and not is_common(ws[index + 1].key)


def _founds(ws: Sequence[Word], index: int) -> bool:
    return (
        ws[index].key in _FOUNDERS
        and not ws[index].possessive
        and index + 2 < len(ws)
        and ws[index + 1].key in _FOUNDERS_JOIN
        and any(w.capital and not w.text.isdigit() for w in ws[index + 2 : index + 4])
    )


def _leftmost(ws: Sequence[Word], head: int, free: int) -> int:
    first, free = head, max(free, head - _FARTHEST)
    while first > free:
        left = ws[first - 1]
        if left.capital:
            if left.possessive and not _possessor_inside(left):
                break
            if left.key in _KINDS or left.key.endswith(("-based", "-led", "-backed", "-run")):
                break
            if left.key in _BREAKING_TITLES or (left.text.isdigit() and first - 1 > free):
                break
            first -= 1
        elif left.key in ("and", "&") and free <= first - 2 and first < head and _coordinated(ws, first, head, free):
            first -= 2
        elif left.key in _ROMANCE and first - 2 >= free and ws[first - 2].capital and ws[head].key in _ROMANCE_HEADS:
            break
        else:
            break
    return first


def _possessor_inside(word: Word) -> bool:
    """Say whether a possessive belongs to the name: Women's Federation, New Citizens' Movement."""
    return word.key in _PLURAL_POSSESSORS or word.key.removesuffix("s") in _PLURAL_POSSESSORS


def _coordinated(ws: Sequence[Word], first: int, head: int, free: int) -> bool:
    """Say whether "A and B Head" is one name: A is neither a place nor a person nor a body of its own."""
    left = ws[first - 2]
    if not left.capital or left.possessive or left.acronym or is_place(left.key) or is_people(left.key):
        return False
    return is_common(left.key) and not any(_is_head(w) for w in ws[free : first - 1]) and left.key not in OPENERS


def _rightmost(ws: Sequence[Word], head: int) -> int:
    last = head
    romance = ws[head].key in _ROMANCE_HEADS
    while last + 1 < len(ws) and last - head < _FARTHEST:
        if _ends_with_possessor(ws, head, last):
            break
        following = ws[last + 1]
        if _is_big(following):
            if following.text.isdigit() or following.key in _MONTHS:
                break
            if following.key in _BREAKING_TITLES and not _office_of(ws, head, last + 1):
                break
            inside = any(not _is_big(w) for w in ws[head : last + 1])
            further = inside or romance or (_is_head(following) and following.key not in _ALSO_ENGLISH)
            further = further or _head_follows(ws, last + 1)
            if not further and not (is_place(following.key) and _ends(ws, last + 1)):
                break
            if inside and following.key in words("titles") and last + 2 < len(ws):
                break
            last += 1
            continue
        jump = last + 1
        while jump < len(ws) and not _is_big(ws[jump]):
            jump += 1
        if jump == len(ws) or not _joins(ws, head, last, jump, romance):
            break
        last = jump
    return last


def _ends_with_possessor(ws: Sequence[Word], head: int, last: int) -> bool:
    """Say whether a name ends with a word in the possessive: the Government of Kenya's, but not Ministry of Women's."""
    word = ws[last]
    if not word.possessive or word.key.endswith("s") or _possessor_inside(word):
        return False
    return last == head or ws[last - 1].key in ("of", "the") or not (ws[last - 1].capital or ws[last - 1].key == "for")


def _office_of(ws: Sequence[Word], head: int, title: int) -> bool:
    """Say whether a title ends the name of its own office: Office of the Vice President."""
    between = [w.key for w in ws[head + 1 : title]]
    return ws[head].key == "office" and between[:2] == ["of", "the"] and len(between) <= 4


#: Heads that a place follows with "in": the United Nations Mission in Liberia, the Presbyterian Church in Taiwan.
_HEADS_IN = frozenset(("mission", "church", "operation", "administration"))
_MONTHS = frozenset(name.lower() for name in (*calendar.month_name[1:], *calendar.day_name))


def _head_follows(ws: Sequence[Word], first: int) -> bool:
    """Say whether one or two plain modifiers and a second head follow: University + Rainbow Group."""
    for word in ws[first + 1 : first + 3]:
        if not word.capital or word.text.isdigit() or ws[first].key in words("titles"):
            return False
        if _is_head(word):
            return True
    return False


def _is_big(word: Word) -> bool:
    """Say whether a word carries a name; a capitalised "For" or "Against" does not."""
    return word.capital and word.key not in _TIES


def _ends(ws: Sequence[Word], index: int) -> bool:
    return index + 1 == len(ws) or not ws[index + 1].capital


def _joins(ws: Sequence[Word], head: int, last: int, jump: int, romance: bool) -> bool:
    """Say whether the small words between ``last`` and ``jump`` tie the next capitalised word to the name."""
    small = [w.key for w in ws[last + 1 : jump]]
    right = ws[jump]
    if right.key in _MONTHS or right.text.isdigit():
        return False
    if romance and all(s in _ROMANCE for s in small):
        return True
    first_small = small[0]
    if first_small in ("and", "&"):
        return _right_coordinated(ws, head, last, jump)
    if first_small != "of" and right.key in _BREAKING_TITLES:
        return False
    if first_small in ("of", "for", "against", "without"):
        return not (first_small == "for" and (is_place(ws[last].key) and last != head))
    if first_small in ("on", "to"):
        tied = last == head or ws[last].key in ("mission", "committee", "inquiry")
        return tied and not (is_place(right.key) and last == head)
    if first_small == "in":
        if ws[head].key in _HEADS_IN and last == head and is_place(right.key) and head and ws[head - 1].capital:
            return True
        return any(w.key in ("on", "for", "of") for w in ws[head : last + 1] if not _is_big(w)) and is_place(right.key)
    return False


def _right_coordinated(ws: Sequence[Word], head: int, last: int, jump: int) -> bool:
    right = ws[jump]
    if last == head:
        return False
    if ws[jump - 1].key == "the" and ws[last - 1].key == "for" and is_place(ws[last].key):
        return True  # for Asia and the Far East
    rest = list(takewhile(lambda w: w.key not in ("and", "&"), ws[jump : jump + _FARTHEST]))
    if (
        is_place(right.key)
        or is_people(right.key)
        or right.acronym
        or (right.possessive and not _possessor_inside(right))
    ):
        return False
    if any(_is_head(w) for w in rest) or right.key in words("titles"):
        return False
    together = list(takewhile(_is_big, rest))
    if any(w.key in _BREAKING_TITLES for w in together) or (ws[jump - 1].key == "the" and len(together) > 1):
        return False
    # Bureau of Immigration and Naturalization: two nouns of one kind, though the second is no common word.
    return is_common(right.key) or _rhymes(ws[last].key, right.key)


def _rhymes(left: str, right: str) -> bool:
    return any(left.endswith(ending) and right.endswith(ending) for ending in ("tion", "sion", "ment", "ing", "ity"))


def _without_openers(ws: Sequence[Word], first: int, head: int) -> int:
    while first < head and (ws[first].key in OPENERS or not ws[first].capital):
        first += 1
    return first


def _is_name(ws: Sequence[Word], first: int, last: int, head: int) -> bool:
    span = ws[first : last + 1]
    capitals = [w for w in span if w.capital]
    if len(capitals) < 2 or (
        span[-1].key.endswith("s") and span[-1].key in ("groups", "organizations", "organisations")
    ):
        return False
    phrase = " ".join(w.key for w in span)
    if span[0].text.isdigit() and " ".join(w.key for w in span[1:]) in _GENERIC:
        return False
    if _is_kind_of_thing(ws, last, head, head == first) or is_place(phrase):
        return False
    if phrase in _GENERIC or (head == last and " ".join(phrase.split()[-2:]) in _NEVER_HEADS):
        return False
    if head == last and ws[head].key in _WEAK_HEADS:
        modifiers = [w for w in ws[first:head] if w.capital]
        return any(_distinctive(w) for w in modifiers) or len(modifiers) >= 2
    if first == head and last == head:
        return False
    return any(w.capital and w.key not in OPENERS for w in (*ws[first:head], *ws[head + 1 : last + 1]))


def _is_kind_of_thing(ws: Sequence[Word], last: int, head: int, leads: bool) -> bool:
    """Say whether the words name a plan or somebody's people: Programme of Action, Associates of Cao."""
    after = [w.key for w in ws[head + 1 : last + 1]]
    if ws[head].key in ("programme", "program") and after[:2] == ["of", "action"]:
        return True
    return ws[head].key == "associates" and leads and after[:1] == ["of"]


def _distinctive(word: Word) -> bool:
    if word.key in words("titles"):
        return False
    return not is_common(word.key) or is_place(word.key) or is_people(word.key)


_ACRONYM_SHAPE = re.compile(r"[A-Z][A-Za-z&]*(?:[-.][A-Z][A-Za-z]*)*\d?\.?\Z")


def is_organisation_acronym(word: Word) -> bool:
    """Say whether a word in capitals may stand for an organisation: IFEX, CSIS, ABS-CBN; not HRDs, COVID-19."""
    text = word.text.rstrip(".")
    if not (word.acronym and _ACRONYM_SHAPE.match(text)) or not 2 < len(text) <= 12:
        return False
    if text[-1] == "s" or word.key.rstrip(".") in words("abbreviations") or is_place(word.key) or is_people(word.key):
        return False
    return not (text.isalpha() and len(text) > 6 and is_common(word.key))
