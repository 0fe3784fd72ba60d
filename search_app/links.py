"""The state of a search as an address: short, readable, the same pairs in the same order for the same search.

A ``State`` holds what the reader asked for and nothing else: empty values and defaults are left out.  All
functions are pure; every change gives a new State.  A value that leaves the first page of results as it was
(a language, an order) keeps its place; a value that changes what is found goes back to page 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from urllib.parse import parse_qsl, quote_plus

from search_app.request import FILTERS

_EXCLUDING = tuple(f"-{name}" for name in FILTERS)

#: Every key that chooses in a facet; one with a leading "-" leaves its values out.
CHOICES: tuple[str, ...] = ("year", *FILTERS, *_EXCLUDING)

#: Every parameter of a search page, in the order in which an address writes them.
#: ``all`` opens one facet in full and ``find`` narrows its rows; ``careful=on`` keeps the search out of addresses
#: and turns the addresses of sources into text.  These belong to the page, not to the search; ``status`` and
#: ``date`` (of the event) are those of the page of cases, ``letter`` that of the lists of names.
ORDER: tuple[str, ...] = (
    *("q", *CHOICES, "status", "date", "letter", "match", "expand", "-expand"),
    *("sort", "page", "per_page", "cursor", "facet_size", "all", "find", "careful", "lang"),
)

_PLACES = {key: place for place, key in enumerate(ORDER)}
_REPEATABLE = {*CHOICES, "-expand", "status"}

#: Keys that a form asks for in two fields, first and last.
_SPANS = {"year": ("year_from", "year_to"), "date": ("date_from", "date_to")}
_DEFAULTS = {"page": "1", "per_page": "10", "match": "most", "expand": "on"}
_KEEPS_PAGE = {"lang", "all", "find", "careful", "facet_size"}

#: What is encoded in a field of a form.
_ENCODED = re.compile(r"""[\x00-\x20\x7f&=+%<>"']""")

#: Characters that stay as they are in a query string, for the sake of the reader.
_READABLE = ":,.-_~*()'!/@"

#: What is written otherwise in an address, but for the characters above.
_NO_LETTERS = re.compile(r"\W+")


class Arguments(Protocol):
    """What a request offers: werkzeug's MultiDict and tests' stand-ins."""

    def getlist(self, key: str) -> list[str]:
        """Return every value of a key, in order; an empty list if there is none."""


@dataclass(frozen=True, slots=True)
class State:
    """What is asked for, as pairs in canonical order without repetition."""

    pairs: tuple[tuple[str, str], ...] = ()

    def all(self, key: str) -> tuple[str, ...]:
        """Return every value of a key."""
        return tuple(value for name, value in self.pairs if name == key)

    def getlist(self, key: str) -> list[str]:
        """Return every value of a key, as a request's arguments do."""
        return list(self.all(key))

    def one(self, key: str, default: str = "") -> str:
        """Return the first value of a key, or ``default``."""
        for name, value in self.pairs:
            if name == key:
                return value
        return default

    def set(self, key: str, *values: str) -> State:
        """Return a State in which ``key`` has exactly these values; none removes it."""
        kept = [pair for pair in self.pairs if pair[0] != key and (key in _KEEPS_PAGE or not _is_place(pair[0], key))]
        return _canonical([*kept, *((key, value) for value in values)])

    def add(self, key: str, value: str) -> State:
        """Return a State that also asks for ``value``."""
        return self.set(key, *self.all(key), value)

    def remove(self, key: str, value: str) -> State:
        """Return a State that no longer asks for ``value``."""
        return self.set(key, *(other for other in self.all(key) if other != value))

    def without(self, *keys: str) -> State:
        """Return a State that has none of these keys."""
        state = self
        for key in keys:
            state = state.set(key)
        return state

    def with_filters(self, filters: Mapping[str, Iterable[str]]) -> State:
        """Return a State with these filters and no others, page kept: the same search in other words.

        A value with a leading "-" is left out, as in ``Parameters.filters``.
        """
        kept = [pair for pair in self.pairs if pair[0] not in CHOICES]
        chosen = [(facet, value) for facet, values in filters.items() for value in values]
        return _canonical([*kept, *map(_signed, chosen)])

    @property
    def settings(self) -> State:
        """Only how the reader wants pages to be: language and care."""
        return State(tuple(pair for pair in self.pairs if pair[0] in ("careful", "lang")))

    @property
    def filtered(self) -> bool:
        """Whether any facet has a choice."""
        return any(key in CHOICES for key, _ in self.pairs)

    @property
    def unfiltered(self) -> State:
        """The same search without any choice in a facet."""
        return self.without(*CHOICES)

    @property
    def query_string(self) -> str:
        """The pairs as the part of an address behind "?", or an empty text."""
        return _query_string(self.pairs)

    @property
    def compact(self) -> str:
        """The same pairs as a field of a form holds them, every script as it is; ``parse_state`` reads it too."""
        return _compact(self.pairs)

    def url(self, path: str, fragment: str = "") -> str:
        """Return the address of this state under ``path``."""
        query = f"?{self.query_string}" if self.pairs else ""
        return f"{path}{query}" + (f"#{fragment}" if fragment else "")


