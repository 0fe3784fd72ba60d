"""Counts, pages, filters and labels of a result, and the same result through Python, command line and web."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from indexer.engines.base import FACETS
from indexer.query import wanted_leaves
from indexer.settings import Settings
from search_app import create_app, present
from search_app.cli import main
from search_app.request import Parameters
from search_app.service import Service

from .collection import documents

TOTAL = len(documents())

QUERIES = [
    "", "*", "林愛萍", "Lin Aiping", "lawyers", "海港 律师", "吵架 烏許", "person:林爱萍 OR title:和平", "-林爱萍",
    "Lin Aiping keeper museum smuggling trial", "year:2018..", "exit ban harbour", "和平", "雨",
    "nothing at all like this", "The Harbour Reading Circle", "渔民等待下雨", "“林爱萍”", "harb* -cat", "title:cats",
]  # fmt: skip

VALUES = {
    "year": ["2015", "2018", "none", "2015..2019", "2019..", "..2018", "-none", "-2018"],
    "person": ["lin-aiping", "林愛萍", "zhou-heping", "-lin-aiping", "nobody"],
    "organisation": ["harbour-reading-circle", "-harbour-reading-circle"],
    "charge": ["smuggling-relics", "-smuggling-relics"],
    "violation": ["exit-ban"],
    "place": ["wuxu", "-乌许"],
    "topic": ["lantern-law"],
    "language": ["en", "zh", "-en"],
    "kind": ["source", "note", "-note"],
}

filters = st.dictionaries(st.sampled_from(sorted(VALUES)), st.integers(0, 30), max_size=3).flatmap(
    lambda names: st.fixed_dictionaries(
        {
            name: st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=2, unique=True).map(tuple)
            for name in names
        }
    )
)
searches = st.builds(
    Parameters,
    q=st.sampled_from(QUERIES),
    filters=filters,
    sort=st.sampled_from(["relevance", "date", "-date", "-first_indexed"]),
    per_page=st.just(100),
    facet_size=st.just(1000),
    fallback=st.booleans(),
    expand=st.booleans(),
)


def ids(service: Service, parameters: Parameters) -> list[str]:
    return [hit.record["id"] for hit in service.search(parameters).hits]


@examples(max_examples=150)
@given(parameters=searches)
def test_a_count_is_the_hits_when_its_facet_is_set_to_that_value(service: Service, parameters: Parameters) -> None:
    found = service.search(parameters)
    assert found.total == len(found.hits) <= TOTAL
    assert found.total_all == sum(hit.match == "all" for hit in found.hits)
    for facet in FACETS:
        for value in found.facets[facet]:
            chosen = service.search(parameters.with_filter(facet, (value.value,)))
            assert chosen.total == value.count, (facet, value.value)
        for nobody in [found.without[facet]] if facet in found.without else []:
            assert service.search(parameters.with_filter(facet, ("none",))).total == nobody.count, facet
            named = service.search(parameters.with_filter(facet, ("-none",))).total
            assert named + nobody.count == service.search(parameters.with_filter(facet, ())).total, facet


@examples(max_examples=60)
@given(parameters=searches)
def test_no_value_that_would_give_hits_is_missing_from_a_facet(service: Service, parameters: Parameters) -> None:
    """Every entity and year of every hit without this facet's choice is one of its lines."""
    plural = {"person": "persons", "place": "places", "charge": "charges", "violation": "violations"}
    found = service.search(parameters)
    for facet, key in plural.items():
        loose = service.search(parameters.with_filter(facet, ()))
        named = {entity["id"] for hit in loose.hits for entity in hit.record[key]}
        assert named == {value.value for value in found.facets[facet] if value.count}
    loose = service.search(parameters.with_filter("year", ()))
    years = {str(hit.record["year"] or "none") for hit in loose.hits}
    assert years == {value.value for value in found.facets["year"] if value.count}


