"""The facets as rows, and the years as bars."""

from __future__ import annotations

from search_app.ledger import SHORT, STEPS, name_in, other_name, shelves, undated, year_bars
from search_app.links import State

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
    shelf = next(s for s in shelves({"person": rows}, State(), "en") if s.facet == "person")
    assert [row.value for row in shelf.rows[:2]] == ["p28", "p29"]
    assert len(shelf.rows) == SHORT
    assert shelf.more
    assert shelf.chosen


def test_an_open_facet_shows_all_and_can_be_searched_in_any_script() -> None:
    rows = [value("lin-aiping", LIN, 3), value("qu-lanting", QU, 2), *people(10)]
    opened = State((("all", "person"),))
    shelf = next(s for s in shelves({"person": rows}, opened, "en") if s.facet == "person")
    assert len(shelf.rows) == 12
    assert not shelf.more
    for words in ("aiping", "愛萍", "爱萍", "AIPING", "linaiping", "Lin-Ai"):
        found = next(s for s in shelves({"person": rows}, opened.set("find", words), "en") if s.facet == "person")
        assert [row.value for row in found.rows] == ["lin-aiping"], words


def test_years_leave_no_gap_and_every_count_can_be_seen() -> None:
    bars = year_bars([plain("2019", 200), plain("2016", 1), plain("none", 4)], ["2017..2019"])
    assert [(bar.year, bar.count, bar.inside) for bar in bars] == [
        (2016, 1, False), (2017, 0, True), (2018, 0, True), (2019, 200, True)]  # fmt: skip
    assert [bar.step for bar in bars] == [1, 0, 0, STEPS]
    assert undated([plain("none", 4)]) == 4
    assert year_bars([plain("none", 4)], []) == []
