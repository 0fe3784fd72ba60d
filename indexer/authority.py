"""Who and what do we know?  Loads, checks and matches the authority files.

One TOML file a kind: ``persons.toml`` holds ``[[person]]`` tables, ``charges.toml`` ``[[charge]]`` and so on.
Keys that every record may have:

``id``        stable, lower-case letters, digits and hyphens; never given to somebody else
``names``     table of lists: en, zh-Hans, zh-Hant, other; the first of each is the canonical one
``acronyms``  short forms in capitals, matched only in capitals: ["HRW"]
``weak``      short forms that count only in a document that also has a full name: ["Amnesty"]
``source``    where the names come from: addresses or titles
``see``, ``not_same_as``   ids of related records, and of others that are easily taken for this one
``distinguisher``          a few words shown wherever two records share a name
``examples``  [{text = "…", found = "…"}]: a test runs each through the extractor

Further keys belong to a kind (``roles`` of a person, ``article`` of a charge …) and are kept in ``attributes``.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import ahocorasick

from indexer.errors import AuthorityError
from indexer.fold import Folded, fold_text, is_han
from indexer.model import KINDS, NAME_LANGUAGES, PLURAL, Kind

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_COMMON_KEYS = {"id", "names", "acronyms", "weak", "source", "see", "not_same_as", "distinguisher", "examples"}


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """One entry of an authority file.  ``names`` has a key only for languages in which a name is known."""

    kind: Kind
    id: str
    names: Mapping[str, tuple[str, ...]]
    acronyms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    not_same_as: tuple[str, ...] = ()
    distinguisher: str = ""
    examples: tuple[Mapping[str, str], ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The canonical name: English where there is one, else the first of any language."""
        for language in NAME_LANGUAGES:
            if self.names.get(language):
                return self.names[language][0]
        return self.id

    def all_names(self) -> Iterator[str]:
        """Yield every full name in every language; neither acronyms nor weak forms."""
        for language in NAME_LANGUAGES:
            yield from self.names.get(language, ())


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of folded text that is a name of one or more records.

    ``form`` is "name", "acronym" or "weak".  Several ``candidates`` mean that the name alone does not decide.
    """

    start: int
    end: int
    form: str
    candidates: tuple[AuthorityRecord, ...]


class Authority:
    """All records, by kind and id, and the automaton that finds their names in a text."""

    def __init__(self, records: Iterable[AuthorityRecord] = ()) -> None:
        self._by_id: dict[tuple[str, str], AuthorityRecord] = {(r.kind, r.id): r for r in records}

    def __iter__(self) -> Iterator[AuthorityRecord]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, kind: str, id: str) -> AuthorityRecord | None:
        """Return the record of a kind with an id, or None."""
        return self._by_id.get((kind, id))

    def han_names(self) -> list[str]:
        """Return every Han name of two characters and more: the segmenter's user dictionary."""
        return sorted({name for record in self for name in record.all_names() if all(map(is_han, name))})

    @cached_property
    def version(self) -> str:
        """Changes whenever any record changes."""
        rows = sorted(repr((r.kind, r.id, sorted(r.names.items()), r.acronyms, r.weak, r.not_same_as,
                            sorted((k, repr(v)) for k, v in r.attributes.items()))) for r in self)  # fmt: skip
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]

    def find(self, folded: Folded, original: str) -> list[Match]:
        """Return the names found in a text, longest first where they overlap, in the order of the text.

        ``folded`` must be ``fold(original)``.  Latin names match on word boundaries; names of persons and
        organisations only where the text capitalises them, acronyms only in capitals.
        """
        haystack = folded.text.replace("\n", " ")
        found: list[Match] = []
        for last, key in self._automaton.iter(haystack):
            start, end = last + 1 - len(key), last + 1
            if not _on_boundaries(haystack, start, end):
                continue
            written = original[slice(*folded.original(start, end))]
            for form in ("name", "acronym", "weak"):
                records = tuple(r for r in self._index[key].get(form, ()) if _written_as(r, form, written))
                if records:
                    found.append(Match(start, end, form, records))
                    break
        return _longest(found)

    def named(self, name: str) -> list[AuthorityRecord]:
        """Return the records one of whose names, acronyms or weak forms is exactly ``name``, folded."""
        forms = self._index.get(_key(name), {})
        return [record for form in ("name", "acronym", "weak") for record in forms.get(form, ())]

    @cached_property
    def _index(self) -> dict[str, dict[str, list[AuthorityRecord]]]:
        index: dict[str, dict[str, list[AuthorityRecord]]] = {}
        for record in self:
            for form, names in (("name", record.all_names()), ("acronym", record.acronyms), ("weak", record.weak)):
                for name in names:
                    for key in _spellings(_key(name)):
                        bucket = index.setdefault(key, {}).setdefault(form, [])
                        if record not in bucket:
                            bucket.append(record)
        return index

    @cached_property
    def _automaton(self) -> Any:
        automaton = ahocorasick.Automaton()
        for key in self._index:
            automaton.add_word(key, key)
        if len(automaton) == 0:
            automaton.add_word("\x00", "\x00")
        automaton.make_automaton()
        return automaton


