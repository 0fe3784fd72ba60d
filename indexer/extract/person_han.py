"""Which persons does a Chinese text name that no authority file lists?

Works on folded text, so that both scripts are one.  Every family name in the text begins candidates of two to four
characters.  A candidate is weighed by its characters, by the words on its left and right (titles, verbs of saying,
lists, brackets), by ordinary words that it would cut in two, and by how often it comes back; every place then goes
to the best candidate there.  Names that Chinese writes by sound (with · or after a title) have a finder of their own.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.extract.han_words import NEVER_GIVEN, follows, is_word, precedes, role_ends, stands_alone
from indexer.extract.lexicon import given_characters, phrases, ranked, words

#: A candidate of this weight is a person.
ENOUGH = 2.6
#: Characters worth less than this make no name, whatever stands around.
_HOPELESS = -1.6
#: Of a name that comes back often, only so many places are weighed.
_WEIGHED_PLACES = 12

_SINGLE = "".join(sorted(name for name in ranked("surnames_han") if len(name) == 1))
_DOUBLE = frozenset(name for name in ranked("surnames_han") if len(name) == 2)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_FAMILY = re.compile(rf"[{_SINGLE}](?=[ \n]?[{_HAN}])")
_COMMON_HAN = given_characters().keys()
_IS_HAN = re.compile(rf"[{_HAN}]")
#: Family names that are also common words: they need more evidence.
_ORDINARY = frozenset(
    "于和时常应都相平全安成方高白黄马金水石江路任党国单向易解何连权公强商明华文项曾关尚包古车温游农司景满容能冷"
    "富危战干但计信元展令把谈经查仇支官居年初越门原南左右多海山边双东西北毛花龙云阳通利来法真米巴才丰士田牛羊"
    "世雷火林木武力民区台苗毕阴老幸从家季牧言及果生后是有可过宗钱万甘乐宣修练别次达要门商贡"
)
#: What makes a name the name of a thing: 诺贝尔和平奖.
_EPONYM = re.compile(r"(?:和平|文学|物理|经济|化学|人权|国际)?奖|故居|纪念|主义|思想|大街|大道|图书馆|基金")
#: After two family names: 梁吴二人.
_PAIR_OF_PEOPLE = re.compile(r"[二两]人|夫妇|两家|二氏")
#: Family names that are read as words before another family name: 于何处, 向李四.
_NO_HUSBAND = frozenset("于时成应向安高白全平关连任解项常从")
_BLOCKED_AFTER = ("官", "先生", "女士", "小姐", "某", "氏", "律师", "法官", "议员", "太太", "教授", "老师")


@dataclass(frozen=True, slots=True)
class HanPerson:
    """A person's name at ``start:end`` of the folded text; ``rule`` says what spoke for it."""

    start: int
    end: int
    name: str
    rule: str


def han_persons(folded: str, taken: Sequence[tuple[int, int]] = ()) -> list[HanPerson]:
    """Return the persons named in full in folded Chinese text, in order, without overlap.

    ``taken`` are spans, in order, that already belong to a listed name.
    """
    occupied = _Occupied(taken)
    by_sound = [p for p in _by_sound(folded) if not occupied.overlaps(p.start, p.end)]
    for person in by_sound:
        occupied.add(person.start, person.end)
    places: dict[str, list[int]] = defaultdict(list)
    for start, name in _candidates(folded):
        if not occupied.overlaps(start, start + len(name)):
            places[name].append(start)
    weights = {name: _weight(name, starts, folded) for name, starts in places.items()}
    names = {name: weight for name, weight in weights.items() if weight >= ENOUGH}
    married = {start + 1 for name in names if _is_married(name) for start in places[name]}
    chosen = [
        (weight, len(name), start, name)
        for name, weight in names.items()
        for start in places[name]
        if start not in married
    ]
    chosen.sort(key=lambda c: (-c[0], -c[1], c[2]))
    persons = by_sound
    for _, length, start, name in chosen:
        if not occupied.overlaps(start, start + length):
            occupied.add(start, start + length)
            persons.append(HanPerson(start, start + length, name, "name characters"))
    return sorted(persons, key=lambda p: p.start)


