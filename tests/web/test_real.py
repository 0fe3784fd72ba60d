"""The whole path: invented files, a real index, the pages and the API over it."""

from __future__ import annotations

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
id = "lin-aiping"
names = { en = ["Lin Aiping"], zh-Hans = ["林爱萍"], zh-Hant = ["林愛萍"] }
[[person]]
id = "qu-lanting"
names = { en = ["Qu Lanting"], zh-Hans = ["瞿兰亭"], zh-Hant = ["瞿蘭亭"] }
not_same_as = ["qu-lanting-2"]
[[person]]
id = "qu-lanting-2"
names = { en = ["Qu Lanting"], zh-Hans = ["屈兰亭"], zh-Hant = ["屈蘭亭"] }
distinguisher = "the painter"
""",
    "charges": """
[[charge]]
id = "smuggling-relics"
names = { en = ["smuggling of relics"], zh-Hans = ["走私文物罪"], zh-Hant = ["走私文物罪"] }
article = "151"
family = "smuggling"
[[charge]]
id = "smuggling"
names = { en = ["crimes of smuggling"] }
is_family = true
""",
}

DOCUMENTS = {
    "a.md": """---
id: a
title: The harbour & the <script>alert(1)</script>
date: 2019-05-10
---
Lin Aiping met Qu Lanting (瞿兰亭) at the harbour.

Lin Aiping was arrested for smuggling of relics in May 2019.
""",
    "b.md": """---
id: b
title: 林愛萍在海港
date: 2020-01
---
林愛萍沒有見到律師。她在海港住了很久，認識很多漁民。
""",
    "c.md": """---