def read_state(arguments: Arguments) -> State:
    """Return the State that a request's arguments describe; keys that no page knows are left out.

    Two fields of a form, ``year_from`` and ``year_to``, become one range in place of other years; dates of cases
    likewise.
    """
    pairs = [(key, value.strip()) for key in ORDER for value in arguments.getlist(key)]
    for key, fields in _SPANS.items():
        span = year_range(*(next(iter(arguments.getlist(field)), "").strip() for field in fields))
        if span:
            pairs = [pair for pair in pairs if pair[0] != key] + [(key, span)]
    return _canonical(pairs)


def parse_state(query_string: str) -> State:
    """Return the State that ``State.query_string`` or ``State.compact`` wrote."""
    return _canonical(pair for pair in parse_qsl(query_string) if pair[0] in ORDER)


def change(base: State, target: State) -> str:
    """Return what leads from one State to another, as short as it can be said; empty where they are the same.

    Pairs that are new stand as in a field of a form, pairs that go with a "!" before the key; ``changed`` reads it.
    """
    kept, wanted = set(base.pairs), set(target.pairs)
    keys = {key for key, _ in target.pairs}
    gone = [(f"!{key}", value) for key, value in base.pairs
            if (key, value) not in wanted and (key in _REPEATABLE or key not in keys)]  # fmt: skip
    return _compact((*gone, *(pair for pair in target.pairs if pair not in kept)))


def changed(base: State, said: str) -> State:
    """Return the State that ``change`` said."""
    pairs = parse_qsl(said)
    gone = {(key[1:], value) for key, value in pairs if key.startswith("!")}
    return _canonical([*(pair for pair in base.pairs if pair not in gone), *(p for p in pairs if p[0] in ORDER)])


def year_range(start: str, end: str) -> str:
    """Return the year filter of two fields, each of which may be empty: "2015..2020", "2015..", "2018" or ""."""
    if start == end:
        return start
    return f"{start}..{end}"


def year_fields(years: Iterable[str]) -> tuple[str, str]:
    """Return what the two year fields show for the chosen years: empty unless one year or range is chosen."""
    chosen = list(years)
    if len(chosen) != 1 or chosen[0] == "none":
        return "", ""
    start, dots, end = chosen[0].partition("..")
    return (start, end) if dots else (start, start)


def page_numbers(page: int, pages: int) -> list[int | None]:
    """Return the page numbers to show around ``page``: first, last and neighbours; None where some are left out."""
    shown = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    row: list[int | None] = []
    for number in shown:
        if row and row[-1] is not None and number - row[-1] > 1:
            row.append(None)
        row.append(number)
    return row


@lru_cache(maxsize=512)  # a page links to the same few states again and again
def _query_string(pairs: tuple[tuple[str, str], ...]) -> str:
    return "&".join(f"{key}={_written(value)}" for key, value in pairs)


def _compact(pairs: Iterable[tuple[str, str]]) -> str:
    """Write pairs for a field of a form: only what separates pairs, or would be escaped in HTML, is encoded."""
    return "&".join(f"{key}={_ENCODED.sub(lambda one: quote_plus(one[0]), value)}" for key, value in pairs)


def _written(value: str) -> str:
    """Write a value as an address shows it: letters of every script as they are (RFC 3987), all else encoded."""
    return _NO_LETTERS.sub(lambda found: quote_plus(found[0], safe=_READABLE), value)


def _canonical(pairs: Iterable[tuple[str, str]]) -> State:
    pairs = [(key, value) for key, value in pairs if value]
    last = dict(pairs)
    kept = {
        (key, value): None
        for key, value in pairs
        if (key in _REPEATABLE or last[key] == value) and _DEFAULTS.get(key) != value
    }
    if not any(key == "all" for key, _ in kept):
        kept = {pair: None for pair in kept if pair[0] != "find"}
    return State(tuple(sorted(kept, key=lambda pair: (_PLACES[pair[0]], pair[1]))))


def _signed(choice: tuple[str, str]) -> tuple[str, str]:
    facet, value = choice
    return (f"-{facet}", value[1:]) if value.startswith("-") and facet in FILTERS else choice


def _is_place(name: str, changed: str) -> bool:
    """Say whether ``name`` is a place in the results that a change of ``changed`` makes meaningless."""
    return name in ("page", "cursor") and changed != name
