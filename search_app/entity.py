"""What does the collection have about one person, organisation or charge?

In: a kind and an id.  Out: names, documents, cases and who is named in the same documents.  Two bearers of one
name have two ids and two pages; each page says so, and none unites them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.authority import Authority, AuthorityRecord
from search_app.cases import CaseRow, Wanted, find_cases
from search_app.cases import as_json as case_as_json
from search_app.names import Named
from search_app.request import Parameters
from search_app.service import FacetValue, Results, Service

#: Kinds of entity that have a page.
KINDS = ("person", "organisation", "charge")

#: Documents and names that a page lists before it leads to the search.
LISTED = 10


@dataclass(frozen=True, slots=True)
class About:
    """An entity as the collection has it.

    ``authority`` is its record in the authority files, or None; ``namesakes`` are others who bear one of its
    names; ``found`` is the search for the documents that name it, newest first; ``together`` maps a kind to who is
    named in the same documents; ``cases`` are in the order of the events, the undated last.
    """

    named: Named
    authority: AuthorityRecord | None
    namesakes: tuple[Named, ...]
    distinct: tuple[AuthorityRecord, ...]
    found: Results
    together: Mapping[str, Sequence[FacetValue]]
    cases: tuple[CaseRow, ...]


def about(service: Service, authority: Authority, kind: str, id: str) -> About | None:
    """Return what the collection has about an entity; None if no document names it."""
    with service.collection() as collection:
        named = collection.names.get(kind, id)
        if named is None or not named.documents:
            return None
        namesakes = _namesakes(collection.names.exact, named)
    found = service.search(Parameters(filters={kind: (id,)}, sort="-date", per_page=LISTED, facet_size=LISTED + 1))
    record = authority.get(kind, id)
    distinct = [authority.get(kind, other) for other in (record.not_same_as if record else ())]
    return About(
        named=named,
        authority=record,
        namesakes=namesakes,
        distinct=tuple(other for other in distinct if other is not None),
        found=found,
        together={other: _others(found.facets[other], id if other == kind else "") for other in KINDS},
        cases=tuple(_in_order(_cases(service, kind, id))),
    )


def _namesakes(exact: Any, named: Named) -> tuple[Named, ...]:
    others = {
        other.id: other
        for names in named.names.values()
        for name in names
        for other in exact(name, named.kind)
        if other.id != named.id
    }
    return tuple(others.values())


def _others(values: Sequence[FacetValue], own: str) -> list[FacetValue]:
    return [value for value in values if value.value != own and value.count][:LISTED]


def _cases(service: Service, kind: str, id: str) -> list[CaseRow]:
    if kind == "person":
        return find_cases(service, Wanted(persons=(id,)))
    if kind == "charge":
        return find_cases(service, Wanted(charges=(id,)))
    return []


def _in_order(rows: Sequence[CaseRow]) -> list[CaseRow]:
    return sorted(rows, key=lambda row: (not row.date, row.date))


def as_json(one: About) -> dict[str, Any]:
    """Return an entity as JSON values."""
    return {
        "kind": one.named.kind,
        "id": one.named.id,
        "names": one.named.names,
        "labels": one.named.labels(),
        "known": one.authority is not None,
        "documents": one.found.total,
        "by_year": {value.value: value.count for value in one.found.facets["year"]},
        "by_language": {value.value: value.count for value in one.found.facets["language"]},
        "together": {
            kind: [
                {"id": value.value, "labels": value.named.labels() if value.named else {}, "documents": value.count}
                for value in values
            ]
            for kind, values in one.together.items()
        },
        "same_name": [{"id": other.id, "labels": other.labels()} for other in one.namesakes],
        "cases": [case_as_json(row) for row in one.cases],
    }
