"""``python -m benchmarks.indexing``: how fast and in how much memory a large collection is indexed.

Indexes 6,475 long documents (3,475 Chinese laws and 3,000 English speeches, kept outside the repository) twice: the
first quarter, then all of them, each in a process of its own.  What must hold is a ratio: the memory of the whole
must not be that of the quarter times the number of documents.  Writes ``benchmarks/results/indexing.json``.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.memory import descendants, memory

ROOT = Path(__file__).resolve().parents[1]
COLLECTIONS = ("prc_laws.jsonl.gz", "ungdc-3000.jsonl.gz")
RESULTS = ROOT / "benchmarks" / "results" / "indexing.json"

#: Seconds between two looks at the memory of the process tree.
LOOK_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: documents, characters of text, seconds, peak memory of all processes in MB, index size in MB."""

    documents: int
    characters: int
    processes: int
    seconds: float
    documents_per_second: float
    peak_rss_mb: float
    peak_private_mb: float
    index_mb: float


def main() -> int:
    """Run both sizes and print them."""
    source = ROOT.parent / "shared" / "data"
    if not source.is_dir():
        print(f"{source} is not there: the collections for measuring are kept outside the repository")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        quarter = _measure(_share(source, Path(folder) / "quarter", 4), Path(folder) / "index-quarter")
        print(_line("a quarter", quarter), flush=True)
        whole = _measure(_share(source, Path(folder) / "whole", 1), Path(folder) / "index-whole")
        print(_line("the whole", whole), flush=True)
    ratio = whole.peak_private_mb / quarter.peak_private_mb
    print(f"four times the documents took {ratio:.2f} times the memory")
    RESULTS.parent.mkdir(exist_ok=True)
    plain = {"quarter": asdict(quarter), "whole": asdict(whole), "memory_ratio": round(ratio, 3)}
    RESULTS.write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")
    return 0


def _share(source: Path, folder: Path, divisor: int) -> Path:
    """Write every ``divisor``-th row of the collections to a folder."""
    folder.mkdir()
    for name in COLLECTIONS:
        with gzip.open(source / name, "rb") as rows, gzip.open(folder / name, "wb", compresslevel=1) as kept:
            kept.writelines(row for number, row in enumerate(rows) if number % divisor == 0)
    return folder


def _measure(folder: Path, index: Path) -> Measured:
    environment = {**os.environ, "HRSEARCH_INDEX_FOLDER": str(index)}
    command = [sys.executable, "-m", "search_app.cli", "index", "--json", str(folder)]
    begun = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        peaks = _Peaks(run.pid)
        printed, _ = run.communicate()
        rss, private = peaks.stop()
    seconds = time.perf_counter() - begun
    summary = json.loads(printed)
    size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    return Measured(
        documents=summary["documents"],
        characters=_characters(folder),
        processes=len(os.sched_getaffinity(0)),
        seconds=round(seconds, 1),
        documents_per_second=round(summary["documents"] / seconds, 1),
        peak_rss_mb=round(rss, 1),
        peak_private_mb=round(private, 1),
        index_mb=round(size / 2**20, 1),
    )


class _Peaks:
    """Watches the memory of a process and its children until it is stopped."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._rss = self._private = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> tuple[float, float]:
        """Return the peaks of resident and private memory of the whole tree, in MB."""
        self._stopped.set()
        self._thread.join()
        return self._rss, self._private

    def _watch(self) -> None:
        while not self._stopped.wait(LOOK_EVERY):
            rss = private = 0.0
            for process in descendants(self._process):
                resident, unshared = memory(process)
                rss += resident
                private += unshared
            self._rss, self._private = max(self._rss, rss), max(self._private, private)


def _characters(folder: Path) -> int:
    total = 0
    for file in folder.iterdir():
        with gzip.open(file, "rt", encoding="utf-8") as rows:
            total += sum(len(json.loads(row)["text"]) for row in rows)
    return total


def _line(name: str, measured: Measured) -> str:
    fields: Sequence[str] = [f"{key} {value}" for key, value in asdict(measured).items()]
    return f"{name}: " + ", ".join(fields)


if __name__ == "__main__":
    sys.exit(main())
