"""What a run changes, what it leaves alone, and what it refuses."""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from indexer.engines import open_engine
from indexer.engines.base import Engine, Snapshot
from indexer.errors import IndexLocked, RefusedError
from indexer.pipeline import entries
from indexer.pipeline import run as run_module
from indexer.pipeline.documents import documents_of, make_record
from indexer.pipeline.run import Options, Summary
from indexer.pipeline.state import to_read
from indexer.pipeline.update import update
from indexer.pipeline.workers import FEW_JOBS
from indexer.query import Term

PERSON = """
[[person]]
id = "rowan-ashdown"
names = { en = ["Rowan Ashdown"], zh-Hans = ["罗恩"], zh-Hant = ["羅恩"] }
source = ["invented for this test"]
"""


class Place:
    """A folder of documents, an authority folder and an index."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.documents = path / "documents"
        self.authority = path / "authority"
        for folder in (self.documents, self.authority):
            folder.mkdir()
        self._saved = 1_600_000_000

    @property
    def engine(self) -> Engine:
        return open_engine("whoosh", self.path / "index")

    def snapshot(self) -> Snapshot:
        return self.engine.snapshot()

    def save(self, name: str, text: str) -> Path:
        """Write a file; each is saved a second after the one before."""
        file = self.documents / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self._saved += 1
        os.utime(file, (self._saved, self._saved))
        return file

    def note(self, id: str, body: str = "Nobody came to the quay.", title: str | None = None) -> Path:
        return self.save(f"{id}.md", f"---\nid: {id}\ntitle: {title or f'About {id}'}\n---\n{body}\n")

    def rows(self, name: str, *rows: dict[str, Any] | str) -> Path:
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        return self.save(name, "\n".join(lines) + "\n")

    def update(self, *roots: Path, **options: Any) -> Summary:
        return update(self.engine, self.authority, roots, [self.documents], Options(**{"processes": 1, **options}))

    def records(self) -> dict[str, Any]:
        """Return every stored record by its id."""
        snapshot = self.snapshot()
        ids = list(snapshot.ids())
        return dict(zip(ids, snapshot.stored(ids), strict=True))

    def texts(self) -> dict[str, str]:
        return {id: record["text"].strip() for id, record in self.records().items()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def counts(summary: Summary) -> tuple[list[str], list[str], list[str], int]:
    return sorted(summary.added), sorted(summary.changed), summary.removed, summary.unchanged


def row(id: str, body: str = "A quiet day at the harbour.", **keys: Any) -> dict[str, Any]:
    return {"id": id, "title": f"About {id}", "text": body, **keys}


# Exactly what changed


def test_only_what_changed_is_made_anew(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for id in "abcdef":
        place.note(id)
    first = place.update()
    assert counts(first) == (list("abcdef"), [], [], 0)

    read: list[str] = []

    def noted(path: Path, *rest: Any) -> Any:
        read.append(path.name)
        return documents_of(path, *rest)

    monkeypatch.setattr(run_module, "documents_of", noted)
    place.note("b", "The ferry was late.")
    place.note("g")
    (place.documents / "c.md").unlink()
    second = place.update()
    assert counts(second) == (["g"], ["b"], ["c"], 4)
    assert sorted(read) == ["b.md", "g.md"]
    assert second.generation > first.generation
    assert second.documents == place.snapshot().documents == 6
    assert place.snapshot().count(Term("chars", "ferry")) == 1


def test_nothing_new_makes_no_generation(place: Place) -> None:
    place.note("a")
    first = place.update()
    os.utime(place.documents / "a.md", (1, 1))  # touched, not changed
    assert place.update().generation == first.generation
    assert counts(place.update()) == ([], [], [], 1)


def test_a_file_that_stays_broken_makes_no_generation_each_time(place: Place) -> None:
    place.rows("rows.jsonl", row("a"), '{"id": "b", ')
    first = place.update()
    again = place.update()
    assert len(first.failed) == len(again.failed) == 1
    assert again.generation == first.generation


def test_one_row_of_many_changes_one_document(place: Place) -> None:
    rows = [row(f"r{n}") for n in range(9)]
    place.rows("rows.jsonl", *rows)
    place.update()
    rows[4]["text"] = "A storm at the harbour."
    place.rows("rows.jsonl", *rows)
    assert counts(place.update()) == ([], ["r4"], [], 8)
    place.rows("rows.jsonl", row("new"), *rows)
    assert counts(place.update()) == (["new"], [], [], 9)
    assert {id: record["file"]["part"] for id, record in place.records().items()} == {
        "new": 1, **{f"r{n}": n + 2 for n in range(9)},
    }  # fmt: skip


def test_times_are_those_of_the_content(place: Place) -> None:
    place.note("a")
    place.note("b")
    place.update()
    before = place.records()
    place.note("b", "The ferry was late.")
    for options in ({}, {"rebuild": True}):
        place.update(**options)
        after = place.records()
        assert after["a"]["changed"] == before["a"]["changed"]
        assert {id: r["first_indexed"] for id, r in after.items()} == {
            id: r["first_indexed"] for id, r in before.items()
        }


@pytest.mark.parametrize("seed", range(3))
def test_any_history_ends_where_a_fresh_index_begins(place: Place, seed: int) -> None:
    """After random additions, changes, removals and renamings the index is what a rebuild makes of the folder."""
    chance = random.Random(seed)
    for _ in range(6):
        for _ in range(4):
            id = f"d{chance.randrange(8)}"
            file = place.documents / f"{id}.md"
            if file.exists() and chance.random() < 0.3:
                file.unlink()
            else:
                place.note(id, f"The tide stood at {chance.randrange(5)} feet.")
        ids = [f"r{n}" for n in range(8) if chance.random() < 0.7] or ["r0"]
        place.rows("rows.jsonl", *(row(id, f"Row of {chance.randrange(3)}.") for id in ids))
        place.rows(
            "copy.jsonl", *(row(id, f"Copied {chance.randrange(3)}.") for id in ids[: chance.randrange(9)]), row("z")
        )
        place.update(allow_removals=True)
    grown = place.texts()
    rebuilt = place.update(rebuild=True)
    assert rebuilt.failed == []
    assert place.texts() == grown
    assert counts(rebuilt) == ([], [], [], len(grown))


# Posts in several files


def test_a_post_in_two_files_is_one_document_as_saved_last(place: Place) -> None:
    place.rows("old.jsonl", row("post", "The first report."), row("other"))
    place.rows("new.jsonl", row("post", "The corrected report."))
    assert sorted(place.update().added) == ["other", "post"]
    assert place.texts()["post"] == "The corrected report."
    assert place.update(rebuild=True).failed == []
    assert place.texts()["post"] == "The corrected report."


def test_a_post_stays_while_one_of_its_files_does(place: Place) -> None:
    place.rows("old.jsonl", row("post", "The first report."), row("other"))
    place.update()
    place.rows("new.jsonl", row("post", "The corrected report."), row("third"))
    assert counts(place.update()) == (["third"], ["post"], [], 1)
    (place.documents / "new.jsonl").unlink()
    assert counts(place.update(allow_removals=True)) == ([], ["post"], ["third"], 1)
    assert place.texts() == {"post": "The first report.", "other": "A quiet day at the harbour."}


def test_an_older_copy_that_comes_late_changes_nothing(place: Place) -> None:
    older = place.rows("a-old.jsonl", row("post", "The first report."))
    place.rows("new.jsonl", row("post", "The corrected report."))
    content = older.read_bytes()
    older.unlink()
    place.update()
    older.write_bytes(content)
    os.utime(older, (1, 1))
    assert counts(place.update()) == ([], [], [], 1)
    assert place.texts()["post"] == "The corrected report."


def test_two_documents_with_one_id_are_an_error_whenever_the_second_comes(place: Place) -> None:
    place.note("a", title="The lighthouse")
    place.note("b")
    place.update()
    place.save("c.md", "---\nid: a\ntitle: The windmill\n---\nIt turned.\n")
    late = place.update()
    assert len(late.failed) == 1
    assert "The lighthouse" in str(late.failed[0])
    assert "The windmill" in str(late.failed[0])
    assert place.records()["a"]["title"] == "The lighthouse"
    assert counts(late) == ([], [], [], 2)


# What cannot be read


def test_what_cannot_be_read_keeps_its_documents(place: Place) -> None:
    place.rows("rows.jsonl", row("a"), row("b"))
    place.note("c")
    place.update()
    place.rows("rows.jsonl", row("a", "The ferry was late."), '{"id": "b", ')
    summary = place.update()
    assert [error.path for error in summary.failed] == ["rows.jsonl:2"]
    assert counts(summary) == ([], ["a"], [], 2)
    assert sorted(place.texts()) == ["a", "b", "c"]
    place.rows("rows.jsonl", row("a", "The ferry was late."))
    assert counts(place.update(allow_removals=True)) == ([], [], ["b"], 2)


def test_a_file_that_vanishes_during_the_run_is_reported(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.note("a")
    gone = place.note("b")

    def vanishing(path: Path, *rest: Any) -> Any:
        gone.unlink(missing_ok=True)
        return documents_of(path, *rest)

    monkeypatch.setattr(run_module, "documents_of", vanishing)
    summary = place.update()
    assert [error.path for error in summary.failed] == ["b.md"]
    assert sorted(place.texts()) == ["a"]


def test_a_document_of_which_nothing_can_be_made_is_named_and_tried_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.note("a")
    place.note("b", "The first text.")
    place.update()

    def failing(document: Any, *rest: Any) -> Any:
        if document.id == "b":
            raise ValueError("no reason at all")
        return make_record(document, *rest)

    place.note("b", "The second text.")
    place.note("c")
    with monkeypatch.context() as patch:
        patch.setattr(entries, "make_record", failing)
        summary = place.update()
    assert ["no reason at all" in error.reason for error in summary.failed] == [True]
    assert counts(summary) == (["c"], [], [], 2)
    assert place.texts()["b"] == "The first text."
    assert counts(place.update()) == ([], ["b"], [], 2)
    assert place.texts()["b"] == "The second text."


# Refusals


def test_a_run_that_would_remove_too_much_changes_nothing(place: Place) -> None:
    for id in "abcde":
        place.note(id)
    first = place.update()
    (place.documents / "a.md").unlink()
    assert counts(place.update()) == ([], [], ["a"], 4)
    for id in "bc":
        (place.documents / f"{id}.md").unlink()
    with pytest.raises(RefusedError, match="2 of 4"):
        place.update()
    with pytest.raises(RefusedError):
        place.update(dry_run=True)
    assert sorted(place.texts()) == list("bcde")
    assert place.engine.generation() == first.generation + 1
    assert counts(place.update(allow_removals=True))[2] == ["b", "c"]


def test_renaming_removes_nothing(place: Place) -> None:
    for id in "abcd":
        place.note(id)
    place.update()
    for id in "bcd":
        (place.documents / f"{id}.md").rename(place.documents / f"new-{id}.md")
    assert counts(place.update()) == ([], [], [], 4)
    assert {record["file"]["path"] for record in place.records().values()} == {
        "a.md", "new-b.md", "new-c.md", "new-d.md",
    }  # fmt: skip
    moved = place.path / "moved"
    place.documents.rename(moved)
    assert counts(place.update(moved)) == ([], [], [], 4)


def test_new_files_do_not_hide_a_removal(place: Place) -> None:
    for id in "abcd":
        place.note(id)
    place.update()
    for id in "bcd":
        (place.documents / f"{id}.md").unlink()
    place.note("e")
    with pytest.raises(RefusedError, match="3 of 4"):
        place.update()
    assert sorted(place.texts()) == list("abcd")


def test_rows_that_went_count_as_removals_too(place: Place) -> None:
    place.rows("rows.jsonl", *(row(f"r{n}") for n in range(10)))
    place.update()
    place.rows("rows.jsonl", *(row(f"r{n}") for n in range(5)))
    with pytest.raises(RefusedError, match="5 of 10"):
        place.update()
    assert len(place.texts()) == 10


@pytest.mark.parametrize("lost", ["missing", "empty"])
def test_a_folder_that_is_not_there_empties_nothing(place: Place, lost: str) -> None:
    file = place.note("a")
    place.update()
    file.unlink()
    if lost == "missing":
        place.documents.rmdir()
    with pytest.raises(RefusedError, match="--allow-removals"):
        place.update()
    assert sorted(place.texts()) == ["a"]


def test_other_roots_are_remembered_even_by_an_index_of_another_version(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade the recorded folders are indexed anew, not the default ones, and first times stay."""
    elsewhere = place.path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "x.md").write_text("---\nid: x\ntitle: Elsewhere\n---\nA note.\n", encoding="utf-8")
    place.note("a")
    place.update(elsewhere)
    before = place.records()["x"]["first_indexed"]
    for module in ("indexer.engines.whoosh.engine", "indexer.engines.whoosh.writer"):
        monkeypatch.setattr(f"{module}.SCHEMA_VERSION", 999)
    assert counts(place.update()) == ([], [], [], 1)
    assert place.records()["x"]["first_indexed"] == before


