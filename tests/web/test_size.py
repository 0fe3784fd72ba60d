"""A page of results stays short where there is most to show: long titles, long names, many choices."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from search_app.views import pages as views

from .fixtures import HIT, FakeService, plain, value

#: More is slow on the connections that many readers have; in bytes of HTML.
LARGEST_PAGE = 60_000

#: As long as titles, passages and the names of bodies and offences are where they are long.
TITLE = "<mark>海港</mark>读书会与各地渔民团体就三月集会后失去联系的人员致有关部门的公开信及附录所列名单的补充说明"
PASSAGE = "海港读书会表示，<mark>林爱萍</mark>没有见到律师，家属也没有收到任何书面通知，" * 3
NAMES = {
    "person": ("lin-aiping", {"en": ["Lin Aiping"], "zh-Hans": ["林爱萍"], "zh-Hant": ["林愛萍"]}),
    "charge": ("smuggling-of-relics-of-the-northern-coast",
               {"en": ["smuggling of relics and of natural treasures"], "zh-Hans": ["走私文物、自然遗产罪"],
                "zh-Hant": ["走私文物、自然遺產罪"]}),
    "place": ("northern-harbour", {"en": ["Northern Harbour"], "zh-Hans": ["北港"], "zh-Hant": ["北港"]}),
}  # fmt: skip
BODY = ("federation-of-reading-circles",
        {"en": ["Federation of Reading Circles and Fishermen’s Unions"], "zh-Hans": ["北方各港读书会与渔民工会联合会"],
         "zh-Hant": ["北方各港讀書會與漁民工會聯合會"]})  # fmt: skip


def ids(kind: str, count: int) -> list[str]:
    return [f"{NAMES.get(kind, BODY)[0]}-{number}" for number in range(count)]


def entities(kind: str, count: int) -> list[dict[str, Any]]:
    names = NAMES.get(kind, BODY)[1]
    return [{"id": id, "name": names["en"][0], "names": names} for id in ids(kind, count)]


@pytest.fixture
def heavy(fake: FakeService, client: FlaskClient) -> FlaskClient:
    results = fake.results
    snippets = [{**HIT["snippets"][1], "html": PASSAGE}] * 3
    results["hits"] = [
        {**HIT, "id": f"an-open-letter-of-the-harbour-reading-circle-{number:010}", "title_html": TITLE,
         "kind": "digest", "snippets": snippets, "persons": entities("person", 30),
         "organisations": entities("organisation", 20), "charges": entities("charge", 10)}
        for number in range(10)
    ]  # fmt: skip
    results["facets"] = {
        "year": [plain(str(year), 12) for year in range(2000, 2020)],
        "language": [plain("en", 2), plain("zh", 1)],
        "kind": [plain("source", 2), plain("digest", 1)],
        **{
            facet: [value(id, NAMES.get(facet, BODY)[1], 120) for id in ids(facet, 8)]
            for facet in ("person", "organisation", "charge", "violation", "place", "topic", "publisher")
        },
    }
    chosen = ids("person", 3)
    results["query"]["filters"] = {"person": chosen, "organisation": [f"-{id}" for id in ids("organisation", 3)]}
    labels = {id: {language: names[0] for language, names in NAMES["person"][1].items()} for id in chosen}
    results["query"]["filter_labels"] = {"person": labels}
    results.update(total=500, total_all=500)
    return client


@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
@pytest.mark.parametrize("careful", ["", "&careful=on"])
def test_the_fullest_page_of_results_is_short(heavy: FlaskClient, lang: str, careful: str) -> None:
    page = heavy.get(f"/search?q=海港读书会+林爱萍+公开信&sort=date&lang={lang}{careful}", follow_redirects=True)
    assert page.status_code == 200
    assert page.text.count('class="row hit"') == 10
    assert len(page.data) < LARGEST_PAGE


def test_an_ordinary_page_shows_what_there_is_room_for(heavy: FlaskClient, fake: FakeService) -> None:
    fake.results["hits"] = fake.results["hits"][:2]
    page = heavy.get("/search?q=海港").text
    assert page.count('name="person" value=') == 8, "seven people, and nobody"
    assert page.count('class="docket spot"') == 6


#: As long as a query is taken, or many times that; signs of any kind.
LONG = {
    "letters": "harbour " * 250,
    "characters": "海港读书会林爱萍公开信" * 182,
    "signs": '、“”"&<' * 334,
    "beyond the limit": "海港读书会的公开信" * 500,
}


def asked_for(results: dict[str, Any], q: str, limit: int = 2000) -> None:
    """Let the service answer a query as the real one does: what is beyond the limit is cut, and said."""
    results["query"]["q"] = q
    if len(q) > limit:
        results["query"]["ignored_codes"] = [{"code": "chars_limit", "values": {"limit": limit}}]


@pytest.mark.parametrize("careful", ["", "on"])
@pytest.mark.parametrize("q", LONG.values(), ids=LONG.keys())
def test_a_query_of_thousands_of_characters_makes_no_long_page(
    heavy: FlaskClient, fake: FakeService, q: str, careful: str
) -> None:
    asked_for(fake.results, q.strip())
    page = heavy.post("/search", data={"q": q, "sort": "date", "careful": careful})
    assert page.status_code == 200
    assert page.text.count('class="row hit"') == 10
    assert len(page.data) < LARGEST_PAGE
    shown = re.search(r'<input id="q"[^>]* value="([^"]*)"', page.text)
    assert shown
    assert html.unescape(shown[1]) == q.strip()[:2000], "the box has as much as was searched"


def test_a_long_query_is_said_once_and_its_links_still_lead_on(heavy: FlaskClient, fake: FakeService) -> None:
    q = ("海港读书会 & “公开信” " * 30).strip()
    asked_for(fake.results, q)
    page = heavy.get("/search", query_string={"q": q}).text
    (said,) = re.findall(r'name="of" value="(q=[^"]*)"', page)
    assert '<button form="here" name="to" value="page=2" formaction="/search">next</button>' in page
    fake.asked.clear()
    assert heavy.post("/search", data={"of": html.unescape(said), "to": "page=2"}).status_code == 200
    assert (fake.asked[0].q, fake.asked[0].page) == (q, 2)
    asked_for(fake.results, "海港")
    assert "form=" not in heavy.get("/search?q=海港&person=lin-aiping").text, "an ordinary page has ordinary links"


def test_hundreds_of_choices_make_a_page_in_proportion(heavy: FlaskClient, fake: FakeService) -> None:
    sizes = []
    for count in (100, 200, 400):
        fake.results["query"]["filters"] = {"person": ids("person", count)}
        sizes.append(len(heavy.post("/search", data={"person": ids("person", count)}).data))
    assert sizes[2] - sizes[1] < 2.5 * (sizes[1] - sizes[0])


def test_a_page_shows_no_more_than_some_of_the_names_searched_too(heavy: FlaskClient, fake: FakeService) -> None:
    one = fake.results["query"]["expansions"][0]
    fake.results["query"]["expansions"] = [one, one] + [{**one, "id": f"x-{number}"} for number in range(99)]
    page = heavy.get("/search?q=海港").text
    assert page.count('class="chip also"') == 24
    assert '<li class="faint">and 76 more</li>' in page
    fake.results["query"]["expansions"] = [one, one]
    assert heavy.get("/search?q=海港").text.count('class="chip also"') == 1


@pytest.mark.parametrize("hits", [2, 10])
def test_a_page_is_written_once_whatever_its_length(
    heavy: FlaskClient, fake: FakeService, monkeypatch: pytest.MonkeyPatch, hits: int
) -> None:
    written = []
    write = views.render_template  # type: ignore[attr-defined]

    def note(name: str, **values: Any) -> str:
        written.append(name)
        return write(name, **values)

    monkeypatch.setattr(views, "render_template", note)
    fake.results["hits"] = fake.results["hits"][:hits]
    page = heavy.get("/search?q=海港读书会+林爱萍+公开信&sort=date").text
    assert written == ["search.html"]
    assert "<!--" not in page
    assert (page.count('class="docket spot"') == 2 * hits) == (hits == 10), "a long page has two passages a hit"


def test_what_is_left_out_is_counted(heavy: FlaskClient, fake: FakeService) -> None:
    whole = heavy.get("/search?q=海港").text
    fake.results["hits"] = fake.results["hits"][:2]
    short = heavy.get("/search?q=海港").text
    for page in (whole, short):
        first = page[page.index('class="row hit"') :].partition("</article>")[0]
        named = len(re.findall(r'<li><a href="/(?:person|organisation|charge)/', first))
        assert f"and {60 - named} more" in first
        assert named >= 1
    assert whole.count('name="person" value=') == 4, "three people, and nobody"


def test_who_asks_for_more_documents_on_a_page_loses_no_passages(heavy: FlaskClient, fake: FakeService) -> None:
    fake.results["hits"] = fake.results["hits"] * 2
    fake.results["per_page"] = 50
    assert heavy.get("/search?q=海港&per_page=50").text.count('class="docket spot"') == 60
