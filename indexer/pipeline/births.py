"""Equal characters, two people: those whom documents say were born in different years.

An unlisted name has one id in all documents.  Where documents state years of birth for it that lie more than ``NEAR``
apart, they speak of different people: each such document then has an id of its own bearer, the name's id with the year
(``li-na-0a1b2c-1969``).  A document that states no year keeps the name's id: it is anybody's guess whom it means.

A listed person whose year of birth the files give is nobody of whom a document states another.

What a document states is kept in its ``names`` rows, under the name's id, so that two people are one again when nothing
tells them apart any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from indexer.authority import Authority
from indexer.engines.base import Snapshot
from indexer.fold import fold_text
from indexer.model import Entity, Record
from indexer.pipeline.unite import APART, BORN, Evidence, Row, renamed
from indexer.query import Query, Without

#: Years that are one year of birth, counted in two ways (虚岁) or written down wrongly.
NEAR = 2

#: How far after a name its bearer's year of birth is looked for, in characters.
_REACH = 80

_YEAR = r"(?:19|20)\d\d"
#: What may stand between "born" and the year: places, days and months, and small words; no other verb.
_BETWEEN = r"(?:\s(?:[A-Z][A-Za-z'’-]*,?|\d{1,2},?|in|on|near|the|of|village|town|county|city|province)){0,7}"
_STATED = re.compile(
    r"\s?(?:[(（][^()（）\n]{1,20}[)）])?"
    rf"(?:[,，]?\s?[(（]?(?:who\s)?(?:was\s)?(?:b\.|born){_BETWEEN}\s(?P<en>{_YEAR})\b"
    rf"|[，,、（(]?(?:[男女][，,、]?)?(?:生于|出生于|生於|出生於)(?P<zh>{_YEAR})年"
    rf"|[，,、（(]?(?:[男女][，,、]?)?(?P<sheng>{_YEAR})年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:出生|生(?![前活产產病效意])))"
)

#: For each id, whose id a document has that states a year of birth.
Apart = Mapping[str, Mapping[int, str]]


def birth_rows(record: Record) -> Iterator[Row]:
    """Yield the rows that keep the years of birth that a record states of unlisted persons."""
    for entity in record.entities:
        year = _born(entity, record.document.text)
        if year is not None:
            yield "person", entity.id, BORN, str(year)


def told_apart(record: Record, apart: Apart) -> tuple[Record, list[Row]]:
    """Return the record with the ids of those who are told apart, and the rows that keep whose name they bear."""
    used: dict[tuple[str, str], str] = {}
    for entity in record.entities:
        year = _born(entity, record.document.text) if entity.id in apart else None
        if year is not None:
            used["person", entity.id] = apart[entity.id][year]
    if not used:
        return record, []
    entities = tuple(
        replace(entity, id=used[entity.kind, entity.id]) if (entity.kind, entity.id) in used else entity
        for entity in record.entities
    )
    rows = [("person", other, APART, own) for (_, own), other in used.items()]
    return replace(record, entities=entities, cases=renamed(record.cases, used)), rows


def without_strangers(record: Record, authority: Authority) -> Record:
    """Return the record without the listed persons of whom its text states another year of birth than the files do.

    It speaks of somebody else of that name, who gets an id with the year, and the names that the text has.
    """
    strangers: dict[tuple[str, str], Entity] = {}
    for entity in record.entities:
        listed = authority.get("person", entity.id) if entity.kind == "person" and entity.known else None
        stated = _stated(entity, record.document.text)
        born = listed.attributes.get("born") if listed is not None else None
        if born is not None and stated and min(abs(year - int(born)) for year in stated) > NEAR:
            strangers["person", entity.id] = _stranger(entity, min(stated))
    if not strangers:
        return record
    entities = tuple(strangers.get((entity.kind, entity.id), entity) for entity in record.entities)
    used = {key: stranger.id for key, stranger in strangers.items()}
    return replace(record, entities=entities, cases=renamed(record.cases, used))


def _stranger(entity: Entity, year: int) -> Entity:
    written = {fold_text(mention.text) for mention in entity.mentions}
    names = {
        language: tuple(name for name in names if fold_text(name) in written)
        for language, names in entity.names.items()
    }
    kept = {language: names for language, names in names.items() if names} or {"other": (entity.mentions[0].text,)}
    return replace(entity, id=f"{entity.id}-{year}", name=next(iter(kept.values()))[0], names=kept, known=False)


def births(found: Evidence) -> Apart:
    """Return who must be told apart, by the name's id and the year that a document states."""
    groups = {id: _groups(stated) for id, stated in found.born.items()}
    return {
        id: {year: f"{id}-{group[0]}" for group in listed for year in group}
        for id, listed in groups.items()
        if len(listed) > 1
    }


def misplaced(snapshot: Snapshot, found: Evidence, apart: Apart) -> list[Query]:
    """Return queries for the documents in which somebody is not told apart who must be, or is who need not be."""
    missing: list[Query] = [
        Without(snapshot.named("person", id, BORN, str(year)), snapshot.named("person", other, APART, id))
        for id, years in apart.items()
        for year, other in years.items()
    ]
    right = {other for years in apart.values() for other in years.values()}
    wrong = [snapshot.named("person", other, APART, id) for (_, other), id in found.apart.items() if other not in right]
    return [*missing, *wrong]


def _groups(years: Iterable[int]) -> list[list[int]]:
    """Return years in groups that lie apart, ascending; within one, each is near the first."""
    groups: list[list[int]] = []
    for year in sorted(years):
        if groups and year - groups[-1][0] <= NEAR:
            groups[-1].append(year)
        else:
            groups.append([year])
    return groups


def _born(entity: Entity, text: str) -> int | None:
    """Return the year of birth that a text states of an unlisted person; None where it states none, or several."""
    if entity.kind != "person" or entity.known:
        return None
    found = _stated(entity, text)
    return found.pop() if len(found) == 1 else None


def _stated(entity: Entity, text: str) -> set[int]:
    return stated_births(text, [mention.end for mention in entity.mentions if mention.field == "text"])


def stated_births(text: str, ends: Iterable[int]) -> set[int]:
    """Return the years of birth that stand right after the mentions of somebody, which end at ``ends``."""
    matches = (_STATED.match(text, end, end + _REACH) for end in ends)
    return {int(match["en"] or match["zh"] or match["sheng"]) for match in matches if match}
