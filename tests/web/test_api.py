"""The JSON for other programs: its shape, and its errors."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from .fixtures import RECORD

FORM = "application/x-www-form-urlencoded"

#: contract.md, "GET /api/v1/search": keys may be added, none renamed or dropped.
KEYS = {"query", "total", "total_all", "page", "per_page", "next", "took_ms", "index", "hits", "facets", "suggestion"}


def test_a_search_has_every_key(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=harbour")
    assert answer.mimetype == "application/json"
    assert answer.get_json().keys() >= KEYS


def test_the_page_of_a_search_has_its_json_beside_it(client: FlaskClient) -> None:
    assert client.get("/search.json?q=harbour").get_json() == client.get("/api/v1/search?q=harbour").get_json()
    refused = client.get("/search.json?page=0")
    assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")


def test_a_document_is_its_record(client: FlaskClient) -> None:
    assert client.get("/api/v1/documents/harbour-2019").get_json() == RECORD


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/documents/nobody", 404),
        ("/api/v1/nothing", 404),
        ("/api/v1/search?page=0", 400),
        ("/api/v1/search?page=x", 400),
        ("/api/v1/search?per_page=101", 400),
        ("/api/v1/search?facet_size=1001", 400),
        ("/api/v1/search?sort=size", 400),
        ("/api/v1/search?year=soon", 400),
    ],
)
def test_an_error_is_a_problem_that_says_what_to_do(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert problem["status"] == status
    assert problem["title"]
    assert len(problem["detail"]) > 10


def test_the_same_error_is_a_page_for_readers(client: FlaskClient) -> None:
    answer = client.get("/search?q=a&page=x")
    assert answer.status_code == 400
    assert answer.mimetype == "text/html"


def test_what_is_too_long_is_said(client: FlaskClient) -> None:
    answer = client.post("/search", data="q=" + "a" * 100_000, content_type=FORM)
    assert answer.status_code == 413
    assert "too long" in answer.text
