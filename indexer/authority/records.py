"""What do the authority files say?  Reads one file, and makes a record of each of its tables.

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
``distinguisher``          a few words shown wherever two records share a name, in English
``distinguisher_in``       the same for other readers: {zh-Hans = "…", zh-Hant = "…"}
``examples``  [{text = "…", found = "…"}]: a test runs each through the extractor

Further keys belong to a kind (``roles`` of a person, ``article`` of a charge …) and are kept in ``attributes``.
``indexer.authority.check`` checks the files as a whole, and ``hrsearch authority check`` prints what it finds.

Of charges three keys are rules that make further names when the file is loaded (``derived``): ``selective`` gives
the lawful parts of a name with 、 (``indexer.authority.selective``); every Chinese name that ends in 罪 is also known
without it, and where the record does not say ``bare = true`` that form joins ``in_charge_context``, the forms that
count only in the context of a charge.  A person's name in pinyin is also known in its western turn.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from indexer.authority.selective import expand
from indexer.errors import AuthorityError
from indexer.model import NAME_LANGUAGES, Kind

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_COMMON_KEYS = {"id", "names", "acronyms", "weak", "source", "see", "not_same_as", "distinguisher", "examples"}
_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?"
    "(?:iang|uang|iong|ang|eng|ing|ong|uai|iao|ian|uan|ai|ei|ao|ou|an|en|er|in|un|ia|ie|iu|ua|uo|ui|ue|[aeiouv])"
)
#: A name in pinyin, its given name of two syllables.
_PINYIN_NAME = re.compile(rf"(?P<family>(?i:(?:{_SYLLABLE}){{1,2}})) (?P<given>(?i:(?:{_SYLLABLE}){{2}}))")


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

    @property
    def content(self) -> str:
        """All of a record that what is made of documents may depend on; where it comes from is no part of it."""
        return repr((self.kind, self.id, sorted(self.names.items()), self.acronyms, self.weak, self.not_same_as,
                     self.derived, self.distinguisher, sorted(self.attributes.items())))  # fmt: skip

    @property
    def distinguishers(self) -> Mapping[str, str]:
        """What tells it from its namesakes, by language; empty where no words are needed for that."""
        return {"en": self.distinguisher, **self.attributes.get("distinguisher_in", {})} if self.distinguisher else {}

    def all_names(self) -> Iterator[str]:
        """Yield every full name that the file lists, in every language; neither acronyms nor weak forms."""
        for language in NAME_LANGUAGES:
            yield from self.names.get(language, ())


def load_file(kind: Kind, file: Path) -> Iterator[AuthorityRecord]:
    """Yield the records of one file.  Raises: AuthorityError, naming file, line and remedy, at the first fault."""
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
    _check_words(id, "distinguisher_in", row.get("distinguisher_in", {}))
    lists = {key: _texts(id, key, row.get(key, [])) for key in ("acronyms", "weak", "source", "see", "not_same_as")}
    attributes = {key: _plain(value) for key, value in row.items() if key not in _COMMON_KEYS}
    listed = {language: _texts(id, f"names.{language}", names[language]) for language in names if names[language]}
    derived: tuple[str, ...] = ()
    if kind == "charge":
        derived, in_context = _derive(listed.get("zh-Hans", ()), attributes)
        attributes["in_charge_context"] = in_context
    elif kind == "person":
        derived = _turned(listed)
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


def _turned(names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the western turn of a name in pinyin whose given name has two syllables: Xiaobo Liu for Liu Xiaobo.

    A given name of one syllable turned is as often somebody else's name.
    """
    if not any(len(name) in (3, 4) and "·" not in name for name in names.get("zh-Hans", ())):
        return ()
    pairs = (_PINYIN_NAME.fullmatch(name) for name in names.get("en", ()))
    return tuple(f"{pair['given']} {pair['family']}" for pair in pairs if pair)


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it: a date of TOML as text; lists as tuples."""
    if isinstance(value, list):
        return tuple(_plain(one) for one in value)
    return value.isoformat() if isinstance(value, date | time) else value


def _texts(id: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValueError(f'{id}: {key} = {value!r} must be a list of texts, as in ["…"]')
    return tuple(value)


def _check_words(id: str, key: str, value: Any) -> None:
    """Raises: ValueError where a value is no table of words by language."""
    if (
        not isinstance(value, dict)
        or not value.keys() <= set(NAME_LANGUAGES)
        or not all(isinstance(words, str) and words.strip() for words in value.values())
    ):
        raise ValueError(f'{id}: {key} = {value!r} must be words by language, as in {{ zh-Hans = "牧师" }}')


def line_of(source: str, id: str) -> int:
    """Return the number of the line of a file's text on which the id stands, 1 when it stands nowhere."""
    for number, line in enumerate(source.split("\n"), 1):
        if re.match(rf'\s*id\s*=\s*["\']{re.escape(id)}["\']', line):
            return number
    return 1
