"""Which persons does a Chinese text name that no authority file lists?

Works on folded text, so that both scripts are one.  Every family name in the text begins candidates of two to four
characters.  A candidate is weighed by its characters, by the words on its left and right (titles, verbs of saying,
lists, brackets), by ordinary words that it would cut in two, and by how often it comes back; every place then goes
to the best candidate there.  Names that Chinese writes by sound (with · or after a title) have a finder of their own.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

from indexer.extract.han_words import NEVER_GIVEN, cuts, follows, is_word, precedes, role_ends, stands_alone
from indexer.extract.lexicon import given_characters, phrases, ranked, words
from indexer.extract.sound_han import EPONYM, HanPerson, Occupied, by_sound

#: A candidate of this weight is a person.
ENOUGH = 2.6
#: What it is worth that the rest of the document has the same name.
_FAMILIAR = 4.0
#: Characters worth less than this make no name, whatever stands around.
_HOPELESS = -1.6
#: What a given name of one character twice is worth at least.
_TWICE = 0.6
#: What a character is worth that the table of given names lacks, and what one of so few words at most is worth.
_NOT_GIVEN, _RARE_GIVEN, _FEW_WORDS = -0.9, -0.1, 6
#: Of a name that comes back often, only so many places are weighed.
_WEIGHED_PLACES = 12

_SINGLE = "".join(sorted(name for name in ranked("surnames_han") if len(name) == 1))
_DOUBLE = frozenset(name for name in ranked("surnames_han") if len(name) == 2)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
#: Double family names too whose first character is none by itself: 端木, 上官.
_FAMILY = re.compile(
    rf"(?:[{_SINGLE}]|(?:{'|'.join(sorted(name for name in _DOUBLE if name[0] not in _SINGLE))}))(?=[ \n]?[{_HAN}])"
)
_COMMON_HAN = given_characters().keys()
_IS_HAN = re.compile(rf"[{_HAN}]")
#: Family names that are also common words: they need more evidence.
_ORDINARY = frozenset(
    "于和时常应都相平全安成方高白黄马金水石江路任党国单向易解何连权公强商明华文项曾关尚包古车温游农司景满容能冷"
    "戴富危战干但计信元展令把谈经查仇支官居年初越门原南左右多海山边双东西北毛花龙云阳通利来法真米巴才丰士田牛羊"
    "世雷火林木武力民区台苗毕阴老幸从家季牧言及果生后是有可过宗钱万甘乐宣修练别次达要门商贡付肖占买代靖展"
)
#: After two family names: 梁吴二人.
_PAIR_OF_PEOPLE = re.compile(r"[二两]人|夫妇|两家|二氏")
#: Family names that are read as words before another family name: 于何处, 向李四.
_NO_HUSBAND = frozenset("于时成应向安高白全平关连任解项常从司")
_BLOCKED_AFTER = ("官", "先生", "女士", "小姐", "某", "氏", "律师", "法官", "议员", "太太", "教授", "老师")


def han_persons(folded: str, taken: Sequence[tuple[int, int]] = (), familiar: Collection[str] = ()) -> list[HanPerson]:
    """Return the persons named in full in folded Chinese text, in order, without overlap.

    ``taken`` are spans that already belong to a listed name.  ``familiar`` are folded names that the rest of the
    document has: in a heading a name stands without much around it.
    """
    occupied = Occupied(len(folded), taken)
    persons = [p for p in by_sound(folded) if not occupied.overlaps(p.start, p.end)]
    for person in persons:
        occupied.add(person.start, person.end)
    places: dict[str, list[int]] = defaultdict(list)
    for start, name in _candidates(folded):
        if not occupied.overlaps(start, start + len(name)):
            places[name].append(start)
    weights = {
        name: _weight(name, starts, folded) + (_FAMILIAR if name in familiar else 0.0)
        for name, starts in places.items()
    }
    names = {
        name: weight
        for name, weight in weights.items()
        # A name that also stands without the fourth character is the shorter one: 陈文慧 + 庭上.
        if weight >= ENOUGH and not (_is_married(name) and len(places.get(name[:3], ())) > len(places[name]))
    }
    married = {start + 1 for name in names if _is_married(name) for start in places[name]}
    chosen = [
        (weight, len(name), start, name)
        for name, weight in names.items()
        for start in places[name]
        if start not in married
    ]
    chosen.sort(key=lambda c: (-c[0], -c[1], c[2]))
    for _, length, start, name in chosen:
        if not occupied.overlaps(start, start + length):
            occupied.add(start, start + length)
            persons.append(HanPerson(start, start + length, name, "name characters"))
    return sorted(persons, key=lambda p: p.start)


def _candidates(folded: str) -> Iterator[tuple[int, str]]:
    """Yield (start, name) for every stretch that has the form of a Chinese name."""
    for match in _FAMILY.finditer(folded):
        start = match.start()
        family = 2 if folded[start : start + 2] in _DOUBLE else 1
        for length in (1, 2):
            name = folded[start : start + family + length]
            if len(name) == family + length and _may_be(name, family):
                yield start, name
        second = ranked("surnames_han").get(folded[start + 1], 999)
        if family == 1 and second < 120 and folded[start] not in _NO_HUSBAND:
            name = folded[start : start + 4]
            if len(name) == 4 and _may_be(name, 2):
                yield start, name


@lru_cache(maxsize=65536)
def _may_be(name: str, family: int) -> bool:
    """Say whether characters can be a name at all; ``family`` of them are the family name."""
    return _has_form(name, family) and _inside(name) > _HOPELESS


def _has_form(name: str, family: int) -> bool:
    given = name[family:]
    return (
        all(c not in NEVER_GIVEN and (c in _COMMON_HAN or _IS_HAN.match(c)) for c in given)
        and not given.startswith(_BLOCKED_AFTER)
        and given not in words("titles_after_han")
    )


def _weight(name: str, starts: Sequence[int], folded: str) -> float:
    """Return the weight of one name over all its places."""
    around = [_around(folded, s, s + len(name)) for s in starts[:_WEIGHED_PLACES]]
    mean = sum(around) / len(around)
    recurrence = min(1.6, 0.55 * math.log2(len(starts)))
    return _inside(name) + 0.65 * mean + 0.35 * max(around) + recurrence


def _is_married(name: str) -> bool:
    """Say whether a name has two family names, as married women in Hong Kong write theirs: 林郑月娥."""
    return len(name) == 4 and name[:2] not in _DOUBLE


def _likelihood(character: str) -> tuple[float, float]:
    """Return how much likelier a character is in the middle and at the end of a name than in running text."""
    known = given_characters().get(character)
    if known is not None:
        return known
    # A character of few words stands in names oftener than its absence from the table says: 霏.
    worth = _RARE_GIVEN if _words_with().get(character, 0) <= _FEW_WORDS else _NOT_GIVEN
    return worth, worth


@cache
def _words_with() -> Counter[str]:
    return Counter(c for word in phrases("common_han") for c in set(word))


def _is_twice(name: str, given: str) -> bool:
    """Say whether a given name is one character twice, as those of many women: 悠悠; not 白茫茫, 常常."""
    return len(given) == 2 and given[0] == given[1] and name[0] not in _ORDINARY


@lru_cache(maxsize=65536)
def _inside(name: str) -> float:
    """Return what the characters of a name are worth."""
    rank = ranked("surnames_han")
    family = 2 if name[:2] in _DOUBLE else 1
    married = _is_married(name)
    if married:
        family = 2
    given = name[family:]
    if family == 2 and not married:
        worth = 1.2
    else:
        worth = 1.0 if rank[name[0]] < 60 else 0.6 if rank[name[0]] < 160 else 0.4
        if name[0] in _ORDINARY:
            worth -= 0.9
    if len(given) == 1:
        worth += min(1.2, _likelihood(given)[1]) - 0.4
    else:
        likely = min(2.4, _likelihood(given[0])[0] + _likelihood(given[1])[1])
        worth += max(likely, _TWICE) if _is_twice(name, given) else likely
    if married:
        worth -= 0.4
    if given[0] in "前后上下男女" or given[-1] in "男女前后":
        worth -= 1.0
    if is_word(name) or name in words("roles_han"):
        worth -= 4.5
    elif len(name) > 2 and is_word(name[:2]) and name[:2] not in _DOUBLE:
        worth -= 1.6
    if len(given) == 2 and given in words("roles_han"):
        worth -= 2.5
    if given in words("sayings_han") or name in words("sayings_han") or given in words("not_before_han"):
        worth -= 2.5
    elif len(given) == 2 and is_word(given) and not _is_twice(name, given):
        # Two readings that are both ordinary: 向 + 法庭; 东方 + 国家, whose first character is no name by itself.
        worth -= 1.7 if name[0] in _ORDINARY and rank.get(name[0], len(rank)) >= 60 else 0.5
    return worth


def _around(folded: str, start: int, end: int) -> float:
    if EPONYM.match(folded, end):
        return -3.0
    if end - start == 2 and _PAIR_OF_PEOPLE.match(folded, end) and folded[end - 1] in _SINGLE:
        return -4.0
    if folded[end - 1] in "二两三四几" and folded[end : end + 1] in ("人", "位", "名"):
        return -4.0
    alone = 0.7 if stands_alone(folded, start, end) else 0.0
    return _left(folded, start) + _right(folded, start, end) + alone


def _left(folded: str, start: int) -> float:
    """Return what stands before a name is worth."""
    if role_ends(folded, start):
        return 2.4
    edge = precedes(folded, start)
    if edge:
        return edge
    return -2.2 if cuts(folded, start) else -0.3


def _right(folded: str, start: int, end: int) -> float:
    """Return what stands after a name is worth."""
    if is_word(folded[start : end + 1]) or is_word(folded[start : end + 2]):
        return -2.5
    worth = follows(folded, end)
    if worth >= 1.5:
        return worth
    for first in range(max(start + 1, end - 2), end):
        for last in range(end + 1, min(len(folded), end + 3) + 1):
            if 2 <= last - first <= 4 and is_word(folded[first:last]):
                return worth - 1.4
    return worth
