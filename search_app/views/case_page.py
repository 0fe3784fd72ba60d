"""What the page of cases shows, and the events of one person's or charge's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from search_app.cases import CaseRow, Wanted, find_cases, wanted_cases
from search_app.ledger import Name, name_in
from search_app.links import State, page_numbers
from search_app.request import whole_number
from search_app.service import Service

#: Cases on one page, so that it stays under 60 KB.
PER_PAGE = 30

#: People of the cases that are named above the table.
MOST_PEOPLE = 15


@dataclass(frozen=True, slots=True)
class Event:
    """One case, or several documents' cases that agree in date, status, people and charges.

    ``later`` is what is stated of the same people for later dates, where a page tells it (search_app.views.later).
    """

    people: tuple[tuple[str, Name], ...]
    offences: tuple[tuple[str, Name], ...]
    case: Mapping[str, Any]
    rows: tuple[CaseRow, ...]
    later: tuple[Event, ...] = ()

    @property
    def date(self) -> str:
        """The date of the event, as precise as it is known, or an empty text."""
        return self.rows[0].date

    @property
    def sources(self) -> int:
        """How many sources tell of it: our own summaries and notes repeat one, and confirm nothing."""
        return len({row.document["id"] for row in self.rows if row.document["kind"] == "source"})


def events(rows: Sequence[CaseRow], language: str) -> list[Event]:
    """Return cases as events, in their order; those that agree in every point stand together.

    That they agree does not make them one: each keeps its document and its words.
    """
    return [_event(tuple(same), language) for _, same in groupby(rows, key=_points)]


def _points(row: CaseRow) -> tuple[Any, ...]:
    case = row.case
    months = (case["sentence"] or {}).get("months")
    return (row.date, case["status"], sorted(case["persons"]), sorted(case["charges"]), months)


def _event(rows: tuple[CaseRow, ...], language: str) -> Event:
    first = rows[0]
    return Event(_names(first.persons, language), _names(first.charges, language), first.case, rows)


def _names(entities: Sequence[Mapping[str, Any]], language: str) -> tuple[tuple[str, Name], ...]:
    return tuple((one["id"], name_in(language, one["names"], one["name"])) for one in entities)


def case_page(service: Service, state: State, language: str) -> dict[str, Any]:
    """Return what the template of the cases shows, in a language of the interface.  Raises: BadRequest."""
    wanted = wanted_cases(state)
    rows = find_cases(service, wanted)
    page = whole_number(state, "page", 1, 1, 100_000)
    pages = -(-len(rows) // PER_PAGE)
    return {
        "state": state,
        "wanted": wanted,
        "rows": rows[(page - 1) * PER_PAGE : page * PER_PAGE],
        "total": len(rows),
        "people": _people(rows),
        "person": _person(service, wanted, language),
        "most_people": MOST_PEOPLE,
        "in_documents": len({row.document["id"] for row in rows}),
        "page": page,
        "pages": pages,
        "page_numbers": page_numbers(page, pages) if pages > 1 else [],
        "charges": _charges(service, wanted),
        "info": service.info(),
    }


def _people(rows: Sequence[CaseRow]) -> list[tuple[str, Mapping[str, Any], int]]:
    """Return whom the cases tell of, those of the most cases first: id, entity, cases."""
    entities = {person["id"]: person for row in rows for person in row.persons}
    counts = Counter(person["id"] for row in rows for person in row.persons)
    return [(id, entities[id], count) for id, count in counts.most_common()]


def _person(service: Service, wanted: Wanted, language: str) -> str:
    """Return whom the cases were asked of, by a name that nobody else has, or as it was asked; "" for several."""
    if len(wanted.persons) != 1:
        return ""
    (asked,) = wanted.persons
    with service.collection() as collection:
        named = collection.names.get("person", asked)
        name = name_in(language, named.names, asked).text if named else asked
        return name if len(collection.names.exact(name, "person")) == 1 else asked


def _charges(service: Service, wanted: Wanted) -> list[tuple[str, Mapping[str, Any], str, int]]:
    """Return the charges of all cases for the form, the most frequent first: id, names, name, cases."""
    counts: Counter[str] = Counter()
    entities = {}
    for row in find_cases(service, Wanted(q=wanted.q)):
        for charge in row.charges:
            counts[charge["id"]] += 1
            entities[charge["id"]] = charge
    return [(id, entities[id]["names"], entities[id]["name"], count) for id, count in counts.most_common()]
