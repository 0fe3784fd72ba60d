"""One name checked against a collection: who bears it, and who is merely written or sounds alike.

The groups are kept apart on purpose: a name in another script is the same name, a homophone is another person's.
"""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz, process

from indexer.authority.keys import key_of
from indexer.engines.base import Request
from indexer.fold import is_han
from indexer.query import Term
from search_app.collection import Collection
from search_app.entities.namesakes import grounds, grounds_as_json
from search_app.entities.portrait import Portrait, portrait
from search_app.query.names import Named
from search_app.service import Service

#: Likeness (0–100, share of letters in common order) from which a romanised spelling counts as near.
NEAR = 85

#: Documents that are named as sources of an entity.
SOURCES = 5


def who_is(service: Service, name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the groups "exact", "other_script", "romanised", "homophones" and "near", each a list of entities.

    An entity stands in the first group that it fits.  Each has its names, the number of documents, the first of them,
    under ``tie`` the name that ties it to what was asked, and of a person, under ``why`` and ``against``, what would
    make it the same as the bearer of the name, or another: the bearer in most documents, who has neither.
    """
    with service.collection() as collection:
        names = collection.names
        bearers = [named for named in names.exact(name) if named.documents]
        exact = [named for named in bearers if name in _names(named)]
        han = all(map(is_han, key_of(name))) and key_of(name) != ""
        other_script = [named for named in bearers if named not in exact and _bears(named, name)]
        groups = {
            "exact": exact,
            "other_script": other_script,
            "romanised": [named for named in bearers if named not in exact and named not in other_script],
            "homophones": [named for named in names.sounding_like(name) if named.documents] if han else [],
            "near": [] if han else _near(collection, name, {named.id for named in bearers}),
        }
        persons = [named for named in (*exact, *other_script) if named.kind == "person"] or [
            named for named in groups["romanised"] if named.kind == "person"
        ]
        meant = max(persons, key=lambda named: (named.documents, named.id), default=None)
        own = portrait(collection, service.authority, meant) if meant else None
        return {
            group: [{**_about(collection, named, name), **_beside(collection, service, own, named)} for named in listed]
            for group, listed in groups.items()
        }


def _names(named: Named) -> list[str]:
    return [name for names in named.names.values() for name in names]


def _bears(named: Named, name: str) -> bool:
    """Say whether an entity bears the asked name itself, in the other Chinese script or with other accents."""
    return any(key_of(own) == key_of(name) for own in _names(named))


def _beside(collection: Collection, service: Service, own: Portrait | None, named: Named) -> dict[str, Any]:
    """Return what would make somebody the same as the bearer of a name, and what speaks against it; for persons."""
    if own is None or named.kind != "person":
        return {}
    if named is own.named:
        return grounds_as_json((), ())
    return grounds_as_json(*grounds(collection, service, own, portrait(collection, service.authority, named)))


def _near(collection: Collection, name: str, known: set[str]) -> list[Named]:
    keys = collection.names.latin_keys()
    found: dict[str, Named] = {}
    for key, _, _ in process.extract(key_of(name), list(keys), scorer=fuzz.ratio, score_cutoff=NEAR, limit=20):
        for named in keys[key]:
            if named.id not in known and named.documents and named.kind in ("person", "organisation"):
                found[named.id] = named
    return list(found.values())


def _about(collection: Collection, named: Named, asked: str) -> dict[str, Any]:
    answer = collection.snapshot.search(Request(Term(named.kind, named.id), limit=SOURCES, sort="-date"))
    tie = next((own for own in _names(named) if key_of(own) == key_of(asked)), next(iter(_names(named)), named.id))
    return {
        "kind": named.kind,
        "id": named.id,
        "names": named.names,
        "documents": answer.total,
        "sources": [hit.id for hit in answer.hits],
        "tie": tie,
    }
