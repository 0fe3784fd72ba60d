"""The state of a search as an address."""

from __future__ import annotations

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from search_app.links import ORDER, State, change, changed, page_numbers, read_state, year_fields, year_range

pairs = st.lists(st.tuples(st.sampled_from(ORDER), st.text(max_size=8)), max_size=12)


def state(**values: str) -> State:
    return read_state(MultiDict(values))


@given(pairs)
def test_an_address_leads_back_to_its_state(given_pairs: list[tuple[str, str]]) -> None:
    first = read_state(MultiDict(given_pairs))
    again = read_state(MultiDict(parse_qsl(first.query_string, keep_blank_values=True)))
    assert again == first


@given(pairs)
def test_order_and_repetition_do_not_matter(given_pairs: list[tuple[str, str]]) -> None:
    facets = [pair for pair in given_pairs if pair[0] in ("person", "charge", "-place")]
    assert read_state(MultiDict(facets)) == read_state(MultiDict([*reversed(facets), *facets]))


@given(pairs)
def test_what_is_added_can_be_removed(given_pairs: list[tuple[str, str]]) -> None:
    before = read_state(MultiDict(given_pairs)).without("page", "cursor").remove("person", "lin-aiping")
    assert before.add("person", "lin-aiping").remove("person", "lin-aiping") == before


def test_empty_values_and_defaults_are_left_out() -> None:
    assert read_state(MultiDict({"q": " ", "page": "1", "expand": "on", "year_from": "", "utm": "x"})).pairs == ()


def test_a_changed_filter_goes_back_to_page_one_and_a_changed_language_does_not() -> None:
    third = state(q="tea", page="3")
    assert third.add("charge", "a").one("page") == ""
    assert third.set("sort", "date").one("page") == ""
    assert third.set("lang", "en").one("page") == "3"


def test_two_year_fields_are_one_range_in_place_of_other_years() -> None:
    fields = MultiDict([("year", "none"), ("year_from", "2015"), ("year_to", "2018")])
    assert read_state(fields).query_string == "year=2015..2018"
    assert [year_range("2015", ""), year_range("", "2015"), year_range("2015", "2015"), year_range("", "")] == [
        "2015..", "..2015", "2015", ""]  # fmt: skip


def test_year_fields_show_the_one_chosen_range() -> None:
    assert year_fields(["2015..2018"]) == ("2015", "2018")
    assert year_fields(["..2018"]) == ("", "2018")
    assert year_fields(["2018"]) == ("2018", "2018")
    assert year_fields(["none"]) == year_fields(["2015", "2018"]) == year_fields([]) == ("", "")


def test_addresses_stay_readable() -> None:
    searched = state(q="tea, please", year="2015..2018").add("person", "lin-aiping").add("-charge", "a-b")
    assert searched.url("/search", "p3") == "/search?q=tea,+please&year=2015..2018&person=lin-aiping&-charge=a-b#p3"
    assert State().url("/search") == "/search"


def test_page_numbers_show_both_ends_and_the_neighbours() -> None:
    assert page_numbers(1, 2) == [1, 2]
    assert page_numbers(6, 20) == [1, None, 4, 5, 6, 7, 8, None, 20]


def test_the_words_within_a_list_go_with_the_list() -> None:
    opened = state(all="person", find="lin")
    assert opened.without("all").pairs == ()


@given(pairs, pairs)
def test_a_change_leads_from_one_state_to_the_other(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    base, target = read_state(MultiDict(before)), read_state(MultiDict(after))
    assert changed(base, change(base, target)) == target
    assert change(base, base) == ""


def test_a_change_says_no_more_than_it_must() -> None:
    base = state(q="tea", page="3", person="lin-aiping", lang="en")
    assert change(base, base.set("lang", "zh-Hant")) == "lang=zh-Hant"
    assert change(base, base.remove("person", "lin-aiping")) == "!person=lin-aiping&!page=3"
