"""The authority files that ship: in order, the same in both scripts, and found where their examples say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.authority import Authority, AuthorityRecord, load_authority
from indexer.authority.check import check
from indexer.extract.annotated import AnnotatedText
from indexer.extract.charge import concepts
from indexer.fold import fold, fold_text
from indexer.language import detect
from indexer.model import Entity, Kind

FOLDER = Path(__file__).parent.parent / "corpus" / "authority"
CONCEPTS: tuple[Kind, ...] = ("charge", "violation", "topic")
AUTHORITY = load_authority(FOLDER)


def concept_examples() -> Iterator[object]:
    for record in AUTHORITY:
        for number, example in enumerate(record.examples, 1):
            if record.kind in CONCEPTS:
                yield pytest.param(record, example["text"], example["found"], id=f"{record.id}-{number}")


def entities(text: str) -> list[Entity]:
    title, annotated = AnnotatedText("title", "", AUTHORITY), AnnotatedText("text", text, AUTHORITY)
    return concepts(title, annotated, (), detect("", text).language)


def test_files_are_in_order() -> None:
    assert [str(problem) for problem in check(FOLDER)] == []


@pytest.mark.parametrize(("record", "text", "found"), list(concept_examples()))
def test_examples_are_found(record: AuthorityRecord, text: str, found: str) -> None:
    hits = [entity for entity in entities(text) if (entity.kind, entity.id) == (record.kind, record.id)]
    assert found in [mention.text for entity in hits for mention in entity.mentions]


@pytest.mark.parametrize("kind", CONCEPTS)
def test_both_scripts_have_the_same_forms(kind: str) -> None:
    for record in AUTHORITY:
        if record.kind == kind:
            simplified, traditional = (
                {fold_text(name) for name in record.names.get(language, ())} for language in ("zh-Hans", "zh-Hant")
            )
            assert simplified == traditional, record.id


def test_every_name_finds_its_record() -> None:
    """Every listed name of a concept, alone in a text, is found whole, with its record among the candidates."""
    for record in AUTHORITY:
        for name in record.all_names() if record.kind in CONCEPTS else ():
            text = f"，{name}。"
            folded = fold(text)
            found = [
                candidate
                for match in AUTHORITY.find(folded, text)
                if folded.original(match.start, match.end) == (1, 1 + len(name))
                for candidate in match.candidates
            ]
            assert any(one is record for one in found), (record.id, name)


def test_english_simplified_and_traditional_names_lead_to_one_id() -> None:
    """Of every record with names in both languages, the canonical name of each script finds that very record."""
    bilingual = [record for record in AUTHORITY if record.names.get("en") and record.names.get("zh-Hans")]
    assert len(bilingual) > 3_000
    for record in bilingual:
        for language in ("en", "zh-Hans", "zh-Hant"):
            name = record.names[language][0]
            text = f"“{name}”"
            candidates = [candidate for match in AUTHORITY.find(fold(text), text) for candidate in match.candidates]
            assert any(one is record for one in candidates), (record.kind, record.id, name)


def test_inciting_never_counts_for_the_offence_itself() -> None:
    for plain, inciting in (
        ("subversion-of-state-power", "inciting-subversion-of-state-power"),
        ("separatism", "inciting-separatism"),
    ):
        one, other = AUTHORITY.get("charge", plain), AUTHORITY.get("charge", inciting)
        assert one is not None
        assert other is not None
        ours, theirs = ({fold_text(name) for name in (*record.all_names(), *record.derived)} for record in (one, other))
        assert ours.isdisjoint(theirs)
        assert other.id in one.not_same_as
        assert one.id in other.not_same_as


def test_families_have_members_and_share_no_name_with_them() -> None:
    families = {str(record.attributes["family"]) for record in AUTHORITY if "family" in record.attributes}
    assert "endangering-state-security" in families
    for id in families:
        family = AUTHORITY.get("charge", id)
        assert family is not None, id
        assert family.attributes.get("is_family"), id
        names = {fold_text(name) for name in family.all_names()}
        for record in AUTHORITY:
            if record.attributes.get("family") == id:
                assert names.isdisjoint(fold_text(name) for name in record.all_names()), record.id


@pytest.mark.parametrize(
    "text",
    [
        "He told the dinner guests about social separatism in theory.",
        "Border guards said that her journey would endanger national security.",
        "They were promoting conspiracy theories about riots.",
        "該公司的經營範圍包括詐騙防治。",
        "一九六三年出版的詩集。",
        "第709頁。",
        "中国保险公司在武汉人民医院旁设计生产口罩。",
        "网上访问人数占中国人口的一成，平台独家报道。",
        "個人權利與法人權益，依法治理。",
        "他走訪民眾，返回民宅，總統戰略部署。",
        "The treasurer wrote on page 709 of his diary on June 4.",
    ],
)
def test_everyday_words_are_no_charges_or_events(text: str) -> None:
    assert [entity.id for entity in entities(text) if entity.kind in ("charge", "topic") and entity.known] in (
        [],
        ["national-security"],
    )


def test_loading_finds_the_same_in_a_fresh_authority() -> None:
    assert Authority(AUTHORITY).version == AUTHORITY.version == load_authority(FOLDER).version
