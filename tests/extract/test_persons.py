"""Persons that no authority file lists, in invented sentences: what is a name, and what is not."""

from __future__ import annotations

import pytest

from indexer.authority import Authority
from indexer.authority.records import record_of
from indexer.extract.document import extract
from indexer.model import Document, Entity, Passage


def persons(text: str, title: str = "") -> list[Entity]:
    document = Document("test", "", 1, title, text)
    han = any("\u3400" <= c <= "\u9fff" for c in text)
    passages = (Passage(0, len(text), "zh" if han else "en", "Hans" if han else "Latn"),)
    return [e for e in extract(document, passages, Authority()).entities if e.kind == "person"]


def names(text: str, title: str = "") -> list[str]:
    return [e.name for e in persons(text, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Human rights lawyer Gao Mingyuan was taken away.", ["Gao Mingyuan"]),
        ("The court released Zhihao Tang, a blogger.", ["Zhihao Tang"]),
        ("Lam Wing-shan and former lawmaker Agnes Tong Ka-yi pleaded guilty.", ["Lam Wing-shan", "Agnes Tong Ka-yi"]),
        ("According to Dr. Farid El-Masry, the clinic closed.", ["Farid El-Masry"]),
        ("U.S. Secretary of State Helen Whitcombe spoke first.", ["Helen Whitcombe"]),
        ("UN High Commissioner for Human Rights Jonas Ekdahl regretted it.", ["Jonas Ekdahl"]),
        ("Crown Prince Khalid bin Rashid met the editor.", ["Khalid bin Rashid"]),
        ("They detained Orzu Bekova (Khujand), Dalmir Satov (Osh) and Nargul Isayeva.",
         ["Orzu Bekova", "Dalmir Satov", "Nargul Isayeva"]),
        ("Venezuelan nurse María José Núñez de la Vega went home.", ["María José Núñez de la Vega"]),
        ("Tran Minh Duc, a Vietnamese poet, was tried.", ["Tran Minh Duc"]),
        ("Librarian Gao Mingyuan and dentist Zulfiya Hamdam were held.", ["Gao Mingyuan", "Zulfiya Hamdam"]),
        ("They heard that Zarkhan Belash was detained and Ormat Kezhi had fled.", ["Zarkhan Belash", "Ormat Kezhi"]),
        ("Prosecutor Anthony Chau Tin-hang and Baroness Helen Whitcombe KC spoke.",
         ["Anthony Chau Tin-hang", "Helen Whitcombe"]),
        ("Photo: IRENE KOWALCZYK/AFP", ["Irene Kowalczyk"]),
        ("The delegation: Mr. Tariq ALHASHEMI, Ms. Nadia SALEM.", ["Tariq Alhashemi", "Nadia Salem"]),
    ],
)  # fmt: skip
def test_latin_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Human Rights Council met in South China on Christmas Eve.",
        "He won the Nobel Peace Prize on Human Rights Day in Tiananmen Square.",
        "Falun Gong practitioners left Inner Mongolia for New York last Tuesday.",
        "Read More: Five Things To Know. Leave A Reply.",
        "The Cultural Revolution and the Great Leap Forward are over.",
        "Mother Nature and Uncle Sam are figures of speech.",
        "Rights for Spouses Bill is being drafted.",
    ],
)
def test_what_is_no_latin_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("维权律师高明远表示，他不认罪。", ["高明远"]),
        ("維權律師高明遠表示，他不認罪。", ["高明遠"]),
        ("被捕者包括司徒文静、覃树仁、林何慧珊等人。", ["司徒文静", "覃树仁", "林何慧珊"]),
        ("维吾尔学者买合木提·艾力和藏族僧人丹增平措被带走。", ["买合木提·艾力", "丹增平措"]),
        ("民政事务司施祖祥出席。", ["施祖祥"]),
        ("大學校友李悠悠在網上發表文章。", ["李悠悠"]),
        ("端木雅琴、令狐小川及上官雲到場。", ["端木雅琴", "令狐小川", "上官雲"]),
        ("律师王　磊与李　强到庭，王 出庭。", ["王磊", "李强"]),
        ("诗人阿卜杜瓦力·艾尤普和教师帕提古丽•吾守尔失踪。", ["阿卜杜瓦力·艾尤普", "帕提古丽•吾守尔"]),
        ("她的父亲阿不都热合曼被带走。", ["阿不都热合曼"]),
        ("德国外长施泰因贝格说，此案令人担忧。", ["施泰因贝格"]),
        ("律师石　磊、韩雪松到庭。", ["石磊", "韩雪松"]),
        (
            "首批联署人：\n郗远志（北京，学者）\n卞亚兰，教师\n3. 阿曼古丽·库尔班\n",
            ["郗远志", "卞亚兰", "阿曼古丽·库尔班"],
        ),
        ("法官阿曼古丽·赛提问她。后来阿曼古丽没有回答，哥哥买合苏提江表示担心。", ["阿曼古丽·赛提", "买合苏提江"]),
        ("本台记者方霏报道。", ["方霏"]),
        ("记者沈\u200b佳宁称消息属实。", ["沈佳宁"]),
    ],
)
def test_han_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "王某某、李某、张××和赵姓男子被拘留。",
        "双方高度评价和平进程，任何方面都应平等。",
        "张女士和陈先生不愿透露详情。",
        "诺贝尔和平奖今年颁给一个组织。",
        "访问时、向法庭写信时，他引用此句，后来又向法庭说明。",
        "一二六师中尉也在场。",
        "这属于刑法的范畴，不在该範疇之內。贝德弗警察没有答复。",
        "警察、国保、检察院都来了，一对「蓝丝」夫妇也在。",
    ],
)
def test_what_is_no_han_name(text: str) -> None:
    assert names(text) == []