id: c
title: Nets and boats
---
The fishermen of the harbour mend <b>nets</b> 100% by hand.
""",
}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    base = tmp_path_factory.mktemp("real")
    for folder, files in (("authority", {f"{kind}.toml": text for kind, text in AUTHORITY.items()}), ("in", DOCUMENTS)):
        (base / folder).mkdir()
        for name, text in files.items():
            (base / folder / name).write_text(text, encoding="utf-8")
    values = {**load_settings(environment={}).values, "corpus.authority": "authority", "index.folder": "index"}
    settings = Settings(values, Path(base))
    engine = open_engine(settings["index.engine"], settings.path("index.folder"))
    update(engine, base / "authority", [base / "in"], (), Options(processes=1))
    with running(settings) as app:
        yield app.test_client()


def test_every_count_beside_the_results_is_what_ticking_it_finds(real: FlaskClient) -> None:
    page = real.get("/search?q=harbour").text
    rows = re.findall(r'name="(\w+)" value="([^"]+)"[^>]*>.*?<span class="count">(\d+)', page, re.S)
    assert len(rows) > 3
    for facet, value, count in rows:
        found = real.get(f"/api/v1/search?q=harbour&{facet}={value}").get_json()
        assert found["total"] == int(count), (facet, value)


def test_the_api_and_the_page_have_the_same_documents_in_the_same_order(real: FlaskClient) -> None:
    api = [hit["id"] for hit in real.get("/api/v1/search?q=harbour&sort=date").get_json()["hits"]]
    page = re.findall(r'<h3[^>]*><a href="/doc/(\w+)\?', real.get("/search?q=harbour&sort=date").text)
    assert page == api


def test_both_scripts_find_the_same(real: FlaskClient) -> None:
    found = [
        real.get(f"/api/v1/search?q={name}").get_json() for name in ("林爱萍", "林愛萍", "Lin Aiping", "linaiping")
    ]
    assert [sorted(hit["id"] for hit in one["hits"]) for one in found] == [["a", "b"]] * 4
    assert '<p class="body says" lang="zh-Hant"><mark>林愛萍</mark>' in real.get("/search?q=林爱萍").text


def test_markup_in_a_document_is_text_everywhere(real: FlaskClient) -> None:
    for address in ("/search?q=harbour", "/doc/a?q=harbour", "/doc/c", "/person/lin-aiping", "/overview", "/cases",
                    "/search?q=<script>alert(1)</script>", "/search?person=<script>"):  # fmt: skip
        assert "<script>" not in real.get(address).text, address
        assert "<b>nets" not in real.get(address).text, address


def test_who_is_named_together_is_counted_in_the_same_documents_only(real: FlaskClient) -> None:
    person = real.get("/api/v1/entities/person/lin-aiping").get_json()
    assert person["documents"] == 2
    assert person["by_year"] == {"2019": 1, "2020": 1}
    for other in person["together"]["person"]:
        both = real.get(f"/api/v1/search?q=person:{other['id']}&person=lin-aiping").get_json()
        assert other["documents"] == both["total"] == 1


def test_namesakes_stay_apart(real: FlaskClient) -> None:
    page = real.get("/person/qu-lanting").text
    assert "Nothing here unites them" in page
    assert "the painter" in page
    assert real.get("/person/qu-lanting-2").status_code == 404


def test_a_case_leads_from_the_table_to_its_words(real: FlaskClient) -> None:
    (case,) = real.get("/api/v1/cases?charge=smuggling-relics").get_json()["cases"]
    assert case["persons"] == ["lin-aiping"]
    assert case["quotes"][0]["paragraph"] == 2
    page = real.get("/cases?charge=smuggling-relics").text
    assert 'href="/doc/a#p2"' in page
    assert real.get("/api/v1/cases?charge=smuggling-relics&date=..2018").get_json()["total"] == 0
    assert real.get("/cases.csv?person=林愛萍").text.count("smuggling-relics") == 1


@pytest.mark.parametrize("address", ["/api/v1/cases?page=0", "/api/v1/cases?per_page=1001", "/api/v1/cases?status=x",
                                     "/cases?date=soon", "/cases?page=x"])  # fmt: skip
def test_bad_parameters_of_cases_are_400(real: FlaskClient, address: str) -> None:
    assert real.get(address).status_code == 400


def test_a_charge_has_its_family_and_the_people_in_its_cases(real: FlaskClient) -> None:
    page = real.get("/charge/smuggling-relics").text
    assert "crimes of smuggling" in page
    assert "/charge/smuggling&" not in page
    assert 'href="/charge/smuggling"' not in page, "no document names the family: it has no page"
    side = page[page.index("In cases with this charge") :]
    assert side.index("/person/lin-aiping") < side.index("Named in the same documents")


def test_a_name_is_linked_to_every_paragraph_that_has_it(real: FlaskClient) -> None:
    page = real.get("/person/lin-aiping").text
    assert "named 2 times" in page
    assert 'href="/doc/a#p1"' in page


@pytest.mark.parametrize("kind", ["person", "organisation", "charge", "place"])
def test_those_who_name_nobody_can_be_chosen_and_left_out(real: FlaskClient, kind: str) -> None:
    without = real.get("/api/v1/search").get_json()["without"][kind]["count"]
    assert real.get(f"/api/v1/search?{kind}=none").get_json()["total"] == without
    assert real.get(f"/api/v1/search?-{kind}=none").get_json()["total"] == 3 - without
    assert f'name="{kind}" value="none" checked' in real.get(f"/search?{kind}=none").text


def test_a_list_of_names_has_the_same_rows_as_its_json(real: FlaskClient) -> None:
    for kinds, kind in (("persons", "person"), ("organisations", "organisation"), ("charges", "charge")):
        for query in ("", "?sort=count", "?lang=zh-Hant", "?q=lin", "?letter=L"):
            listed = [one["id"] for one in real.get(f"/{kinds}.json{query}").get_json()["entities"]]
            page = real.get(f"/{kinds}{query}").text
            assert re.findall(rf'<a href="/{kind}/([\w-]+)', page) == listed, (kinds, query)
    assert real.get("/persons?sort=date").status_code == 400


def test_it_is_healthy(real: FlaskClient) -> None:
    assert real.get("/healthz").get_json() == {"status": "ok", "generation": 1}


JUNK = [
    "%00",
    "%FF%FE",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "'\"<script>",
    "%25s%25(x)s",
    "((((%22",
    "*",
    "a*",
    "-",
    "a" * 5000,
]

FORM = "application/x-www-form-urlencoded"

PAGES = ("/search", "/doc/a", "/cases", "/person/lin-aiping", "/overview", "/persons", "/charges")


@pytest.mark.parametrize("junk", JUNK)
def test_nothing_a_client_sends_is_our_failure(real: FlaskClient, junk: str) -> None:
    keys = ("q", "year", "person", "-charge", "sort", "page", "cursor", "lang", "all", "find", "-expand", "date",
            "status", "letter", "careful")  # fmt: skip
    for path in ("/", *PAGES, "/api/v1/search", "/api/v1/suggest", "/api/v1/cases", "/cases.csv"):
        for key in keys:
            assert real.get(f"{path}?{key}={junk}").status_code < 500, (path, key)
    for path in (f"/doc/{junk}", f"/person/{junk}", f"/api/v1/documents/{junk}", f"/api/v1/entities/charge/{junk}"):
        assert real.get(path).status_code in (301, 302, 308, 404), path


@pytest.mark.parametrize("junk", JUNK)
def test_nothing_a_careful_client_sends_is_our_failure(real: FlaskClient, junk: str) -> None:
    for path in PAGES:
        for key in ("to", "q", "careful", "lang"):
            assert real.post(path, data=f"{key}={junk}", content_type=FORM).status_code < 500, (path, key)
        assert real.post(path, data=junk, content_type="multipart/form-data; boundary=x").status_code < 500


@pytest.mark.parametrize("form", ["csv", "jsonl", "ris", "bib", "csl"])
def test_a_result_is_taken_away_whole_and_in_its_order(real: FlaskClient, form: str) -> None:
    page = real.get("/search?q=harbour&sort=date&person=Qu Lanting", follow_redirects=True).text
    assert f"/search.{form}?q=harbour&amp;" in page
    titles = [hit["title"] for hit in real.get("/api/v1/search?q=harbour&sort=date").get_json()["hits"]]
    answer = real.get(f"/search.{form}?q=harbour&sort=date&per_page=1")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=search.{form}"
    words = [title.split()[0].rstrip("&") for title in titles]
    places = [answer.text.index(word) for word in words]
    assert len(places) == 2
    assert places == sorted(places)
    careful = real.post(f"/search.{form}", data={"of": "careful=on", "to": "q=harbour&sort=date"})
    assert careful.text == answer.text


@pytest.mark.parametrize(
    ("address", "said", "led"),
    [
        ("/search?charge=smuggling-relics", True, "/cases?charge=smuggling-relics"),
        ("/search?q=smuggling+of+relics", True, "/cases?charge=smuggling-relics"),
        ("/charge/smuggling-relics", True, "/cases?charge=smuggling-relics"),
        ("/search?q=Lin+Aiping", False, ""),
        ("/search?-charge=smuggling", False, ""),
        ("/search?charge=none", False, ""),
        ("/", False, ""),
        ("/person/lin-aiping", False, ""),
    ],
)
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "charged or not. Who was charged"),
        ("zh-Hans", "不论是否被控。何人被控"),
        ("zh-Hant", "不論是否被控。何人被控"),
    ],
)
def test_people_beside_a_charge_are_those_named_not_those_charged(
    real: FlaskClient, address: str, said: bool, led: str, lang: str, words: str
) -> None:
    page = real.get(f"{address}{'&' if '?' in address else '?'}lang={lang}", follow_redirects=True).text
    list_of_people = re.search(
        r'<p class="caution">(?:(?!</p>).)*' + re.escape(words.partition("。")[0]) + r".*?</p>", page, re.S
    )
    assert bool(list_of_people) == said
    if list_of_people:
        text = re.sub(r"<[^>]+>", "", list_of_people[0])
        assert words in " ".join(text.split()) or words in text.replace(" ", "")
        assert f'href="{led}&amp;lang={lang}"' in list_of_people[0]


def test_on_paper_the_cases_say_what_they_were_narrowed_to(real: FlaskClient) -> None:
    assert '<div class="row state noprint"><p class="docket">Narrow</p>' in real.get("/cases").text
    assert '<div class="row state"><p class="docket">Narrow</p>' in real.get("/cases?person=lin-aiping").text


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize(
    "address", ["/", "/search?charge=smuggling-relics", "/charge/smuggling-relics", "/cases", "/overview"]
)
def test_no_gap_follows_a_chinese_full_stop(real: FlaskClient, address: str, lang: str) -> None:
    page = real.get(f"{address}{'&' if '?' in address else '?'}lang={lang}", follow_redirects=True).text
    lines = re.findall(r'<p class="(?:body|caution|plain)[^"]*">(.*?)</p>', page, re.S)
    assert [
        line for line in lines if re.search(r"[。：]\s+[\u4e00-\u9fff]", re.sub(r"<[^>]+>", "", line).strip())
    ] == []
