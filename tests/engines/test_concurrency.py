"""Sixteen threads search while a writer commits: no error, and every answer is of one generation."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from indexer.analysis import Analyzer
from indexer.authority import load_authority
from indexer.engines import ENGINES, open_engine
from indexer.engines.base import Request, Snapshot
from indexer.query import And, Everything, Fuzzy, Phrase, Prefix, Query, Term
from search_app import collection
from search_app.collection import Collections

from .entries import make_entry

THREADS, GENERATIONS, DOCUMENTS = 16, 8, 25

QUERIES: tuple[Query, ...] = (
    Everything(),
    Term("words", "prison"),
    Phrase("words", ("the", "prison")),
    And((Term("chars", "the"), Prefix("words", "roun"))),
    Fuzzy("words", "prisom", 1),
)


def contradictions(snapshot: Snapshot) -> list[str]:
    """Ask everything of one snapshot; every document of a generation has the words and values of its round."""
    found = []
    round = str(snapshot.meta["round"])
    for query in QUERIES:
        answer = snapshot.search(Request(query, facets=("topic", "kind"), limit=3))
        if answer.total != DOCUMENTS or answer.facets["topic"] != {round: DOCUMENTS}:
            found.append(f"round {round}: {query} gave {answer.total} and {answer.facets}")
        for record in snapshot.stored([hit.id for hit in answer.hits]):
            if record is None or record["round"] != round:
                found.append(f"round {round}: a record of {record and record['round']}")
    if [term for term, _ in snapshot.terms("words", "round")] != [f"round{round}"]:
        found.append(f"round {round}: terms of another")
    return found


@pytest.mark.parametrize("engine_name", ENGINES)
def test_searches_go_on_while_generations_change(
    engine_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "CHECK_EVERY", 0.0)
    (tmp_path / "authority").mkdir()
    writing = open_engine(engine_name, tmp_path / "index")

    def commit(round: int) -> None:
        with writing.writer() as writer:
            for number in range(DOCUMENTS):
                text = f"the prison of round{round}"
                writer.add(make_entry(f"d{number}", text, topic=[str(round)], stored={"round": str(round)}))
            writer.commit({"round": str(round), "rules": "1"})

    commit(0)
    searching = open_engine(engine_name, tmp_path / "index")
    collections = Collections(searching, load_authority(tmp_path / "authority"), Analyzer(), "1")
    wrong: list[str] = []
    seen: set[int] = set()
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                with collections.lease() as lent:
                    wrong.extend(contradictions(lent.snapshot))
                    seen.add(lent.snapshot.generation)
        except Exception as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=search) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    try:
        for round in range(1, GENERATIONS):
            commit(round)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert len(seen) > 2
    with collections.lease() as lent:
        assert lent.snapshot.meta["round"] == str(GENERATIONS - 1)
    collections.close()
