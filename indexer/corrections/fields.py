"""What can be corrected, and which values can it have?

A field is written as one of

``title``, ``date``, ``url``, ``publisher``   what the document states of itself;
``persons.ID``, ``charges.ID`` …              an entity of the document: the id of whom or what is really meant;
``cases.PERSON.STATUS``                       a case of this person with this status: ``"none"``, there is none;
``cases.PERSON.STATUS.KEY``                   one key of that case: one of ``CASE_KEYS``;
``cases.PERSON``                              a case that was not found: a table of ``CASE_KEYS`` and its quote.

Where a document has several cases of one person with one status, a number chooses among them in the order of the text:
``cases.PERSON.STATUS.2`` and ``cases.PERSON.STATUS.2.months``.  ``"none"`` takes a value away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.model import KINDS, PLURAL, STATUSES, Kind

NONE = "none"
MODALITIES = ("stated", "reported", "claimed")

#: What a document states of itself, and can be wrong about.
DOCUMENT_FIELDS = ("title", "date", "url", "publisher")
#: The kinds of entity by the key of a record.
KIND_OF: Mapping[str, Kind] = {PLURAL[kind]: kind for kind in KINDS}
#: The keys of a case that belong to its penalty.
PENALTY_KEYS = ("months", "suspended_months", "political_rights_months", "life", "death")

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}\Z")
_ADDRESS = re.compile(r"https?://\S+\Z")


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _months(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 1200


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which values a field can have: ``wanted`` says it in words, with an example."""

    fits: Callable[[Any], bool]
    wanted: str
    may_be_none: bool = True

    def remark(self, value: Any) -> str | None:
        if (value == NONE and self.may_be_none) or (value != NONE and self.fits(value)):
            return None
        return f"value = {value!r} must be {self.wanted}" + (', or "none"' if self.may_be_none else "")


_A_DATE = _Rule(
    lambda v: isinstance(v, str) and bool(_DATE.match(v)), 'a date, as in "2019-03-14", "2019-03" or "2019"'
)
_A_TEXT = _Rule(_text, "a text")
_A_TERM = _Rule(_months, "a whole number of months, as in 42")
_A_SIGN = _Rule(lambda v: isinstance(v, bool), "true or false", may_be_none=False)
_AN_ID = _Rule(_text, "the id of a record of the authority files")

_OF_DOCUMENT: Mapping[str, _Rule] = {
    "title": _Rule(_text, "a text", may_be_none=False),
    "date": _A_DATE,
    "url": _Rule(lambda v: isinstance(v, str) and bool(_ADDRESS.match(v)), 'an address, as in "https://example.org/1"'),
    "publisher": _A_TEXT,
}
CASE_KEYS: Mapping[str, _Rule] = {
    "status": _Rule(lambda v: v in STATUSES, f"one of {', '.join(STATUSES)}", may_be_none=False),
    "charges": _Rule(
        lambda v: isinstance(v, list) and bool(v) and all(map(_text, v)), 'a list of ids of charges, as in ["fraud"]'
    ),
    "date": _A_DATE,
    "months": _A_TERM,
    "suspended_months": _A_TERM,
    "political_rights_months": _A_TERM,
    "life": _A_SIGN,
    "death": _A_SIGN,
    "authority": _A_TEXT,
    "jurisdiction": _A_TEXT,
    "modality": _Rule(lambda v: v in MODALITIES, f"one of {', '.join(MODALITIES)}", may_be_none=False),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field, taken apart.

    ``name`` is that of a document's field, of a kind in the plural, or "cases"; ``id`` the entity's or person's id;
    ``status``, ``number`` and ``key`` are None where the field does not say them.
    """

    name: str
    id: str = ""
    status: str | None = None
    number: int | None = None
    key: str | None = None


def parsed(field: str) -> Field:
    """Take a field apart.  Raises: ValueError, saying what can be corrected."""
    name, *rest = field.split(".")
    if name in _OF_DOCUMENT and not rest:
        return Field(name)
    if name in KIND_OF and len(rest) == 1 and rest[0]:
        return Field(name, rest[0])
    if name == "cases" and rest and rest[0]:
        return _of_case(field, rest)
    kinds = ", ".join(f"{plural}.ID" for plural in KIND_OF)
    raise ValueError(
        f"field = {field!r} is not known; it is one of {', '.join(_OF_DOCUMENT)}, {kinds}, cases.PERSON, "
        "cases.PERSON.STATUS, cases.PERSON.STATUS.KEY"
    )


def _of_case(field: str, rest: list[str]) -> Field:
    person, *tail = rest
    if not tail:
        return Field("cases", person)
    status = tail.pop(0)
    if status not in STATUSES:
        raise ValueError(f"field = {field!r}: {status} is no status; use one of {', '.join(STATUSES)}")
    number = int(tail.pop(0)) if tail and _NUMBER.match(tail[0]) else None
    key = tail.pop(0) if tail else None
    if tail or (key is not None and key not in CASE_KEYS):
        raise ValueError(
            f"field = {field!r}: after the status stands a number from 1, where there are several such cases, and one "
            f"of {', '.join(CASE_KEYS)}"
        )
    return Field("cases", person, status, number, key)


def remark_on(field: Field, value: Any) -> str | None:
    """Say what is wrong with a value of a field, None where it can be."""
    if field.name in _OF_DOCUMENT:
        return _OF_DOCUMENT[field.name].remark(value)
    if field.name in KIND_OF:
        return _AN_ID.remark(value)
    if field.key is not None:
        return CASE_KEYS[field.key].remark(value)
    if field.status is not None:
        return None if value == NONE else f'value = {value!r} must be "none"; to change a case, add .KEY to its field'
    return _remark_on_table(value)


def _remark_on_table(value: Any) -> str | None:
    wanted = 'value must be a table, as in { status = "arrested", quote = "words of the text", date = "2019-03" }'
    if not isinstance(value, dict) or not _text(value.get("quote")) or "status" not in value:
        return wanted
    for key, one in value.items():
        if key == "quote":
            continue
        if key not in CASE_KEYS:
            return f"value.{key} is not known; use status, quote and {', '.join(CASE_KEYS)}"
        remark = CASE_KEYS[key].remark(one)
        if remark:
            return remark.replace("value", f"value.{key}", 1)
    return None
