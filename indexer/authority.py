"""Who and what do we know?  Loads the authority files and finds their names in a text.

One TOML file a kind: ``persons.toml`` holds ``[[person]]`` tables, ``charges.toml`` ``[[charge]]`` and so on.
Keys that every record may have:

``id``        stable, lower-case letters, digits and hyphens; never given to somebody else
``names``     table of lists: en, zh-Hans, zh-Hant, other; the first of each is the canonical one
``acronyms``  short forms in capitals, matched only as they are written here: ["HRW"]
``weak``      short forms that count only in a document that also has a full name: ["Amnesty"]
``exact_case``  true: the names match only as they are written here ("ARTICLE 19", "The Independent")
``not_after``, ``not_before``   characters that must not stand directly before, or after, a Chinese form, because
              with them it is another word (公安部 in 公安部门, 张展 in 紧张展开)
``source``    where the names come from: addresses or titles
``see``, ``not_same_as``   ids of related records, and of others that are easily taken for this one
``distinguisher``          a few words shown wherever two records share a name
``examples``  [{text = "…", found = "…"}]: a test runs each through the extractor

Further keys belong to a kind (``roles`` of a person, ``article`` of a charge …) and are kept in ``attributes``.
``indexer.authority_check`` checks the files as a whole, and ``hrsearch authority check`` prints what it finds.

Of charges three keys are rules that make further names when the file is loaded (``derived``): ``selective`` gives
the lawful parts of a name with 、 (``indexer.selective``); every Chinese name that ends in 罪 is also known without
it, and where the record does not say ``bare = true`` that form joins ``in_charge_context``, the list of forms that
count only in the context of a charge.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick

from indexer.errors import AuthorityError
from indexer.fold import Folded, fold_text, is_han
from indexer.model import KINDS, NAME_LANGUAGES, PLURAL, Kind
from indexer.selective import expand
from indexer.spellings import spellings

#: Bumped when the rules of this room, of ``selective`` or of ``spellings`` change what a name matches.
_RULES_VERSION = 3

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_COMMON_KEYS = {"id", "names", "acronyms", "weak", "source", "see", "not_same_as", "distinguisher", "examples"}
#: Kinds whose names are proper names: they match only where the text has their capitals.
_PROPER_KINDS = frozenset(("person", "organisation", "place"))
#: Kinds whose English names are common nouns and so have a plural.
_COMMON_NOUN_KINDS = frozenset(("violation", "topic"))
_FORMS = ("name", "acronym", "weak")


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """One entry of an authority file.

    ``names`` has a key only for languages in which a name is known.  ``derived`` are further names that a rule
    made (see above): they match, and are not shown.  ``attributes["in_charge_context"]`` holds, for charges, the
    forms that count only in the context of a charge, derived ones included.
    """

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
    derived: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The canonical name: English where there is one, else the first of any language."""
        for language in NAME_LANGUAGES:
            if self.names.get(language):
                return self.names[language][0]
        return self.id

    def all_names(self) -> Iterator[str]:
        """Yield every full name that the file lists, in every language; neither acronyms nor weak forms."""
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