def _key(name: str) -> str:
    return " ".join(fold_text(name).split())


def _spellings(key: str) -> Iterator[str]:
    """Yield the ways in which one name is written: hyphens stand, fall, or become spaces."""
    yield key
    if "-" in key:
        yield key.replace("-", " ")
        yield key.replace("-", "")
    if key.startswith("the "):
        yield key[4:]


def _on_boundaries(text: str, start: int, end: int) -> bool:
    """Say whether a Latin name at start:end is not a part of a longer word; Han names have no boundaries."""
    before_ok = start == 0 or not _joins(text[start - 1], text[start])
    after_ok = end == len(text) or not _joins(text[end - 1], text[end])
    return before_ok and after_ok


def _joins(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and not is_han(left) and not is_han(right)


def _written_as(record: AuthorityRecord, form: str, written: str) -> bool:
    if form == "acronym":
        return written.upper() == written
    if record.kind in ("person", "organisation", "place") or form == "weak":
        letters = [c for c in written if c.isalpha() and not is_han(c)]
        # Small words stay small in a name; what begins it, and most of it, does not.
        words = [w for w in re.split(r"[\s\-]+", written) if w[:1].isalpha() and not is_han(w[0])]
        heads = [w for w in words if len(w) > 3]
        return not letters or (words[0][0].isupper() or not words) and all(w[0].isupper() for w in heads[-1:])
    return True


def _longest(matches: list[Match]) -> list[Match]:
    taken: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or other.end <= match.start for other in taken):
            taken.append(match)
    return sorted(taken, key=lambda m: m.start)


def load_authority(folder: Path) -> Authority:
    """Load every authority file of a folder; a kind without a file has no records.

    Raises: AuthorityError, naming file, line and remedy, for the first thing that is wrong.
    """
    records: list[AuthorityRecord] = []
    for kind in KINDS:
        file = folder / f"{PLURAL[kind]}.toml"
        if file.is_file():
            records.extend(_load_file(kind, file))
    return Authority(records)


def _load_file(kind: Kind, file: Path) -> Iterator[AuthorityRecord]:
    source = file.read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise AuthorityError(f"{file.name}: not readable as TOML: {error}") from error
    seen: set[str] = set()
    for row in tables.get(kind, ()):
        try:
            record = _record(kind, row)
        except ValueError as error:
            line = _line_of(source, str(row.get("id", "")))
            raise AuthorityError(f"{file.name}, line {line}: {error}") from error
        if record.id in seen:
            line = _line_of(source, record.id)
            raise AuthorityError(f"{file.name}, line {line}: id {record.id!r} stands twice; give one of them another")
        seen.add(record.id)
        yield record


def _record(kind: Kind, row: Mapping[str, Any]) -> AuthorityRecord:
    id = row.get("id")
    if not isinstance(id, str) or not _ID.match(id):
        raise ValueError(f"id = {id!r} must be lower-case letters, digits and single hyphens, as in xu-zhiyong")
    names = row.get("names")
    if not isinstance(names, dict) or not any(names.values()):
        raise ValueError(f'{id}: needs a name, as in names = {{ en = ["Xu Zhiyong"] }}')
    for language in names:
        if language not in NAME_LANGUAGES:
            raise ValueError(f"{id}: names.{language} is not known; use one of {', '.join(NAME_LANGUAGES)}")
    lists = {key: _texts(id, key, row.get(key, [])) for key in ("acronyms", "weak", "source", "see", "not_same_as")}
    return AuthorityRecord(
        kind=kind,
        id=id,
        names={language: _texts(id, f"names.{language}", names[language]) for language in names if names[language]},
        distinguisher=str(row.get("distinguisher", "")),
        examples=tuple(row.get("examples", ())),
        attributes={key: value for key, value in row.items() if key not in _COMMON_KEYS},
        **lists,
    )


def _texts(id: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValueError(f'{id}: {key} = {value!r} must be a list of texts, as in ["…"]')
    return tuple(value)


def _line_of(source: str, id: str) -> int:
    for number, line in enumerate(source.split("\n"), 1):
        if re.match(rf'\s*id\s*=\s*["\']{re.escape(id)}["\']', line):
            return number
    return 1
