"""What every answer carries, who is answered, and what is never written down."""

from __future__ import annotations

import logging
import re
from typing import cast

import pytest
from flask.testing import FlaskClient

from indexer.errors import IndexDamaged
from indexer.settings import Settings
from search_app import create_app
from search_app.security import host_name
from search_app.service import Service

from .fixtures import FakeService

ADDRESSES = [
    *("/", "/search?q=harbour", "/search?q=&page=1", "/doc/harbour-2019?q=Lin", "/doc/nobody", "/nothing"),
    *("/api/v1/search?q=a", "/api/v1/documents/harbour-2019", "/api/v1/nothing"),
    *("/healthz", "/robots.txt", "/static/hrsearch.css"),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_guarded(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-DNS-Prefetch-Control"] == "off"
    assert "Set-Cookie" not in headers
    assert "Access-Control-Allow-Origin" not in headers
    assert address.startswith("/static") or headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [*ADDRESSES, "/cases?status=tried", "/cases.csv?date=2020", "/search.json?q=a"])
def test_robots_are_kept_out_of_every_search_and_filter(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert ("X-Robots-Tag" in headers) == ("?" in address)
    assert "Disallow: /*?" in client.get("/robots.txt").text.splitlines()


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_holds_inline_code_or_loads_from_another_host(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    if answer.mimetype == "text/html":
        assert not re.search(
            r"<style|<script(?![^>]*\bsrc=\"/static/)|\son\w+=|\sstyle=|javascript:[^<]*\"", answer.text
        )
        loaded = re.findall(r"<(?:link|script|img|iframe|form)[^>]*(?:href|src|action)=\"([^\"]+)", answer.text)
        assert all(target.startswith("/") and not target.startswith("//") for target in loaded)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8000", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:9", 200),
        ("[::1]", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("evil.example:8000", 421),
        ("", 421),
    ],
)
def test_only_our_own_names_are_answered(client: FlaskClient, host: str, status: int) -> None:
    for address in ("/", "/api/v1/search", "/static/hrsearch.css", "/healthz"):
        assert client.get(address, headers={"Host": host}).status_code == status


def test_a_host_is_read_without_its_port() -> None:
    assert [host_name(h) for h in ("a.b:80", "[::1]:80", "[::1]", "::1", "A.", "a:b")] == [
        "a.b", "[::1]", "[::1]", "::1", "a", "a:b"]  # fmt: skip


def test_another_origin_may_read_the_api_only_where_the_setting_names_it(settings: Settings, fake: FakeService) -> None:
    client = create_app(
        settings.replaced(server_cors_origin="https://lists.example"), cast(Service, fake)
    ).test_client()
    own = client.get("/api/v1/documents/harbour-2019", headers={"Origin": "https://lists.example"})
    assert own.headers["Access-Control-Allow-Origin"] == "https://lists.example"
    for address, origin in (("/api/v1/documents/harbour-2019", "https://evil.example"), ("/", "https://lists.example")):
        assert "Access-Control-Allow-Origin" not in client.get(address, headers={"Origin": origin}).headers


def test_an_error_is_noted_without_what_was_searched(
    client: FlaskClient, fake: FakeService, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(parameters: object) -> None:
        raise KeyError("secret words")

    monkeypatch.setattr(fake, "search", fails)
    with caplog.at_level(logging.DEBUG):
        for address in ("/search?q=secret+words", "/api/v1/search?q=secret+words"):
            answer = client.get(address)
            assert answer.status_code == 500
            assert "Traceback" not in answer.text
            assert "KeyError" not in answer.text
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


def test_a_broken_index_is_503_with_what_to_do(
    client: FlaskClient, fake: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise IndexDamaged("The index cannot be read. Run: hrsearch index --rebuild")

    monkeypatch.setattr(fake, "search", fails)
    monkeypatch.setattr(fake, "info", fails)
    assert client.get("/healthz").status_code == 503
    for address in ("/search?q=a", "/api/v1/search?q=a"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "hrsearch index --rebuild" in answer.text


@pytest.mark.parametrize("key", ["language", "-language", "kind", "-kind", "person", "-charge", "q", "all", "find"])
@pytest.mark.parametrize("path", ["/search", "/cases", "/persons", "/overview"])
def test_what_an_address_asks_for_is_text_on_the_page(client: FlaskClient, path: str, key: str) -> None:
    assert "<b>x" not in client.get(f"{path}?{key}=<b>x</b>", follow_redirects=True).text
    assert "<b>x" not in client.post(path, data={key: "<b>x</b>", "careful": "on"}).text
