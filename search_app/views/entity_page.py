"""What the page of one person, organisation or charge shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g

from indexer.authority import Authority, AuthorityRecord
from search_app.cases import CaseRow
from search_app.entities.entity import About
from search_app.ledger import Name, gaps, name_in, year_bars
from search_app.links import State, page_numbers
from search_app.passages.reading import place_of
from search_app.query.names import Named
from search_app.request import whole_number
from search_app.service import Service
from search_app.views.case_page import Event, events
from search_app.views.case_ways import Way
from search_app.views.later import with_outcomes

#: Documents that an event names with their words; the page of cases has the others.
MOST_ROWS = 3

#: What is told below an event of later dates; the page of the person has the others.
MOST_LATER = 3

#: Bytes of quotations and of what stands around them on one page, so that it stays under 60 KB.
ROOM = 21_000
#: Bytes that a quotation takes besides its words.
AROUND = 1200

#: People in the cases of a charge that are listed.
MOST_PEOPLE = 30


@dataclass(frozen=True, slots=True)
class InCases:
    """A person in the cases of a charge: how many of its cases name them."""

    id: str
    name: Name
    cases: int


@dataclass(frozen=True, slots=True)
class Family:
    """A family of charges or one of its members; ``documents`` is 0 where none names it, and it has no page."""

    id: str
    name: Name
    documents: int


def entity_page(service: Service, about: About, state: State) -> dict[str, Any]:
    """Return what the template shows of an entity.  Raises: BadRequest."""
    kind, id = about.named.kind, about.named.id
    told = events(about.cases, g.lang)
    told = with_outcomes(service, told, id, g.lang) if kind == "charge" else told
    pages = _pages(told)
    page = whole_number(state, "page", 1, 1, 100_000)
    years = {year: count for year, count in about.years.items() if count}
    family, members = _family(service, about.authority) if kind == "charge" else (None, [])
    return {
        "about": about,
        "told": len(told),
        "events": pages[page - 1] if page <= len(pages) else [],
        "most_rows": MOST_ROWS,
        "most_later": MOST_LATER,
        "page": page,
        "page_numbers": page_numbers(page, len(pages)) if len(pages) > 1 else [],
        "documented": {other.id for other in about.namesakes if other.documents},
        "of_charge": [Way(kind, id, name_in(g.lang, about.named.names, id), len(about.cases))] if about.cases else [],
        "people": _people(about.cases) if kind == "charge" else [],
        "most_people": MOST_PEOPLE,
        "statute": _statute(service.authority, about.authority),
        "family": family,
        "members": members,
        "documents": [(record, place_of(record, kind, id)) for record in about.records],
        "bars": year_bars([{"value": year, "count": count} for year, count in years.items()], ()),
        "silent": gaps(int(year) for year in years if year.isdigit()),
        "unheard": [language for language in ("en", "zh") if not about.languages.get(language)],
        "info": service.info(),
    }


def _pages(told: Sequence[Event]) -> list[list[Event]]:
    """Return the events page by page, as many on each as there is room for."""
    pages: list[list[Event]] = []
    room = 0
    for event in told:
        rows = (*event.rows[:MOST_ROWS], *(later.rows[0] for later in event.later[:MOST_LATER]))
        quotes = [text for row in rows for _, text in row.quotes]
        needed = sum(len(text.encode()) + AROUND for text in quotes) + AROUND
        if needed > room:
            pages.append([])
            room = ROOM
        pages[-1].append(event)
        room -= needed
    return pages


def _people(cases: Iterable[CaseRow]) -> list[InCases]:
    """Return who stands in the cases, the most often named first."""
    named: dict[str, Mapping[str, Any]] = {}
    counts: Counter[str] = Counter()
    for row in cases:
        for person in row.persons:
            named[person["id"]] = person
            counts[person["id"]] += 1
    return [InCases(id, name_in(g.lang, named[id]["names"], named[id]["name"]), count)
            for id, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]  # fmt: skip


def _family(service: Service, record: AuthorityRecord | None) -> tuple[Family | None, list[Family]]:
    """Return the family of a charge, and the offences in it where the charge is a family itself."""
    if record is None:
        return None, []
    with service.collection() as collection:
        listed = {named.id: named for named in collection.names.of_kind("charge")}
    above = service.authority.get("charge", str(record.attributes.get("family", "")))
    members = [] if not record.attributes.get("is_family") else _members(service.authority, record.id)
    return (_member(above, listed) if above else None), [_member(one, listed) for one in members]


def _statute(authority: Authority, record: AuthorityRecord | None) -> AuthorityRecord | None:
    """Return the law that has a charge, None where the authority files do not say which."""
    return authority.get("topic", str(record.attributes.get("law", ""))) if record else None


def _members(authority: Authority, family: str) -> list[AuthorityRecord]:
    return [one for one in authority if one.kind == "charge" and one.attributes.get("family") == family]


def _member(record: AuthorityRecord, listed: Mapping[str, Named]) -> Family:
    named = listed.get(record.id)
    return Family(record.id, name_in(g.lang, record.names, record.name), named.documents if named else 0)
