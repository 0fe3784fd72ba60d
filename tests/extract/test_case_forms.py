"""Forms in which other authors tell of cases: each with what a reader takes from it, in both languages.

Everything is found here, names too; nobody of these exists.
"""

from __future__ import annotations

import pytest

from indexer.authority import Authority
from indexer.extract import extract
from indexer.language import detect
from indexer.model import Case, Document

Row = tuple[str, str, int | None]


def told(text: str, published: str = "2021-03-10") -> tuple[Case, ...]:
    document = Document("a.txt", "0", 1, "", text, date=published)
    return extract(document, detect("", text).passages, Authority()).cases


def rows(text: str) -> list[Row]:
    return [
        (person, case.status, case.sentence.months if case.sentence else None)
        for case in told(text)
        for person in case.persons
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In December Fang Yu was handed a jail term of one year and nine months.", [("fang-yu", "sentenced", 21)]),
        ("On 3 May 2019 Ana Ruiz was arrested.", [("ana-ruiz", "arrested", None)]),
        ("Sentenced in absentia to six years, the editor Ana Ruiz lives abroad.", [("ana-ruiz", "sentenced", 72)]),
        ("A student, Ana Ruiz, who had denied arson, was cleared.", [("ana-ruiz", "acquitted", None)]),
        ("Ana Ruiz, activist and former mayor, was convicted.", [("ana-ruiz", "convicted", None)]),
        (
            "The court sentenced to two years imprisonment the secretary Ana Ruiz and the director Bela Novak.",
            [("ana-ruiz", "sentenced", 24), ("bela-novak", "sentenced", 24)],
        ),
        (
            "The members were given prison terms: Ana Ruiz (six years), Joao Pires (four and a half years) and "
            "Rui Campos (18 months, suspended for three years).",
            [("ana-ruiz", "sentenced", 72), ("joao-pires", "sentenced", 54), ("rui-campos", "sentenced", 18)],
        ),
        (
            "A magistrate remanded Ana Ruiz, 29, Joao Pires, 33, and Rui Campos, 27, in custody.",
            [(id, "criminally_detained", None) for id in ("ana-ruiz", "joao-pires", "rui-campos")],
        ),
        ("The High Court upheld Ana Ruiz’s two-year prison sentence.", [("ana-ruiz", "sentenced", 24)]),
        ("The judges upheld the two-year term of her deputy, Ana Ruiz.", [("ana-ruiz", "sentenced", 24)]),
        ("The judges upheld the sentence of the journalist’s lawyer.", []),
        ("Ana Ruiz was later charged with leading the inquiry.", []),
    ],
)  # fmt: skip
def test_english(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("著名異見人士、民間組織「海港之聲」創辦人秦永安，昨日被一審裁定罪名成立，判監13年。", {"sentenced"}),
        ("湖南异议人士周建雄被控煽动罪一案，3月20日在长沙市中级法院秘密开庭，没有当庭宣判。", {"tried"}),
        ("同為基督徒的韓雪梅則在上月被取保候審。", {"bailed"}),
        ("裁判官准許被告陳大文以三萬元保釋。", {"bailed"}),
        ("他们相识时，作家杜依兰担心有机会罪成、入狱。", set()),
    ],
)
def test_chinese(text: str, statuses: set[str]) -> None:
    assert {case.status for case in told(text)} == statuses


def test_a_sum_of_all_terms_of_a_life_is_no_sentence() -> None:
    assert [case.sentence for case in told("秦永安多次被捕，迄今累计获刑35年。") if case.sentence] == []


def test_the_year_of_another_thing_is_no_date_of_the_case() -> None:
    (case,) = told("On May 3, 2019, a court convicted Ana Ruiz of arson during the 2013 protest.")
    assert case.date == "2019-05-03"
    (case,) = told("Ana Ruiz was remanded until 31 January 2021.")
    assert case.date is None


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("A relative said that the brother, Ana Ruiz, had been detained.", "claimed"),
        ("Rights groups fear that Ana Ruiz has been secretly charged with treason.", "claimed"),
        ("Ana Ruiz has been charged with treason.", "stated"),
    ],
)
def test_who_says_so(text: str, modality: str) -> None:
    (case,) = told(text)
    assert case.modality == modality


def test_incitement_of_something_is_an_offence_of_its_own() -> None:
    (case,) = told("Ana Ruiz was charged with incitement of inter-ethnic hatred.")
    assert case.charges == ("incitement-of-inter-ethnic-hatred",)
    (case,) = told("Ana Ruiz received ten years in prison for bribery.")
    assert case.charges == ("bribery",)
