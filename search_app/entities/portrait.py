"""What do the documents say of one person, in short?  For putting two people side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from indexer.authority import Authority, automaton_of
from indexer.engines.base import UNDATED, Request
from indexer.fold import fold_text
from indexer.model import PLURAL
from indexer.pipeline.births import stated_births
from indexer.query import Term
from search_app.collection import Collection
from search_app.query.names import Named

#: Kinds that stand beside a person: charges in a case of theirs, the others in a paragraph with their name.
KINDS = ("charge", "organisation", "place")

#: Documents that are read, the newest.
MOST_READ = 20

#: How far around a name a word tells what its bearer is, in characters: "the lawyer ", "维权律师".
_NEAR = 16


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the newest documents that name a person say of them; ``beside`` has ids by kind, ``roles`` are folded.

    ``born`` are years: that of the authority files, else those that the documents state.
    """

    named: Named
    years: frozenset[int]
    publishers: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    roles: frozenset[str]
    born: frozenset[int]


def portrait(collection: Collection, authority: Authority, named: Named) -> Portrait:
    """Return the portrait of a person."""
    asked = Request(Term("person", named.id), facets=("year", "publisher"), sort="-date", limit=MOST_READ)
    answer = collection.snapshot.search(asked)
    beside: dict[str, set[str]] = {kind: set() for kind in KINDS}
    roles: set[str] = set()
    born: set[int] = set()
    for record in collection.snapshot.stored([hit.id for hit in answer.hits]):
        if record is not None:
            for kind, id in _beside(record, named.id):
                beside[kind].add(id)
            roles |= _roles_near(record, named.id, authority)
            born |= stated_births(record["text"], [mention["end"] for mention in _mentions(record, named.id)])
    listed = authority.get("person", named.id)
    if listed is not None and listed.attributes.get("roles"):
        roles = {fold_text(role) for role in listed.attributes["roles"]}
    if listed is not None and "born" in listed.attributes:
        born = {int(listed.attributes["born"])}
    return Portrait(
        named,
        frozenset(int(year) for year, count in answer.facets["year"].items() if count and year != UNDATED),
        frozenset(id for id, count in answer.facets["publisher"].items() if count),
        {kind: frozenset(ids) for kind, ids in beside.items()},
        frozenset(roles),
        frozenset(born),
    )


def _mentions(record: Mapping[str, Any], id: str) -> list[Mapping[str, Any]]:
    return [m for one in record["persons"] if one["id"] == id for m in one["mentions"] if m["field"] == "text"]


def _beside(record: Mapping[str, Any], id: str) -> Iterator[tuple[str, str]]:
    """Yield the charges of a person's cases, and the organisations and places of the paragraphs with the name."""
    for case in record["cases"]:
        if id in case["persons"]:
            yield from (("charge", charge) for charge in case["charges"])
    text = record["text"]
    own = {text.rfind("\n", 0, mention["start"]) for mention in _mentions(record, id)}
    for kind in ("organisation", "place"):
        for entity in record[PLURAL[kind]]:
            if any(text.rfind("\n", 0, m["start"]) in own for m in entity["mentions"] if m["field"] == "text"):
                yield kind, entity["id"]


def _roles_near(record: Mapping[str, Any], id: str, authority: Authority) -> set[str]:
    """Return the words for what somebody is that stand right beside a name."""
    automaton = _role_words(authority)
    found: set[str] = set()
    for mention in _mentions(record, id):
        before = record["text"][max(0, mention["start"] - _NEAR) : mention["start"]]
        after = record["text"][mention["end"] : mention["end"] + _NEAR]
        for around in (before, after):
            words = f" {fold_text(around)} "
            found |= {role for last, role in automaton.iter(words) if _stands_alone(words, last + 1 - len(role), last)}
    return found


def _stands_alone(text: str, first: int, last: int) -> bool:
    return not text[first].isascii() or not (text[first - 1].isalpha() or text[last + 1].isalpha())


@lru_cache(maxsize=2)
def _role_words(authority: Authority) -> Any:
    """Return what finds the words for roles that the authority files use of persons."""
    roles = {
        fold_text(role)
        for record in authority
        if record.kind == "person"
        for role in record.attributes.get("roles", ())
    }
    return automaton_of(role for role in roles if len(role) > 1)