class _Occupied:
    """Which characters already belong to a name."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._characters: set[int] = {i for start, end in spans for i in range(start, end)}

    def overlaps(self, start: int, end: int) -> bool:
        return any(i in self._characters for i in range(start, end))

    def add(self, start: int, end: int) -> None:
        self._characters.update(range(start, end))


def _candidates(folded: str) -> Iterator[tuple[int, str]]:
    """Yield (start, name) for every stretch that has the form of a Chinese name."""
    for match in _FAMILY.finditer(folded):
        start = match.start()
        family = 2 if folded[start : start + 2] in _DOUBLE else 1
        for length in (1, 2):
            name = folded[start : start + family + length]
            if len(name) == family + length and _has_form(name, family) and _inside(name) > _HOPELESS:
                yield start, name
        second = ranked("surnames_han").get(folded[start + 1], 999)
        if family == 1 and second < 120 and folded[start] not in _NO_HUSBAND:
            name = folded[start : start + 4]
            if len(name) == 4 and _has_form(name, 2) and _inside(name) > _HOPELESS:
                yield start, name


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
    table = given_characters()
    if len(given) == 1:
        worth += min(1.2, table.get(given, (-0.9, -0.9))[1]) - 0.4
    else:
        middle = table.get(given[0], (-0.9, -0.9))[0]
        worth += min(2.4, middle + table.get(given[1], (-0.9, -0.9))[1])
    if married:
        worth -= 0.4
    if is_word(name):
        worth -= 3.5
    elif len(name) > 2 and is_word(name[:2]) and name[:2] not in _DOUBLE:
        worth -= 1.6
    if given in words("sayings_han") or name in words("sayings_han") or given in words("not_before_han"):
        worth -= 2.5
    elif len(given) == 2 and is_word(given):
        worth -= 0.5
    return worth


def _around(folded: str, start: int, end: int) -> float:
    if _EPONYM.match(folded, end):
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
    return -2.2 if _cuts(folded, start) else -0.3


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


def _cuts(folded: str, start: int) -> bool:
    """Say whether an ordinary word runs over the beginning of a name."""
    return any(
        is_word(folded[first:last])
        for first in range(max(0, start - 3), start)
        for last in range(start + 1, min(len(folded), start + 3) + 1)
        if last - first <= 4
    )


_SOUND = "".join(sorted(words("transliteration_han")))
_DOTTED = re.compile(rf"[{_HAN}]{{1,7}}(?:[·.][{_HAN}]{{1,9}}){{1,4}}")
_TIBETAN = re.compile(f"(?:{'|'.join(sorted(words('tibetan_han')))}){{2,3}}")
_SOUND_RUN = re.compile(rf"[{_SOUND}][{_SOUND}因]{{0,6}}[{_SOUND}]")


def _by_sound(folded: str) -> Iterator[HanPerson]:
    """Yield the names that Chinese writes by sound, without overlap."""
    occupied = _Occupied(())
    match = _DOTTED.search(folded)
    while match:
        start, end = _trimmed(folded, match)
        if _sounds(folded[start:end]):
            occupied.add(start, end)
            yield HanPerson(start, end, folded[start:end], "name by sound")
        match = _DOTTED.search(folded, max(end, match.start() + 1))
    for match in _TIBETAN.finditer(folded):
        if not occupied.overlaps(*match.span()):
            occupied.add(*match.span())
            yield HanPerson(*match.span(), match.group(), "Tibetan name")
    runs: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for match in _SOUND_RUN.finditer(folded):
        for start, end, worth in _sound_candidates(folded, *match.span()):
            if not occupied.overlaps(start, end):
                runs[folded[start:end]].append((start, worth))
    for name, places in runs.items():
        worths = [worth for _, worth in places]
        if max(worths) >= 3.2 or (len(worths) > 1 and sum(worths) / len(worths) >= 1.8):
            for start, _ in places:
                yield HanPerson(start, start + len(name), name, "name by sound")


def _trimmed(folded: str, match: re.Match[str]) -> tuple[int, int]:
    """Return where a dotted name begins and ends when words run into it on either side; an empty span for none."""
    first_dot = match.start() + min(i for i in map(match.group().find, "·.") if i >= 0)
    last_dot = match.start() + max(map(match.group().rfind, "·."))
    inside = range(match.start(), first_dot)
    titled = [p for p in inside if role_ends(folded, p)]
    edges = [_after_linking(folded, titled[-1])] if titled else [p for p in inside if precedes(folded, p) > 0]
    start = edges[0] if edges else _sounding_back(folded, first_dot, match.start())
    for end in range(last_dot + 2, match.end() + 1):
        if follows(folded, end) >= 0.8 or (end - last_dot > 2 and _word_begins(folded, end)):
            return start, end
    end = last_dot + 1
    while end < match.end() and folded[end] in _SOUND:
        end += 1
    return (start, end) if end > last_dot + 1 else (start, start)


def _after_linking(folded: str, start: int) -> int:
    """Return where a name begins after a title and 叫 or 是."""
    return start + 1 if folded[start] in "叫是名为即" else start


def _word_begins(folded: str, start: int) -> bool:
    """Say whether a word begins here that no name by sound goes on with: 加入, but not 提及."""
    return is_word(folded[start : start + 2]) and folded[start + 1] not in _SOUND and folded[start + 1] not in "及和与"


def _sounds(name: str) -> bool:
    """Say whether a dotted name is mostly written with the characters of foreign sounds, and no part is a word."""
    parts = re.split("[·.]", name)
    letters = [c for part in parts for c in part]
    ordinary = any(is_word(part) and not (len(part) > 2 and all(c in _SOUND for c in part)) for part in parts)
    if len(parts) < 2 or ordinary or max(map(len, parts)) < 2:
        return False
    return sum(c in _SOUND for c in letters) >= 0.6 * len(letters)


def _sounding_back(folded: str, dot: int, free: int) -> int:
    start = dot
    while start > free and folded[start - 1] in _SOUND:
        start -= 1
    return start


def _sound_candidates(folded: str, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    """Yield the whole run, where title or verb stand beside it and it is no ordinary word."""
    for position in range(end - 1, start, -1):
        if role_ends(folded, position) and end - position >= 2:
            start = position
            break
    while end - start > 3 and is_word(folded[end - 2 : end]):
        end -= 2
    name = folded[start:end]
    if any(is_word(name[:length]) or is_word(name[-length:]) for length in (2, 3) if len(name) > length + 1):
        return
    if len(name) < 3 or is_word(name) or name in phrases("places_han") or _cuts(folded, start) or _cuts(folded, end):
        return
    left = 2.4 if role_ends(folded, start) else precedes(folded, start)
    right = -3.0 if _EPONYM.match(folded, end) else follows(folded, end)
    if left > 0 and right > 0:
        yield start, end, left + right
