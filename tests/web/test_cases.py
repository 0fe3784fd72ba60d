"""Cases: what is asked for is found, nothing is merged, every row keeps its words."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask import Flask, g
from werkzeug.datastructures import MultiDict

from indexer.authority import Authority
from indexer.model import STATUSES
from search_app.cases import Cases, Wanted, as_csv, as_json, cases_of, wanted_cases
from search_app.query.names import NameIndex
from search_app.request import BadRequest
from search_app.views.case_page import events
from search_app.views.markup import source_word
from search_app.wording import STATUSES as SAID

from .fixtures import RECORD

CASE = RECORD["cases"][0]
NAMES = NameIndex(
    [
        ("person", "lin-aiping", "en", "Lin Aiping", 1),
        ("person", "lin-aiping", "zh-Hant", "林愛萍", 1),
        ("charge", "smuggling-relics", "en", "smuggling of relics", 1),
    ],
    Authority(),
    lambda word: word,
)


def record(id: str, *cases: dict[str, Any]) -> dict[str, Any]:
    return {**RECORD, "id": id, "cases": [{**CASE, **case} for case in cases]}


def collected(*records: dict[str, Any]) -> Cases:
    return Cases(row for one in records for row in cases_of(one))


def found(wanted: Wanted, *records: dict[str, Any], documents: set[str] | None = None) -> list[tuple[str, str]]:
    return [(row.document["id"], row.date) for row in collected(*records).select(wanted, NAMES, documents)]


def test_a_row_has_names_quotes_and_paragraph() -> None:
    row = next(cases_of(RECORD))
    assert [person["name"] for person in row.persons] == ["Lin Aiping"]
    assert row.quotes == ((2, CASE["evidence"][0]["text"]),)
    assert as_json(row)["document"]["id"] == RECORD["id"]
    assert as_json(row).items() >= CASE.items()


def test_people_and_charges_are_asked_for_by_id_or_any_name() -> None:
    other = record("b", {"persons": ["qu-lanting"], "charges": []})
    for name in ("lin-aiping", "Lin Aiping", "林爱萍", "Aiping Lin"):
        assert found(Wanted(persons=(name,)), record("a", {}), other) == [("a", "2019-05-04")], name
    for charge in ("smuggling-relics", "smuggling of relics", "Smuggling-of-relics"):
        assert found(Wanted(charges=(charge,)), record("a", {}), other) == [("a", "2019-05-04")], charge
    assert found(Wanted(persons=("Nobody",)), record("a", {}), other) == []


def test_the_latest_event_stands_first_and_the_undated_last() -> None:
    dates = [None, "2018", "2019-05-04", "2019", "2019-11"]
    rows = [record(f"r{n}", {"date": date}) for n, date in enumerate(dates)]
    assert [date for _, date in found(Wanted(), *rows)] == ["2019-11", "2019-05-04", "2019", "2018", ""]


@pytest.mark.parametrize(
    ("date", "ids"),
    [
        ("2019", ["b", "c"]),
        ("2019-05", ["b", "c"]),
        ("2019-06..", ["b"]),
        ("2018..2019-04", ["b", "a"]),
        ("..2018", ["a"]),
        ("2020..", []),
    ],
)
def test_dates_are_those_of_the_event_as_far_as_they_are_known(date: str, ids: list[str]) -> None:
    rows = [record("a", {"date": "2018-03"}), record("b", {"date": "2019"}), record("c", {"date": "2019-05-04"}),
            record("d", {"date": None})]  # fmt: skip
    wanted = wanted_cases(MultiDict({"date": date}))
    assert sorted(id for id, _ in found(wanted, *rows)) == sorted(ids)


def test_words_narrow_to_the_documents_that_have_them() -> None:
    assert found(Wanted(), record("a", {}), record("b", {}), documents={"b"}) == [("b", "2019-05-04")]


@pytest.mark.parametrize("bad", [{"status": "guilty"}, {"date": "soon"}, {"date": ".."}, {"date": "2019-5"}])
def test_what_cannot_be_asked_is_said(bad: dict[str, str]) -> None:
    with pytest.raises(BadRequest):
        wanted_cases(MultiDict(bad))


def test_events_that_agree_stand_together_and_keep_their_words() -> None:
    months = {"months": 24, "text": "two years"}
    rows = [row for one in (record("a", {}), record("b", {}), record("c", {"sentence": months})) for row in
            cases_of(one)]  # fmt: skip
    grouped = events(rows, "en")
    assert [(event.sources, len(event.rows)) for event in grouped] == [(2, 2), (1, 1)]


def test_a_summary_of_ours_confirms_no_source() -> None:
    summary = {**record("b", {}), "kind": "digest"}
    (event,) = events([row for one in (record("a", {}), summary) for row in cases_of(one)], "en")
    assert (event.sources, len(event.rows)) == (1, 2)


def test_every_status_has_its_words() -> None:
    assert tuple(SAID) == STATUSES


def test_a_spreadsheet_takes_no_cell_for_a_formula() -> None:
    text = as_csv(cases_of(record("a", {"status_text": "=cmd()"})))
    assert text.startswith("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text[1:]))
    assert row["source_word"] == "'=cmd()"
    assert row["persons"] == "Lin Aiping"
    assert row["quote"] == CASE["evidence"][0]["text"]


@pytest.mark.parametrize(
    ("language", "status", "word", "shown"),
    [
        ("en", "charged", "accused", " (“<q>accused</q>”)"),
        ("zh-Hans", "charged", "accused", '（“<q lang="en">accused</q>”）'),
        ("en", "criminally_detained", "拘押", ' (“<q lang="zh">拘押</q>”)'),
        ("zh-Hant", "arrested", "<b>", '（「<q lang="en">&lt;b&gt;</q>」）'),
        ("zh-Hant", "criminally_detained", "拘押", "（「<q>拘押</q>」）"),
        ("en", "convicted", "convicted", ""),
        ("en", "arrested", "逮捕", ""),
        ("zh-Hans", "sentenced", "判刑", ""),
        ("en", "tried", "", ""),
    ],
)
def test_the_word_of_the_document_stands_beside_a_status_that_is_another(
    language: str, status: str, word: str, shown: str
) -> None:
    with Flask(__name__).app_context():
        g.lang = language
        assert source_word({"status": status, "status_text": word}) == shown
