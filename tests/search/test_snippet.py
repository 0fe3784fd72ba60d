"""Passages with marks: escaped, cut at sentence ends, marked where the words stand, however long the document is."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer
from indexer.query import And, Best, Fuzzy, Lift, Or, Phrase, Prefix, Query, Term, Without
from indexer.sentences import sentences
from search_app.passages.marks import Marker
from search_app.passages.snippet import PASSAGE_WIDTH, PASSAGES, marked_html, passages
from search_app.query.phrases import exact_phrase

ANALYZER = Analyzer()
TAG = re.compile(r"</?mark>")

NASTY = st.text(
    st.sampled_from("律師林愛萍 prison<>&\"'/。！.\n…ﬁ½\u202e\u200b\u0301😀") | st.characters(codec="utf-8"),
    max_size=80,
)


def words(text: str) -> Term:
    return Term("words", ANALYZER.stem(text))


def exact(text: str) -> Query:
    phrase = exact_phrase(text)
    assert phrase is not None
    return phrase


def marked(text: str, query: Query, **record: object) -> list[str]:
    """Return the stretches of ``text`` that a query marks."""
    return [text[start:end] for start, end, _ in Marker(query, ANALYZER.stem).marks("text", text, record)]


def text_of(passage_html: str) -> str:
    """Undo marks and escapes."""
    return html.unescape(TAG.sub("", passage_html))


# Marks


@pytest.mark.parametrize(
    ("text", "query", "stretches"),
    [
        ("對林愛萍的判決", exact("林爱萍"), ["林愛萍"]),
        ("被控煽動顛覆國家政權", Term("words", "煽动"), ["煽動"]),
        ("香港衞生署", exact("卫生"), ["衞生"]),
        ("Ｇ２０峰会", exact("G20峰会"), ["Ｇ２０峰会"]),
        ("the detained and the detainees", words("detained"), ["detained"]),
        ("the detained and the detaining", words(["detention", "detain"][1]), ["detained", "detaining"]),
        ("the detained and the detaining", Term("chars", "detained"), ["detained"]),
        ("Václav came. VACLAV left.", Term("chars", "vaclav"), ["Václav", "VACLAV"]),
        ("a ﬁle…and files", Term("chars", "file"), ["ﬁle"]),
        ("the lawyer’s files", Term("chars", "lawyer"), ["lawyer"]),
        ("the U.N. and UN and un", Term("chars", "UN"), ["U.N.", "UN"]),
        ("A cat in CAT", Term("chars", "CAT"), ["CAT"]),
        ("A cat in CAT", Term("chars", "cat"), ["cat", "CAT"]),
        ("re-education, reeducation", Term("words", ANALYZER.stem("reeducation")), ["re-education", "reeducation"]),
        ("维权律师，维护", Prefix("chars", "维权"), ["维权"]),
        ("smuggled, smugglers, smug", Prefix("chars", "smuggl"), ["smuggled", "smugglers"]),
        ("Harbour, harbor, hardy", Fuzzy("chars", "harbour", 1), ["Harbour", "harbor"]),
        ("to be or not to be", exact("to be"), ["to be", "to be"]),
        ("to  be, or", exact("to be"), ["to  be"]),
        ("the prison wall of the prison", Phrase("words", ("prison", "wall")), ["prison wall"]),
        ("wall of the prison, far away, wall", Phrase("words", ("prison", "wall"), slop=3), ["wall", "prison", "wall"]),
        ("林爱萍等人被控走私", Phrase("chars", ("林爱", "爱萍", "走私"), 4, offsets=(0, 1, 3)), ["林爱萍", "走私"]),
        ("林爱萍等人被控走私", Phrase("chars", ("林爱", "爱萍", "走私"), 2, offsets=(0, 1, 3)), []),
        ("no and no", Phrase("words", ("no", "no"), slop=2), ["no", "no"]),
        ("no and yes", Phrase("words", ("no", "no"), slop=2), []),
        ("prison and court", And((words("prison"), words("court"))), ["prison", "court"]),
        ("prison and court", Without(words("prison"), words("court")), ["prison"]),
        ("prison and court", Or((words("court"), words("nothing"))), ["court"]),
        ("林爱萍律师", Best((exact("林爱萍"), exact("爱萍律师"))), ["林爱萍律师"]),
        ("prison 监狱", Term("words", "prison", scope="title"), []),
        ("监狱在山上", Or((Term("words", "监狱", scope="title"), Term("chars", "山", scope="text"))), ["山"]),
        ("监狱在山上", Or((Term("words", "监狱", scope="title"), Term("words", "监狱", scope="text"))), ["监狱"]),
        ("nothing here", words("prison"), []),
        ("", words("prison"), []),
    ],
)
def test_marks_stand_where_the_words_do(text: str, query: Query, stretches: list[str]) -> None:
    assert marked(text, query) == stretches


def test_what_only_lifts_the_rank_is_not_marked() -> None:
    """Stop words and chance pairs of characters order the documents; in a passage they would be noise."""
    query = Lift(Lift(words("lawyers"), words("the")), Or((Term("chars", "师的"), Term("chars", "的律"))))
    assert marked("the lawyers 律师的律师", query) == ["lawyers"]


def test_an_entity_is_marked_where_the_record_mentions_it() -> None:
    text = "She was tried. Lin Aiping was freed."
    mentions = [{"field": "title", "start": 0, "end": 3}, {"field": "text", "start": 15, "end": 25}]
    record = {"persons": [{"id": "lin-aiping", "mentions": mentions}, {"id": "other", "mentions": mentions[:1]}]}
    query = Best((exact("林爱萍"), Term("person", "lin-aiping")))
    assert marked(text, query, **record) == ["Lin Aiping"]


@given(NASTY, st.sampled_from([exact("律师"), words("prison"), exact("林"), Prefix("chars", "p")]))
def test_marks_are_ascending_apart_and_inside(text: str, query: Query) -> None:
    marks = Marker(query, ANALYZER.stem).marks("text", text, {})
    assert all(0 <= start < end <= len(text) for start, end, _ in marks)
    assert all(end <= start for (_, end, _), (start, _, _) in pairwise(marks))


# HTML


def test_everything_is_escaped_before_it_is_marked() -> None:
    text = 'the </mark><script>alert("prison")</script> & <mark>prison \u202e'
    shown = marked_html(text, Marker(words("prison"), ANALYZER.stem).marks("text", text, {}))
    assert "<script" not in shown
    assert shown.count("<mark>prison</mark>") == 2
    assert TAG.sub("", shown).count("<") == 0
    assert text_of(shown) == text


@given(
    NASTY,
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=5),
    st.integers(0, 90),
    st.integers(0, 90),
)
def test_html_is_the_text_and_marks_alone(text: str, spans: list[tuple[int, int]], start: int, end: int) -> None:
    marks = [(low, high, 0) for low, high in sorted(spans)]
    shown = marked_html(text, marks, min(start, len(text)), min(end, len(text)))
    assert re.fullmatch(r"(?:[^<>]|<mark>[^<>]+</mark>)*", shown)
    assert text_of(shown) == text[min(start, len(text)) : min(end, len(text))]


@given(NASTY.map(lambda text: text * 8), st.sampled_from([exact("律师"), words("prison"), exact("林")]))
def test_passages_are_stretches_of_the_text(text: str, query: Query) -> None:
    found = passages(text, sentences(text), Marker(query, ANALYZER.stem).marks("text", text, {}))
    assert len(found) <= PASSAGES
    for passage in found:
        assert 0 <= passage.start < passage.end <= len(text)
        assert re.fullmatch(r"(?:[^<>]|<mark>[^<>]+</mark>)*", passage.html)
        shown = text_of(passage.html).removeprefix("… ").removesuffix(" …")
        assert shown in text[passage.start : passage.end]
    assert all(a.end <= b.start for a, b in pairwise(found))


# Passages


FILLER = "The tide came in and went out again over the grey stones of the pier. " * 30


@pytest.mark.parametrize("depth", [0, 40_000, 120_000, 400_000])
def test_no_passage_of_a_long_document_is_out_of_reach(depth: int) -> None:
    text = (FILLER * (depth // len(FILLER) + 1))[:depth] + " Then the keeper 林愛萍 spoke. " + FILLER
    marks = Marker(exact("林爱萍"), ANALYZER.stem).marks("text", text, {})
    assert [text[start:end] for start, end, _ in marks] == ["林愛萍"]
    assert "keeper <mark>林愛萍</mark> spoke." in passages(text, sentences(text), marks)[0].html


def test_passages_name_different_words_before_they_repeat_one() -> None:
    text = "\n".join(["The prison stood. " * 3] * 4 + ["The court sat."] + ["The prison stood. " * 3] * 4)
    query = And((words("prison"), words("court")))
    shown = " ".join(
        p.html for p in passages(text, sentences(text), Marker(query, ANALYZER.stem).marks("text", text, {}), count=2)
    )
    assert "<mark>prison</mark>" in shown
    assert "<mark>court</mark>" in shown


def test_passages_come_in_the_order_of_the_text() -> None:
    text = "\n".join(f"{FILLER[:300]}\nIn part {n} a prison." for n in range(5))
    found = passages(text, sentences(text), Marker(words("prison"), ANALYZER.stem).marks("text", text, {}))
    assert [passage.start for passage in found] == sorted(passage.start for passage in found)


def test_no_sentence_stands_in_two_passages() -> None:
    text = " ".join(f"The prison number {n} stood on the hill over the town for {'many ' * 9}years." for n in range(3))
    found = passages(text, sentences(text), Marker(words("prison"), ANALYZER.stem).marks("text", text, {}))
    assert len(found) == 2
    assert found[0].end <= found[1].start


@pytest.mark.parametrize(
    ("text", "needle", "passage"),
    [
        ("First one. The U.N. saw Ms. Lin at the prison. Last one.", "prison", "The U.N. saw Ms. Lin at the prison."),
        ("先说一句。他说：“监狱很冷。”后来他走了。", "监狱", "他说：“监狱很冷。”"),
        ("是吗？監獄很冷！後來；完了。", "監獄", "監獄很冷！"),
        ("One line without a stop\nThe prison is cold\nA third", "prison", "The prison is cold"),
    ],
)
def test_passages_are_whole_sentences(text: str, needle: str, passage: str) -> None:
    marks = Marker(exact(needle), ANALYZER.stem).marks("text", text, {})
    assert [text[p.start : p.end] for p in passages(text, sentences(text), marks, width=1)] == [passage]


def test_short_sentences_are_joined_within_their_paragraph() -> None:
    text = "A first one. The prison is cold. A third one.\nAnother paragraph."
    marks = Marker(words("prison"), ANALYZER.stem).marks("text", text, {})
    assert [text[p.start : p.end] for p in passages(text, sentences(text), marks)] == [
        "A first one. The prison is cold. A third one."
    ]


@pytest.mark.parametrize("unit", ["tide ", "潮水", "𠀀", "tide,"])
def test_a_sentence_without_end_is_cut_around_its_marks(unit: str) -> None:
    text = unit * 2000 + " prison " + unit * 2000
    marks = Marker(words("prison"), ANALYZER.stem).marks("text", text, {})
    (passage,) = passages(text, sentences(text), marks)
    assert "<mark>prison</mark>" in passage.html
    assert passage.html.startswith("… ")
    assert passage.html.endswith(" …")
    assert len(text_of(passage.html)) <= PASSAGE_WIDTH * 1.5 + 4


def test_without_marks_the_beginning_is_shown() -> None:
    (passage,) = passages("The prison is cold. It snowed.", [(0, 19), (20, 30)], [])
    assert passage.html == "The prison is cold. It snowed."
    assert passages("", [], []) == passages(" \n ", [], []) == []
