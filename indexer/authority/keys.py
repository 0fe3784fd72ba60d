"""Under which keys is a name found, however somebody types it?

A key is a folded name without spaces and signs, so that ``Cao Shunli``, ``cao shun li`` and ``caoshunli`` meet.  Each
key leads to names in one of three ways (``FORMS``).  Those of all authority records are made when an index is written
and kept with it: there are 45,000, which take half a second to make and a fiftieth of one to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from indexer.analysis import runs
from indexer.authority import Authority, AuthorityRecord
from indexer.authority.spellings import spellings
from indexer.fold import FOLD_VERSION, fold, fold_text, is_han
from indexer.pinyin import romanised, syllables_of

#: "exact": the name or a short form of it; "acronym": letters that stand for it; "pinyin": a person's name as its
#: characters are read, and in the other order of family name and given name.
Form = Literal["exact", "acronym", "pinyin"]
FORMS: tuple[Form, ...] = ("exact", "acronym", "pinyin")

#: For each form the keys, each with the places of its records in the order of ``Authority``.
RecordKeys = Mapping[str, Mapping[str, Sequence[int]]]

#: Bumped when a name gets other keys: those that an index keeps are then made anew where it is opened.
_VERSION = 1

#: Kinds whose names are found in the plural too.
STEMMED = frozenset(("charge", "violation", "topic"))

_POSSESSIVE = re.compile(r"'s(?![^\W_])")
_NOT_WORD = re.compile(r"[\W_]+")


def key_of(name: str) -> str:
    """Return the folded, joined form under which a name is found: letters, digits and characters alone.

    The same as joining the runs of the name, forty times as fast: there are a hundred thousand names.
    """
    folded = fold_text(name)
    return folded if folded.isalnum() else _NOT_WORD.sub("", _POSSESSIVE.sub("", folded))


def keys_of(kind: str, name: str, stem: Callable[[str], str]) -> Iterator[tuple[Form, str]]:
    """Yield the keys of one name of an entity, each with its form; those of its ``readings`` are not among them."""
    key = key_of(name)
    if 2 <= len(key) <= 6 and name.isupper() and key.isascii():
        yield "acronym", key
        return
    yield "exact", key
    if kind in STEMMED and key.isascii():
        yield "exact", "".join(stem(run.text) for run in runs(fold(name)))
    first, _, rest = name.strip().partition(" ")
    if kind == "person" and rest and key.isascii():
        yield "pinyin", key_of(rest) + key_of(first)


def readings(name: str) -> Iterator[str]:
    """Yield how a person's name of two to four Han characters is read, syllable by syllable; of others nothing.

    The first character is read as a family name and as a word: 覃 is Qin and Tan.
    """
    key = key_of(name)
    if not 2 <= len(key) <= 4 or not all(map(is_han, key)):
        return
    read = romanised(key, True).split()
    for first in dict.fromkeys((read[0], *syllables_of(key[0]))) if len(read) == len(key) else read[:1]:
        yield " ".join([first, *read[1:]])


def reading_keys(reading: str) -> Iterator[str]:
    """Yield the keys of one reading: the family name first, and the given name first."""
    first, _, rest = reading.partition(" ")
    yield key_of(first + rest)
    yield key_of(rest + first)


def record_keys(authority: Authority, stem: Callable[[str], str]) -> RecordKeys:
    """Return the keys of all records, in JSON values."""
    tables: dict[str, dict[str, list[int]]] = {form: {} for form in FORMS}
    for place, record in enumerate(authority):
        for form, key in dict.fromkeys(_keys_of_record(record, stem)):
            if key:
                tables[form].setdefault(key, []).append(place)
    return tables


def _keys_of_record(record: AuthorityRecord, stem: Callable[[str], str]) -> Iterator[tuple[Form, str]]:
    for name in record.all_names():
        yield from keys_of(record.kind, name, stem)
        if record.kind == "person":
            yield from (("pinyin", key) for reading in readings(name) for key in reading_keys(reading))
    yield from (("acronym", key_of(acronym)) for acronym in record.acronyms)
    for name in (*record.all_names(), *record.derived, *record.weak):
        for spelling in spellings(fold_text(name), record.kind in STEMMED):
            yield "exact", key_of(spelling)


def as_json(keys: RecordKeys) -> Mapping[str, Any]:
    """Return the keys as they are kept with an index."""
    return {"version": _current(), **keys}


def saved(kept: Mapping[str, Any] | None) -> RecordKeys | None:
    """Return the keys that an index keeps; None where it has none, or those of other rules."""
    return kept if kept and kept.get("version") == _current() else None


def _current() -> str:
    return f"{_VERSION}.{FOLD_VERSION}"
