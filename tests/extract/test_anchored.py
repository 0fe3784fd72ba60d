"""Rules that are tried only where their anchors stand find what their patterns find everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.extract import (
    article,
    bodies_han,
    date_forms,
    jurisdiction,
    latin,
    penalty,
    signatories,
    sound_han,
    unlisted_latin,
)
from indexer.extract.anchored import Anchored, Anchors, Opened
from indexer.extract.annotated import AnnotatedText
from indexer.extract.case import chinese_words, scene
from indexer.extract.case import english_words as case_words
from indexer.extract.offence import english, english_words

MODULES = (
    article, case_words, date_forms, english, english_words, jurisdiction, scene, signatories, unlisted_latin,
)  # fmt: skip
RULES = {
    f"{module.__name__}.{name}": rule
    for module in MODULES
    for name, rule in vars(module).items()
    if isinstance(rule, Anchored)
}
#: A pattern that ignores case takes it for an i, and the fold does not.
DOTLESS = "ı"


def anchored(text: str) -> Anchors:
    return AnnotatedText("text", text).anchors


@pytest.mark.parametrize("name", RULES)
def test_every_match_begins_with_an_anchor(name: str) -> None:
    rule = RULES[name]

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(rule.pattern, alphabet=st.characters(exclude_characters=DOTLESS, codec="utf-8")))
    def same(text: str) -> None:
        found = [match.span() for match in rule.finditer(anchored(text))]
        assert found == [match.span() for match in rule.pattern.finditer(text)]

    same()


OPENED = {
    f"{module.__name__}.{name}": rule
    for module in (bodies_han, chinese_words, date_forms, penalty, sound_han)
    for name, rule in vars(module).items()
    if isinstance(rule, Opened)
} | {"bodies": bodies_han._bodies()}


@pytest.mark.parametrize("name", OPENED)
def test_every_match_opens_with_one_of_the_characters(name: str) -> None:
    rule = OPENED[name]

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(rule.pattern))
    def same(text: str) -> None:
        assert [m.span() for m in rule.finditer(text)] == [m.span() for m in rule.pattern.finditer(text)]

    same()


@given(
    st.lists(st.sampled_from(["al-", "d'", "ash’", " ", "\n", ". ", "Li", "Q", "É", "of ", "x", "7", "２ ", "U.N."]))
)
def test_runs_of_capitals_begin_wherever_their_pattern_finds_one(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = [match.span() for match in latin._runs(text)]
    assert found == [match.span() for match in latin._RUN.finditer(text)]


def test_matches_do_not_overlap_and_stay_inside_their_stretch() -> None:
    rule = Anchored(re.compile("aba?|b"), ("a", "b"))
    anchors = anchored("ababab")
    for start, end in ((0, None), (1, None), (0, 4), (2, 3)):
        stop = len(anchors.text) if end is None else end
        expected = [match.span() for match in rule.pattern.finditer(anchors.text, start, stop)]
        assert [match.span() for match in rule.finditer(anchors, start, end)] == expected


def test_an_anchor_is_found_behind_what_folds_to_more_characters_or_to_none() -> None:
    rule = Anchored(re.compile("监狱|監獄|prison", re.IGNORECASE), ("监狱", "prison"))
    text = "… ﬁrst\u200b 監獄 … PRI\u00adSON PRISON"
    assert [match.group() for match in rule.finditer(anchored(text))] == ["監獄", "PRISON"]
