"""Which values of a facet are shown beside a result, and in which order?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.engines.base import UNDATED, WITHOUT, Choice, Counts
from search_app.query.names import Named, NameIndex

#: What is chosen in a facet without a filter.
_NO_CHOICE = Choice()


@dataclass(slots=True)
class FacetValue:
    """One line of a facet.  ``named`` is the entity behind it, None for years, languages and kinds.

    Not frozen, because a search makes a hundred, and a frozen one takes four times as long to make.
    """

    value: str
    count: int
    selected: bool = False
    excluded: bool = False
    named: Named | None = None


def facet_values(
    counts: Mapping[str, Counts], choices: Mapping[str, Choice], names: NameIndex, size: int
) -> dict[str, tuple[FacetValue, ...]]:
    """Return the lines of every facet: chosen values first, even at zero, then by count and value; years newest first.

    Years are all there, of other facets ``size`` values or as many as are chosen.
    """
    return {
        name: _values(name, of_facet, choices.get(name, _NO_CHOICE), names, size) for name, of_facet in counts.items()
    }


def without_values(counts: Mapping[str, int], choices: Mapping[str, Choice]) -> dict[str, FacetValue]:
    """Return for each facet the line of the documents that have no value of it, where there are any or it is chosen.

    The undated are a line of their own already.
    """
    lines = {}
    for name, count in counts.items():
        choice = choices.get(name, _NO_CHOICE)
        selected, excluded = WITHOUT in choice.include, WITHOUT in choice.exclude
        if name != "year" and (count or selected or excluded):
            lines[name] = FacetValue(WITHOUT, count, selected, excluded)
    return lines


def _values(name: str, counts: Counts, choice: Choice, names: NameIndex, size: int) -> tuple[FacetValue, ...]:
    included, excluded, named = choice.include, choice.exclude, names.by_id(name).get
    chosen = [value for value in (*included, *excluded) if not value.startswith("\x00")]
    if name == "year":
        listed = sorted(_with(chosen, counts.most_common(), counts), key=lambda row: _newest_first(row[0]))
    else:
        chosen = [value for value in chosen if value != WITHOUT]
        most = max(size, len(chosen)) if size else 0
        listed = counts.most_common(most)
        if chosen and size:
            picked = {**dict.fromkeys(excluded, 1), **dict.fromkeys(included, 0)}
            listed = _with(chosen, listed, counts)
            listed = sorted(listed, key=lambda row: (picked.get(row[0], 2), -row[1], row[0]))[:most]
    return tuple(
        [FacetValue(value, count, value in included, value in excluded, named(value)) for value, count in listed]
    )


@lru_cache(1024)
def _newest_first(year: str) -> int:
    return -int(year) if year.isdigit() else int(year == UNDATED)


def _with(chosen: Sequence[str], rows: list[tuple[str, int]], counts: Counts) -> list[tuple[str, int]]:
    """Return the rows with those of the chosen values that they lack; a range of years is none."""
    if not chosen:
        return rows
    known = {value for value, _ in rows}
    lacking = dict.fromkeys(value for value in chosen if ".." not in value and value not in known)
    return [*rows, *((value, counts.get(value, 0)) for value in lacking)]
