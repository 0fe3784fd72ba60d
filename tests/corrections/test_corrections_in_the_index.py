"""Corrections in an index: they outlive every run, concern their own documents alone, and can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexer.engines import open_engine
from indexer.errors import CorrectionError
from indexer.pipeline.documents import records_of
from indexer.pipeline.rules import load_rules
from indexer.pipeline.run import Options, Summary
from indexer.pipeline.update import update

TEXT = "Ana Ruiz was sentenced to two years in prison for fraud in Lisbon."

MONTHS = ("one", "cases.ana-ruiz.sentenced.months", "42")
DATE = ("one", "date", '"2019-03-14"')


class Place:
    """Two documents, an empty authority folder, a file of corrections and an index."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for folder in ("documents", "authority"):
            (path / folder).mkdir()
        for id in ("one", "two"):
            note = f"---\nid: {id}\ntitle: About {id}\ndate: 2020-05-01\n---\n{TEXT}\n"
            (path / "documents" / f"{id}.md").write_text(note, encoding="utf-8")

    def correct(self, *corrections: tuple[str, str, str]) -> None:
        """Write the file of corrections: document id, field and value, each as TOML has it."""
        (self.path / "corrections.toml").write_text(
            "\n".join(
                f'[[correction]]\nid = "{id}"\nfield = "{field}"\nvalue = {value}\n'
                'source = "https://example.org/judgment"\nby = "A. Editor"\ndate = 2026-11-20\n'
                for id, field, value in corrections
            ),
            encoding="utf-8",
        )

    def index(self, **options: Any) -> Summary:
        chosen = Options(processes=1, corrections=self.path / "corrections.toml", **options)
        engine = open_engine("whoosh", self.path / "index")
        return update(engine, self.path / "authority", [self.path / "documents"], (), chosen)

    def record(self, id: str) -> dict[str, Any]:
        (record,) = open_engine("whoosh", self.path / "index").snapshot().stored([id])
        assert record is not None
        return dict(record)

    def months(self, id: str) -> list[int]:
        return [case["sentence"]["months"] for case in self.record(id)["cases"]]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_correction_is_carried_out_and_shown(place: Place) -> None:
    place.correct(MONTHS, DATE)
    assert place.index().failed == []
    record = place.record("one")
    assert (record["date"], record["year"], place.months("one"), place.months("two")) == (
        "2019-03-14", 2019, [42], [24],
    )  # fmt: skip
    assert record["cases"][0]["corrected"] == ["months"]
    assert [(c["field"], c["was"], c["value"], c["by"]) for c in record["corrections"]] == [
        ("date", "2020-05-01", "2019-03-14", "A. Editor"),
        ("cases.ana-ruiz.sentenced.months", 24, 42, "A. Editor"),
    ]
    assert place.record("two")["corrections"] == []


def test_a_corrected_year_is_found_by(place: Place) -> None:
    from indexer.engines.base import Request
    from indexer.query import Term

    place.correct(DATE)
    place.index()
    snapshot = open_engine("whoosh", place.path / "index").snapshot()
    assert [hit.id for hit in snapshot.search(Request(Term("year", "2019"))).hits] == ["one"]


def test_a_correction_outlives_a_rebuild_and_a_changed_file(place: Place) -> None:
    place.correct(MONTHS)
    place.index()
    place.index(rebuild=True)
    assert place.months("one") == [42]
    file = place.path / "documents" / "one.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nMore was said.\n", encoding="utf-8")
    assert place.index().changed == ["one"]
    assert place.months("one") == [42]


def test_a_change_of_the_file_makes_only_its_documents_anew(place: Place) -> None:
    place.index()
    place.correct(MONTHS)
    summary = place.index()
    assert (summary.again, summary.because) == (["one"], {"correction": 1})
    assert place.months("one") == [42]
    assert place.index().generation == summary.generation
    place.correct((*MONTHS[:2], "50"))
    assert place.index().again == ["one"]
    assert place.months("one") == [50]
    assert place.record("one")["corrections"][0]["was"] == 24


def test_taking_a_correction_back_restores_what_the_source_says(place: Place) -> None:
    place.index()
    before = place.record("one")
    place.correct(MONTHS, DATE, ("one", "title", '"Another"'), ("one", "publisher", '"Ober Press"'))
    place.index()
    assert place.record("one")["publisher_name"] == "Ober Press"
    place.correct()
    assert place.index().again == ["one"]
    assert place.record("one") == before


def test_what_does_not_fit_is_named_with_its_line_and_the_rest_is_done(place: Place) -> None:
    place.correct(("nowhere", "date", '"2019"'), ("one", "cases.bo-lind.tried", '"none"'), MONTHS)
    failed = [str(error) for error in place.index().failed]
    assert any("line 1: one" not in text and "there is no document nowhere" in text for text in failed)
    assert any("line 9: one: cases.bo-lind.tried: the document has no such case" in text for text in failed)
    assert len(failed) == 2
    assert place.months("one") == [42]


def test_a_faulty_file_stops_before_anything_is_changed(place: Place) -> None:
    generation = place.index().generation
    place.correct(("one", "colour", '"red"'))
    with pytest.raises(CorrectionError, match=r"corrections\.toml, line 3: "):
        place.index()
    assert open_engine("whoosh", place.path / "index").generation() == generation


def test_records_without_an_index_are_corrected_too(place: Place) -> None:
    place.correct(MONTHS)
    rules = load_rules(place.path / "authority", place.path / "corrections.toml")
    file = place.path / "documents" / "one.md"
    (record,) = records_of(file, file.parent, rules, lambda error: None)
    assert [case.sentence.months for case in record.cases if case.sentence] == [42]
