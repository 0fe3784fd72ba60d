"""The file of corrections: what is right in it is read, what is wrong is said with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.authority import Authority
from indexer.corrections import Corrections, load_corrections
from indexer.corrections.fields import CASE_KEYS, parsed
from indexer.errors import CorrectionError
from indexer.model import STATUSES

GOOD = """# Corrections of our collection.

[[correction]]
id = "note-1"
field = "cases.ana-ruiz.sentenced.months"
value = 42
source = "https://example.org/judgment"
by = "A. Editor"
date = 2026-11-20
"""


def loaded(folder: Path, text: str) -> Corrections:
    file = folder / "corrections.toml"
    file.write_text(text, encoding="utf-8")
    return load_corrections(file, Authority())


def test_a_correction_belongs_to_its_document(tmp_path: Path) -> None:
    corrections = loaded(tmp_path, GOOD)
    (one,) = corrections.of("note-1")
    assert (one.field, one.value, one.by, one.date) == (
        "cases.ana-ruiz.sentenced.months", 42, "A. Editor", "2026-11-20",
    )  # fmt: skip
    assert corrections.of("note-2") == ()
    assert corrections.digests().keys() == {"note-1"}


def test_without_a_file_nothing_is_corrected(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections.toml", Authority()).digests() == {}
    assert load_corrections(None, Authority()).digests() == {}


def test_the_digest_follows_what_is_said_and_not_where_it_stands(tmp_path: Path) -> None:
    before = loaded(tmp_path, GOOD).digests()
    assert loaded(tmp_path, "# A remark.\n\n" + GOOD).digests() == before
    assert loaded(tmp_path, GOOD.replace("42", "43")).changed(before) == ["note-1"]


FAULTS = [
    ("value = 42", 'value = "long"', 6, "whole number of months"),
    ("value = 42", "value = true", 6, "whole number of months"),
    ("value = 42\n", "", 4, "value is missing"),
    ('field = "cases.ana-ruiz.sentenced.months"', 'field = "colour"', 5, "is not known"),
    ("sentenced.months", "hanged.months", 5, "is no status"),
    ("sentenced.months", "sentenced.colour", 5, "one of status, charges, date"),
    ("sentenced.months", "sentenced.0.months", 5, "number from 1"),
    ('field = "cases.ana-ruiz.sentenced.months"\nvalue = 42', 'field = "date"\nvalue = "May 2019"', 6, "a date"),
    ('field = "cases.ana-ruiz.sentenced.months"\nvalue = 42', 'field = "title"\nvalue = "none"', 6, "a text"),
    ('field = "cases.ana-ruiz.sentenced.months"\nvalue = 42', 'field = "url"\nvalue = "example"', 6, "an address"),
    ('field = "cases.ana-ruiz.sentenced.months"\nvalue = 42', 'field = "persons.ana"\nvalue = "bo"', 6, "no person bo"),
    (
        'field = "cases.ana-ruiz.sentenced.months"\nvalue = 42', 'field = "cases.ana-ruiz"\nvalue = 42', 6,
        "a table, as in",
    ),
    (
        'field = "cases.ana-ruiz.sentenced.months"\nvalue = 42',
        'field = "cases.ana-ruiz"\nvalue = { status = "tried", quote = "x", months = -1 }', 6, "value.months = -1",
    ),
    ('source = "https://example.org/judgment"', 'source = ""', 7, "must be a text"),
    ("date = 2026-11-20", 'date = "yesterday"', 9, "the day of the correction"),
    ('by = "A. Editor"', 'by = "A. Editor"\nwho = "me"', 9, "the keys are id, field, value"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "remedy"), FAULTS)
def test_a_fault_is_said_with_file_line_and_remedy(tmp_path: Path, old: str, new: str, line: int, remedy: str) -> None:
    with pytest.raises(CorrectionError) as caught:
        loaded(tmp_path, GOOD.replace(old, new))
    assert str(caught.value).startswith(f"corrections.toml, line {line}: ")
    assert remedy in str(caught.value)


def test_one_field_is_corrected_once(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match=r"line 13: .* is corrected twice"):
        loaded(tmp_path, GOOD + "\n" + GOOD.partition("\n\n")[2])


@pytest.mark.parametrize("text", ["id = ", "[persons]\n", "correction = 5\n"])
def test_what_is_no_file_of_corrections(tmp_path: Path, text: str) -> None:
    with pytest.raises(CorrectionError, match=r"corrections\.toml: "):
        loaded(tmp_path, text)


def test_documents_that_are_not_there_are_named_with_their_line(tmp_path: Path) -> None:
    corrections = loaded(tmp_path, GOOD)
    assert [str(error) for error in corrections.strangers({})] == [
        "corrections.toml: line 3: there is no document note-1; take its id from its page, or remove the correction"
    ]
    assert list(corrections.strangers({"note-1": 1})) == []


@given(st.text(max_size=40) | st.lists(st.sampled_from(["cases", "a", "tried", "2", "months", ""])).map(".".join))
def test_a_field_is_taken_apart_or_refused(field: str) -> None:
    try:
        found = parsed(field)
    except ValueError:
        return
    number = str(found.number) if found.number else None
    assert ".".join(filter(None, (found.name, found.id, found.status, number, found.key))) == field
    assert found.status is None or found.status in STATUSES
    assert found.key is None or found.key in CASE_KEYS
