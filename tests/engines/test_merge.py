"""Segments become few again, within the memory given, and what was deleted leaves the disk."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from indexer.engines import open_engine
from indexer.engines.base import Request, Snapshot
from indexer.engines.whoosh import merge
from indexer.query import Phrase, Term

from .entries import make_entry


def segments(folder: Path) -> int:
    return len(list(folder.glob("*.trm")))


def found(snapshot: Snapshot) -> tuple[int, list[str]]:
    """Ask for something whose lists, places, facets and records must all have been copied."""
    with closing(snapshot):
        answer = snapshot.search(Request(Phrase("words", ("the", "harbour")), facets=("person",), limit=50))
        ids = [hit.id for hit in answer.hits]
        assert [record and record["id"] for record in snapshot.stored(ids)] == ids
        return answer.facets["person"].get("lin", 0), sorted(ids)


def test_many_small_segments_become_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "MOST_SEGMENTS", 4)
    engine = open_engine("whoosh", tmp_path)
    ids = []
    for number in range(12):
        with engine.writer() as writer:
            writer.add(make_entry(f"d{number:02}", f"by the harbour of number {number}", person=["lin"]))
            writer.commit({})
        ids.append(f"d{number:02}")
        assert segments(tmp_path) <= 5
        assert found(engine.snapshot()) == (number + 1, ids)


@pytest.mark.parametrize(("memory_mb", "left"), [(0, 3), (256, 1)])
def test_what_is_written_anew_waits_within_the_memory_given(memory_mb: int, left: int, tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    for number in range(3):
        with engine.writer() as writer:
            for name in "ab":
                writer.add(make_entry(f"{name}{number}", f"the harbour of {name}{number}", person=["lin"]))
            writer.commit({})
    with open_engine("whoosh", tmp_path, memory_mb=memory_mb).writer() as writer:
        for number in range(3):
            writer.delete(f"a{number}")
        writer.commit({})
    assert segments(tmp_path) == left
    assert found(engine.snapshot()) == (3, ["b0", "b1", "b2"])
    with closing(engine.snapshot()) as snapshot:
        assert [term for term, _ in snapshot.terms("words", "a")] == []


def test_segments_as_large_as_the_memory_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "MOST_SEGMENTS", 4)
    engine = open_engine("whoosh", tmp_path, memory_mb=0)
    with engine.writer() as writer:
        for number in range(9):
            writer.add(make_entry(f"d{number}", "the harbour"))
        writer.commit({})
    before = sorted(file.name for file in tmp_path.glob("*.arrays"))
    with engine.writer() as writer:
        writer.add(make_entry("d9", "the harbour"))
        writer.commit({})
    assert set(before) < {file.name for file in tmp_path.glob("*.arrays")}
    with closing(engine.snapshot()) as snapshot:
        assert snapshot.count(Term("words", "harbour")) == 10
