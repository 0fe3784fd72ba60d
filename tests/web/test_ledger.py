"""The facets as rows, and the years as bars."""

from __future__ import annotations

import pytest

from indexer.authority import Authority, AuthorityRecord
from search_app.entities.directory import keys_of
from search_app.facets import FacetValue
from search_app.ledger import (
    BRIEF,
    OPENED,
    SHORT,
    STEPS,
    Families,
    families,
    gaps,
    name_in,
    named_so,
    other_name,
    shelves,
    undated,
    year_bars,
)
from search_app.links import State
from search_app.query.names import NameIndex

from .fixtures import LIN, QU, plain, value


def people(count: int) -> list[dict[str, object]]:
    return [value(f"p{n}", {"en": [f"Person {n}"], "zh-Hans": [f"人{n}"]}, count - n) for n in range(count)]


def test_names_are_in_the_readers_language_or_say_which_they_are_in() -> None:
    assert name_in("zh-Hant", LIN, "x") == name_in("zh-Hant", {"zh-Hant": "林愛萍"}, "x")
    assert name_in("zh-Hant", QU, "x").language == "zh-Hans"
    assert name_in("en", {}, "x").language is None


def test_a_label_that_stands_in_for_another_language_says_what_it_is() -> None:
    latin = dict.fromkeys(("en", "zh-Hans", "zh-Hant"), "Harbour Circle")
    han = dict.fromkeys(("en", "zh-Hans", "zh-Hant"), "海港")
    assert name_in("zh-Hans", latin, "x").language == "en"
    assert name_in("en", han, "x").language == "zh-Hans"
    assert other_name("en", han, name_in("en", han, "x")) is None


def test_chosen_values_come_first_and_are_never_cut_off() -> None:
    rows = people(30)
    rows[29]["selected"] = rows[28]["excluded"] = True
    shelf = next(s for s in shelves({"facets": {"person": rows}}, State(), "en") if s.facet == "person")
    assert [row.value for row in shelf.rows[:2]] == ["p28", "p29"]
    assert len(shelf.rows) == SHORT
    assert shelf.total > len(shelf.rows)
    assert shelf.chosen


def test_an_open_facet_is_searched_by_any_name_in_any_script() -> None:
    rows = [("person", "lin-aiping", language, name, 3) for language, (name, *_) in LIN.items()]
    names = NameIndex([*rows, ("person", "lin-aiping", "other", "Old Mrs. Lin", 3)], Authority(), str)
    keys = keys_of(names, "person")
    for words in ("aiping", "愛萍", "爱萍", "AIPING", "linaiping", "Lin-Ai", "old mrs lin", ""):
        assert named_so(FacetValue("lin-aiping", 3), words, keys), words
    assert not named_so(FacetValue("lin-aiping", 3), "lanting", keys)
    assert named_so(FacetValue("lin-aiping", 0, selected=True), "lanting", keys)
    assert named_so(FacetValue("zh", 3), "ZH", {})


def test_a_long_facet_is_shown_in_part_and_says_so() -> None:
    opened = shelves({"facets": {"person": people(90)}}, State((("all", "person"),)), "en", opened=1200)
    shelf = next(s for s in opened if s.facet == "person")
    assert (len(shelf.rows), shelf.total) == (OPENED, 1200)
    folded = next(s for s in shelves({"facets": {"topic": people(9)}}, State(), "en") if s.facet == "topic")
    assert len(folded.rows) == BRIEF < folded.total


def test_charges_stand_under_their_family_and_count_for_themselves() -> None:
    charges = Families(
        {"theft": "property", "fraud": "property", "property": "property"}, {"property": {"en": ["Property"]}}
    )
    rows = [value(id, {"en": [id]}, n) for id, n in (("theft", 5), ("libel", 4), ("fraud", 3), ("property", 1))]
    shelf = next(s for s in shelves({"facets": {"charge": rows}}, State(), "en", charges) if s.facet == "charge")
    assert [
        (group.name and group.name.text, group.own and group.own.count, [(row.value, row.count) for row in group.rows])
        for group in shelf.groups
    ] == [("Property", 1, [("theft", 5), ("fraud", 3)]), (None, None, [("libel", 4)])]


def test_a_chosen_charge_brings_its_family_to_the_top_even_at_zero() -> None:
    charges = Families({"fraud": "property"}, {"property": {"en": ["Property"]}})
    rows = [value("libel", {"en": ["libel"]}, 4), value("fraud", {"en": ["fraud"]}, 0, selected=True)]
    shelf = next(s for s in shelves({"facets": {"charge": rows}}, State(), "en", charges) if s.facet == "charge")
    assert [[row.value for row in group.rows] for group in shelf.groups] == [["fraud"], ["libel"]]


def test_families_are_those_of_the_authority_files() -> None:
    law = families(
        Authority(
            [
                AuthorityRecord("charge", "fraud", {"en": ("fraud",)}, attributes={"family": "property"}),
                AuthorityRecord("charge", "property", {"en": ("Property",)}, attributes={"is_family": True}),
                AuthorityRecord("charge", "libel", {"en": ("libel",)}),
            ]
        )
    )
    assert law.of == {"fraud": "property", "property": "property"}
    assert law.names == {"property": {"en": ("Property",)}}


def test_those_who_name_nobody_are_a_row_of_their_own() -> None:
    results = {"facets": {"person": people(2)}, "without": {"person": {**plain("none", 6), "selected": True}}}
    shelf = next(s for s in shelves(results, State(), "en") if s.facet == "person")
    assert shelf.nobody
    assert (shelf.nobody.value, shelf.nobody.count, shelf.chosen) == ("none", 6, True)
    assert "none" not in [row.value for row in shelf.rows]


def test_years_leave_no_gap_and_every_count_can_be_seen() -> None:
    bars = year_bars([plain("2019", 200), plain("2016", 1), plain("none", 4)], ["2017..2019"])
    assert [(bar.year, bar.count, bar.inside) for bar in bars] == [
        (2016, 1, False), (2017, 0, True), (2018, 0, True), (2019, 200, True)]  # fmt: skip
    assert [bar.step for bar in bars] == [1, 0, 0, STEPS]
    assert undated([plain("none", 4)]) == 4
    assert year_bars([plain("none", 4)], []) == []


@pytest.mark.parametrize(
    ("years", "silent"),
    [([], []), ([2019], []), ([2019, 2020], []), ([2024, 2015, 2019], [(2016, 2018), (2020, 2023)])],
)
def test_years_between_documents_that_have_none_are_said(years: list[int], silent: list[tuple[int, int]]) -> None:
    assert gaps(years) == silent
