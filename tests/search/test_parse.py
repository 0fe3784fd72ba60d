"""Query text to clauses: every form of the query language, and never an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query.parse import (
    FIELDS,
    All,
    Any,
    Beginning,
    Clause,
    InField,
    Limits,
    Not,
    Quoted,
    Similar,
    Words,
    parse,
)
from search_app.remarks import remark

PIECES = [
    *"ab1律曹“”‘’'「」『』«»＂《》()（）:：*＊~～-－–\"\x00\u200b\u3000 \n😀",
    *[
        "AND",
        "OR",
        "NOT",
        "ＡＮＤ",
        "ＯＲ",
        "ＮＯＴ",
        "&&",
        "||",
        "709律师",
        "person:",
        "title:",
        "year:",
        "org:",
        "nofield:",
        "~5",
        "2015..2020",
        "..",
        "none",
    ],
    "http://x.example/a?b=c",
]
ODD = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40)


def depth(clause: Clause | None) -> int:
    match clause:
        case All(clauses=clauses) | Any(clauses=clauses):
            return 1 + max(map(depth, clauses))
        case InField(clause=inner) | Not(clause=inner):
            return 1 + depth(inner)
    return 1


def leaves(clause: Clause | None) -> int:
    match clause:
        case None:
            return 0
        case All(clauses=clauses) | Any(clauses=clauses):
            return sum(map(leaves, clauses))
        case InField(clause=inner) | Not(clause=inner):
            return leaves(inner)
    return 1


@given(ODD.map("".join) | ODD.map(" ".join))
def test_anything_can_be_asked(text: str) -> None:
    limits = Limits(chars=120, clauses=12, depth=3)
    parsed = parse(text, limits)
    assert leaves(parsed.clause) <= limits.clauses
    assert depth(parsed.clause) <= 40
    assert all(remark.sentence for remark in parsed.ignored)
    if len(text) > limits.chars:
        assert remark("chars_limit", limit=120) in parsed.ignored


@given(st.sampled_from(["(", "（", "NOT ", "-(", "NOT (", "person:(", "a OR (", "((a) "]), st.integers(1, 3000))
def test_deep_nesting_is_cut_and_said(opening: str, times: int) -> None:
    parsed = parse(opening * times + "x")
    assert depth(parsed.clause) <= 2 * Limits().clauses
    assert times <= Limits().clauses or parsed.ignored


@pytest.mark.parametrize("text", ["", "  ", "*", " * ", "＊", "\u3000", "***"])
def test_nothing_asked_is_everything(text: str) -> None:
    assert parse(text).clause is None
    assert parse(text).ignored == ()


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("court hearing", Words("court hearing")),
        ("709律师 林爱萍", Words("709律师 林爱萍")),
        ('"exact phrase"', Quoted("exact phrase")),
        ("“exact phrase”", Quoted("exact phrase")),
        ("”exact phrase“", Quoted("exact phrase")),
        ("„exact phrase“", Quoted("exact phrase")),
        ("‘exact phrase’", Quoted("exact phrase")),
        ("'exact phrase'", Quoted("exact phrase")),
        ("'the lawyer's list'", Quoted("the lawyer's list")),
        ("「維權律師」", Quoted("維權律師")),
        ("『維權律師』", Quoted("維權律師")),
        ("｢維權｣", Quoted("維權")),
        ("«exact phrase»", Quoted("exact phrase")),
        ("＂exact phrase＂", Quoted("exact phrase")),
        ('“维权律师"', Quoted("维权律师")),
        ("《零八宪章》", Words("《零八宪章》")),
        ("don't", Words("don't")),
        ("the lawyers’ list", Words("the lawyers’ list")),
        ('"a b"~5', Quoted("a b", 5)),
        ("“a b”～5", Quoted("a b", 5)),
        ('"a b"~', Quoted("a b", 1)),
        ('"a b"~999', Quoted("a b", 100)),
        ("deten*", Beginning("deten")),
        ("deten＊", Beginning("deten")),
        ("Zhiyon~", Similar("Zhiyon")),
        ("Zhiyon～", Similar("Zhiyon")),
        ("Zhiyon~2", Similar("Zhiyon")),
        ("a AND b", Words("a b")),
        ("a ＡＮＤ b", Words("a b")),
        ("a && b", Words("a b")),
        ("a OR b", Any((Words("a"), Words("b")))),
        ("a ＯＲ b c", Any((Words("a"), Words("b c")))),
        ("a || b", Any((Words("a"), Words("b")))),
        ("a and b or not c", Words("a and b or not c")),
        ("a NOT b", All((Words("a"), Not(Words("b"))))),
        ("a ＮＯＴ b", All((Words("a"), Not(Words("b"))))),
        ("a -b", All((Words("a"), Not(Words("b"))))),
        ("a －b", All((Words("a"), Not(Words("b"))))),
        ("a −b", All((Words("a"), Not(Words("b"))))),
        ("a - b", Words("a b")),
        ("re-education", Words("re-education")),
        ("-b", Not(Words("b"))),
        ('-"a b"', Not(Quoted("a b"))),
        ("NOT NOT a", Words("a")),
        ("-person:林爱萍", Not(InField("person", Words("林爱萍")))),
        ("(a OR b) c", All((Any((Words("a"), Words("b"))), Words("c")))),
        ("（a OR b） c", All((Any((Words("a"), Words("b"))), Words("c")))),
        ("person:Lin", InField("person", Words("Lin"))),
        ("person：林爱萍", InField("person", Words("林爱萍"))),
        ("PERSON:Lin", InField("person", Words("Lin"))),
        ("org:x", InField("organisation", Words("x"))),
        ("organization:x", InField("organisation", Words("x"))),
        ('person:"Lin Aiping"', InField("person", Quoted("Lin Aiping"))),
        ("person:「林爱萍」", InField("person", Quoted("林爱萍"))),
        ("person:(a OR b)", InField("person", Any((Words("a"), Words("b"))))),
        ("person：（a OR b）", InField("person", Any((Words("a"), Words("b"))))),
        ("title:deten*", InField("title", Beginning("deten"))),
        ("year:2015..2020", InField("year", Words("2015..2020"))),
        ("year:2015-2020", InField("year", Words("2015-2020"))),
        ("year:2018..", InField("year", Words("2018.."))),
        ("year:..2016", InField("year", Words("..2016"))),
        ("year:none", InField("year", Words("none"))),
        ("at 10:30", Words("at 10:30")),
        ("see:this", Words("see:this")),
        ("https://example.org/a", Words("https://example.org/a")),
        ("a\x00b", Words("a b")),
        ("Va\u0301clav が", Words("Václav が")),
    ],
)
def test_every_form_of_the_language(text: str, clause: Clause) -> None:
    parsed = parse(text)
    assert parsed.clause == clause
    assert parsed.ignored == ()


@pytest.mark.parametrize("field", sorted({"title", "text", "person", "organisation", "org", "charge", "violation",
                                          "place", "topic", "publisher", "language", "kind", "year"}))  # fmt: skip
def test_every_field_of_the_contract_is_known(field: str) -> None:
    assert parse(f"{field}:x").clause == InField(FIELDS[field], Words("x"))


@pytest.mark.parametrize(
    ("text", "clause", "said"),
    [
        ('a "b', Words("a b"), None),
        ("a OR", Words("a"), "OR without"),
        ("OR a", Words("a"), "OR without"),
        ("AND a", Words("a"), "AND without"),
        ("a NOT", Words("a"), "NOT without"),
        ("(a", Words("a"), "opening bracket"),
        ("a)", Words("a"), "closing bracket"),
        ("a ) b", All((Words("a"), Words("b"))), "closing bracket"),
        ("() a", Words("a"), None),
        ("person:) a", Words("a"), "person: without a value"),
    ],
)
def test_what_cannot_be_used_is_dropped_and_said(text: str, clause: Clause, said: str | None) -> None:
    parsed = parse(text)
    assert parsed.clause == clause or parsed.clause == Words("a b")
    assert said is None or any(said in line.sentence for line in parsed.ignored)


def test_long_queries_are_cut_and_it_is_said() -> None:
    parsed = parse("word " * 5000)
    assert leaves(parsed.clause) == 1
    assert len(parsed.ignored) == 2


@given(
    st.lists(
        st.sampled_from(["a", "1", "Ab", "律師", "é", "AND", "OR", "ＮＯＴ", "and", "a_b"]), min_size=1, max_size=9
    )
)
def test_words_alone_are_read_as_they_are_in_brackets(words: list[str]) -> None:
    assert parse(" ".join(words)).clause == parse(f"({' '.join(words)})").clause


def test_a_query_of_plain_words_has_a_limit_too() -> None:
    parsed = parse("a b c d", Limits(clauses=3))
    assert (parsed.clause, [line.code for line in parsed.ignored]) == (Words("a b c"), ["words_limit"])
