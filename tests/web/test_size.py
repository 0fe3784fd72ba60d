"""A page of results stays short where there is most to show: long titles, long names, many choices."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

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
