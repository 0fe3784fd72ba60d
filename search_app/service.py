"""One query in, one result out: for the page, the API, the feed, the export and the command line alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from indexer import ranking
from indexer.authority import Authority
from indexer.authority.parted import Partings
from indexer.engines import open_engine
from indexer.engines.base import FACETS, WITHOUT, Choice, Request, Snapshot, Sort
from indexer.model import PLURAL
from indexer.pipeline.rules import Rules, load_rules
from indexer.query import Everything, Query
from indexer.settings import Settings
from search_app.collection import Collection, Collections
from search_app.facets import FacetValue, facet_values, without_values
from search_app.hits import ResultHit, result_hits
from search_app.nothing import NothingFound, nothing_found
from search_app.passages.marks import Marker
from search_app.passages.reasons import Reasons
from search_app.passages.texts import Mark
from search_app.query.expand import Compiled, compile_query
from search_app.query.names import Named, NameIndex
from search_app.query.parse import Limits, Parsed, parse
from search_app.query.repair import repaired
from search_app.query.spelling import corrected
from search_app.query.units import Expansion, Lexicon, Wishes
from search_app.remarks import Remark, remark
from search_app.request import Parameters

#: Facets whose values are entities with names in several languages.
NAMED_FACETS = ("person", "organisation", "charge", "violation", "place", "topic", "publisher")


@dataclass(frozen=True, slots=True)
class Question:
    """A filter value, to be kept or ``excluded``, that several entities bear: the reader must say which is meant."""

    facet: str
    value: str
    choices: tuple[Named, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one search.  ``filters`` holds ids; ``total`` and counts cover exactly the returned set.

    ``without`` has for each facet but the year the documents without a value, where there are any or they are chosen.
    ``nothing`` is given only where there is no document.
    """

    parameters: Parameters
    filters: Mapping[str, tuple[str, ...]]
    labels: Mapping[tuple[str, str], Named]
    ignored: tuple[Remark, ...]
    expansions: tuple[Expansion, ...]
    questions: tuple[Question, ...]
    suggestion: str | None
    sounding_like: tuple[Named, ...]
    total: int
    total_all: int
    hits: tuple[ResultHit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    without: Mapping[str, FacetValue]
    nothing: NothingFound | None
    generation: int
    analyzer: str
    documents: int
    took_ms: float


@dataclass(slots=True)
class _Filters:
    """Filter values resolved to ids, and what could not be."""

    choices: dict[str, Choice] = field(default_factory=dict)
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: dict[tuple[str, str], Named] = field(default_factory=dict)
    ignored: list[Remark] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


class Service:
    """Searches one collection.  Shared by all threads."""

    def __init__(self, collections: Collections, rules: Rules, limits: Limits) -> None:
        self._collections = collections
        self._rules = rules
        self._limits = limits

    @classmethod
    def open(cls, settings: Settings) -> Service:
        """Open the index of the settings.  Raises: IndexFault, AuthorityError, SettingError."""
        engine = open_engine(settings["index.engine"], settings.path("index.folder"))
        rules = load_rules(settings.path("corpus.authority"), made=engine.meta())
        collections = Collections(engine, rules.authority, rules.analyzer, rules.version)
        limits = Limits(
            chars=settings["search.max_query_chars"],
            clauses=settings["search.max_clauses"],
            expansions=settings["search.max_expansions"],
        )
        return cls(collections, rules, limits)

    @property
    def partings(self) -> Partings:
        """Who is kept apart though a document ties their names."""
        return self._rules.partings

    @property
    def authority(self) -> Authority:
        """The authority files that this service reads names by."""
        return self._rules.authority

    def close(self) -> None:
        """Let the index go."""
        self._collections.close()

    @contextmanager
    def collection(self) -> Iterator[Collection]:
        """Lend the newest generation, for what is not a search."""
        with self._collections.lease() as collection:
            yield collection

    def prepare(self, make: Callable[[Collection], None]) -> None:
        """Let every generation be prepared beside the searches; see ``Collections.prepare``."""
        self._collections.prepare(make)

    def search(self, parameters: Parameters) -> Results:
        """Answer one search.  Never raises for anything that a reader can ask."""
        begun = time.perf_counter()
        with self._collections.lease() as collection:
            return self._search(parameters, collection, begun)

    def _search(self, parameters: Parameters, collection: Collection, begun: float) -> Results:
        snapshot = collection.snapshot
        parsed = parse(parameters.q, self._limits)
        compiled = self._compiled(parsed, parameters, collection.lexicon)
        query, first = _decide(compiled, snapshot)
        filters = resolve_filters(parameters.filters, collection.names)
        answer = snapshot.search(
            Request(
                query=query,
                first=first,
                filters=filters.choices,
                facets=FACETS,
                sort=_sort(compiled, parameters),
                offset=(parameters.page - 1) * parameters.per_page,
                limit=parameters.per_page,
            )
        )
        records = snapshot.stored([hit.id for hit in answer.hits])
        # The tree for most units has every leaf of the tree for all.
        marker = Marker(query, self._rules.analyzer.stem)
        why = Reasons(compiled, marker.entities, self._rules.analyzer.stem)
        hits = result_hits(answer.hits, records, marker, why, _chosen(filters, marker.units))
        suggestion = None if answer.total_first else corrected(parameters.q, collection.lexicon, snapshot)
        return Results(
            parameters=parameters,
            filters=filters.ids,
            labels=filters.labels,
            ignored=(*compiled.ignored, *filters.ignored),
            expansions=tuple(compiled.expansions),
            questions=tuple(filters.questions),
            suggestion=suggestion or repaired(parsed, self._limits),
            sounding_like=_homophones(compiled, collection.names),
            total=answer.total,
            total_all=answer.total_first,
            hits=hits,
            facets=facet_values(answer.facets, filters.choices, collection.names, parameters.facet_size),
            without=without_values(answer.without, filters.choices),
            nothing=None if answer.total else self._nothing(parsed, parameters, query, collection),
            generation=snapshot.generation,
            analyzer=str(snapshot.meta.get("analyzer", "")),
            documents=snapshot.documents,
            took_ms=(time.perf_counter() - begun) * 1000,
        )

    def _nothing(self, parsed: Parsed, parameters: Parameters, query: Query, collection: Collection) -> NothingFound:
        unfiltered = collection.snapshot.count(query) if parameters.filters else None

        def alone(q: str) -> Compiled:
            return self.compile(replace(parameters, q=q), collection.lexicon)

        return nothing_found(parsed.clause, alone, collection.snapshot, unfiltered)

    def ids(self, parameters: Parameters) -> list[str]:
        """Return the ids of a search in order, without reading the documents."""
        with self._collections.lease() as collection:
            compiled = self.compile(parameters, collection.lexicon)
            query, first = _decide(compiled, collection.snapshot)
            filters = resolve_filters(parameters.filters, collection.names).choices
            offset = (parameters.page - 1) * parameters.per_page
            request = Request(query, first, filters, (), _sort(compiled, parameters), offset, parameters.per_page)
            return [hit.id for hit in collection.snapshot.search(request).hits]

    def compile(self, parameters: Parameters, lexicon: Lexicon) -> Compiled:
        """Return the trees of a query against one generation."""
        return self._compiled(parse(parameters.q, self._limits), parameters, lexicon)

    def _compiled(self, parsed: Parsed, parameters: Parameters, lexicon: Lexicon) -> Compiled:
        wishes = Wishes(parameters.expand, parameters.without_expansions, parameters.fallback, self._limits.expansions)
        return compile_query(parsed, lexicon, wishes)

    def document(self, id: str) -> Mapping[str, Any] | None:
        """Return the record of a document, or None."""
        with self._collections.lease() as collection:
            return collection.snapshot.stored([id])[0]

    def documents(self, ids: Sequence[str]) -> list[Mapping[str, Any] | None]:
        """Return several records in one go."""
        with self._collections.lease() as collection:
            return collection.snapshot.stored(ids)

    def marks(self, record: Mapping[str, Any], parameters: Parameters) -> tuple[list[Mark], list[Mark]]:
        """Return the marks of a search in a record's title and text."""
        if not parameters.q:
            return [], []
        with self._collections.lease() as collection:
            compiled = self.compile(parameters, collection.lexicon)
        marker = Marker(compiled.most or compiled.all, self._rules.analyzer.stem)
        return marker.marks("title", record["title"], record), marker.marks("text", record["text"], record)

    def info(self) -> Mapping[str, Any]:
        """Return generation, number of documents and versions of what is being searched."""
        with self._collections.lease() as collection:
            snapshot = collection.snapshot
            return {
                "generation": snapshot.generation,
                "analyzer": snapshot.meta.get("analyzer", ""),
                "documents": snapshot.documents,
                "updated": snapshot.meta.get("updated"),
                "failed": snapshot.meta.get("failed", []),
            }


def _chosen(filters: _Filters, first: int) -> dict[tuple[str, str], int]:
    """Return the entities that filters choose, each a unit of its own, numbered from ``first``.

    Passages show where a document names them.
    """
    ids = [(kind, id) for kind in PLURAL if kind in filters.choices for id in sorted(filters.choices[kind].include)]
    return {one: unit for unit, one in enumerate(ids, first)}


def _sort(compiled: Compiled, parameters: Parameters) -> Sort:
    """Return the order of the hits; with nothing asked there is no relevance: newest first."""
    if isinstance(compiled.all, Everything) and parameters.sort == "relevance":
        return "-date"
    return parameters.sort


def _decide(compiled: Compiled, snapshot: Snapshot) -> tuple[Query, Query | None]:
    """Choose between all units and most of them, by the query alone, before any filter (contract.md)."""
    if compiled.most is None:
        return compiled.all, None
    complete = snapshot.count(compiled.all)
    if complete == 0 or (compiled.informative >= ranking.LONG_QUERY and complete < ranking.FEW_ANSWERS):
        return compiled.most, compiled.all
    return compiled.all, None


def resolve_filters(wanted: Mapping[str, Sequence[str]], names: NameIndex) -> _Filters:
    """Turn filter values into ids.

    A value is an id or a whole name of the entity in any script.  A name of several bearers becomes a question,
    and one of nobody is said in ``ignored``; either gives no hit rather than all.
    """
    filters = _Filters()
    for facet, values in wanted.items():
        include: list[str] = []
        exclude: list[str] = []
        for value in values:
            leave_out = value.startswith("-") and len(value) > 1
            bare = value[1:] if leave_out else value
            ids = _ids_of(facet, bare, leave_out, names, filters)
            (exclude if leave_out else include).extend(ids or ([] if leave_out else [f"\x00{bare}"]))
        filters.choices[facet] = Choice(frozenset(include), frozenset(exclude))
        echoed = [id.lstrip("\x00") for id in include] + [f"-{id}" for id in exclude]
        filters.ids[facet] = tuple(dict.fromkeys(echoed))
    return filters


def _ids_of(facet: str, value: str, leave_out: bool, names: NameIndex, filters: _Filters) -> list[str]:
    if facet not in NAMED_FACETS or value == WITHOUT:
        return [value]
    entity = names.get(facet, value)
    if entity is not None:
        filters.labels[facet, entity.id] = entity
        return [entity.id]
    found = [named for named in names.exact(value, facet) if named.documents]
    if len(found) == 1:
        filters.labels[facet, found[0].id] = found[0]
        return [found[0].id]
    if found:
        filters.questions.append(Question(facet, value, tuple(found), leave_out))
        filters.ignored.append(remark("filter_names_several", field=facet, value=value, number=len(found)))
    else:
        filters.ignored.append(remark("filter_names_nothing", field=facet, value=value))
    return []


def _homophones(compiled: Compiled, names: NameIndex) -> tuple[Named, ...]:
    """Return persons whose names sound like a Han unit of the query: shown as a hint, never matched."""
    found: dict[str, Named] = {}
    for unit in compiled.units:
        if unit.han and 2 <= len(unit.text) <= 4:
            for named in names.sounding_like(unit.text):
                if named.documents:
                    found[named.id] = named
    return tuple(found.values())
