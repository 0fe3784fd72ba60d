"""Organisations that no authority file lists, in invented sentences."""

from __future__ import annotations

import pytest

from indexer.authority import Authority
from indexer.extract.document import extract
from indexer.model import Document, Entity, Passage


def organisations(text: str) -> list[Entity]:
    document = Document("test", "", 1, "", text)
    han = any("\u3400" <= c <= "\u9fff" for c in text)
    passages = (Passage(0, len(text), "zh" if han else "en", "Hans" if han else "Latn"),)
    return [e for e in extract(document, passages, Authority()).entities if e.kind == "organisation"]


def names(text: str) -> list[str]:
    return [e.name for e in organisations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Harbour Trust for Prisoners' Rights (HTPR) wrote.", ["Harbour Trust for Prisoners' Rights"]),
        ("Staff of the Ministry of Labour and Social Affairs and Lanternwatch Foundation met.",
         ["Ministry of Labour and Social Affairs", "Lanternwatch Foundation"]),
        ("She leads Mothers Against Silence in Lagos.", ["Mothers Against Silence"]),
        ("The Red Andina de Mujeres Libres protested.", ["Red Andina de Mujeres Libres"]),
        ("Ana wrote in the Evening Lantern of 4 May 2021 about it.", ["Evening Lantern"]),
        ("Two networks, QRZ and ABT-TV, reported it.", ["QRZ", "ABT-TV"]),
        ("He was sent to Tilanqiao No. 3 Prison.", ["Tilanqiao No. 3 Prison"]),
        ("The Office of the Deputy Prime Minister answered.", ["Office of the Deputy Prime Minister"]),
        ("She joined the Ministry of Women and Children's Affairs.", ["Ministry of Women and Children's Affairs"]),
        ("The New Partnership for Africa's Renewal met.", ["Partnership for Africa's Renewal"]),
        ("The Trade Commission for Asia and the Far East met.", ["Trade Commission for Asia and the Far East"]),
        ("The Lantern Union Commission and the Foreign Minister met.", ["Lantern Union Commission"]),
        ("The Harbour Department \tof Trade opened.", ["Harbour Department of Trade"]),
        ("The Lantern Nations Mission in Ghana left.", ["Lantern Nations Mission in Ghana"]),
        ("The Bureau of Navigation and Pacification wrote.", ["Bureau of Navigation and Pacification"]),
        ("Her lawyer works for the Wuhan Qinglan Law Firm.", ["Wuhan Qinglan Law Firm"]),
        ("According to Quiet Lantern, a Berlin-based NGO, he was moved.", ["Quiet Lantern"]),
        ("Former Stormwick News editors met.", ["Stormwick News"]),
        ("Taipei, May 3 (LNA) The fishermen came back.", ["LNA"]),
        ("We thank our hosts, and we have come to address the Lantern\nAssembly on behalf of President Ama Mensa Addo\n"
         "and of our people.", ["Lantern Assembly"]),
    ],
)  # fmt: skip
def test_latin_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "NGOs, HRDs and UN experts urged the court and the committee to act.",
        "The Havelka International Prize and the Capital International Airport are well known.",
        "Residential surveillance (RSDL) and COVID-19 kept VPNs busy, said the CEO.",
        "Security forces and local government left civil society alone.",
        "The Citizens Registration Act (CRA) was amended; CRA protests followed.",
        "A meeting of Heads of Government of Lakeland Countries was held.",
        "The Osh Declaration and Programme of Action was adopted.",
        "The Order on Consultation and Coordination with tribes stands.",
        "Associates of Gao were questioned, and the Lakeland Union Treaty was signed.",
        "The fund will spend USD5 billion on it.\nAgreement of 1 June 1971 follows.",
        "The deputy, Assistant Project Manager Lee, spoke.",
        "I WISH TO CONGRATULATE THE PRESIDENT ON HIS OFFICE, AND OUR COUNTRY WILL PAY FOR THE GOVERNMENT OF THE DAY.",
        "Heads of State or Government of Lakeland met. The INF Treaty and the Red Sea were on the agenda.",
        "My Government to Mr. Otto Berg: the International Red Cross is here.",
    ],
)
def test_what_is_no_latin_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She ran the volunteer network Free Tally in Minsk.", ["Free Tally"]),
        ("The rights group Anvil Defence and the NGO Blue Tide's staff left.", ["Anvil Defence", "Blue Tide"]),
        ("He wrote for the newspaper Novaya Zarya.", ["Novaya Zarya"]),
        ("The NGO President spoke, and the opposition party Monday rallied.", []),
    ],
)
def test_a_text_says_what_sort_of_body_it_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_an_acronym_leads_to_its_name() -> None:
    (body,) = organisations("The Lantern Institute for Press Studies (LIPS) opened. Later LIPS moved.")
    assert body.name == "Lantern Institute for Press Studies"
    assert [m.text for m in body.mentions] == ["Lantern Institute for Press Studies", "LIPS", "LIPS"]


