"""The change from one generation to the next: seen soon, without a pause, and never for a worse one."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.analysis.segment import Segmenter
from indexer.engines import open_engine
from indexer.engines.base import Snapshot
from indexer.errors import IndexFault, IndexOutdated
from indexer.pipeline.run import Options
from indexer.pipeline.update import update
from search_app.application import running
from search_app.collection import CHECK_EVERY, Collection
from search_app.request import Parameters
from search_app.service import Service

from .collection import build, write_authority, write_documents

ONE = {"one": ("One", "2020-01-01", "The ferry was late.")}
TWO = {**ONE, "two": ("Two", "2021-01-01", "The ferry was early.")}


class Library:
    """A collection that grows while a service has it open; ``later`` moves the service's clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = build(folder, ONE)
        self.service = Service.open(self.settings)
        self._now = 0.0
        self.service._collections._now = lambda: self._now
        self.later()

    def later(self, seconds: float = CHECK_EVERY) -> None:
        self._now += seconds

    def index(self) -> None:
        engine = open_engine("whoosh", self.folder / "index")
        update(engine, self.folder / "authority", (), (), Options(processes=1, allow_removals=True))

    def found(self) -> list[str]:
        return self.service.ids(Parameters(q="ferry", sort="date"))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def test_a_new_generation_is_seen_at_the_next_look(library: Library) -> None:
    assert library.found() == ["one"]
    write_documents(library.folder / "documents", TWO)
    library.index()
    assert library.found() == ["one"], "looked again too soon"
    library.later()
    assert library.found() == ["one", "two"]
    (library.folder / "documents" / "one.md").unlink()
    library.index()
    library.later()
    assert library.found() == ["two"]


def test_an_unchanged_index_is_not_opened_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> Snapshot:
        raise AssertionError("opened again")

    monkeypatch.setattr(library.service._collections._engine, "snapshot", never)
    for _ in range(3):
        library.later()
        assert library.found() == ["one"]


def lose(folder: Path) -> None:
    shutil.rmtree(folder / "index")


def damage(folder: Path) -> None:
    table = max((folder / "index").glob("*.toc"))
    table.with_name(table.name.replace("_1.", "_2.")).write_bytes(b"\x00no table of contents")


def other_rules(folder: Path) -> None:
    write_authority(folder / "authority", {"persons.toml": ""})
    update(open_engine("whoosh", folder / "index"), folder / "authority", (), (), Options(processes=1))


@pytest.mark.parametrize("mishap", [lose, damage, other_rules])
def test_what_cannot_be_searched_does_not_take_the_place_of_what_can(
    library: Library, mishap: Callable[[Path], None]
) -> None:
    mishap(library.folder)
    for _ in range(2):
        library.later()
        assert library.found() == ["one"]
    with pytest.raises(IndexFault):
        Service.open(library.settings.replaced(corpus_authority=str(library.folder / "none")))


def test_an_index_of_other_rules_is_refused_with_the_command_to_run(library: Library) -> None:
    write_authority(library.folder / "authority", {"persons.toml": ""})
    with pytest.raises(IndexOutdated, match="hrsearch index"):
        Service.open(library.settings)


def test_an_old_generation_is_closed_when_its_last_search_has_ended(library: Library) -> None:
    with library.service.collection() as older:
        write_documents(library.folder / "documents", TWO)
        library.index()
        library.later()
        assert library.found() == ["one", "two"]
        assert older.snapshot.stored(["one"])[0] is not None, "closed while somebody searched it"
    assert not older.enter(), "nobody can begin a search in a generation that was closed"


def test_every_generation_is_prepared_beside_the_searches(library: Library) -> None:
    prepared: list[int] = []
    done = threading.Event()

    def make(collection: Collection) -> None:
        prepared.append(collection.snapshot.generation)
        done.set()

    library.service.prepare(make)
    assert done.wait(30)
    done.clear()
    write_documents(library.folder / "documents", TWO)
    library.index()
    library.later()
    assert library.found() == ["one", "two"]
    assert done.wait(30)
    assert prepared == [1, 2]


def test_the_first_chinese_query_waits_for_no_dictionary(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = threading.Event()
    load = Segmenter._load

    def noting(segmenter: Segmenter) -> object:
        made = load(segmenter)
        loaded.set()
        return made

    monkeypatch.setattr(Segmenter, "_load", noting)
    with running(library.settings):
        assert loaded.wait(60)


def test_what_cannot_be_prepared_stops_no_search(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()

    def make(collection: Collection) -> None:
        done.set()
        raise OSError("/somewhere/with a name")

    library.service.prepare(make)
    assert done.wait(30)
    assert library.found() == ["one"]
    assert "a name" not in caplog.text


def test_a_thing_is_made_once_a_generation_and_again_after_a_failure(library: Library) -> None:
    made: list[str] = []

    def make(collection: Collection, language: str) -> int:
        made.append(language)
        if len(made) == 1:
            raise OSError("the first time")
        return len(made)

    with library.service.collection() as collection:
        with pytest.raises(OSError, match="first time"):
            collection.once(make, "en")
        assert [collection.once(make, "en"), collection.once(make, "en"), collection.once(make, "zh")] == [2, 2, 3]
