"""Who is who inside one document: one person one id, two persons two ids."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from indexer.authority import Authority, AuthorityRecord
from indexer.extract.document import extract
from indexer.extract.marked import marked
from indexer.model import Document, Entity, Passage

PASTOR = AuthorityRecord(
    "person", "lin-wei-pastor", {"en": ("Lin Wei",), "zh-Hans": ("林伟",)}, distinguisher="pastor of a house church"
)
MINISTER = AuthorityRecord(
    "person", "lin-wei-minister", {"en": ("Lin Wei",), "zh-Hans": ("林威",)}, distinguisher="minister of fisheries"
)
COUNCIL = AuthorityRecord("organisation", "un-river-council", {"en": ("United Nations River Council",)}, ("UNRC",))


def found(text: str, kind: str = "person", authority: Authority | None = None, title: str = "") -> dict[str, Entity]:
    document = Document("test", "", 1, title, text)
    passages = (Passage(0, len(text), "en", "Latn"),)
    entities = extract(document, passages, authority or Authority()).entities
    return {e.id: e for e in entities if e.kind == kind}


def mentions(entity: Entity) -> list[str]:
    return [m.text for m in entity.mentions]


def test_surname_and_title_lead_to_the_full_name() -> None:
    people = found("Activist Gao Mingyuan left. Ms. Gao had waited. Police followed Gao’s car.")
    assert mentions(people["gao-mingyuan"]) == ["Gao Mingyuan", "Gao", "Gao"]


def test_bearers_of_one_surname_stay_apart() -> None:
    text = (
        "Lawyer Gao Mingyuan was tried. Gao pleaded not guilty.\n\n"
        "His cousin Gao Shuling and Gao Mingyuan were friends. Gao wept."
    )
    people = found(text)
    assert mentions(people["gao-mingyuan"]) == ["Gao Mingyuan", "Gao", "Gao Mingyuan"]
    assert mentions(people["gao-shuling"]) == ["Gao Shuling"]


def test_the_name_of_a_father_is_no_surname() -> None:
    people = found("Crown Prince Khalid bin Rashid spoke. King Rashid listened.")
    assert mentions(people["khalid-bin-rashid"]) == ["Khalid bin Rashid"]


def test_a_given_name_leads_to_its_one_bearer() -> None:
    people = found("Researcher Ingrid Halvorsen arrived. In May, Ingrid left again.")
    assert mentions(people["ingrid-halvorsen"]) == ["Ingrid Halvorsen", "Ingrid"]


def test_brackets_in_the_other_script_make_one_person() -> None:
    people = found("Gao Mingyuan (高明远) was released.")
    (person,) = people.values()
    assert re.fullmatch("gao-ming-yuan-[0-9a-f]{6}", person.id)
    assert person.names == {"en": ("Gao Mingyuan",), "zh-Hans": ("高明远",)}


def test_both_orders_of_a_chinese_name_are_one() -> None:
    people = found("Lawyer Gao Mingyuan was tried. “Mingyuan Gao is innocent,” his wife said.")
    assert len(people) == 1


def test_homonyms_are_told_apart_by_their_roles() -> None:
    authority = Authority([PASTOR, MINISTER])
    assert list(found("House church pastor Lin Wei preached.", authority=authority)) == ["lin-wei-pastor"]
    assert list(found("Fisheries minister Lin Wei resigned.", authority=authority)) == ["lin-wei-minister"]


def test_homonyms_without_evidence_are_nobody_listed() -> None:
    people = found("Lin Wei was there.", authority=Authority([PASTOR, MINISTER]))
    assert list(people) == ["lin-wei"]
    assert not people["lin-wei"].known


def test_a_body_is_known_by_its_parent() -> None:
    bodies = found("The River Council met. UNRC rules apply.", "organisation", Authority([COUNCIL]))
    assert list(bodies) == ["un-river-council"]
    assert mentions(bodies["un-river-council"]) == ["River Council", "UNRC"]


def test_a_person_inside_the_name_of_a_body_is_not_named() -> None:
    text = "The Ingrid Halvorsen Peace Foundation was closed."
    assert found(text) == {}
    assert list(found(text, "organisation")) == ["ingrid-halvorsen-peace-foundation"]


@given(st.text(alphabet="ABGao MingyuLi.,’()王高明远律师、。\n\u200b\u3000é", max_size=120))
def test_every_mention_is_a_part_of_its_field(text: str) -> None:
    for entity in extract(Document("test", "", 1, text[:20], text), (), Authority()).entities:
        assert entity.mentions
        for mention in entity.mentions:
            field = text[:20] if mention.field == "title" else text
            assert field[mention.start : mention.end] == mention.text


def test_marked_text_shows_entity_and_rule_and_loses_nothing() -> None:
    document = Document("test", "", 1, "News", "Lawyer Gao Mingyuan left. Gao wept.")
    found = extract(document, (), Authority())
    assert marked(document, found) == (
        "News\n\nLawyer [Gao Mingyuan | person gao-mingyuan | title] left. [Gao | person gao-mingyuan | surname] wept."
    )


def test_a_chinese_surname_that_speaks_or_has_a_title_leads_to_its_one_bearer() -> None:
    people = found("律师高明远到庭。高表示不服，高律师说会上诉。检察官沈佳宁反对。")
    assert [mentions(p) for p in people.values()] == [["高明远", "高", "高"], ["沈佳宁"]]


def test_a_part_of_a_dotted_name_is_the_same_person() -> None:
    (person,) = found("学者买合木提·艾力·卡迪尔被带走。家人说，学者卡迪尔有病，买合木提·艾力无罪。").values()
    assert person.name == "买合木提·艾力·卡迪尔"


def test_a_name_that_many_bear_is_the_listed_person_only_with_a_reason() -> None:
    shared = AuthorityRecord(
        "person",
        "ma-yun-painter",
        {"en": ("Ma Yun",), "zh-Hans": ("马云",), "zh-Hant": ("馬雲",)},
        attributes={"roles": ["painter", "画家"], "shared_name": True},
    )
    authority = Authority([shared])

    def ids(text: str) -> list[str]:
        document = Document("a.txt", "0", 1, "A note", text)
        return [e.id for e in extract(document, (), authority).entities if e.kind == "person"]

    assert ids("画家马云表示，他会再来。") == ["ma-yun-painter"]
    assert ids("The painter Ma Yun (马云) said he would come again.") == ["ma-yun-painter"]
    assert "ma-yun-painter" not in ids("司机马云表示，他会再来。")


def test_a_name_that_only_two_longer_words_make_is_none() -> None:
    daily = AuthorityRecord("organisation", "state-daily", {"en": ("State Daily",), "zh-Hans": ("国家报",)})
    authority = Authority([daily])
    assert not found("她参与起草国家报告，也读过别国的国家报告。", "organisation", authority)
    assert list(found("《国家报》刊出访谈。", "organisation", authority)) == ["state-daily"]
    assert list(found("国家报告诉读者，访谈属实。", "organisation", authority)) == ["state-daily"]


def test_spellings_of_a_body_stand_in_the_order_of_the_text() -> None:
    text = "吉林兰山州检察院批捕。吉林兰山检察院起诉，兰山检察院没有回应。\n吉林兰山州检察院又退回。"
    (body,) = found(text, "organisation").values()
    assert body.names == {"zh-Hans": ("吉林兰山州检察院", "吉林兰山检察院", "兰山检察院")}
