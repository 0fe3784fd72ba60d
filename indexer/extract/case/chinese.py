"""What does a Chinese sentence say was done to whom?

The sentence is read folded, clause by clause (clauses end at commas).  Words of arrest, charge, trial and sentence
are found first; then the person they were done to: what 将, 把, 对 or an active verb takes ("拘捕前主席X"), the head
that an attribute describes ("被判囚七年的X"), the subject of a passive clause ("X被控…"), the topic that earlier
clauses leave standing, or the person of the sentence before.  A person who acts, speaks, or stands there by kinship
or profession (X的律师, 法官X, X称) is a bystander, and so is whoever stands between 被 and the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from indexer.extract.case.chinese_patient import Patients
from indexer.extract.case.chinese_people import Person, people_in
from indexer.extract.case.chinese_words import (
    ADMITTED,
    COURT,
    FEARED,
    FORCED,
    HOPED,
    IF,
    MUST,
    OF_OTHERS,
    OF_PAPERS,
    PASSIVE,
    PLEADS_TO,
    STATUS,
    TO_OTHERS,
    TRIGGER,
    UNNAMED_HEAD,
    UNREAL,
    WISHED,
)
from indexer.extract.case.scene import Event, Memory, Scene
from indexer.fold import Folded

Modality = Literal["stated", "reported", "claimed"]


def chinese_events(scene: Scene, memory: Memory) -> list[Event]:
    """Return what ``scene`` says happened, in order, and bring ``memory`` up to date with the people in it."""
    folded = scene.folded
    persons = people_in(scene, folded)
    if not any(TRIGGER.finditer(folded.text)):
        _remember(scene, persons, (), memory)
        return []
    reading = _Reading(scene, folded, persons, memory)
    events = list(reading.events())
    _remember(scene, persons, events, memory)
    return events


def _remember(scene: Scene, persons: Sequence[Person], events: Sequence[Event], memory: Memory) -> None:
    for person in persons:
        if len(person.ids) > 1:
            memory.remember(person.ids, scene)
    named = [event.persons for event in events if event.persons]
    if named:
        memory.told, memory.told_scene = tuple(dict.fromkeys(id for ids in named for id in ids)), scene
    free = [person.ids for person in persons if not person.bystander]
    if named:
        memory.remember(named[-1], scene)
    elif free:
        memory.remember(free[0], scene)
    elif persons and not persons[0].official:
        memory.remember(persons[0].ids, scene)


class _Reading:
    """One sentence being read from left to right, in folded offsets."""

    def __init__(self, scene: Scene, folded: Folded, persons: Sequence[Person], memory: Memory) -> None:
        self._scene = scene
        self._folded = folded
        self._text = folded.text
        #: The text without the names of offences, whose own words (非法集会, 恐怖主义) mean nothing here.
        self._plain = _without(self._text, [(self._offset(c.start), self._offset(c.end)) for c in scene.charges])
        self._done: list[tuple[int, Event]] = []
        self._clauses = [(m.start(), m.end()) for m in re.finditer(r"[^,;:]+", self._text)]
        self._patients = Patients(scene, self._text, self._plain, persons, self._clauses, memory, self._done)

    def events(self) -> Iterator[Event]:
        """Yield what happened, in the order of the words."""
        for match in TRIGGER.finditer(self._text):
            event = self._event(match)
            if event is not None:
                self._done.append((match.start(), event))
                yield event

    def _event(self, match: re.Match[str]) -> Event | None:
        status = match.lastgroup or ""
        clause = self._clause(match.start())
        before = self._plain[clause[0] : match.start()]
        if self._unreal(before, status, match.start()) or not self._fits(status, match, clause):
            return None
        persons, origin = self._patients.of(match, clause)
        if not persons:
            persons = self._patients.members(match)
        if persons is None:
            return None
        end_of_words = match.end()
        if match.group() in ("拒绝", "拒", "撤销", "准许", "准予", "准"):  # 拒绝X保释
            end_of_words = self._text.index("保释", match.end()) + 2
        low, high = self._folded.original(match.start(), end_of_words)
        start, end = self._scene.start + low, self._scene.start + high
        words = self._scene.text[start:end]
        return Event(STATUS.get(status, status), words, start, end, persons, self._modality(match), origin)

    def _clause(self, offset: int) -> tuple[int, int]:
        return next((c for c in self._clauses if c[0] <= offset < c[1]), (0, len(self._text)))

    def _unreal(self, before: str, status: str, offset: int) -> bool:
        if status == "released" and (WISHED.search(before) or HOPED.search(self._text, 0, offset)):
            return True
        if FEARED.search(before):
            return True
        if IF.search(self._text, max(0, offset - 60), offset):
            return True
        if self._text[offset] in "被遭" and before.endswith(("会", "将")):
            return True
        if self._text.startswith(("还押", "还柙"), offset) and before.endswith(MUST):
            return False  # 须还押: the court has said so
        unreal = UNREAL.search(before)
        # 曾未, 未经: the negation belongs to a name of an offence, which stands before it.
        return unreal is not None and not re.match(r"未经|非法|免职|不服|未成年|没收", before[unreal.start() :])

    def _fits(self, status: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
        word = match.group()
        after, before = self._text[match.end() :], self._text[clause[0] : match.start()]
        if before.endswith(("其他", "其它")) or OF_OTHERS.match(after):
            return False  # 其他被控…的人, 被抓的还有…
        if OF_PAPERS.match(after):
            return False
        head = UNNAMED_HEAD.match(after)
        if head and not self._patients.members(match) and not self._patients.is_named(match.end() + head.end()):
            return False  # 被捕人士, 被判刑的三人
        if status == "sentenced" and not self._penalty_after(match.start()):
            bare = word in ("判刑", "判监", "判囚", "判入狱", "获刑", "领刑")
            return bare and (bool(PASSIVE.search(before)) or word[0] in "获领") and not after.startswith("押后")
        if status == "pleaded":
            return self._pleads(match, clause)
        if status == "charged":
            named = any(abs(self._offset(c.start) - match.end()) < 40 for c in self._scene.charges)
            return named or word != "公诉"
        if word == "开庭":  # of whatever case; the accused only where an accusation is told
            return bool(self._scene.charges) or re.search(r"被控|涉嫌|被告", self._text) is not None
        if word == "定罪":
            return bool(PASSIVE.search(before) or re.search(r"以[^,。]{2,24}\Z", before))
        return True

    def _pleads(self, match: re.Match[str], clause: tuple[int, int]) -> bool:
        """Say whether somebody admits a charge before a court, and not a deed, or before a camera."""
        if TO_OTHERS.search(self._text, clause[0], match.start()) or FORCED.search(self._text, 0, match.start()):
            return False
        if match.group() == "认罪" or PLEADS_TO.match(self._text, match.end()):
            return COURT.search(self._text) is not None
        for charge in self._scene.charges:
            start, end = self._offset(charge.start), self._offset(charge.end)
            if start >= match.end() and ADMITTED.fullmatch(self._text, match.end(), start):
                return self._text[end - 1] == "罪" or COURT.search(self._text) is not None
        return False

    def _penalty_after(self, offset: int) -> bool:
        return any(-2 <= self._offset(p.start) - offset <= 34 for p in self._scene.penalties)

    def _offset(self, original: int) -> int:
        return self._folded.offset(original - self._scene.start)

    def _modality(self, match: re.Match[str]) -> Modality:
        before = self._text[: match.start()]
        if re.search(r"据报|据悉|据了解|消息指?|传出|传闻|疑似|疑|有报道|报道(?:指|称|说)?|网传", before):
            return "reported"
        if re.search(
            r"(?:称|表示|声称|透露|说|指出|据[^,。]{2,12}(?:称|说|消息))[^。]{0,60}\Z", before
        ) and not before.endswith("涉"):
            return "claimed"
        return "stated"


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Blank spans out, keeping every offset."""
    for start, end in spans:
        text = text[:start] + "□" * (end - start) + text[end:]
    return text
