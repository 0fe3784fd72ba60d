"""What a search takes upon itself is on the page and can be taken back; what it does not know it asks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.engines import open_engine
from indexer.pipeline.run import Options
from indexer.pipeline.update import update
from indexer.settings import Settings, load_settings
from search_app.application import running

AUTHORITY = {
    "persons": """
[[person]]
id = "wu-tong-doctor"
names = { en = ["Wu Tong"], zh-Hans = ["吴桐"], zh-Hant = ["吳桐"] }
distinguisher = "a doctor"
distinguisher_in = { zh-Hans = "医生" }
not_same_as = ["wu-tong-editor"]
roles = ["doctor"]
shared_name = true
[[person]]
id = "wu-tong-editor"
names = { en = ["Wu Tong"], zh-Hans = ["吴彤"], zh-Hant = ["吳彤"] }
distinguisher = "an editor"
not_same_as = ["wu-tong-doctor"]
roles = ["editor"]
shared_name = true
""",
    "organisations": """
[[organisation]]
id = "lantern-society"
names = { en = ["Lantern Reading Society"], zh-Hans = ["灯笼读书社"], zh-Hant = ["燈籠讀書社"] }
[[organisation]]
id = "lantern-society-north"
names = { en = ["Lantern Reading Society North"], zh-Hans = ["灯笼读书社北社"], zh-Hant = ["燈籠讀書社北社"] }
""",
}

DOCUMENTS = {
    "doctor": "The doctor Wu Tong (吴桐) wrote of the flood.",
    "editor": "The editor Wu Tong (吴彤) left the paper.",
    "mainland": "码头的信息由渔民提供。",
    "taiwan": "碼頭的資訊由漁民提供。",
    "third": "漁民得到了訊息。",
    "society": "The Lantern Reading Society met. 燈籠讀書社也發表了聲明。",
    "north": "The Lantern Reading Society North met elsewhere.",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    base = tmp_path_factory.mktemp("widened")
    (base / "authority").mkdir()
    (base / "in").mkdir()
    for kind, text in AUTHORITY.items():
        (base / "authority" / f"{kind}.toml").write_text(text, encoding="utf-8")
    for id, text in DOCUMENTS.items():
        (base / "in" / f"{id}.md").write_text(f"---\nid: {id}\ntitle: {id}\n---\n{text}\n", encoding="utf-8")
    values = {**load_settings(environment={}).values, "corpus.authority": "authority", "index.folder": "index"}
    settings = Settings(values, Path(base))
    engine = open_engine(settings["index.engine"], settings.path("index.folder"))
    update(engine, base / "authority", [base / "in"], (), Options(processes=1))
    with running(settings) as app:
        yield app.test_client()


def chips(page: str) -> dict[str, str]:
    """Return each chip of an expansion, as it is read, with where it leads."""
    pattern = r'<a href="([^"]+)" class="chip also"[^>]*><span class="unseen">[^<]+</span>(.*?)</a>'
    found = re.findall(pattern, page, re.S)
    return {" ".join(re.sub(r"<[^>]+>", " ", text).split()): html.unescape(address) for address, text in found}


@pytest.mark.parametrize(
    ("q", "lang", "labels"),
    [
        ("信息", "en", {"Regional word 资讯 資訊", "Regional word 讯息 訊息"}),
        ("信息", "zh-Hans", {"各地用词 资讯", "各地用词 讯息"}),
        ("資訊", "zh-Hant", {"各地用詞 信息", "各地用詞 訊息"}),
        (
            "Lantern Reading Society",
            "en",
            {
                "Organisation Lantern Reading Society 灯笼读书社",
                "Organisation Lantern Reading Society North 灯笼读书社北社",
            },
        ),
        (
            "燈籠讀書社",
            "zh-Hant",
            {
                "機構 燈籠讀書社 Lantern Reading Society",
                "機構 燈籠讀書社北社 Lantern Reading Society North",
            },
        ),
    ],
)
def test_every_widening_is_a_chip_in_the_readers_language_and_goes_alone(
    site: FlaskClient, q: str, lang: str, labels: set[str]
) -> None:
    page = site.get("/search", query_string={"q": q, "lang": lang}).text
    assert set(chips(page)) == labels
    for chip, address in chips(page).items():
        assert "-expand=" in address
        after = site.get(address).text
        assert set(chips(after)) == set(chips(page)) - {chip}
        for last in chips(after).values():
            assert chips(site.get(last).text) == {}


def test_a_word_taken_out_is_not_searched_and_can_be_brought_back(site: FlaskClient) -> None:
    def found(address: str) -> set[str]:
        return {hit["id"] for hit in site.get(f"/api/v1/search?{address}").get_json()["hits"]}

    assert found("q=信息") == {"mainland", "taiwan", "third"}
    assert found("q=信息&-expand=资讯") == {"mainland", "third"}
    assert found("q=信息&-expand=资讯&-expand=讯息") == found("q=信息&expand=off") == {"mainland"}
    for taken_out, offer in (("-expand=资讯", "Search what was taken out too"), ("expand=off", "Search them too")):
        page = site.get(f"/search?q=信息&{taken_out}").text
        assert f'href="/search?q=信息" rel="nofollow">{offer}' in page


@pytest.mark.parametrize(
    ("lang", "question", "doctor"),
    [
        ("en", "Which person?", "a doctor"),
        ("zh-Hans", "哪一位？", "医生"),
        ("zh-Hant", "哪一位？", '<span lang="zh-Hans">医生</span>'),
    ],
)
def test_a_name_of_two_asks_which(site: FlaskClient, lang: str, question: str, doctor: str) -> None:
    page = site.get(f"/search?person=Wu Tong&lang={lang}").text
    assert question in page
    assert f'<span class="plain">{doctor}</span>' in page
    editor = "an editor" if lang == "en" else '<span lang="en">an editor</span>'
    assert f'<span class="plain">{editor}</span>' in page, "words that are in English alone say so"
    links = re.findall(r'href="(/search\?person=wu-tong-\w+[^"]*)"', page)
    assert [site.get(html.unescape(link)).text.count('<article class="row hit">') for link in links] == [1, 1]
    (asked,) = site.get("/api/v1/search?person=Wu Tong").get_json()["query"]["questions"]
    assert [(one["id"], one["distinguisher"], one["documents"]) for one in asked["choices"]] == [
        ("wu-tong-doctor", "a doctor", 1),
        ("wu-tong-editor", "an editor", 1),
    ]


def test_a_name_of_two_that_is_to_be_left_out_asks_which(site: FlaskClient) -> None:
    page = site.get("/search?-person=Wu Tong").text
    assert 'href="/search?-person=wu-tong-doctor"' in page


@pytest.mark.shared
def test_a_pastor_and_a_minister_who_are_written_alike_are_both_offered(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    seeds = root.parent / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("../shared/seeds is not there")
    settings = load_settings(environment={}).replaced(
        corpus_authority=str(root / "corpus" / "authority"), index_folder=str(tmp_path / "index")
    )
    engine = open_engine(settings["index.engine"], settings.path("index.folder"))
    update(engine, settings.path("corpus.authority"), [seeds], (), Options(processes=1))
    with running(settings) as app:
        client = app.test_client()
        (asked,) = client.get("/api/v1/search?person=Wang Yi").get_json()["query"]["questions"]
        assert [one["id"] for one in asked["choices"]] == ["wang-yi-minister", "wang-yi-pastor"]
        page = client.get("/search?person=Wang Yi").text
        for one in asked["choices"]:
            assert one["distinguisher"] in page
            assert client.get(f"/api/v1/search?person={one['id']}").get_json()["total"] == one["documents"] > 0
