"""Where in a text stands what the query found?

Matches are found on the folded text by looking for letters, which needs no dictionary, so no mark of a long document
is out of reach; they are carried back to the original by the fold's offsets.  An entity that the query was expanded
to is marked where the record mentions it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from indexer.analysis import acronym_of
from indexer.analysis.runs import hyphenated
from indexer.fold import is_han
from indexer.model import PLURAL
from indexer.query import Fuzzy, Phrase, Prefix, Query, Term, wanted_leaves
from search_app.passages import needles
from search_app.passages.phrases import Wording
from search_app.passages.texts import Mark, Text, Units, read_text

#: A leaf with its ordinal.
_Leaf = tuple[int, Query]


class Marker:
    """Finds in a text what the leaves of a query would find."""

    def __init__(self, query: Query, stem: Callable[[str], str]) -> None:
        self._stem = stem
        # What the whole query and its parts have in common is looked for once.
        self._leaves = list(enumerate(dict.fromkeys(wanted_leaves(query))))
        self._entities: dict[tuple[str, str], int] = {}
        for unit, leaf in self._leaves:
            if isinstance(leaf, Term) and leaf.view in PLURAL:
                self._entities.setdefault((leaf.view, leaf.text), unit)
        self._fields: dict[str, _Field] = {}

    def marks(self, field: str, text: str, record: Mapping[str, Any]) -> list[Mark]:
        """Return the marks of one field ("title" or "text") of a record, ascending, overlaps united."""
        wanted = self._fields.get(field) or self._field(field)
        read = read_text(text)
        found = wanted.marks(read, text)
        if read.folded.starts is not None:
            found = [(*read.folded.original(start, end), unit) for start, end, unit in found]
        return united(found, mentions(self._entities, field, record) if self._entities else ())

    def _field(self, field: str) -> _Field:
        """Make what is looked for in a field ready; mostly it is the same in both."""
        leaves = [one for one in self._leaves if getattr(one[1], "scope", None) in (None, field)]
        same = (other for other in self._fields.values() if other.leaves == leaves)
        wanted = self._fields[field] = next(same, None) or _Field(leaves, self._stem)
        return wanted


class _Field:
    """The leaves that are looked for in one field, or in both."""

    def __init__(self, leaves: Sequence[_Leaf], stem: Callable[[str], str]) -> None:
        self.leaves = leaves
        self._stem = stem
        self._han: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._acronyms: dict[str, int] = {}
        self._prefixes: list[tuple[int, str]] = []
        self._fuzzy: list[tuple[int, Fuzzy]] = []
        self._wordings: list[tuple[int, Wording]] = []
        for unit, leaf in leaves:
            self._add(unit, leaf)
        self._needles = needles.fewest(self._letters())
        self._units = Units(self._units_of)

    def _add(self, unit: int, leaf: Query) -> None:
        match leaf:
            case Term(view="words", text=text):
                (self._stems if text.isascii() else self._han).setdefault(text, unit)
            case Term(view="chars", text=text):
                table = self._acronyms if text.isupper() else self._words if text.isascii() else self._han
                table.setdefault(text, unit)
            case Phrase():
                self._wordings.append((unit, Wording(leaf, self._stem)))
            case Prefix(text=text):
                self._prefixes.append((unit, text))
            case Fuzzy():
                self._fuzzy.append((unit, leaf))

    def _letters(self) -> Iterator[str]:
        """Yield what the words of the leaves begin with."""
        for stem in self._stems:
            yield from needles.of_stem(stem)
        yield from self._words
        yield from map(str.lower, self._acronyms)
        yield from (prefix for _, prefix in self._prefixes)
        # The first letter of a similar word is the same; Han words are not looked at a letter at a time.
        yield from (fuzzy.text[:1] for _, fuzzy in self._fuzzy if not is_han(fuzzy.text[:1]))

    def marks(self, read: Text, original: str) -> list[Mark]:
        """Return the marks of all leaves in the folded text, in no particular order; they may overlap."""
        found: list[Mark] = []
        for han, unit in self._han.items():
            found += read.occurrences(han, unit)
        for unit, wording in self._wordings:
            found += [(start, end, unit) for start, end in wording.spans(read)]
        units = self._units
        for needle in self._needles:
            found += read.words(needle, units)
        if self._needles and read.has_joints:
            for word, start, end in _joined(read, self._needles):
                found += [(start, end, unit) for unit in units[word]]
        if self._acronyms:
            capitals = set(self._acronyms.values())
            found = [
                mark
                for mark in found
                if mark[2] not in capitals or acronym_of(original[slice(*read.folded.original(mark[0], mark[1]))])
            ]
        return found

    def _units_of(self, word: str) -> list[int]:
        """Return the units of the leaves that find a word, however it is written."""
        units = [self._words[word]] if word in self._words else []
        if self._stems and (stem := self._stem(word)) in self._stems:
            units.append(self._stems[stem])
        units += [self._acronyms[word.upper()]] if word.upper() in self._acronyms else []
        units += (unit for unit, prefix in self._prefixes if word.startswith(prefix))
        units += (unit for unit, fuzzy in self._fuzzy if _within(word, fuzzy.text, fuzzy.edits))
        return units


def _joined(read: Text, letters: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the words, with their spans, of the stretches where marks join letters like those that are wanted."""
    for scanned in read.joined(letters):
        yield from ((run.text, run.start, run.end) for run in scanned if not run.han)
        for left, right in pairwise(scanned):
            if hyphenated(read.folded.text, left, right):
                yield left.text + right.text, left.start, right.end


def mentions(entities: Mapping[tuple[str, str], int], field: str, record: Mapping[str, Any]) -> Iterator[Mark]:
    """Yield the marks of entities, by kind and id with their units, where the record mentions them in a field."""
    for (kind, id), unit in entities.items():
        for entity in record.get(PLURAL[kind], ()):
            if entity["id"] == id:
                for mention in entity["mentions"]:
                    if mention["field"] == field:
                        yield mention["start"], mention["end"], unit


def _within(word: str, wanted: str, edits: int) -> bool:
    """Say whether a word is like the one wanted, its first letter the same."""
    from rapidfuzz.distance import DamerauLevenshtein

    return word[:1] == wanted[:1] and bool(DamerauLevenshtein.distance(word, wanted, score_cutoff=edits) <= edits)


def united(marks: Iterable[Mark], others: Iterable[Mark]) -> list[Mark]:
    """Return marks, and others, sorted, those that overlap as one.

    The unit of the first stays, of several that begin there the longest's, of several as long the least.
    """
    ordered = sorted([*marks, *others])
    before = 0
    for start, end, _ in ordered:
        if start < before:
            return _without_overlaps(ordered)
        before = end
    return ordered


def _without_overlaps(ordered: Iterable[Mark]) -> list[Mark]:
    found: list[Mark] = []
    before = 0
    for mark in ordered:
        start, end, unit = mark
        if start >= before:
            found.append(mark)
            before = end
        elif end > before:
            low, _, first = found[-1]
            found[-1] = low, end, unit if start == low else first
            before = end
    return found
