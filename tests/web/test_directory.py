"""Lists of names: each stands where its reader looks, and is found by any of its names."""

from __future__ import annotations

from pathlib import Path

import pytest
from make_stroke_table import cldr_module, stroke_table

import search_app.entities
from indexer.authority import Authority
from search_app.entities.collation import heading, sort_key
from search_app.entities.directory import Directory, Selection, keys_of
from search_app.query.names import NameIndex

ROWS = [
    ("person", "qin", "en", "Qin Lanting", 2),
    ("person", "qin", "zh-Hans", "覃兰亭", 2),
    ("person", "tang", "zh-Hans", "唐兰亭", 1),
    ("person", "ding", "zh-Hans", "丁小满", 5),
    ("person", "marlow", "en", "Edda Marlow", 3),
    ("organisation", "circle", "en", "The Harbour Reading Circle", 1),
    ("organisation", "unnamed", "en", "Nobody Any More", 0),
]


def directory(kind: str, language: str) -> Directory:
    names = NameIndex(ROWS, Authority(), str)
    return Directory(names, kind, language, keys_of(names, kind))


def ids(language: str, **wanted: str) -> list[str]:
    return [row.named.id for row in directory("person", language).select(Selection(**wanted))]


def test_a_family_name_is_read_as_one() -> None:
    assert heading(sort_key("person", "覃兰亭", "覃兰亭", "zh-Hans")) == "Q"
    assert heading(sort_key("person", "單小滿", "单小满", "en")) == "S"
    assert heading(sort_key("charge", "单位受贿罪", "单位受贿罪", "zh-Hans")) == "D"


@pytest.mark.parametrize(
    ("name", "han", "letter"),
    [
        ("Edda Marlow", "", "M"),
        ("Edda Marlow Jr.", "", "M"),
        ("Tan Xiaoman", "覃小满", "T"),
        ("Qin Xiaoman", "覃小满", "Q"),
        ("Madonna", "", "M"),
    ],
)
def test_a_romanised_name_stands_under_the_family_name(name: str, han: str, letter: str) -> None:
    assert heading(sort_key("person", name, han, "en")) == letter


def test_each_reader_has_an_order() -> None:
    assert ids("en") == ["ding", "marlow", "qin", "tang"]
    assert ids("zh-Hans") == ["ding", "marlow", "qin", "tang"]
    assert ids("zh-Hant") == ["ding", "tang", "qin", "marlow"]  # 2, 10 and 12 strokes, then letters
    assert list(directory("person", "zh-Hant").headings("")) == ["2", "10", "12", "M"]


def test_by_count_the_most_named_come_first() -> None:
    assert ids("en", order="count") == ["ding", "marlow", "qin", "tang"]
    assert ids("zh-Hant", order="count") == ["ding", "marlow", "qin", "tang"]


def test_any_name_in_any_script_finds_a_row() -> None:
    assert ids("en", find="蘭亭") == ["qin", "tang"]
    assert ids("zh-Hant", find="LANTING") == ["qin"]
    assert ids("en", find="qin lan") == ["qin"]
    assert ids("en", letter="M") == ["marlow"]
    assert ids("en", find="—") == []


def test_an_article_and_those_whom_nobody_names_do_not_count() -> None:
    assert list(directory("organisation", "en").headings("")) == ["H"]


def test_the_table_of_strokes_is_cldrs() -> None:
    module = cldr_module()
    if module is None:
        pytest.skip("Perl's Unicode::Collate is not installed; the table of strokes was not compared with it")
    kept = Path(search_app.entities.__file__).with_name("strokes.txt").read_text(encoding="utf-8")
    assert kept.splitlines()[2:] == stroke_table(module).splitlines()[2:]
