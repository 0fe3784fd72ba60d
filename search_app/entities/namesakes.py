"""Who is possibly the same person under another id?  What would tie them, and what speaks against it.

Equal characters, equal spelling, or characters that are read like a Latin name make two ids look alike; nothing of
that unites them.  What the documents say of both is put side by side, for a reader to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from indexer.authority import Authority
from indexer.authority.keys import key_of
from indexer.authority.parted import Partings
from indexer.engines.base import Request
from indexer.fold import fold_text, is_han
from indexer.pinyin import romanised
from indexer.pipeline.births import NEAR
from indexer.query import And, Term
from search_app.collection import Collection
from search_app.entities.portrait import KINDS, Portrait, portrait
from search_app.query.names import Named

#: Persons that are compared with one, those in most documents first; a page shows no more.
MOST = 12

#: Values that one ground names.
MOST_VALUES = 5

#: Years between two people from which their documents lie apart.
FAR = 10

#: A value that more than this share of the documents has ties nobody; in a collection of fewer than _FEW all count.
_COMMON, _FEW = 0.2, 50

_SHARED = {"charge": "shared_charge", "organisation": "shared_organisation", "place": "shared_place"}


@dataclass(frozen=True, slots=True)
class Value:
    """What a ground names: an entity or a document by its id, or a text, whose ``id`` is ""."""

    kind: str
    id: str
    labels: dict[str, str]


class Apart(Protocol):
    """Who knows which ids the authority files keep apart: the service."""

    @property
    def authority(self) -> Authority:
        """The records of the authority files."""

    @property
    def partings(self) -> Partings:
        """The pairs that a researcher keeps apart."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason to take two people for one, or for two."""

    reason: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class PossiblySame:
    """Somebody who may be the same person: the likeness and what ties come in ``why``, the likeness first.

    ``known`` says whether the authority files have them.
    """

    named: Named
    known: bool
    why: tuple[Ground, ...]
    against: tuple[Ground, ...]


def possibly_same(collection: Collection, apart: Apart, named: Named) -> tuple[PossiblySame, ...]:
    """Return the persons who may be the same as ``named``, those with least against it first; empty for other kinds."""
    if named.kind != "person":
        return ()
    alike = _alike(collection, named)
    others = sorted(alike, key=lambda one: (-one.documents, one.id))[:MOST]
    if not others:
        return ()
    own = portrait(collection, apart.authority, named)
    found = [
        PossiblySame(other, apart.authority.get("person", other.id) is not None, (alike[other], *why), against)
        for other in others
        for why, against in [grounds(collection, apart, own, portrait(collection, apart.authority, other))]
    ]
    return tuple(sorted(found, key=lambda one: (len(one.against), -len(one.why))))


def grounds(
    collection: Collection, apart: Apart, one: Portrait, other: Portrait
) -> tuple[tuple[Ground, ...], tuple[Ground, ...]]:
    """Return what would tie two persons, and what speaks against their being one, beside their names."""
    return tuple(_ties(collection, one, other)), tuple(_objections(collection, apart, one, other))


def as_json(one: PossiblySame) -> dict[str, Any]:
    """Return somebody who may be the same as JSON values."""
    return {
        "id": one.named.id,
        "name": one.named.label("en"),
        "labels": one.named.labels(),
        "known": one.known,
        "documents": one.named.documents,
        **grounds_as_json(one.why, one.against),
    }


def grounds_as_json(why: Iterable[Ground], against: Iterable[Ground]) -> dict[str, Any]:
    """Return grounds as JSON values, under ``why`` and ``against``."""
    sides = {"why": why, "against": against}
    return {
        side: [
            {
                "reason": ground.reason,
                "values": [{"kind": value.kind, "id": value.id, "labels": value.labels} for value in ground.values],
            }
            for ground in listed
        ]
        for side, listed in sides.items()
    }


# Likeness


def _alike(collection: Collection, named: Named) -> dict[Named, Ground]:
    """Return the other persons whose names are like one's own, each with the first likeness found."""
    found: dict[Named, Ground] = {}
    for reason, name, other in _likenesses(collection, named):
        if other.kind == "person" and other.id != named.id and other.documents and other not in found:
            theirs = _counterpart(reason, name, other)
            homophones = reason == "same_sound" and _characters(named) and _characters(other)
            if theirs and not homophones:
                found[other] = Ground(reason, tuple(_text(text) for text in dict.fromkeys((name, theirs))))
    return found


def _likenesses(collection: Collection, named: Named) -> Iterator[tuple[str, str, Named]]:
    """Yield reason, own name and the other bearer, the surest likeness first."""
    names = collection.names
    own = [name for listed in named.names.values() for name in listed]
    han, latin = [name for name in own if _all_han(name)], [name for name in own if _is_full(name)]
    for name in han:
        yield from (("same_characters", name, other) for other in names.bearing(key_of(name)))
    for name in latin:
        for other in dict.fromkeys((*names.bearing(key_of(name)), *names.sounding(key_of(name)))):
            yield "same_spelling", name, other
            yield "same_sound", name, other
    for name in han:
        for reading in _readings(name):
            yield from (("same_sound", name, other) for other in names.bearing(reading))


