"""Where a sentence ends, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sentences import paragraph, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("She said: “No.” He left.", ["She said: “No.”", "He left."]),
        ("The U.N. Human Rights Council met.", ["The U.N. Human Rights Council met."]),
        ("It went to the U.N. The council met.", ["It went to the U.N.", "The council met."]),
        ("Ms. Lin and Dr. Wu met Jane F. Roe.", ["Ms. Lin and Dr. Wu met Jane F. Roe."]),
        ("A term of 3.5 years.", ["A term of 3.5 years."]),
        ("See example.org/a.B and no. 7 there.", ["See example.org/a.B and no. 7 there."]),
        ("He lives in Utopia.Police came.", ["He lives in Utopia.", "Police came."]),
        (
            "法院開庭。他說：「我不認罪。」隨後休庭；無人旁聽",
            ["法院開庭。", "他說：「我不認罪。」", "隨後休庭；", "無人旁聽"],
        ),
        ("他没有回来……后来才知道！", ["他没有回来……后来才知道！"]),
        ("Heading\nBody of it.", ["Heading", "Body of it."]),
        ("A line that is\nwrapped by its page.", ["A line that is\nwrapped by its page."]),
        ("They met in\nMay. Then not.", ["They met in\nMay.", "Then not."]),
        ("Ended here\n\nand began there", ["Ended here", "and began there"]),
        ("1. Release them\n2. Amend the law", ["1. Release them", "2. Amend the law"]),
        ("She waited... Nobody came... and left.", ["She waited...", "Nobody came... and left."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_ends(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet="aB .!?。；”」\n\u3000-3中…(", max_size=80))
def test_spans_hold_everything_in_order(text: str) -> None:
    spans = sentences(text)
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert text[last:start].strip() == ""
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        last = end
    assert text[last:].strip() == ""


@given(st.text(alphabet="aB .,-!?。；”」\n\u3000-3中…(", max_size=80) | st.text(alphabet="the B.\n", max_size=60))
def test_a_paragraph_has_the_sentences_that_the_whole_text_has_there(text: str) -> None:
    spans = sentences(text)
    for at in range(len(text)):
        start, end = paragraph(text, at)
        assert sentences(text, start, end) == [span for span in spans if start <= span[0] < end]
        assert all(span[1] <= end for span in spans if start <= span[0] < end)
        assert text[at].isspace() or start <= at < end


def test_a_paragraph_ends_where_a_line_ends_a_sentence() -> None:
    text = "Heading\nA line that is\nwrapped. And more\n\nThe next"
    assert [text[slice(*paragraph(text, text.index(word)))] for word in ("Head", "wrap", "more", "next")] == [
        "Heading",
        "A line that is\nwrapped. And more",
        "A line that is\nwrapped. And more",
        "The next",
    ]
