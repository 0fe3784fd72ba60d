"""Which characters are equal: the table, the words that only phrases join, and the way back to the original."""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_fold_table import fold_table

import indexer.fold
from indexer.fold import _TABLE, fold, fold_text, is_han

TABLE = Path(indexer.fold.__file__).with_name("fold_table.txt")

#: Text as it comes: both scripts, full-width forms, ligatures, what folds to nothing, to two, or to three characters.
MIXED = st.text(
    st.one_of(
        st.sampled_from(
            "顛覆國家政權罪颠覆国家 瞭解計畫身分沈著反覆ＡＢＣａｂ１２ﬁﬂ…㎏½ßÆéÉñŁ‘’“”—\u200b\u0301\u3000\n😀👩‍⚖️が٣ⅷ①"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=40,
)


def test_the_table_is_what_opencc_makes_of_each_code_point() -> None:
    def rows(text: str) -> list[str]:
        return [line for line in text.split("\n") if not line.startswith("#")]

    assert rows(TABLE.read_text(encoding="utf-8")) == rows(fold_table())


def test_ascii_folds_as_the_table_has_it() -> None:
    for character in map(chr, range(128)):
        beside = f"{character}…"  # what is not ASCII goes through the table, and leaves its neighbours alone
        assert fold(beside).text == fold(character).text + "..."
        assert fold(character).text == _TABLE[ord(character)]


def test_every_han_character_folds_to_one_character() -> None:
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if is_han(c) and len(fold_text(c)) != 1] == []


def test_folding_a_character_twice_changes_nothing_more() -> None:
    every = "\n".join(chr(point) for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000)
    once = fold_text(every)
    assert fold_text(once) == once


@pytest.mark.parametrize(
    "block",
    [
        "⼀⽉",  # radicals
        "〇々〡",
        "㐀䶵",  # A
        "一龥鿿",
        "\uf900\ufa6d",  # compatibility
        "\U00020000\U0002a6d6",  # B
        "\U0002a700\U0002b734",  # C
        "\U0002b740\U0002b81d",  # D
        "\U0002b820\U0002cea1",  # E
        "\U0002ceb0\U0002ebe0",  # F
        "\U00030000\U0003134a",  # G
        "\U00031350\U000323af",  # H
        "\U0002ebf0\U0002ee5d",  # I
        "\U000323b0\U00033479",  # J
    ],
)
def test_han_of_every_block_is_known(block: str) -> None:
    assert all(map(is_han, block))


def test_what_is_no_ideograph_is_told_apart() -> None:
    assert not any(map(is_han, "aＡ1。、「」·カひ한😀 \u200b"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("煽動顛覆國家政權罪", "煽动颠覆国家政权罪"),
        ("香港衞生署", "香港卫生署"),
        ("衛生", "卫生"),
        ("反覆", "反复"),
        ("答覆", "答复"),
        ("計畫", "计划"),
        ("規畫", "规划"),
        ("瞭解", "了解"),
        ("暸解", "了解"),
        ("一目瞭然", "一目了然"),
        ("藉口", "借口"),
        ("沈默", "沉默"),
        ("沈著應對", "沉着应对"),
        ("接著說", "接着说"),
        ("彷彿", "仿佛"),
        ("部份", "部分"),
        ("身分證", "身份证"),
        ("紀錄片", "记录片"),
        ("帳號", "账号"),
        ("姊姊和姊妹", "姐姐和姐妹"),
        ("砲擊", "炮击"),
        ("妳們", "你们"),
        ("Ｇ２０峰會", "g20峰会"),
        ("Václav", "VACLAV"),
        ("“quoted”", '"quoted"'),
        ("O’Brien", "o'brien"),
        ("re–education", "re-education"),
        ("ﬁle", "FILE"),
        ("古麗·米娜", "古丽•米娜"),
    ],
)
def test_equal_forms_meet(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("顛覆", "顛复"),  # subversion repeats nothing
        ("覆蓋", "复盖"),
        ("著名", "着名"),
        ("慰藉", "慰借"),
        ("股份", "股分"),
        ("漫畫", "漫划"),
        ("沈陽", "沉阳"),
        ("瞭望", "了望"),
        ("甚至", "什至"),
        ("甦", "苏"),  # a character of its own in mainland names since 2013
    ],
)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert fold_text(one) != fold_text(other)


def test_words_of_both_scripts_fold_to_a_fixed_point() -> None:
    """The rules for words follow one another; together they must leave nothing for a second pass."""
    characters = "瞭藉覆畫沈著彷甚澈份分帳紀連姊解明反答蓋滅計規默深名佛底部身析錄絡妹大學復沉姐"
    for word in map("".join, product(characters, repeat=3)):
        once = fold_text(word)
        assert fold_text(once) == once
        assert len(once) == len(word)


@given(MIXED)
def test_fold_gives_one_text_however_it_is_called(text: str) -> None:
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert folded.length == len(text)
    assert folded.starts is None or len(folded.starts) == len(folded.text)


@given(MIXED)
def test_every_folded_character_stands_where_its_original_stood(text: str) -> None:
    folded = fold(text)
    last = 0
    for at in range(len(folded.text)):
        start, end = folded.original(at, at + 1)
        assert 0 <= last <= start < end <= len(text)
        last = start
        by_itself = fold_text(text[start:end])
        in_context = folded.text[at]
        assert in_context in by_itself or is_han(in_context)


@given(MIXED)
def test_a_part_of_a_folded_text_counts_from_its_own_beginning(text: str) -> None:
    folded, half = fold(text), len(text) // 2
    one, other = folded.part(0, half), folded.part(half, len(text))
    assert (one.text + other.text, one.length + other.length) == (folded.text, len(text))
    for at in range(len(other.text)):
        start, end = other.original(at, at + 1)
        assert folded.original(len(one.text) + at, len(one.text) + at + 1) == (half + start, half + end)
        assert other.offset(start) <= at


@given(MIXED, st.data())
def test_a_span_leads_back_to_what_folds_to_it(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    low, high = folded.original(start, end)
    back = fold(text[low:high]).text
    assert len(back) >= end - start
    assert len(fold(text[:low]).text) <= start


def test_a_text_without_changes_of_length_needs_no_offsets() -> None:
    assert fold("王小明被捕。Released in 2019.").starts is None
    assert fold("等等…然後").original(2, 5) == (2, 3)
    assert fold("caf\u0065\u0301 noir").original(0, 4) == (0, 5)
