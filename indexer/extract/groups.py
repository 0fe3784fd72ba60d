"""Which namings are one bearer's?  A table of groups that grow together while a document is resolved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from indexer.authority import AuthorityRecord
from indexer.extract.naming import Naming
from indexer.extract.pairs import Pair
from indexer.extract.spelling import spelling
from indexer.model import Kind, Mention

#: Names a group: its kind, and the spelling of a name or the id of a listed bearer.
Key = tuple[str, str]


@dataclass(slots=True)
class Group:
    """The namings of one entity while they are gathered."""

    kind: Kind
    record: AuthorityRecord | None = None
    latin: Counter[str] = field(default_factory=Counter)
    han: Counter[str] = field(default_factory=Counter)
    short: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)


class Groups:
    """The groups of one document by key.  Two listed bearers are never united."""

    def __init__(self) -> None:
        self._groups: dict[Key, Group] = {}
        self._same: dict[Key, Key] = {}

    def __contains__(self, key: Key) -> bool:
        return key in self._groups

    def __getitem__(self, key: Key) -> Group:
        return self._groups[key]

    def __delitem__(self, key: Key) -> None:
        del self._groups[key]

    def of(self, kind: str) -> list[tuple[Key, Group]]:
        """Return the groups of a kind with their keys, in the order in which they were met."""
        return [(key, group) for key, group in self._groups.items() if group.kind == kind]

    def all(self) -> list[Group]:
        """Return every group."""
        return list(self._groups.values())

    def root(self, key: Key) -> Key:
        """Return the key of the group into which that of ``key`` was taken."""
        while key in self._same:
            key = self._same[key]
        return key

    def add(self, naming: Naming) -> None:
        """Take in one full naming, listed or not."""
        group = self._groups.setdefault(self.root(_key(naming)), Group(naming.kind))
        if len(naming.records) == 1:
            group.record = naming.records[0]
        names = group.short if naming.short else group.han if naming.han else group.latin
        names[naming.name] += 1
        group.mentions.append(Mention(naming.field, naming.start, naming.end, naming.written, naming.rule))

    def pair(self, pair: Pair) -> None:
        """Unite the two sides of a pair, unless both are listed and differ."""
        self.join(self.root(_key(pair.left)), self.root(_key(pair.right)))

    def join(self, keep: Key, drop: Key) -> None:
        """Unite two groups under the listed bearer, or under ``keep``; not where both are listed."""
        if keep == drop or keep not in self._groups or drop not in self._groups:
            return
        one, other = self._groups[keep].record, self._groups[drop].record
        if one is None or other is None:
            self.unite(keep, drop) if other is None else self.unite(drop, keep)

    def unite(self, keep: Key, drop: Key) -> None:
        """Take the group ``drop`` into the group ``keep``."""
        one, other = self._groups[keep], self._groups.pop(drop)
        self._same[drop] = keep
        one.latin.update(other.latin)
        one.han.update(other.han)
        one.short.update(other.short)
        one.mentions.extend(other.mentions)


def _key(naming: Naming) -> Key:
    if len(naming.records) == 1:
        return naming.kind, f"#{naming.records[0].id}"
    return naming.kind, spelling(naming.name, naming.kind)
