"""hrsearch and its peers on one collection, side by side in one run.

Every engine has a process of its own; these are asked in turn, a pass over all questions each, so that whatever else
the machine does meets all of them alike.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.agreement import differences
from benchmarks.documents import KINDS, Collection, Found
from benchmarks.peers import MODULES
from benchmarks.reuse import code, contents, made_of

ROOT = Path(__file__).resolve().parents[1]

#: Passes over the questions after the first two.
ROUNDS = 15

#: An engine whose second pass takes longer than this in milliseconds is not asked again.
SLOW_PASS = 6_000


@dataclass(slots=True)
class Measured:
    """What one engine took on one collection.

    ``kinds`` gives p50 and p95 in milliseconds by kind of question and for "all", each question's time being the
    median of its passes; ``cold`` those of one pass after the index files left the page cache.  Megabytes are of 2**20
    bytes.  ``indexing`` gives documents a second by number of processes, None where the engine has no such way;
    ``indexing_cpu`` the seconds that it kept processors busy, which is what a machine with other work can tell.
    """

    indexing: dict[int, float | None] = field(default_factory=dict)
    indexing_cpu: dict[int, float | None] = field(default_factory=dict)
    indexing_peak_mb: float = 0.0
    disk_mb: float = 0.0
    open_ms: float = 0.0
    open_to_first_ms: float = 0.0
    cold: dict[str, tuple[float, float]] = field(default_factory=dict)
    kinds: dict[str, tuple[float, float]] = field(default_factory=dict)
    resident_mb: float = 0.0
    private_mb: float = 0.0
    passages: tuple[float, float] | None = None
    differences: list[str] = field(default_factory=list)


class Process:
    """One engine that is open and waits for commands; see ``benchmarks.peers.__main__``."""

    def __init__(self, python: str, name: str, collection: Collection, folder: Path) -> None:
        self._process = subprocess.Popen(
            [python, "-m", "benchmarks.peers", "serve", name, str(collection.folder), str(folder)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.opened: Mapping[str, float] = self._read()

    def ask(self, command: str) -> Any:
        """Give a command and return its result."""
        assert self._process.stdin is not None
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the engine ended with status {self._process.wait()}")
        return json.loads(line)

    def close(self) -> None:
        """Let the engine go."""
        self._process.communicate()


class Comparison:
    """Runs the engines of ``pythons`` over one collection; their indexes stand in ``folder``."""

    def __init__(self, collection: Collection, folder: Path, pythons: Mapping[str, str]) -> None:
        self._collection = collection
        self._folder = folder
        self._pythons = pythons
        self._contents = contents(collection)
        self.documents = collection.count
        self.questions = collection.questions()
        self.measured = {name: Measured() for name in pythons}

    def build(self, name: str, processes: int, reuse: bool = False) -> None:
        """Index the collection with one engine; ``reuse`` takes what an earlier run built of it, with its figures.

        With several processes the index is built beside, measured and removed.
        """
        folder = self._index(name) if processes == 1 else self._folder / f"{name}-{processes}"
        note = self._folder / f"{name}-{processes}.json"
        stamp = f"{code(['documents.py', f'peers/{MODULES[name]}.py'])} {self._contents}"
        if not (reuse and made_of(note) == stamp):
            note.unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            built = {**json.loads(self._built(name, folder, processes)), "made_of": stamp}
            note.write_text(json.dumps(built), encoding="utf-8")
            if processes > 1:
                shutil.rmtree(folder)
        built = json.loads(note.read_text(encoding="utf-8"))
        measured = self.measured[name]
        rate = built["documents"] / built["seconds"] if built["seconds"] else None
        measured.indexing[processes] = rate and round(rate, 1)
        measured.indexing_cpu[processes] = built.get("cpu_seconds")
        if processes == 1:
            measured.indexing_peak_mb = round(built["peak_mb"], 1)
            sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
            measured.disk_mb = round(sum(sizes) / 2**20, 1)

    def _built(self, name: str, folder: Path, processes: int) -> str:
        command = [self._pythons[name], "-m", "benchmarks.peers", "build", name]
        command += [str(self._collection.folder), str(folder), str(processes)]
        return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout

    def agree(self) -> None:
        """Compare every answer of every peer with ours."""
        answers = {name: list(self._answers(name)) for name in self._pythons}
        for name in self._pythons:
            self.measured[name].differences = differences(self.questions, answers["hrsearch"], answers[name])

    def _answers(self, name: str) -> Iterator[Found]:
        with self._running([name]) as running:
            for row in running[name].ask("answers"):
                yield Found(row["total"], row["ids"], row["facets"])

    def cold(self) -> None:
        """Open each index and ask every question once, its files out of the page cache."""
        for name in self._pythons:
            drop_from_cache(self._index(name))
            with self._running([name]) as running:
                self.measured[name].cold = self._by_kind([running[name].ask("pass")])

    def warm(self, rounds: int = ROUNDS) -> None:
        """Ask every question many times, the engines in turn; then look at memory, then make passages."""
        with self._running(self._pythons) as running:
            passes: dict[str, list[list[float]]] = {}
            for name, process in running.items():
                self.measured[name].open_ms = round(process.opened["open_ms"], 2)
                self.measured[name].open_to_first_ms = round(process.opened["open_to_first_ms"], 2)
                process.ask("pass")
                passes[name] = [process.ask("pass")]
            for _ in range(rounds):
                for name, process in running.items():
                    if sum(passes[name][0]) < SLOW_PASS:
                        passes[name].append(process.ask("pass"))
            for name, process in running.items():
                measured = self.measured[name]
                measured.kinds = self._by_kind(passes[name])
                measured.resident_mb, measured.private_mb = (round(size, 1) for size in process.ask("memory"))
            for _ in range(3):
                for name, process in running.items():
                    times = process.ask("passages")
                    if times:
                        before = self.measured[name].passages or (float("inf"), float("inf"))
                        self.measured[name].passages = min(before, (percentile(times, 50), percentile(times, 95)))

    def _by_kind(self, passes: Sequence[Sequence[float]]) -> dict[str, tuple[float, float]]:
        typical = [statistics.median(times) for times in zip(*passes, strict=True)]
        by_kind = {
            kind: [time for time, asked in zip(typical, self.questions, strict=True) if asked.kind == kind]
            for kind in KINDS
        }
        return {
            kind: (percentile(times, 50), percentile(times, 95)) for kind, times in {**by_kind, "all": typical}.items()
        }

    @contextmanager
    def _running(self, names: Sequence[str] | Mapping[str, str]) -> Iterator[dict[str, Process]]:
        with ExitStack() as stack:
            running = {}
            for name in names:
                running[name] = Process(self._pythons[name], name, self._collection, self._index(name))
                stack.callback(running[name].close)
            yield running

    def _index(self, name: str) -> Path:
        return self._folder / name


def percentile(times: Sequence[float], share: int) -> float:
    """Return the least time that ``share`` percent of ``times`` do not exceed."""
    ordered = sorted(times)
    return round(ordered[max(0, -(-len(ordered) * share // 100) - 1)], 3)


def drop_from_cache(folder: Path) -> None:
    """Ask Linux to forget the pages of every file in a folder."""
    for file in folder.rglob("*"):
        if file.is_file():
            descriptor = os.open(file, os.O_RDONLY)
            try:
                os.fsync(descriptor)  # a page that waits to be written is not forgotten
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(descriptor)