@examples(max_examples=40)
@given(parameters=searches, size=st.integers(1, 9))
def test_pages_cover_every_hit_once_in_one_order(service: Service, parameters: Parameters, size: int) -> None:
    whole = ids(service, parameters)
    pages = range(1, len(whole) // size + 2)
    assert [id for page in pages for id in ids(service, replace(parameters, page=page, per_page=size))] == whole
    assert service.ids(parameters) == whole


@examples(max_examples=40)
@given(parameters=searches)
def test_scores_fall_and_ties_go_by_date_then_id(service: Service, parameters: Parameters) -> None:
    hits = service.search(replace(parameters, sort="relevance")).hits
    if parameters.q not in ("", "*"):
        keys = [(hit.match != "all", -hit.score, _newest(hit.record["date"]), hit.record["id"]) for hit in hits]
        assert keys == sorted(keys)


def _newest(date: str | None) -> int:
    return -int((date or "0").replace("-", "").ljust(8, "0"))


def test_chosen_values_stay_in_sight_at_zero(service: Service) -> None:
    found = service.search(Parameters(q="Turkic", filters={"person": ("lin-aiping", "-zhou-heping")}))
    assert found.total == 0
    lines = {value.value: value for value in found.facets["person"]}
    assert (lines["lin-aiping"].count, lines["lin-aiping"].selected) == (0, True)
    assert (lines["zhou-heping"].count, lines["zhou-heping"].excluded) == (0, True)
    assert lines["lin-aiping"].named is not None
    assert lines["lin-aiping"].named.label("zh-Hant") == "林愛萍"


def test_undated_documents_have_a_line_and_years_are_newest_first(service: Service) -> None:
    values = [value.value for value in service.search(Parameters()).facets["year"]]
    assert values[-1] == "none"
    assert values[:-1] == sorted(values[:-1], reverse=True)


def test_facet_size_cuts_the_commonest_first(service: Service) -> None:
    whole = service.search(Parameters(facet_size=1000)).facets["person"]
    assert [value.count for value in whole] == sorted((value.count for value in whole), reverse=True)
    assert service.search(Parameters(facet_size=2)).facets["person"] == whole[:2]
    assert service.search(Parameters(facet_size=0)).facets["person"] == ()


def test_every_passage_is_of_its_document(service: Service) -> None:
    for query in ("林愛萍", "Lin Aiping", "lawyers", "和平", "exit ban"):
        for hit in service.search(Parameters(q=query, per_page=100)).hits:
            assert hit.snippets
            assert "<mark>" in hit.title_html + "".join(snippet.html for snippet in hit.snippets)
            for snippet in hit.snippets:
                assert hit.record["text"][snippet.start : snippet.end]


@pytest.mark.parametrize("q", QUERIES)
def test_what_has_most_of_a_query_is_marked_as_what_has_all(service: Service, q: str) -> None:
    with service.collection() as collection:
        compiled = service.compile(Parameters(q=q), collection.lexicon)
    if compiled.most is not None:
        assert set(wanted_leaves(compiled.most)) == set(wanted_leaves(compiled.all))


@pytest.mark.parametrize("q", ["", "lawyers"])
def test_passages_show_where_a_document_names_whom_a_filter_chooses(service: Service, q: str) -> None:
    found = service.search(Parameters(q=q, filters={"person": ("林愛萍",)}))
    assert found.hits
    for hit in found.hits:
        (person,) = (one for one in hit.record["persons"] if one["id"] in found.filters["person"])
        shown = "".join(snippet.html for snippet in hit.snippets) + hit.title_html
        assert any(f"<mark>{mention['text']}</mark>" in shown for mention in person["mentions"])
    excluded = service.search(Parameters(q=q, filters={"person": ("-林愛萍",)}))
    assert all("林" not in mark for hit in excluded.hits for mark in re.findall("<mark>(.*?)</mark>", hit.title_html))


def test_marks_of_a_document_page_are_those_of_the_result(service: Service) -> None:
    parameters = Parameters(q="林愛萍")
    record = service.document("lin-hans")
    assert record is not None
    title, text = service.marks(record, parameters)
    assert {record["title"][start:end] for start, end, _ in title} == {"林爱萍"}
    assert {record["text"][start:end] for start, end, _ in text} == {"林爱萍"}
    assert service.document("nobody") is None


# One service behind every entry


@pytest.fixture(scope="module")
def client(settings: Settings, service: Service) -> FlaskClient:
    return create_app(settings, service).test_client()


def over_http(client: FlaskClient, arguments: dict[str, Any]) -> dict[str, Any]:
    answer = client.get("/api/v1/search", query_string=arguments, headers={"Host": "localhost"})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: dict[str, Any] = answer.get_json()
    return found


ASKED: list[dict[str, Any]] = [
    {"q": "林愛萍"},
    {"q": "Lin Aiping keeper museum smuggling trial", "per_page": 5, "page": 2},
    {"q": "吵架 烏許", "year": ["2018", "none"]},
    {"q": "", "person": ["lin-aiping", "-zhou-heping"], "sort": "date"},
    {"q": "exit ban", "expand": "off", "language": ["en"]},
    {"q": "海港 律师", "match": "all", "year": ["2015..2019"]},
    {"q": "-林爱萍 title:和平 OR (", "kind": ["source"]},
    {"q": "Wu Tong", "person": ["Wu Tong"]},
]


@pytest.mark.parametrize("arguments", ASKED, ids=lambda arguments: str(arguments["q"]))
def test_python_command_line_and_web_give_the_same(
    arguments: dict[str, Any],
    service: Service,
    settings: Settings,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    web = over_http(client, arguments)

    monkeypatch.setenv("HRSEARCH_CORPUS_AUTHORITY", settings["corpus.authority"])
    command = ["--index", settings["index.folder"], "search", arguments["q"] or "*", "--json"]
    for name, value in arguments.items():
        option = {"per_page": "limit"}.get(name, name)
        for one in value if isinstance(value, list) else [value]:
            command += [] if name == "q" else [f"--{option}={one}"]
    done = CliRunner().invoke(main, [*command[:3], *command[4:], "--", command[3]])
    assert done.exit_code == 0, done.output
    line = json.loads(done.stdout)

    wanted = Parameters(
        q=arguments["q"],
        filters={name: tuple(value) for name, value in arguments.items() if isinstance(value, list)},
        sort=arguments.get("sort", "relevance"),
        page=arguments.get("page", 1),
        per_page=arguments.get("per_page", 10),
        fallback=arguments.get("match") != "all",
        expand=arguments.get("expand") != "off",
    )
    python = json.loads(json.dumps(present.results(service.search(wanted))))
    for found in (web, line, python):
        del found["took_ms"]
        found["query"]["q"] = found["query"]["q"].strip("*")
    assert web == python
    assert line == python
    assert [hit["id"] for hit in web["hits"]] == service.ids(wanted)


def test_the_object_has_every_key_of_the_contract(client: FlaskClient) -> None:
    found = over_http(client, {"q": "林愛萍", "per_page": 1})
    assert {"query", "total", "total_all", "page", "per_page", "next", "took_ms", "index", "hits", "facets",
            "suggestion"} <= found.keys()  # fmt: skip
    assert {"q", "filters", "ignored", "expansions"} <= found["query"].keys()
    assert {"id", "kind", "title", "title_html", "date", "year", "language", "script", "url", "publisher", "score",
            "match", "why", "snippets", "persons", "organisations", "charges"} <= found["hits"][0].keys()  # fmt: skip
    assert {"field", "html", "start", "end", "lang"} <= found["hits"][0]["snippets"][0].keys()
    assert list(found["facets"]) == list(FACETS)
    assert found["facets"]["person"][0]["labels"] == {"en": "Lin Aiping", "zh-Hans": "林爱萍", "zh-Hant": "林愛萍"}
    assert found["index"]["documents"] == TOTAL


def test_the_cursor_opens_the_next_page(client: FlaskClient, service: Service) -> None:
    seen: list[str] = []
    cursor = None
    while True:
        found = over_http(client, {"q": "林愛萍", "per_page": 5, **({"cursor": cursor} if cursor else {})})
        seen += [hit["id"] for hit in found["hits"]]
        cursor = found["next"]
        if cursor is None:
            break
    assert seen == ids(service, Parameters(q="林愛萍", per_page=100))


@pytest.mark.parametrize("form", ["林爱萍", "林愛萍"])
def test_every_entry_is_blind_to_the_script(client: FlaskClient, form: str) -> None:
    """Query, filter and field; the highlight stands on what the document has."""
    by_query, by_filter, by_field = (
        over_http(client, {"per_page": 100, **arguments})
        for arguments in ({"q": form}, {"person": form}, {"q": f"person:{form}"})
    )
    assert by_query["total"] == by_filter["total"] == by_field["total"] > 3
    marked = {mark for hit in by_query["hits"] for mark in ("<mark>林爱萍</mark>", "<mark>林愛萍</mark>")
              if mark in hit["title_html"] + "".join(snippet["html"] for snippet in hit["snippets"])}  # fmt: skip
    assert marked == {"<mark>林爱萍</mark>", "<mark>林愛萍</mark>"}


@pytest.mark.parametrize(
    "arguments",
    [{"year": "soon"}, {"year": ".."}, {"page": "0"}, {"page": "x"}, {"per_page": "101"}, {"sort": "best"},
     {"match": "x"}, {"cursor": "p0"}, {"facet_size": "-1"}, {"page": "99999999"}, {"expand": "maybe"}],
    ids=str,
)  # fmt: skip
def test_a_wrong_parameter_says_what_is_allowed(client: FlaskClient, arguments: dict[str, str]) -> None:
    answer = client.get("/api/v1/search", query_string=arguments, headers={"Host": "localhost"})
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["detail"]


@examples(max_examples=60)
@given(
    arguments=st.dictionaries(
        st.sampled_from(
            ["q", "person", "year", "language", "kind", "place", "-person", "sort", "page", "cursor", "lang"]
        ),
        st.text(st.sampled_from('林a0-.*"()\x00:…２0年~\u202e'), max_size=12),
    )
)
def test_nothing_that_a_client_sends_is_an_error_of_ours(client: FlaskClient, arguments: dict[str, str]) -> None:
    answer = client.get("/api/v1/search", query_string=arguments, headers={"Host": "localhost"})
    assert answer.status_code in (200, 400)


def test_the_box_for_a_person_of_the_cases_holds_a_name_and_no_id(client: FlaskClient, service: Service) -> None:
    (id,) = service.search(Parameters(filters={"person": ("林愛萍",)})).filters["person"]
    for language, name in (("en", "Lin Aiping"), ("zh-Hans", "林爱萍")):
        page = client.get("/cases", query_string={"person": id, "lang": language}).text
        assert f'name="person" value="{name}"' in page
    assert 'name="person" value="nobody-at-all"' in client.get("/cases?person=nobody-at-all").text
