"""How long does a command take from nothing: its help, and a search of the collection that ships?"""

from __future__ import annotations

import statistics
import subprocess
import time
from pathlib import Path

from benchmarks.comparison import drop_from_cache
from benchmarks.running import ROOT, command, environment, hrsearch

#: Runs of each, of which the median is told.
RUNS = 5

#: One word in each language: a person's name would be found by other names too, which costs no start.
QUERIES = ("torture", "酷刑")


def start_seconds(folder: Path) -> tuple[float, float]:
    """Return the seconds of ``hrsearch --help`` and of a search, each in a process of its own.

    The files of the index leave the page cache before each search; Python and its packages stay, as on any machine
    that has been used today.
    """
    index = folder / "index"
    hrsearch(index, "index", str(ROOT / "corpus" / "documents"))
    searches = []
    for _ in range(RUNS):
        for query in QUERIES:
            drop_from_cache(index)
            searches.append(_seconds(index, "search", query))
    return statistics.median(_seconds(index, "--help") for _ in range(RUNS)), statistics.median(searches)


def _seconds(index: Path, *arguments: str) -> float:
    begun = time.perf_counter()
    subprocess.run(command(*arguments), cwd=ROOT, env=environment(index), capture_output=True, check=True)
    return round(time.perf_counter() - begun, 3)
