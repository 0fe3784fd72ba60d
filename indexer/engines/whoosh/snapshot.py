"""One generation of a Whoosh index: immutable, shared by all threads."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

from indexer import ranking
from indexer.engines.base import FACETS, Answer, Choice, Hit, Request
from indexer.engines.whoosh.evaluate import TEXT_VIEWS, Evaluator, Matches, TextField
from indexer.engines.whoosh.facets import FacetTable
from indexer.engines.whoosh.ids import Ids
from indexer.engines.whoosh.inverted import Ints
from indexer.engines.whoosh.postings import PostingCache, Segments
from indexer.engines.whoosh.schema import SEPARATOR, SORT_FIELDS
from indexer.query import Query, Term

_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float32)


class WhooshSnapshot:
    """The snapshot of the engine protocol over stock Whoosh segments."""

    def __init__(self, segments: Segments, dead: NDArray[np.bool_], generation: int, meta: Mapping[str, Any]) -> None:
        """``dead`` flags the documents that were deleted."""
        self.generation = generation
        self.meta = meta
        self._segments = segments
        self._count = segments.size
        self._alive_mask = ~dead
        self._alive: Ints = np.flatnonzero(self._alive_mask).astype(np.int32)
        self.documents = len(self._alive)
        self._cache = PostingCache(segments, dead)
        self._ids = Ids(segments, self._cache, self._alive_mask)
        self._facets = FacetTable(
            segments.each(lambda source: {name: source.inverted(name) for name in FACETS}), segments.bounds
        )
        self._masks: dict[tuple[str, Choice], NDArray[np.bool_]] = {}
        columns = segments.each(lambda source: source.columns)
        self._sort = {
            name: np.concatenate([np.zeros(0, np.int64), *(one.sort[name] for one in columns)]) for name in SORT_FIELDS
        }
        lengths = {
            scope: _LENGTHS[
                np.concatenate([np.zeros(0, np.uint8), *(one.lengths[f"{scope}_words"] for one in columns)])
            ]
            for scope in ("title", "text")
        }
        self._evaluator = Evaluator(
            self._cache.get,
            self._field_terms,
            {view: _text_fields(lengths, view, self._alive) for view in TEXT_VIEWS},
            self._alive,
            self._facets.years(),
        )

    def search(self, request: Request) -> Answer:
        """See ``Snapshot.search``."""
        matches = self._evaluator.evaluate(request.query)
        leading = np.zeros(self._count, np.bool_)
        if request.first is not None:
            leading[self._evaluator.evaluate(request.first).documents] = True
        masks = {name: self._mask(name, choice) for name, choice in request.filters.items()}
        scopes = {name: _within(matches.documents, masks, name) for name in request.facets}
        facets = {name: self._facets.named(name, self._facets.count(inside)) for name, inside in scopes.items()}
        without = {name: int((~self._facets.with_any(name)[inside]).sum()) for name, inside in scopes.items()}
        passed = np.ones(len(matches.documents), np.bool_)
        for mask in masks.values():
            passed &= mask[matches.documents]
        kept = Matches(matches.documents[passed], matches.scores[passed])
        if request.first is None:
            leading[kept.documents] = True
        hits = self._page(kept, leading, request)
        return Answer(len(kept.documents), int(leading[kept.documents].sum()), hits, facets, without)

    def count(self, query: Query) -> int:
        """See ``Snapshot.count``."""
        return len(self._evaluator.evaluate(query).documents)

    def stored(self, ids: Sequence[str]) -> list[Mapping[str, Any] | None]:
        """See ``Snapshot.stored``."""
        documents = [self._ids.document(id) for id in ids]
        return [None if document is None else json.loads(self._record(document)) for document in documents]

    def _record(self, document: int) -> str:
        segment, number = self._segments.place(document)
        return self._segments.ask(segment, lambda source: source.record(number))

    def ids(self) -> Iterator[str]:
        """See ``Snapshot.ids``."""
        return self._ids.present()

    def names(self) -> Iterator[tuple[str, str, str, str, int]]:
        """See ``Snapshot.names``."""
        counts = self._facets.count(self._alive)
        counted = {name: self._facets.named(name, counts) for name in FACETS}
        for term, _ in self._field_terms("names"):
            # A name outlives its last document until segments are merged; without deletions every one is alive.
            if self.documents < self._count and not len(self._cache.get("names", term).documents):
                continue
            kind, id, language, name = term.split(SEPARATOR)
            yield kind, id, language, name, counted[kind].get(id, 0)

    def named(self, kind: str, id: str, language: str, name: str) -> Query:
        """See ``Snapshot.named``."""
        return Term("names", SEPARATOR.join((kind, id, language, name)))

    def terms(self, view: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See ``Snapshot.terms``."""
        fields = (f"title_{view}", f"text_{view}") if view in TEXT_VIEWS else (view,)
        listed = heapq.merge(*([(term, n, field) for term, n in self._field_terms(field, prefix)] for field in fields))
        for term, rows in groupby(listed, key=itemgetter(0)):
            counts = list(rows)
            if len(counts) == 1 and self.documents == self._count:
                yield term, counts[0][1]
                continue
            documents = reduce(np.union1d, (self._cache.get(field, term).documents for _, _, field in counts))
            if len(documents):
                yield term, len(documents)

    def close(self) -> None:
        """See ``Snapshot.close``."""
        self._segments.close()

    def _field_terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield the terms of a physical field with their counts, deleted documents included."""
        listed = self._segments.each(lambda source: source.terms(field, prefix.encode()))
        for term, rows in groupby(heapq.merge(*listed), key=itemgetter(0)):
            yield term.decode(), sum(count for _, count in rows)

    def _mask(self, name: str, choice: Choice) -> NDArray[np.bool_]:
        key = (name, choice)
        mask = self._masks.get(key)
        if mask is None:
            mask = self._facets.mask(name, choice)
            if len(self._masks) > 1000:
                self._masks.clear()
            self._masks[key] = mask
        return mask

    def _page(self, matches: Matches, leading: NDArray[np.bool_], request: Request) -> tuple[Hit, ...]:
        """Order the matches and return the wanted stretch of them."""
        documents, scores = matches.documents, matches.scores
        if not len(documents):
            return ()
        keys: list[NDArray[Any]] = [self._ids.ranks()[documents], -self._sort["date"][documents]]
        if request.sort == "relevance":
            # Scores are compared as they are printed, so that rounding never decides an order.
            keys.append(-np.round(scores, 4))
        else:
            column = self._sort[request.sort.lstrip("-")][documents]
            # Undated documents come last in either direction.
            descending = request.sort.startswith("-")
            keys.append(-column if descending else np.where(column == 0, np.iinfo(np.int64).max, column))
        keys.append(~leading[documents])
        order = np.lexsort(keys)[request.offset : request.offset + request.limit]
        return tuple(
            Hit(self._ids.of(int(documents[i])), round(float(scores[i]), 4), bool(leading[documents[i]])) for i in order
        )


def read_meta(file: Path) -> Mapping[str, Any]:
    """Return what was committed with a generation; an empty table where the file is not there."""
    if not file.is_file():
        return {}
    meta: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return meta


def _within(documents: Ints, masks: Mapping[str, NDArray[np.bool_]], but: str) -> Ints:
    """Return those of ``documents`` that every mask lets through but the one of a facet."""
    for name, mask in masks.items():
        if name != but:
            documents = documents[mask[documents]]
    return documents


def _text_fields(lengths: Mapping[str, NDArray[np.float32]], view: str, alive: Ints) -> dict[str, TextField]:
    """Return the fields of a view.  The length of the words view norms both: chars has no norm of its own.

    The average is that of the documents ``alive``: what was deleted must not change a score.
    """
    fields = {}
    for scope, weight, b in (
        ("title", ranking.TITLE_WEIGHT, ranking.TITLE_B),
        ("text", ranking.TEXT_WEIGHT, ranking.TEXT_B),
    ):
        average = float(lengths[scope][alive].mean()) if len(alive) else 1.0
        norm = (1 - b) + b * lengths[scope] / max(average, 1.0)
        fields[scope] = TextField(f"{scope}_{view}", weight, norm.astype(np.float32))
    return fields
