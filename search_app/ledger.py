"""The facets beside the results, as rows a template can write down.

In: ``facets`` and ``without`` of the JSON and the State of the search.  Out: one ``Shelf`` a facet, chosen rows
first, and one bar a year.  Counts are the service's; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeVar

from indexer.authority import Authority
from indexer.authority.keys import key_of
from indexer.engines.base import UNDATED
from indexer.fold import is_han
from search_app.facets import FacetValue
from search_app.links import State

#: Facets in the order in which the page shows them; years have their own place.
SHELVES = ("charge", "person", "organisation", "violation", "topic", "place", "language", "publisher", "kind")

#: Rows that a facet shows until the reader asks for all of them; those that are folded together show fewer.
SHORT, BRIEF = 7, 4

#: Facets that the page folds together.
FOLDED = ("violation", "topic", "publisher", "kind")

#: Values of a facet that are asked for where one is opened: all of them.
FULL = 1_000_000

#: Rows of an opened facet, so that the page stays under 60 KB; the field above them finds the others.
OPENED = 30

#: Rows of a facet, closed and opened, on a page that would be too long with those.
LEAN, LEAN_OPENED = 3, 15

#: Steps of a bar's height; the style sheet has one class for each.
STEPS = 12

#: Years that the strip shows at most; earlier ones are reached by the fields.
STRIP = 18

_OTHER_NAME = {"en": ("zh-Hans", "zh-Hant"), "zh-Hans": ("en", "zh-Hant"), "zh-Hant": ("en", "zh-Hans")}
_FALLBACK = {
    "en": ("en", "zh-Hans", "zh-Hant"),
    "zh-Hans": ("zh-Hans", "zh-Hant", "en"),
    "zh-Hant": ("zh-Hant", "zh-Hans", "en"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the language it is in; ``language`` is None where it is not known."""

    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a facet.  ``other`` is its name in the other language, or None."""

    value: str
    name: Name
    other: Name | None
    count: int
    selected: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one family of charges with the family's name, and its own row where documents name the family itself.

    Rows without a family are a group without a ``name``.
    """

    name: Name | None
    own: Row | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One facet: its rows, how many there are in all, and whether it is ``open``.

    ``nobody`` is the row of the documents that name none, or None; ``spare`` has the values of the rows that are left
    out of a page that would be too long with them.
    """

    facet: str
    rows: tuple[Row, ...]
    total: int
    open: bool
    nobody: Row | None = None
    groups: tuple[Group, ...] = ()
    find: str = ""
    spare: frozenset[str] = frozenset()

    def all_spare(self, rows: Iterable[Row]) -> bool:
        """Say whether a page that is too long leaves out each of these rows; of none, that it does."""
        return all(row.value in self.spare for row in rows)

    @property
    def chosen(self) -> bool:
        """Whether any of its values is chosen or left out."""
        return any(row.selected or row.excluded for row in (*self.rows, *filter(None, [self.nobody])))


@dataclass(frozen=True, slots=True)
class Families:
    """Families of charges: ``of`` maps a charge to its family, ``names`` a family to its names by language."""

    of: Mapping[str, str]
    names: Mapping[str, Mapping[str, Sequence[str]]]


def families(authority: Authority) -> Families:
    """Return the families of charges as the authority files have them."""
    charges = {record.id: record for record in authority if record.kind == "charge"}
    of = {id: str(record.attributes["family"]) for id, record in charges.items() if "family" in record.attributes}
    of |= {family: family for family in set(of.values())}
    return Families(of, {family: charges[family].names for family in set(of.values()) if family in charges})


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: documents, height in steps (0 only for none), and whether it lies within the chosen years."""

    year: int
    count: int
    step: int
    inside: bool | None


def name_in(language: str, names: Mapping[str, Any], fallback: str) -> Name:
    """Return the name to show a reader of ``language``: the first that is known, with the language it is in.

    ``names`` maps languages to a name or to a list of names.  A label may stand in for one that is not known in
    that language, so its characters decide what it is.
    """
    for tongue in _FALLBACK[language]:
        text = _first(names.get(tongue))
        if text:
            return Name(text, _language_of(text, tongue, names))
    return Name(fallback, None)


def other_name(language: str, names: Mapping[str, Any], shown: Name) -> Name | None:
    """Return the name in the other language, or None where none is known or it looks the same."""
    for tongue in _OTHER_NAME[language]:
        text = _first(names.get(tongue))
        if text and text != shown.text:
            return Name(text, _language_of(text, tongue, names))
    return None


def _language_of(text: str, tongue: str, names: Mapping[str, Any]) -> str:
    if not _has_han(text):
        return "en"
    if tongue != "en":
        return tongue
    return "zh-Hant" if _first(names.get("zh-Hant")) == text != _first(names.get("zh-Hans")) else "zh-Hans"


