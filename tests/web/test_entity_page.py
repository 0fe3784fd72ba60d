"""The page of an entity: its cases fit on pages, its people are counted."""

from __future__ import annotations

from typing import Any

from flask import Flask, g

from search_app.cases import cases_of
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
