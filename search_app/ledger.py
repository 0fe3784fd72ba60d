"""The facets beside the results, as rows a template can write down.

In: the ``facets`` of the JSON and the State of the search.  Out: one ``Shelf`` a facet, chosen rows first, and
one bar a year.  Counts are the service's; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.engines.base import UNDATED
from indexer.fold import fold_text, is_han
from search_app.links import State

#: Facets in the order in which the page shows them; years have their own place.
SHELVES = ("charge", "person", "organisation", "violation", "topic", "place", "language", "publisher", "kind")

#: Rows that a facet shows until the reader asks for all of them.
SHORT = 7

#: Rows of a facet that is shown in full: the bound of contract.md.
FULL = 1000

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
class Shelf:
    """One facet: its rows, and whether there are ``more`` than are shown or all are ``open``."""

    facet: str
    rows: tuple[Row, ...]
    more: bool
    open: bool
    find: str = ""

    @property
    def chosen(self) -> bool:
        """Whether any of its values is chosen or left out."""
        return any(row.selected or row.excluded for row in self.rows)


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
    if not any(map(is_han, text)):
        return "en"
    if tongue != "en":
        return tongue
    return "zh-Hant" if _first(names.get("zh-Hant")) == text != _first(names.get("zh-Hans")) else "zh-Hans"


def shelves(facets: Mapping[str, Sequence[Mapping[str, Any]]], state: State, language: str) -> list[Shelf]:
    """Return the facets of a result, one shelf each, in the order of the page."""
    return [_shelf(facet, facets.get(facet, ()), state, language) for facet in SHELVES]


def _shelf(facet: str, entries: Sequence[Mapping[str, Any]], state: State, language: str) -> Shelf:
    opened = state.one("all") == facet
    find = state.one("find") if opened else ""
    rows = sorted((_row(entry, language) for entry in entries), key=lambda row: not (row.selected or row.excluded))
    if find:
        rows = [row for row, entry in zip(rows, _same_order(rows, entries), strict=True) if _named(entry, row, find)]
    elif not opened:
        chosen = sum(row.selected or row.excluded for row in rows)
        rows = rows[: max(SHORT, chosen)]
    return Shelf(facet, tuple(rows), len(rows) < len(entries) and not opened, opened, find)


def _same_order(rows: Sequence[Row], entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    by_value = {entry["value"]: entry for entry in entries}
    return [by_value[row.value] for row in rows]


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


def _named(entry: Mapping[str, Any], row: Row, find: str) -> bool:
    """Say whether any name of the value, in any script, contains what the reader looks for."""
    wanted = _joined(find)
    names = [row.value, entry["label"], *(_first(names) for names in (entry.get("labels") or {}).values())]
    return row.selected or row.excluded or any(wanted in _joined(name) for name in names)


def _joined(text: str) -> str:
    return "".join(character for character in fold_text(text) if character.isalnum())


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


def undated(entries: Sequence[Mapping[str, Any]]) -> int:
    """Return how many documents have no date."""
    return next((entry["count"] for entry in entries if entry["value"] == UNDATED), 0)


def _within(year: int, choice: str) -> bool:
    start, dots, end = choice.partition("..")
    if not dots:
        return choice == str(year)
    return (not start.isdigit() or int(start) <= year) and (not end.isdigit() or year <= int(end))
