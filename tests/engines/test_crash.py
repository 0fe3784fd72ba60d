"""A writer killed at any moment leaves the generation of before readable, and the next one heals what it left."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.engines import ENGINES, open_engine
from indexer.engines.base import Snapshot
from indexer.pipeline.run import Options
from indexer.pipeline.update import update
from indexer.query import Everything, Phrase, Term

DOCUMENTS = 40

#: Replaces every document by one that names its round, round after round, until it is killed.
WRITER = """
import sys
from pathlib import Path
from engines.entries import make_entry
from indexer.engines import open_engine

engine = open_engine(sys.argv[1], Path(sys.argv[2]))
round = engine.generation()
print("begun", flush=True)
while True:
    round += 1
    with engine.writer(fresh=round % 5 == 0) as writer:
        for number in range(int(sys.argv[3])):
            writer.add(make_entry(f"d{number}", f"in round{round} the prison " * 20, stored={"round": round}))
        writer.commit({"round": round})
"""

INDEXER = """
import sys
from pathlib import Path
from indexer.engines import open_engine
from indexer.pipeline.run import Options
from indexer.pipeline.update import update

print("begun", flush=True)
folder = Path(sys.argv[2])
engine = open_engine(sys.argv[1], folder / "index")
update(engine, folder / "authority", [folder / "documents"], (), Options(processes=1))
"""


def killed_after(seconds: float, program: str, *arguments: object) -> None:
    """Run a program and end it with SIGKILL so long after it began."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def assert_whole(snapshot: Snapshot) -> None:
    """Every document is there, and all are of the generation's own round."""
    round = snapshot.meta["round"]
    assert snapshot.documents == snapshot.count(Everything()) == DOCUMENTS
    assert snapshot.count(Term("words", f"round{round}")) == DOCUMENTS
    assert snapshot.count(Phrase("words", ("the", "prison", "in"))) == DOCUMENTS
    records = snapshot.stored([f"d{number}" for number in range(DOCUMENTS)])
    assert {record and record["round"] for record in records} == {round}


@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_killed_writer_leaves_a_whole_generation(engine_name: str, tmp_path: Path) -> None:
    chance = random.Random()
    engine = open_engine(engine_name, tmp_path / "index")
    generation, kills, patience = 0, 0, 0.4
    while kills < 5:
        killed_after(chance.uniform(patience / 3, patience), WRITER, engine_name, tmp_path / "index", DOCUMENTS)
        snapshot = engine.snapshot()
        assert snapshot.generation >= generation
        generation = snapshot.generation
        if generation:
            kills += 1
            assert_whole(snapshot)
        else:
            patience *= 2  # a busy machine
            assert patience < 60
        snapshot.close()
    with engine.writer() as writer:
        writer.commit({"round": engine.snapshot().meta["round"]})
    assert_whole(engine.snapshot())
    in_use = len(list((tmp_path / "index").iterdir()))
    with engine.writer() as writer:
        writer.commit({"round": engine.snapshot().meta["round"]})
    assert len(list((tmp_path / "index").iterdir())) <= in_use + 1, "what killed writers left is not removed"


def test_a_killed_run_is_made_good_by_the_next(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (tmp_path / "authority").mkdir()
    engine = open_engine("whoosh", tmp_path / "index")
    for number in range(30):
        text = f"Hearing {number}\n\n" + f"The court heard witness {number} of the harbour works. " * 40
        (documents / f"{number}.md").write_text(f"---\ntitle: Hearing {number}\n---\n{text}", encoding="utf-8")

    for seconds in (0.3, 0.6):
        killed_after(seconds, INDEXER, "whoosh", tmp_path)
        if engine.exists():
            assert engine.snapshot().documents in (0, 30)

    update(engine, tmp_path / "authority", [documents], (), Options(processes=1))
    snapshot = engine.snapshot()
    assert snapshot.documents == 30
    assert snapshot.count(Term("chars", "harbour")) == 30
