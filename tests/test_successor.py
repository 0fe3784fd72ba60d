"""whoosh3 can take the place of Whoosh without a new index: each opens what the other wrote.

The tests of the engine themselves run on both (``make test``); the second environment is made there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SUCCESSOR = ROOT / ".venv-whoosh3" / "bin" / "python"

if not SUCCESSOR.exists() and not os.environ.get("CI"):
    pytest.skip(".venv-whoosh3 is not there; make test makes it", allow_module_level=True)

WRITE = """
import sys
from pathlib import Path
from engines.entries import make_entry
from indexer.engines import open_engine

with open_engine("whoosh", Path(sys.argv[1])).writer() as writer:
    for number in range(200):
        writer.add(make_entry(f"d{number}", "the bridge " * (number % 5) + "harbour", person=["lin-aiping"]))
    writer.commit({"note": "kept"})
"""

READ = """
import sys
from pathlib import Path
from indexer.engines import open_engine
from indexer.engines.base import Request
from indexer.query import Phrase, Term

snapshot = open_engine("whoosh", Path(sys.argv[1])).snapshot()
for query in (Term("words", "bridge"), Phrase("words", ("bridge", "harbour"))):
    print(snapshot.search(Request(query, facets=("person",))))
print(snapshot.documents, dict(snapshot.meta))
"""

WHICH = "import whoosh; print(whoosh.__version__[0], whoosh.__file__)"


def run(python: Path | str, code: str, *arguments: str) -> str:
    """Return what a program prints under one of the two environments."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    done = subprocess.run(
        [python, "-c", code, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_second_environment_has_the_successor_and_nothing_else_of_its_own() -> None:
    version, file = run(SUCCESSOR, WHICH).split()
    assert (version, Path(file).is_relative_to(ROOT / ".venv-whoosh3")) == ("3", True)
    assert run(SUCCESSOR, "import numpy; print(numpy.__file__)") == run(
        sys.executable, "import numpy; print(numpy.__file__)"
    )


@pytest.mark.parametrize(("writes", "reads"), [(sys.executable, SUCCESSOR), (SUCCESSOR, sys.executable)])
def test_each_opens_what_the_other_wrote(writes: Path | str, reads: Path | str, tmp_path: Path) -> None:
    run(writes, WRITE, str(tmp_path))
    found = run(reads, READ, str(tmp_path))
    assert found == run(writes, READ, str(tmp_path))
    assert found.splitlines()[-1].startswith("200 {'note': 'kept'")
