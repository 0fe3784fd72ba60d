"""A search takes the records that its index was made with, as long as the authority files are those of then."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.authority import compiled
from indexer.engines import open_engine
from indexer.engines.base import Engine
from indexer.pipeline.rules import load_rules
from indexer.pipeline.run import Options
from indexer.pipeline.update import update

PERSON = """
[[person]]
id = "lin-aiping"
names = { en = ["Lin Aiping"], zh-Hans = ["林爱萍"] }
source = ["https://example.org/lin"]
"""


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    folder = tmp_path / "authority"
    folder.mkdir()
    (folder / "persons.toml").write_text(PERSON, encoding="utf-8")
    return folder


@pytest.fixture
def engine(tmp_path: Path, authority: Path) -> Engine:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "one.txt").write_text("Lin Aiping went to the harbour.\n", encoding="utf-8")
    engine = open_engine("whoosh", tmp_path / "index")
    update(engine, authority, [tmp_path / "documents"], options=Options(processes=1))
    return engine


def test_records_come_from_the_index_while_the_files_are_the_same(
    engine: Engine, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_files = load_rules(authority)
    monkeypatch.delattr(compiled, "load_authority")
    from_index = load_rules(authority, made=engine.meta())
    assert list(from_index.authority) == list(from_files.authority)
    assert from_index.version == from_files.version


def test_changed_files_are_read(engine: Engine, authority: Path) -> None:
    changed = PERSON.replace("Lin Aiping", "Lin Ai-ping")
    (authority / "persons.toml").write_text(changed, encoding="utf-8")
    (record,) = load_rules(authority, made=engine.meta()).authority
    assert record.names["en"] == ("Lin Ai-ping",)


def test_records_that_cannot_be_used_are_read_from_the_files(engine: Engine, authority: Path) -> None:
    made = {**engine.meta(), "records": [["lin-aiping"]]}
    assert [record.id for record in load_rules(authority, made=made).authority] == ["lin-aiping"]
