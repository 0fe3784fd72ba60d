"""One person, one id across documents: Latin names that some document itself ties to Chinese characters.

A document that writes ``Anna Li (李安娜)`` ties the two forms.  Where another document has the Latin name alone, its
entity gets the id of the tied one, on conditions that keep strangers apart: the name is of two words or more, every
document that ties it ties it to the same characters, and nobody else in the collection, listed or not, bears the
Latin name with other characters.  Equal pinyin without such a tie unites nobody, and a pair in ``parted.toml`` of the
authority files is never joined.

What was tied and what was joined is kept in the ``names`` rows of the documents themselves, so that a join goes when
the document that supports it goes, whatever the order in which documents came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from indexer.analysis import fold, runs
from indexer.authority.parted import Partings
from indexer.engines.base import JOINED, TIED, Snapshot
from indexer.fold import is_han
from indexer.model import NAME_LANGUAGES, Case, Entity, Mention, Record
from indexer.query import Query, Term

#: Languages of ``names`` rows that are no names: a stated year of birth, and the name's id of one who was told apart
#: by it (``indexer.pipeline.births``).
BORN, APART = "born", "apart"

#: The kinds whose names are tied across documents.
KINDS = ("person", "organisation")

Joins = Mapping[tuple[str, str], str]
Row = tuple[str, str, str, str]


def tie_rows(record: Record, joined: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    """Yield the rows that a record adds to the evidence: names that it ties, and ids that were joined in it.

    ``joined`` maps (kind, own id) to the id that took its place.
    """
    for entity in record.entities:
        if entity.kind in KINDS and not entity.known and _characters(entity):
            for key in {_latin_key(name) for name in _latin_names(entity)} - {None}:
                yield entity.kind, entity.id, TIED, str(key)
    for (kind, own), other in joined.items():
        yield kind, other, JOINED, own


def unite(record: Record, joins: Joins) -> tuple[Record, Mapping[tuple[str, str], str]]:
    """Return the record with joined ids, and which of its own ids they took the place of."""
    used: dict[tuple[str, str], str] = {
        (entity.kind, entity.id): joins[entity.kind, entity.id]
        for entity in record.entities
        if (entity.kind, entity.id) in joins and not entity.known and not _characters(entity)
    }
    if not used:
        return record, {}
    entities: dict[tuple[str, str], Entity] = {}
    for entity in record.entities:
        moved = replace(entity, id=used.get((entity.kind, entity.id), entity.id))
        before = entities.get((moved.kind, moved.id))
        entities[moved.kind, moved.id] = moved if before is None else _merged(before, moved)
    return replace(record, entities=tuple(entities.values()), cases=renamed(record.cases, used)), used


@dataclass(slots=True)
class Evidence:
    """What the rows of a collection say: ties by Latin key, who bears which Latin name, and what is joined now.

    ``born`` are the years of birth that documents state of a name's id, ``apart`` the name's id of who is told apart;
    in all else the name's id stands for these, because they bear the name still.
    """

    tied: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    bearers: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    with_characters: set[tuple[str, str]] = field(default_factory=set)
    joined: set[tuple[str, str, str]] = field(default_factory=set)
    present: set[tuple[str, str]] = field(default_factory=set)
    born: dict[str, set[int]] = field(default_factory=dict)
    apart: dict[tuple[str, str], str] = field(default_factory=dict)


def evidence(snapshot: Snapshot) -> Evidence:
    """Read the evidence of a generation."""
    found = Evidence()
    for kind, id, language, name, _ in snapshot.names():
        if kind not in KINDS:
            continue
        if language == TIED:
            found.tied.setdefault((kind, name), set()).add(id)
        elif language == JOINED:
            found.joined.add((kind, name, id))
        elif language == BORN:
            found.born.setdefault(id, set()).add(int(name))
        elif language == APART:
            found.apart[kind, id] = name
        elif language in NAME_LANGUAGES:
            found.present.add((kind, id))
            if any(map(is_han, name)):
                found.with_characters.add((kind, id))
            elif key := _latin_key(name):
                found.bearers.setdefault((kind, key), set()).add(id)
    return replace(
        found,
        bearers={key: {found.apart.get((key[0], id), id) for id in ids} for key, ids in found.bearers.items()},
        with_characters={(kind, found.apart.get((kind, id), id)) for kind, id in found.with_characters},
        present={(kind, found.apart.get((kind, id), id)) for kind, id in found.present},
    )


def joins_of(found: Evidence, partings: Partings) -> dict[tuple[str, str], str]:
    """Return which Latin ids are to be joined to which; never those that ``partings`` keep apart."""
    joins: dict[tuple[str, str], str] = {}
    joined_to = {(kind, other) for kind, _, other in found.joined}
    for (kind, key), ids in found.tied.items():
        bearers = found.bearers.get((kind, key), set())
        own = {old for old_kind, old, other in found.joined if old_kind == kind and other in ids}
        others = {id for id in bearers - ids if (kind, id) in found.with_characters and (kind, id) not in joined_to}
        if len(ids) == 1 and not others:
            target = next(iter(ids))
            for latin in {id for id in bearers - ids if (kind, id) not in found.with_characters} | own:
                if partings.between(latin, target) is None:
                    joins[kind, latin] = target
    return joins


def affected(snapshot: Snapshot, found: Evidence, joins: Joins) -> list[Query]:
    """Return queries for the documents whose joins are not as they should be."""
    missing: list[Query] = [Term(kind, latin) for (kind, latin) in joins if (kind, latin) in found.present]
    wrong = [
        snapshot.named(kind, other, JOINED, latin)
        for kind, latin, other in found.joined
        if joins.get((kind, latin)) != other
    ]
    return [*missing, *wrong]


def _characters(entity: Entity) -> bool:
    return bool(entity.names.get("zh-Hans") or entity.names.get("zh-Hant"))


def _latin_names(entity: Entity) -> Iterable[str]:
    return (name for language in ("en", "other") for name in entity.names.get(language, ()))


def _latin_key(name: str) -> str | None:
    """Return the folded words of a Latin name of two words or more; None for any other."""
    words = [run.text for run in runs(fold(name)) if not run.han]
    return " ".join(words) if len(words) > 1 and not any(map(is_han, name)) else None


def _merged(left: Entity, right: Entity) -> Entity:
    """Join two entities of one document that turned out to be one."""
    names = {
        language: tuple(dict.fromkeys([*left.names.get(language, ()), *right.names.get(language, ())]))
        for language in {**left.names, **right.names}
    }
    mentions: list[Mention] = sorted([*left.mentions, *right.mentions], key=lambda m: (m.field != "title", m.start))
    return replace(left, names=names, mentions=tuple(mentions))


def renamed(cases: tuple[Case, ...], used: Mapping[tuple[str, str], str]) -> tuple[Case, ...]:
    """Return cases in which other ids stand for persons; ``used`` maps (kind, id) to the other id."""
    return tuple(
        replace(case, persons=tuple(dict.fromkeys(used.get(("person", id), id) for id in case.persons)))
        for case in cases
    )
