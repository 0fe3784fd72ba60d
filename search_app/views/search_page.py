"""What the search page shows, worked out from the JSON of a result and the State of its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask import g

from indexer.authority import Authority
from indexer.model import PLURAL
from search_app import present
from search_app.entities.directory import name_keys
from search_app.hits import ResultHit
from search_app.ledger import (
    FULL,
    OPENED,
    SHORT,
    Families,
    Name,
    Shelf,
    families,
    name_in,
    named_so,
    other_name,
    shelves,
    shown_first,
    undated,
    year_bars,
)
from search_app.links import CHOICES, State, page_numbers, year_fields
from search_app.passages.reading import paragraph_of, paragraph_spans
from search_app.query.equivalents import WORD
from search_app.request import MAX_OFFSET, Parameters, parameters
from search_app.service import Results, Service
from search_app.views.case_ways import most_told, of_charge, ways_of
from search_app.views.markup import brief


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of the reader, with the search that lacks it."""

    facet: str
    excluded: bool
    name: Name
    without: State


@dataclass(frozen=True, slots=True)
class Expansion:
    """An entity or a regional word that was searched too, with the search that leaves it out."""

    kind: str
    name: Name
    other: Name | None
    without: State


@dataclass(frozen=True, slots=True)
class NamedBeside:
    """A person, organisation or charge that a document names; a ``spare`` one is not on a page that is too long."""

    kind: str
    id: str
    name: Name
    spare: bool


#: How many of each kind are named beside a hit, and the bytes that their ids and names may take.
NAMED: Mapping[str, int] = {"person": 5, "organisation": 2, "charge": 3}
ROOM_FOR_NAMES = 400

#: The same bytes, and the passages of a hit, on a page that would be too long with more (search_app.views.length).
LEAN_ROOM, LEAN_PASSAGES = 100, 2

#: Names and words searched too, and ways to cases, that a page shows; a query of ordinary length has fewer.
MOST_EXPANSIONS = 24


