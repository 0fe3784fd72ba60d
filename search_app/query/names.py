"""Who does a stretch of a query name?  The names of a collection, found in any script and spelling.

Names come from the index itself (every name of every entity that a document mentions) and from the authority
files (acronyms, and names of entities that this collection does not have).  Keys are folded and joined, so that
``Cao Shunli``, ``cao shun li`` and ``caoshunli`` meet; pinyin leads to names and never to text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.analysis import runs
from indexer.authority import Authority
from indexer.authority.spellings import spellings
from indexer.engines.base import JOINED, TIED
from indexer.fold import fold, fold_text, is_han
from indexer.model import KINDS, NAME_LANGUAGES
from indexer.pinyin import romanised, syllables_of
from search_app.query.articles import article_names
from search_app.query.phrases import spaced

#: Runs of words that one name may span: the longest names of organisations have about this many.
LONGEST_NAME = 14

#: Shorter joined pinyin is too often something else: "lian" is Li An, and a word.
SHORTEST_PINYIN = 5

_STEMMED = frozenset({"charge", "violation", "topic"})


@dataclass(slots=True, eq=False)
class Named:
    """An entity of the collection: its names by language, and how many documents mention it.

    ``distinguisher`` is what the authority files tell it from its namesakes by, or ""; ``distinguishers`` has it by
    language.
    """

    kind: str
    id: str
    names: dict[str, list[str]] = field(default_factory=dict)
    documents: int = 0
    distinguisher: str = ""
    distinguishers: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """Return the name to show to a reader of ``language``; the best known other name where there is none."""
        order = {
            "zh-Hans": ("zh-Hans", "zh-Hant", "en", "other"),
            "zh-Hant": ("zh-Hant", "zh-Hans", "en", "other"),
        }.get(language, ("en", "other", "zh-Hans", "zh-Hant"))
        for candidate in order:
            if self.names.get(candidate):
                return self.names[candidate][0]
        return self.id

    def labels(self) -> dict[str, str]:
        """Return the label in each language of the interface."""
        return {language: self.label(language) for language in ("en", "zh-Hans", "zh-Hant")}


_POSSESSIVE = re.compile(r"'s(?![^\W_])")
_NOT_WORD = re.compile(r"[\W_]+")


def key_of(name: str) -> str:
    """Return the folded, joined form under which a name is found: letters, digits and characters alone.

    The same as joining the runs of the name, forty times as fast: there are a hundred thousand names.
    """
    return _NOT_WORD.sub("", _POSSESSIVE.sub("", fold_text(name)))


class NameIndex:
    """The names of one generation of a collection."""

    def __init__(
        self,
        rows: Iterable[tuple[str, str, str, str, int]],
        authority: Authority,
        stem: Callable[[str], str],
    ) -> None:
        """``rows`` are those of ``Snapshot.names``; ``stem`` is the analyzer's."""
        self._stem = stem
        self._authority = authority
        self._entities: dict[tuple[str, str], Named] = {}
        #: For each entity, the ids that it took the place of, and the Latin names that a document ties to it.
        self._joins: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
        for row in rows:
            self._take(*row)
        self._describe(authority)
        self._exact: dict[str, list[Named]] = {}
        self._pinyin: dict[str, list[Named]] = {}
        self._acronyms: dict[str, list[Named]] = {}
        for named in self._entities.values():
            # Who published a document is a filter; what a query names is who and what documents speak of.
            if named.kind in KINDS:
                self._add(named)
        for record in authority:
            known = self._entities.get((record.kind, record.id))
            entity = known or Named(record.kind, record.id, {k: list(v) for k, v in record.names.items()})
            if known is None:
                self._add(entity)
            for acronym in record.acronyms:
                _put(self._acronyms, key_of(acronym), entity)
            for name in (*record.all_names(), *record.derived, *record.weak):
                for spelling in spellings(fold_text(name), record.kind in _STEMMED):
                    _put(self._exact, key_of(spelling), entity)
        self._organisations = sorted(
            (spaced(name), named.id) for named in self.of_kind("organisation") for name in _all_names(named)
        )
        self._longest_han = max((len(key) for key in self._exact if _all_han(key)), default=0)

    def in_articles(self, folded: str) -> dict[int, tuple[int, Named]]:
        """Return what a folded text names by law and article: by the start of a stretch, its end and the charge."""
        return {
            start: (end, self._entities.get(("charge", id)) or Named("charge", id))
            for id, start, end in article_names(folded, self._authority)
        }

    def _take(self, kind: str, id: str, language: str, name: str, documents: int) -> None:
        """Take in one row of names."""
        if language in NAME_LANGUAGES:
            named = self._entities.setdefault((kind, id), Named(kind, id))
            named.names.setdefault(language, []).append(name)
            named.documents = max(named.documents, documents)
        elif language in (JOINED, TIED):
            self._joins.setdefault((kind, id), ([], []))[language == TIED].append(name)

    def _describe(self, authority: Authority) -> None:
        """Put the canonical name first: that of the authority files, else the one in most documents.

        What tells namesakes apart comes from the authority files too.
        """
        for (kind, id), named in self._entities.items():
            record = authority.get(kind, id)
            if record is not None:
                named.distinguisher, named.distinguishers = record.distinguisher, record.distinguishers
                for language, names in record.names.items():
                    rest = [name for name in named.names.get(language, ()) if name not in names]
                    named.names[language] = [*names, *rest]

    def _add(self, named: Named) -> None:
        for name in [name for names in named.names.values() for name in names]:
            key = key_of(name)
            if not key:
                continue
            if 2 <= len(key) <= 6 and name.isupper() and key.isascii():
                _put(self._acronyms, key, named)
                continue
            _put(self._exact, key, named)
            if named.kind in _STEMMED and key.isascii():
                _put(self._exact, "".join(self._stem(run.text) for run in runs(fold(name))), named)
            if named.kind == "person":
                for spelling in _person_spellings(name, key):
                    _put(self._pinyin, spelling, named)

    def get(self, kind: str, id: str) -> Named | None:
        """Return an entity of the collection by its id."""
        return self._entities.get((kind, id))

    def joins(self, named: Named) -> tuple[Sequence[str], Sequence[str]]:
        """Return the ids that an entity took the place of somewhere, and the Latin names that a document ties to it."""
        return self._joins.get((named.kind, named.id), ((), ()))

    def bearing(self, key: str) -> list[Named]:
        """Return the entities that have a name of this key (``key_of``), in full or as a short form."""
        return list(self._exact.get(key, ()))

    def sounding(self, key: str) -> list[Named]:
        """Return the persons whose name is typed so in western order, or has characters that are read so."""
        return list(self._pinyin.get(key, ()))

    def of_kind(self, kind: str) -> Iterator[Named]:
        """Yield every entity of a kind that the collection has."""
        return (named for (its_kind, _), named in self._entities.items() if its_kind == kind)

    def branches(self, named: Named) -> list[Named]:
        """Return the organisations whose names continue a name of this one: Amnesty International UK.

        A single word (Amnesty, 大赦) begins too much to say anything.
        """
        found: dict[str, Named] = {}
        for name in _all_names(named):
            words = [run.text for run in runs(fold(name))]
            if named.kind != "organisation" or len(words) < 2:
                continue
            beginning = " ".join(words) + " "
            for longer, id in self._organisations[bisect_left(self._organisations, (beginning, "")) :]:
                if not longer.startswith(beginning):
                    break
                found[id] = self._entities["organisation", id]
        found.pop(named.id, None)
        return list(found.values())

    def exact(self, name: str, kind: str | None = None) -> list[Named]:
        """Return the entities of which ``name`` is a whole name, in any script, spelling or order."""
        key = key_of(name)
        found = [*self._exact.get(key, ()), *self._acronyms.get(key, ())]
        if kind == "publisher":
            found = [named for named in self.of_kind(kind) if any(key_of(n) == key for n in _all_names(named))] or [
                self._entities[kind, named.id] for named in found if (kind, named.id) in self._entities
            ]
        if not found and len(key) >= SHORTEST_PINYIN:
            found = list(self._pinyin.get(key, ()))
        return [named for named in found if kind is None or named.kind == kind]

    def containing(self, kind: str, value: str) -> list[Named]:
        """Return the entities of a kind one of whose names has all words of ``value`` in order."""
        wanted = [run.text for run in runs(fold(value))]
        if not wanted:
            return []
        found = [named for named in self.of_kind(kind) if any(_has(name, wanted) for name in _all_names(named))]
        return found or [named for named in self.exact(value, kind) if self.get(kind, named.id)]

    def named_by(self, words: Sequence[str], typed: Sequence[str], capitals_only: Callable[[str], bool]) -> list[Named]:
        """Return the entities that a sequence of folded words names as a whole.

        ``typed`` are the same words as they were typed; ``capitals_only(word)`` says whether a short form means
        something else in the collection unless it is typed in capitals.
        """
        key = "".join(words)
        found = list(self._exact.get(key, ()))
        if not found and len(words) == 1:
            in_capitals = typed[0].isupper() and len(typed[0]) > 1
            found = [named for named in self._acronyms.get(key, ()) if in_capitals or not capitals_only(key)]
        if not found and key.isascii():
            found = list(self._exact.get("".join(map(self._stem, words)), ()))
            found = [named for named in found if named.kind in _STEMMED]
        if not found and len(key) >= SHORTEST_PINYIN:
            found = list(self._pinyin.get(key, ()))
        return found

    def in_han(self, run: str) -> list[tuple[int, int, list[Named]]]:
        """Return the names in one run of folded Han text, the longest first chosen: (start, end, entities)."""
        found = []
        at = 0
        while at < len(run):
            for end in range(min(len(run), at + self._longest_han), at + 1, -1):
                entities = self._exact.get(run[at:end])
                if entities:
                    found.append((at, end, entities))
                    at = end
                    break
            else:
                at += 1
        return found

    def sounding_like(self, han: str) -> list[Named]:
        """Return persons whose names sound like a Han name without being it: a hint, never a match."""
        key = key_of(romanised(fold_text(han), True))
        own = set(map(id, self._exact.get(key_of(han), ())))
        return [named for named in self._pinyin.get(key, ()) if id(named) not in own]

    def latin_keys(self) -> Mapping[str, list[Named]]:
        """Return every Latin key with its entities, for suggestions of spelling."""
        return {key: named for key, named in self._exact.items() if key.isascii()}


