"""Who was charged with what, when, with which outcome, and in which words does the document say so?

``find_cases`` reads a document sentence by sentence.  ``english`` and ``chinese`` say what happened to
whom; ``draft`` adds the charges, penalty, date and authority that the same sentence gives, folds what one
sentence says of the same people into one case of the furthest status, and follows a charge into the next sentence
("They were convicted …", basis "coreference").

Conventions where a text is less precise than contract.md's list of statuses (``status_text`` always keeps the
source's own word): an accusation by an authority is "charged"; a remand (還押) and a detention on suspicion of a
crime are "criminally_detained"; a detention of which no more is said is "arrested".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from indexer.authority import Authority
from indexer.extract.case.chinese import chinese_events
from indexer.extract.case.draft import Draft, drafts
from indexer.extract.case.english import english_events
from indexer.extract.case.follow import inherited, without_repeats
from indexer.extract.case.scene import Memory, Scene, scenes
from indexer.extract.jurisdiction import Jurisdictions, country_name
from indexer.fold import Folded, fold
from indexer.model import Case, DateMention, Document, Entity, Stretch

__all__ = ["find_cases"]


def find_cases(
    document: Document,
    entities: Sequence[Entity],
    dates: Sequence[DateMention],
    authority: Authority | None = None,
) -> tuple[Case, ...]:
    """Return the cases that ``document`` tells of, in the order of the text.

    ``entities`` are the document's persons, charges and places with their mentions, ``dates`` what ``find_dates``
    gave.  ``authority`` gives the jurisdictions of charges and places; without it only words of the text decide.
    Every evidence stretch is an exact part of ``document.text``.  Nobody who is not named is in a case.
    """
    text = document.text
    memory = Memory()
    found: list[Draft] = []
    for scene in scenes(document, entities, dates):
        events = chinese_events(scene, memory) if scene.chinese else english_events(scene, memory)
        found = inherited(found, list(drafts(scene, events)))
    where = _Where(text, authority)
    cases = [_case(draft, document, where) for draft in found if draft.persons]
    return tuple(without_repeats(cases))


def _ahead(date: str | None, published: str | None) -> bool:
    """Say whether a date lies after publication: it is that of something announced, not of what happened."""
    if date is None or published is None:
        return False
    length = min(len(date), len(published))
    return date[:length] > published[:length]


class _Where:
    """Which country a case belongs to: that of its charges, else the one of which the text there speaks."""

    def __init__(self, text: str, authority: Authority | None) -> None:
        self._text = text
        self._authority = authority

    @cached_property
    def _folded(self) -> Folded:
        return fold(self._text)

    @cached_property
    def _jurisdictions(self) -> Jurisdictions:
        matches = self._authority.find(self._folded, self._text) if self._authority is not None else []
        return Jurisdictions(self._folded.text, matches, self._authority or Authority())

    def of(self, draft: Draft) -> str | None:
        """Return the English name of the jurisdiction, None where neither charge nor text tells."""
        codes = set()
        for charge in draft.charges:
            record = self._authority.get("charge", charge) if self._authority else None
            if record is not None and record.attributes.get("jurisdiction"):
                codes.add(str(record.attributes["jurisdiction"]))
        if len(codes) == 1:
            return country_name(codes.pop(), self._authority)
        spans = [self._in_folded(scene) for scene in reversed(draft.evidence)]
        return country_name(self._jurisdictions.at(spans), self._authority)

    def _in_folded(self, scene: Scene) -> tuple[int, int]:
        starts = self._folded.starts
        if starts is None:
            return scene.start, scene.end
        return bisect_left(starts, scene.start), bisect_left(starts, scene.end)


def _case(draft: Draft, document: Document, where: _Where) -> Case:
    penalty = draft.penalty
    return Case(
        persons=draft.persons,
        charges=draft.charges,
        status=draft.event.status,
        status_text=draft.event.words,
        sentence=replace(penalty.sentence, text=document.text[penalty.start : penalty.end]) if penalty else None,
        date=None if _ahead(draft.date, document.date) else draft.date,
        authority=draft.authority,
        jurisdiction=where.of(draft),
        basis="coreference" if draft.coreference else "stated",
        modality=draft.event.modality,
        as_of=document.date,
        evidence=tuple(_stretch(scene) for scene in draft.evidence),
    )


def _stretch(scene: Scene) -> Stretch:
    """Return the sentence as evidence, without the mark of its list."""
    start = scene.start
    mark = re.compile(r"[•·*▪–—\-\s]+|\d{1,2}[.)]\s+").match(scene.text, start, scene.end)
    start = mark.end() if mark and mark.end() < scene.end else start
    return Stretch(start, scene.end, scene.text[start : scene.end])
