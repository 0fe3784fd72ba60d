"""Who and what do we know?  Holds the records of the authority files and finds their names in a text.

``load_authority`` reads a folder of files (``indexer.authority.records`` says what stands in them), ``Authority.find``
finds the names in a text, ``indexer.authority.check`` checks the files as a whole.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick

from indexer.authority.records import AuthorityRecord, load_file
from indexer.authority.spellings import spellings
from indexer.fold import Folded, fold_text, is_han
from indexer.model import KINDS, PLURAL, Kind

__all__ = ["RULES_VERSION", "Authority", "AuthorityRecord", "Match", "forms", "haystack_of", "load_authority"]

#: Bumped when the rules of this room, of ``selective`` or of ``spellings`` change what a name matches.
RULES_VERSION = 5

#: Kinds whose names are proper names: they match only where the text has their capitals.
_PROPER_KINDS = frozenset(("person", "organisation", "place"))
#: Kinds whose English names are common nouns and so have a plural.
_COMMON_NOUN_KINDS = frozenset(("violation", "topic"))
_FORMS = ("name", "acronym", "weak")


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of folded text that is a name of one or more records.

    ``form`` is "name", "acronym" or "weak".  Several ``candidates`` mean that the name alone does not decide.
    """

    start: int
    end: int
    form: str
    candidates: tuple[AuthorityRecord, ...]


class _Use(NamedTuple):
    """One record under one of its spellings.

    ``shape`` is what the text's own spelling must show; ``not_after`` and ``not_before`` are the folded characters
    that must not be its neighbours, both empty for a Latin spelling.
    """

    record: AuthorityRecord
    shape: _Shape | None
    not_after: str = ""
    not_before: str = ""

    def stands(self, text: str, start: int, end: int) -> bool:
        """Say whether the neighbours of ``text[start:end]`` let it be this name, and no part of another word."""
        return not (
            (start > 0 and text[start - 1] in self.not_after) or (end < len(text) and text[end] in self.not_before)
        )


class _Shape(NamedTuple):
    """The capitals of a listed spelling: of an acronym (or with ``exact_case``) all of it, of a name its words."""

    whole: str
    words: tuple[bool, ...]

    def fits(self, written: str) -> bool:
        """Say whether ``written`` has the capitals that this spelling asks for."""
        if self.whole:
            return unicodedata.normalize("NFKC", written) == self.whole
        found = [word[0] for word in _WORDS.findall(written)]
        if len(found) == len(self.words):
            return all(not capital or letter.isupper() for letter, capital in zip(found, self.words, strict=True))
        return not found or (found[0].isupper() and found[-1].isupper())


#: Letters beyond the alphabets of the west, Han characters among them.
_EASTERN = re.compile("[\u2e80-\U0010ffff]")
_WORDS = re.compile(r"[^\W\d_\u2e80-\uffff]+(?:['’.][^\W\d_\u2e80-\uffff]+)*")


