"""What do documents state of the people of a charge for later dates: a release, an acquittal, another verdict?

Nothing is concluded: an outcome stands under the latest event of the charge that is certainly before it and names one
of the same people, with the words that state it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from search_app.cases import CaseRow, Wanted, find_cases
from search_app.service import Service
from search_app.views.case_page import Event, events

#: What may become of somebody; every other status is a step on the way.
OUTCOMES = ("bailed", "convicted", "sentenced", "acquitted", "released", "died_in_custody")


def with_outcomes(service: Service, told: Sequence[Event], charge: str, language: str) -> list[Event]:
    """Return the events of a charge, in order, each with what is stated of its people for later dates.

    Outcomes with the same charge are events of the page themselves and are left out; so are those without a date, and
    those that may be of the same time.
    """
    people = {id for event in told for id, _ in event.people}
    rows = find_cases(service, Wanted(persons=tuple(people), statuses=OUTCOMES)) if people else []
    others = [row for row in rows if row.date and charge not in row.case["charges"]]
    after: dict[int, list[Event]] = {}
    for outcome in events(sorted(others, key=_agreeing), language):
        for number in _before(told, outcome):
            after.setdefault(number, []).append(outcome)
    return [replace(event, later=tuple(after.get(number, ()))) for number, event in enumerate(told)]


def _agreeing(row: CaseRow) -> tuple[str, list[str], list[str], str]:
    """Put rows in the order of time, those of several documents that agree next to each other."""
    return row.date, row.case["persons"], row.case["charges"], row.case["status"]


def _before(told: Sequence[Event], outcome: Event) -> Iterable[int]:
    """Return the numbers of the latest events before an outcome, one for each person whom it names."""
    named = (id for id, _ in outcome.people)
    last = (
        max((number for number, event in enumerate(told) if id in dict(event.people) and _earlier(event, outcome)),
            default=None)
        for id in named
    )  # fmt: skip
    return sorted({number for number in last if number is not None})


def _earlier(event: Event, outcome: Event) -> bool:
    """Say whether an event is certainly before another: in the part of the dates that both have."""
    known = min(len(event.date), len(outcome.date))
    return bool(event.date) and event.date[:known] < outcome.date[:known]
