"""``python -m benchmarks.extraction``: how many megabytes of text a second become records, on one core.

Language, entities, dates and cases of the shared collections, which are kept outside the repository; the authority
files are loaded and every word list has been used once before time is taken.  The time is that of the process, best of
three runs.  A document repeated one to twenty times shows whether the time grows with the length alone.
Writes ``benchmarks/results/extraction.json``.
"""

from __future__ import annotations

import gzip
import json
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from indexer.authority import Authority, load_authority
from indexer.extract.document import extract
from indexer.language import detect
from indexer.model import Document
from indexer.readers import read
from indexer.split import split

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / "benchmarks" / "results" / "extraction.json"

#: The collections, and of how many documents each one is taken.
COLLECTIONS = {"ungdc-3000": 60, "upr_reports_dev": 4, "hr_zh_dev": 2, "prc_laws": 120}
#: A text is repeated so many times to see how the time grows.
REPEATED = (1, 2, 4, 8, 20)
RUNS = 3


@dataclass(frozen=True, slots=True)
class Speed:
    """One collection: megabytes of UTF-8, and megabytes a second of the language alone and of the whole record."""

    documents: int
    megabytes: float
    language: float
    record: float


def main() -> int:
    """Measure, print and write the figures; 1 where ``../shared`` is absent."""
    if not SHARED.is_dir():
        print(f"{SHARED} is absent: nothing to measure", file=sys.stderr)
        return 1
    authority = load_authority(ROOT / "corpus" / "authority")
    collections = {"seeds": list(_seeds()), **{name: list(_rows(name, step)) for name, step in COLLECTIONS.items()}}
    for documents in collections.values():
        _records(documents[:10], authority)
    speeds = {name: _speed(documents, authority) for name, documents in collections.items()}
    growth = {name: _growth(collections[name][0], authority) for name in ("ungdc-3000", "hr_zh_dev")}
    print(f"{'collection':<18}{'documents':>10}{'MB':>8}{'language':>10}{'record':>8}   MB a second")
    for name, s in speeds.items():
        print(f"{name:<18}{s.documents:>10}{s.megabytes:>8.2f}{s.language:>10.2f}{s.record:>8.2f}")
    for name, seconds in growth.items():
        taken = ", ".join(f"{t:.2f} s" for t in seconds)
        print(f"{name}: a text {', '.join(map(str, REPEATED))} times long takes {taken}")
    written = {
        "machine": f"{platform.processor() or platform.machine()}, Python {platform.python_version()}",
        "speeds": {name: asdict(s) for name, s in speeds.items()},
        "growth": {"times": REPEATED, **growth},
    }
    RESULTS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0


def _speed(documents: Sequence[Document], authority: Authority) -> Speed:
    size = sum(len(f"{d.title}{d.text}".encode()) for d in documents) / 1e6
    language = _seconds(lambda: [detect(d.title, d.text) for d in documents])
    record = _seconds(lambda: _records(documents, authority))
    return Speed(len(documents), round(size, 3), round(size / language, 3), round(size / record, 3))


def _growth(document: Document, authority: Authority) -> list[float]:
    """Return the seconds for the text repeated as often as ``REPEATED`` says."""
    longer = [[replace(document, text="\n".join([document.text] * times))] for times in REPEATED]
    return [round(_seconds(partial(_records, one, authority)), 4) for one in longer]


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds of the fastest of ``RUNS`` runs."""
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def _records(documents: Sequence[Document], authority: Authority) -> None:
    for document in documents:
        extract(document, detect(document.title, document.text).passages, authority)


def _seeds() -> Iterator[Document]:
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        for page in read(path, SHARED / "seeds", _fail):
            yield from split(page)


def _rows(name: str, step: int) -> Iterator[Document]:
    with gzip.open(SHARED / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            if number % step == 0:
                yield Document(name, "", 1, row["title"], row["text"], date=row.get("date"), id=row["id"])


def _fail(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    sys.exit(main())
