"""Names by their characters: is every name found where it stands, and nowhere else?

Way of measuring: every name of a public list is a query over public articles.  A document is a right answer if it
has the name's characters in a row, in either script.  ``missed`` are right answers not found; ``strangers``
are documents among the hits that match all which have neither the name nor, by another spelling that the answer
shows as an expansion, the person.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from evaluation.relevance.collections import SHARED
from indexer.authority.keys import key_of
from indexer.fold import fold_text, is_han
from search_app.request import Parameters
from search_app.service import Service

NAMES = SHARED / "data" / "gazetteer" / "political_prisoners.csv"
ARTICLES = SHARED / "data" / "hr_zh_dev.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Queries run, right answers found and missed, and hits that do not have the name, as (name, id)."""

    names: int
    found: int
    missed: tuple[tuple[str, str], ...]
    strangers: tuple[tuple[str, str], ...]


def measure(service: Service) -> Boundaries:
    """Query every Han name of the list."""
    with NAMES.open(encoding="utf-8", newline="") as rows:
        names = sorted({row["Name"].strip() for row in csv.DictReader(rows)})
    names = [name for name in names if all(map(is_han, key_of(name))) and len(key_of(name)) > 1]
    with service.collection() as collection:
        ids = sorted(collection.snapshot.ids())
    texts = {
        record["id"]: key_of(record["title"]) + "\n" + "".join(fold_text(record["text"]).split())
        for record in service.documents(ids)
        if record is not None
    }
    found = 0
    missed: list[tuple[str, str]] = []
    strangers: list[tuple[str, str]] = []
    for name in names:
        answer = service.search(Parameters(q=name, per_page=100, facet_size=0))
        expanded = {expansion.named.id for expansion in answer.expansions}
        records = [hit.record for hit in answer.hits if hit.match == "all"]
        hits = {record["id"] for record in records}
        shown = {record["id"] for record in records if expanded & {person["id"] for person in record["persons"]}}
        right = {id for id, text in texts.items() if key_of(name) in text}
        found += len(hits & right)
        missed += [(name, id) for id in sorted(right - hits)]
        strangers += [(name, id) for id in sorted(hits - right - shown)]
    return Boundaries(len(names), found, tuple(missed), tuple(strangers))
