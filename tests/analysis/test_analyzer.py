"""How does text become tokens?  Both views, their positions, and their places in the original text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis import Analyzer, fold_text, runs
from indexer.fold import fold
from indexer.model import Token

ANALYZER = Analyzer(["林愛萍", "危害珍稀古物罪", "Lin Aiping"])

MIXED = st.text(
    st.one_of(
        st.sampled_from("律師律师709Ｇ２０峰会林愛萍等人 \n。，、「」《》·"),
        st.sampled_from("Re-educAtion U.N.’s ﬁneﬂ…½Václav 1,016 don't"),
        st.sampled_from("\u0301\u200b\u200d\ufe0f👩⚖😀𠀀𪚥㐀カひ한ß①²"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


def words(text: str) -> list[str]:
    return [token.text for token in ANALYZER.analyze(text).words]


def chars(text: str) -> list[str]:
    return [token.text for token in ANALYZER.analyze(text).chars]


def at(tokens: tuple[Token, ...], position: int) -> set[str]:
    return {token.text for token in tokens if token.position == position}


@given(MIXED)
@example("U.N.’s ﬁne-art 顛覆…½")
def test_positions_are_sequential_and_counted(text: str) -> None:
    analysis = ANALYZER.analyze(text)
    for tokens, length in ((analysis.words, analysis.words_length), (analysis.chars, analysis.chars_length)):
        assert sorted({token.position for token in tokens}) == list(range(length))


@given(MIXED)
@example("e\u0301tat ﬁ…\u200b林\u200b愛萍")
def test_offsets_point_at_the_original(text: str) -> None:
    analysis = ANALYZER.analyze(text)
    for token in (*analysis.words, *analysis.chars):
        assert 0 <= token.start < token.end <= len(text)
    for token in analysis.chars:
        original = fold_text(text[token.start : token.end])
        plain = "".join(c for c in original if c not in "-.,'\u2010")
        assert token.text.lower() in plain or not token.text.isascii()
    for tokens in (analysis.words, analysis.chars):
        starts = {token.position: token.start for token in reversed(tokens)}
        assert all(starts[a] <= starts[b] for a, b in pairwise(sorted(starts)))


@given(MIXED)
def test_words_of_a_han_run_lose_no_character(text: str) -> None:
    left = iter("".join(token.text for token in ANALYZER.analyze(text).words))
    assert all(character in left for run in runs(fold(text)) if run.han for character in run.text)


@given(MIXED)
def test_documents_and_queries_in_any_form_meet(text: str) -> None:
    """A folded text gives the tokens of the text itself, but for acronyms, which stand on its capitals."""
    analysis, again = ANALYZER.analyze(text), ANALYZER.analyze(fold_text(text))
    assert [t.text for t in again.words] == [t.text for t in analysis.words]
    assert [t.text for t in again.chars] == [t.text for t in analysis.chars if not t.text.isupper() or t.text.isdigit()]


def test_a_pair_of_characters_stands_where_its_first_does() -> None:
    chars_view = ANALYZER.analyze("709律師案").chars
    assert [(t.text, t.position) for t in chars_view] == [
        ("709", 0), ("律", 1), ("律师", 1), ("师", 2), ("师案", 2), ("案", 3),
    ]  # fmt: skip
    assert [(t.start, t.end) for t in chars_view if len(t.text) == 2] == [(3, 5), (4, 6)]


def test_pairs_end_at_punctuation_and_at_other_scripts() -> None:
    assert "人王" not in chars("等人。王某")
    assert "人王" not in chars("等人A王某")


def test_both_scripts_give_the_same_terms() -> None:
    assert words("煽動顛覆國家政權罪") == words("煽动颠覆国家政权罪")
    assert chars("林愛萍在香港衞生署") == chars("林爱萍在香港卫生署")


def test_marks_stand_on_the_original_script() -> None:
    text = "被控煽動顛覆國家政權"
    assert [text[t.start : t.end] for t in ANALYZER.analyze(text).words if t.text == "煽动"] == ["煽動"]


@pytest.mark.parametrize("text", ["林爱萍等人昨日到庭", "对林愛萍的判決", "律师林愛萍"])
def test_listed_names_stay_one_word(text: str) -> None:
    assert "林爱萍" in words(text)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("the U.N. said", {"un", "UN"}),
        ("The U.N.'s report", {"un", "UN", "report"}),
        ("held by CAT experts", {"cat", "CAT"}),
        ("a black cat", {"cat"}),
        ("G20峰会", {"g20", "G20", "峰会"}),
        ("Ｇ２０峯会", {"g20", "G20", "峰会"}),
        ("NPC’s session", {"npc", "NPC", "session"}),
    ],
)
def test_acronyms_are_kept_as_they_stand(text: str, terms: set[str]) -> None:
    assert terms <= set(chars(text))


def test_an_animal_is_no_committee() -> None:
    assert "CAT" not in chars("a black cat")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("families’ letters", "families"),
        ("the lawyer's file", "lawyer"),
        ("the lawyer’s file", "lawyer"),
        ("O’Brien", "obrien"),
        ("Václav", "vaclav"),
        ("Ｐｒｉｓｏｎ", "prison"),
        ("ﬁled", "filed"),
        ("1,016 cases", "1016"),
        ("the 709 lawyers", "709"),
        ("Art. 105", "105"),
        ("𪚥字", "𪚥"),
        ("〇八宪章", "〇八"),
    ],
)
def test_forms_of_words(text: str, term: str) -> None:
    assert term in chars(text)


def test_no_stray_letter_is_left_of_a_possessive() -> None:
    for text in ("the U.N.'s report", "the U.S.’s list", "China's list"):
        assert "s" not in chars(text)


def test_a_hyphenated_word_is_found_joined_and_apart() -> None:
    analysis = ANALYZER.analyze("sent to re-education camps")
    assert at(analysis.chars, 2) == {"re", "reeducation"}
    assert at(analysis.chars, 3) == {"education"}
    assert at(analysis.chars, 4) == {"camps"}
    assert ANALYZER.stem("reeducation") in at(analysis.words, 2)
    spans = {t.text: (t.start, t.end) for t in analysis.chars}
    assert spans["reeducation"] == (8, 20)
    assert "20192020" not in chars("in 2019-2020")


def test_english_is_stemmed_in_one_view_alone() -> None:
    assert words("detained detaining detains")[0] == words("detention detain")[1]
    assert chars("detained detaining") == ["detained", "detaining"]


def test_the_length_counts_words_once() -> None:
    analysis = ANALYZER.analyze("re-education of 林愛萍")
    assert analysis.words_length == 4
    assert analysis.chars_length == 6


def test_nothing_but_marks_gives_nothing() -> None:
    analysis = ANALYZER.analyze(" …。、《》·😀\n")
    assert analysis.words == analysis.chars == ()
    assert (analysis.words_length, analysis.chars_length) == (0, 0)


def test_the_version_follows_the_names() -> None:
    assert Analyzer(["林愛萍"]).version == Analyzer(["林爱萍"]).version
    assert Analyzer(["林愛萍"]).version != Analyzer(["陳大文"]).version
