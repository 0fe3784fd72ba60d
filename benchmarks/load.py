"""``python -m benchmarks.load [CLIENTS SECONDS]``: many readers while documents are being indexed.

Every answer is checked.  Documents are numbered and come in their order, so the number of documents that an answer was
given from says which these were, and with it the right total and the right counts of every query.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import count, cycle
from pathlib import Path
from typing import Any

from benchmarks.comparison import percentile
from benchmarks.running import PATIENCE, Client, Reply, hrsearch, served
from search_app.collection import CHECK_EVERY

#: Documents at the beginning, and in each file that is added while readers search.
FIRST, ADDED = 2_000, 20

#: What each query finds, as a rule on the number of a document.
QUERIES: dict[str, Callable[[int], bool]] = {
    "harbour": lambda number: True,
    "harbour AND orchard": lambda number: number % 2 == 0,
    "lantern OR quarry": lambda number: number % 3 == 0 or number % 5 == 0,
    '"stone bridge"': lambda number: number % 7 == 0,
    "港口": lambda number: number % 2 == 1,
    "harbour -lantern": lambda number: number % 3 != 0,
    "石橋": lambda number: number % 7 == 0,
}

#: The year that every query is narrowed to.
CHOSEN = "2005"

#: Words of a document besides those: as long as a short report.
FILLING = 150

#: Errors of a kind that are told in full.
TOLD = 5

#: Every so many requests of a reader one is for the page and not for the JSON.
PAGE_EVERY = 3


@dataclass(slots=True)
class Load:
    """What the readers saw: requests, generations that answered, statuses and counts that were wrong, milliseconds.

    ``told`` says of the first few errors what they were.
    """

    clients: int
    seconds: float
    requests: int = 0
    generations: int = 0
    documents_at_the_end: int = 0
    errors: int = 0
    wrong: int = 0
    told: list[str] = field(default_factory=list)
    p50_ms: float = 0.0
    p95_ms: float = 0.0
    slowest_ms: float = 0.0


def main(arguments: Sequence[str]) -> int:
    """Run the load and print what came of it."""
    clients, seconds = int(arguments[0]), float(arguments[1])
    with tempfile.TemporaryDirectory() as folder:
        load = load_while_indexing(Path(folder), clients, seconds)
    print(json.dumps(asdict(load), indent=1))
    return int(bool(load.errors or load.wrong))


def load_while_indexing(folder: Path, clients: int, seconds: float, first: int = FIRST, additions: int = 1) -> Load:
    """Serve ``first`` documents from a folder to ``clients`` readers while more are indexed.

    Goes on for so many seconds, and until documents were added ``additions`` times and readers could see them.
    """
    documents, index = folder / "documents", folder / "index"
    documents.mkdir(parents=True)
    _write(documents / "first.jsonl", range(first))
    hrsearch(index, "index", str(documents))
    load = Load(clients, seconds)
    with served(index) as port, ThreadPoolExecutor(clients + 1) as pool:
        ended, added = threading.Event(), threading.Semaphore(0)
        adding = pool.submit(_add, documents, index, first, ended, added)
        readers = [pool.submit(_read, port, number, ended) for number in range(clients)]
        time.sleep(seconds)
        for _ in range(additions):
            added.acquire(timeout=PATIENCE)
        _wait_until_seen(port, first + additions * ADDED)
        ended.set()
        load.documents_at_the_end = adding.result()
        rows = [row for reader in readers for row in reader.result()]
    _judge(load, rows)
    return load


def _judge(load: Load, rows: Sequence[tuple[Reply, dict[str, Any], str]]) -> None:
    """Count what was wrong in the replies, and how long they took."""
    errors = [f"{query}: status {reply.status}" for reply, _, query in rows if reply.status != 200]
    wrong = [line for _, found, query in rows if found for line in _wrong(query, found)]
    load.errors, load.wrong, load.told = len(errors), len(wrong), [*errors[:TOLD], *wrong[:TOLD]]
    times = [reply.whole_ms for reply, _, _ in rows]
    load.requests = len(rows)
    load.generations = len({found["index"]["generation"] for _, found, _ in rows if found})
    load.p50_ms, load.p95_ms = percentile(times, 50), percentile(times, 95)
    load.slowest_ms = round(max(times), 3)


def _add(documents: Path, index: Path, first: int, ended: threading.Event, added: threading.Semaphore) -> int:
    """Add documents, a file at a time, until the readers have ended; return how many there are then."""
    for number in count():
        if ended.is_set():
            return first + number * ADDED
        start = first + number * ADDED
        _write(documents / f"added-{number}.jsonl", range(start, start + ADDED))
        hrsearch(index, "index")
        added.release()
    raise AssertionError("unreachable")


def _wait_until_seen(port: int, documents: int) -> None:
    """Wait until the server shows so many documents, and long enough for every reader to have seen them."""
    client = Client(port)
    until = time.monotonic() + PATIENCE
    while client.search({"q": ""})[1]["index"]["documents"] < documents and time.monotonic() < until:
        time.sleep(CHECK_EVERY / 4)
    client.close()
    time.sleep(CHECK_EVERY)


def _read(port: int, number: int, ended: threading.Event) -> list[tuple[Reply, dict[str, Any], str]]:
    """Ask one query after another until the end; each reader begins with another one."""
    client, seen = Client(port), []
    queries = cycle([*QUERIES][number % len(QUERIES) :] + [*QUERIES][: number % len(QUERIES)])
    for turn, query in enumerate(queries):
        if ended.is_set():
            break
        values = {"q": query, "year": CHOSEN, "kind": "source"}
        if turn % PAGE_EVERY:
            seen.append((*client.search(values), query))
        else:
            seen.append((client.get("/search", values), {}, query))
    client.close()
    return seen


def _wrong(query: str, found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is not as the documents have it, of which the first so many were there."""
    documents = found["index"]["documents"]
    total, years = expected(query, documents)
    shown = {row["value"]: row["count"] for row in found["facets"]["year"] if row["count"]}
    if (found["total"], shown) != (total, years):
        yield f"{query} among {documents}: {found['total']} and {shown}, not {total} and {years}"


@cache
def expected(query: str, documents: int) -> tuple[int, dict[str, int]]:
    """Return the total and the counts of years of a query among the first so many documents.

    Of the years one is chosen, which narrows the total and not the counts.
    """
    years = Counter(_year(number) for number in range(documents) if QUERIES[query](number))
    return years[CHOSEN], dict(years)


def _write(file: Path, numbers: range) -> None:
    lines = [json.dumps(_row(number), ensure_ascii=False) + "\n" for number in numbers]
    file.write_text("".join(lines), encoding="utf-8")


def _row(number: int) -> dict[str, str]:
    """Return one invented document; its words follow from its number alone."""
    words = [f"w{(number * 31 + step * step) % 5000}" for step in range(FILLING)]
    words[::10] = ["The harbour was quiet on that day"] * len(words[::10])
    for step, divisor, found in ((1, 2, "orchard"), (2, 3, "lantern"), (3, 5, "quarry"), (4, 7, "stone bridge, 石桥")):
        if number % divisor == 0:
            words[step] = found
    if number % 2:
        words[5] = "港口"
    return {
        "id": f"load-{number}", "title": f"Report {number}", "text": " ".join(words) + ".",
        "date": f"{_year(number)}-05-06", "kind": "source",
    }  # fmt: skip


def _year(number: int) -> str:
    return str(2000 + number % 20)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["32", "60"]))
