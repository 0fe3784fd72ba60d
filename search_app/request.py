"""Parameters of a search, the same for the page, the API, feeds and the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from indexer.engines.base import UNDATED, Sort
from search_app.remarks import remark

#: Facets that can be filtered by value, as parameters and in ``Parameters.filters``.
FILTERS = ("person", "organisation", "charge", "violation", "place", "topic", "publisher", "language", "kind")

#: Languages of the interface, as BCP 47 writes them; the first is the one for a reader who states no wish.
LANGUAGES: tuple[str, ...] = ("en", "zh-Hans", "zh-Hant")

SORTS: tuple[Sort, ...] = ("relevance", "date", "-date", "first_indexed", "-first_indexed", "changed", "-changed")

_YEAR = re.compile(r"(\d{4})?\s*(?:\.\.|-|–)\s*(\d{4})?\Z|(\d{4})\Z")

#: Pages beyond this many hits are not opened: nobody reads them, and a crawler would.
MAX_OFFSET = 10_000


class BadRequest(Exception):
    """A parameter has a value that it cannot have; ``remark`` says which are allowed."""

    def __init__(self, code: str, **values: str | int) -> None:
        self.remark = remark(code, **values)
        super().__init__(self.remark.sentence)


class Arguments(Protocol):
    """Query arguments, each with several values: what web frameworks call a multi-dict."""

    def getlist(self, key: str) -> Sequence[str]:
        """Return every value of a key, in order."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """One search.

    ``filters`` maps a facet to the values chosen, a value with a leading "-" to be left out; "year" holds years,
    ranges "2015..2020" and "none".  ``page`` counts from 1.
    """

    q: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 10
    facet_size: int = 20
    fallback: bool = True
    expand: bool = True
    without_expansions: frozenset[str] = frozenset()
    lang: str | None = None

    def with_filter(self, facet: str, values: Sequence[str]) -> Parameters:
        """Return these parameters with the choice in one facet replaced."""
        return replace(self, filters={**self.filters, facet: tuple(values)})


def parameters(arguments: Arguments) -> Parameters:
    """Read the parameters of a search.  Unknown ones are left alone.  Raises: BadRequest."""
    filters: dict[str, tuple[str, ...]] = {}
    for name in FILTERS:
        values = [value.strip() for value in arguments.getlist(name)]
        values += [f"-{value.strip()}" for value in arguments.getlist(f"-{name}") if value.strip()]
        if any(values):
            filters[name] = tuple(dict.fromkeys(value for value in values if value))
    years = [normal_year(value) for value in arguments.getlist("year") if value.strip()]
    span = [_last(arguments, "year_from"), _last(arguments, "year_to")]
    if any(span):
        years.append(normal_year(f"{span[0] or ''}..{span[1] or ''}"))
    if years:
        filters["year"] = tuple(dict.fromkeys(years))
    wanted = _last(arguments, "sort") or "relevance"
    sort = next((known for known in SORTS if known == wanted), None)
    if sort is None:
        raise BadRequest("not_known", field="sort", value=wanted, allowed=", ".join(SORTS))
    per_page = whole_number(arguments, "per_page", 10, 1, 100)
    cursor = _last(arguments, "cursor")
    page = _from_cursor(cursor) if cursor else whole_number(arguments, "page", 1, 1, MAX_OFFSET)
    if page * per_page > MAX_OFFSET + per_page:
        raise BadRequest("page_too_far", page=page, limit=MAX_OFFSET)
    match = _last(arguments, "match") or ""
    if match not in ("", "all", "most"):
        raise BadRequest("not_known_or_none", field="match", value=match, allowed="all")
    expand = _last(arguments, "expand") or "on"
    if expand not in ("on", "off"):
        raise BadRequest("not_known_or_none", field="expand", value=expand, allowed="off")
    return Parameters(
        q=" ".join(value for value in arguments.getlist("q")[-1:]).strip(),
        filters=filters,
        sort=sort,
        page=page,
        per_page=per_page,
        facet_size=whole_number(arguments, "facet_size", 20, 0, 1000),
        fallback=match != "all",
        expand=expand != "off",
        without_expansions=frozenset(arguments.getlist("-expand")),
        lang=_last(arguments, "lang"),
    )


def normal_year(value: str) -> str:
    """Return a year, a range or "none" in its one spelling.  Raises: BadRequest."""
    value = value.strip()
    if value.lstrip("-").lower() == UNDATED:
        return value.lower()
    match = _YEAR.match(value)
    if match is None or value in ("..", "-", "–"):
        raise BadRequest("not_a_year", value=value)
    return match.group(3) or f"{match.group(1) or ''}..{match.group(2) or ''}"


def cursor_of(page: int) -> str:
    """Return the cursor that opens a page."""
    return f"p{page}"


def _from_cursor(cursor: str) -> int:
    if not re.fullmatch(r"p[1-9]\d{0,5}", cursor):
        raise BadRequest("not_our_cursor")
    return int(cursor[1:])


def _last(arguments: Arguments, name: str) -> str | None:
    values = [value.strip() for value in arguments.getlist(name) if value.strip()]
    return values[-1] if values else None


def whole_number(arguments: Arguments, name: str, default: int, low: int, high: int) -> int:
    """Return the last value of a parameter, ``default`` where it has none.  Raises: BadRequest outside its bounds."""
    value = _last(arguments, name)
    if value is None:
        return default
    if not re.fullmatch(r"\d{1,7}", value) or not low <= int(value) <= high:
        raise BadRequest("not_a_number", field=name, value=value, low=low, high=high)
    return int(value)
