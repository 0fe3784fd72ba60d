"""Rules that are tried only where their anchors stand find what their patterns find everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer.extract import article, date_forms, jurisdiction
from indexer.extract.anchored import Anchored, Anchors, lowered
from indexer.extract.case import scene
from indexer.extract.offence import english, english_words

RULES = {
    f"{module.__name__}.{name}": rule
    for module in (article, date_forms, english, english_words, jurisdiction, scene)
    for name, rule in vars(module).items()
    if isinstance(rule, Anchored)
}
#: Letters that a pattern which ignores case takes for others: ſ for s, the Kelvin sign for k, i with and without dot.
LOOKALIKES = "ſ\u212aİı"


@pytest.mark.parametrize("name", RULES)
def test_every_match_begins_with_an_anchor(name: str) -> None:
    rule = RULES[name]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(rule.pattern, alphabet=st.characters(exclude_characters=LOOKALIKES, codec="utf-8")))
    def same(text: str) -> None:
        found = [match.span() for match in rule.finditer(Anchors(text))]
        assert found == [match.span() for match in rule.pattern.finditer(text)]

    same()


def test_matches_do_not_overlap_and_stay_inside_their_stretch() -> None:
    rule = Anchored(re.compile("aba?|b"), ("a", "b"))
    anchors = Anchors("ababab")
    for start, end in ((0, None), (1, None), (0, 4), (2, 3)):
        stop = len(anchors.text) if end is None else end
        expected = [match.span() for match in rule.pattern.finditer(anchors.text, start, stop)]
        assert [match.span() for match in rule.finditer(anchors, start, end)] == expected


@given(st.text())
@example("İstanbul ΑΣ ß ŉ")
def test_small_letters_stand_where_the_capitals_stood(text: str) -> None:
    small = lowered(text)
    assert len(small) == len(text)
    assert all(one in other.lower() or other == "İ" for one, other in zip(small, text, strict=True) if one != "ς")
