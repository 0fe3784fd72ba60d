"""Who is named in a collection?  Lists of its persons, organisations and charges, as a reader looks them up.

In: the names of one generation.  Out: rows in the order of a reader's language, or by the number of documents, and
the headings under which they stand.  A row is an entity: namesakes are rows of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.authority.keys import key_of
from search_app.collection import Collection
from search_app.entities.collation import heading, heading_order, sort_key
from search_app.ledger import Name, name_in, other_name
from search_app.present import entity
from search_app.query.names import Named, NameIndex

#: Kinds of entity that have a list.
KINDS = ("person", "organisation", "charge")

#: What a list can be ordered by: the name as the reader's language sorts it, or the number of documents.
ORDERS = ("name", "count")


@dataclass(frozen=True, slots=True)
class Row:
    """One entity of a list: its name in the reader's language, one in another or None, and its heading."""

    named: Named
    name: Name
    other: Name | None
    heading: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a list is asked for.

    ``find`` is a part of any name in any script, ``letter`` a heading, each "" for all; ``order`` one of ORDERS.
    """

    find: str = ""
    letter: str = ""
    order: str = "name"


class Directory:
    """The list of one kind for readers of one language."""

    def __init__(self, names: NameIndex, kind: str, language: str, keys: Mapping[str, str]) -> None:
        """``keys`` are those of ``keys_of`` for the kind."""
        keyed = sorted(_keyed(names.of_kind(kind), kind, language), key=lambda pair: (pair[0], pair[1].named.id))
        self._rows = [row for _, row in keyed]
        self._rows.sort(key=lambda row: heading_order(row.heading))
        self._keys = keys

    def select(self, wanted: Selection) -> list[Row]:
        """Return the rows that are asked for, in their order."""
        rows = [row for row in self._found(wanted.find) if wanted.letter in ("", row.heading)]
        return sorted(rows, key=lambda row: -row.named.documents) if wanted.order == "count" else rows

    def headings(self, find: str) -> Mapping[str, int]:
        """Return the headings of the rows that have ``find`` in a name, in order, each with its number of rows."""
        return Counter(row.heading for row in self._found(find))

    def _found(self, find: str) -> Sequence[Row]:
        key = key_of(find)
        if not key:
            return [] if find.strip() else self._rows
        return [row for row in self._rows if key in self._keys[row.named.id]]


def directory(collection: Collection, kind: str, language: str) -> Directory:
    """Return the list of a kind of a generation."""
    return Directory(collection.names, kind, language, collection.once(name_keys, kind))


def name_keys(collection: Collection, kind: str) -> Mapping[str, str]:
    """Return the keys of all names of a kind of a generation."""
    return keys_of(collection.names, kind)


def keys_of(names: NameIndex, kind: str) -> Mapping[str, str]:
    """Map each entity of a kind to the keys of all its names, spaces between: a part of a name is found in them."""
    return {named.id: " ".join(key_of(name) for name in _all_names(named)) for named in names.of_kind(kind)}


def _keyed(entities: Iterable[Named], kind: str, language: str) -> Iterable[tuple[Any, Row]]:
    for named in entities:
        if named.documents:
            name = name_in(language, named.names, named.label(language))
            key = sort_key(kind, name.text, next(iter(named.names.get("zh-Hans", ())), ""), language)
            yield key, Row(named, name, other_name(language, named.names, name), heading(key))


def _all_names(named: Named) -> Iterable[str]:
    return (name for names in named.names.values() for name in names)


def as_json(row: Row, language: str) -> dict[str, Any]:
    """Return a row as JSON values."""
    return {
        **entity(row.named, language),
        "names": row.named.names,
        "documents": row.named.documents,
        "distinguisher": row.named.distinguisher or None,
        "heading": row.heading,
    }
