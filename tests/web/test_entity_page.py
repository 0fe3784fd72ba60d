"""The page of an entity: its cases fit on pages, its people are counted."""

from __future__ import annotations

from typing import Any, cast

import pytest
from flask import Flask, g

from search_app.cases import Wanted, cases_of
from search_app.service import Service
from search_app.views import later
from search_app.views.case_page import Event, events
from search_app.views.entity_page import ROOM, _pages, _people

from .fixtures import LIN, QU, RECORD, entity

CASE = RECORD["cases"][0]


def told(*cases: dict[str, Any], words: int = 10) -> list[Event]:
    evidence = [{"start": 0, "end": words, "text": "词" * words}]
    record = {**RECORD, "cases": [{**CASE, "evidence": evidence, **case} for case in cases]}
    return events(list(cases_of(record)), "en")


def test_a_page_has_the_cases_that_it_has_room_for() -> None:
    many = told(*({"date": f"20{year:02}"} for year in range(10, 40)), words=1000)
    pages = _pages(many)
    assert [event for page in pages for event in page] == many
    assert len(pages) > 2
    for page in pages:
        assert sum(len(text.encode()) for event in page for row in event.rows for _, text in row.quotes) <= ROOM


def test_a_case_with_more_words_than_a_page_stands_alone() -> None:
    assert [len(page) for page in _pages(told({"date": "2019"}, {"date": "2020"}, words=ROOM))] == [1, 1]
    assert _pages([]) == []


def test_the_people_of_a_charge_are_counted_by_case() -> None:
    record = {
        **RECORD,
        "persons": [entity("lin-aiping", LIN), entity("qu-lanting", QU)],
        "cases": [CASE, {**CASE, "persons": ["lin-aiping", "qu-lanting"]}],
    }
    app = Flask(__name__)
    with app.app_context():
        g.lang = "en"
        people = _people(cases_of(record))
    assert [(one.id, one.cases) for one in people] == [("lin-aiping", 2), ("qu-lanting", 1)]


def outcomes(monkeypatch: pytest.MonkeyPatch, with_charge: list[Event], *others: dict[str, Any]) -> list[list[str]]:
    """Return for each event of a charge the dates of what is told below it."""
    rows = [row for event in told(*({"charges": [], **case} for case in others)) for row in event.rows]

    def find(_: Service, wanted: Wanted) -> Any:
        return [row for row in rows if row.case["status"] in wanted.statuses
                and set(wanted.persons) & set(row.case["persons"])]  # fmt: skip

    monkeypatch.setattr(later, "find_cases", find)
    found = later.with_outcomes(cast(Service, None), with_charge, "smuggling-relics", "en")
    return [[after.date for after in event.later] for event in found]


def test_what_is_stated_for_later_dates_stands_under_the_latest_event_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    events_of_charge = told({"date": "2014"}, {"date": "2019-05-04"}, {"date": None})
    released = {"status": "released", "date": "2017-02"}
    sentenced = {"status": "sentenced", "date": "2023", "charges": ["theft"]}
    assert outcomes(monkeypatch, events_of_charge, released, sentenced) == [["2017-02"], ["2023"], []]


@pytest.mark.parametrize(
    "case",
    [
        {"status": "released", "date": "2019"},  # in the same year, so perhaps before
        {"status": "released", "date": "2018-01"},
        {"status": "released", "date": None},
        {"status": "released", "date": "2020", "persons": ["qu-lanting"]},
        {"status": "arrested", "date": "2020"},
        {"status": "sentenced", "date": "2020", "charges": ["smuggling-relics"]},  # an event of the page itself
    ],
)
def test_nothing_is_said_where_nothing_is_certainly_later(
    monkeypatch: pytest.MonkeyPatch, case: dict[str, Any]
) -> None:
    assert outcomes(monkeypatch, told({"date": "2019-05-04"}), case) == [[]]


def test_an_outcome_of_two_people_of_one_event_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"persons": ["lin-aiping", "qu-lanting"]}
    shown = outcomes(monkeypatch, told({"date": "2019", **both}), {"status": "acquitted", "date": "2020", **both})
    assert shown == [["2020"]]


def test_what_is_told_below_an_event_takes_room_too() -> None:
    event = told({"date": "2019"}, words=1000)[0]
    after = Event(event.people, (), event.case, event.rows, (event, event, event))
    assert len(_pages([event] * 6)) < len(_pages([after] * 6))
