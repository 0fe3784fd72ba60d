"""The arrays beside a segment: whatever becomes of them, a search finds what Whoosh's own files hold."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import index

from indexer.engines import open_engine
from indexer.engines.base import Engine, Request, Snapshot
from indexer.engines.whoosh.arrays import ArrayFile, ArraysUnusable, ArrayWriter, smallest_type
from indexer.engines.whoosh.sidecar import LISTED, ArraySegment
from indexer.engines.whoosh.stock import StockSegment
from indexer.engines.whoosh.storage import DurableStorage
from indexer.query import Everything, Phrase, Term

from .test_differential import FACETS, random_entries, requests


def written(folder: Path) -> Engine:
    """Return an index of three segments with deletions."""
    engine = open_engine("whoosh", folder)
    entries = random_entries(5, 90)
    for part in (entries[:50], entries[50:80], entries[80:]):
        with engine.writer() as writer:
            for entry in part:
                writer.add(entry)
            writer.delete("d007")
            writer.delete("d061")
            writer.commit({})
    return engine


def sidecars(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.arrays"))


def answers(snapshot: Snapshot) -> list[object]:
    """Ask for something of everything that arrays hold, and close the snapshot."""
    asked = (Everything(), Term("words", "a"), Phrase("chars", ("a", "b")), Term("person", "lin"))
    with closing(snapshot):
        found: list[object] = [snapshot.search(Request(query, facets=FACETS, limit=200)) for query in asked]
        ids = sorted(snapshot.ids())
        return [*found, ids, snapshot.stored(ids), list(snapshot.terms("words")), list(snapshot.names())]


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def of_another_segment(file: Path) -> None:
    other = next(one for one in sidecars(file.parent) if one != file)
    file.write_bytes(other.read_bytes())


def of_another_version(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"hrsearch arrays 3\n", b"hrsearch arrays 0\n"))


def every_number_changed(file: Path) -> None:
    """Damage every array and leave the table as it is."""
    written = bytearray(file.read_bytes())
    table = written.rindex(b'{"identity"')
    for at in range(64, table, 16):
        written[at] ^= 0xFF
    file.write_bytes(written)


@pytest.mark.parametrize(
    "damage",
    [Path.unlink, cut_short, emptied, of_another_segment, of_another_version, every_number_changed],
    ids=lambda damage: damage.__name__,
)
def test_without_sound_arrays_the_answers_are_the_same(damage: Callable[[Path], None], tmp_path: Path) -> None:
    engine = written(tmp_path / "index")
    expected = answers(engine.snapshot())
    for file in sidecars(tmp_path / "index")[1:]:
        damage(file)
    assert answers(engine.snapshot()) == expected
    with engine.writer() as writer:
        writer.delete("d008")
        writer.add(random_entries(6, 1)[0])
        writer.commit({})
    with closing(engine.snapshot()) as snapshot:
        assert snapshot.documents == 87


def table(file: Path) -> dict[str, Any]:
    """Return the table at the end of a file of arrays."""
    written = file.read_bytes()
    found: dict[str, Any] = json.JSONDecoder().raw_decode(written[written.rindex(b'{"identity"') :].decode("latin-1"))[
        0
    ]
    return found


def test_damage_that_shows_late_is_told_and_survived(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    engine = written(tmp_path / "index")
    request = Request(Phrase("words", ("a", "b")), limit=50)
    expected = engine.snapshot().search(request)
    for file in sidecars(tmp_path / "index"):
        damaged = bytearray(file.read_bytes())
        damaged[table(file)["arrays"]["text_words/places"]["start"]] ^= 1
        file.write_bytes(damaged)
    with closing(engine.snapshot()) as snapshot, caplog.at_level(logging.WARNING):
        assert snapshot.search(request) == expected
    assert "the array text_words/places is damaged" in caplog.text


def test_the_next_commit_writes_missing_arrays_anew(tmp_path: Path) -> None:
    engine = written(tmp_path / "index")
    before = {file.name: file.read_bytes() for file in sidecars(tmp_path / "index")}
    for file in sidecars(tmp_path / "index"):
        file.unlink()
    with engine.writer() as writer:
        writer.commit({})
    assert {file.name: file.read_bytes() for file in sidecars(tmp_path / "index")} == before


def test_what_a_killed_writer_left_is_removed_by_the_next(tmp_path: Path) -> None:
    engine = written(tmp_path)
    (sound, *_) = sidecars(tmp_path)
    for name in ("MAIN_0rphan.arrays", "MAIN_0rphan2.arrays.tmp", f"{sound.name}.tmp"):
        (tmp_path / name).write_bytes(sound.read_bytes()[:100])
    with engine.writer() as writer:
        writer.commit({})
    left = {file.name for file in tmp_path.iterdir()}
    assert sound.name in left
    assert not left & {"MAIN_0rphan.arrays", "MAIN_0rphan2.arrays.tmp"}
    with closing(engine.snapshot()) as snapshot:
        assert snapshot.documents == 88


def test_arrays_hold_what_whooshs_own_files_hold(tmp_path: Path) -> None:
    written(tmp_path)
    opened = index.open_dir(str(tmp_path))
    storage = DurableStorage(str(tmp_path))
    for segment in opened._read_toc().segments:
        arrays, stock = ArraySegment(storage, segment), StockSegment(storage, opened.schema, segment)
        for field in LISTED:
            ours, theirs = arrays.inverted(field), stock.inverted(field)
            assert ours.terms == theirs.terms
            for name in ("bounds", "documents", "counts", "places", "starts"):
                assert np.array_equal(getattr(ours, name), getattr(theirs, name)), (field, name)
            assert arrays.terms(field, b"a") == stock.terms(field, b"a")
        for kind in ("lengths", "sort"):
            ours_, theirs_ = getattr(arrays.columns, kind), getattr(stock.columns, kind)
            assert all(np.array_equal(ours_[name], theirs_[name]) for name in theirs_)
        for number in range(arrays.size):
            assert (arrays.id(number), arrays.record(number)) == (stock.id(number), stock.record(number))
        arrays.close()
        stock.close()


def test_a_segment_that_another_whoosh_has_packed_is_searched_and_written_anew(tmp_path: Path) -> None:
    engine = written(tmp_path)
    expected = answers(engine.snapshot())
    writer = index.open_dir(str(tmp_path)).writer()
    writer.commit(optimize=True)
    assert sidecars(tmp_path) == []
    (tmp_path / "hrsearch-4.json").write_bytes((tmp_path / "hrsearch-3.json").read_bytes())
    assert answers(engine.snapshot()) == expected
    with engine.writer() as ours:
        ours.commit({})
    assert len(sidecars(tmp_path)) == 1
    assert answers(engine.snapshot()) == expected


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, Snapshot]]:
    """Two snapshots of one index, one by its arrays and one without them."""
    folder = tmp_path_factory.mktemp("both")
    engine = written(folder)
    with closing(engine.snapshot()) as with_arrays:
        for file in sidecars(folder):
            file.unlink()
        with closing(engine.snapshot()) as without:
            yield with_arrays, without


@settings(max_examples=500, suppress_health_check=list(HealthCheck))
@given(request=requests)
def test_every_tree_gives_the_same_without_arrays(both: tuple[Snapshot, Snapshot], request: Request) -> None:
    with_arrays, without = both
    assert with_arrays.search(request) == without.search(request)


numbers = st.lists(st.integers(0, 2**40), max_size=300) | st.lists(st.integers(0, 300), max_size=300)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(arrays=st.dictionaries(st.text("abc/", min_size=1), numbers, max_size=5), cut=st.integers(1, 40))
def test_a_file_gives_back_its_arrays_whole_and_in_part(arrays: dict[str, list[int]], cut: int, tmp_path: Path) -> None:
    file = tmp_path / "numbers.arrays"
    writer = ArrayWriter(file)
    for name, listed in arrays.items():
        whole = np.array(listed, np.int64)
        writer.add(name, smallest_type(max(listed, default=0)), whole)
    writer.finish({"of": "me"})
    opened = ArrayFile(file, {"of": "me"})
    for name, listed in arrays.items():
        assert opened.array(name).tolist() == listed
        assert opened.array(name, cut, cut + 9).tolist() == listed[cut : cut + 9]
    with pytest.raises(ArraysUnusable):
        ArrayFile(file, {"of": "you"})


def test_no_damaged_byte_goes_unnoticed(tmp_path: Path) -> None:
    file = tmp_path / "numbers.arrays"
    writer = ArrayWriter(file)
    writer.add("one", np.dtype("<u2"), np.arange(500))
    writer.add("two", np.dtype("<u1"), np.arange(200))
    writer.finish({})
    sound = file.read_bytes()
    for at in range(len(sound)):
        file.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        try:
            opened = ArrayFile(file, {})
            opened.check()
        except ArraysUnusable:
            continue
        # Between two arrays, where no number stands.
        assert opened.array("one").tolist() == list(range(500))
        assert opened.array("two").tolist() == list(range(200))


def open_files(folder: Path) -> set[str]:
    """Return the files of a folder that this process has open or mapped, removed ones included."""
    links = [os.readlink(link) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    mapped = [line.split(maxsplit=5)[-1].strip() for line in Path("/proc/self/maps").read_text().splitlines()]
    return {file for file in (*links, *mapped) if file.startswith(str(folder))}


@pytest.mark.parametrize("with_arrays", [True, False])
def test_a_closed_snapshot_has_no_file_open(with_arrays: bool, tmp_path: Path) -> None:
    engine = written(tmp_path / "index")
    if not with_arrays:
        for file in sidecars(tmp_path / "index"):
            file.unlink()
    with closing(engine.snapshot()) as snapshot:
        assert snapshot.stored(["d004"]) != [None]
        assert snapshot.count(Phrase("words", ("a", "b")))
        assert open_files(tmp_path)
    assert open_files(tmp_path) == set()
    with engine.writer() as writer:
        writer.add(random_entries(6, 1)[0])
    with engine.writer() as writer:
        writer.delete("d004")
        writer.commit({})
    assert open_files(tmp_path) == set()


def test_a_part_of_a_term_is_no_term(tmp_path: Path) -> None:
    with closing(written(tmp_path).snapshot()) as snapshot:
        terms = {term for term, _ in snapshot.terms("chars")}
        parts = {term[low:high] for term in terms for high in range(len(term) + 1) for low in range(high + 1)}
        assert parts > terms
        assert {part for part in parts if snapshot.count(Term("chars", part))} == terms
