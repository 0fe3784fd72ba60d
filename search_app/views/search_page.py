"""What the search page shows, worked out from the JSON of a result and the State of its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g

from search_app import present
from search_app.ledger import FULL, SHORT, Name, name_in, shelves, undated, year_bars
from search_app.links import FILTERS, State, page_numbers, year_fields
from search_app.request import parameters


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of the reader, with the search that lacks it."""

    facet: str
    excluded: bool
    name: Name
    without: State


def search_page(service: Any, state: State) -> dict[str, Any]:
    """Run the search of ``state`` and return what the template shows.

    Raises: BadRequest for values outside their bounds.
    """
    results = _search(service, state)
    state = state.with_filters(results["query"]["filters"])
    facets = results["facets"]
    first = (results["page"] - 1) * results["per_page"] + 1
    pages = -(-results["total"] // results["per_page"])
    return {
        "state": state,
        "results": results,
        "hits": [hit for hit in results["hits"] if hit["match"] == "all"],
        "partial": [hit for hit in results["hits"] if hit["match"] != "all"],
        "first": first,
        "last": first + len(results["hits"]) - 1,
        "pages": pages,
        "page_numbers": page_numbers(results["page"], pages) if pages > 1 else [],
        "chips": _chips(results["query"], state),
        "expansions": _expansions(results["query"], state),
        "shelves": shelves(facets, state, g.lang),
        "bars": year_bars(facets.get("year", ()), state.all("year")),
        "undated": undated(facets.get("year", ())),
        "year_fields": year_fields(state.all("year")),
        "sort": state.one("sort") or ("relevance" if results["query"]["q"].strip(" *") else "-date"),
        "unfiltered_total": _unfiltered_total(service, state, results),
        "info": results["index"],
    }


def _search(service: Any, state: State) -> dict[str, Any]:
    size = FULL if state.one("all") else SHORT + 1
    asked = parameters(state if state.one("facet_size") else state.set("facet_size", str(size)))
    found: dict[str, Any] = present.results(service.search(asked), g.lang)
    return found


def _unfiltered_total(service: Any, state: State, results: Mapping[str, Any]) -> int | None:
    """Return how many documents the words alone find, where filters leave none; else None."""
    if results["total"] or not state.filtered:
        return None
    asked = parameters(state.unfiltered.set("facet_size", "0").set("per_page", "1"))
    return int(present.results(service.search(asked), g.lang)["total"])


def _chips(query: Mapping[str, Any], state: State) -> list[Chip]:
    labels = query.get("filter_labels", {})
    return [
        Chip(
            facet=facet,
            excluded=bool(sign),
            name=_label(labels.get(facet, {}).get(value), value),
            without=state.remove(f"{sign}{facet}", value),
        )
        for sign in ("", "-")
        for facet in FILTERS
        for value in state.all(f"{sign}{facet}")
    ]


def _label(entry: Any, value: str) -> Name:
    if isinstance(entry, Mapping):
        return name_in(g.lang, entry.get("labels") or entry, str(entry.get("label") or value))
    return Name(str(entry or value), None)


def _expansions(query: Mapping[str, Any], state: State) -> list[dict[str, Any]]:
    return [
        {
            "text": expansion["text"],
            "name": name_in(g.lang, expansion.get("labels") or {}, expansion["label"]),
            "without": state.add("-expand", expansion["id"]),
        }
        for expansion in query.get("expansions", ())
    ]
