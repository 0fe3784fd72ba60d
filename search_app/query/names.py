"""Who does a stretch of a query name?  The names of a collection, found in any script and spelling.

Names come from the index itself (every name of every entity that a document mentions) and from the authority
files (acronyms, and names of entities that this collection does not have).  Keys are folded and joined, so that
``Cao Shunli``, ``cao shun li`` and ``caoshunli`` meet; pinyin leads to names and never to text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain

from indexer.analysis import runs
from indexer.authority import Authority
from indexer.authority.keys import FORMS, STEMMED, Form, RecordKeys, key_of, keys_of, reading_keys, record_keys
from indexer.engines.base import JOINED, READ, TIED
from indexer.fold import fold, fold_text, is_han
from indexer.model import KINDS, NAME_LANGUAGES
from indexer.pinyin import romanised
from search_app.query.articles import article_names
from search_app.query.phrases import spaced

#: Runs of words that one name may span: the longest names of organisations have about this many.
LONGEST_NAME = 14

#: Shorter joined pinyin is too often something else: "lian" is Li An, and a word.
SHORTEST_PINYIN = 5


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


class NameIndex:
    """The names of one generation of a collection."""

    def __init__(
        self,
        rows: Iterable[tuple[str, str, str, str, int]],
        authority: Authority,
        stem: Callable[[str], str],
        keys: RecordKeys | None = None,
    ) -> None:
        """``rows`` are those of ``Snapshot.names``; ``stem`` is the analyzer's.

        ``keys`` are those of the records of ``authority``; where none are given, they are made.
        """
        self._stem = stem
        self._authority = authority
        #: The entities of the collection by kind, in each by id.
        self._entities: dict[str, dict[str, Named]] = {}
        #: For each entity, the ids that it took the place of, and the Latin names that a document ties to it.
        self._joins: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
        #: How the Han names of each person are read.
        self._readings: dict[str, list[str]] = {}
        for row in rows:
            self._take(*row)
        self._describe(authority)
        self._own: dict[str, dict[str, list[Named]]] = {form: {} for form in FORMS}
        for kind, of_kind in self._entities.items():
            # Who published a document is a filter; what a query names is who and what documents speak of.
            for named in of_kind.values() if kind in KINDS else ():
                self._add(named)
        self._listed = record_keys(authority, stem) if keys is None else keys
        #: Every key of every form: most of what is typed is none, and each table that need not be asked saves time.
        self._keys = frozenset(chain(*self._own.values(), *self._listed.values()))
        self._records = list(authority)
        #: The records of which no document speaks, as far as they were asked for.
        self._unmentioned: dict[tuple[str, str], Named] = {}
        #: What ``branches`` returned, by organisation.
        self._branches: dict[str, Sequence[Named]] = {}

    def in_articles(self, folded: str) -> dict[int, tuple[int, Named]]:
        """Return what a folded text names by law and article: by the start of a stretch, its end and the charge."""
        return {
            start: (end, self.get("charge", id) or Named("charge", id))
            for id, start, end in article_names(folded, self._authority)
        }

    def _take(self, kind: str, id: str, language: str, name: str, documents: int) -> None:
        """Take in one row of names."""
        if language in NAME_LANGUAGES:
            of_kind = self._entities.setdefault(kind, {})
            named = of_kind.get(id)
            if named is None:
                named = of_kind[id] = Named(kind, id)
            named.names.setdefault(language, []).append(name)
            named.documents = max(named.documents, documents)
        elif language == READ:
            self._readings.setdefault(id, []).append(name)
        elif language in (JOINED, TIED):
            self._joins.setdefault((kind, id), ([], []))[language == TIED].append(name)

    def _describe(self, authority: Authority) -> None:
        """Put the canonical name first: that of the authority files, else the one in most documents.

        What tells namesakes apart comes from the authority files too.
        """
        for named in chain.from_iterable(map(self.of_kind, self._entities)):
            record = authority.get(named.kind, named.id)
            if record is not None:
                named.distinguisher, named.distinguishers = record.distinguisher, record.distinguishers
                for language, names in record.names.items():
                    rest = [name for name in named.names.get(language, ()) if name not in names]
                    named.names[language] = [*names, *rest]

    def _add(self, named: Named) -> None:
        """Take in the keys of an entity that its record does not have."""
        record = self._authority.get(named.kind, named.id)
        listed = frozenset(record.all_names()) if record is not None else frozenset()
        for name in _all_names(named):
            if name not in listed:
                for form, key in keys_of(named.kind, name, self._stem):
                    _put(self._own[form], key, named)
        for reading in self._readings.get(named.id, ()) if named.kind == "person" else ():
            for key in reading_keys(reading):
                _put(self._own["pinyin"], key, named)

    def _found(self, form: Form, key: str) -> list[Named]:
        """Return who has a key: those of the collection, then those of whom no document speaks."""
        if key not in self._keys:
            return []
        own, listed = self._own[form].get(key, ()), self._listed[form].get(key, ())
        if not listed:
            return list(own)
        found = dict.fromkeys((*own, *map(self._of_record, listed)))
        return sorted(found, key=lambda named: (not named.documents, named.kind, named.id))

    def _of_record(self, place: int) -> Named:
        """Return the entity of a record, by its place in the authority files."""
        record = self._records[place]
        key = (record.kind, record.id)
        known = self.get(*key) or self._unmentioned.get(key)
        if known is not None:
            return known
        names = {language: list(names) for language, names in record.names.items()}
        return self._unmentioned.setdefault(key, Named(*key, names, 0, record.distinguisher, record.distinguishers))

    @cached_property
    def _longest_han(self) -> int:
        """The length of the longest name in Han characters."""
        longest = 0
        for key in chain(self._own["exact"], self._listed["exact"]):
            if len(key) > longest and _all_han(key):
                longest = len(key)
        return longest

    @cached_property
    def _organisations(self) -> list[tuple[str, str]]:
        """Every name of every organisation of the collection, in words with single spaces, with its id; sorted."""
        return sorted((spaced(name), named.id) for named in self.of_kind("organisation") for name in _all_names(named))

    def get(self, kind: str, id: str) -> Named | None:
        """Return an entity of the collection by its id."""
        return self.by_id(kind).get(id)

    def by_id(self, kind: str) -> Mapping[str, Named]:
        """Return every entity of a kind that the collection has, by its id."""
        return self._entities.get(kind, {})

    def joins(self, named: Named) -> tuple[Sequence[str], Sequence[str]]:
        """Return the ids that an entity took the place of somewhere, and the Latin names that a document ties to it."""
        return self._joins.get((named.kind, named.id), ((), ()))

    def bearing(self, key: str) -> list[Named]:
        """Return the entities that have a name of this key (``key_of``), in full or as a short form."""
        return self._found("exact", key)

    def sounding(self, key: str) -> list[Named]:
        """Return the persons whose name is typed so in western order, or has characters that are read so."""
        return self._found("pinyin", key)

    def of_kind(self, kind: str) -> Iterable[Named]:
        """Return every entity of a kind that the collection has."""
        return self.by_id(kind).values()

    def branches(self, named: Named) -> Sequence[Named]:
        """Return the organisations whose names continue a name of this one: Amnesty International UK.

        A single word (Amnesty, 大赦) begins too much to say anything.
        """
        if named.kind != "organisation":
            return ()
        found = self._branches.get(named.id)
        return self._branches.setdefault(named.id, self._continuing(named)) if found is None else found

    def _continuing(self, named: Named) -> Sequence[Named]:
        listed, found = self._organisations, dict[str, None]()
        for name in map(spaced, _all_names(named)):
            if " " in name:
                # "!" follows the space that words have between them.
                first, last = bisect_left(listed, (f"{name} ", "")), bisect_left(listed, (f"{name}!", ""))
                found.update((id, None) for _, id in listed[first:last])
        found.pop(named.id, None)
        return [self._entities["organisation"][id] for id in found]

    def exact(self, name: str, kind: str | None = None) -> list[Named]:
        """Return the entities of which ``name`` is a whole name, in any script, spelling or order."""
        key = key_of(name)
        found = [*self._found("exact", key), *self._found("acronym", key)]
        if kind == "publisher":
            publishers = self.by_id(kind)
            found = [named for named in publishers.values() if any(key_of(n) == key for n in _all_names(named))] or [
                publishers[named.id] for named in found if named.id in publishers
            ]
        if not found and len(key) >= SHORTEST_PINYIN:
            found = self._found("pinyin", key)
        return [named for named in found if kind is None or named.kind == kind]

    def containing(self, kind: str, value: str) -> list[Named]:
        """Return the entities of a kind one of whose names has all words of ``value`` in order."""
        wanted = [run.text for run in runs(fold(value))]
        if not wanted:
            return []
        found = [named for named in self.of_kind(kind) if any(_has(name, wanted) for name in _all_names(named))]
        return found or [named for named in self.exact(value, kind) if self.get(kind, named.id)]

    def longest_name(
        self, words: Sequence[str], typed: str, fewest: int, capitals_only: Callable[[str], bool]
    ) -> tuple[int, list[Named]]:
        """Return how many of some folded words, from the first on, are the longest name, and whom it names.

        (0, []) where no ``fewest`` words or more name anybody.  ``typed`` is the first word as it was typed;
        ``capitals_only(word)`` says whether a short form means something else in the collection unless it is typed in
        capitals.
        """
        keys, stems = list(accumulate(words)), list(accumulate(map(self._stem, words)))
        for length in range(len(words), fewest - 1, -1):
            key, stemmed = keys[length - 1], stems[length - 1]
            found = self._found("exact", key)
            if not found and length == 1:
                in_capitals = typed.isupper() and len(typed) > 1
                found = [named for named in self._found("acronym", key) if in_capitals or not capitals_only(key)]
            if not found and stemmed != key and key.isascii():
                found = [named for named in self._found("exact", stemmed) if named.kind in STEMMED]
            if not found and len(key) >= SHORTEST_PINYIN:
                found = self._found("pinyin", key)
            if found:
                return length, found
        return 0, []

    def in_han(self, run: str) -> list[tuple[int, int, list[Named]]]:
        """Return the names in one run of folded Han text, the longest first chosen: (start, end, entities)."""
        found = []
        at = 0
        while at < len(run):
            for end in range(min(len(run), at + self._longest_han), at + 1, -1):
                entities = self._found("exact", run[at:end])
                if entities:
                    found.append((at, end, entities))
                    at = end
                    break
            else:
                at += 1
        return found

    def sounding_like(self, han: str) -> list[Named]:
        """Return persons whose names sound like a Han name without being it: a hint, never a match."""
        found = self._found("pinyin", key_of(romanised(fold_text(han), True)))
        own = self._found("exact", key_of(han)) if found else ()
        return [named for named in found if named not in own]

    def latin_keys(self) -> Mapping[str, list[Named]]:
        """Return every Latin key with its entities, for suggestions of spelling."""
        keys = dict.fromkeys(chain(self._own["exact"], self._listed["exact"]))
        return {key: self._found("exact", key) for key in keys if key.isascii()}


def _put(table: dict[str, list[Named]], key: str, named: Named) -> None:
    if key:
        bucket = table.setdefault(key, [])
        if named not in bucket:
            bucket.append(named)


def _all_names(named: Named) -> Iterator[str]:
    for names in named.names.values():
        yield from names


def _all_han(key: str) -> bool:
    return all(map(is_han, key))


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
