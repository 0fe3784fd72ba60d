"""Looking only where a leaf might match gives the marks that looking everywhere gives."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer, fold
from indexer.query import Fuzzy, Or, Phrase, Prefix, Query, Term
from search_app.passages.marks import Marker
from search_app.passages.windows import finder, windows

ROOT = Path(__file__).parents[2]
ANALYZER = Analyzer()
FILLER = "the grey tide went out over the stones of the pier and came in again, "
WORDS = [
    "re-education",
    "U.N.",
    "dying",
    "tortured",
    "在监狱",
    "1,016",
    "prisons",
    "Prison’s",
    "林愛萍",
    "CAT",
    "don't",
    "......",
    ",'. -",
    "re",
    "in.prison",
    "在",
    "-U.N.x",
    "_",
]
LEAVES: list[Query] = [
    Term("words", ANALYZER.stem("prison")),
    Term("words", ANALYZER.stem("dying")),
    Term("words", ANALYZER.stem("reeducation")),
    Term("chars", "un"),
    Term("chars", "1016"),
    Term("chars", "CAT"),
    Term("chars", "dont"),
    Term("chars", "监狱"),
    Phrase("chars", ("林爱", "爱萍"), offsets=(0, 1)),
    Phrase("words", (ANALYZER.stem("tortured"), ANALYZER.stem("prisons"))),
    Phrase("chars", ("dont", "un", "1016")),
    Phrase("chars", ("un", "在监", "监狱"), offsets=(0, 1, 2)),
    Phrase("words", ("re", ANALYZER.stem("education"), "监")),
    Prefix("chars", "tort"),
]


@given(st.lists(st.sampled_from([*WORDS, FILLER * 9, FILLER, "\n"]), min_size=1, max_size=12),
       st.lists(st.sampled_from(LEAVES), min_size=1, max_size=4), st.sampled_from([" ", "", ". "]))  # fmt: skip
def test_windows_lose_no_mark(parts: list[str], leaves: list[Query], between: str) -> None:
    text = between.join(parts)
    near = Marker(Or(tuple(leaves)), ANALYZER.stem)
    # A similar word and distant words make the finders look everywhere; these occur nowhere.
    nowhere = (Fuzzy("chars", "zzzzzz"), Phrase("words", ("zzzzzz", "yyyyyy"), slop=2))
    everywhere = Marker(Or((*leaves, *nowhere)), ANALYZER.stem)
    spans = [(mark.start, mark.end) for mark in near.marks("text", text, {})]
    assert spans == [(mark.start, mark.end) for mark in everywhere.marks("text", text, {})]


def test_a_word_begins_as_its_stem_does_but_for_two_letters() -> None:
    texts = [file.read_text(encoding="utf-8").lower() for file in (ROOT / "corpus" / "documents").rglob("*.md")]
    words = {word for text in texts for word in re.findall("[a-z]+", text)}
    assert len(words) > 1000
    stems = {word: ANALYZER.stem(word) for word in words | {"dying", "vying", "skies", "possibility", "relational"}}
    assert [word for word, stem in stems.items() if not word.startswith(stem[: max(1, len(stem) - 2)])] == []


def test_a_long_text_is_looked_at_only_where_it_matters() -> None:
    text = fold(FILLER * 200 + "a prison " + FILLER * 200).text
    looked = list(windows(text, finder([Term("words", "prison")])))
    assert sum(end - start for start, end in looked) < 600
    assert list(windows(text, None)) == [(0, len(text))]


def test_a_line_of_dots_after_the_first_word_of_a_phrase_costs_no_more_than_its_length() -> None:
    text = "prison" + "." * 200_000 + " " + "u." * 100_000
    found = finder([Phrase("words", ("prison", "wall")), Phrase("chars", ("un", "wall"))])
    assert list(windows(text, found)) == []  # would take minutes if the dots were tried again and again
