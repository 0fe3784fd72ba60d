"""What a search without a hit says: what was searched, and what of the query is the cause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app import present
from search_app.query.parse import parse
from search_app.query.written import written
from search_app.request import Parameters
from search_app.service import Service
from search_app.terminal import result_lines


def nothing(service: Service, q: str, **filters: tuple[str, ...]) -> dict[str, object]:
    found = present.results(service.search(Parameters(q, filters)))
    assert found["total"] == 0
    assert isinstance(found["nothing"], dict)
    return found["nothing"]


def parts(service: Service, q: str, **filters: tuple[str, ...]) -> dict[str, int]:
    found = service.search(Parameters(q, filters)).nothing
    assert found is not None
    return {part.q: part.count for part in found.parts}


def test_what_was_searched_is_the_whole_collection(service: Service) -> None:
    everything = service.search(Parameters(facet_size=1000))
    said = nothing(service, "zeppelin")
    counts = {value.value: value.count for value in everything.facets["year"]}
    assert said["languages"] == {value.value: value.count for value in everything.facets["language"]}
    assert said["undated"] == counts.pop("none")
    assert (said["first_year"], said["last_year"]) == (min(map(int, counts)), max(map(int, counts)))
    assert said["unfiltered"] is None


def test_a_search_with_hits_says_nothing_of_the_kind(service: Service) -> None:
    assert present.results(service.search(Parameters("林爱萍")))["nothing"] is None
    in_part = present.results(service.search(Parameters("harbour museum cat Wuxu")))
    assert (in_part["total_all"], in_part["nothing"]) == (0, None)


@pytest.mark.parametrize(
    ("q", "alone"),
    [
        ("zeppelin", ["zeppelin"]),
        ("Lin Aiping year:1990", ["Lin Aiping", "year:1990"]),
        ("the zeppelin year:1990 -harbour", ["zeppelin", "year:1990"]),
        ("林愛萍 title:zeppelin", ["林愛萍", "title:zeppelin"]),
        ('"harbour zeppelin" person:"Lin Aiping"', ['"harbour zeppelin"', "person:Lin Aiping"]),
        ("(zeppelin OR airship) 海港 kind:letter", ["zeppelin OR airship", "海港", "kind:letter"]),
    ],
)
def test_each_part_is_counted_alone(service: Service, q: str, alone: list[str]) -> None:
    found = parts(service, q)
    assert [text.replace('person:"Lin Aiping"', "person:Lin Aiping") for text in found] == alone
    for text, count in found.items():
        assert service.search(Parameters(text)).total == count
    assert 0 in found.values() or len(found) > 1


def test_a_filter_can_be_the_cause(service: Service) -> None:
    found = service.search(Parameters("林爱萍", {"year": ("1990",)})).nothing
    assert found is not None
    assert found.unfiltered == service.search(Parameters("林爱萍")).total > 0
    assert nothing(service, "zeppelin", year=("2018",))["unfiltered"] == 0
    assert nothing(service, "", year=("1990",))["parts"] == ()


WELL_FORMED = st.recursive(
    st.sampled_from(["harbour", "老码头", "old pier", '"old pier"', "「长堤」~3", "net*", "tortur~", "year:2015.."]),
    lambda inner: st.one_of(
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} {})".format, inner, inner),
        st.builds("-({})".format, inner),
        st.builds("title:({})".format, inner),
    ),
    max_leaves=6,
)


@given(WELL_FORMED)
def test_a_clause_that_is_written_again_is_read_as_the_same(text: str) -> None:
    clause = parse(text).clause
    assert clause is not None
    assert parse(written(clause)).clause == clause


def test_the_command_line_says_the_same(service: Service) -> None:
    lines = list(result_lines(present.results(service.search(Parameters("林爱萍 zeppelin", {"person": ("Wu Tong",)})))))
    alone = service.search(Parameters("林爱萍")).total
    assert f"each alone: 林爱萍 ({alone}), zeppelin (0)" in lines
    unfiltered = service.search(Parameters("林爱萍 zeppelin")).total
    assert unfiltered == alone
    assert f"without the filters: {unfiltered}" in lines
    assert "which person: wu-tong-doctor (Wu Tong, a doctor)" in lines
    assert any(line.startswith("searched: en ") for line in lines)