class Authority:
    """All records, by kind and id, and the automaton that finds their names in a text."""

    def __init__(self, records: Iterable[AuthorityRecord] = ()) -> None:
        """The order of ``records`` is of no account: they are kept by kind and id."""
        ordered = sorted(records, key=lambda record: (KINDS.index(record.kind), record.id))
        self._by_id: dict[tuple[str, str], AuthorityRecord] = {(r.kind, r.id): r for r in ordered}

    def __iter__(self) -> Iterator[AuthorityRecord]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, kind: str, id: str) -> AuthorityRecord | None:
        """Return the record of a kind with an id, or None."""
        return self._by_id.get((kind, id))

    def han_names(self) -> list[str]:
        """Return every listed name of Han characters alone: the segmenter's user dictionary."""
        return [name for record in self for name in record.all_names() if all(map(is_han, name))]

    @cached_property
    def version(self) -> str:
        """Changes whenever any record, or a rule that makes names, changes."""
        rows = (record.content for record in self)
        return hashlib.sha256("\n".join([str(RULES_VERSION), *rows]).encode()).hexdigest()[:16]

    def find(self, folded: Folded, original: str, any_case: bool = False) -> list[Match]:
        """Return the names found in a text, longest first where they overlap, in the order of the text.

        ``folded`` must be ``fold(original)``.  Latin names match on word boundaries; names of persons,
        organisations and places only with their capitals, acronyms only as listed.  A weak form of a charge,
        violation or topic counts only where the text has another form of it; those of persons, organisations and
        places are all returned, because title and text support each other there.  ``any_case`` lifts all this, for
        queries, where people type as they like.  The time is linear in the text and the names found.
        """
        haystack = haystack_of(folded.text)
        found: list[Match] = []
        length, edges, unconditional = len(haystack), self._edges, self._unconditional
        for last, key in self._automaton_for(haystack).iter(haystack):
            start, end = last + 1 - len(key), last + 1
            opens, closes = edges[key]
            if opens and start and _in_word(haystack[start - 1]):
                continue
            if closes and end < length and _in_word(haystack[end]):
                continue
            form, records = unconditional[key]
            if not records:
                written = "" if any_case else original[slice(*folded.original(start, end))]
                form, records = self._meant(key, haystack, start, written, any_case)
            if records:
                found.append(Match(start, end, form, records))
        kept = _longest(found, len(haystack))
        return kept if any_case else _supported(kept)

    def _meant(
        self, key: str, haystack: str, start: int, written: str, any_case: bool
    ) -> tuple[str, tuple[AuthorityRecord, ...]]:
        """Return the records of a spelling that neighbours and capitals allow, those of its first form that has any."""
        end = start + len(key)
        for form, uses in self._index[key]:
            records = {
                id(use.record): use.record
                for use in uses
                if any_case or (use.stands(haystack, start, end) and (use.shape is None or use.shape.fits(written)))
            }
            if records:
                return form, tuple(records.values())
        return "", ()

    def named(self, name: str, kind: Kind | None = None) -> list[AuthorityRecord]:
        """Return the records, of a kind where one is given, of which ``name``, folded, is a name or short form."""
        records = [use.record for _, uses in self._index.get(key_of(name), ()) for use in uses]
        return [r for r in {(r.kind, r.id): r for r in records}.values() if kind in (None, r.kind)]

    def having(self, kind: Kind, key: str, value: str) -> list[AuthorityRecord]:
        """Return the records of a kind whose further key ``key`` is ``value``, or lists it."""
        return self._having.get((kind, key, value), [])

    @cached_property
    def _having(self) -> dict[tuple[str, str, str], list[AuthorityRecord]]:
        table: dict[tuple[str, str, str], list[AuthorityRecord]] = {}
        for record in self:
            for key, value in traits(record):
                table.setdefault((record.kind, key, value), []).append(record)
        return table

    @cached_property
    def _index(self) -> dict[str, list[tuple[str, list[_Use]]]]:
        """Map every folded spelling to its uses, by form, in the order of ``_FORMS``."""
        index: dict[str, dict[str, list[_Use]]] = {}
        for record in self:
            for form, name, keys in forms(record):
                use = _Use(record, _shape(record, form, name), *_neighbours(record, name))
                for key in keys:
                    uses = index.setdefault(key, {}).setdefault(form, [])
                    if use not in uses:
                        uses.append(use)
        return {key: [(form, forms[form]) for form in _FORMS if form in forms] for key, forms in index.items()}

    @cached_property
    def _unconditional(self) -> dict[str, tuple[str, tuple[AuthorityRecord, ...]]]:
        """Return the first form and the records of every spelling, no records where neighbours or capitals decide."""
        table = {}
        for key, ((form, uses), *_) in self._index.items():
            free = all(use.shape is None and not use.not_after and not use.not_before for use in uses)
            records = {id(use.record): use.record for use in uses} if free else {}
            table[key] = form, tuple(records.values())
        return table

    @cached_property
    def _edges(self) -> dict[str, tuple[bool, bool]]:
        """Say of every spelling whether it begins, and ends, inside what could be a longer word."""
        return {key: (_in_word(key[0]), _in_word(key[-1])) for key in self._index}

    def _automaton_for(self, haystack: str) -> Any:
        return self._automaton if _EASTERN.search(haystack) else self._western_automaton

    @cached_property
    def _automaton(self) -> Any:
        return automaton_of(self._index)

    @cached_property
    def _western_automaton(self) -> Any:
        """What a text without Han characters can name: without them an automaton takes half the time."""
        return automaton_of(key for key in self._index if not _EASTERN.search(key))


