"""The table of targets: what was measured, against what, and the most that it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.comparison import Measured
from benchmarks.documents import KINDS
from benchmarks.load import Load
from benchmarks.peers import TITLES
from benchmarks.product import Product


@dataclass(frozen=True, slots=True)
class Row:
    """One target.  ``ours`` and ``theirs`` are in ``unit``; ``value``, which ``at_most`` bounds, is their ratio.

    Without ``against`` there is no ratio: ``value`` is ``ours``.
    """

    what: str
    unit: str
    ours: float
    at_most: float
    against: str | None = None
    theirs: float | None = None

    @property
    def value(self) -> float:
        """What is compared with ``at_most``."""
        return self.ours if self.theirs is None else round(self.ours / self.theirs, 4) if self.theirs else 0.0

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.value <= self.at_most

    def plain(self) -> dict[str, object]:
        """Return the row as JSON values."""
        return {
            "what": self.what, "against": self.against, "unit": self.unit, "ours": self.ours, "theirs": self.theirs,
            "value": self.value, "at_most": self.at_most, "met": self.met,
        }  # fmt: skip


def engine_rows(measured: Mapping[str, Measured]) -> dict[str, Row]:
    """Return the rows that compare engines over one collection; a peer that was not there has none."""
    ours = measured["hrsearch"]
    rows: dict[str, Row] = {}
    if "tantivy" in measured:
        rows |= _tantivy_rows(ours, measured["tantivy"])
    if "fts5" in measured:
        rows["request_p95_fts5"] = _ratio("whole request, p95", "fts5", ours, measured["fts5"], "all", 1, 0.02)
    if "whoosh" in measured:
        stock = measured["whoosh"]
        rows["request_p50_whoosh"] = _ratio("whole request, p50", "whoosh", ours, stock, "all", 0, 0.004)
    rows["open_to_first"] = Row("open to first answer", "s", round(ours.open_to_first_ms / 1000, 4), 0.3)
    wrong = sum(len(one.differences) for one in measured.values())
    rows["differences"] = Row("differences in totals or facet counts, all engines", "", wrong, 0)
    return rows


def user_rows(start: tuple[float, float], load: Load, product: Product | None) -> dict[str, Row]:
    """Return the rows of what a user meets; without real documents there is no ``product``."""
    wrong = f"errors and wrong counts, {load.clients} readers while documents are indexed"
    rows = {
        "help": Row("hrsearch --help", "s", start[0], 0.3),
        "cold_search": Row("search of a small index from a cold start", "s", start[1], 1.5),
        "load_errors": Row(wrong, "", load.errors + load.wrong, 0),
    }
    if product:
        rows["service_p95"] = Row("through the service on real text, p95", "ms", product.service_p95, 30)
        rows["service_over_engine"] = Row(
            "the same, p50", "ms", product.service_p50, 3, "its engine alone", product.engine_p50
        )
        rows["first_byte_p95"] = Row("first byte of a result page with facets, p95", "ms", product.first_byte_p95, 50)
    return rows


def _tantivy_rows(ours: Measured, theirs: Measured) -> dict[str, Row]:
    rows = {
        "request_p50": _ratio("whole request, p50", "tantivy", ours, theirs, "all", 0, 1.5),
        "request_p95": _ratio("whole request, p95", "tantivy", ours, theirs, "all", 1, 1.0),
        "common_p50": _ratio("common term with four facets, p50", "tantivy", ours, theirs, "common", 0, 0.5),
        "phrase_p50": _ratio("phrase, p50", "tantivy", ours, theirs, "phrase", 0, 2),
        "phrase_p95": _ratio("phrase, p95", "tantivy", ours, theirs, "phrase", 1, 1.2),
        "cold_p50": Row(
            "first pass with cold page cache, p50", "ms", ours.cold["all"][0], 1.5, "tantivy", theirs.cold["all"][0]
        ),
        "resident": Row(
            "resident memory after the run", "MB", ours.resident_mb, 2, "tantivy", theirs.resident_mb
        ),
    }  # fmt: skip
    for processes in (1, 2):
        seconds = [1000 / rate for one in (ours, theirs) if (rate := one.indexing.get(processes))]
        if len(seconds) == 2:
            name = f"indexing_{processes}"
            what = f"indexing, {processes} process{'es' * (processes > 1)}, tokens given"
            rows[name] = Row(what, "s/1000", round(seconds[0], 3), 3.5, "tantivy", round(seconds[1], 3))
    busy = [one.indexing_cpu.get(1) for one in (ours, theirs)]
    if busy[0] and busy[1]:
        # The same in processor time: on a machine with other work the row above tells little.
        rows["indexing_cpu"] = Row("the same, processor time", "s", busy[0], 3.5, "tantivy", busy[1])
    rows["disk"] = Row("disk", "MB", ours.disk_mb, 3, "tantivy", theirs.disk_mb)
    if ours.passages and theirs.passages:
        rows["passages_p50"] = Row(
            "a passage of each of ten hits, p50", "ms", ours.passages[0], 0.5, "tantivy", theirs.passages[0]
        )
    return rows


def _ratio(what: str, against: str, ours: Measured, theirs: Measured, kind: str, share: int, at_most: float) -> Row:
    return Row(what, "ms", ours.kinds[kind][share], at_most, TITLES[against], theirs.kinds[kind][share])


def printed(rows: Mapping[str, Row]) -> Iterator[str]:
    """Yield the lines of the table of targets: a ratio, marked by an x, or a figure, beside the most that it may be."""
    yield f"{'':72}{'ours':>14}{'theirs':>10}{'value':>10}{'at most':>9}"
    for row in rows.values():
        what = f"{row.what}, against {row.against}" if row.against else row.what
        theirs = f"{row.theirs:g}" if row.theirs is not None else ""
        unit = f" {row.unit}" if row.unit else ""
        ratio = " x" if row.theirs is not None else ""
        value, bound = f"{row.value:.3g}{ratio}", f"{row.at_most:g}{ratio}"
        yield f"{what:72}{f'{row.ours:g}{unit}':>14}{theirs:>10}{value:>10}{bound:>9}{'' if row.met else '  not met'}"


def engine_table(measured: Mapping[str, Measured]) -> Iterator[str]:
    """Yield the lines of everything that was measured of the engines over one collection."""
    yield f"{'':34}" + "".join(f"{TITLES[name]:>16}" for name in measured)
    for kind in (*KINDS, "all"):
        yield _line(f"{kind}, warm, p50/p95 ms", [_pair(one.kinds.get(kind)) for one in measured.values()])
    yield _line("all, cold, p50/p95 ms", [_pair(one.cold.get("all")) for one in measured.values()])
    yield _line("open to first answer, ms", [f"{one.open_to_first_ms:.1f}" for one in measured.values()])
    yield _line("resident/private MB", [f"{one.resident_mb:.0f}/{one.private_mb:.0f}" for one in measured.values()])
    for processes in (1, 2):
        rates = [one.indexing.get(processes) for one in measured.values()]
        yield _line(f"documents/s, {processes} process(es)", [f"{rate:.0f}" if rate else "-" for rate in rates])
    busy = [one.indexing_cpu.get(1) for one in measured.values()]
    yield _line("CPU seconds of indexing", [f"{seconds:.1f}" if seconds else "-" for seconds in busy])
    yield _line("peak MB while indexing", [f"{one.indexing_peak_mb:.0f}" for one in measured.values()])
    yield _line("disk MB", [f"{one.disk_mb:.1f}" for one in measured.values()])
    yield _line("passages of ten hits, p50/p95 ms", [_pair(one.passages) for one in measured.values()])
    yield _line("differences from hrsearch", [str(len(one.differences)) for one in measured.values()])


def _line(what: str, cells: Sequence[str]) -> str:
    return f"{what:34}" + "".join(f"{cell:>16}" for cell in cells)


def _pair(pair: tuple[float, float] | None) -> str:
    return f"{pair[0]:.2f}/{pair[1]:.2f}" if pair else "-"
