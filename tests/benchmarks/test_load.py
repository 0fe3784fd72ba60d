"""Many readers while documents are indexed: the short form of what ``make bench`` does for a minute."""

from __future__ import annotations

from pathlib import Path

from benchmarks.load import CHOSEN, QUERIES, expected, load_while_indexing


def test_what_is_expected_follows_from_the_number_of_documents() -> None:
    assert expected("harbour", 40) == (2, {str(year): 2 for year in range(2000, 2020)})
    assert expected("harbour AND orchard", 40) == (0, {str(year): 2 for year in range(2000, 2020, 2)})
    assert all(expected(query, 2000)[1] for query in QUERIES)
    assert CHOSEN in expected("harbour", 40)[1]


def test_no_reader_sees_an_error_or_a_wrong_count_while_documents_are_indexed(tmp_path: Path) -> None:
    load = load_while_indexing(tmp_path, clients=8, seconds=1, first=30, additions=1)
    assert (load.errors, load.wrong, load.told) == (0, 0, [])
    assert load.requests > 8
    assert load.generations > 1
