"""No address tells a withheld name, whatever is asked; a server ends its answers when the list changes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from test_withheld import DOCUMENTS, tells, write_authority, write_list
from werkzeug.routing import Rule

from indexer.engines import open_engine
from indexer.pipeline.run import Options
from indexer.pipeline.update import update
from indexer.settings import Settings, load_settings
from search_app.application import running
from search_app.collection import CHECK_EVERY

QUERIES = ("", "detained", "Hangzhou", "瞿墨然", "律师", "Xiao", "x", "xi", "xiao", "萧", "蕭", "墨", "lan", "orchid")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with an index of documents that are full of the name, made with the list."""
    for name, text in DOCUMENTS.items():
        (tmp_path / "documents" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "documents" / name).write_text(text, encoding="utf-8")
    write_authority(tmp_path / "authority")
    (tmp_path / "private").mkdir()
    write_list(tmp_path / "private" / "list", "萧兰亭")
    monkeypatch.setenv("HRSEARCH_WITHHELD", str(tmp_path / "private" / "list"))
    settings = Settings(load_settings(environment={}).values, tmp_path).replaced(
        corpus_roots=["documents"], corpus_authority="authority"
    )
    index(settings)
    return settings


def index(settings: Settings) -> None:
    """Bring the index up to date."""
    engine = open_engine("whoosh", settings.path("index.folder"))
    roots = settings.paths("corpus.roots")
    update(engine, settings.path("corpus.authority"), (), roots, Options(processes=1, allow_removals=True))


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    with running(settings) as app:
        yield app


def addresses(app: Flask) -> Iterator[str]:
    """Yield every address with every document, entity and form that there is, and some that are not."""
    client = app.test_client()
    found = client.get("/api/v1/search?per_page=100&facet_size=1000").get_json()
    entities = [value["value"] for values in found["facets"].values() for value in values]
    ids = [hit["id"] for hit in found["hits"]]
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and "GET" in (rule.methods or ()):
            yield from filled(rule, ids if "doc" in rule.rule else [*entities, "xiao-lanting", "萧兰亭"])


def filled(rule: Rule, ids: list[str]) -> Iterator[str]:
    """Yield a rule with each value of its variables."""
    parts = re.split(r"<([^>]+)>", rule.rule)
    choices = [
        (part,) if at % 2 == 0 else re.findall(r"[\w-]+", part.split("(")[1].split(")")[0]) if "(" in part else ids
        for at, part in enumerate(parts)
    ]
    yield from ("".join(choice) for choice in product(*choices))


def test_no_address_tells_a_name(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    client = app.test_client()
    told = {}
    for address in addresses(app):
        asked_for = tells(address)
        for query in QUERIES if "<" not in address and address.count("/") < 4 else ("",):
            answer = client.get(address, query_string={"q": query, "per_page": "100"} if query else {})
            content = answer.get_data() + str(answer.headers).encode()
            assert answer.status_code < 500
            if not asked_for and tells(content):
                told[address, query] = tells(content)
    assert told == {}
    assert not tells(caplog.text)


def test_the_page_of_a_withheld_person_is_that_of_nobody(app: Flask) -> None:
    client = app.test_client()
    withheld, nobody = client.get("/person/xiao-lanting"), client.get("/person/xiao-guitang")
    assert withheld.status_code == nobody.status_code == 404
    assert withheld.get_data(as_text=True).replace("lanting", "guitang") == nobody.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/search", "/api/v1/search", "/api/v1/suggest", "/cases", "/cases.json", "/api/v1/cases"]
)
@pytest.mark.parametrize(("asked", "unknown"), [("萧兰亭", "萧桂棠"), ("Xiao Lanting", "Xiao Guitang")])
def test_a_withheld_name_is_answered_as_an_unknown_word(app: Flask, path: str, asked: str, unknown: str) -> None:
    def answer(name: str) -> tuple[int, str]:
        given = app.test_client().get(path, query_string={"q": name, "person": name})
        text = re.sub(r'"took_ms":[\d.]+|[\d.]+ ms', "", given.get_data(as_text=True))
        for word in [*name.split(), name]:
            for written in (word, "".join(f"\\u{ord(c):04x}" for c in word), quote(word), word.lower()):
                text = text.replace(written, "…")
        return given.status_code, text

    assert answer(asked) == answer(unknown)


def test_a_server_answers_nothing_more_once_the_list_has_changed(settings: Settings, tmp_path: Path) -> None:
    write_list(tmp_path / "private" / "list", "# nobody yet")
    index(settings)
    with running(settings) as app:
        client = app.test_client()
        assert tells(client.get("/search?q=detained").get_data())
        write_list(tmp_path / "private" / "list", "萧兰亭")
        index(settings)
        time.sleep(CHECK_EVERY * 1.2)
        for address in ("/search?q=detained", "/overview", "/api/v1/search?q=detained", "/cases"):
            answer = client.get(address)
            assert answer.status_code == 503
            assert not tells(answer.get_data())
    with running(settings) as app:
        assert not tells(app.test_client().get("/search?q=detained").get_data())
