"""A number and the noun beside it agree, on every page where there is one of everything, and in the terminal."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from search.collection import build

from indexer.settings import Settings
from search_app.application import running
from search_app.terminal import case_lines, counted
from search_app.views import overview_page

ONE = {"a": ("At the harbour", "2019-05-10", "Lin Aiping was arrested for smuggling rare relics in May 2019.")}
OTHER = {"b": ("在海港", "2020-01-02", "海港读书会在海港住了很久。\n\n周和平说没有见到律师。")}

PAGES = (
    *("/", "/search?q=harbour", "/search?q=zeppelin", "/search?q=zeppelin+harbour&year=1990", "/cases", "/overview"),
    *("/persons", "/charges", "/doc/a?q=harbour", "/doc/a", "/person/lin-aiping", "/charge/smuggling-relics"),
)

#: One of several: "1 documents", "1 people".
WRONG = re.compile(r"(?<![\d.,-])\b1 (?:people|[a-z]{3,}s)\b(?! is)", re.I)


def words(page: str) -> str:
    """Return the text of a page, blocks apart."""
    apart = re.sub(r"</(?:p|h\d|li|div|section|t[dh]|d[td]|caption|title)>", " | ", page)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", "", apart).split()))


def served(settings: Settings) -> Iterator[FlaskClient]:
    with running(settings) as app:
        yield app.test_client()


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from served(build(tmp_path_factory.mktemp("one"), ONE))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield from served(build(tmp_path_factory.mktemp("two"), {**ONE, **OTHER}))


@pytest.mark.parametrize("address", PAGES)
def test_one_of_a_thing_is_in_the_singular(one: FlaskClient, address: str) -> None:
    answer = one.get(address)
    assert answer.status_code == 200
    assert WRONG.findall(words(answer.text)) == []
    assert "1 document" in words(answer.text)


def test_one_case_of_one_document_and_several(one: FlaskClient) -> None:
    assert "1 case, in 1 document" in words(one.get("/cases").text)
    assert "0 cases" in words(one.get("/cases?status=tried").text)
    assert "in 0 documents" not in words(one.get("/cases?status=tried").text)
    assert "1 项案件记述，见于 1 份文件" in words(one.get("/cases?lang=zh-Hans").text)


def test_whom_one_language_alone_names_is_counted_in_words(two: FlaskClient) -> None:
    text = words(two.get("/overview").text)
    assert "Named in documents in English alone: 1 person, 1 charge." in text
    assert re.search(r"Named in documents in Chinese alone: 1 person, 1 organisation\b", text)
    assert "仅见于英文文件：1 人、1 项罪名。" in words(two.get("/overview?lang=zh-Hans").text)


def test_a_page_of_one_document_says_which(two: FlaskClient) -> None:
    assert 'aria-label="Document 2 of 2"' in two.get("/search?per_page=1&page=2").text
    assert 'aria-label="Documents 1 to 2 of 2"' in two.get("/").text


def test_the_terminal_counts_too() -> None:
    assert [counted(number, "document") for number in (0, 1, 2)] == ["0 documents", "1 document", "2 documents"]
    assert list(case_lines([])) == ["0 cases: what documents say, not findings"]


@pytest.mark.parametrize(("language", "said"), [("mixed", "of several languages"), ("other", "of other languages")])
def test_what_has_no_one_language_is_not_said_to_be_in_it(
    two: FlaskClient, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setattr(overview_page, "_alone", lambda _: [overview_page.Alone(language, {"person": 1})])
    assert f"Named in documents {said} alone: 1 person." in words(two.get("/overview").text)
