"""Who, which charge, what happened, when, in whose words?  The cases of a collection, one row a case of a document.

A case is what a document says.  Rows are never merged here and nothing is concluded from them: two documents
that tell of one event are two rows, each with its own quotation.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.engines.base import WITHOUT, Choice, Request, Snapshot
from indexer.model import PLURAL, STATUSES
from indexer.query import Everything
from search_app.collection import Collection
from search_app.passages.reading import paragraph_of, paragraph_spans
from search_app.query.names import NameIndex
from search_app.request import MAX_OFFSET, Arguments, BadRequest, Parameters
from search_app.service import Service

#: Documents whose records are read at a time, so that memory stays even.
BATCH = 200

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")

#: What a row tells of its document.
_OF_DOCUMENT = ("id", "kind", "title", "date", "language", "script", "publisher", "publisher_name", "url", "sources",
                "file")  # fmt: skip

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of one document.

    ``persons`` and ``charges`` are entities in short (id, name, names); ``quotes`` pairs of paragraph number and
    quotation, in the order of the text.
    """

    document: Mapping[str, Any]
    case: Mapping[str, Any]
    persons: tuple[Mapping[str, Any], ...]
    charges: tuple[Mapping[str, Any], ...]
    quotes: tuple[tuple[int, str], ...]

    @property
    def date(self) -> str:
        """The date of the event, as precise as it is known, or an empty text."""
        return self.case["date"] or ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are asked for.  Several values of one key are alternatives; no value means any."""

    q: str = ""
    persons: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


def wanted_cases(arguments: Arguments) -> Wanted:
    """Read ``q``, ``person``, ``charge``, ``status`` and ``date`` (2019, 2015..2020, 2018-05..).

    Raises: BadRequest.
    """
    values = {key: tuple(v.strip() for v in arguments.getlist(key) if v.strip())
              for key in ("q", "person", "charge", "status", "date")}  # fmt: skip
    for status in values["status"]:
        if status not in STATUSES:
            raise BadRequest("not_known", field="status", value=status, allowed=", ".join(STATUSES))
    first, last = _dates(values["date"][-1]) if values["date"] else ("", "")
    return Wanted("".join(values["q"][-1:]), values["person"], values["charge"], values["status"], first, last)


def _dates(value: str) -> tuple[str, str]:
    first, dots, last = value.partition("..")
    last = last if dots else first
    if not (first or last) or any(date and not _DATE.match(date) for date in (first, last)):
        raise BadRequest("not_a_date", value=value)
    return first, last


class Cases:
    """The cases of one generation, by document; made once and kept while it is searched."""

    def __init__(self, rows: Iterable[CaseRow]) -> None:
        self.rows = tuple(sorted(rows, key=_newest_first))

    def select(self, wanted: Wanted, names: NameIndex, documents: set[str] | None) -> list[CaseRow]:
        """Return the rows that are wanted, the latest event first and the undated last.

        ``documents`` limits them to these, None to none.  A person or charge is an id or a whole name.
        """
        persons = _ids(wanted.persons, "person", names)
        charges = _ids(wanted.charges, "charge", names)
        return [
            row
            for row in self.rows
            if (documents is None or row.document["id"] in documents)
            and (not wanted.persons or persons & set(row.case["persons"]))
            and (not wanted.charges or charges & set(row.case["charges"]))
            and (not wanted.statuses or row.case["status"] in wanted.statuses)
            and _within(row.date, wanted)
        ]


def find_cases(service: Service, wanted: Wanted) -> list[CaseRow]:
    """Return the cases of a collection that are wanted."""
    documents = set(service.ids(Parameters(q=wanted.q, per_page=MAX_OFFSET, facet_size=0))) if wanted.q else None
    with service.collection() as collection:
        return collection.once(all_cases).select(wanted, collection.names, documents)


def all_cases(collection: Collection) -> Cases:
    """Return the cases of a generation, read from the records of those that name somebody."""
    return Cases(_all(collection.snapshot))


def case_counts(collection: Collection) -> Mapping[tuple[str, str], int]:
    """Return how many cases of a generation each person stands in, and each charge, by kind and id."""
    rows = collection.once(all_cases).rows
    return Counter((kind, id) for row in rows for kind in ("person", "charge") for id in row.case[PLURAL[kind]])


def _all(snapshot: Snapshot) -> Iterator[CaseRow]:
    named = {"person": Choice(exclude=frozenset({WITHOUT}))}
    ids = [hit.id for hit in snapshot.search(Request(Everything(), filters=named, limit=snapshot.documents)).hits]
    for start in range(0, len(ids), BATCH):
        for record in snapshot.stored(ids[start : start + BATCH]):
            if record is not None:
                yield from cases_of(record)


def cases_of(record: Mapping[str, Any]) -> Iterator[CaseRow]:
    """Yield the cases of one record in the order of its text."""
    if not record["cases"]:
        return
    spans = paragraph_spans(record["text"])
    persons = {entity["id"]: entity for entity in record["persons"]}
    charges = {entity["id"]: entity for entity in record["charges"]}
    document = {key: record[key] for key in _OF_DOCUMENT}
    for case in record["cases"]:
        yield CaseRow(
            document=document,
            case=case,
            persons=tuple(_short(persons.get(one), one) for one in case["persons"]),
            charges=tuple(_short(charges.get(one), one) for one in case["charges"]),
            quotes=tuple((paragraph_of(spans, part["start"]), part["text"]) for part in case["evidence"]),
        )


def _short(entity: Mapping[str, Any] | None, id: str) -> Mapping[str, Any]:
    if entity is None:
        return {"id": id, "name": id, "names": {}}
    return {key: entity[key] for key in ("id", "name", "names")}


def _newest_first(row: CaseRow) -> tuple[Any, ...]:
    # A year alone stands after the days of that year; an undated case after all others.
    parts = [-int(part) for part in row.date.split("-")] if row.date else [1]
    falling = (*parts, 0, 0)[:3]
    return (falling, row.case["persons"], row.document["id"], row.quotes)


def _ids(values: Sequence[str], kind: str, names: NameIndex) -> set[str]:
    return {id for value in values for id in ([value] if names.get(kind, value) else _named(value, kind, names))}


def _named(value: str, kind: str, names: NameIndex) -> list[str]:
    return [named.id for named in names.exact(value, kind)]


def _within(date: str, wanted: Wanted) -> bool:
    if not (wanted.first or wanted.last):
        return True
    return (
        bool(date)
        and (not wanted.first or date >= wanted.first[: len(date)])
        and (not wanted.last or date[: len(wanted.last)] <= wanted.last)
    )


def as_json(row: CaseRow) -> dict[str, Any]:
    """Return a row as JSON values: the case as contract.md has it, with names and its document beside it."""
    return {
        **row.case,
        "person_names": [{"id": one["id"], "name": one["name"], "names": one["names"]} for one in row.persons],
        "charge_names": [{"id": one["id"], "name": one["name"], "names": one["names"]} for one in row.charges],
        "quotes": [{"paragraph": number, "text": text} for number, text in row.quotes],
        "document": dict(row.document),
    }


def as_csv(rows: Iterable[CaseRow]) -> str:
    """Return rows as CSV in UTF-8 with a byte order mark, for spreadsheets; one row a case."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow([_cell(value) for value in _values(row)])
    return "\ufeff" + buffer.getvalue()


_COLUMNS = ("persons", "person_ids", "charges", "charge_ids", "status", "source_word", "sentence", "months", "date",
            "authority", "jurisdiction", "modality", "basis", "as_of", "quote", "document", "title", "document_date",
            "publisher", "kind", "url", "sources", "corrected")  # fmt: skip


def _values(row: CaseRow) -> Iterator[Any]:
    case, document = row.case, row.document
    sentence = case["sentence"] or {}
    yield "; ".join(one["name"] for one in row.persons)
    yield "; ".join(case["persons"])
    yield "; ".join(one["name"] for one in row.charges)
    yield "; ".join(case["charges"])
    yield case["status"]
    yield case["status_text"]
    yield sentence.get("text")
    yield sentence.get("months")
    yield from (case[key] for key in ("date", "authority", "jurisdiction", "modality", "basis", "as_of"))
    yield " … ".join(text for _, text in row.quotes)
    yield from (document[key] for key in ("id", "title", "date", "publisher_name", "kind", "url"))
    yield " ".join(document["sources"])
    yield " ".join(case["corrected"])


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
