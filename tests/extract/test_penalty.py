"""Penalties in months, in two languages, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.annotated import AnnotatedText
from indexer.extract.penalty import Penalty, find_penalties


def penalties(text: str) -> list[Penalty]:
    return find_penalties(AnnotatedText("text", text), 0, len(text))


def months(text: str) -> list[tuple[int | None, int | None]]:
    return [(p.sentence.months, p.sentence.suspended_months) for p in penalties(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("判处有期徒刑三年六个月", [(42, None)]),
        ("被判三年半", [(42, None)]),
        ("判囚两年零三个月", [(27, None)]),
        ("判監4年9個月", [(57, None)]),
        ("監禁三個星期緩刑一年", [(None, 12)]),
        ("被判三年有期徒刑，缓刑四年", [(36, 48)]),
        ("判三缓四", [(36, 48)]),
        ("监禁三个星期缓刑一年", [(None, 12)]),
        ("三年半有期徒刑", [(42, None)]),
        ("数罪并罚，决定执行有期徒刑五年", [(60, None)]),
        ("監禁7年的甲，以及被判監3年半的乙", [(84, None), (42, None)]),
        ("sentenced to three years in prison, suspended for four", [(36, 48)]),
        ("handed her a two-year prison sentence, suspended for three years", [(24, 36)]),
        ("jailed for two years and three months", [(27, None)]),
        ("sentenced to a year and a half in prison", [(18, None)]),
        ("received a 12-year sentence", [(144, None)]),
        ("sentenced to three-and-a-half years in prison", [(42, None)]),
        ("a three-and-a-half-year prison sentence", [(42, None)]),
        ("sentenced to 3½ years in prison", [(42, None)]),
        (
            "were jailed: X (six years), Y (18 months, suspended for three years)",
            [(72, None), (18, 36)],
        ),
        ("prison sentences of 14 and 12 years, respectively", [(168, None), (144, None)]),
        ("given five years and two and a half years of prison, respectively", [(60, None), (30, None)]),
        ("is serving a 20-year sentence", [(240, None)]),
    ],
)
def test_terms(text: str, expected: list[tuple[int | None, int | None]]) -> None:
    assert months(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "an offence that carries up to ten years in prison",
        "she faces a maximum of seven years' imprisonment",
        "released after serving three years",
        "who spent three weeks in jail",
        "over six years in custody",
        "the term is essentially a death sentence for him",
        "a maximum penalty of life imprisonment",
        "terms ranging from four to ten years in prison",
        "最高可判處終身監禁",
        "處五年以下有期徒刑",
        "以判監5年為量刑起點，減刑3個月",
        "出狱3年后",
        "分別被判監11至16個月",
        "這等同判死刑",
        "迄今累计获刑35年",
        "1,5 years in prison",
        "jail terms of between four and ten years",
    ],
)
def test_no_penalty(text: str) -> None:
    assert months(text) == []


def test_political_rights_stand_apart() -> None:
    for text in ("判处有期徒刑11年，剥夺政治权利2年", "判刑11年、褫奪政治權利2年"):
        (penalty,) = penalties(text)
        assert (penalty.sentence.months, penalty.sentence.political_rights_months) == (132, 24)
        assert penalty.sentence.suspended_months is None
    text = "jailed for 18 months and deprived of political rights for two years"
    (penalty,) = penalties(text)
    assert (penalty.sentence.months, penalty.sentence.political_rights_months) == (18, 24)


def test_life_and_death() -> None:
    for text in ("判處無期徒刑", "sentenced to life imprisonment", "given life in jail", "她被判終身監禁"):
        (penalty,) = penalties(text)
        assert penalty.sentence.life
        assert penalty.sentence.months is None
    for text in ("被判死缓", "判处死刑，缓期二年执行", "sentenced to death with a two-year reprieve"):
        (penalty,) = penalties(text)
        assert penalty.sentence.death
        assert penalty.sentence.suspended_months is None


def test_days_and_weeks_have_no_months_but_their_words() -> None:
    (penalty,) = penalties("他被行政拘留15日。")
    assert penalty.sentence.months is None
    assert penalty.sentence.text == "15日"


@given(
    st.text(alphabet="判处監禁三五年半个月緩刑，0123 sentenced to years months suspended for and a half.", max_size=80)
)
def test_spans_are_exact_and_months_not_negative(text: str) -> None:
    for penalty in penalties(text):
        assert 0 <= penalty.start < penalty.end <= len(text)
        assert penalty.sentence.text == text[penalty.start : penalty.end]
        for value in (penalty.sentence.months, penalty.sentence.suspended_months):
            assert value is None or value >= 0
