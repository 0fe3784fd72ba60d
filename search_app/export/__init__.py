"""The whole result of a search for other programs: the same documents in the same order as the page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from search_app.export import citation
from search_app.export.spreadsheet import safe_cell
from search_app.request import MAX_OFFSET, Parameters
from search_app.service import Service

#: Documents whose records are read at a time, so that memory stays even.
BATCH = 100

COLUMNS = ("id", "title", "date", "language", "kind", "publisher_name", "url", "persons", "organisations", "charges",
           "sources", "file")  # fmt: skip

Record = Mapping[str, Any]


def write(service: Service, parameters: Parameters, form: str) -> Iterator[str]:
    """Yield the parts of an export, at most ``MAX_OFFSET`` documents.

    ``form`` is "csv", "jsonl", "ris", "bibtex" or "csl-json".  Raises: KeyError for another.
    """
    yield from _WRITERS[form](_records(service, parameters))


def _records(service: Service, parameters: Parameters) -> Iterator[Record]:
    ids = service.ids(replace(parameters, page=1, per_page=MAX_OFFSET))
    for start in range(0, len(ids), BATCH):
        yield from (record for record in service.documents(ids[start : start + BATCH]) if record is not None)


def _csv(records: Iterator[Record]) -> Iterator[str]:
    yield _row(COLUMNS)
    for record in records:
        yield _row([safe_cell(_cell(record, column)) for column in COLUMNS])


def _row(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _cell(record: Record, column: str) -> str:
    value = record[column]
    if column == "file":
        return f"{value['path']} part {value['part']}"
    if isinstance(value, list):
        return "; ".join(one["name"] if isinstance(one, dict) else one for one in value)
    return "" if value is None else str(value)


def _jsonl(records: Iterator[Record]) -> Iterator[str]:
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _csl(records: Iterator[Record]) -> Iterator[str]:
    yield json.dumps([citation.csl(record) for record in records], ensure_ascii=False, indent=1) + "\n"


def _each(cite: Callable[[Record], str]) -> Callable[[Iterator[Record]], Iterator[str]]:
    return lambda records: map(cite, records)


_WRITERS: Mapping[str, Callable[[Iterator[Record]], Iterator[str]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "ris": _each(citation.ris),
    "bibtex": _each(citation.bibtex),
    "csl-json": _csl,
}
