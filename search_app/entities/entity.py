"""What does the collection have about one person, organisation or charge?

In: a kind and an id.  Out: names, documents, cases and who is named in the same documents.  Two bearers of one
name have two ids and two pages; each page says so, and none unites them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.authority import AuthorityRecord
from indexer.engines.base import UNDATED, Request
from indexer.query import Term
from search_app.cases import CaseRow, Wanted, find_cases
from search_app.cases import as_json as case_as_json
from search_app.entities.joins import Joined, joined_by
from search_app.entities.joins import as_json as joined_as_json
from search_app.entities.namesakes import PossiblySame, possibly_same
from search_app.entities.namesakes import as_json as possibly_same_as_json
from search_app.query.names import Named, NameIndex
from search_app.service import Service

#: Kinds of entity that have a page.
KINDS = ("person", "organisation", "charge")

#: Documents and names that a page lists before it leads to the search.
LISTED = 10


@dataclass(frozen=True, slots=True)
class About:
    """An entity as the collection has it.

    ``authority`` is its record in the authority files, or None; ``namesakes`` are others who bear one of its
    names, ``distinct`` those that the authority files keep apart from it.  ``documents`` counts all that name it,
    ``records`` are the newest of them; ``years`` and ``languages`` count by value.  ``together`` maps a kind to
    who is named in the same documents, with the number of these.  ``cases`` are in the order of the events, the
    undated last.  ``possibly_same`` are persons who may be the same under another id, ``joined_by`` the Latin names
    that were read as this entity, and why.
    """

    named: Named
    authority: AuthorityRecord | None
    namesakes: tuple[Named, ...]
    distinct: tuple[AuthorityRecord, ...]
    documents: int
    records: tuple[Mapping[str, Any], ...]
    years: Mapping[str, int]
    languages: Mapping[str, int]
    together: Mapping[str, Sequence[tuple[Named, int]]]
    cases: tuple[CaseRow, ...]
    possibly_same: tuple[PossiblySame, ...] = ()
    joined_by: tuple[Joined, ...] = ()


def about(service: Service, kind: str, id: str) -> About | None:
    """Return what the collection has about an entity; None if no document names it."""
    with service.collection() as collection:
        names, snapshot = collection.names, collection.snapshot
        named = names.get(kind, id)
        if named is None or not named.documents:
            return None
        # A query, not a filter: a facet's counts leave out its own filter, and would count other documents.
        answer = snapshot.search(
            Request(Term(kind, id), facets=("year", "language", *KINDS), sort="-date", limit=LISTED)
        )
        records = tuple(record for record in snapshot.stored([hit.id for hit in answer.hits]) if record)
        together = {other: _most(answer.facets[other], other, id, names) for other in KINDS}
        namesakes = _namesakes(names, named)
        alike = possibly_same(collection, service, named)
        joined = joined_by(collection, named)
    record = service.authority.get(kind, id)
    apart = [service.authority.get(kind, other) for other in (record.not_same_as if record else ())]
    return About(
        named=named,
        authority=record,
        namesakes=namesakes,
        distinct=tuple(other for other in apart if other is not None),
        documents=answer.total,
        records=records,
        years=dict(sorted(answer.facets["year"].items(), key=lambda pair: (pair[0] == UNDATED, pair[0]))),
        languages=dict(answer.facets["language"]),
        together=together,
        cases=tuple(_in_order(_cases(service, kind, id))),
        possibly_same=alike,
        joined_by=joined,
    )


def _most(counts: Mapping[str, int], kind: str, own: str, names: NameIndex) -> list[tuple[Named, int]]:
    """Return the most frequent entities of a kind, without the one whose page it is."""
    ranked = sorted((-count, id) for id, count in counts.items() if count and id != own)
    listed = [(names.get(kind, id), -count) for count, id in ranked[: LISTED + 1]]
    return [(named, count) for named, count in listed if named is not None][:LISTED]


def _namesakes(names: NameIndex, named: Named) -> tuple[Named, ...]:
    others = {
        other.id: other
        for spellings in named.names.values()
        for name in spellings
        for other in names.exact(name, named.kind)
        if other.id != named.id
    }
    return tuple(others.values())


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
        "documents": one.documents,
        "by_year": one.years,
        "by_language": one.languages,
        "together": {
            kind: [{"id": named.id, "labels": named.labels(), "documents": count} for named, count in values]
            for kind, values in one.together.items()
        },
        "same_name": [{"id": other.id, "labels": other.labels()} for other in one.namesakes],
        "possibly_same": [possibly_same_as_json(other) for other in one.possibly_same],
        "joined_by": [joined_as_json(joined) for joined in one.joined_by],
        "cases": [case_as_json(row) for row in one.cases],
    }
