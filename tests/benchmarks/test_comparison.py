"""The comparison of engines: what agrees, what does not, and what the table says of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.agreement import differences
from benchmarks.comparison import Comparison, Measured, percentile
from benchmarks.documents import KINDS, Found, Question
from benchmarks.synthetic import synthetic
from benchmarks.table import Row, engine_rows, engine_table, printed

COMMON = Question("common", ("prison",))
IN_2001 = Question("filter", ("prison",), years=(2001, 2001))
FOUND = Found(3, ["1", "2"], {"year": {"2001": 2, "2002": 1}, "person": {"lin": 1}})


def test_the_same_answer_has_no_difference() -> None:
    other_order = replace(FOUND, ids=["2", "1"], facets={**FOUND.facets, "person": {"lin": 1, "wu": 0}})
    assert differences([COMMON], [FOUND], [other_order]) == []


def test_another_total_and_another_count_are_told() -> None:
    less = Found(2, ["1"], {"year": {"2001": 1, "2002": 1}, "person": {"lin": 1}})
    found = differences([COMMON], [FOUND], [less])
    assert found == ["common prison []: 3 documents, not 2", "common prison []: counts of year"]


def test_a_filtered_facet_is_compared_where_it_is_chosen() -> None:
    within = replace(FOUND, facets={"year": {"2001": 2}, "person": {"lin": 1}})
    assert differences([IN_2001], [FOUND], [within]) == []
    wrong = replace(FOUND, facets={"year": {"2001": 1}, "person": {"lin": 1}})
    assert differences([IN_2001], [FOUND], [wrong]) == ["filter prison ['2001']: counts of year"]


@pytest.mark.parametrize(("share", "expected"), [(50, 5), (95, 10), (100, 10), (10, 1)])
def test_a_percentile_is_one_of_the_times(share: int, expected: float) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share) == expected


def measured(time: float) -> Measured:
    kinds = dict.fromkeys((*KINDS, "all"), (time, 2 * time))
    return Measured(
        indexing={1: 1000 / time, 2: None}, disk_mb=time, open_to_first_ms=time, cold=kinds, kinds=kinds,
        resident_mb=time, private_mb=time, passages=(time, time),
    )  # fmt: skip


def test_a_row_holds_a_ratio_to_its_bound() -> None:
    rows = engine_rows({"hrsearch": measured(3), "tantivy": measured(2)})
    assert (rows["request_p50"].value, rows["request_p50"].met) == (1.5, True)
    assert (rows["request_p95"].value, rows["request_p95"].met) == (1.5, False)
    assert (rows["indexing_1"].value, "indexing_2" in rows) == (1.5, False)
    assert Row("start", "s", 0.2, 0.3).met
    assert "not met" in "\n".join(printed(rows))


def test_a_peer_that_is_not_there_has_no_row() -> None:
    alone = {"hrsearch": measured(3)}
    assert set(engine_rows(alone)) == {"open_to_first", "differences"}
    assert any("phrase" in line for line in engine_table(alone))


def test_engines_that_need_no_installation_agree_and_are_measured(tmp_path: Path) -> None:
    names = ("hrsearch", "fts5", "whoosh")
    collection = synthetic(tmp_path / "collection", 150)
    comparison = Comparison(collection, tmp_path / "indexes", dict.fromkeys(names, sys.executable))
    for name in names:
        comparison.build(name, 1)
    comparison.agree()
    assert [difference for name in names for difference in comparison.measured[name].differences] == []
    comparison.build("hrsearch", 2)
    comparison.build("fts5", 2)
    comparison.cold()
    comparison.warm(rounds=1)
    ours, other = comparison.measured["hrsearch"], comparison.measured["fts5"]
    assert all([*ours.indexing.values(), *ours.kinds["all"], *ours.cold["all"], ours.passages, ours.disk_mb])
    assert (set(ours.indexing), other.indexing[2], other.passages) == ({1, 2}, None, None)


def test_an_index_is_taken_again_only_if_the_same_documents_were_put_into_it(tmp_path: Path) -> None:
    def build(documents: int) -> float:
        collection = synthetic(tmp_path / "collection", documents)
        comparison = Comparison(collection, tmp_path / "indexes", {"fts5": sys.executable})
        comparison.build("fts5", 1, reuse=True)
        return (tmp_path / "indexes" / "fts5-1.json").stat().st_mtime_ns

    first = build(40)
    assert build(40) == first
    assert build(50) > first
    note = tmp_path / "indexes" / "fts5-1.json"
    note.write_text(
        note.read_text(encoding="utf-8").replace('"made_of": "', '"made_of": "other code '), encoding="utf-8"
    )
    changed = note.stat().st_mtime_ns
    assert build(50) > changed
