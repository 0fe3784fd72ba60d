"""Ways from a page to the cases that answer what was asked there: who, charged with what, in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g

from indexer.engines.base import WITHOUT
from search_app.cases import case_counts
from search_app.ledger import Name, name_in
from search_app.service import Service

#: Charges that a page without a query names, those of the most cases.
MOST_CHARGES = 6


@dataclass(frozen=True, slots=True)
class Way:
    """A person or charge that cases tell of, and how many."""

    kind: str
    id: str
    name: Name
    cases: int


def ways_of(service: Service, query: Mapping[str, Any]) -> list[Way]:
    """Return the people and charges that a search names, in its words or its filters, as far as cases tell of them."""
    named = dict.fromkeys((one["kind"], one["id"]) for one in query["expansions"])
    for kind in ("charge", "person"):
        named |= dict.fromkeys((kind, id) for id in query["filters"].get(kind, ()) if not id.startswith("-"))
    with service.collection() as collection:
        counts = collection.once(case_counts)
        return [_way(collection, kind, id, counts[kind, id]) for kind, id in named if counts.get((kind, id))]


def of_charge(query: Mapping[str, Any], ways: Sequence[Way]) -> list[Way] | None:
    """Return of the ways from a search those to the cases of the charges that it asks for.

    None where it asks for no charge: only beside one can a list of people be taken for a list of the charged.
    """
    named = {one["id"] for one in query["expansions"] if one["kind"] == "charge"}
    named |= {id for id in query["filters"].get("charge", ()) if not id.startswith("-") and id != WITHOUT}
    return [way for way in ways if way.kind == "charge" and way.id in named] if named else None


def most_told(service: Service) -> list[Way]:
    """Return the charges that most cases tell of."""
    with service.collection() as collection:
        counts = collection.once(case_counts)
        ranked = sorted((-count, id) for (kind, id), count in counts.items() if kind == "charge")
        return [_way(collection, "charge", id, -count) for count, id in ranked[:MOST_CHARGES]]


def _way(collection: Any, kind: str, id: str, cases: int) -> Way:
    named = collection.names.get(kind, id)
    return Way(kind, id, name_in(g.lang, named.names, named.label(g.lang)) if named else Name(id, None), cases)