def _put(table: dict[str, list[Named]], key: str, named: Named) -> None:
    bucket = table.setdefault(key, [])
    if key and named not in bucket:
        bucket.append(named)


def _all_names(named: Named) -> Iterator[str]:
    for names in named.names.values():
        yield from names


def _all_han(key: str) -> bool:
    return all(map(is_han, key))


def _person_spellings(name: str, key: str) -> Iterator[str]:
    """Yield the other ways in which a person's name is typed: western order, and the pinyin of Han characters."""
    first, _, rest = name.strip().partition(" ")
    if key.isascii() and rest:
        yield key_of(rest) + key_of(first)
    if _all_han(key) and 2 <= len(key) <= 4:
        syllables = romanised(key, True).split()
        firsts = dict.fromkeys((syllables[0], *syllables_of(key[0])))  # 覃 as a family name, and as a word
        for first in firsts if len(syllables) == len(key) else syllables[:1]:
            yield key_of("".join([first, *syllables[1:]]))
            yield key_of("".join([*syllables[1:], first]))


def _has(name: str, wanted: Sequence[str]) -> bool:
    """Say whether a name has the wanted words in order; Han text is looked for inside a run."""
    rest = [run.text for run in runs(fold(name))]
    at = 0
    for word in wanted:
        while at < len(rest) and not (word == rest[at] or (is_han(word[0]) and word in rest[at])):
            at += 1
        if at == len(rest):
            return False
        at += 1
    return True