def automaton_of(keys: Iterable[str]) -> Any:
    """Return an automaton whose ``iter(text)`` yields (offset of the last character, key) for every key in a text."""
    automaton = ahocorasick.Automaton()
    keys = list(keys)
    # What follows a letter is looked through in the order in which it was added: the frequent first.
    frequency = Counter(chain.from_iterable(keys))
    for key in sorted(keys, key=lambda key: -frequency[key[0]]):
        automaton.add_word(key, key)
    if len(automaton) == 0:
        automaton.add_word("\x00", "\x00")
    automaton.make_automaton()
    return automaton


def key_of(name: str) -> str:
    """Return a name as it is looked up: folded, with single spaces."""
    return " ".join(fold_text(name).split())


def haystack_of(folded: str) -> str:
    """Return a folded text as names are looked for in it: a name may go on in the next line."""
    return folded.replace("\n", " ")


def forms(record: AuthorityRecord) -> Iterator[tuple[str, str, Iterator[str]]]:
    """Yield what a record is found by: the form ("name", "acronym", "weak"), the listed spelling, its keys."""
    listed = ((*record.all_names(), *record.derived), record.acronyms, record.weak)
    plural = record.kind in _COMMON_NOUN_KINDS
    for form, names in zip(_FORMS, listed, strict=True):
        for name in names:
            yield form, name, spellings(key_of(name), plural and form == "name")


def traits(record: AuthorityRecord) -> Iterator[tuple[str, str]]:
    """Yield the further keys of a record with each of their values, as text."""
    for key, value in record.attributes.items():
        yield from {(key, str(one)): None for one in (value if isinstance(value, list | tuple) else (value,))}


def _shape(record: AuthorityRecord, form: str, name: str) -> _Shape | None:
    """Return the capitals that a listed spelling asks for, None when it asks for none."""
    exact = form == "acronym" or record.attributes.get("exact_case")
    if not exact and form == "name" and record.kind not in _PROPER_KINDS:
        return None
    words = _WORDS.findall(unicodedata.normalize("NFC", name))
    if not words:
        return None
    return (
        _Shape(unicodedata.normalize("NFKC", name), ()) if exact else _Shape("", tuple(w[0].isupper() for w in words))
    )


def _neighbours(record: AuthorityRecord, name: str) -> tuple[str, str]:
    """Return the folded characters that must not stand directly before and after a listed spelling."""
    if not any(map(is_han, name)):
        return "", ""
    before, after = (fold_text("".join(record.attributes.get(key, ()))) for key in ("not_after", "not_before"))
    return before, after


@lru_cache(maxsize=16384)
def _in_word(character: str) -> bool:
    """Say whether a character is a part of a word that has boundaries; Han characters have none."""
    return character.isalnum() and not is_han(character)


def _longest(matches: list[Match], length: int) -> list[Match]:
    """Keep, of matches that overlap, the longest, then the first; in the order of the text."""
    taken = bytearray(length)
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        if taken.find(1, match.start, match.end) < 0:
            taken[match.start : match.end] = b"\x01" * (match.end - match.start)
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _supported(matches: list[Match]) -> list[Match]:
    """Leave out the weak forms of concepts of which the text has no other form."""
    full = {id(record) for match in matches if match.form != "weak" for record in match.candidates}
    supported = []
    for match in matches:
        if match.form == "weak":
            kept = tuple(r for r in match.candidates if r.kind in _PROPER_KINDS or id(r) in full)
            if len(kept) < len(match.candidates):
                match = replace(match, candidates=kept)
        if match.candidates:
            supported.append(match)
    return supported


def load_authority(folder: Path) -> Authority:
    """Load every authority file of a folder; a kind without a file has no records.

    Raises: AuthorityError, naming file, line and remedy, for the first thing that is wrong.
    """
    return Authority(record for kind, file in files_in(folder) for record in load_file(kind, file))


def files_in(folder: Path) -> list[tuple[Kind, Path]]:
    """Return the authority files of a folder, each with its kind."""
    files = [(kind, folder / f"{PLURAL[kind]}.toml") for kind in KINDS]
    return [(kind, file) for kind, file in files if file.is_file()]
