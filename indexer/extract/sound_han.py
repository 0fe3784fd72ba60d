"""Which names does a Chinese text write by sound?  Foreign, Uyghur, Tibetan and Mongolian ones, in folded text.

With a dot between its parts such a name shows itself; Tibetan ones are made of few known parts; others need a
title before them or a verb of saying after them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.extract.anchored import Opened
from indexer.extract.han_words import cuts, follows, is_word, precedes, role_ends
from indexer.extract.lexicon import phrases, words

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
#: What makes a name the name of a thing: 诺贝尔和平奖.
EPONYM = re.compile(
    r"(?:和平|文学|物理|经济|化学|人权|国际)?奖|故居|纪念|主义|思想|大街|大道|图书馆|基金|教会|书院|中学|小学|"
    "律师事务所|派出所|监狱|看守所|[区县市镇乡村省州](?![长委议书])|路(?![过上经人透])"
)


@dataclass(frozen=True, slots=True)
class HanPerson:
    """A person's name at ``start:end`` of the folded text; ``rule`` says what spoke for it."""

    start: int
    end: int
    name: str
    rule: str


class Occupied:
    """Which characters already belong to a name."""

    def __init__(self, length: int, spans: Sequence[tuple[int, int]] = ()) -> None:
        self._taken = bytearray(length)
        for start, end in spans:
            self.add(start, end)

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether a stretch shares a character with a name."""
        return self._taken.find(1, start, end) >= 0

    def add(self, start: int, end: int) -> None:
        """Give a stretch to a name."""
        self._taken[start:end] = b"\x01" * (end - start)


_SOUND = "".join(sorted(words("transliteration_han")))
#: A part between two dots has no 和: 甲·乙和丙·丁 are two.
_DOTTED = re.compile(rf"[{_HAN}]{{1,7}}(?:[·.](?:(?![和与及或])[{_HAN}]){{1,7}}(?=[·.])){{0,3}}[·.][{_HAN}]{{1,9}}")
_DOT = re.compile(rf"[{_HAN}][·.](?=[{_HAN}])")
_TIBETAN = Opened(
    re.compile(f"(?:{'|'.join(sorted(words('tibetan_han')))}){{2,3}}"), (word[0] for word in words("tibetan_han"))
)
#: Endings of Uyghur and Kazakh names, and what they are worth.
_ENDING = re.compile("(?:江|古丽|古力|别克|买提|买买提|木提|阿吉|巴依|丽娅|夏提|依明|吾提|尔汗|阿洪|阿訇|拜克|努尔)\\Z")
_ENDING_WORTH = 1.0
_SOUND_RUN = Opened(re.compile(rf"(?:阿不[都杜])?[{_SOUND}][{_SOUND}因]{{0,6}}[{_SOUND}]"), f"阿{_SOUND}")


def by_sound(folded: str) -> Iterator[HanPerson]:
    """Yield the names that Chinese writes by sound, without overlap."""
    occupied = Occupied(len(folded))
    parts: set[str] = set()
    match = _dotted(folded, 0)
    while match:
        start, end = _trimmed(folded, match)
        if _sounds(folded[start:end]):
            occupied.add(start, end)
            yield HanPerson(start, end, folded[start:end], "name by sound")
            parts.update(p for p in re.split("[·.]", folded[start:end]) if _stands_for_name(p))
        match = _dotted(folded, max(end, match.start() + 1))
    for match in _TIBETAN.finditer(folded):
        if not occupied.overlaps(*match.span()):
            occupied.add(*match.span())
            yield HanPerson(*match.span(), match.group(), "Tibetan name")
    for part in sorted(parts, key=len, reverse=True):
        for start in _places(folded, part):
            if not occupied.overlaps(start, start + len(part)):
                occupied.add(start, start + len(part))
                yield HanPerson(start, start + len(part), part, "part of a name by sound")
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


def _dotted(folded: str, start: int) -> re.Match[str] | None:
    """Return the first dotted name at ``start`` or later: looked for from its dot, seven characters back at most."""
    dot = _DOT.search(folded, start)
    return _DOTTED.search(folded, max(start, dot.start() - 6)) if dot else None


def _stands_for_name(part: str) -> bool:
    """Say whether one part of a dotted name can stand for all of it: 祖丽胡玛尔, 莱博维茨."""
    return len(part) > 2 and not is_word(part) and part not in phrases("places_han")


def _places(folded: str, name: str) -> Iterator[int]:
    start = folded.find(name)
    while start >= 0:
        yield start
        start = folded.find(name, start + len(name))


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
    if len(name) < 3 or is_word(name) or name in phrases("places_han") or cuts(folded, start) or cuts(folded, end):
        return
    left = 2.4 if role_ends(folded, start) else precedes(folded, start)
    left += _ENDING_WORTH if _ENDING.search(name) else 0.0
    right = -3.0 if EPONYM.match(folded, end) else follows(folded, end)
    if left > 0 and right > 0:
        yield start, end, left + right
