"""Which other documents tell of the same?  Those that name the same people, organisations and charges.

A name that few documents have weighs more than one that all have: the engine scores entities like words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.engines.base import Request
from indexer.model import PLURAL
from indexer.query import AtLeast, Term
from search_app.service import Service

#: Kinds of entity that make two documents related; places and topics are too common.
KINDS = ("person", "organisation", "charge")

#: Entities of a document that are looked for, the most mentioned first.
MOST_ENTITIES = 40

#: Entities that a related document shares at least.
FEWEST_SHARED = 2


def related(service: Service, record: Mapping[str, Any], limit: int = 6) -> Sequence[Mapping[str, Any]]:
    """Return the records of related documents, in any language, the closest first; often none."""
    entities = [(kind, entity) for kind in KINDS for entity in record[PLURAL[kind]]]
    entities.sort(key=lambda pair: -len(pair[1]["mentions"]))
    terms = tuple(Term(kind, entity["id"]) for kind, entity in entities[:MOST_ENTITIES])
    if len(terms) < FEWEST_SHARED:
        return []
    with service.collection() as collection:
        answer = collection.snapshot.search(Request(AtLeast(terms, FEWEST_SHARED), limit=limit + 1))
        others = [hit.id for hit in answer.hits if hit.id != record["id"]]
        return [found for found in collection.snapshot.stored(others[:limit]) if found]
