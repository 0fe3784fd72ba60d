"""What was understood of a query, written as a query."""

from __future__ import annotations

import pytest
from hypothesis import given

from search_app.query.parse import parse
from search_app.query.repair import repaired
from search_app.query.written import written
from search_app.request import Parameters
from search_app.service import Service

from .test_parse import ODD


@pytest.mark.parametrize(
    ("q", "better"),
    [
        ("prison OR", "prison"),
        ("(prison camp", "prison camp"),
        ("prison) camp", "prison camp"),
        ("AND 監獄 律師", "監獄 律師"),
        ("a OR (b -c", "a OR b -c"),
        ("person:林爱萍 )", "person:林爱萍"),
        ("title:(a OR b", "title:(a OR b)"),
        ("“a b”～3 NOT", '"a b"~3'),
        ("-(a b) OR", "-(a b)"),
        ("smuggl* harbor~ AND", "smuggl* harbor~"),
    ],
)
def test_a_broken_query_is_offered_mended(q: str, better: str) -> None:
    assert repaired(parse(q)) == better


@pytest.mark.parametrize("q", ["", "*", "prison", '"a b"~5 OR -person:x', "(", "OR", "word " * 3000])
def test_there_is_nothing_to_mend_or_nothing_left(q: str) -> None:
    assert repaired(parse(q)) is None


@given(ODD.map(" ".join))
def test_what_is_offered_means_the_same_and_is_whole(q: str) -> None:
    better = repaired(parse(q))
    if better is not None:
        assert parse(better).clause == parse(q).clause
        assert parse(better).ignored == ()
        assert repaired(parse(better)) is None


@pytest.mark.parametrize(
    "q",
    ["a b", '"a b"', "a OR b c", "(a OR b) c", "-a", "NOT (a b)", "person:(a OR b)", "title:-a x", "a* b~", '"a"~4',
     "-(a OR b)", "「a \"b\"」", "(a OR (b OR c)) d", "-person:x year:2015..2020"],
)  # fmt: skip
def test_every_clause_can_be_written(q: str) -> None:
    clause = parse(q).clause
    assert clause is not None
    assert parse(written(clause)).clause == clause


def test_it_is_the_suggestion_where_the_spelling_is_right(service: Service) -> None:
    assert service.search(Parameters(q="(harbour OR")).suggestion == "harbour"
    assert service.search(Parameters(q="harbour")).suggestion is None
    assert service.search(Parameters(q="Harbuor market")).suggestion == "Harbour market"
