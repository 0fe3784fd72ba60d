"""Corrections on the pages: beside what was read, with their source, and wherever their case is shown."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from search_app.cases import as_csv, as_json, cases_of
from search_app.terminal import case_lines, record_lines

from .fixtures import RECORD, FakeService

MONTHS = {
    "field": "cases.lin-aiping.arrested.charges",
    "value": ["theft"],
    "was": ["smuggling-relics"],
    "source": "https://example.org/judgment",
    "by": "A. Editor",
    "date": "2026-11-20",
    "problem": None,
}
UNFIT = {**MONTHS, "field": "cases.lin-aiping.tried", "value": "none", "was": None, "problem": "no such case"}
CORRECTED = {**RECORD, "cases": [{**RECORD["cases"][0], "corrected": ["charges"]}], "corrections": [MONTHS, UNFIT]}


def words(page: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


@pytest.fixture
def corrected(client: FlaskClient, fake: FakeService, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(fake, "document", lambda id: CORRECTED)
    return client


def test_the_page_of_a_document_shows_what_was_read_and_what_is_right(corrected: FlaskClient) -> None:
    text = words(corrected.get("/doc/harbour-2019").text)
    assert "Corrections 2" in text
    assert "cases.lin-aiping.arrested.charges : theft read before: smuggling-relics" in text
    assert re.search(r"https://example.org/judgment ; entered by A. Editor, .*2026", text)
    assert "This correction finds nothing to correct." in text
    assert "corrected by an editor" in text


def test_without_corrections_nothing_is_said_of_them(client: FlaskClient) -> None:
    page = client.get("/doc/harbour-2019").text
    assert 'id="corrections"' not in page
    assert "corrected by an editor" not in page


def test_tables_files_and_lines_say_that_a_case_was_corrected() -> None:
    (row,) = cases_of(CORRECTED)
    plain: dict[str, Any] = as_json(row)
    assert plain["corrected"] == ["charges"]
    assert as_csv([row]).splitlines()[1].endswith(",charges")
    assert any("claimed, stated, corrected]" in line for line in case_lines([plain]))
    term = {"months": 42, "life": False, "death": False, "suspended_months": None, "political_rights_months": None}
    changed = {**plain, "sentence": {**term, "text": "two years"}, "corrected": ["months"]}
    assert any("42 months" in line and "two years" not in line for line in case_lines([changed]))
    lines = list(record_lines({**CORRECTED, "date_rule": "stated"}))
    assert any("cases.lin-aiping.tried: none (no such case)" in line for line in lines)
