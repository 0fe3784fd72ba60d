"""What does a Chinese sentence say was done to whom?

The sentence is read folded, clause by clause (clauses end at commas).  Words of arrest, charge, trial and sentence
are found first; then the person they were done to: what 将, 把, 对 or an active verb takes ("拘捕前主席X"), the head
that an attribute describes ("被判囚七年的X"), the subject of a passive clause ("X被控…"), the topic that earlier
clauses leave standing, or the person of the sentence before.  A person who acts, speaks, or stands there by kinship
or profession (X的律师, 法官X, X称) is a bystander, and so is whoever stands between 被 and the verb.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.extract.case.chinese_words import (
    ACTIVE,
    AGENT_MARK,
    ATTRIBUTE,
    BYSTANDER_AFTER,
    BYSTANDER_BEFORE,
    FEARED,
    FIRST_PERSON,
    GENERIC_SUBJECT,
    HOPED,
    INCLUDING,
    LEAD_IN,
    LIST_GAP,
    NO_LEAD,
    NO_TITLE,
    OBJECT_MARK,
    OF_PAPERS,
    OTHERS_TOO,
    PASSIVE,
    PLURAL,
    PLURAL_ANYWHERE,
    SINGULAR,
    SPEECH_CLAUSE,
    STATUS,
    TAKES_OBJECT,
    TITLE_GAP,
    TITLE_STOP,
    TRIGGERS,
    UNNAMED_HEAD,
    UNREAL,
    WISHED,
)
from indexer.extract.case.scene import Event, Memory, Named, Scene
from indexer.extract.numerals import han_number
from indexer.fold import Folded, fold

Modality = Literal["stated", "reported", "claimed"]


@dataclass(frozen=True, slots=True)
class _Person:
    """One person, or the people of one list, in folded offsets of the sentence."""

    ids: tuple[str, ...]
    start: int
    end: int
    bystander: bool


def chinese_events(scene: Scene, memory: Memory) -> list[Event]:
    """Return what ``scene`` says happened, in order, and bring ``memory`` up to date with the people in it."""
    folded = fold(scene.words)
    persons = _persons(scene, folded)
    if not TRIGGERS.search(folded.text):
        _remember(scene, persons, (), memory)
        return []
    reading = _Reading(scene, folded, persons, memory)
    events = list(reading.events())
    _remember(scene, persons, events, memory)
    return events


def _remember(scene: Scene, persons: Sequence[_Person], events: Sequence[Event], memory: Memory) -> None:
    for person in persons:
        if len(person.ids) > 1:
            memory.remember(person.ids, scene)
    named = [event.persons for event in events if event.persons]
    free = [person.ids for person in persons if not person.bystander]
    if named:
        memory.remember(named[-1], scene)
    elif free:
        memory.remember(free[0], scene)
    elif persons:
        memory.remember(persons[0].ids, scene)


def _persons(scene: Scene, folded: Folded) -> list[_Person]:
    spans = [
        (_to_folded(folded, p.start - scene.start), _to_folded(folded, p.end - scene.start), p) for p in scene.persons
    ]
    people: list[_Person] = []
    members: list[tuple[int, int, Named]] = []
    for span in spans:
        if members:
            gap = folded.text[members[-1][1] : span[0]]
            listed = LIST_GAP.match(gap)
            same = span[2].id == members[-1][2].id and re.fullmatch(r" ?\(?", gap)
            if not same and not (listed and not NO_TITLE.search(listed["titles"])):
                people.append(_person(folded.text, members))
                members = []
        members.append(span)
    if members:
        people.append(_person(folded.text, members))
    return people


def _person(text: str, members: Sequence[tuple[int, int, Named]]) -> _Person:
    start, end = members[0][0], members[-1][1]
    before = BYSTANDER_BEFORE.search(text, max(0, start - 14), start)
    after = BYSTANDER_AFTER.match(text, end, end + 24)
    return _Person(tuple(dict.fromkeys(m[2].id for m in members)), start, end, bool(before or after))


def _to_folded(folded: Folded, offset: int) -> int:
    return offset if folded.starts is None else bisect_left(folded.starts, offset)


class _Reading:
    """One sentence being read from left to right, in folded offsets."""

    def __init__(self, scene: Scene, folded: Folded, persons: Sequence[_Person], memory: Memory) -> None:
        self._scene = scene
        self._folded = folded
        self._text = folded.text
        self._persons = persons
        self._memory = memory
        #: The text without the names of offences, whose own words (非法集会, 恐怖主义) mean nothing here.
        self._plain = _without(self._text, [(self._offset(c.start), self._offset(c.end)) for c in scene.charges])
        self._done: list[tuple[int, Event]] = []
        self._clauses = [(m.start(), m.end()) for m in re.finditer(r"[^,;]+", self._text)]

    def events(self) -> Iterator[Event]:
        """Yield what happened, in the order of the words."""
        for match in TRIGGERS.finditer(self._text):
            event = self._event(match)
            if event is not None:
                self._done.append((match.start(), event))
                yield event

    def _standing(self, match: re.Match[str]) -> tuple[tuple[str, ...], Scene | None]:
        """Return the people of the event before, if nobody was named since: "…被拘留，后来法院判刑两年"."""
        if self._done:
            at, event = self._done[-1]
            if not any(at < p.start < match.start() for p in self._persons):
                return event.persons, event.origin
        return (), None

    def _event(self, match: re.Match[str]) -> Event | None:
        status = match.lastgroup or ""
        clause = self._clause(match.start())
        before = self._plain[clause[0] : match.start()]
        if self._unreal(before, status, match.start()) or not self._fits(status, match, clause):
            return None
        persons, origin = self._patient(match, clause)
        if not persons:
            persons = self._members(match)
        if persons is None:
            return None
        end_of_words = match.end()
        if match.group() in ("拒绝", "拒", "撤销", "准许", "准予", "准"):  # 拒绝X保释
            end_of_words = self._text.index("保释", match.end()) + 2
        low, high = self._folded.original(match.start(), end_of_words)
        start, end = self._scene.start + low, self._scene.start + high
        words = self._scene.text[start:end]
        return Event(STATUS.get(status, status), words, start, end, persons, self._modality(match), origin)

    def _members(self, match: re.Match[str]) -> tuple[str, ...]:
        """Return the people whom the text names as members of the group just spoken of, () where it names none."""
        person = next((p for p in self._persons if p.start >= match.end()), None)
        named = person is not None and INCLUDING.match(self._text, match.end(), person.start)
        return person.ids if person is not None and named else ()

    def _clause(self, offset: int) -> tuple[int, int]:
        return next((c for c in self._clauses if c[0] <= offset < c[1]), (0, len(self._text)))

    def _unreal(self, before: str, status: str, offset: int) -> bool:
        if status == "released" and (WISHED.search(before) or HOPED.search(self._text, 0, offset)):
            return True
        if FEARED.search(before):
            return True
        if self._text[offset] in "被遭" and before.endswith(("会", "将")):
            return True
        unreal = UNREAL.search(before)
        # 曾未, 未经: the negation belongs to a name of an offence, which stands before it.
        return unreal is not None and not re.match(r"未经|非法|免职|不服|未成年|没收", before[unreal.start() :])

    def _fits(self, status: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
        word = match.group()
        after, before = self._text[match.end() :], self._text[clause[0] : match.start()]
        if (UNNAMED_HEAD.match(after) and not self._members(match)) or OF_PAPERS.match(after):
            return False  # 被捕人士, 被判刑的三人
        if status == "sentenced" and not self._penalty_after(match.start()):
            bare = word in ("判刑", "判监", "判囚", "判入狱", "获刑", "领刑")
            return bare and (bool(PASSIVE.search(before)) or word[0] in "获领") and not after.startswith("押后")
        if status == "charged":
            named = any(abs(self._offset(c.start) - match.end()) < 40 for c in self._scene.charges)
            return named or word != "公诉"
        if word == "定罪":
            return bool(PASSIVE.search(before) or re.search(r"以[^,。]{2,24}\Z", before))
        return True

    def _penalty_after(self, offset: int) -> bool:
        return any(-2 <= self._offset(p.start) - offset <= 34 for p in self._scene.penalties)

    def _offset(self, original: int) -> int:
        return _to_folded(self._folded, original - self._scene.start)

    def _modality(self, match: re.Match[str]) -> Modality:
        before = self._text[: match.start()]
        if re.search(r"据报|据悉|据了解|消息指?|传出|传闻|疑似|疑|有报道|报道(?:指|称|说)?|网传", before):
            return "reported"
        if re.search(
            r"(?:称|表示|声称|透露|说|指出|据[^,。]{2,12}(?:称|说|消息))[^。]{0,60}\Z", before
        ) and not before.endswith("涉"):
            return "claimed"
        return "stated"

    # -- who

    def _patient(self, match: re.Match[str], clause: tuple[int, int]) -> tuple[tuple[str, ...] | None, Scene | None]:
        attributed = self._attributed(match, clause)
        if attributed is not None:
            return attributed.ids, None
        left = [p for p in self._persons if clause[0] <= p.start and p.end <= match.start()]
        marked = [p for p in left if OBJECT_MARK.search(self._text, clause[0], p.start)]
        before = self._text[clause[0] : match.start()]
        passive = PASSIVE.search(before) or match.group()[0] in "被遭获"
        if match.group() in ACTIVE and not passive:
            if marked:
                return marked[-1].ids, None
            taken = self._object(match, clause)
            if taken is not None:
                return taken.ids, None
            if re.search(r"(?:将|把|对)(?:他|她|其)", before):
                return self._recalled(match, before)
            ended = re.match(r"[,。!?;」]|\Z|后|[\d一二三四五六七八九十两有]", self._text[match.end() :])
            if match.group() in TAKES_OBJECT and not ended:
                return (), None
            if _acts(before):
                return self._standing(match) if ended else ((), None)
        elif marked and not passive:
            return marked[-1].ids, None
        return self._subject(match, clause, left)

    def _attributed(self, match: re.Match[str], clause: tuple[int, int]) -> _Person | None:
        """Return X of "被判囚七年的X"."""
        person = next((p for p in self._persons if p.start >= match.end()), None)
        if person is None or person.start > clause[1]:
            return None
        gap = ATTRIBUTE.match(self._text, match.end(), person.start)
        passive = PASSIVE.search(self._text, clause[0], match.start()) or match.group()[0] in "被遭获"
        if gap and match.group() in TAKES_OBJECT and not passive and not gap.group().startswith("的"):
            return None  # 起诉报社的X is the one who sues
        return person if gap and not TITLE_STOP.search(gap["titles"]) else None

    def _object(self, match: re.Match[str], clause: tuple[int, int]) -> _Person | None:
        person = next((p for p in self._persons if p.start >= match.end()), None)
        if person is None or person.start >= clause[1]:
            return None
        gap = TITLE_GAP.match(self._text, match.end(), person.start)
        return person if gap and not TITLE_STOP.search(gap.group()) else None

    def _subject(
        self, match: re.Match[str], clause: tuple[int, int], left: Sequence[_Person]
    ) -> tuple[tuple[str, ...] | None, Scene | None]:
        mark = AGENT_MARK.search(self._text, clause[0], match.start())
        limit = mark.start() if mark else match.start()
        free = [p for p in left if not p.bystander and p.end <= limit]
        before = self._plain[clause[0] : limit]
        if FIRST_PERSON.search(before[free[-1].end - clause[0] :] if free else before):
            return (), None
        if free:
            since = self._text[free[-1].end : limit]
            if not re.match(r"等|\([^)]*\)等", since) and PLURAL.search(since) and not OTHERS_TOO.match(since):
                return self._anaphor(since, match) or ((), None)
            return free[-1].ids, None
        found = self._anaphor(before, match)
        if found is not None:
            return found
        if GENERIC_SUBJECT.search(before) or [p for p in left if p.bystander and p.end <= limit]:
            return (), None
        return self._topic(match, clause)

    def _anaphor(self, before: str, match: re.Match[str]) -> tuple[tuple[str, ...], Scene | None] | None:
        """Return whom 两人, 他们 or 他 in a clause mean, None where there is no such word."""
        plural = PLURAL.search(before)
        if plural:
            count = han_number(plural["n"]) if plural["n"] else None
            earlier = [p.ids for p in self._persons if p.end <= match.start() and len(p.ids) > 1]
            named = tuple(
                dict.fromkeys(i for p in self._persons if p.end <= match.start() and not p.bystander for i in p.ids)
            )
            for ids in [*reversed(earlier), named]:
                if len(ids) > 1 and (count is None or len(ids) == count):
                    return ids, None
            memory = self._memory
            near = memory.many_scene is not None and self._scene.paragraph - memory.many_scene.paragraph <= 1
            if near and memory.many and (count is None or len(memory.many) == count):
                return tuple(i for i in memory.many if i not in self._excepted()), memory.many_scene
            return (), None
        return self._recalled(match, before) if SINGULAR.search(before) else None

    def _excepted(self) -> set[str]:
        """Return the people of "除X外"."""
        excepted = [
            p for p in self._persons
            if re.search(r"除了?\Z", self._text[max(0, p.start - 2) : p.start])
            and re.match(r"[^,]{0,8}外", self._text[p.end :])
        ]  # fmt: skip
        return {id for person in excepted for id in person.ids}

    def _topic(self, match: re.Match[str], clause: tuple[int, int]) -> tuple[tuple[str, ...] | None, Scene | None]:
        """Return the subject that the clauses before leave standing, else the person of the sentence before."""
        if self._done and not any(self._done[-1][0] < p.start < match.start() for p in self._persons):
            return self._standing(match)
        for start, end in reversed([c for c in self._clauses if c[1] <= clause[0]]):
            text = self._plain[start:end]
            people = [p for p in self._persons if start <= p.start and p.end <= end]
            if any(not p.bystander and (self._opens(p, start) or self._fills(p, start, end)) for p in people):
                return next(p.ids for p in people if not p.bystander), None
            if SPEECH_CLAUSE.search(text) or people:
                return (), None
            opening = LEAD_IN.match(text)
            anaphor = self._anaphor(text[: (opening.end() if opening else 0) + 6], match)
            if anaphor is not None:
                return anaphor
            if GENERIC_SUBJECT.search(text) or PLURAL_ANYWHERE.search(text):
                return (), None
        return self._recalled(match, "")

    def _opens(self, person: _Person, start: int) -> bool:
        """Say whether a person stands at the head of a clause, with nothing but a date or titles before."""
        lead = LEAD_IN.match(self._plain, start, person.start)
        before = self._plain[lead.end() if lead else start : person.start]
        return len(before) <= 18 and not NO_LEAD.search(before)

    def _fills(self, person: _Person, start: int, end: int) -> bool:
        """Say whether a clause is nothing but a person with titles, however long: 著名异见人士、某某组织创办人X，"""
        if person.end < end:
            return False
        before = re.sub(r"「[^」]*」|\"[^\"]*\"", "", self._plain[start : person.start])
        return len(before) <= 40 and not NO_LEAD.search(before)

    def _recalled(self, match: re.Match[str], before: str) -> tuple[tuple[str, ...], Scene | None]:
        earlier = [p for p in self._persons if p.end <= match.start() - len(before)]
        free = [p for p in earlier if not p.bystander]
        if len(free) == 1 and len(free[0].ids) == 1:
            return free[0].ids, None
        memory = self._memory
        if not earlier and memory.one and memory.one_scene and memory.one_scene.paragraph == self._scene.paragraph:
            return memory.one, memory.one_scene
        return (), None


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Blank spans out, keeping every offset."""
    for start, end in spans:
        text = text[:start] + "□" * (end - start) + text[end:]
    return text


def _acts(before: str) -> bool:
    """Say whether the clause has somebody who acts: police, a court, the state."""
    return (
        re.search(r"警方|警察|公安|国安|法院|法庭|检察院|检方|控方|当局|政府|官|律政司|中国|中共", before) is not None
    )
