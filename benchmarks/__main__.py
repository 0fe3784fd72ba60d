"""``make bench``: hrsearch beside its peers, and the product as a user meets it, in one table.

    python -m benchmarks [--short] [--sizes 10000,100000] [--peers tantivy,fts5] [--reuse | --prepare] [--folder FOLDER]

``--short`` compares answers alone, on 1,000 invented documents, and holds no times.  ``--reuse`` takes the collections
and the indexes of slow peers that an earlier run left in the folder, where the same code made them; ours and tantivy's,
whose indexing is compared, are always built anew.  ``--prepare`` makes what ``--reuse`` takes, and measures nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from subprocess import CalledProcessError

from benchmarks import real, synthetic
from benchmarks.comparison import Comparison, Measured
from benchmarks.documents import Collection
from benchmarks.environment import ROOT, pythons
from benchmarks.load import Load, load_while_indexing
from benchmarks.peers import NAMES, TITLES
from benchmarks.product import Product, product
from benchmarks.reuse import MADE_BY, code, made_by
from benchmarks.running import hrsearch
from benchmarks.start import start_seconds
from benchmarks.table import Row, engine_rows, engine_table, printed, user_rows
from indexer.analysis import Analyzer

SHORT = 1_000

#: Real documents there are no more of.
REAL = 10_000

#: Engines that are built in every run, on one process and on two, because the time of indexing is a target.
ANEW = ("hrsearch", "tantivy")

#: Of what each kind of collection is made, besides the analyzer.
MADE_OF = {
    "synthetic": ("documents.py", "questions.py", "synthetic.py"),
    "real": ("documents.py", "questions.py", "synthetic.py", "real.py"),
}

#: Readers at once, and for how long.
CLIENTS, LOAD_SECONDS = 32, 60

RESULTS = ROOT / "benchmarks" / "results" / "comparison.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; the status is 1 where engines differ."""
    options = _options(arguments)
    found, absent = pythons([name for name in NAMES if name in ("hrsearch", *options.peers.split(","))])
    for name, reason in absent.items():
        print(f"{TITLES[name]} is left out: {reason}", flush=True)
    if options.short:
        return _short(options.folder, found)
    if options.prepare:
        return _prepare(options, found)
    measured = {}
    for size in map(int, options.sizes.split(",")):
        measured[f"synthetic-{size}"] = _measured(options, "synthetic", size, found)
    if real.SHARED.is_dir():
        measured[f"real-{REAL}"] = _measured(options, "real", REAL, found)
    else:
        print("../shared is absent: no real documents")
    # The largest of the invented collections is what the targets are about.
    largest = f"synthetic-{options.sizes.split(',')[-1]}"
    rows = engine_rows(measured[largest])
    _write(rows, largest, measured, absent, {})
    user = _user(options.folder / "product", options.reuse)
    rows |= user_rows(*user)
    print(f"\nTargets; engines on {largest}")
    print("\n".join(printed(rows)))
    _write(rows, largest, measured, absent, {"load": asdict(user[1]), "product": user[2] and asdict(user[2])})
    differ = any(one.differences for engines in measured.values() for one in engines.values())
    return int(differ or user[1].errors > 0 or user[1].wrong > 0)


def _user(folder: Path, reuse: bool) -> tuple[tuple[float, float], Load, Product | None]:
    """Measure what a user meets: starting a command, many readers at once, and real text."""
    with tempfile.TemporaryDirectory() as temporary:
        start = start_seconds(Path(temporary) / "start")
        load = load_while_indexing(Path(temporary) / "load", CLIENTS, LOAD_SECONDS)
    _tell(f"{load.clients} readers for {load.seconds:g} s: {load.requests} requests, p50 {load.p50_ms} ms, p95 "
          f"{load.p95_ms} ms, {load.generations} generations, {load.errors} errors, {load.wrong} wrong counts",
          )  # fmt: skip
    measured = product(folder, reuse and _readable(folder / "index")) if real.SHARED.is_dir() else None
    _tell("the product was measured on real text")
    return start, load, measured


