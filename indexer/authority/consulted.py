"""What did one document ask the authority files?

What a document says depends on the records whose names stand in it, and on those that extraction looks up by an id, by
a name that it made of the text ("Security Council" is looked up as "United Nations Security Council"), or by another
key (the place that has an ISO code).  The first can be seen in the text at any time; the others are remembered here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from indexer.authority import Authority, AuthorityRecord, Match, haystack_of, key_of
from indexer.fold import Folded
from indexer.model import Kind


class Question(NamedTuple):
    """What a record was looked up by: ``"id china"``, ``"name un women"``, or another key, ``"iso DE"``."""

    kind: Kind
    asked: str


class Consulted(Authority):
    """The authority files for one document: answers as they do, and remembers the questions."""

    def __init__(self, authority: Authority) -> None:
        super().__init__()
        self._authority = authority
        self._haystacks: list[str] = []
        self._names: set[tuple[Kind, str]] = set()
        self._others: set[Question] = set()

    def questions(self) -> frozenset[Question]:
        """Return what was asked, without the names that stand in the texts as they were asked for."""
        made = (
            Question(kind, f"name {name}")
            for kind, name in self._names
            if not any(name in haystack for haystack in self._haystacks)
        )
        return frozenset((*self._others, *made))

    def find(self, folded: Folded, original: str, any_case: bool = False) -> list[Match]:
        """See ``Authority.find``."""
        self._haystacks.append(haystack_of(folded.text))
        return self._authority.find(folded, original, any_case)

    def get(self, kind: str, id: str) -> AuthorityRecord | None:
        """See ``Authority.get``."""
        self._others.add(Question(kind, f"id {id}"))  # type: ignore[arg-type]
        return self._authority.get(kind, id)

    def named(self, name: str, kind: Kind | None = None) -> list[AuthorityRecord]:
        """See ``Authority.named``.  A document asks for one kind.  Raises: ValueError where it does not."""
        if kind is None:
            raise ValueError(f"{name}: extraction looks up names of one kind, so that its question can be remembered")
        self._names.add((kind, key_of(name)))
        return self._authority.named(name, kind)

    def having(self, kind: Kind, key: str, value: str) -> list[AuthorityRecord]:
        """See ``Authority.having``."""
        self._others.add(Question(kind, f"{key} {value}"))
        return self._authority.having(kind, key, value)

    def __iter__(self) -> Iterator[AuthorityRecord]:
        raise TypeError("what looks through every record depends on every record; ask by name, id or key")

    def __bool__(self) -> bool:
        return True
