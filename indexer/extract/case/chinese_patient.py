"""Whom does a Chinese word of arrest, charge or sentence concern: object, subject, topic, one named before?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extract.case.chinese_people import Person
from indexer.extract.case.chinese_words import (
    ACTIVE,
    AGENT_MARK,
    AT_COURT,
    ATTRIBUTE,
    COURT_FINDS,
    FIRST_PERSON,
    GENERIC_SUBJECT,
    INCLUDING,
    LEAD_IN,
    NO_LEAD,
    OBJECT_MARK,
    OTHER_SUBJECT,
    OTHERS_TOO,
    PASSIVE,
    PLURAL,
    PLURAL_ANYWHERE,
    SINGULAR,
    SPEECH_CLAUSE,
    TAKES_OBJECT,
    TITLE_GAP,
    TITLE_STOP,
    WITHOUT_SUBJECT,
)
from indexer.extract.case.scene import Event, Memory, Scene
from indexer.extract.numerals import han_number

#: The end of somebody's words that began in an earlier sentence: who speaks is not who is spoken of.
_QUOTE_ENDS = re.compile("\\A[^“「『”」』]*[”」』]")


class Patients:
    """Finds, in one folded sentence, the people to whom something was done.

    ``plain`` is the sentence without the names of offences, ``clauses`` where its clauses lie.  ``done`` holds the
    events found so far and where they begin; its owner appends to it.
    """

    def __init__(
        self, scene: Scene, text: str, plain: str, persons: Sequence[Person], clauses: Sequence[tuple[int, int]],
        memory: Memory, done: list[tuple[int, Event]],
    ) -> None:  # fmt: skip
        self._scene = scene
        self._text = text
        self._plain = plain
        self._persons = persons
        self._clauses = clauses
        self._memory = memory
        self._done = done

    def of(self, match: re.Match[str], clause: tuple[int, int]) -> tuple[tuple[str, ...] | None, Scene | None]:
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
            if _acts(AT_COURT.sub("", before)):
                return self._standing(match) if ended else ((), None)
        elif marked and not passive:
            return marked[-1].ids, None
        return self._subject(match, clause, left)

    def _attributed(self, match: re.Match[str], clause: tuple[int, int]) -> Person | None:
        """Return X of "被判囚七年的X"."""
        person = next((p for p in self._persons if p.start >= match.end()), None)
        if person is None or person.start > clause[1]:
            return None
        gap = ATTRIBUTE.match(self._text, match.end(), person.start)
        passive = PASSIVE.search(self._text, clause[0], match.start()) or match.group()[0] in "被遭获"
        if gap and match.group() in TAKES_OBJECT and not passive and not gap.group().startswith("的"):
            return None  # 起诉报社的X is the one who sues
        return person if gap and not TITLE_STOP.search(gap["titles"]) else None

    def _object(self, match: re.Match[str], clause: tuple[int, int]) -> Person | None:
        person = next((p for p in self._persons if p.start >= match.end()), None)
        if person is None or person.start >= clause[1]:
            return None
        gap = TITLE_GAP.match(self._text, match.end(), person.start)
        return person if gap and not TITLE_STOP.search(gap.group()) else None

    def _subject(
        self, match: re.Match[str], clause: tuple[int, int], left: Sequence[Person]
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
            if OTHER_SUBJECT.fullmatch(since) and not OTHERS_TOO.match(since):
                return (), None
            return free[-1].ids, None
        found = self._anaphor(before, match)
        if found is not None:
            return found
        if COURT_FINDS.match(before.lstrip()) and match.lastgroup in ("convicted", "acquitted"):
            return self._topic(match, clause)
        if GENERIC_SUBJECT.search(AT_COURT.sub("", before)) or [p for p in left if p.bystander and p.end <= limit]:
            return (), None
        if not WITHOUT_SUBJECT.fullmatch(before):
            return (), None  # somebody stands there whose name was not recognised
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
            told = memory.told_scene
            if told is not None and told.paragraph == self._scene.paragraph and count == len(memory.told):
                return tuple(i for i in memory.told if i not in self._excepted()), told
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
        if self._done and not self._another_since(match):
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

    def _opens(self, person: Person, start: int) -> bool:
        """Say whether a person stands at the head of a clause, with nothing but a date or titles before."""
        lead = LEAD_IN.match(self._plain, start, person.start)
        before = self._plain[lead.end() if lead else start : person.start]
        return len(before) <= 18 and not NO_LEAD.search(before)

    def _fills(self, person: Person, start: int, end: int) -> bool:
        """Say whether a clause is nothing but a person with titles, however long: 著名异见人士、某某组织创办人X，"""
        if person.end < end:
            return False
        before = re.sub(r"「[^」]*」|\"[^\"]*\"", "", self._plain[start : person.start])
        if before.endswith("的") and len(before) <= 40 and not re.search(r"声援|支持|采访|会见|探望|代表|批评", before):
            return True  # 同样被捕的X，
        return len(before) <= 40 and not NO_LEAD.search(before)

    def _recalled(self, match: re.Match[str], before: str) -> tuple[tuple[str, ...], Scene | None]:
        earlier = [p for p in self._persons if p.end <= match.start() - len(before) and not p.official]
        free = [p for p in earlier if not p.bystander]
        if len(free) == 1 and len(free[0].ids) == 1 and len({p.ids for p in earlier}) == 1:
            return free[0].ids, None
        memory = self._memory
        if _QUOTE_ENDS.search(self._scene.words):
            return (), None
        if not earlier and memory.one and memory.one_scene and memory.one_scene.paragraph == self._scene.paragraph:
            return memory.one, memory.one_scene
        return (), None

    def is_named(self, offset: int) -> bool:
        """Say whether a person's name follows, with nothing but titles between: 传唤律师X, 被捕律师X."""
        person = next((p for p in self._persons if p.start >= offset), None)
        gap = self._text[offset : person.start] if person is not None else "的"
        return len(gap) <= 8 and not re.search(r"[,。;:的、和与及后时]", gap)

    def members(self, match: re.Match[str]) -> tuple[str, ...]:
        """Return the people whom the text names as members of the group just spoken of, () where it names none."""
        person = next((p for p in self._persons if p.start >= match.end()), None)
        named = person is not None and INCLUDING.match(self._text, match.end(), person.start)
        return person.ids if person is not None and named else ()

    def _standing(self, match: re.Match[str]) -> tuple[tuple[str, ...], Scene | None]:
        """Return the people of the event before, if nobody was named since: "…被拘留，后来法院判刑两年"."""
        if self._done and not self._another_since(match):
            return self._done[-1][1].persons, self._done[-1][1].origin
        return (), None

    def _another_since(self, match: re.Match[str]) -> bool:
        """Say whether anybody but the people of the event before is named between it and these words."""
        at, event = self._done[-1]
        return any(at < p.start < match.start() and not set(p.ids) <= set(event.persons) for p in self._persons)


def _acts(before: str) -> bool:
    """Say whether the clause has somebody who acts: police, a court, the state."""
    return (
        re.search(r"警方|警察|公安|国安|法院|法庭|检察院|检方|控方|当局|政府|官|律政司|中国|中共", before) is not None
    )
