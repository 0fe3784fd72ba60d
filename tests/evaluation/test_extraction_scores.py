"""The scorer of extraction: one prediction serves one item, and what is optional neither helps nor harms."""

from __future__ import annotations

import pytest

from evaluation.extraction.__main__ import figures, measure
from evaluation.extraction.gold import PARTS, ROOT, SHARED
from evaluation.extraction.score import Item, Score, item, score
from evaluation.floors import below_floors
from indexer.authority import load_authority

FALCON = item({"canonical": "Falcon Trust", "acronym": "FT", "accepted_names": ["The Falcon Trust"]})
RIVER = item({"canonical": "River Board", "optional": True})


def test_any_accepted_name_is_right_whatever_its_case_and_quotes() -> None:
    assert score([["FALCON  TRUST"]], [FALCON]) == Score(right=1)
    assert score([["ft"]], [FALCON]) == Score(right=1)


def test_one_item_on_two_lines_costs() -> None:
    assert score([["Falcon Trust"], ["FT"]], [FALCON]) == Score(right=1, wrong=("FT",))


def test_optional_items_neither_help_nor_harm() -> None:
    assert score([["River Board"]], [FALCON, RIVER]) == Score(missed=("Falcon Trust",))


def test_a_prediction_moves_to_where_it_is_needed() -> None:
    loose = Item("Trust", frozenset({"falcon trust", "trust"}))
    strict = Item("Falcon Trust", frozenset({"falcon trust"}))
    assert score([["Falcon Trust"], ["Trust"]], [loose, strict]).right == 2


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent: nothing to measure against")
def test_no_figure_of_extraction_lies_below_its_floor() -> None:
    scores = measure(load_authority(ROOT / "corpus" / "authority"), PARTS)
    assert below_floors("extraction", figures(scores)) == 0


def test_no_figure_of_the_shipped_chinese_documents_lies_below_its_floor() -> None:
    scores = measure(load_authority(ROOT / "corpus" / "authority"), ("corpus-zh",))
    assert below_floors("extraction", figures(scores)) == 0
