"""Why is a name in one document read as a person whom another document names?

A Latin name alone gets the id of a person with characters where some document ties the two forms
(``indexer.pipeline.unite``).  Each such join is told with the documents it was made in and the words that tie, so that
it can be judged; ``parted.toml`` of the authority files undoes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from indexer.engines.base import JOINED, TIED, Request
from indexer.extract.ids import entity_id
from indexer.fold import is_han
from indexer.model import PLURAL
from indexer.query import Query
from search_app.collection import Collection
from search_app.query.names import Named

#: Documents that are named for a join, and for what ties it.
MOST = 20

#: Between a name and the same name in brackets: (, （, 〔, [ and a space or two, or the words of an apposition.
_LONGEST_GAP = 4

_CLOSING = re.compile(r"\s?[)）〕\]]")


@dataclass(frozen=True, slots=True)
class Tie:
    """The words of a document that give both forms of a name: ``Zhu Tingfang (朱婷芳)``; "" where they stand apart."""

    document: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Joined:
    """One id that a person took the place of: ``name`` alone in ``documents`` (the newest), tied by ``ties``."""

    id: str
    name: str
    documents: tuple[str, ...]
    ties: tuple[Tie, ...]


def joined_by(collection: Collection, named: Named) -> tuple[Joined, ...]:
    """Return what was read as an entity because a document ties it; empty for most."""
    taken, tied = collection.names.joins(named)
    found = []
    for own in taken:
        name = _name_of(own, named)
        keys = [key for key in tied if entity_id(key, None) == own] or list(tied)
        documents = _documents(collection, named, JOINED, [own])
        records = collection.snapshot.stored(_documents(collection, named, TIED, keys))
        ties = tuple(_tie(record, named) for record in records if record)
        found.append(Joined(own, name, tuple(documents), ties))
    return tuple(found)


def as_json(one: Joined) -> dict[str, Any]:
    """Return a join as JSON values."""
    ties = [{"document": tie.document, "title": tie.title, "text": tie.text} for tie in one.ties]
    return {"id": one.id, "name": one.name, "documents": list(one.documents), "ties": ties}


def with_joins(collection: Collection, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record in which each person and organisation that was joined in it says so, under ``joined_by``."""
    shown = dict(record)
    for kind in ("person", "organisation"):
        shown[PLURAL[kind]] = [_with_join(collection, kind, record["id"], entity) for entity in record[PLURAL[kind]]]
    return shown


def _with_join(collection: Collection, kind: str, document: str, entity: Mapping[str, Any]) -> Mapping[str, Any]:
    named = collection.names.get(kind, entity["id"])
    here = [one for one in joined_by(collection, named) if document in one.documents] if named else []
    return {**entity, "joined_by": [as_json(one) for one in here]} if here else entity


def _documents(collection: Collection, named: Named, language: str, names: list[str]) -> list[str]:
    found: dict[str, None] = {}
    for name in names:
        rows: Query = collection.snapshot.named(named.kind, named.id, language, name)
        found |= dict.fromkeys(
            hit.id for hit in collection.snapshot.search(Request(rows, limit=MOST, sort="-date")).hits
        )
    return list(found)[:MOST]


def _name_of(own: str, named: Named) -> str:
    """Return the Latin name that gave an id, the id itself where it stands nowhere any more."""
    listed = (name for language in ("en", "other") for name in named.names.get(language, ()))
    return next((name for name in listed if entity_id(name, None) == own.removesuffix("-unresolved")), own)


def _tie(record: Mapping[str, Any], named: Named) -> Tie:
    """Return where a document gives the characters of a name beside its Latin form."""
    (entity,) = [one for one in record[PLURAL[named.kind]] if one["id"] == named.id]
    for start, end, field in _neighbours(entity["mentions"]):
        text = record[field]
        closing = _CLOSING.match(text, end)
        return Tie(record["id"], record["title"], text[start : closing.end() if closing else end])
    return Tie(record["id"], record["title"], "")


def _neighbours(mentions: list[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of two mentions that stand together and are of different scripts."""
    for left, right in pairwise(mentions):
        near = left["field"] == right["field"] and 0 <= right["start"] - left["end"] <= _LONGEST_GAP
        if near and _has_han(left["text"]) != _has_han(right["text"]):
            yield left["start"], right["end"], left["field"]


def _has_han(text: str) -> bool:
    return any(map(is_han, text))
