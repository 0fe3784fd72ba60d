"""Corrections carried out: the record says what is right, what was there stays beside it, strangers stay untouched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from indexer.authority import Authority
from indexer.corrections import corrected_document, corrected_record, original_document
from indexer.model import Case, Correction, Document, Entity, Kind, Mention, Record, Sentence, Stretch

TEXT = "Ana Ruiz and Bo Lind were sentenced to two years for fraud. Ana Ruiz was arrested."
FIRST = Stretch(0, 59, TEXT[:59])
SECOND = Stretch(60, 82, TEXT[60:82])


def entity(kind: Kind, id: str, name: str) -> Entity:
    return Entity(kind, id, name, {"en": (name,)}, False, (Mention("text", 0, 8, "Ana Ruiz", "rule"),))


RECORD = Record(
    Document("a.md", "0", 1, "A note", TEXT, date="2020-05", id="note-1"),
    "en",
    "Latn",
    entities=(
        entity("person", "ana-ruiz", "Ana Ruiz"), entity("person", "bo-lind", "Bo Lind"),
        entity("charge", "fraud", "fraud"), entity("charge", "theft", "theft"),
    ),
    cases=(
        Case(("ana-ruiz", "bo-lind"), ("fraud",), "sentenced", "sentenced", Sentence(24, text="two years"),
             evidence=(FIRST,)),
        Case(("ana-ruiz",), (), "arrested", "arrested", evidence=(SECOND,)),
    ),
)  # fmt: skip


def corrected(*fields: tuple[str, Any]) -> Record:
    """Return the record with corrections, given as pairs of field and value."""
    asked = tuple(
        Correction(field, value, "https://example.org/", "A. Editor", "2026-11-20") for field, value in fields
    )
    document, done = corrected_document(replace(RECORD.document, corrections=asked))
    return corrected_record(replace(RECORD, document=document), done, Authority())


def told(record: Record) -> list[tuple[str, str, int | None, tuple[str, ...]]]:
    return [
        (" ".join(c.persons), c.status, c.sentence.months if c.sentence else None, c.corrected) for c in record.cases
    ]


def test_what_a_document_states_of_itself() -> None:
    record = corrected(("date", "2019-03-14"), ("title", "Another note"))
    assert (record.document.date, record.document.title) == ("2019-03-14", "Another note")
    assert [(c.field, c.was) for c in record.corrections] == [("date", "2020-05"), ("title", "A note")]
    assert corrected(("date", "none")).document.date is None


def test_a_corrected_document_can_be_taken_back_and_corrected_again() -> None:
    record = corrected(("date", "2019-03-14"), ("cases.ana-ruiz.arrested", "none"))
    back = original_document(record.document, record.corrections)
    assert (back.date, len(back.corrections)) == ("2020-05", 2)
    again, done = corrected_document(back)
    assert again.date == "2019-03-14"
    assert [c.was for c in done] == ["2020-05"]


def test_the_term_of_one_is_not_that_of_the_other() -> None:
    record = corrected(("cases.ana-ruiz.sentenced.months", 42))
    assert told(record) == [
        ("bo-lind", "sentenced", 24, ()),
        ("ana-ruiz", "sentenced", 42, ("months",)),
        ("ana-ruiz", "arrested", None, ()),
    ]
    assert [c.was for c in record.corrections] == [24]


def test_several_keys_of_one_case() -> None:
    record = corrected(
        ("cases.ana-ruiz.sentenced.months", 42),
        ("cases.ana-ruiz.sentenced.charges", ["theft"]),
        ("cases.ana-ruiz.sentenced.status", "convicted"),
    )
    (_, own, _) = record.cases
    assert (own.status, own.charges, own.corrected) == ("convicted", ("theft",), ("months", "charges", "status"))
    assert not any(correction.problem for correction in record.corrections)


def test_a_case_that_is_none_goes_for_its_person_alone() -> None:
    assert told(corrected(("cases.ana-ruiz.sentenced", "none")))[0] == ("bo-lind", "sentenced", 24, ())
    assert [row[1] for row in told(corrected(("cases.ana-ruiz.arrested", "none")))] == ["sentenced"]


def test_a_case_that_was_not_found_is_added_with_its_words() -> None:
    table = {"status": "released", "quote": "Ana Ruiz was arrested", "date": "2021-01"}
    record = corrected(("cases.bo-lind", table))
    added = next(case for case in record.cases if case.corrected)
    assert (added.persons, added.status, added.date, added.corrected) == (
        ("bo-lind",), "released", "2021-01", ("case",),
    )  # fmt: skip
    (quote,) = added.evidence
    assert TEXT[quote.start : quote.end] == quote.text == "Ana Ruiz was arrested"


def test_an_entity_that_is_none_leaves_the_cases_too() -> None:
    record = corrected(("persons.ana-ruiz", "none"))
    assert told(record) == [("bo-lind", "sentenced", 24, ("persons",))]
    assert [e.id for e in record.entities] == ["bo-lind", "fraud", "theft"]
    assert corrected(("charges.fraud", "none")).cases[0].charges == ()


def test_an_entity_that_is_another_one() -> None:
    from indexer.authority import AuthorityRecord

    authority = Authority([AuthorityRecord("person", "ana-ruiz-poet", {"en": ("Ana Ruiz",)})])
    asked = (Correction("persons.ana-ruiz", "ana-ruiz-poet", "s", "b", "2026-11-20"),)
    record = corrected_record(replace(RECORD, document=replace(RECORD.document, corrections=asked)), (), authority)
    assert "ana-ruiz" not in {e.id for e in record.entities}
    person = next(e for e in record.entities if e.id == "ana-ruiz-poet")
    assert person.known
    assert person.mentions == RECORD.entities[0].mentions
    assert record.cases[1].persons == ("ana-ruiz-poet",)


@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("cases.cy-ober.sentenced.months", 5, "no such case; of cy-ober it tells: nothing"),
        ("cases.ana-ruiz.tried.date", "2019", "of ana-ruiz it tells: sentenced, arrested"),
        ("cases.ana-ruiz.sentenced.2.months", 5, "has 1 such case"),
        ("cases.ana-ruiz.sentenced.charges", ["sorcery"], "no charge sorcery"),
        ("cases.bo-lind", {"status": "tried", "quote": "not in there"}, "copy it from there"),
        ("persons.cy-ober", "none", "names no person cy-ober; its persons are ana-ruiz, bo-lind"),
    ],
)
def test_what_does_not_fit_changes_nothing_and_says_why(field: str, value: Any, remedy: str) -> None:
    record = corrected((field, value))
    (done,) = record.corrections
    assert remedy in (done.problem or "")
    assert record.cases == RECORD.cases
    assert record.entities == RECORD.entities


def test_of_several_such_cases_a_number_chooses() -> None:
    twice = replace(RECORD, cases=(*RECORD.cases, RECORD.cases[0]))

    def of(field: str) -> Record:
        asked = (Correction(field, 42, "s", "b", "2026-11-20"),)
        return corrected_record(replace(twice, document=replace(twice.document, corrections=asked)), (), Authority())

    assert "add the number of one" in (of("cases.bo-lind.sentenced.months").corrections[0].problem or "")
    months = [c.sentence.months for c in of("cases.bo-lind.sentenced.2.months").cases if c.sentence]
    assert sorted(filter(None, months)) == [24, 24, 42]
