"""Looking for letters alone finds every word that the analyzer would have found, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer
from indexer.model import Token
from indexer.query import Fuzzy, Or, Phrase, Prefix, Query, Term
from search_app.passages import needles
from search_app.passages.marks import Marker, without_overlaps
from search_app.passages.texts import TEXT_BYTES, read_text
from search_app.query.phrases import exact_phrase

ROOT = Path(__file__).parents[2]
ANALYZER = Analyzer()
FILLER = "the grey tide went out over the stones of the pier and came in again, "
WORDS = [
    "re-education",
    "U.N.",
    "u.n.'s",
    "dying",
    "tortured",
    "在监狱",
    "1,016",
    "prisons",
    "prison’s",
    "Prison-yard",
    "林愛萍",
    "CAT",
    "don't",
    "......",
    ",'. -",
    "re",
    "in.prison",
    "ﬁle",
    "在",
    "суды",
    "-U.N.x",
    "_",
]
TEXTS = st.builds(
    lambda between, parts: between.join(parts),
    st.sampled_from([" ", "", ". ", "\n"]),
    st.lists(st.sampled_from([*WORDS, FILLER, "\n"]), min_size=1, max_size=12),
)
LEAVES: list[Term | Prefix] = [
    Term("words", ANALYZER.stem("prison")),
    Term("words", ANALYZER.stem("dying")),
    Term("words", ANALYZER.stem("reeducation")),
    Term("words", ANALYZER.stem("re")),
    Term("chars", "un"),
    Term("chars", "n"),
    Term("chars", "1016"),
    Term("chars", "016"),
    Term("chars", "CAT"),
    Term("chars", "dont"),
    Term("chars", "don"),
    Term("chars", "file"),
    Term("chars", "监狱"),
    Prefix("chars", "tort"),
    Prefix("chars", "prison"),
    Prefix("chars", "суд"),
]


def tokens(text: str, leaf: Term | Prefix) -> list[Token]:
    """Return the tokens of a text that a leaf finds."""
    analysis = ANALYZER.analyze(text)
    found = analysis.words if leaf.view == "words" else analysis.chars
    if isinstance(leaf, Prefix):
        return [token for token in found if token.text.startswith(leaf.text)]
    return [token for token in found if token.text == leaf.text]


@given(TEXTS, st.lists(st.sampled_from(LEAVES), min_size=1, max_size=4))
def test_marks_stand_where_the_tokens_do(text: str, leaves: list[Term | Prefix]) -> None:
    marks = Marker(Or(tuple(leaves)), ANALYZER.stem).marks("text", text, {})
    spans = [(token.start, token.end, 0) for leaf in leaves for token in tokens(text, leaf)]
    assert [mark[:2] for mark in marks] == [mark[:2] for mark in without_overlaps(spans)]


@given(TEXTS, st.integers(0, 50), st.integers(0, 4))
def test_a_phrase_of_the_text_is_marked_where_it_was_taken_from(text: str, first: int, more: int) -> None:
    words = [token for token in ANALYZER.analyze(text).chars if token.text.lower() == token.text]
    taken = words[first : first + more + 1]
    phrase = exact_phrase(text[taken[0].start : taken[-1].end]) if taken else None
    if phrase is not None:
        marks = Marker(phrase, ANALYZER.stem).marks("text", text, {})
        assert any(start <= taken[0].start and taken[-1].end <= end for start, end, _ in marks)


def test_a_phrase_goes_on_after_a_word_of_the_other_script() -> None:
    query: Query = Phrase("words", ("re", ANALYZER.stem("education"), "监"))
    text = "re education 监狱 and re-education, 监"
    marks = Marker(query, ANALYZER.stem).marks("text", text, {})
    assert [text[start:end] for start, end, _ in marks] == ["re education 监", "re-education, 监"]


def test_a_word_begins_with_a_needle_of_its_stem() -> None:
    texts = [file.read_text(encoding="utf-8").lower() for file in (ROOT / "corpus" / "documents").rglob("*.md")]
    words = {word for text in texts for word in re.findall("[a-z]+", text)}
    assert len(words) > 1000
    words |= {"dying", "vying", "skies", "possibility", "relational", "hoping", "cries", "gently"}
    assert [word for word in words if not word.startswith(tuple(needles.of_stem(ANALYZER.stem(word))))] == []


def test_of_needles_the_shortest_are_kept() -> None:
    assert needles.fewest(["prison", "pris", "court", "prisons", "co"]) == ["co", "pris"]


def test_a_term_without_a_letter_marks_nothing_and_ends() -> None:
    query = Or((Prefix("chars", ""), Fuzzy("chars", ""), Term("chars", "prison")))
    assert [mark[:2] for mark in Marker(query, ANALYZER.stem).marks("text", " a prison", {})] == [(3, 9)]


def test_a_long_line_of_dots_is_looked_at_once() -> None:
    text = "prison" + "." * 200_000 + " " + "u." * 100_000 + " prison wall"
    query = Or((Phrase("words", ("prison", "wall")), Phrase("chars", ("un", "wall")), Term("chars", "prison")))
    found = [mark[:2] for mark in Marker(query, ANALYZER.stem).marks("text", text, {})]
    assert found == [(0, 6), (len(text) - 11, len(text))]  # would take minutes if the dots were tried again and again


def test_texts_are_kept_as_they_were_read_as_long_as_there_is_room() -> None:
    title, book = "a prison", "a prison " * 50_000
    assert read_text(title) is read_text(title)
    assert read_text(book) is read_text(book)
    first = read_text("the first of many")
    for number in range(TEXT_BYTES // 1_000_000):
        read_text(f"{number} " * 50_000)
    assert read_text("the first of many") is not first