def search_page(service: Service, state: State) -> dict[str, Any]:
    """Run the search of ``state`` and return what the template shows.

    Raises: BadRequest for values outside their bounds.
    """
    found, opened = _narrowed(service, service.search(_parameters(state)), state)
    results = present.results(found, g.lang)
    _number_passages(results["hits"], found.hits)
    results["hits"] = [_with_names(hit) for hit in results["hits"]]
    state = _used(state, results["query"]).with_filters(results["query"]["filters"])
    facets = results["facets"]
    shown = shelves(results, state, g.lang, charge_families(service.authority), opened)
    asked = results["query"]["q"].strip(" *")
    ways = ways_of(service, results["query"])[:MOST_EXPANSIONS] if state.filtered or asked else most_told(service)
    first = (results["page"] - 1) * results["per_page"] + 1
    pages = -(-results["total"] // results["per_page"])
    return {
        "state": state,
        "results": results,
        "hits": [hit for hit in results["hits"] if hit["match"] == "all"],
        "partial": [hit for hit in results["hits"] if hit["match"] != "all"],
        "lean_passages": LEAN_PASSAGES,
        "most_expansions": MOST_EXPANSIONS,
        "first": first,
        "last": first + len(results["hits"]) - 1,
        "pages": pages,
        "page_numbers": page_numbers(results["page"], pages) if pages > 1 else [],
        "chips": chips_of(results["query"], state),
        "expansions": expansions_of(results["query"], state),
        "expanded": {one["id"]: name_in(g.lang, one["labels"], one["label"]) for one in results["query"]["expansions"]},
        "ways": ways,
        "of_charge": of_charge(results["query"], ways),
        "shelves": shown,
        "unseen": _unseen(shown, state),
        "bars": year_bars(facets.get("year", ()), state.all("year")),
        "undated": undated(facets.get("year", ())),
        "year_fields": year_fields(state.all("year")),
        "sort": state.one("sort") or ("relevance" if asked else "-date"),
        "nothing": results["nothing"],
        "most": MAX_OFFSET,
        "info": results["index"],
    }


def _used(state: State, query: dict[str, Any]) -> State:
    """Return a state with as much of its query as was searched, and cut what the page shows of it likewise."""
    for remark in query["ignored_codes"]:
        if remark["code"] == "chars_limit":
            query["q"] = query["q"][: remark["values"]["limit"]]
            return state.set("q", query["q"])
    return state


def _parameters(state: State) -> Parameters:
    """Return what to ask the service: as many rows of the facets as the page shows, and one more."""
    asked = parameters(state)
    if state.one("all"):
        return replace(asked, facet_size=FULL)
    return asked if state.one("facet_size") else replace(asked, facet_size=SHORT + 1)


@lru_cache(maxsize=2)  # the files of a service do not change
def charge_families(authority: Authority) -> Families:
    """Return the families of charges, made once."""
    return families(authority)


def _narrowed(service: Service, found: Results, state: State) -> tuple[Results, int | None]:
    """Keep of an opened facet what the reader's words find, and of all facets what the page shows.

    Also returns how many values the words found, None where no facet is opened.
    """
    facet, find = state.one("all"), state.one("find")
    if facet not in found.facets:
        return found, None
    with service.collection() as collection:
        keys = collection.once(name_keys, facet) if find else {}
    values = [value for value in found.facets[facet] if named_so(value, find, keys)]
    sizes = {name: OPENED if name == facet else SHORT + 1 for name in found.facets}
    facets = {**found.facets, facet: tuple(values)}
    kept = {name: tuple(shown_first(values, sizes[name])) for name, values in facets.items() if name != "year"}
    return replace(found, facets={**facets, **kept}), len(values)


def _number_passages(hits: list[dict[str, Any]], found: Sequence[ResultHit]) -> None:
    """Give every passage of a text the number of its paragraph."""
    for hit, origin in zip(hits, found, strict=True):
        spans = paragraph_spans(origin.record["text"])
        for snippet in hit["snippets"]:
            snippet["paragraph"] = paragraph_of(spans, snippet["start"])


def _with_names(hit: Mapping[str, Any]) -> dict[str, Any]:
    named = _named_beside(hit)
    unnamed = sum(len(hit[PLURAL[kind]]) for kind in NAMED) - len(named)
    return {**hit, "named": named, "unnamed": unnamed, "spare": sum(one.spare for one in named)}


def _named_beside(hit: Mapping[str, Any]) -> list[NamedBeside]:
    """Return whom and what a document names, the first of each kind, as many as there is room for."""
    named: list[NamedBeside] = []
    taken = 0
    for kind, most in NAMED.items():
        for entity in hit[PLURAL[kind]][:most]:
            name = name_in(g.lang, entity["names"], entity["name"])
            taken += len(entity["id"]) + len(name.text.encode())
            if taken <= ROOM_FOR_NAMES:
                named.append(NamedBeside(kind, entity["id"], name, spare=bool(named) and taken > LEAN_ROOM))
    return named


def _unseen(shown: Sequence[Shelf], state: State) -> list[tuple[str, str]]:
    """Return the choices that no checkbox shows; the form sends them as they are."""
    boxes = {(shelf.facet, row.value) for shelf in shown for row in (*shelf.rows, *filter(None, [shelf.nobody]))}
    return [(key, value) for key in CHOICES for value in state.all(key)
            if key != "year" and (key.lstrip("-"), value) not in boxes]  # fmt: skip


def chips_of(query: Mapping[str, Any], state: State) -> list[Chip]:
    """Return the choices of a search as chips."""
    labels = query["filter_labels"]
    return [
        Chip(
            facet=key.lstrip("-"),
            excluded=key.startswith("-"),
            name=name_in(g.lang, labels.get(key.lstrip("-"), {}).get(value, {}), brief(value)),
            without=state.remove(key, value),
        )
        for key in CHOICES
        for value in state.all(key)
    ]


def expansions_of(query: Mapping[str, Any], state: State) -> list[Expansion]:
    """Return what was searched too, each once, however often the query names it."""
    expansions = []
    for expansion in {(one["kind"], one["id"]): one for one in query["expansions"]}.values():
        name = name_in(g.lang, expansion["labels"], expansion["label"])
        # To a reader of Chinese the other script of a word tells nothing.
        alike = expansion["kind"] == WORD and g.lang != "en"
        other = None if alike else other_name(g.lang, expansion["labels"], name)
        expansions.append(Expansion(expansion["kind"], name, other, state.add("-expand", expansion["id"])))
    return expansions