def test_signatories_are_bodies_whatever_their_words() -> None:
    text = "Signatories:\n  1. Quiet Harbour\n  2. LUMO – Friends of Reading (Ghana)\n  3. Paper Boats\n\nhttps://example.org"
    assert names(text) == ["Quiet Harbour", "Friends of Reading", "Paper Boats"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他被潍坊市公安局带走，关押在青州市看守所。", ["潍坊市公安局", "青州市看守所"]),
        ("據《晨星日報》報道，海東人權基金會發表聲明。", ["晨星日報", "海東人權基金會"]),
        ("该组织指出，法院和派出所没有回应，国际人权组织表示关注。", []),
        ("他加入共产党，后来退党。", []),
        ("行政和司法部门没有回应，兰河大学生上街。", []),
        ("她是兰河大学学生会长。", ["兰河大学学生会"]),
        ("兰大学生会和兰河省监狱管理局发表声明。", ["兰大学生会", "兰河省监狱管理局"]),
        ("他们又发完检察院的信，伊斯兰组织和类似的组织很多。", []),
        ("省级公安机关作出决定，该机构设立国别办事处，法语区组织也在场。", []),
        ("被告要清楚明白法庭的意思，也要清楚明白法庭的程序。", []),
        ("尧都区人民检察院批准逮捕，他关在洛阳市第三看守所。", ["尧都区人民检察院", "洛阳市第三看守所"]),
        ("律师来自湖北正和律师事务所，另一位来自山东大成律师事务所。", ["湖北正和律师事务所", "山东大成律师事务所"]),
        ("她先後遭運輸署和食環署查問，海巡署長也來了。", ["運輸署", "食環署", "海巡署"]),
        ("政府部署警力，團體發起聯署，他簽署了文件。", []),
        ("他在钟楼派出所过夜，当地派出所和辖区派出所都不承认。", ["钟楼派出所"]),
        ("她經營書店「紙月亮」，也為《灯塔》記者供稿。", ["紙月亮", "灯塔"]),
        ("藏人医生声援基金会和海东读书会发表声明。", ["藏人医生声援基金会", "海东读书会"]),
        ("香港海东（国际）集团有限公司停业。", ["香港海东（国际）集团有限公司"]),
        ("广东省人大通过决定，人大代表没有到场。", ["广东省人大"]),
        ("同级人民法院、上级人民检察院和所在地公安机关应当协商，直辖市人民检察院批准。", []),
        ("喀什地区中级人民法院和甘州区人民检察院答复。", ["喀什地区中级人民法院", "甘州区人民检察院"]),
        ("山西家庭教会的人说，俄罗斯信息安全公司没有回答。", []),
        ("洛阳市中级人民法院开庭，洛阳中院改判。", ["洛阳市中级人民法院"]),
        ("兰大社会研究所在周一公布报告，研究所在地是兰州。", ["兰大社会研究所"]),
        ("兰河大学学生会前会长离职。", ["兰河大学学生会"]),
        ("洛阳市公安局西城分局石牌派出所到场。", ["洛阳市公安局西城分局石牌派出所"]),
        ("政黨「新思潮」與網媒「紙風箏」發表聲明。", ["新思潮", "紙風箏"]),
        ("她向加拿大國家警察求助。", ["加拿大國家警察"]),
    ],
)
def test_han_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_signatories_of_a_chinese_letter_are_named_line_by_line() -> None:
    text = "读书无罪。\n\n联署团体：\n开放书架国际\n北山读书会\n拾光（台湾）\n\n"
    text += "联署人：\n郗远（北京，学者）\n1. 万俟川，教师\n阿曼·库尔班"
    assert names(text) == ["开放书架国际", "北山读书会", "拾光"]


def test_brackets_tie_two_languages() -> None:
    (body,) = organisations("「海東人權基金會」（Haidong Human Rights Foundation）成立。")
    assert body.names["zh-Hant"] == ("海東人權基金會",)
    assert body.names["en"] == ("Haidong Human Rights Foundation",)