def _counterpart(reason: str, name: str, other: Named) -> str | None:
    """Return the name of the other one that makes the likeness, None where there is none such."""
    theirs = [listed for names in other.names.values() for listed in names]
    key = key_of(name)
    if reason == "same_characters":
        return next((one for one in theirs if key_of(one) == key), None)
    if reason == "same_spelling":
        return next((one for one in theirs if _is_full(one) and key in (key_of(one), _turned(one))), None)
    if _all_han(name):
        return next((one for one in theirs if _is_full(one) and key_of(one) in _readings(name)), None)
    return next((one for one in theirs if _all_han(one) and key in _readings(one)), None)


def _readings(han: str) -> list[str]:
    """Return how characters are read as a name, in either order, as keys."""
    syllables = romanised(fold_text(han), True).split()
    return [key_of("".join(syllables)), key_of("".join([*syllables[1:], *syllables[:1]]))]


def _turned(latin: str) -> str:
    first, _, rest = latin.strip().partition(" ")
    return key_of(rest) + key_of(first)


def _is_full(name: str) -> bool:
    """Say whether a name is a Latin one of two words or more: a single word is no likeness."""
    return " " in name.strip() and not any(map(is_han, name))


def _all_han(name: str) -> bool:
    return len(name) > 1 and all(map(is_han, name))


# Grounds


def _ties(collection: Collection, one: Portrait, other: Portrait) -> Iterator[Ground]:
    for kind in KINDS:
        values = _telling(collection, kind, one.beside[kind] & other.beside[kind])
        if values:
            yield Ground(_SHARED[kind], values)
    publishers = _telling(collection, "publisher", one.publishers & other.publishers)
    if publishers:
        yield Ground("shared_publisher", publishers)
    if one.roles & other.roles:
        yield Ground("same_role", _texts(one.roles & other.roles))
    if one.born and other.born and _apart(one.born, other.born) <= 0:
        yield Ground("same_birth", _texts(map(str, one.born & other.born)))
    if one.years & other.years:
        yield Ground("same_time", _texts(map(str, one.years & other.years)))


def _objections(collection: Collection, apart: Apart, one: Portrait, other: Portrait) -> Iterator[Ground]:
    pair = (one.named.id, other.named.id)
    if _kept_apart(apart.authority, *pair) or _kept_apart(apart.authority, *reversed(pair)):
        yield Ground("not_same_as")
    parted = apart.partings.between(*pair)
    if parted is not None:
        yield Ground("parted", (_text(parted.why),))
    both = And((Term("person", pair[0]), Term("person", pair[1])))
    answer = collection.snapshot.search(Request(both, limit=MOST_VALUES, sort="-date"))
    if answer.total:
        records = [record for record in collection.snapshot.stored([hit.id for hit in answer.hits]) if record]
        yield Ground("named_together", tuple(Value("document", r["id"], _labels(r["title"])) for r in records))
    left, right = _characters(one.named), _characters(other.named)
    if left and right and not {*map(fold_text, left)} & {*map(fold_text, right)}:
        yield Ground("different_characters", _texts((left[0], right[0])))
    if one.born and other.born and _apart(one.born, other.born) > NEAR:
        yield Ground("different_births", (_text(_span(one.born)), _text(_span(other.born))))
    if one.years and other.years and _apart(one.years, other.years) >= FAR:
        yield Ground("different_times", (_text(_span(one.years)), _text(_span(other.years))))
    for script in (str.isascii, lambda role: not role.isascii()):
        mine, theirs = set(filter(script, one.roles)), set(filter(script, other.roles))
        if mine and theirs and not one.roles & other.roles:
            yield Ground("different_roles", (_text(", ".join(sorted(mine))), _text(", ".join(sorted(theirs)))))
            break


def _kept_apart(authority: Authority, id: str, other: str) -> bool:
    record = authority.get("person", id)
    return record is not None and other in record.not_same_as


def _telling(collection: Collection, kind: str, ids: frozenset[str]) -> tuple[Value, ...]:
    """Return the entities that say something of who bears a name, the rarest first."""
    known = [named for id in ids if (named := collection.names.get(kind, id)) is not None]
    documents = collection.snapshot.documents
    if documents >= _FEW:
        known = [named for named in known if named.documents <= _COMMON * documents]
    ranked = sorted(known, key=lambda named: (named.documents, named.id))[:MOST_VALUES]
    return tuple(Value(named.kind, named.id, named.labels()) for named in ranked)


def _characters(named: Named) -> Sequence[str]:
    return [name for names in named.names.values() for name in names if _all_han(name)]


def _apart(one: frozenset[int], other: frozenset[int]) -> int:
    """Return the years between two spans, 0 or less where they meet."""
    return max(min(one) - max(other), min(other) - max(one))


def _span(years: frozenset[int]) -> str:
    return str(min(years)) if len(years) == 1 else f"{min(years)}–{max(years)}"


def _texts(texts: Iterable[str]) -> tuple[Value, ...]:
    return tuple(map(_text, sorted(texts)[:MOST_VALUES]))


def _text(text: str) -> Value:
    return Value("text", "", _labels(text))


def _labels(text: str) -> dict[str, str]:
    return dict.fromkeys(("en", "zh-Hans", "zh-Hant"), text)
