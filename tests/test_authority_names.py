"""The files of persons, organisations and places: every name leads to its record, and only where it should."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.authority import Authority, AuthorityRecord, load_authority
from indexer.authority.check import check
from indexer.authority.records import record_of
from indexer.extract.document import extract
from indexer.fold import fold, fold_text
from indexer.language import detect
from indexer.model import PLURAL, Document, Entity, Kind

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "corpus" / "authority"
GOLD = ROOT.parent / "shared" / "eval" / "gold_dev.json"
NAMES: tuple[Kind, ...] = ("person", "organisation", "place")
AUTHORITY = load_authority(FOLDER)
RECORDS = [record for record in AUTHORITY if record.kind in NAMES]


def examples() -> Iterator[object]:
    for record in RECORDS:
        for number, example in enumerate(record.examples, 1):
            yield pytest.param(record, example["text"], example["found"], id=f"{record.id}-{number}")


def entities(text: str) -> tuple[Entity, ...]:
    document = Document(path="example.txt", sha256="", part=1, title="", text=text)
    return extract(document, detect("", text).passages, AUTHORITY).entities


def found_ids(text: str, kind: Kind) -> set[str]:
    """Return the records of a kind, one of whose full names or acronyms stands in ``text``."""
    matches = AUTHORITY.find(fold(text), text)
    return {r.id for m in matches if m.form != "weak" for r in m.candidates if r.kind == kind}


def test_files_are_in_order() -> None:
    files = {f"{PLURAL[kind]}.toml" for kind in NAMES}
    assert [str(problem) for problem in check(FOLDER) if problem.file in files] == []


@pytest.mark.parametrize(("record", "text", "found"), list(examples()))
def test_examples_are_found(record: AuthorityRecord, text: str, found: str) -> None:
    hits = [entity for entity in entities(text) if (entity.kind, entity.id) == (record.kind, record.id)]
    assert found in [mention.text for entity in hits for mention in entity.mentions]


def test_every_name_finds_its_record() -> None:
    """Every listed name and acronym, alone between commas, is found whole, its record among the candidates."""
    lost = []
    for record in RECORDS:
        for name in (*record.all_names(), *record.acronyms):
            text = f"，{name}，"
            folded = fold(text)
            whole = [
                candidate
                for match in AUTHORITY.find(folded, text)
                if folded.original(match.start, match.end) == (1, 1 + len(name))
                for candidate in match.candidates
            ]
            if record not in whole:
                lost.append((record.id, name))
    assert lost == []


def test_one_id_in_both_scripts() -> None:
    """The canonical Chinese name of either script leads to the record; one name at least is the same folded."""
    for record in RECORDS:
        simplified, traditional = record.names.get("zh-Hans", ()), record.names.get("zh-Hant", ())
        for name in (*simplified[:1], *traditional[:1]):
            assert record in AUTHORITY.named(name), (record.id, name)
        if simplified:
            assert {fold_text(n) for n in simplified} & {fold_text(n) for n in traditional}, record.id


@pytest.mark.parametrize("kind", NAMES)
def test_bearers_of_one_name_are_told_apart(kind: str) -> None:
    bearers: dict[str, list[AuthorityRecord]] = defaultdict(list)
    for record in RECORDS:
        if record.kind == kind:
            for key in {fold_text(name).replace("-", " ") for name in record.all_names()}:
                bearers[key].append(record)
    for name, records in bearers.items():
        for record in records:
            others = {other.id for other in records} - {record.id}
            assert others <= set(record.not_same_as), (name, record.id)
            assert not others or record.distinguisher, (name, record.id)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Wang Yi", {"wang-yi-pastor", "wang-yi-minister"}),
        ("王怡", {"wang-yi-pastor"}),
        ("王毅", {"wang-yi-minister"}),
        ("陈卫", {"chen-wei-suining", "chen-wei-zhengzhou"}),
        ("陳衛", {"chen-wei-suining", "chen-wei-zhengzhou"}),
        ("周永康", {"zhou-yongkang", "alex-chow"}),
        ("許志永", {"xu-zhiyong"}),
        ("Qin Yongpei", {"qin-yongpei"}),
        ("覃永沛", {"qin-yongpei"}),
        ("Lui Xiaobo", {"liu-xiaobo"}),
    ],
)
def test_persons_of_a_name(name: str, ids: set[str]) -> None:
    assert {record.id for record in AUTHORITY.named(name) if record.kind == "person"} == ids


@pytest.mark.parametrize(
    ("text", "kind", "ids"),
    [
        ("Under article 19 of the Covenant everybody may speak.", "organisation", set()),
        ("The human rights in China that she wrote about", "organisation", set()),
        ("They told us to wait; both of us did.", "place", set()),
        ("Chinese, Egyptian and Tibetan readers", "place", set()),
        ("An independent expert read the paper at the time.", "organisation", set()),
        ("Independent experts; Times of trouble; White Paper", "organisation", set()),
        ("They shouted: a free Tibet!", "organisation", set()),
        ("the US, the U.K. and the UAE", "place", {"united-states", "united-kingdom", "united-arab-emirates"}),
        ("上海地区的居民", "place", {"shanghai"}),
        ("中国人权状况的讨论", "organisation", set()),
        ("公安部门和民主党派的代表", "organisation", set()),
        ("公安部部长到了。", "organisation", {"ministry-of-public-security-of-china"}),
        ("气氛紧张展开讨论", "person", set()),
        ("公民記者張展在上海", "person", {"zhang-zhan"}),
        ("大赦国际、國際特赦組織与 Amnesty International", "organisation", {"amnesty-international"}),
        ("a road in the XUAR; 新疆维吾尔自治区; 新疆維吾爾自治區", "place", {"xinjiang"}),
    ],
)
def test_names_and_everyday_words(text: str, kind: Kind, ids: set[str]) -> None:
    assert found_ids(text, kind) == ids


def test_a_section_is_not_its_parent() -> None:
    assert found_ids("Amnesty International Canada wrote a letter.", "organisation") == {"amnesty-international-canada"}


def test_places_lie_in_places() -> None:
    places = {record.id: record for record in RECORDS if record.kind == "place"}
    for record in places.values():
        seen, at = [record.id], record
        while "within" in at.attributes:
            at = places[str(at.attributes["within"])]
            assert at.id not in seen, seen
            seen.append(at.id)


def test_countries_are_complete() -> None:
    codes = [str(r.attributes["iso"]) for r in RECORDS if r.kind == "place" and "iso" in r.attributes]
    assert len(codes) == len(set(codes))
    countries = [r for r in RECORDS if r.kind == "place" and r.attributes["type"] == "country"]
    assert len(countries) >= 193
    for record in countries:
        assert {"en", "zh-Hans", "zh-Hant"} <= set(record.names), record.id


def test_years_of_birth_and_death_are_possible() -> None:
    for record in RECORDS:
        born, died = record.attributes.get("born"), record.attributes.get("died")
        if born is not None:
            assert 1800 < born < 2010, record.id
        if born is not None and died is not None:
            assert born < died, record.id


def test_the_same_files_give_the_same_version() -> None:
    assert Authority(AUTHORITY).version == AUTHORITY.version


def gold(kind: str) -> Iterator[dict[str, Any]]:
    for document in json.loads(GOLD.read_text(encoding="utf-8"))["documents"]:
        yield from (item for item in document[kind] if not item.get("optional"))


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.is_file(), reason="../shared/eval/gold_dev.json is not there")
@pytest.mark.parametrize("kind", NAMES)
def test_who_and_what_the_sources_name_stands_here(kind: Kind) -> None:
    """Each person, organisation and place of the development gold has one record, under a name that it accepts."""
    for item in gold(PLURAL[kind]):
        accepted = [item["canonical"], *item.get("accepted_names", ())]
        records = {r.id: r for name in accepted for r in AUTHORITY.named(name) if r.kind == kind}
        assert records, item["canonical"]
        assert {fold_text(r.name) for r in records.values()} & {fold_text(name) for name in accepted}, item["canonical"]


def test_a_name_in_pinyin_is_known_in_its_western_turn() -> None:
    two, one = (
        record_of("person", {"id": id, "names": {"en": [en], "zh-Hans": [zh]}, "source": ["own knowledge"]})
        for id, en, zh in (("lin-xiaotang", "Lin Xiaotang", "林晓棠"), ("lin-yi", "Lin Yi", "林宜"))
    )
    assert two.derived == ("Xiaotang Lin",)
    assert one.derived == ()
