"""The JSON for other programs: its shape, and its errors."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from .fixtures import RECORD

#: contract.md, "GET /api/v1/search": keys may be added, none renamed or dropped.
KEYS = {"query", "total", "total_all", "page", "per_page", "next", "took_ms", "index", "hits", "facets", "suggestion"}


def test_a_search_has_every_key(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=harbour")
    assert answer.mimetype == "application/json"
    assert answer.get_json().keys() >= KEYS


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


@pytest.mark.parametrize(
    "junk", ["%00", "%FF%FE", "%ED%A0%80", "%F0%9F%98%80", "'\"<script>", "%25s%25(x)s", "a" * 5000]
)
def test_nothing_a_client_sends_is_our_failure(client: FlaskClient, junk: str) -> None:
    for key in ("q", "year", "person", "-charge", "sort", "page", "cursor", "lang", "all", "find", "-expand"):
        for path in ("/api/v1/search", "/search", "/", "/doc/harbour-2019"):
            assert client.get(f"{path}?{key}={junk}").status_code < 500, (path, key)
