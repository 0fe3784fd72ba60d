"""Equal characters are equal everywhere: one text in any script goes through every entry point to the same answer.

``forms`` writes a text anew with every character replaced by one that folds to the same, by chance: simplified,
traditional, Hong Kong and other printed shapes in any mixture, and full-width Latin.  Each entry point must then say
of the form what it says of the text, and what is marked must stand in the document as it is written there.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from indexer.fold import fold_text
from indexer.settings import Settings
from search_app import create_app
from search_app.cli import main
from search_app.export import write
from search_app.request import Parameters
from search_app.service import Service

from .collection import documents

#: What is typed: names of every kind, words, and stretches of the documents.
TEXTS = [
    "林爱萍", "周和平", "吴彤", "海港读书会", "走私珍稀古物罪", "限制出境", "乌许", "灯笼法", "Lin Aiping", "Wu Tong",
    "709律师", "G20峰会", "法院的决定", "反覆吵架", "了解情况", "沉默", "和平", "碼頭", "Harbour Reading Circle",
]  # fmt: skip

NAMES = {
    "person": ["林爱萍", "周和平", "Lin Aiping"],
    "organisation": ["海港读书会", "Harbour Reading Circle"],
    "charge": ["走私珍稀古物罪"],
    "violation": ["限制出境"],
    "place": ["乌许", "Wuxu"],
    "topic": ["灯笼法", "Lantern Law"],
}

WIDE = {chr(code - 0xFEE0): chr(code) for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}


def equal_characters() -> dict[str, list[str]]:
    """Return the characters that fold to the same one, by that one: all of the CJK blocks in use."""
    classes: dict[str, list[str]] = {}
    for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00)):
        if len(folded := fold_text(chr(code))) == 1:
            classes.setdefault(folded, []).append(chr(code))
    return classes


EQUAL = equal_characters()


@st.composite
def forms(draw: st.DrawFn, text: str) -> str:
    """Write ``text`` in other characters that are equal."""
    wide = draw(st.booleans())
    return "".join(
        draw(st.sampled_from(EQUAL[fold_text(character)]))
        if fold_text(character) in EQUAL
        else WIDE.get(character, character)
        if wide
        else character
        for character in text
    )


pairs = st.sampled_from(TEXTS).flatmap(lambda text: st.tuples(st.just(text), forms(text)))
names = st.sampled_from([(kind, name) for kind, some in NAMES.items() for name in some]).flatmap(
    lambda pair: st.tuples(st.just(pair[0]), st.just(pair[1]), forms(pair[1]))
)


@pytest.fixture(scope="module")
def client(settings: Settings, service: Service) -> FlaskClient:
    return create_app(settings, service).test_client()


def read(client: FlaskClient, address: str, **arguments: Any) -> str:
    answer = client.get(address, query_string=arguments, headers={"Host": "localhost"}, follow_redirects=True)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def found(client: FlaskClient, **arguments: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(read(client, "/api/v1/search", per_page=100, facet_size=1000, **arguments))
    return answer


def answers(result: dict[str, Any]) -> tuple[Any, ...]:
    """Return what must not depend on the script of a query: documents, totals, counts, what else was searched.

    The order and the scores may: the exact script ranks first.
    """
    return (
        {(hit["id"], hit["match"]) for hit in result["hits"]},
        (result["total"], result["total_all"]),
        {facet: {row["value"]: row["count"] for row in rows} for facet, rows in result["facets"].items()},
        {(one["kind"], one["id"]) for one in result["query"]["expansions"]},
        len(result["query"]["ignored"]),
    )


def marked(texts: str) -> set[str]:
    return {fold_text(html.unescape(mark)) for mark in re.findall("<mark>(.*?)</mark>", texts, re.DOTALL)}


@examples(max_examples=150)
@given(
    pair=pairs,
    shape=st.sampled_from(["{}", '"{}"', "“{}”", "text:{}", "title:{}", "{}~", '"{}"~3', "海港 OR {}", "-{}"]),
)
def test_a_query(client: FlaskClient, pair: tuple[str, str], shape: str) -> None:
    text, form = pair
    one, other = (found(client, q=shape.format(written)) for written in (text, form))
    assert answers(one) == answers(other)


@examples(max_examples=80)
@given(pair=pairs)
def test_a_mark_is_what_the_document_has(client: FlaskClient, pair: tuple[str, str]) -> None:
    """In results and on the page of the document, with any form the same places are marked, in original characters."""
    originals = {id: f"{title}\n{text}" for id, (title, _, text) in documents().items()}
    shown = [{hit["id"]: hit["title_html"] + "".join(s["html"] for s in hit["snippets"])
              for hit in found(client, q=written)["hits"]} for written in pair]  # fmt: skip
    assert {id: marked(texts) for id, texts in shown[0].items()} == {
        id: marked(texts) for id, texts in shown[1].items()
    }
    for id, texts in shown[1].items():
        for mark in re.findall("<mark>(.*?)</mark>", texts):
            assert html.unescape(mark) in originals[id]
    for id in list(shown[0])[:2]:
        pages = [re.findall("<mark[^>]*>(.*?)</mark>", read(client, f"/doc/{id}", q=written)) for written in pair]
        assert pages[0] == pages[1]


@examples(max_examples=80)
@given(name=names, excluding=st.booleans())
def test_a_filter(client: FlaskClient, name: tuple[str, str, str], excluding: bool) -> None:
    kind, text, form = name
    key = f"-{kind}" if excluding else kind
    one, other = (found(client, **{key: written}) for written in (text, form))
    assert [hit["id"] for hit in one["hits"]] == [hit["id"] for hit in other["hits"]]
    assert answers(one) == answers(other)
    assert one["query"]["filters"] == other["query"]["filters"]
    assert one["query"]["ignored"] == []


@examples(max_examples=60)
@given(name=names)
def test_a_field(client: FlaskClient, name: tuple[str, str, str]) -> None:
    kind, text, form = name
    one, other = (found(client, q=f'{kind}:"{written}"') for written in (text, form))
    assert answers(one) == answers(other)
    assert one["total"] > 0


@examples(max_examples=40)
@given(name=names)
def test_a_search_inside_a_facet(client: FlaskClient, name: tuple[str, str, str]) -> None:
    kind, text, form = name
    rows = [set(re.findall(rf'name="{kind}" value="([^"]+)"', read(client, "/search", all=kind, find=written)))
            for written in (text, form)]  # fmt: skip
    assert rows[0] == rows[1] != set()


@examples(max_examples=60)
@given(pair=pairs, length=st.integers(1, 8))
def test_suggestions(client: FlaskClient, pair: tuple[str, str], length: int) -> None:
    offered = [
        [
            (one["kind"], one["id"])
            for one in json.loads(read(client, "/api/v1/suggest", q=written[:length]))["suggestions"]
        ]
        for written in pair
    ]
    assert offered[0] == offered[1]


@examples(max_examples=40)
@given(name=names.filter(lambda name: name[0] in ("person", "charge")))
def test_cases(client: FlaskClient, name: tuple[str, str, str]) -> None:
    kind, text, form = name
    for address in ("/cases.json", "/cases.csv", "/api/v1/cases"):
        assert read(client, address, **{kind: text}) == read(client, address, **{kind: form})
        by_query = [read(client, address, q=written) for written in (text, form)]
        assert len(by_query[0].splitlines()) == len(by_query[1].splitlines())


@examples(max_examples=40)
@given(name=names.filter(lambda name: name[0] in ("person", "organisation", "charge")))
def test_lists_of_names(client: FlaskClient, name: tuple[str, str, str]) -> None:
    kind, text, form = name
    one, other = (json.loads(read(client, f"/{kind}s.json", q=written)) for written in (text, form))
    assert one == other


WRITERS: dict[str, Callable[[str], set[str]]] = {
    "csv": lambda text: {row[0] for row in csv.reader(io.StringIO(text))},
    "jsonl": lambda text: {json.loads(line)["id"] for line in text.splitlines()},
    "ris": lambda text: set(re.findall(r"^ID  - (.*)$", text, re.MULTILINE)),
    "bibtex": lambda text: set(re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE)),
    "csl-json": lambda text: {one["id"] for one in json.loads(text)},
}


@examples(max_examples=60)
@given(pair=pairs, form=st.sampled_from(sorted(WRITERS)))
def test_exports(service: Service, pair: tuple[str, str], form: str) -> None:
    one, other = (WRITERS[form]("".join(write(service, Parameters(q=written), form))) for written in pair)
    assert one == other != set()


@pytest.mark.parametrize("command", ["search", "cases", "who", "analyze", "export"])
@examples(max_examples=8)
@given(pair=pairs)
def test_the_command_line(settings: Settings, command: str, pair: tuple[str, str]) -> None:
    """``who`` tells the script that was typed from the other one, and nothing else by it."""
    said = [run(settings, command, written) for written in pair]
    if command == "search":
        assert answers(json.loads(said[0])) == answers(json.loads(said[1]))
    elif command == "cases":
        assert len(json.loads(said[0])["cases"]) == len(json.loads(said[1])["cases"])
    elif command == "export":
        assert WRITERS["jsonl"](said[0]) == WRITERS["jsonl"](said[1])
    elif command == "analyze":
        assert terms(said[0]) == terms(said[1])
    else:
        assert bearers(said[0]) == bearers(said[1])


def run(settings: Settings, command: str, text: str) -> str:
    tail = {"search": ["--json", "--limit=100"], "export": ["--format=jsonl"]}.get(command, ["--json"])
    environment = {"HRSEARCH_CORPUS_AUTHORITY": settings["corpus.authority"]}
    done = CliRunner().invoke(main, ["--index", settings["index.folder"], command, *tail, "--", text], env=environment)
    assert done.exit_code == 0, done.output
    return done.stdout


def terms(said: str) -> dict[str, list[tuple[str, int]]]:
    tokens = json.loads(said)
    return {view: [(token["text"], token["position"]) for token in tokens[view]] for view in ("words", "chars")}


def bearers(said: str) -> set[str]:
    return set(re.findall(r'"id": "([^"]+)"', said))
