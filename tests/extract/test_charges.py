"""Charges, violations, places and topics: listed, in context, by article, and named by nobody's list."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.authority import Authority, AuthorityRecord
from indexer.extract.annotated import AnnotatedText
from indexer.extract.charge import concepts
from indexer.extract.ids import entity_id
from indexer.model import Entity


def charge(id: str, en: Sequence[str], zh: Sequence[str] = (), **attributes: object) -> AuthorityRecord:
    names = {"en": tuple(en)} | ({"zh-Hans": tuple(zh)} if zh else {})
    return AuthorityRecord("charge", id, names, attributes=attributes)


AUTHORITY = Authority(
    [
        charge(
            "subversion", ["subversion of state power", "subversion"], ["颠覆国家政权罪", "颠覆国家政权"],
            in_charge_context=("subversion",), jurisdiction="CN", law="criminal-law-prc", article="105", paragraph="1",
        ),
        charge(
            "inciting-subversion", ["inciting subversion of state power", "inciting subversion"],
            ["煽动颠覆国家政权罪", "煽动颠覆国家政权"],
            jurisdiction="CN", law="criminal-law-prc", article="105", paragraph="2",
        ),
        charge("state-security", ["endangering state security"], ["危害国家安全罪"], jurisdiction="CN"),
        charge("provoking-trouble", ["picking quarrels and provoking trouble"], ["寻衅滋事罪", "寻衅滋事"],
               jurisdiction="CN", law="criminal-law-prc", article="293"),
        charge("sedition-hk", ["sedition"], ["煽动罪"], jurisdiction="HK"),
        charge("sedition", ["sedition"]),
        charge("terrorism", ["terrorism"], ["恐怖主义罪"], in_charge_context=("terrorism",)),
        charge("fraud-prc", ["fraud"], ["诈骗罪", "诈骗"], in_charge_context=("fraud", "诈骗"), jurisdiction="CN"),
        AuthorityRecord("violation", "torture", {"en": ("torture",), "zh-Hans": ("酷刑",)}),
        AuthorityRecord("place", "hong-kong", {"en": ("Hong Kong",), "zh-Hans": ("香港",)}),
        AuthorityRecord("place", "india", {"en": ("India",), "zh-Hans": ("印度",)}, attributes={"iso": "IN"}),
        AuthorityRecord("place", "beijing", {"en": ("Beijing",), "zh-Hans": ("北京",)}, attributes={"within": "china"}),
        AuthorityRecord("place", "china", {"en": ("China",), "zh-Hans": ("中国",)}, attributes={"iso": "CN"}),
    ]
)  # fmt: skip


def read(text: str, title: str = "", quiet: Sequence[tuple[int, int]] = (), language: str = "mixed") -> list[Entity]:
    return concepts(AnnotatedText("title", title, AUTHORITY), AnnotatedText("text", text, AUTHORITY), quiet, language)


def charges(text: str, **options: object) -> list[str]:
    return [e.id for e in read(text, **options) if e.kind == "charge"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She was convicted of subversion of state power.", ["subversion"]),
        ("他因涉嫌颠覆国家政权罪被捕。", ["subversion"]),
        ("他因涉嫌顛覆國家政權罪被捕。", ["subversion"]),
        # The longer name is not the shorter, nor is incitement to it.
        ("He was charged with inciting subversion.", ["inciting-subversion"]),
        ("被控煽動顛覆國家政權罪", ["inciting-subversion"]),
        ("charged with inciting others to subversion of state power", ["inciting-subversion"]),
        # A family is itself alone.
        ("accused of endangering state security", ["state-security"]),
        # Words of every day count after words of charging, or in quotes beside them.
        ("They feared the subversion of the old order.", []),
        ("The war on terrorism went on.", []),
        ("Counter-terrorism charges were brought.", []),
        ("He was jailed on charges of fraud and terrorism.", ["fraud-prc", "terrorism"]),
        ("crimes such as “terrorism” are named in the law", ["terrorism"]),
        ("The report calls it “terrorism”.", []),
        ("电信诈骗很多", []),
        ("她涉嫌诈骗，被刑事拘留", ["fraud-prc"]),
        # A list of a statute names them all.
        ("The law lists subversion of state power, inciting subversion and picking quarrels and provoking trouble.",
         ["subversion", "inciting-subversion", "provoking-trouble"]),
    ],
)  # fmt: skip
def test_listed(text: str, expected: list[str]) -> None:
    assert charges(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Article 105(2) of the Criminal Law", ["inciting-subversion"]),
        ("violating Criminal Law Article 293", ["provoking-trouble"]),
        ("刑法第一百零五条第二款", ["inciting-subversion"]),
        ("《刑法》第293條", ["provoking-trouble"]),
        ("刑法第一百零五条", []),  # two offences: the number alone does not decide
        ("第293條", []),
        ("Article 293 is vague. The Criminal Law is too.", []),
        ("中华民国刑法第293条", []),
    ],
)
def test_articles_need_their_law(text: str, expected: list[str]) -> None:
    assert charges(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Hong Kong an editor was convicted of sedition.", ["sedition-hk"]),
        ("A cartoonist in India was convicted of sedition.", ["sedition"]),
        ("Hong Kong papers wrote of it.\n\nIn India a cartoonist was convicted of sedition.", ["sedition"]),
        ("She was convicted of sedition.", ["sedition"]),
    ],
)
def test_one_name_in_several_countries(text: str, expected: list[str]) -> None:
    assert charges(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was charged with running an unlicensed radio station in May.", ["running an unlicensed radio station"]),
        (
            "She was convicted of “spreading gossip” and “insulting the mayor.”",
            ["spreading gossip", "insulting the mayor"],
        ),
        ("They were punished for “dancing at night”.", ["dancing at night"]),
        ("The singer’s criminal libel conviction was upheld.", ["criminal libel"]),
        ("Two poets were prosecuted under the Public Decency Ordinance.", ["Public Decency Ordinance"]),
        ("He was jailed as a conspirator.", ["conspiracy"]),
        ("他被控「公眾妨擾罪」。", ["公眾妨擾罪"]),
        ("她涉嫌非法聚賭罪被捕", ["非法聚賭罪"]),
        ("兩人各被控一項刑事損壞罪", ["刑事損壞罪"]),
        ("They were charged with the task of protecting forests.", []),
        ("The mission is in charge of peacekeeping operations.", []),
        ("The conviction of the nurse Ana Ruiz for misusing a uniform was quashed.", ["misusing a uniform"]),
        ("She was found guilty of gossip forgery and offensive whistling.", []),
        (
            "She was convicted of online harassment and offensive whistling.",
            ["online harassment", "offensive whistling"],
        ),
        (
            "He was found guilty of mutiny, outrages against the constitution and poaching.",
            ["mutiny", "outrages against the constitution", "poaching"],
        ),
        ("He was charged with mutiny, fined heavily and held for poaching.", ["mutiny"]),
        ("She was convicted of defaming the mayor, Ana Ruiz, and fined.", ["defaming the mayor"]),
        ("法官裁定陳大文罪名成立，被告林寶兒則罪名不成立。", []),
        ("They were tried under the Penal Code.", []),
        ("He is charged with wilfully scratching or painting a statue.", ["wilfully scratching or painting a statue"]),
        ("裁定《國安法》罪成。", []),
        ("His lawyer learned that the case “involves many secrets”.", []),
        ("He had served two years for “dancing at dawn”.", ["dancing at dawn"]),
        ("He was convicted of several crimes.", []),
        ("The government is accused of repressing its opponents.", []),
        ("他低頭認罪，否認有罪，何罪之有", []),
        ("Experts charged that the killings went unpunished.", []),
    ],
)
def test_unlisted(text: str, expected: list[str]) -> None:
    entities = [e for e in read(text) if e.kind == "charge"]
    assert [e.name for e in entities] == expected
    assert not any(e.known for e in entities)


def test_unlisted_offence_has_one_id_in_both_scripts() -> None:
    assert charges("他被控「公眾妨擾罪」。") == charges("他被控“公众妨扰罪”。")


def test_other_kinds_and_quiet_stretches() -> None:
    text = "Torture in China. See also: torture in India"
    at = text.index("See")
    entities = read(text, quiet=[(at, len(text))])
    assert [(e.kind, e.id) for e in entities] == [("violation", "torture"), ("place", "china")]
    (mention,) = entities[0].mentions
    assert text[mention.start : mention.end] == mention.text == "Torture"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rights abuses committed by Beijing continue.", False),
        ("Beijing’s ambitions grew.", False),
        ("It must show Beijing that acts have consequences.", False),
        ("She was held in Beijing.", True),
        ("They met in central Beijing.", True),
        ("Beijing police questioned her.", True),
        ("北京當局回應", True),
    ],
)
def test_a_capital_that_stands_for_its_government_is_no_place(text: str, found: bool) -> None:
    assert [e.id for e in read(text) if e.kind == "place"] == (["beijing"] if found else [])


def test_a_place_in_a_title_is_no_place() -> None:
    assert [e for e in read("Ann Lee, India Director of a watchdog") if e.kind == "place"] == []


def test_title_is_read_before_the_text() -> None:
    (entity,) = [e for e in read("酷刑", title="Torture again") if e.kind == "violation"]
    assert [m.field for m in entity.mentions] == ["title", "text"]


def test_ids() -> None:
    assert entity_id("Čapek Böll-Straße", None) == "capek-boll-strasse"
    assert entity_id(None, "覃小明", person=True).startswith("qin-xiao-ming-")
    assert entity_id(None, "譚", person=False) == entity_id("Tan", "谭")
    assert entity_id(None, "王五") != entity_id(None, "王伍")
    with pytest.raises(ValueError, match="needs a"):
        entity_id(" ", None)


@given(
    st.text(
        alphabet=st.sampled_from("罪控涉嫌煽动颠覆國「」、，。“” charged with of subversion fraud（）Ａ\n"), max_size=80
    )
)
def test_mentions_are_exact_parts(text: str) -> None:
    for entity in read(text, title=text):
        assert entity.mentions
        for mention in entity.mentions:
            assert mention.text == text[mention.start : mention.end]
            assert mention.text


@pytest.mark.parametrize(
    "piece",
    [
        "charged with ",
        "“a",
        "'b' ",
        "convicted of x, ",
        "accused of “y” and ",
        "以",
        "「罪",
        "涉嫌",
        "sedition ",
        "(Act) ",
        "a",
    ],
)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    short, long = piece * (6_000 // len(piece)), piece * (24_000 // len(piece))
    fast = min(_seconds(short) for _ in range(2))
    assert _seconds(long) < 4 * 4 * fast + 0.5


def _seconds(text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start