def test_titles_in_brackets_are_no_part_of_the_name() -> None:
    (person,) = persons("德国外长罗伯特·迪斯特罗（Assistant Secretary Robert A. Dostro）说，他不同意。")
    assert {m.text for m in person.mentions} == {"罗伯特·迪斯特罗", "Robert A. Dostro"}


def test_a_name_that_the_width_of_the_page_broke_is_whole() -> None:
    lines = [
        "据当地居民介绍，那一天清晨有许多人聚集在法院的门口等候着开",
        "庭的消息，他们打着雨伞在寒风里站了整整一个上午，维权律师高明",
        "远表示，庭审并没有按照事先公布的时间开始，家属也没有得到任何",
        "的通知。",
    ]
    (person,) = persons("\n".join(lines))
    assert person.name == "高明远"
    (mention,) = person.mentions
    assert mention.text == "高明\n远"


def test_both_scripts_give_one_id() -> None:
    (simplified,) = persons("维权律师高明远表示，他不认罪。")
    (traditional,) = persons("維權律師高明遠表示，他不認罪。")
    assert simplified.id == traditional.id
    assert traditional.names == {"zh-Hant": ("高明遠",)}


def test_a_heading_in_capitals_names_nobody_by_its_capitals_alone() -> None:
    assert names("", title="Rights Groups Urge Stronger Action Against Forced Return") == []
    assert names("", title="Court Sentences Publisher Gao Mingyuan After Secret Trial Hearing") == ["Gao Mingyuan"]


def test_an_address_names_nobody() -> None:
    assert names("See https://example.org/2020/Gao-Mingyuan and @GaoMingyuan.") == []


def test_a_married_woman_is_nobody_who_bears_her_family_names() -> None:
    authority = Authority([record_of("person", {"id": "lam", "names": {"zh-Hant": ["林鄭月娥", "林鄭"]}})])
    for text, expected in (("林鄭秀蘭出席。", []), ("林鄭表示會來。", ["lam"]), ("林鄭月娥出席。", ["lam"])):
        passages = (Passage(0, len(text), "zh", "Hant"),)
        found = extract(Document("a.txt", "", 1, "", text), passages, authority)
        assert [e.id for e in found.entities if e.known] == expected


def test_a_listed_surname_behind_anothers_given_name_is_not_the_listed_one() -> None:
    authority = Authority([record_of("person", {"id": "mok", "names": {"en": ["Peter Mok"]}, "acronyms": ["Mok"]})])
    for text, expected in (("First lady Anna Mok came.", []), ("Peter Mok and Mok came.", ["mok"])):
        found = extract(Document("a.txt", "", 1, "", text), (Passage(0, len(text), "en", "Latn"),), authority)
        assert [e.id for e in found.entities if e.known] == expected


def test_vietnamese_are_called_by_their_given_names() -> None:
    (troi, hung) = persons("Pham Van Troi and Vu Van Hung were tried. Troi smiled. Hung left.")
    assert [m.text for m in troi.mentions] == ["Pham Van Troi", "Troi"]
    assert [m.text for m in hung.mentions] == ["Vu Van Hung", "Hung"]
