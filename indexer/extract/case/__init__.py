"""Who was charged with what, when, with which outcome, and in which words does the document say so?

``find_cases`` reads a document sentence by sentence.  ``english`` and ``chinese`` say what happened to
whom; ``draft`` adds the charges, penalty, date and authority that the same sentence gives, folds what one
sentence says of the same people into one case of the furthest status, and follows a charge into the next sentence
("They were convicted …", basis "coreference").

Conventions where a text is less precise than contract.md's list of statuses (``status_text`` always keeps the
source's own word): an accusation by an authority is "charged", and so is a plea, guilty (承認控罪) or not, since
the finding is the court's; a remand (還押) and a detention on suspicion of a crime are "criminally_detained"; a
detention of which no more is said is "arrested".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.extract.annotated import AnnotatedText
from indexer.extract.case.chinese import chinese_events
from indexer.extract.case.draft import Draft, drafts
from indexer.extract.case.english import english_events
from indexer.extract.case.follow import inherited, without_repeats
from indexer.extract.case.scene import Memory, Scene, scenes
from indexer.extract.jurisdiction import country_name
from indexer.model import Case, DateMention, Document, Entity, Stretch

__all__ = ["find_cases"]


def find_cases(
    document: Document, text: AnnotatedText, entities: Sequence[Entity], dates: Sequence[DateMention]
) -> tuple[Case, ...]:
    """Return the cases that ``document`` tells of, in the order of the text.

    ``text`` is that of ``document``, ``entities`` are its persons, charges and places with their mentions, ``dates``
    what ``find_dates`` gave.  The authority files give the jurisdictions of charges and places; without them only
    words of the text decide.
    Every evidence stretch is an exact part of ``document.text``.  Nobody who is not named is in a case.
    """
    memory = Memory()
    found: list[Draft] = []
    for scene in scenes(document, text, entities, dates):
        events = chinese_events(scene, memory) if scene.chinese else english_events(scene, memory)
        found = inherited(found, list(drafts(scene, events)))
    cases = [_case(draft, document, text) for draft in found if draft.persons]
    return tuple(without_repeats(cases))


def _ahead(date: str | None, published: str | None) -> bool:
    """Say whether a date lies after publication: it is that of something announced, not of what happened."""
    if date is None or published is None:
        return False
    length = min(len(date), len(published))
    return date[:length] > published[:length]


def _jurisdiction(draft: Draft, text: AnnotatedText) -> str | None:
    """Return the country of the charges, else the one of which the text there speaks; None where neither tells."""
    codes = set()
    for charge in draft.charges:
        record = text.authority.get("charge", charge)
        if record is not None and record.attributes.get("jurisdiction"):
            codes.add(str(record.attributes["jurisdiction"]))
    if len(codes) == 1:
        return country_name(codes.pop(), text.authority)
    spans = [(text.folded.offset(scene.start), text.folded.offset(scene.end)) for scene in reversed(draft.evidence)]
    return country_name(text.jurisdictions.at(spans), text.authority)


def _case(draft: Draft, document: Document, text: AnnotatedText) -> Case:
    penalty = draft.penalty
    return Case(
        persons=draft.persons,
        charges=draft.charges,
        status=draft.event.status,
        status_text=draft.event.words,
        sentence=replace(penalty.sentence, text=document.text[penalty.start : penalty.end]) if penalty else None,
        date=None if _ahead(draft.date, document.date) else draft.date,
        authority=draft.authority,
        jurisdiction=_jurisdiction(draft, text),
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
