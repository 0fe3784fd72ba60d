"""Forms in which other authors tell of cases: each with what a reader takes from it, in both languages.

Everything is found here, names too; nobody of these exists.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.authority import Authority, load_authority
from indexer.extract.document import extract
from indexer.language import detect
from indexer.model import Case, Document

Row = tuple[str, str, int | None]


def told(text: str, authority: Authority | None = None) -> tuple[Case, ...]:
    document = Document("a.txt", "0", 1, "", text, date="2021-03-10")
    return extract(document, detect("", text).passages, authority or Authority()).cases


@pytest.fixture(scope="module")
def authority() -> Authority:
    return load_authority(Path(__file__).parents[2] / "corpus" / "authority")


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
        ("Ana Ruiz’s trial began on Monday.", [("ana-ruiz", "tried", None)]),
        (
            "Ana Ruiz was arrested. Her trial opened in June 2020.",
            [("ana-ruiz", "arrested", None), ("ana-ruiz", "tried", None)],
        ),
        ("The trial began on Monday. Ana Ruiz watched it.", []),
        ("I greet Ana Ruiz on the manner in which she acquitted herself of the task.", []),
        ("Prince Ana Ruiz, detained by her many obligations, could not come.", []),
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
        ("另一被告苏晓晴获判无罪，当庭释放。", {"acquitted"}),
        ("警方拘捕律师林博文。", {"arrested"}),
        ("警方拘捕多名学生，林博文律师到场协助。", set()),
        ("去年在外地被捕的杨子贤，上月被判刑九年。", {"sentenced"}),
        ("公安分局以“造谣”为由对网民吴丽娜处以行政拘留十日。", {"administratively_detained"}),
        ("他们相识时，作家杜依兰担心有机会罪成、入狱。", set()),
    ],
)
def test_chinese(text: str, statuses: set[str]) -> None:
    assert {case.status for case in told(text)} == statuses


def test_a_joint_term_is_counted_once(authority: Authority) -> None:
    text = "法院以逃税罪判处蔡丹华有期徒刑三年，以煽动颠覆国家政权罪判处有期徒刑五年，数罪并罚，决定执行有期徒刑七年。"
    (case,) = told(text, authority)
    assert case.sentence is not None
    assert (len(case.charges), case.sentence.months) == (2, 84)
    (case,) = told("Ana Ruiz was sentenced to three years for fraud and two for arson, a combined term of four years.")
    assert case.sentence is not None
    assert case.sentence.months == 48


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


@pytest.mark.parametrize(
    "text",
    [
        "与其他被控煽动罪的人一样，林博文拒绝回答。",
        "多名记者亦在林博文主政海关期间被捕。",
        "林博文透过镜头记录了被捕维权律师家属的生活。",
        "林博文一直寻找失踪的父亲。",
        "四位人士：蔡丹华、陈大文以及学运领袖林博文的弟弟，都因尋釁滋事被起诉。他们被刑事拘留。",
        "蔡丹华因披露官员林博文正被调查，被控泄露消息罪。",
        "学者林博文提醒检控的决定须十分谨慎。",
        "林博文是一名学者。一些知名的知识分子在拘押中死亡。",
        "区域法院法官林博文早前颁下判词。九子被控煽惑罪，判词引用其言论。",
        "林博文是宋代诗人。2019年，制作海报的四名维权人士被控寻衅滋事罪判刑三年。",
        "我建议学者林博文看看近年的案件：念某四次被判死刑，最后获判无罪。",
        "陪审团对林博文参与暴动罪名作出裁决，裁定罪名不成立后检方上诉，但定罪量刑尚未有期。",
        "林博文已经历身边朋友被捕。",
        "如果警方认为有错，拘捕了林博文后也没有证据。",
        "如果他犯法，那么也可以控告林博文。",
        "林博文法官回应指，上诉庭指他判刑有错。",
        "林博文被刑讯致死一案今天在天津开庭，涉案的是九名警员。",
        "陈大文因和加拿大学者林博文一起创作诗集被判刑四年。",
        "4月法院判参加运动人士「串谋公众妨扰」罪成。林博文执行总监发表报告。",
    ],
)
def test_what_was_done_to_others_is_nobody_s_case(text: str) -> None:
    names = {"林博文", "林博文法官"}
    document = Document("a.txt", "0", 1, "", text, date="2021-03-10")
    found = extract(document, detect("", text).passages, Authority())
    ids = {e.id for e in found.entities if names & {n for all_names in e.names.values() for n in all_names}}
    told_of = {
        (case.status, person)
        for case in found.cases
        for person in case.persons
        if person in ids and case.status != "acquitted"
    }
    assert ids
    assert told_of == set()


def test_of_several_people_variously_charged_nobody_is_given_all_of_it(authority: Authority) -> None:
    (case,) = told("本案被告为林博文、蔡丹华及陈大文，各人分别被控暴动罪、袭警罪。", authority)
    assert (len(case.persons), case.charges) == (3, ())
    first, second = told("Ana Ruiz and Bela Novak were charged with sedition and treason, respectively.")
    assert (first.persons, first.charges) == (("ana-ruiz",), ("sedition",))
    assert (second.persons, second.charges) == (("bela-novak",), ("treason",))


def test_what_only_one_of_them_is_suspected_of_is_not_the_others(authority: Authority) -> None:
    (case,) = told("警方以涉嫌非法集结拘捕林博文、蔡丹华以及陈大文，被指与游行有关，陈大文另涉刑事恐吓。", authority)
    assert len(case.persons) == 3
    assert len(case.charges) == 1


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A Vietnamese court on Tuesday sentenced Ana Ruiz to three years in prison.", "Vietnam"),
        ("Ana Ruiz was detained by Iranian security forces, Vietnamese media said.", "Iran"),
        ("Ana Ruiz was arrested, which the German government called a mistake.", None),
        ("Sentenced to six years, Ana Ruiz, who lives in Nairobi, has appealed.", None),
        ("吴淦发被控颠覆国家政权罪，被判监8年，剥夺政治权利5年。", "China"),
    ],
)
def test_whose_law_it_is(text: str, country: str | None, authority: Authority) -> None:
    (case,) = told(text, authority)
    assert case.jurisdiction == country


def test_a_charge_of_chinese_law_is_not_read_into_an_english_text_about_elsewhere(authority: Authority) -> None:
    (case,) = told("In Phnom Penh, Ana Ruiz was convicted of “obstructing public officials”.", authority)
    assert case.charges == ("obstructing-public-officials",)
