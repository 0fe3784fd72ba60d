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
from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.util.numeric import byte_to_length

from indexer import ranking
from indexer.engines.base import FACETS, Answer, Choice, Hit, Request
from indexer.engines.whoosh.evaluate import (
    TEXT_VIEWS,
    Evaluator,
    Matches,
    TextField,
)
from indexer.engines.whoosh.facets import FacetTable
from indexer.engines.whoosh.postings import Ints, PostingCache, ReaderPool, leaves
from indexer.engines.whoosh.schema import SEPARATOR, SORT_FIELDS
from indexer.query import Query, Term

_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float32)


class WhooshSnapshot:
    """The snapshot of the engine protocol over stock Whoosh segments."""

    def __init__(self, readers: Sequence[Any], generation: int, meta: Mapping[str, Any]) -> None:
        self.generation = generation
        self.meta = meta
        first = readers[0]
        self._readers = ReaderPool(list(readers))
        self._count = first.doc_count_all()
        dead = np.zeros(self._count, np.bool_)
        for segment, base in leaves(first):
            for document in segment._perdoc.deleted_docs():
                dead[base + document] = True
        self._alive_mask = ~dead
        self._alive: Ints = np.flatnonzero(self._alive_mask).astype(np.int32)
        self.documents = len(self._alive)
        self._cache = PostingCache(self._readers, dead)
        self._facets = {
            name: FacetTable(name, self._count, self._field_terms(name), self._cache.get) for name in FACETS
        }
        self._masks: dict[tuple[str, Choice], NDArray[np.bool_]] = {}
        self._ids = _id_column(first, self._count)
        self._number = {id: number for number, id in enumerate(self._ids) if not dead[number]}
        self._id_rank = np.zeros(self._count, np.int32)
        self._id_rank[np.argsort(np.array(self._ids, dtype=object), kind="stable")] = np.arange(self._count)
        self._sort = {name: _number_column(first, name, self._count) for name in SORT_FIELDS}
        self._evaluator = Evaluator(
            self._cache.get,
            self._field_terms,
            {view: _text_fields(first, view, self._alive) for view in TEXT_VIEWS},
            self._alive,
            self._facets["year"].years(),
        )

    def search(self, request: Request) -> Answer:
        """See ``Snapshot.search``."""
        matches = self._evaluator.evaluate(request.query)
        leading = np.zeros(self._count, np.bool_)
        if request.first is not None:
            leading[self._evaluator.evaluate(request.first).documents] = True
        masks = {name: self._mask(name, choice) for name, choice in request.filters.items()}
        scopes = {name: self._scope(name, matches.documents, masks) for name in request.facets}
        facets = {name: self._facets[name].count(inside) for name, inside in scopes.items()}
        without = {name: self._facets[name].count_without(inside) for name, inside in scopes.items()}
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
        numbers = [self._number.get(id) for id in ids]
        with self._readers.reader() as reader:
            return [None if n is None else json.loads(reader.stored_fields(n)["record"]) for n in numbers]

    def ids(self) -> Iterator[str]:
        """See ``Snapshot.ids``."""
        return iter(self._number)

    def names(self) -> Iterator[tuple[str, str, str, str, int]]:
        """See ``Snapshot.names``."""
        counts = {name: table.count(self._alive_mask) for name, table in self._facets.items()}
        for term, _ in self._field_terms("names"):
            # A name outlives its last document until segments are merged; without deletions every one is alive.
            if self.documents < self._count and not len(self._cache.get("names", term).documents):
                continue
            kind, id, language, name = term.split(SEPARATOR)
            yield kind, id, language, name, counts[kind].get(id, 0)

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
        self._readers.close()

    def _field_terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield the terms of a physical field with their counts, deleted documents included."""
        start = prefix.encode()
        with self._readers.reader() as reader:
            rows = []
            if field in reader.indexed_field_names():
                for (name, term), entry in reader.iter_from(field, start):
                    if name != field or not term.startswith(start):
                        break
                    rows.append((term.decode(), entry.doc_frequency()))
        yield from rows

    def _mask(self, name: str, choice: Choice) -> NDArray[np.bool_]:
        key = (name, choice)
        mask = self._masks.get(key)
        if mask is None:
            mask = self._facets[name].mask(choice)
            if len(self._masks) > 1000:
                self._masks.clear()
            self._masks[key] = mask
        return mask

    def _scope(self, name: str, documents: Ints, masks: Mapping[str, NDArray[np.bool_]]) -> NDArray[np.bool_]:
        """Flag the matches over which a facet is counted: those within every other facet's filter."""
        inside = np.zeros(self._count, np.bool_)
        inside[documents] = True
        for other, mask in masks.items():
            if other != name:
                inside &= mask
        return inside

    def _page(self, matches: Matches, leading: NDArray[np.bool_], request: Request) -> tuple[Hit, ...]:
        """Order the matches and return the wanted stretch of them."""
        documents, scores = matches.documents, matches.scores
        if not len(documents):
            return ()
        keys: list[NDArray[Any]] = [self._id_rank[documents], -self._sort["date"][documents]]
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
            Hit(self._ids[documents[i]], round(float(scores[i]), 4), bool(leading[documents[i]])) for i in order
        )


def read_meta(file: Path) -> Mapping[str, Any]:
    """Return what was committed with a generation; an empty table where the file is not there."""
    if not file.is_file():
        return {}
    meta: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return meta


def _id_column(reader: Any, count: int) -> list[str]:
    if not count:
        return []
    column = reader.column_reader("id")
    return [column[number] for number in range(count)]


def _number_column(reader: Any, name: str, count: int) -> NDArray[np.int64]:
    if not count:
        return np.zeros(0, np.int64)
    column = reader.column_reader(name)
    return np.array([column[number] for number in range(count)], np.int64)


def _text_fields(reader: Any, view: str, alive: Ints) -> dict[str, TextField]:
    """Return the fields of a view.  The length of the words view norms both: chars has no norm of its own.

    The average is that of the documents ``alive``: what was deleted must not change a score.
    """
    fields = {}
    for scope, weight, b in (
        ("title", ranking.TITLE_WEIGHT, ranking.TITLE_B),
        ("text", ranking.TEXT_WEIGHT, ranking.TEXT_B),
    ):
        lengths = np.zeros(reader.doc_count_all(), np.float32)
        for segment, base in leaves(reader):
            size = segment.doc_count_all()
            bytes_ = _length_bytes(segment, f"{scope}_words", size)
            lengths[base : base + size] = _LENGTHS[bytes_]
        average = float(lengths[alive].mean()) if len(alive) else 1.0
        norm = (1 - b) + b * lengths / max(average, 1.0)
        fields[scope] = TextField(f"{scope}_{view}", weight, norm.astype(np.float32))
    return fields


def _length_bytes(segment: Any, field: str, size: int) -> NDArray[np.uint8]:
    """Return the length of a field in each document of a segment, as the byte in which Whoosh keeps it."""
    name = f"_{field}_len"
    if not segment._perdoc.has_column(name):
        return np.zeros(size, np.uint8)
    column = segment._perdoc._cached_reader(name, LENGTHS_COLUMN)
    return np.array([column[number] for number in range(size)], np.uint8)