def test_an_index_that_somebody_else_changed_meanwhile_is_left_alone(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.note("a")
    place.update()

    def slow(*arguments: Any) -> Any:
        with place.engine.writer() as writer:
            writer.commit(place.snapshot().meta)
        return to_read(*arguments)

    monkeypatch.setattr(sys.modules["indexer.pipeline.update"], "to_read", slow)
    place.note("b")
    with pytest.raises(IndexLocked, match="run it again"):
        place.update()


# Rules


def test_new_rules_make_everything_anew(place: Place) -> None:
    place.note("a", "Rowan Ashdown spoke.")
    place.note("b")
    first = place.update()
    (place.authority / "persons.toml").write_text(PERSON, encoding="utf-8")
    before = place.records()
    second = place.update()
    assert second.generation > first.generation
    assert counts(second) == ([], [], [], 2)
    after = place.records()
    assert [person["id"] for person in after["a"]["persons"]] == ["rowan-ashdown"]
    assert after["a"]["changed"] == before["a"]["changed"]


# Processes


def test_two_processes_make_what_one_makes(place: Place) -> None:
    (place.authority / "persons.toml").write_text(PERSON, encoding="utf-8")
    place.rows(
        "rows.jsonl",
        *(row(f"r{n:03}", f"Rowan Ashdown (罗恩) saw ship {n}. 羅恩說第{n}艘船來了。") for n in range(FEW_JOBS + 20)),
    )
    done: list[tuple[int, int]] = []
    place.update(processes=2, progress=lambda made, expected: done.append((made, expected)))
    two = place.snapshot()
    one_place = place.path / "one"
    update(open_engine("whoosh", one_place), place.authority, [place.documents], (), Options(processes=1))
    one = open_engine("whoosh", one_place).snapshot()

    total = FEW_JOBS + 20
    assert done == [(n, total) for n in range(1, total + 1)]
    assert list(two.ids()) == list(one.ids())
    for view in ("words", "chars", "person"):
        assert list(two.terms(view)) == list(one.terms(view))
    assert list(two.names()) == list(one.names())

    def timeless(snapshot: Snapshot) -> list[Any]:
        records = snapshot.stored(sorted(snapshot.ids()))
        return [{key: value for key, value in (record or {}).items() if key not in ("first_indexed", "changed")}
                for record in records]  # fmt: skip

    assert timeless(two) == timeless(one)
