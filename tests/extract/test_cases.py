"""Cases: who, which charge, which outcome; who only stands by; what is wished, feared or denied."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.authority import Authority
from indexer.extract.annotated import AnnotatedText
from indexer.extract.case import find_cases
from indexer.extract.dates import find_dates
from indexer.extract.document import extract
from indexer.fold import fold_text
from indexer.model import Case, Document, Entity, Kind, Mention, Record

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

PEOPLE = {
    "ana": ["Ana Ruiz", "Ruiz", "安娜"], "bo": ["Bo Lind", "Lind", "林博"], "cai": ["Cai Dan", "Cai", "蔡丹"],
    "dov": ["Dov Katz", "Katz", "高多"], "eva": ["Eva Moss", "Moss", "莫怡"],
}  # fmt: skip
CHARGES = {
    "sedition": ["sedition", "煽動罪", "煽动罪"], "fraud": ["tax fraud", "逃税罪", "逃稅罪"],
    "trouble": ["picking quarrels and provoking trouble", "寻衅滋事罪", "尋釁滋事罪", "尋釁滋事"],
    "assault": ["assault", "襲警"], "riot": ["riot", "暴動罪", "暴動"],
}  # fmt: skip


def entities(text: str, kind: Kind, names: Mapping[str, list[str]]) -> list[Entity]:
    """Return an entity for each name that stands in ``text``, longest name first, none inside another."""
    found = []
    for id, forms in names.items():
        pattern = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        mentions = tuple(Mention("text", m.start(), m.end(), m.group(), "test") for m in re.finditer(pattern, text))
        if mentions:
            found.append(Entity(kind, id, forms[0], {"en": tuple(forms)}, True, mentions))
    return found


def cases(text: str, published: str | None = "2021-03-10") -> tuple[Case, ...]:
    document = Document("a.txt", "", 1, "", text, date=published)
    named = [*entities(text, "person", PEOPLE), *entities(text, "charge", CHARGES)]
    annotated = AnnotatedText("text", text)
    return find_cases(document, annotated, named, find_dates(annotated, published))


def rows(text: str) -> list[tuple[str, str, str, int | None]]:
    """Return persons, charges, status and months of each case."""
    return [
        ("+".join(c.persons), "+".join(c.charges), c.status, c.sentence.months if c.sentence else None)
        for c in cases(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Lisbon court sentenced editor Ana Ruiz to two years in prison for tax fraud.",
         [("ana", "fraud", "sentenced", 24)]),
        ("Ana Ruiz, a poet from the coast, was convicted of sedition.", [("ana", "sedition", "convicted", None)]),
        ("Police detained lawyers Ana Ruiz and Bo Lind on suspicion of tax fraud.",
         [("ana+bo", "fraud", "criminally_detained", None)]),
        ("Ana Ruiz, who edited a newsletter that mocked officials, received a three-year sentence for sedition.",
         [("ana", "sedition", "sentenced", 36)]),
        ("A court handed down an 18-month sentence to printer Bo Lind for sedition.",
         [("bo", "sedition", "sentenced", 18)]),
        ("Ana Ruiz and Bo Lind were sentenced to five years and two and a half years in prison, respectively.",
         [("ana", "", "sentenced", 60), ("bo", "", "sentenced", 30)]),
        ("The court convicted Cai Dan of sedition and handed her a one-year prison sentence, suspended for two years.",
         [("cai", "sedition", "sentenced", 12)]),
        ("Ana Ruiz was granted bail.", [("ana", "", "bailed", None)]),
        ("Cai Dan died in police custody.", [("cai", "", "died_in_custody", None)]),
        ("The trial of printer Bo Lind opened on 5 May 2020.", [("bo", "", "tried", None)]),
        ("Bo Lind was acquitted of tax fraud.", [("bo", "fraud", "acquitted", None)]),
        ("Bo Lind was placed under residential surveillance.", [("bo", "", "residential_surveillance", None)]),
        ("Among those arrested were Ana Ruiz and Bo Lind.", [("ana+bo", "", "arrested", None)]),
        ("Several writers were arrested, including Ana Ruiz.", [("ana", "", "arrested", None)]),
        ("They condemned the arrest of printer Bo Lind.", [("bo", "", "arrested", None)]),
        ("Ana Ruiz’s sedition conviction drew protests.", [("ana", "sedition", "convicted", None)]),
        # Several charges, one joint term.
        ("Ana Ruiz was jailed for four years for sedition and tax fraud.",
         [("ana", "sedition+fraud", "sentenced", 48)]),
        # Each their own.
        ("Bo Lind was convicted of sedition; Cai Dan was acquitted of tax fraud.",
         [("bo", "sedition", "convicted", None), ("cai", "fraud", "acquitted", None)]),
    ],
)  # fmt: skip
def test_english(text: str, expected: list[tuple[str, str, str, int | None]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("法院以尋釁滋事罪判處蔡丹有期徒刑三年六個月。", [("cai", "trouble", "sentenced", 42)]),
        ("林博因涉嫌煽動罪被警方拘捕。", [("bo", "sedition", "arrested", None)]),
        ("警方今早拘捕前主席林博。", [("bo", "", "arrested", None)]),
        ("公安于2020年5月将蔡丹刑事拘留。", [("cai", "", "criminally_detained", None)]),
        ("被判囚七年的林博，以及被判監3年半的蔡丹，均提出上訴。",
         [("bo", "", "sentenced", 84), ("cai", "", "sentenced", 42)]),
        ("林博被控暴動及襲警，暴動罪成。",
         [("bo", "riot+assault", "charged", None), ("bo", "riot", "convicted", None)]),
        ("林博被控暴動罪及襲警，法院裁定暴動罪名成立，判處監禁三年。",
         [("bo", "riot+assault", "charged", None), ("bo", "riot", "sentenced", 36)]),
        ("林博被控暴動及襲警，承認襲警，被判監3個月。",
         [("bo", "riot+assault", "charged", None), ("bo", "assault", "sentenced", 3)]),
        ("林博和蔡丹分别因暴動罪、逃税罪被判處三年、兩年。",
         [("bo", "riot", "sentenced", 36), ("cai", "fraud", "sentenced", 24)]),
        ("被告為林博、蔡丹，各人分別被控暴動罪、襲警，其中林博承認一項襲警控罪。",
         [("bo+cai", "", "charged", None), ("bo", "assault", "charged", None)]),
        ("林博在區域法院承認暴動罪，否認襲警。", [("bo", "riot", "charged", None)]),
        ("林博涉嫌煽動罪，周二在沙田裁判法院提堂。", [("bo", "sedition", "charged", None)]),
        ("法官裁定林博、蔡丹各一項暴動罪罪成，各判監四年。", [("bo+cai", "riot", "sentenced", 48)]),
        ("林博,昨被法院判处入狱4年。", [("bo", "", "sentenced", 48)]),
        ("(中央社記者林博上海5日電)「大抓捕」一年後，蔡丹被拘留。", [("cai", "", "arrested", None)]),
        ("其中一人抗議發表「多人有病」言論的教授林博，被判刑一年。", []),
        ("安娜以逃税罪被判三年，蔡丹因同樣罪名獲刑兩年。",
         [("ana", "fraud", "sentenced", 36), ("cai", "fraud", "sentenced", 24)]),
        ("蔡丹说：“五月有人被带走。释放后转行政拘留！”", []),
        ("林博今早在區域法院判刑，被判監三年。", [("bo", "", "sentenced", 36)]),
        ("律師在沙田法院提堂。", []),
        ("林博被迫在電視上認罪，承認煽動罪。", []),
        ("林博向警方承認逃稅罪。", []),
        ("蔡丹，女，现年四十岁，因犯逃税罪，被某市人民法院判处有期徒刑二年，缓刑三年。",
         [("cai", "fraud", "sentenced", 24)]),
        ("林博還押候訊。", [("bo", "", "criminally_detained", None)]),
        ("法官拒絕林博保釋。", [("bo", "", "criminally_detained", None)]),
        ("林博獲准保釋。", [("bo", "", "bailed", None)]),
        ("林博和蔡丹被指定居所监视居住。", [("bo+cai", "", "residential_surveillance", None)]),
        ("蔡丹於獄中去世。", [("cai", "", "died_in_custody", None)]),
        ("安娜、林博及蔡丹分別被判監一年、兩年及三年。",
         [("ana", "", "sentenced", 12), ("bo", "", "sentenced", 24), ("cai", "", "sentenced", 36)]),
        ("蔡丹被行政拘留十五日。", [("cai", "", "administratively_detained", None)]),
        ("林博被裁定暴動罪名不成立。", [("bo", "riot", "acquitted", None)]),
    ],
)  # fmt: skip
def test_chinese(text: str, expected: list[tuple[str, str, str, int | None]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # Bystanders.
        "The lawyer of Ana Ruiz was detained.",
        "Ana Ruiz’s brother was arrested.",
        "Ana Ruiz told Bo Lind that three students were arrested.",
        "Judge Bo Lind sentenced the student to two years in prison.",
        "Ana Ruiz said her husband had been arrested.",
        "Ana Ruiz visited Bo Lind after police detained two of his friends.",
        "林博的律師被拘捕。",
        "法官林博判處該名學生監禁兩年。",
        "安娜表示，多名被捕人士仍未獲釋。",
        "林博指，警方拘捕數十名學生。",
        "安娜控告警方。",
        # Wished, feared, denied, provided for.
        "They called for the release of Ana Ruiz.",
        "Ana Ruiz must be released.",
        "If convicted, Ana Ruiz could be jailed for ten years.",
        "Ana Ruiz was not charged.",
        "Ana Ruiz has never been convicted of sedition.",
        "Ana Ruiz, who is not known to be facing criminal charges, left town.",
        "各界要求當局釋放林博。",
        "林博未被檢控。",
        "林博擔心自己會被捕。",
        "林博一旦被判刑，最高可判監十年。",
        # Nobody is named, or something else is meant.
        "Sedition carries up to ten years in prison.",
        "Police detained three students. Ana Ruiz wrote about it.",
        "Ana Ruiz tried to visit the prison.",
        "Ana Ruiz was charged with the task of counting votes.",
        "蔡丹的判刑押後。",
    ],
)
def test_no_case(text: str) -> None:
    assert rows(text) == []


def test_modality() -> None:
    assert cases("A court reportedly tried Bo Lind in secret.")[0].modality == "reported"
    assert cases("Officials said Bo Lind was sentenced to two years in prison.")[0].modality == "claimed"
    (feared,) = cases("Bo Lind was feared to be charged with sedition.")
    assert (feared.modality, feared.status_text) == ("claimed", "feared to be charged")
    assert cases("據報林博已被拘捕。")[0].modality == "reported"
    assert cases("Bo Lind was sentenced to two years in prison.")[0].modality == "stated"


def test_pronouns_follow_the_sentence_before() -> None:
    text = "Ana Ruiz was charged with sedition in May 2020. She was sentenced to two years in prison in June 2020."
    (case,) = cases(text)
    assert (case.persons, case.charges, case.status, case.date) == (("ana",), ("sedition",), "sentenced", "2020-06")
    assert case.basis == "coreference"
    assert len(case.evidence) == 2


def test_a_pair_each_with_a_term_and_the_charge_of_the_sentence_before() -> None:
    text = (
        "Ana Ruiz and Bo Lind were charged with sedition. "
        "They were convicted in secret and handed prison terms of 14 and 12 years, respectively, in April 2019."
    )
    found = cases(text)
    assert [(c.persons, c.charges, c.sentence and c.sentence.months) for c in found] == [
        (("ana",), ("sedition",), 168),
        (("bo",), ("sedition",), 144),
    ]
    assert all(c.basis == "coreference" and c.date == "2019-04" and len(c.evidence) == 2 for c in found)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz and a student were sentenced to 13 years and 12 years in prison, respectively.",
        "安娜、一名學生及蔡丹分別被判監一年、兩年及三年。",
    ],
)
def test_where_one_of_several_is_not_named_nobody_gets_a_term(text: str) -> None:
    assert not any(case.sentence for case in cases(text))


def test_several_terms_and_what_they_come_to() -> None:
    (case,) = cases("蔡丹因逃稅罪被判有期徒刑三年，因煽動罪被判有期徒刑兩年，決定執行有期徒刑四年。")
    assert case.sentence is not None
    assert case.sentence.months == 48


def test_an_ambiguous_pronoun_stays_open() -> None:
    assert rows("Ana Ruiz left and Bo Lind stayed. She was arrested.") == []
    assert rows("Ana Ruiz wrote a book.\n\nHe was arrested.") == []


def test_unnamed_people_who_are_named_next() -> None:
    text = "Police charged several printers with sedition. They include Ana Ruiz and Bo Lind."
    (case,) = cases(text)
    assert (case.persons, case.charges, case.status, case.basis) == (
        ("ana", "bo"), ("sedition",), "charged", "coreference",
    )  # fmt: skip


def test_chinese_topic_runs_on() -> None:
    text = "蔡丹是一名詩人。她於2020年5月被刑事拘留，後來法院以逃稅罪判刑兩年。"
    (case,) = cases(text)
    assert (case.persons, case.charges, case.status) == (("cai",), ("fraud",), "sentenced")
    assert case.sentence is not None
    assert case.sentence.months == 24
    assert case.basis == "coreference"


def test_the_charge_of_somebody_else_is_not_theirs() -> None:
    found = rows("Police detained Ana Ruiz, who had defended Bo Lind against charges of sedition.")
    assert [(persons, charges) for persons, charges, _, _ in found] == [("ana", "")]
    found = rows("Ana Ruiz was jailed for a year for tax fraud; the sedition charge was dropped.")
    assert found == [("ana", "fraud", "sentenced", 12)]


def test_what_a_case_carries() -> None:
    text = "• A Lisbon court convicted Ana Ruiz of tax fraud in March 2019."
    (case,) = cases(text)
    assert (case.date, case.authority, case.as_of, case.status_text) == (
        "2019-03", "Lisbon court", "2021-03-10", "convicted",
    )  # fmt: skip
    (stretch,) = case.evidence
    assert stretch.text == text[stretch.start : stretch.end] == text[2:]
    (case,) = cases("蔡丹因犯逃税罪，被北京市第一中级人民法院判处有期徒刑两年。")
    assert case.authority == "北京市第一中级人民法院"
    assert case.jurisdiction == "China"


PIECES = [
    "Ana Ruiz", "Bo Lind", " was ", "sentenced to ", "two years in prison", " sedition", " and ", ", ", ". ", "They ",
    "who ", "police detained ", "charged with", "the arrest of ", "\n",
    "林博", "蔡丹", "被", "判監", "三年", "暴動罪", "，", "。", "拘捕", "的",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_evidence_is_exact_and_people_are_named(parts: list[str]) -> None:
    text = "".join(parts)
    for case in cases(text):
        assert case.persons
        assert case.evidence
        for stretch in case.evidence:
            assert stretch.text == text[stretch.start : stretch.end]
        if case.sentence:
            assert case.sentence.text in text
            assert case.sentence.months is None or case.sentence.months >= 0


@pytest.mark.shared
def test_real_documents_list_who_was_charged_with_inciting_subversion(seed_cases: list[Case]) -> None:
    inciting = [c for c in seed_cases if "inciting-subversion-of-state-power" in c.charges]
    people = {person for case in inciting for person in case.persons}
    assert people == {
        "jiang-tianyong", "zhen-jianghua", "liu-feiyue", "wang-yi-pastor",
        "zhang-zhongshun", "dai-zhenya", "li-yingjun", "ding-jiaxi",
    }  # fmt: skip
    by_person = {person: case for case in inciting for person in case.persons}
    jiang, zhen, ding = by_person["jiang-tianyong"], by_person["zhen-jianghua"], by_person["ding-jiaxi"]
    assert (jiang.status, jiang.date, jiang.sentence and jiang.sentence.months) == ("sentenced", "2017-11", 24)
    assert (zhen.status, zhen.date, zhen.modality, zhen.sentence) == ("tried", "2018-08", "reported", None)
    assert by_person["wang-yi-pastor"].status == "convicted"
    assert (ding.status, (ding.date or "")[:7]) == ("charged", "2019-12")


@pytest.mark.shared
def test_real_documents_give_each_of_two_people_both_terms(seed_cases: list[Case]) -> None:
    terms = {
        (case.persons, case.sentence.months)
        for case in seed_cases
        if case.sentence and set(case.persons) & {"xu-zhiyong", "ding-jiaxi"}
    }
    assert terms == {(("xu-zhiyong",), 48), (("ding-jiaxi",), 42), (("xu-zhiyong",), 168), (("ding-jiaxi",), 144)}


@pytest.mark.shared
def test_real_documents_tell_every_case_of_the_gold(seed_records: list[Record]) -> None:
    gold = json.loads((SEEDS.parent / "eval" / "gold_dev.json").read_text(encoding="utf-8"))["documents"]
    missed = []
    for entry in gold:
        record = next(r for r in seed_records if fold_text(r.document.title)[:60] == fold_text(entry["title"])[:60])
        ids = {fold_text(name): e.id for e in record.entities for names in e.names.values() for name in names}
        for wanted in entry["cases"]:
            people = {ids.get(fold_text(name), name) for name in wanted["persons"]}
            if people and not wanted.get("optional") and not any(people <= set(c.persons) for c in record.cases):
                missed.append((entry["title"], wanted["persons"]))
    assert missed == []


@pytest.fixture(scope="module")
def seed_records() -> list[Record]:
    from indexer.pipeline.documents import records_of
    from indexer.pipeline.rules import load_rules

    rules = load_rules(Path(__file__).parents[2] / "corpus" / "authority")
    return [r for file in sorted(SEEDS.glob("*.txt")) for r in records_of(file, SEEDS, rules, lambda error: None)]


@pytest.fixture(scope="module")
def seed_cases(seed_records: list[Record]) -> list[Case]:
    return [case for record in seed_records for case in record.cases]


@pytest.mark.parametrize(
    "piece",
    [
        "Ana Ruiz was arrested. ",
        "Ana Ruiz and ",
        "Ana Ruiz, who ",
        "sentenced to two years ",
        "林博被拘捕，",
        "判囚三年、",
        "被",
        "they ",
    ],
)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    short, long = piece * (4_000 // len(piece)), piece * (16_000 // len(piece))
    fast = min(_seconds(short) for _ in range(2))
    assert _seconds(long) < 4 * 4 * fast + 0.5


def _seconds(text: str) -> float:
    start = time.process_time()
    cases(text)
    return time.process_time() - start


STRANGERS = [
    ("Wu Gang was jailed for four years, while his wife He Lan received two years.", "he-lan", 24),
    ("Qin Lei, whose lawyer Tang Ke was struck off, was sentenced to seven years.", "qin-lei", 84),
    (
        "Xu Lian and Ding Bao were tried. Both were convicted; in April Xu received 14 years and Ding 12.",
        "xu-lian",
        168,
    ),
    ("Ma Rui and Fan Yu were each sentenced to two years.", "ma-rui", 24),
]


@pytest.mark.parametrize(("text", "person", "months"), STRANGERS)
def test_a_penalty_is_never_a_strangers(text: str, person: str, months: int) -> None:
    found = extract(Document("a.txt", "0", 1, "A note", text), (), Authority()).cases
    with_term = [case for case in found if case.sentence and case.sentence.months == months]
    assert any(person in case.persons for case in with_term)
    others = {"tang-ke", "ding-bao", "wu-gang"} - {person}
    assert not any(others & set(case.persons) for case in with_term)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bo Lind was charged with sedition and riot, but a court convicted him of riot alone.",
         [("bo", "sedition+riot", "charged", None), ("bo", "riot", "convicted", None)]),
        ("A court found Bo Lind and two others guilty of riot.", [("bo", "riot", "convicted", None)]),
        ("A court sentenced writer and rights activist Bo Lind to three years in prison on riot charges, a week after "
         "Cai Dan received a four-year sentence for tax fraud.",
         [("bo", "riot", "sentenced", 36), ("cai", "fraud", "sentenced", 48)]),
        ("Bo Lind pleaded guilty to sedition.", [("bo", "sedition", "charged", None)]),
        ("Bo Lind pleaded not guilty to sedition.", [("bo", "sedition", "charged", None)]),
        ("Bo Lind, who pleaded guilty to riot, was jailed for 40 months.", [("bo", "riot", "sentenced", 40)]),
    ],
)  # fmt: skip
def test_only_what_a_court_found_is_a_conviction(text: str, expected: list[tuple[str, str, str, int | None]]) -> None:
    assert rows(text) == expected


def test_the_day_of_the_report_dates_the_last_thing_it_tells() -> None:
    (case,) = cases("林博、蔡丹今日就前年7月1日的示威，被控暴動罪判刑，分別被判監3年。", "2021-03-10")
    assert (case.status, case.date) == ("sentenced", "2021-03-10")


def test_two_people_of_the_sentence_before() -> None:
    text = "裁判官准許林博保釋，蔡丹則須還押。兩人同被控煽動罪。三人被控暴動罪。"
    assert rows(text) == [
        ("bo", "", "bailed", None), ("cai", "", "criminally_detained", None), ("bo+cai", "sedition", "charged", None),
    ]  # fmt: skip
