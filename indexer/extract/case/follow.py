"""How does a case go on from sentence to sentence, and which rows say the same?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.extract.case.draft import Draft
from indexer.extract.case.scene import APART, STAGE
from indexer.model import Case, Sentence

#: Statuses that tell how the charge of the sentence before went on.
#: Words that give one person the charge that the sentence before names of another.
_SAME_CHARGE = re.compile(
    r"\bthe same (?:charges?|crimes?|offen[cs]es?|accusations?)\b|同罪|同一罪名|相同罪名|同樣罪名|同样罪名"
)
#: So many characters before an event "the same charge" stands, in a sentence that tells of several.
_BESIDE = 24
_OUTCOMES = frozenset(("tried", "convicted", "sentenced", "acquitted"))


def inherited(drafts: list[Draft], new: list[Draft]) -> list[Draft]:
    """Let an outcome without a charge take the charge of the same people in one of the two sentences before.

    The earlier row is then told by the later one, with both sentences as evidence, and is dropped.
    """
    told: set[int] = set()
    added: list[Draft] = []
    for draft in new:
        before = (added or drafts)[-1] if added or drafts else None
        if before is not None and not draft.charges and draft.persons and _of_the_same_charge(draft, before):
            evidence = tuple(dict.fromkeys((*before.evidence, *draft.evidence)))
            draft = replace(draft, charges=before.charges, coreference=True, evidence=evidence)
        elif draft.event.status in _OUTCOMES and not draft.charges and draft.persons:
            for index in range(len(drafts) - 1, max(-1, len(drafts) - 4), -1):
                earlier = drafts[index]
                near = earlier.scene.paragraph == draft.scene.paragraph and draft.scene.start - earlier.scene.end < 400
                later = STAGE[earlier.event.status] < STAGE[draft.event.status] and earlier.event.status not in APART
                if near and later and earlier.charges and set(draft.persons) <= set(earlier.persons):
                    evidence = tuple(dict.fromkeys((*earlier.evidence, *draft.evidence)))
                    draft = replace(
                        draft, charges=earlier.charges, coreference=True, evidence=evidence
                    )  # fmt: skip
                    told.add(index)
                    break
        added.append(draft)
    if not told:
        drafts.extend(added)
        return drafts
    covered = {person for draft in added for person in draft.persons}
    kept = [d for i, d in enumerate(drafts) if i not in told or not set(d.persons) <= covered]
    return kept + added


def _of_the_same_charge(draft: Draft, before: Draft) -> bool:
    """Say whether a sentence gives people the charge of the row before: in a sentence of both, beside their event."""
    text, scene, event = draft.scene.text, draft.scene, draft.event
    if scene == before.scene:
        low, high = max(scene.start, event.start - _BESIDE), min(scene.end, event.end + 2 * _BESIDE)
    else:
        low, high = scene.start, scene.end
    return (
        bool(before.charges)
        and scene.paragraph == before.scene.paragraph
        and _SAME_CHARGE.search(text, low, high) is not None
    )


def without_repeats(cases: Sequence[Case]) -> list[Case]:
    """Unite rows that say the same of the same people; their evidence adds up.

    A row without charges, date or penalty says the same as a fuller one of that status and those people.
    """
    united: list[Case] = []
    places: dict[tuple[tuple[str, ...], str], list[int]] = {}
    for case in cases:
        alike = places.setdefault((case.persons, case.status), [])
        index = next((i for i in alike if _same(united[i], case)), None)
        if index is None:
            alike.append(len(united))
            united.append(case)
        else:
            united[index] = _joined(united[index], case)
    return united


def _same(one: Case, other: Case) -> bool:
    same_charges = not one.charges or not other.charges or set(one.charges) == set(other.charges)
    same_date = (
        one.date is None or other.date is None or one.date.startswith(other.date) or other.date.startswith(one.date)
    )
    terms = [(s.months, s.life, s.death) for s in (one.sentence, other.sentence) if s is not None]
    if not same_charges or not same_date or len(set(terms)) > 1:
        return False
    # Without a common fact two arrests may be two arrests.
    return len(terms) == 2 or bool(one.date) == bool(other.date)


def _detail(sentence: Sentence | None) -> int:
    """Say how much a penalty states, to keep the fuller of two."""
    if sentence is None:
        return 0
    return 1 + sum(
        value is not None for value in (sentence.months, sentence.suspended_months, sentence.political_rights_months)
    )


def _joined(one: Case, other: Case) -> Case:
    full, short = (one, other) if len(one.charges) >= len(other.charges) else (other, one)
    return replace(
        full,
        date=max((d for d in (one.date, other.date) if d), key=len, default=None),
        sentence=max((full.sentence, short.sentence), key=_detail),
        authority=full.authority or short.authority,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )
