"""The scorer of the case table: what each row of gold asks for, and what costs."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.extraction.cases import OWN_PARTS, PARTS, Told, figures, measure_cases, score_cases
from evaluation.extraction.gold import ROOT, SHARED
from evaluation.extraction.score import Score
from evaluation.floors import below_floors
from indexer.authority import load_authority


def counted(person: Told, row: dict[str, Any], kind: str) -> Score:
    return score_cases([person], [row])[kind]


def test_one_of_several_words_is_enough_and_optional_ones_do_no_harm() -> None:
    row: dict[str, Any] = {"person": ["Ana"], "status": ["tried|charged"], "optional": {"status": ["arrested"]}}
    assert counted(Told(("Ana",), {"charged", "arrested"}), row, "status") == Score(1)
    assert counted(Told(("Ana",), {"released"}), row, "status") == Score(0, ("Ana released",), ("Ana tried",))


def test_somebody_who_is_in_no_row_costs_everything_told_of_them() -> None:
    scores = score_cases([Told(("Bo",), {"sentenced"}, {("fraud",)}, {24})], [])
    assert [scores[kind].wrong for kind in ("status", "charge", "months")] == [
        ("Bo sentenced",), ("Bo fraud",), ("Bo 24",),
    ]  # fmt: skip


def test_a_charge_is_right_by_any_name_with_and_without_zui() -> None:
    row: dict[str, Any] = {"person": ["林博"], "charges": [["暴動罪", "riot"]]}
    assert counted(Told(("林博",), set(), {("riot-hk", "暴動")}), row, "charge") == Score(1)


def test_a_date_is_judged_where_its_status_was_found() -> None:
    row: dict[str, Any] = {"person": ["Ana"], "dates": {"sentenced": "2020-05"}}
    assert counted(Told(("Ana",), dates={("sentenced", "2020-05")}), row, "date") == Score(1)
    assert counted(Told(("Ana",), dates={("sentenced", None)}), row, "date").missed == ("Ana sentenced 2020-05",)
    assert counted(Told(("Ana",), dates={("sentenced", "2019")}), row, "date").wrong
    assert counted(Told(("Ana",), dates={("tried", "2019")}), row, "date") == Score()


def test_one_person_whom_the_source_writes_in_two_ways_is_one_row() -> None:
    row: dict[str, Any] = {"person": ["陳皓", "陳浩"], "status": ["sentenced", "arrested"]}
    people = [Told(("陳皓",), {"sentenced"}), Told(("陳浩",), {"arrested"})]
    assert score_cases(people, [row])["status"] == Score(2)


def test_no_figure_of_our_own_paragraphs_lies_below_its_floor() -> None:
    scores = measure_cases(load_authority(ROOT / "corpus" / "authority"), OWN_PARTS)
    assert below_floors("extraction", figures(scores)) == 0


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent: nothing to measure against")
def test_no_figure_of_the_shared_documents_lies_below_its_floor() -> None:
    parts = tuple(part for part in PARTS if part not in OWN_PARTS)
    scores = measure_cases(load_authority(ROOT / "corpus" / "authority"), parts)
    assert below_floors("extraction", figures(scores)) == 0