@lru_cache(maxsize=8192)  # the same names stand on page after page
def _has_han(text: str) -> bool:
    return any(map(is_han, text))


Shown = TypeVar("Shown", "Row", FacetValue)


def shelves(
    results: Mapping[str, Any],
    state: State,
    language: str,
    charges: Families = Families({}, {}),
    opened: int | None = None,
) -> list[Shelf]:
    """Return the facets of a result, one shelf each, in the order of the page.

    ``results`` has "facets" and may have "without"; ``opened`` is the number of all rows of the opened facet.
    """
    facets, without = results["facets"], results.get("without", {})
    made = []
    for facet in SHELVES:
        rows = [_row(entry, language) for entry in facets.get(facet, ())]
        is_open = state.one("all") == facet
        kept = tuple(shown_first(rows, OPENED if is_open else BRIEF if facet in FOLDED else SHORT))
        nobody = _row(without[facet], language) if facet in without else None
        groups = _groups(kept, charges, language) if facet == "charge" else (Group(None, None, kept),)
        total = opened if is_open and opened is not None else len(rows)
        lean = shown_first(kept, LEAN_OPENED if is_open else LEAN)
        spare = frozenset(row.value for row in kept) - {row.value for row in lean}
        find = state.one("find") if is_open else ""
        made.append(Shelf(facet, kept, total, is_open, nobody, groups, find, spare))
    return made


def shown_first(values: Sequence[Shown], size: int) -> list[Shown]:
    """Return the first values of a facet, chosen ones before others and never cut off."""
    ordered = sorted(values, key=lambda value: not _picked(value))
    return ordered[: max(size, sum(map(_picked, ordered)))]


def named_so(value: FacetValue, find: str, keys: Mapping[str, str]) -> bool:
    """Say whether a value is chosen, or any of its names, in any script, contains what the reader looks for.

    ``keys`` has the keys of all names of an entity; any other value is its own name.
    """
    return _picked(value) or key_of(find) in keys.get(value.value, key_of(value.value))


def _groups(rows: Sequence[Row], charges: Families, language: str) -> tuple[Group, ...]:
    """Put rows under their families; a family stands where the first of its rows stood."""
    members: dict[str, list[Row]] = {}
    for row in rows:
        members.setdefault(charges.of.get(row.value, f"\x00{row.value}"), []).append(row)
    return tuple(
        Group(
            name=name_in(language, charges.names[family], family) if family in charges.names else None,
            own=next((row for row in found if row.value == family), None),
            rows=tuple(row for row in found if row.value != family),
        )
        for family, found in members.items()
    )


def _picked(value: Row | FacetValue) -> bool:
    return value.selected or value.excluded


def _row(entry: Mapping[str, Any], language: str) -> Row:
    names = entry.get("labels") or {}
    name = name_in(language, names, entry["label"])
    return Row(
        value=entry["value"],
        name=name,
        other=other_name(language, names, name),
        count=entry["count"],
        selected=bool(entry.get("selected")),
        excluded=bool(entry.get("excluded")),
    )


def _first(names: Any) -> str:
    if isinstance(names, str):
        return names
    return names[0] if names else ""


def year_bars(entries: Sequence[Mapping[str, Any]], chosen: Sequence[str]) -> list[Bar]:
    """Return a bar for each of the latest years, without gaps; no bars where no document has a date."""
    counts = {int(entry["value"]): entry["count"] for entry in entries if entry["value"] != UNDATED}
    if not counts:
        return []
    last = max(counts)
    years = range(max(min(counts), last - STRIP + 1), last + 1)
    highest = max((counts.get(year, 0) for year in years), default=0) or 1
    return [
        Bar(
            year=year,
            count=counts.get(year, 0),
            step=-(-counts.get(year, 0) * STEPS // highest),
            inside=any(_within(year, choice) for choice in chosen) if chosen else None,
        )
        for year in years
    ]


def gaps(years: Iterable[int]) -> list[tuple[int, int]]:
    """Return the stretches of years, first and last, between years of documents that have none."""
    return [(before + 1, after - 1) for before, after in pairwise(sorted(years)) if after - before > 1]


def undated(entries: Sequence[Mapping[str, Any]]) -> int:
    """Return how many documents have no date."""
    return next((entry["count"] for entry in entries if entry["value"] == UNDATED), 0)


def _within(year: int, choice: str) -> bool:
    start, dots, end = choice.partition("..")
    if not dots:
        return choice == str(year)
    return (not start.isdigit() or int(start) <= year) and (not end.isdigit() or year <= int(end))
