"""What the overview of the collection shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g

from search_app import present
from search_app.ledger import FULL, undated, year_bars
from search_app.request import Parameters
from search_app.service import Service

#: Names listed in each of the lists of the most named.
MOST_NAMED = 12

#: Documents listed as last added.
LAST_ADDED = 8

#: Kinds of entity whose most named are listed.
KINDS = ("person", "organisation", "charge", "place")


@dataclass(frozen=True, slots=True)
class Coverage:
    """One language of the collection: its documents, those with a date, those with a known publisher."""

    language: str
    documents: int
    dated: int
    published: int


def overview_page(service: Service) -> dict[str, Any]:
    """Return what the template of the overview shows."""
    found = service.search(Parameters(sort="-first_indexed", per_page=LAST_ADDED, facet_size=MOST_NAMED))
    facets = present.results(found, g.lang)["facets"]
    return {
        "total": found.total,
        "coverage": [_coverage(service, value["value"]) for value in facets["language"]],
        "bars": year_bars(facets["year"], ()),
        "undated": undated(facets["year"]),
        "named": {kind: facets[kind] for kind in KINDS},
        "kinds": facets["kind"],
        "added": [hit.record for hit in found.hits],
        "info": service.info(),
    }


def _coverage(service: Service, language: str) -> Coverage:
    found = service.search(Parameters(filters={"language": (language,)}, per_page=1, facet_size=FULL))
    without = sum(value.count for value in found.facets["year"] if value.value == "none")
    published = sum(value.count for value in found.facets["publisher"] if value.value != "none")
    return Coverage(language, found.total, found.total - without, published)
