"""An index whose fields are those of an older version is made anew with the fields of today."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh.fields import ID, Schema
from whoosh.index import create_in

from indexer.engines import open_engine
from indexer.errors import IndexOutdated
from indexer.query import Term

from .entries import make_entry


def test_a_fresh_transaction_has_the_fields_of_today(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir(mode=0o700)
    create_in(str(folder), Schema(id=ID(stored=True)))
    engine = open_engine("whoosh", folder)
    with pytest.raises(IndexOutdated):
        engine.snapshot()
    with engine.writer(fresh=True) as writer:
        writer.add(make_entry("note-1", text="a prison", person=["li"]))
        writer.commit({})
    snapshot = engine.snapshot()
    assert snapshot.count(Term("words", "prison")) == 1
    assert snapshot.count(Term("person", "li")) == 1
    snapshot.close()
