"""What might the reader be about to type?  Names of the collection that begin as the box does, in any script.

A name is offered when any of its words begins it: "shunli", "cao sh" and 顺利 all lead to 曹顺利, and so does
the pinyin of its characters.  Suggestions never change what is searched: they only fill the box.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from indexer.authority.keys import key_of
from indexer.fold import fold_text, is_han
from indexer.pinyin import syllables_of
from search_app.collection import Collection
from search_app.query.names import Named, NameIndex

#: Kinds of entity that are offered, in the order in which equals are listed.
KINDS = ("person", "charge", "organisation", "violation", "topic", "place")

#: Keys that are looked at for one beginning: one letter may begin a great many.
MOST_KEYS = 4000

#: A longer beginning is no name.
MOST_CHARS = 80


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entity, and the name of it to put into the box: in the script of what was typed."""

    named: Named
    text: str


class Beginnings:
    """The beginnings of all names of one generation of a collection, sorted."""

    def __init__(self, names: NameIndex) -> None:
        rows: set[tuple[str, int, str]] = set()
        self._entities: list[Named] = []
        for kind in KINDS:
            for named in names.of_kind(kind):
                if named.documents:
                    rows.update((key, len(self._entities), text) for key, text in _keys(named))
                    self._entities.append(named)
        self._rows = sorted(rows)
        self._keys = [key for key, _, _ in self._rows]

    def suggest(self, typed: str, limit: int) -> list[Suggestion]:
        """Return what ``typed`` may begin, the most often named first; nothing for an empty text."""
        key = key_of(typed[:MOST_CHARS])
        if not key:
            return []
        start = bisect_left(self._keys, key)
        found: dict[int, list[str]] = {}
        reach = self._rows[start : start + MOST_KEYS]
        for _, entity, text in takewhile(lambda row: row[0].startswith(key), reach):
            found.setdefault(entity, []).append(text)
        ranked = sorted(found, key=lambda entity: (-self._entities[entity].documents, entity))[:limit]
        return [Suggestion(self._entities[one], _best(self._entities[one], found[one], typed)) for one in ranked]


def beginnings(collection: Collection) -> Beginnings:
    """Return the beginnings of a generation's names."""
    return Beginnings(collection.names)


def _keys(named: Named) -> Iterator[tuple[str, str]]:
    """Yield every key under which an entity is offered, with the name it stands for."""
    for names in named.names.values():
        for name in names:
            key = key_of(name)
            if any(map(is_han, key)):
                yield from ((key[at:], name) for at in range(len(key) - 1) if is_han(key[at]))
                if named.kind == "person":
                    yield "".join(syllables_of(fold_text(name))).replace("ü", "v"), name  # as keyboards have it
            else:
                words = name.split()
                yield from ((key_of(" ".join(words[at:])), name) for at in range(len(words)))


def _best(named: Named, texts: list[str], typed: str) -> str:
    """Return the name to put into the box: one in the script that was typed, a canonical one before others."""
    canonical = {names[0] for names in named.names.values()}
    as_typed = typed.strip().casefold()
    return min(texts, key=lambda text: (as_typed not in text.casefold(), text not in canonical, text))
