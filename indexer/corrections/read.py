"""Reads the file of corrections and checks it: every fault is said with file, line and remedy.

The file is TOML, one table a correction::

    [[correction]]
    id = "digest-004-01-en"                    # of the document, as it stands on its page
    field = "cases.ana-ruiz.sentenced.months"  # see indexer.corrections.fields
    value = 42
    source = "https://example.org/judgment"    # who says so
    by = "A. Editor"                           # who entered it
    date = 2026-11-20                          # when
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from pathlib import Path
from typing import Any

from indexer.authority import Authority
from indexer.corrections.fields import DOCUMENT_FIELDS, KIND_OF, NONE, parsed, remark_on
from indexer.errors import CorrectionError, UnfitError
from indexer.model import Correction, Document

KEYS = ("id", "field", "value", "source", "by", "date")

_HEAD = re.compile(r"\s*\[\[\s*correction\s*\]\]")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A correction and the line of the file on which it begins."""

    correction: Correction
    line: int


class Corrections:
    """All corrections of a collection, by the document that they correct."""

    def __init__(self, file: str = "", listed: Sequence[tuple[str, Correction, int]] = ()) -> None:
        """``listed`` are the corrections in the order of the file: document id, correction, line."""
        self._file = file
        self._by_id: dict[str, list[_Listed]] = {}
        for id, correction, line in listed:
            self._by_id.setdefault(id, []).append(_Listed(correction, line))

    def of(self, id: str) -> tuple[Correction, ...]:
        """Return the corrections of one document, in the order of the file."""
        return tuple(one.correction for one in self._by_id.get(id, ()))

    def attached(self, document: Document) -> Document:
        """Return a document with its corrections and no others."""
        return replace(document, corrections=self.of(document.id))

    def digests(self) -> dict[str, str]:
        """Return a digest of the corrections of each document that has any, by its id."""
        return {id: digest(self.of(id)) for id in self._by_id}

    def changed(self, before: Mapping[str, str]) -> list[str]:
        """Return the ids of the documents whose corrections are not those whose digests are ``before``."""
        now = self.digests()
        return sorted(id for id in {**before, **now} if before.get(id) != now.get(id))

    def shown(self, mark: Callable[[str], str], tells: Callable[[str], bool]) -> Corrections:
        """Return the corrections with ``mark`` put over every text in them.

        Those whose document, field or entity ``tells`` of somebody withheld are left out: there is nothing to correct.
        """
        return Corrections(
            self._file,
            [
                (id, replace(c, value=_marked(c.value, mark), source=mark(c.source), by=mark(c.by)), one.line)
                for id, listed in self._by_id.items()
                for one in listed
                for c in (one.correction,)
                if not any(map(tells, (id, c.field, "" if c.field in DOCUMENT_FIELDS else str(c.value))))
            ],
        )

    def strangers(self, documents: Mapping[str, Any]) -> Iterator[UnfitError]:
        """Yield what is to be said of corrections whose document is not among ``documents``."""
        for id, listed in self._by_id.items():
            if id not in documents:
                yield self._error(
                    listed[0], f"there is no document {id}; take its id from its page, or remove the correction"
                )

    def misfits(self, record: Mapping[str, Any]) -> Iterator[UnfitError]:
        """Yield what is to be said of the corrections that could not be carried out on a record, given as JSON."""
        for done in record.get("corrections", ()):
            if done["problem"]:
                here = (o for o in self._by_id.get(record["id"], ()) if o.correction.field == done["field"])
                for listed in here:
                    yield self._error(listed, f"{record['id']}: {done['field']}: {done['problem']}")

    def _error(self, listed: _Listed, message: str) -> UnfitError:
        return UnfitError(self._file, f"line {listed.line}: {message}")


def _marked(value: Any, mark: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return mark(value)
    if isinstance(value, list):
        return [_marked(one, mark) for one in value]
    return {key: _marked(one, mark) for key, one in value.items()} if isinstance(value, dict) else value


def digest(corrections: Sequence[Correction]) -> str:
    """Return a digest of corrections, whatever their order; "" of none."""
    if not corrections:
        return ""
    rows = sorted(json.dumps([c.field, c.value, c.source, c.by, c.date], sort_keys=True) for c in corrections)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def load_corrections(file: Path | None, authority: Authority) -> Corrections:
    """Read a file of corrections; where there is none, nothing is corrected.

    Raises: CorrectionError, naming file, line and remedy, at the first fault.
    """
    if file is None or not file.is_file():
        return Corrections()
    try:
        source = file.read_text(encoding="utf-8")
        tables = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{file.name}: not readable as TOML: {error}") from error
    rows = tables.pop("correction", [])
    if tables or not isinstance(rows, list):
        raise CorrectionError(
            f"{file.name}: {', '.join(tables) or 'correction'} is not known here; write each correction as a table "
            "that begins with [[correction]]"
        )
    lines = source.split("\n")
    heads = [number for number, line in enumerate(lines, 1) if _HEAD.match(line)]
    return Corrections(file.name, list(_checked(file.name, lines, heads, rows, authority)))


def _checked(
    file: str, lines: Sequence[str], heads: Sequence[int], rows: Sequence[Mapping[str, Any]], authority: Authority
) -> Iterator[tuple[str, Correction, int]]:
    seen: set[tuple[str, str]] = set()
    for index, row in enumerate(rows):
        first = heads[index] if index < len(heads) else 1
        fault = _fault(row, authority)
        if fault is None and (row["id"], row["field"]) in seen:
            fault = "field", f"{row['field']} of {row['id']} is corrected twice; keep one of the two"
        if fault is not None:
            key, message = fault
            raise CorrectionError(f"{file}, line {_line_of(lines, first, key)}: {message}")
        seen.add((row["id"], row["field"]))
        texts = {key: str(row[key]) for key in ("field", "source", "by", "date")}
        yield row["id"], Correction(value=row["value"], **texts), first


def _fault(row: Mapping[str, Any], authority: Authority) -> tuple[str, str] | None:
    """Return the key that is at fault in one table, and what is wrong with it; None where all is well."""
    for key in row:
        if key not in KEYS:
            return key, f"{key} is not known; the keys are {', '.join(KEYS)}"
    for key in KEYS:
        if key not in row:
            return "id", f"{key} is missing; a correction needs {', '.join(KEYS)}"
    for key in ("id", "field", "source", "by"):
        if not isinstance(row[key], str) or not row[key].strip():
            return key, f"{key} = {row[key]!r} must be a text"
    if not _is_day(row["date"]):
        return "date", f"date = {row['date']!r} must be the day of the correction, as in 2026-11-20"
    try:
        field = parsed(row["field"])
    except ValueError as error:
        return "field", str(error)
    remark = remark_on(field, row["value"])
    if remark:
        return "value", f"{row['field']}: {remark}"
    if field.name in KIND_OF and row["value"] != NONE and authority.get(KIND_OF[field.name], row["value"]) is None:
        kind = KIND_OF[field.name]
        return "value", f"there is no {kind} {row['value']} in the authority files; add a record, or correct the id"
    return None


def _is_day(value: Any) -> bool:
    if isinstance(value, Day):
        return True
    try:
        return isinstance(value, str) and bool(Day.fromisoformat(value))
    except ValueError:
        return False


def _line_of(lines: Sequence[str], first: int, key: str) -> int:
    """Return the line of a key in the table that begins at line ``first``, that line where the key is not there."""
    for number in range(first + 1, len(lines) + 1):
        if _HEAD.match(lines[number - 1]):
            break
        if re.match(rf"\s*{re.escape(key)}\s*[=.]", lines[number - 1]):
            return number
    return first
