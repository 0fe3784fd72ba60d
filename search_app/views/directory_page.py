"""What the lists of persons, organisations and charges show."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import g

from search_app.entities.directory import ORDERS, Directory, Selection, as_json, directory
from search_app.links import State, page_numbers
from search_app.request import BadRequest, whole_number
from search_app.service import Service

#: Names on one page, so that it stays under 60 KB for a careful reader too.
PER_PAGE = 100


def directory_page(service: Service, kind: str, state: State) -> dict[str, Any]:
    """Return what the template of a list shows.  Raises: BadRequest."""
    wanted, listing = _selection(state), _listing(service, kind)
    rows = listing.select(wanted)
    page = whole_number(state, "page", 1, 1, 100_000)
    pages = -(-len(rows) // PER_PAGE)
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    return {
        "kind": kind,
        "wanted": wanted,
        "total": len(rows),
        "groups": [(letter, list(group)) for letter, group in groupby(shown, lambda row: row.heading)]
        if wanted.order == "name"
        else [("", shown)] if shown else [],
        "headings": listing.headings(wanted.find),
        "page": page,
        "page_numbers": page_numbers(page, pages) if pages > 1 else [],
        "info": service.info(),
    }  # fmt: skip


def directory_json(service: Service, kind: str, state: State) -> dict[str, Any]:
    """Return a list as JSON values.  Raises: BadRequest."""
    wanted, listing = _selection(state), _listing(service, kind)
    rows = listing.select(wanted)
    page = whole_number(state, "page", 1, 1, 100_000)
    per_page = whole_number(state, "per_page", PER_PAGE, 1, 1000)
    return {
        "kind": kind,
        "total": len(rows),
        "page": page,
        "per_page": per_page,
        "headings": [{"heading": letter, "count": count} for letter, count in listing.headings(wanted.find).items()],
        "entities": [as_json(row, g.lang) for row in rows[(page - 1) * per_page : page * per_page]],
    }


def _selection(state: State) -> Selection:
    order = state.one("sort", ORDERS[0])
    if order not in ORDERS:
        raise BadRequest("not_known", field="sort", value=order, allowed=", ".join(ORDERS))
    return Selection(state.one("q"), state.one("letter"), order)


def _listing(service: Service, kind: str) -> Directory:
    with service.collection() as collection:
        return collection.once(directory, kind, g.lang)
