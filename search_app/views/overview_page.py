"""What the overview of the collection shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g

from indexer.engines.base import UNDATED, Choice, Request
from indexer.model import PLURAL
from indexer.query import Everything
from search_app import present
from search_app.ledger import gaps, undated, year_bars
from search_app.request import Parameters
from search_app.service import Service
from search_app.views.case_ways import most_told

#: Names listed in each of the lists of the most named.
MOST_NAMED = 12

#: Documents listed as last added.
LAST_ADDED = 8

#: Kinds of entity whose most named are listed.
KINDS = ("person", "organisation", "charge", "place")


#: Kinds of entity of which it is said how many stand in documents of one language alone.
COMPARED = ("person", "organisation", "charge")


@dataclass(frozen=True, slots=True)
class Coverage:
    """One language of the collection: its documents, those with a date, those with a known publisher.

    ``named`` has for each kind the ids that its documents name.
    """

    language: str
    documents: int
    dated: int
    published: int
    named: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Alone:
    """How many of each kind are named in documents of one language and in no others."""

    language: str
    counts: Mapping[str, int]


def overview_page(service: Service) -> dict[str, Any]:
    """Return what the template of the overview shows."""
    found = service.search(Parameters(sort="-first_indexed", per_page=LAST_ADDED, facet_size=MOST_NAMED))
    results = present.results(found, g.lang)
    facets = results["facets"]
    coverage = [_coverage(service, value["value"]) for value in facets["language"]]
    return {
        "total": found.total,
        "coverage": coverage,
        "bars": year_bars(facets["year"], ()),
        "undated": undated(facets["year"]),
        "gaps": gaps(int(value["value"]) for value in facets["year"] if value["value"].isdigit()),
        "without": results["without"],
        "alone": _alone(coverage),
        "named": {kind: facets[kind] for kind in KINDS},
        "lists": {kind: PLURAL[kind] for kind in COMPARED},
        "kinds": facets["kind"],
        "added": [hit.record for hit in found.hits],
        "ways": most_told(service),
        "info": service.info(),
    }


def _coverage(service: Service, language: str) -> Coverage:
    request = Request(
        Everything(),
        filters={"language": Choice(frozenset({language}))},
        facets=("year", "publisher", *COMPARED),
        limit=0,
    )
    with service.collection() as collection:
        found = collection.snapshot.search(request)
    return Coverage(
        language=language,
        documents=found.total,
        dated=found.total - found.facets["year"].get(UNDATED, 0),
        published=found.total - found.without["publisher"],
        named={kind: frozenset(found.facets[kind]) for kind in COMPARED},
    )


def _alone(coverage: Sequence[Coverage]) -> list[Alone]:
    """Compare the languages: whom does only one of them name?  Of use where there are several."""
    compared = []
    for one in coverage:
        others = [other for other in coverage if other is not one]
        counts = {kind: len(one.named[kind].difference(*(other.named[kind] for other in others))) for kind in COMPARED}
        if others and any(counts.values()):
            compared.append(Alone(one.language, counts))
    return compared
