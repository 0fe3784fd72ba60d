"""A document as numbered paragraphs with marks and names."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from search_app.passages.reading import paragraph_of, paragraph_spans, places, read_document

from .fixtures import RECORD, TEXT

texts = st.text(alphabet="ab 林。\n", max_size=40)


def record(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, **more}


@given(texts, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=5))
def test_pieces_make_up_the_text_and_marks_cover_exactly_the_hits(text: str, raw: list[tuple[int, int]]) -> None:
    hits = {(start, min(start + length, len(text))) for start, length in raw if start < len(text)}
    covered: set[int] = set()
    for paragraph in read_document(record(text), hits):
        assert "".join(piece.text for piece in paragraph.pieces) == text[paragraph.start : paragraph.end]
        at = paragraph.start
        for piece in paragraph.pieces:
            covered.update(range(at, at + len(piece.text)) if piece.mark else ())
            at += len(piece.text)
    wanted = {at for start, end in hits for at in range(start, end)}
    shown = {at for start, end in paragraph_spans(text) for at in range(start, end)}
    assert covered == wanted & shown


@given(texts)
def test_every_place_of_a_paragraph_leads_to_its_number(text: str) -> None:
    spans = paragraph_spans(text)
    for number, (start, end) in enumerate(spans, 1):
        assert paragraph_of(spans, start) == paragraph_of(spans, end - 1) == number


def test_blank_lines_are_not_counted() -> None:
    assert [TEXT[start:end] for start, end in paragraph_spans(TEXT)] == [line for line in TEXT.split("\n") if line]


def test_names_keep_their_kind_where_a_hit_cuts_into_them() -> None:
    start = TEXT.index("Aiping")
    first = read_document(RECORD, [(start, start + 6)])[0]
    assert [(p.text, p.kind, p.mark, p.begins) for p in first.pieces if p.entity == "lin-aiping"] == [
        ("Lin ", "person", None, False), ("Aiping", "person", 1, True), ("林爱萍", "person", None, False)]  # fmt: skip


def test_a_paragraph_in_another_language_says_so() -> None:
    assert [paragraph.language for paragraph in read_document(RECORD)] == ["en", "en", "zh-Hans", "en"]


def test_entities_come_with_the_paragraphs_that_name_them() -> None:
    found = places(RECORD)
    assert list(found) == ["person", "organisation", "charge"]
    assert found["person"][0].paragraphs == (1, 2, 3)
