"""Script first, then language: documents and passages, English and Chinese, and what is neither."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.language import Languages, detect

SHARED = Path(__file__).resolve().parents[1].parent / "shared"

ENGLISH = "The villagers say that the officials never showed them an order, and that they will go to court."
HANS = "村民说官员从未出示过书面命令，他们打算继续申诉，并要求有关部门公开说明理由。"
HANT = "村民說官員從未出示過書面命令，他們打算繼續申訴，並要求有關部門公開說明理由。"
CANTONESE = "佢哋話啲官員由頭到尾都冇俾過張紙佢哋睇，所以佢哋會繼續上訴。"
SPANISH = (
    "Los vecinos del pueblo dicen que los funcionarios nunca les mostraron ninguna orden por escrito y que por eso "
    "van a presentar una denuncia ante el tribunal de la ciudad."
)


def kind(found: Languages) -> tuple[str, str | None]:
    return found.language, found.script


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (ENGLISH, ("en", "Latn")),
        (HANS, ("zh", "Hans")),
        (HANT, ("zh", "Hant")),
        (CANTONESE, ("zh", "Hant")),
        ("我唔使保母。", ("zh", "Hant")),
        (SPANISH, ("other", "Latn")),
        ("昨日は雨が降ったので、村の人たちは家にいました。", ("other", None)),
        ("国際連合総会は決議を採択した", ("other", None)),
        ("마을 사람들은 명령서를 본 적이 없다고 말한다.", ("other", None)),
        ("Жители деревни говорят, что приказа не видели.", ("other", None)),
        ("يقول القرويون إنهم لم يروا أي أمر مكتوب.", ("other", None)),
        ("九年", ("zh", None)),
        ("1234 – 5678 …", ("other", None)),
        ("", ("other", None)),
        (f"{ENGLISH}\n\n{HANS}", ("mixed", "Hans")),
    ],
)
def test_document(text: str, wanted: tuple[str, str | None]) -> None:
    assert kind(detect("", text)) == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("曹顺利", ("zh", "Hans")),
        ("煽動顛覆國家政權", ("zh", "Hant")),
        ("Li Heping", ("en", "Latn")),
        ("Volker Türk", ("en", "Latn")),
        ("709律师", ("zh", "Hans")),
    ],
)
def test_short_title(title: str, wanted: tuple[str, str | None]) -> None:
    """langdetect takes these for Korean, Tagalog and German."""
    assert kind(detect(title, "")) == wanted


def test_names_in_the_other_language_are_no_passages() -> None:
    text = f"{ENGLISH} Lawyer Wang Quanzhang (王全璋) spoke for them.\n维权网\n{ENGLISH}"
    found = detect("", text)
    assert kind(found) == ("en", "Latn")
    assert [p.language for p in found.passages] == ["en", "zh", "en"]
    assert text[found.passages[1].start : found.passages[1].end] == "维权网"


def test_sentence_in_the_other_language_is_a_passage() -> None:
    text = f"{ENGLISH} They carried a banner: “{HANT}” {ENGLISH} {ENGLISH} {ENGLISH} {ENGLISH}"
    found = detect("", text)
    assert kind(found) == ("en", "Latn")
    assert [(p.language, p.script) for p in found.passages] == [("en", "Latn"), ("zh", "Hant"), ("en", "Latn")]
    assert HANT.rstrip("。") in text[found.passages[1].start : found.passages[1].end]


def test_chinese_document_with_an_english_quotation_stays_chinese() -> None:
    found = detect("", f"{HANS * 6}他说：“{ENGLISH}”{HANS}")
    assert found.language == "zh"
    assert [p.language for p in found.passages] == ["zh", "en", "zh"]


def test_both_scripts_in_one_document() -> None:
    found = detect("", f"{HANS}\n{HANS}\n{HANT}\n九年")
    assert kind(found) == ("zh", "Hans")
    assert [p.script for p in found.passages] == ["Hans", "Hant", "Hans"]


def test_list_of_foreign_names_in_an_english_document_is_english() -> None:
    found = detect("", f"{ENGLISH}\n\n1. Acción Solidaria (Venezuela)\n2. Centro de Derechos Humanos (Mexico)")
    assert [(p.language, p.script) for p in found.passages] == [("en", "Latn")]


def test_addresses_count_for_no_language() -> None:
    found = detect("", f"{HANS}\nhttps://example.org/the/officials/and/the/villagers/who/went/to/court/in/spring")
    assert kind(found) == ("zh", "Hans")


pieces = st.one_of(
    st.sampled_from([ENGLISH, HANS, HANT, SPANISH, "1. ", "\n", "\n\n", "https://a.example/b ", "の"]), st.text()
)


@settings(deadline=None)
@given(st.text(max_size=30), st.lists(pieces, max_size=12).map("".join))
def test_passages_are_in_order_disjoint_and_inside_the_text(title: str, text: str) -> None:
    found = detect(title, text)
    assert found.language in ("en", "zh", "mixed", "other")
    end = 0
    for passage in found.passages:
        assert end <= passage.start < passage.end <= len(text)
        assert passage.language in ("en", "zh", "other")
        assert not text[passage.start].isspace()
        assert not text[passage.end - 1].isspace()
        end = passage.end
    assert detect(title, text) == found


@pytest.mark.shared
def test_accuracy_on_short_texts_with_a_label() -> None:
    table = SHARED / "data/langid_dev.tsv"
    if not table.is_file():
        pytest.skip("the labelled texts are not here: ../shared/data/langid_dev.tsv is absent")
    chinese = {"zh-Hans", "zh-Hant", "zh-mixed", "zh-ambiguous", "yue", "wuu"}
    right: dict[str, list[bool]] = {"en": [], "zh": [], "other": []}
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["label"]:
                wanted = "zh" if row["label"] in chinese else "en" if row["label"] == "en" else "other"
                right[wanted].append(detect("", row["text"]).language == wanted)
    assert min(sum(answers) / len(answers) for answers in right.values()) >= 0.995


@pytest.mark.shared
def test_every_article_of_the_universal_declaration() -> None:
    rows = SHARED / "data/udhr.jsonl.gz"
    if not rows.is_file():
        pytest.skip("the declaration is not here: ../shared/data/udhr.jsonl.gz is absent")
    wanted = {"en": "en", "zh": "zh", "zh-Hant": "zh", "yue": "zh", "ja": "other", "ko": "other"}
    with gzip.open(rows, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            found = detect(row["title"], row["text"])
            assert found.language == wanted[row["lang"]]
            assert row["code"] != "cmn_hant" or found.script == "Hant"
