"""Who stands in a Chinese sentence: people by name and lists of them, and who of them only stands by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.extract.case.chinese_words import (
    BYSTANDER_AFTER,
    BYSTANDER_BEFORE,
    IN_OFFICE,
    KIN,
    LIST_GAP,
    NO_TITLE,
    OFFICIAL,
    TOGETHER_AFTER,
    TOGETHER_BEFORE,
)
from indexer.extract.case.scene import Named, Scene
from indexer.fold import Folded


@dataclass(frozen=True, slots=True)
class Person:
    """One person, or the people of one list, in folded offsets of the sentence.

    ``bystander``: somebody who speaks, acts or stands there by another right.  ``official``: a judge or prosecutor,
    whom no later sentence means by "he" or by nothing.
    """

    ids: tuple[str, ...]
    start: int
    end: int
    bystander: bool
    official: bool = False


def people_in(scene: Scene, folded: Folded) -> list[Person]:
    """Return the people whom a sentence names, those of one list together, in order."""
    spans = [(folded.offset(p.start - scene.start), folded.offset(p.end - scene.start), p) for p in scene.persons]
    people: list[Person] = []
    members: list[tuple[int, int, Named]] = []
    for number, span in enumerate(spans):
        if KIN.match(folded.text, span[1]):
            people.append(_person(folded.text, [span]))
            continue
        if members:
            aside = spans[number - 1] if spans[number - 1] is not members[-1] else None
            gap = folded.text[members[-1][1] : aside[0] if aside else span[0]]
            listed = LIST_GAP.match(gap)
            same = span[2].id == members[-1][2].id and re.fullmatch(r" ?\(?", gap)
            if not same and not (listed and not NO_TITLE.search(listed["titles"])):
                people.append(_person(folded.text, members))
                members = []
        members.append(span)
    if members:
        people.append(_person(folded.text, members))
    return sorted(people, key=lambda person: person.start)


def _person(text: str, members: Sequence[tuple[int, int, Named]]) -> Person:
    start, end = members[0][0], members[-1][1]
    before = BYSTANDER_BEFORE.search(text, max(0, start - 14), start)
    after = BYSTANDER_AFTER.match(text, end, end + 24)
    in_office = text[max(0, start - 1) : start] in ("在", "于") and IN_OFFICE.match(text, end, end + 24)
    together = TOGETHER_BEFORE.search(text, max(0, start - 14), start) and TOGETHER_AFTER.match(text, end)
    official = OFFICIAL.search(text, max(0, start - 8), start) is not None
    ids = tuple(dict.fromkeys(m[2].id for m in members))
    return Person(ids, start, end, bool(before or after or in_office or together or official), official)