def _readable(index: Path) -> bool:
    """Whether this version searches an index that an earlier run made."""
    try:
        hrsearch(index, "search", "court")
    except CalledProcessError:
        return False
    return True


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--short", action="store_true", help="compare answers on few documents, take no times")
    parser.add_argument("--sizes", default="10000,100000", help="numbers of invented documents")
    parser.add_argument("--peers", default=",".join(NAMES[1:]), help="which of the peers to compare with")
    parser.add_argument("--reuse", action="store_true", help="take collections and indexes of peers of a run before")
    parser.add_argument("--prepare", action="store_true", help="make what --reuse takes, measure nothing")
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench", help="where collections and indexes stand")
    return parser.parse_args(arguments)


def _short(folder: Path, found: Mapping[str, str]) -> int:
    """Compare answers alone and print what differs."""
    comparison = Comparison(_collection(folder, "synthetic", SHORT, False), folder / "indexes" / "short", found)
    for name in found:
        comparison.build(name, 1)
    comparison.agree()
    wrong = 0
    for name, one in comparison.measured.items():
        wrong += len(one.differences)
        print(f"{TITLES[name]}: {len(comparison.questions)} questions, {len(one.differences)} differences", flush=True)
        print("".join(f"  {difference}\n" for difference in one.differences), end="")
    return int(wrong > 0)


def _measured(options: argparse.Namespace, kind: str, count: int, found: Mapping[str, str]) -> dict[str, Measured]:
    """Measure every engine on one collection and print it."""
    comparison = _comparison(options, kind, count, found)
    for name in found:
        for processes in (1, 2) if name in ANEW else (1,):
            comparison.build(name, processes, options.reuse and name not in ANEW)
        _tell(f"{kind}-{count}: {TITLES[name]} has its index")
    comparison.agree()
    _tell(f"{kind}-{count}: answers are compared")
    comparison.cold()
    _tell(f"{kind}-{count}: every question was asked with a cold page cache")
    comparison.warm()
    _tell(f"{kind}-{count}: every question was asked warm")
    print(f"\n{comparison.documents} documents, {kind}")
    print("\n".join(engine_table(comparison.measured)), flush=True)
    return comparison.measured


def _prepare(options: argparse.Namespace, found: Mapping[str, str]) -> int:
    """Make the collections, and the indexes of the peers that are not built in every run."""
    kinds = [("synthetic", int(size)) for size in options.sizes.split(",")]
    for kind, count in kinds + [("real", REAL)] * real.SHARED.is_dir():
        comparison = _comparison(options, kind, count, found)
        for name in found:
            if name not in ANEW:
                comparison.build(name, 1, True)
                _tell(f"{kind}-{count}: {TITLES[name]} has its index")
    return 0


def _comparison(options: argparse.Namespace, kind: str, count: int, found: Mapping[str, str]) -> Comparison:
    collection = _collection(options.folder, kind, count, options.reuse or options.prepare)
    return Comparison(collection, options.folder / "indexes" / f"{kind}-{count}", found)


def _collection(folder: Path, kind: str, count: int, reuse: bool) -> Collection:
    """Return the collection of one kind and size, made where it is not there or was made by other code."""
    place = folder / f"{kind}-{count}"
    maker = code(MADE_OF[kind], Analyzer().version)
    if reuse and made_by(place) == maker:
        return Collection(place)
    make: Callable[[Path, int], Collection] = synthetic.synthetic if kind == "synthetic" else real.real
    collection = make(place, count)
    (place / MADE_BY).write_text(maker, encoding="utf-8")
    _tell(f"{kind}-{count}: the documents are made")
    return collection


def _tell(what: str) -> None:
    """Say at which time of the day something was done."""
    print(f"{datetime.now():%H:%M:%S} {what}", flush=True)


def _write(
    rows: Mapping[str, Row],
    largest: str,
    measured: Mapping[str, Mapping[str, Measured]],
    absent: Mapping[str, str],
    user: Mapping[str, object],
) -> None:
    """Write the rows, one key each, and behind them all that was measured."""
    machine = {"cores": len(os.sched_getaffinity(0)), "python": platform.python_version(), "system": platform.system()}
    plain = {
        "date": date.today().isoformat(),
        "machine": machine,
        "rows_of": largest,
        "rows": {key: row.plain() for key, row in rows.items()},
        "left_out": dict(absent),
        **user,
        "collections": {
            name: {engine: asdict(one) for engine, one in engines.items()} for name, engines in measured.items()
        },
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
