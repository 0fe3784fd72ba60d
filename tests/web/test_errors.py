"""An error speaks the language of the page and says what to do; programs get a problem in English."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from indexer.errors import IndexDamaged
from search_app.catalogues import catalogue
from search_app.remarks import REFUSALS
from search_app.request import LANGUAGES

from .fixtures import FakeService

#: What cannot be answered, and what the page says of it in simplified Chinese.
REFUSED = {
    "/search?year=soon": "year=soon 不是年份",
    "/search?sort=loudness": "sort=loudness 无效；可用的值：relevance",
    "/search?match=some": "match=some 无效；请写 match=all",
    "/search?page=0": "page=0 无效；应为 1 至 10000 的整数",
    "/search?page=9999": "page=9999：只能翻看前 10000 份文件",
    "/search?cursor=x": "cursor 的值并非本服务给出",
    "/cases?date=soon": "date=soon 不是日期",
    "/cases?status=guilty": "status=guilty 无效；可用的值：",
    "/persons?sort=loudness": "sort=loudness 无效；可用的值：name, count",
}


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def advice(page: str) -> str:
    """Return the facts of an error page: what to do."""
    return page.partition('class="row facts"')[2].partition("</main>")[0]


@pytest.mark.parametrize("address", REFUSED)
def test_what_cannot_be_asked_is_said_in_the_language_of_the_page(client: FlaskClient, address: str) -> None:
    by_address = client.get(f"{address}&lang=zh-Hans")
    by_browser = client.get(address, headers={"Accept-Language": "zh-CN,en;q=0.5"})
    key, _, value = address.partition("?")[2].partition("=")
    by_body = client.post(address.partition("?")[0], data={key: value, "lang": "zh-Hans", "careful": "on"})
    for answer in (by_address, by_browser, by_body):
        assert answer.status_code == 400
        assert '<html lang="zh-Hans">' in answer.text
        assert REFUSED[address] in words(answer.text)
        assert 'lang="en"' not in advice(answer.text)


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_has_its_words_in_every_language(code: str) -> None:
    said = {catalogue(language).gettext(REFUSALS[code]) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("address", "headers", "status", "said"),
    [
        ("/doc/nobody", {}, 404, "請核對網址"),
        ("/nothing", {}, 404, "請核對網址"),
        ("/", {"Host": "evil.example"}, 421, "server.hosts"),
    ],
)
def test_every_error_says_what_to_do(
    client: FlaskClient, address: str, headers: dict[str, str], status: int, said: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": "zh-TW", **headers})
    assert answer.status_code == status
    assert '<html lang="zh-Hant">' in answer.text
    assert said in advice(answer.text)
    assert 'lang="en"' not in advice(answer.text)


def test_a_method_and_a_length_that_are_not_taken_are_said_too(client: FlaskClient) -> None:
    wish = {"Accept-Language": "zh-CN"}
    assert "请以通常方式打开此网址" in advice(client.delete("/search", headers=wish).text)
    long = client.post("/search", data={"q": "a" * 70_000}, headers=wish)
    assert long.status_code == 413
    assert "请缩短检索词" in advice(long.text)


def test_an_error_that_nobody_foresaw_has_a_remedy_in_every_language(
    client: FlaskClient, fake: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(fake, "search", fails)
    for lang, said in (("en", "Please try again"), ("zh-Hans", "请再试一次"), ("zh-Hant", "請再試一次")):
        answer = client.get(f"/search?q=a&lang={lang}")
        assert answer.status_code == 500
        assert said in advice(answer.text)


def test_a_broken_index_tells_the_reader_to_wait_and_its_keeper_what_to_do(
    client: FlaskClient, fake: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise IndexDamaged("The index cannot be read. Run: hrsearch index --rebuild")

    monkeypatch.setattr(fake, "search", fails)
    page = advice(client.get("/search?q=a&lang=zh-Hant").text)
    assert "請稍後再試" in page
    assert 'lang="en">The index cannot be read. Run: hrsearch index --rebuild</p>' in page


@pytest.mark.parametrize("address", ["/api/v1/search?year=soon", "/search.json?year=soon", "/persons.json?sort=x"])
def test_programs_get_a_problem_whatever_the_browser_prefers(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}&lang=zh-Hans", headers={"Accept-Language": "zh"})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    problem = answer.get_json()
    assert problem["status"] == 400
    assert "is no year; use 2020" in problem["detail"] or "is not known; use one of" in problem["detail"]
    assert problem["title"]
