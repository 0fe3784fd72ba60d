"""Which events of one sentence are told as one case?

Events of the same people are folded into the furthest of them.  Apart stand the end of a case (release, acquittal),
and what a court found where that is not what somebody was accused of: "charged with A and B, and convicted of B
alone" convicts nobody of A.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from indexer.extract.case.scene import APART, STAGE, Event, Named, Scene

#: A clause ends, and is not one of a list: between what was charged and what was found.
_CLAUSE = re.compile("[，,；;。]")
_FOUND = STAGE["convicted"]


def chains(scene: Scene, events: Sequence[Event], owner: Callable[[Named], Event]) -> Iterator[list[Event]]:
    """Yield the events that make one case each.  ``owner`` tells to which event a charge belongs."""
    together = _of_the_same_people(events)
    acquitted = {chain[0].persons for chain in together if chain[0].status == "acquitted"}
    for chain in together:
        yield from _parted(scene, chain, owner, partly=chain[0].persons in acquitted)


def _of_the_same_people(events: Sequence[Event]) -> list[list[Event]]:
    """Group the events of a sentence by the people they happened to; what ends a case stands apart."""
    found: list[list[Event]] = []
    for event in events:
        for chain in found:
            same = chain[0].persons == event.persons
            if same and (event.status in APART) == (chain[0].status in APART) and event.persons:
                chain.append(event)
                break
        else:
            found.append([event])
    return found


def _parted(
    scene: Scene, chain: list[Event], owner: Callable[[Named], Event], *, partly: bool
) -> Iterator[list[Event]]:
    """Part accusations from findings and pleas where these do not have all that was charged.

    ``partly``: the sentence also tells of an acquittal of these people.
    """
    findings = [event for event in chain if event.plea or STAGE[event.status] >= _FOUND]
    accusations = [event for event in chain if event not in findings]
    charged = [c for c in scene.charges if owner(c) in accusations]
    proven = {c.id for c in scene.charges if owner(c) in findings}
    more = {c.id for c in charged} - proven
    if not accusations or not findings or not more or not (proven or partly) or not _apart(scene, charged, findings):
        yield chain
        return
    yield accusations
    yield findings


def _apart(scene: Scene, charged: Sequence[Named], findings: Sequence[Event]) -> bool:
    """Say whether a clause ends between the charges of an accusation and each finding."""
    if not scene.chinese:
        return True
    return all(
        _CLAUSE.search(scene.text, *sorted((charge.end, event.start))) is not None
        for charge in charged
        for event in findings
    )
