"""Where in a text stands what the query found?

Matches are found on the folded text by looking for letters, which needs no dictionary, so no mark of a long document
is out of reach; they are carried back to the original by the fold's offsets.  An entity that the query was expanded
to is marked where the record mentions it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from indexer.analysis import Run, acronym_of
from indexer.analysis.runs import hyphenated
from indexer.fold import is_han
from indexer.model import PLURAL
from indexer.query import Fuzzy, Phrase, Prefix, Query, Term, wanted_leaves
from search_app.passages import needles
from search_app.passages.phrases import Wording, solid
from search_app.passages.texts import AskedOnce, Mark, Text, Units, read_text

#: A leaf with its ordinal.
_Leaf = tuple[int, Query]


class Marker:
    """Finds in a text what the leaves of a query would find."""

    def __init__(self, query: Query, stem: Callable[[str], str]) -> None:
        self._stem = stem
        # What the whole query and its parts have in common is looked for once.
        self._leaves = list(enumerate(dict.fromkeys(wanted_leaves(query))))
        #: The entities that are looked for, by kind and id, with their units.
        self.entities: dict[tuple[str, str], int] = {}
        for unit, leaf in self._leaves:
            if isinstance(leaf, Term) and leaf.view in PLURAL:
                self.entities.setdefault((leaf.view, leaf.text), unit)
        self._fields: dict[str, _Field] = {}

    @property
    def units(self) -> int:
        """How many units there are; they are numbered from 0."""
        return len(self._leaves)

    def marks(self, field: str, text: str, record: Mapping[str, Any]) -> list[Mark]:
        """Return the marks of one field ("title" or "text") of a record, ascending, overlaps united."""
        wanted = self._fields.get(field) or self._field(field)
        read = read_text(text)
        found = wanted.marks(read, text)
        if read.folded.starts is not None:
            # Two letters may come from one character.
            original = read.folded.original
            found = [without_overlaps([(*original(start, end), unit) for start, end, unit in part]) for part in found]
        if self.entities:
            found.append(mentions(self.entities, field, record))
        return united(found)

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
        self._units = AskedOnce(self._unit_of)

    def _add(self, unit: int, leaf: Query) -> None:
        match leaf:
            case Term(view="words", text=text):
                (self._stems if text.isascii() else self._han).setdefault(text, unit)
            case Term(view="chars", text=text):
                table = self._acronyms if text.isupper() else self._words if text.isascii() else self._han
                table.setdefault(text, unit)
            case Phrase() if characters := solid(leaf):
                self._han.setdefault(characters, unit)
            case Phrase():
                self._wordings.append((unit, Wording(leaf, self._stem)))
            case Prefix(text=text):
                self._prefixes.append((unit, text))
            case Fuzzy():
                self._fuzzy.append((unit, leaf))

    def _letters(self) -> list[str]:
        """Return what the words of the leaves begin with."""
        letters = [*self._words]
        for stem in self._stems:
            letters += needles.of_stem(stem)
        for _, prefix in self._prefixes:
            letters.append(prefix)
        for _, fuzzy in self._fuzzy:
            # The first letter of a similar word is the same; Han words are not looked at a letter at a time.
            if not is_han(fuzzy.text[:1]):
                letters.append(fuzzy.text[:1])
        return letters

    def marks(self, read: Text, original: str) -> list[list[Mark]]:
        """Return the marks of the leaves in the folded text: lists, each ascending and without overlaps in itself."""
        found = read.occurrences(self._han) if self._han else []
        if self._needles:
            found += read.words(self._needles, self._units)
            if joined := read.joined(self._needles):
                found.append(_joined(read, joined, self._units))
        for unit, wording in self._wordings:
            found.append(without_overlaps(wording.marks(read, unit)))
        if self._acronyms:
            found += self._capitals(read, original)
        return found

    def _capitals(self, read: Text, original: str) -> Iterator[list[Mark]]:
        """Yield the marks of the words that are looked for as acronyms, where they are written as such."""
        units = AskedOnce(lambda word: self._acronyms.get(word.upper()))
        letters = needles.fewest(map(str.lower, self._acronyms))
        for part in (*read.words(letters, units), _joined(read, read.joined(letters), units)):
            yield [
                (start, end, unit)
                for start, end, unit in part
                if acronym_of(original[slice(*read.folded.original(start, end))])
            ]

    def _unit_of(self, word: str) -> int | None:
        """Return the unit of the leaf that finds a word, however it is written; the least of several, None of none."""
        units = [self._words[word]] if word in self._words else []
        if self._stems and (stem := self._stem(word)) in self._stems:
            units.append(self._stems[stem])
        units += (unit for unit, prefix in self._prefixes if word.startswith(prefix))
        units += (unit for unit, fuzzy in self._fuzzy if _within(word, fuzzy.text, fuzzy.edits))
        return min(units, default=None)


def _joined(read: Text, joined: Iterable[Sequence[Run]], units: Units) -> list[Mark]:
    """Return the marks of the words with a unit in stretches where marks join letters, and of those of two parts."""
    found = []
    for scanned in joined:
        words = [(run.text, run.start, run.end) for run in scanned if not run.han]
        for left, right in pairwise(scanned):
            if hyphenated(read.folded.text, left, right):
                words.append((left.text + right.text, left.start, right.end))
        found += [(start, end, unit) for word, start, end in words if (unit := units[word]) is not None]
    return without_overlaps(found)


def mentions(entities: Mapping[tuple[str, str], int], field: str, record: Mapping[str, Any]) -> list[Mark]:
    """Return the marks of entities, by kind and id with their units, where the record mentions them in a field.

    They are ascending and without overlaps.
    """
    return without_overlaps([
        (mention["start"], mention["end"], unit)
        for (kind, id), unit in entities.items()
        for entity in record.get(PLURAL[kind], ())
        if entity["id"] == id
        for mention in entity["mentions"]
        if mention["field"] == field
    ])  # fmt: skip


def _within(word: str, wanted: str, edits: int) -> bool:
    """Say whether a word is like the one wanted, its first letter the same."""
    from rapidfuzz.distance import DamerauLevenshtein

    return word[:1] == wanted[:1] and bool(DamerauLevenshtein.distance(word, wanted, score_cutoff=edits) <= edits)


def united(parts: Sequence[list[Mark]]) -> list[Mark]:
    """Return the marks of lists, each ascending and without overlaps in itself, as one such list."""
    if len(parts) == 1:
        return parts[0]
    marks: list[Mark] = []
    for part in parts:
        marks += part
    return without_overlaps(marks)


def without_overlaps(marks: list[Mark]) -> list[Mark]:
    """Return marks, which are sorted here, those that overlap as one.

    The unit of the first stays, of several that begin there the longest's, of several as long the least.
    """
    marks.sort()
    before = 0
    for start, end, _ in marks:
        if start < before:
            return _merged(marks)
        before = end
    return marks


def _merged(ordered: Iterable[Mark]) -> list[Mark]:
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
