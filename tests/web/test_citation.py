"""Citations: what is known, nothing invented."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

from search_app.export import citation

from .fixtures import RECORD

BARE: dict[str, Any] = {
    **RECORD, "id": "bare", "date": None, "url": None, "authors": [], "publisher": None, "publisher_name": None,
    "title": "A {note} & 50 % of it",
}  # fmt: skip


def test_unknown_parts_are_left_out() -> None:
    assert citation.plain(BARE, "en") == "“A {note} & 50 % of it”."
    assert citation.ris(BARE) == ("TY  - GEN\r\nTI  - A {note} & 50 % of it\r\nLA  - en\r\nID  - bare\r\nER  - \r\n")
    assert citation.csl(BARE).keys() == {"id", "type", "title", "language"}


def test_bibtex_escapes_what_means_something_to_it() -> None:
    assert r"title = {{A \{note\} \& 50 \% of it}}" in citation.bibtex(BARE)
    assert citation.bibtex(RECORD).startswith("@misc{harbour-2019,\n  author = {{A. Writer}},\n")


def test_our_own_summary_is_cited_as_ours_with_what_it_summarises() -> None:
    digest = {**RECORD, "kind": "digest", "digest_of": "https://example.org/harbour", "url": None}
    assert "PB  - hrsearch\r\n" in citation.ris(digest)
    assert "N1  - Summary of https://example.org/harbour\r\n" in citation.ris(digest)


def test_a_date_is_as_precise_as_it_is_known() -> None:
    assert citation.csl({**RECORD, "date": "2019-05"})["issued"] == {"date-parts": [[2019, 5]]}
    assert citation.csl({**RECORD, "date": "2019"})["issued"] == {"date-parts": [[2019]]}


def test_the_files_are_served(client: FlaskClient) -> None:
    for form, start in (("ris", "TY  - ELEC"), ("bib", "@misc{"), ("csl", "["), ("json", "{")):
        answer = client.get(f"/doc/harbour-2019.{form}")
        assert answer.status_code == 200
        assert answer.text.startswith(start)
        assert answer.headers["Content-Disposition"] == f"attachment; filename=harbour-2019.{form}"
    assert json.loads(client.get("/doc/harbour-2019.json").text) == RECORD
    assert client.get("/doc/nobody.ris").status_code == 404
    assert client.get("/doc/harbour-2019.pdf").status_code == 404
