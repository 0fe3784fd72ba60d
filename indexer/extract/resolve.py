"""Who is who inside one document?  Namings become entities with one id each.

Full names of one spelling are one entity; a pair in brackets, an acronym, a title with a surname or a bare surname
leads to it.  Two bearers of one surname stay apart: a bare surname is theirs only where its paragraph, or the whole
document, leaves no doubt; otherwise it names nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.authority import Authority
from indexer.extract.groups import Group, Groups
from indexer.extract.ids import entity_id
from indexer.extract.latin import Word
from indexer.extract.naming import Field, Naming
from indexer.extract.pairs import pairs
from indexer.extract.surnames import han_surnames, latin_surnames
from indexer.extract.variants import unite_organisations, unite_persons
from indexer.fold import fold_text
from indexer.model import Entity, Kind, Mention, Passage


@dataclass(frozen=True, slots=True)
class Named:
    """What the finders gave for one field: its text, its namings in order, and the capitalised words that are left."""

    field: Field
    text: str
    namings: Sequence[Naming]
    singles: Sequence[Word] = ()


def resolved(fields: Sequence[Named], passages: Sequence[Passage], authority: Authority) -> list[Entity]:
    """Return the entities of a document, ordered by kind, then by first mention.

    ``passages`` are the stretches of the text in one script.
    """
    groups = Groups()
    for one in fields:
        for naming in one.namings:
            groups.add(naming)
    for one in fields:
        for pair in pairs(one.namings, one.text):
            groups.pair(pair)
    unite_persons(groups, {one.field: one.text for one in fields})
    unite_organisations(groups, authority)
    latin_surnames(groups, [(one.field, word, one.text) for one in fields for word in one.singles])
    for one in fields:
        han_surnames(groups, one.field, one.text)
    entities = [_entity(group, passages, authority) for group in groups.all() if group.mentions]
    return sorted(entities, key=lambda e: (e.kind != "person", _place(e.mentions[0])))


def _entity(group: Group, passages: Sequence[Passage], authority: Authority) -> Entity:
    mentions = _distinct(group.mentions)
    if group.record is not None:
        record = group.record
        return Entity(group.kind, record.id, record.name, record.names, True, mentions)
    latin = _best(group.latin)
    if latin and group.kind == "organisation":
        latin = re.sub(r"^[Tt]he (?=\S+ \S)", "", latin)
    han = _best(group.han)
    short = _best(group.short)
    main = latin or han or short or ""
    names: dict[str, tuple[str, ...]] = {}
    english = tuple(dict.fromkeys([*_ranked(group.latin), *_ranked(group.short)]))
    if english:
        names["en"] = english
    for name in _ranked(group.han):
        script = _script_of(name, mentions, passages)
        names[script] = (*names.get(script, ()), name)
    return Entity(group.kind, _free_id(group.kind, latin or short, han, authority), main, names, False, mentions)


def _free_id(kind: Kind, latin: str | None, han: str | None, authority: Authority) -> str:
    id = entity_id(latin, han, person=kind == "person")
    # A name of several listed bearers, undecided, must not take the id of one of them.
    return id if authority.get(kind, id) is None else f"{id}-unresolved"


def _script_of(name: str, mentions: Sequence[Mention], passages: Sequence[Passage]) -> str:
    folded = "".join(fold_text(name).split())
    if folded != "".join(name.split()):
        return "zh-Hant"
    for mention in mentions:
        if mention.text == name and mention.field == "text":
            for passage in passages:
                if passage.start <= mention.start < passage.end:
                    return "zh-Hant" if passage.script == "Hant" else "zh-Hans"
    return "zh-Hans"


def _best(names: Counter[str]) -> str | None:
    ranked = _ranked(names)
    return ranked[0] if ranked else None


def _ranked(names: Counter[str]) -> list[str]:
    """Return names by frequency; among equals the one met first."""
    return [name for name, _ in names.most_common()]


def _place(mention: Mention) -> tuple[bool, int]:
    return mention.field != "title", mention.start


def _distinct(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions in the order of the document, without those inside another."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (_place(m), -m.end)):
        if kept and kept[-1].field == mention.field and mention.start < kept[-1].end:
            continue
        kept.append(mention)
    return tuple(kept)
