"""``make bench``: hrsearch beside its peers, and the product as a user meets it, in one table.

    python -m benchmarks [--short] [--sizes 10000,100000] [--peers tantivy,fts5] [--reuse] [--folder FOLDER]

``--short`` compares answers alone, on 1,000 invented documents, and holds no times.  ``--reuse`` takes the collections
and the indexes of the peers that an earlier run left in the folder; ours is always built anew.
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
from datetime import date
from pathlib import Path

from benchmarks import real, synthetic
from benchmarks.comparison import Comparison, Measured
from benchmarks.documents import Collection
from benchmarks.environment import ROOT, pythons
from benchmarks.load import Load, load_while_indexing
from benchmarks.peers import NAMES, TITLES
from benchmarks.product import Product, product
from benchmarks.start import start_seconds
from benchmarks.table import Row, engine_rows, engine_table, printed, user_rows

SHORT = 1_000

#: Real documents there are no more of.
REAL = 10_000

#: Peers that take minutes for a hundred thousand documents index them once, on one process.
ONE_PROCESS_FROM = 50_000

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
    measured = {}
    for size in map(int, options.sizes.split(",")):
        measured[f"synthetic-{size}"] = _measured(options, "synthetic", size, found)
    if real.SHARED.is_dir():
        measured[f"real-{REAL}"] = _measured(options, "real", REAL, found)
    else:
        print("../shared is absent: no real documents")
    # The largest of the invented collections is what the targets are about.
    largest = f"synthetic-{options.sizes.split(',')[-1]}"
    user = _user(options.folder / "product", options.reuse)
    rows = {**engine_rows(measured[largest]), **user_rows(*user)}
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
    print(f"{load.clients} readers for {load.seconds:g} s: {load.requests} requests, p50 {load.p50_ms} ms, "
          f"p95 {load.p95_ms} ms, {load.generations} generations, {load.errors} errors, {load.wrong} wrong counts",
          flush=True)  # fmt: skip
    return start, load, product(folder, reuse) if real.SHARED.is_dir() else None


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--short", action="store_true", help="compare answers on few documents, take no times")
    parser.add_argument("--sizes", default="10000,100000", help="numbers of invented documents")
    parser.add_argument("--peers", default=",".join(NAMES[1:]), help="which of the peers to compare with")
    parser.add_argument("--reuse", action="store_true", help="take collections and indexes of peers of a run before")
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
    collection = _collection(options.folder, kind, count, options.reuse)
    comparison = Comparison(collection, options.folder / "indexes" / f"{kind}-{count}", found)
    for name in found:
        comparison.build(name, 1, options.reuse and name != "hrsearch")
        if name in ("hrsearch", "tantivy") or count < ONE_PROCESS_FROM:
            comparison.build(name, 2, options.reuse and name != "hrsearch")
        print(f"{kind}-{count}: {TITLES[name]} has its index", flush=True)
    comparison.agree()
    comparison.cold()
    comparison.warm()
    print(f"\n{collection.count} documents, {kind}")
    print("\n".join(engine_table(comparison.measured)), flush=True)
    return comparison.measured


def _collection(folder: Path, kind: str, count: int, reuse: bool) -> Collection:
    """Return the collection of one kind and size, made where it is not there."""
    place = folder / f"{kind}-{count}"
    if reuse and (place / "questions.json").exists():
        return Collection(place)
    make: Callable[[Path, int], Collection] = synthetic.synthetic if kind == "synthetic" else real.real
    return make(place, count)


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
