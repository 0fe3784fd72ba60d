"""What is to be said where nothing was found: what was searched, and what of the query is the cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.engines.base import UNDATED, Request, Snapshot
from indexer.fold import fold, fold_text
from indexer.query import Everything
from search_app.query.expand import Compiled
from search_app.query.parse import All, Clause, Not, Words
from search_app.query.units import deciding
from search_app.query.written import written


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query that cannot be split, as query text, and how many documents it finds alone, unfiltered."""

    q: str
    count: int


@dataclass(frozen=True, slots=True)
class NothingFound:
    """What was searched without a hit.

    ``languages`` maps languages to documents of the whole collection; ``first_year`` and ``last_year`` are those
    of its dated documents, None without any; ``undated`` counts the others.  ``unfiltered`` is what the query
    finds without the filters, None where there are none.
    """

    languages: Mapping[str, int]
    first_year: int | None
    last_year: int | None
    undated: int
    parts: tuple[Part, ...]
    unfiltered: int | None


def nothing_found(
    clause: Clause | None, alone: Callable[[str], Compiled], snapshot: Snapshot, unfiltered: int | None
) -> NothingFound:
    """Return the facts about a query of ``clause``; ``alone`` compiles a part of it as the query was compiled."""
    counts = snapshot.search(Request(Everything(), facets=("language", "year"), limit=0)).facets
    years = [int(year) for year, count in counts["year"].items() if count and year != UNDATED]
    texts = dict.fromkeys(_parts(clause, alone) if clause is not None else ())
    return NothingFound(
        languages={language: count for language, count in sorted(counts["language"].items()) if count},
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        undated=counts["year"].get(UNDATED, 0),
        parts=tuple(Part(text, snapshot.count(alone(text).all)) for text in texts),
        unfiltered=unfiltered,
    )


def _parts(clause: Clause, alone: Callable[[str], Compiled]) -> Iterator[str]:
    """Yield the parts of a query as they were typed; what it excludes cannot be why nothing is found alone."""
    for part in clause.clauses if isinstance(clause, All) else (clause,):
        if isinstance(part, Words):
            yield from _as_typed(part.text, [unit.text for unit in deciding(alone(part.text).units)])
        elif not isinstance(part, Not):
            yield written(part)


def _as_typed(source: str, texts: Sequence[str]) -> Iterator[str]:
    """Yield each text in the script and case in which it stands in ``source``, in whose order they are."""
    folded = fold(source)
    at = 0
    for text in texts:
        key = fold_text(text)
        start = folded.text.find(key, at)
        if start < 0:
            yield text
            continue
        at = start + len(key)
        yield source[slice(*folded.original(start, at))]