_WORDS = re.compile(r"[^\W\d_\u2e80-\uffff]+(?:['’.][^\W\d_\u2e80-\uffff]+)*")


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
        """Return every listed name of Han characters alone: the segmenter's user dictionary."""
        return sorted({name for record in self for name in record.all_names() if all(map(is_han, name))})

    @cached_property
    def version(self) -> str:
        """Changes whenever any record, or a rule that makes names, changes."""
        rows = sorted(repr((r.kind, r.id, sorted(r.names.items()), r.acronyms, r.weak, r.not_same_as, r.derived,
                            sorted((k, repr(v)) for k, v in r.attributes.items()))) for r in self)  # fmt: skip
        return hashlib.sha256("\n".join([str(_RULES_VERSION), *rows]).encode()).hexdigest()[:16]

    def find(self, folded: Folded, original: str, any_case: bool = False) -> list[Match]:
        """Return the names found in a text, longest first where they overlap, in the order of the text.

        ``folded`` must be ``fold(original)``.  Latin names match on word boundaries; names of persons,
        organisations and places only with their capitals, acronyms only as listed.  A weak form of a charge,
        violation or topic counts only where the text has another form of it; those of persons, organisations and
        places are all returned, because title and text support each other there.  ``any_case`` lifts all this, for
        queries, where people type as they like.  The time is linear in the text and the names found.
        """
        haystack = folded.text.replace("\n", " ")
        index = self._index
        found: list[Match] = []
        for last, key in self._automaton.iter(haystack):
            start, end = last + 1 - len(key), last + 1
            if not _on_boundaries(haystack, start, end):
                continue
            written: str | None = None
            for form, uses in index[key]:
                records: dict[int, AuthorityRecord] = {}
                for use in uses:
                    if not (any_case or use.stands(haystack, start, end)):
                        continue
                    if use.shape is not None and not any_case:
                        if written is None:
                            written = original[slice(*folded.original(start, end))]
                        if not use.shape.fits(written):
                            continue
                    records[id(use.record)] = use.record
                if records:
                    found.append(Match(start, end, form, tuple(records.values())))
                    break
        kept = _longest(found, len(haystack))
        return kept if any_case else _supported(kept)

    def named(self, name: str) -> list[AuthorityRecord]:
        """Return the records one of whose names, acronyms or weak forms is exactly ``name``, folded."""
        records = [use.record for _, uses in self._index.get(_key(name), ()) for use in uses]
        return list({(record.kind, record.id): record for record in records}.values())

    @cached_property
    def _index(self) -> dict[str, list[tuple[str, list[_Use]]]]:
        """Map every folded spelling to its uses, by form, in the order of ``_FORMS``."""
        index: dict[str, dict[str, list[_Use]]] = {}
        for record in self:
            listed = ((*record.all_names(), *record.derived), record.acronyms, record.weak)
            plural = record.kind in _COMMON_NOUN_KINDS
            for form, names in zip(_FORMS, listed, strict=True):
                for name in names:
                    use = _Use(record, _shape(record, form, name), *_neighbours(record, name))
                    for key in spellings(_key(name), plural and form == "name"):
                        uses = index.setdefault(key, {}).setdefault(form, [])
                        if use not in uses:
                            uses.append(use)
        return {key: [(form, forms[form]) for form in _FORMS if form in forms] for key, forms in index.items()}

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


def _on_boundaries(text: str, start: int, end: int) -> bool:
    """Say whether a Latin name at start:end is not a part of a longer word; Han names have no boundaries."""
    before_ok = start == 0 or not _joins(text[start - 1], text[start])
    after_ok = end == len(text) or not _joins(text[end - 1], text[end])
    return before_ok and after_ok


def _joins(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and not is_han(left) and not is_han(right)


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
            record = record_of(kind, row)
        except ValueError as error:
            line = line_of(source, str(row.get("id", "")))
            raise AuthorityError(f"{file.name}, line {line}: {error}") from error
        if record.id in seen:
            line = line_of(source, record.id)
            raise AuthorityError(f"{file.name}, line {line}: id {record.id!r} stands twice; give one of them another")
        seen.add(record.id)
        yield record


def record_of(kind: Kind, row: Mapping[str, Any]) -> AuthorityRecord:
    """Make a record of one table of an authority file.  Raises: ValueError, saying what is wrong and the remedy."""
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
    attributes = {key: value for key, value in row.items() if key not in _COMMON_KEYS}
    listed = {language: _texts(id, f"names.{language}", names[language]) for language in names if names[language]}
    derived: tuple[str, ...] = ()
    if kind == "charge":
        derived, in_context = _derive(listed.get("zh-Hans", ()), attributes)
        attributes["in_charge_context"] = in_context
    return AuthorityRecord(
        kind=kind,
        id=id,
        names=listed,
        distinguisher=str(row.get("distinguisher", "")),
        examples=tuple(row.get("examples", ())),
        attributes=attributes,
        derived=derived,
        **lists,
    )


def _derive(chinese: tuple[str, ...], attributes: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the further names of a charge, and those of its forms that count only in the context of a charge."""
    parts = expand(attributes["selective"]) if "selective" in attributes else ()
    bare = tuple(name.removesuffix("罪") for name in (*chinese, *parts) if name.endswith("罪") and len(name) > 2)
    in_context = tuple(attributes.get("in_charge_context", ()))
    derived = dict.fromkeys((*parts, *bare, *in_context))
    return tuple(derived), in_context if attributes.get("bare") else tuple(dict.fromkeys((*in_context, *bare)))


def _texts(id: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValueError(f'{id}: {key} = {value!r} must be a list of texts, as in ["…"]')
    return tuple(value)


def line_of(source: str, id: str) -> int:
    """Return the number of the line of a file's text on which the id stands, 1 when it stands nowhere."""
    for number, line in enumerate(source.split("\n"), 1):
        if re.match(rf'\s*id\s*=\s*["\']{re.escape(id)}["\']', line):
            return number
    return 1
