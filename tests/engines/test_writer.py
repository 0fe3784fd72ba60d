"""What a transaction holds to while its segments are finished beside it: all of them, or none and no trace."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from indexer.engines import open_engine
from indexer.engines.base import Engine, Request
from indexer.engines.whoosh.segment import SegmentBuilder
from indexer.query import Everything, Phrase, Term

from .entries import make_entry
from .test_differential import FACETS, random_entries


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


@pytest.fixture
def small(tmp_path: Path) -> Engine:
    """An index of one document whose writer finishes a segment with each batch."""
    engine = open_engine("whoosh", tmp_path, memory_mb=0)
    with engine.writer() as writer:
        writer.add(make_entry("first", "the harbour"))
        writer.commit({})
    return engine


def test_finished_segments_go_with_the_transaction(small: Engine, tmp_path: Path) -> None:
    before = files(tmp_path)
    with small.writer() as writer:
        for number in range(3):
            writer.add(make_entry(f"note-{number}", "the harbour"))
    assert files(tmp_path) == before


def test_a_segment_that_cannot_be_finished_stops_the_commit(
    small: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = SegmentBuilder.finish

    def hindered(self: SegmentBuilder) -> None:
        finish(self)
        raise OSError("no space left")

    before, generation = files(tmp_path), small.generation()
    monkeypatch.setattr(SegmentBuilder, "finish", hindered)
    with small.writer() as writer:
        writer.add(make_entry("note", "the harbour"))
        with pytest.raises(OSError, match="no space"):
            writer.commit({})
    assert (files(tmp_path), small.generation()) == (before, generation)


def test_segments_stand_in_the_order_of_their_documents(small: Engine) -> None:
    ids = [f"note-{number}" for number in range(5)]
    with small.writer() as writer:
        for id in ids:
            writer.add(make_entry(id, "the harbour"))
        writer.commit({})
    with closing(small.snapshot()) as snapshot:
        assert list(snapshot.ids()) == ["first", *ids]


@pytest.mark.parametrize("ids", [["one", "one"], ["two", "kept"]])
def test_a_batch_with_an_id_that_was_there_adds_nothing(ids: list[str], tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    with engine.writer() as writer:
        writer.add(make_entry("kept", "the harbour"))
        with pytest.raises(ValueError, match="was added before"):
            writer.add_batch(engine.packer()([make_entry(id, "the court") for id in ids]))
        writer.add_batch(engine.packer()([]))
        writer.commit({})
    with closing(engine.snapshot()) as snapshot:
        assert list(snapshot.ids()) == ["kept"]
        assert snapshot.count(Term("words", "court")) == 0


def test_a_batch_is_the_same_as_its_documents_one_by_one(tmp_path: Path) -> None:
    entries = random_entries(11, 120)
    found = []
    for name, batches in (
        ("one", [[entry] for entry in entries]),
        ("all", [entries]),
        ("some", [entries[:7], entries[7:]]),
    ):
        engine = open_engine("whoosh", tmp_path / name)
        with engine.writer() as writer:
            for batch in batches:
                writer.add_batch(engine.packer()(batch))
            writer.commit({})
        with closing(engine.snapshot()) as snapshot:
            asked = (Everything(), Term("chars", "a"), Phrase("words", ("a", "b")))
            answers = [snapshot.search(Request(query, facets=FACETS, limit=200)) for query in asked]
            ids = list(snapshot.ids())
            found.append((answers, ids, snapshot.stored(ids), list(snapshot.terms("words")), list(snapshot.names())))
    assert found[0] == found[1] == found[2]
