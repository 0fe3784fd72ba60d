"""One generation of a Whoosh index: immutable, shared by all threads."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

from indexer import ranking
from indexer.cache import Cache
from indexer.engines.base import FACETS, Answer, Choice, Counts, Hit, Request
from indexer.engines.batch import SEPARATOR, SORTS
from indexer.engines.whoosh.evaluate import TEXT_VIEWS, Evaluator, TextField
from indexer.engines.whoosh.facets import FacetTable
from indexer.engines.whoosh.ids import Ids
from indexer.engines.whoosh.matches import Documents, Matches, is_in
from indexer.engines.whoosh.order import DECIMALS, page
from indexer.engines.whoosh.postings import PostingReader, Segments
from indexer.query import Query, Term

#: Bytes of postings and scored terms, of records, and of filters that are kept.  The terms of some hundred queries at
#: 100,000 documents, and the records of some hundred pages of hits.
POSTING_BYTES, RECORD_BYTES, MASK_BYTES = 64 << 20, 32 << 20, 16 << 20

#: A record as Python's objects takes so many times the length of its JSON.
_RECORD_GROWTH = 4

_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float32)


@dataclass(frozen=True, slots=True)
class _Record:
    """A stored record that is kept, and the memory that it takes."""

    values: Mapping[str, Any]
    nbytes: int


class WhooshSnapshot:
    """The snapshot of the engine protocol over stock Whoosh segments."""

    def __init__(self, segments: Segments, dead: NDArray[np.bool_], generation: int, meta: Mapping[str, Any]) -> None:
        """``dead`` flags the documents that were deleted."""
        self.generation = generation
        self.meta = meta
        self._segments = segments
        self._count = segments.size
        self._alive: Documents = np.flatnonzero(~dead)
        self.documents = len(self._alive)
        self._cache = Cache(POSTING_BYTES)
        self._postings = PostingReader(segments, dead)
        self._records = Cache(RECORD_BYTES)
        self._ids = Ids(segments, self._postings, self._alive)
        self._facets = FacetTable(
            segments.each(lambda source: {name: source.inverted(name) for name in FACETS}), segments.bounds
        )
        self._masks = Cache(MASK_BYTES)
        columns = segments.each(lambda source: source.columns)
        self._sort = {
            name: np.concatenate([np.zeros(0, np.int64), *(one.sort[name] for one in columns)]) for name in SORTS
        }
        lengths = {
            scope: _LENGTHS[
                np.concatenate([np.zeros(0, np.uint8), *(one.lengths[f"{scope}_words"] for one in columns)])
            ]
            for scope in ("title", "text")
        }
        self._evaluator = Evaluator(
            self._postings,
            self._field_terms,
            {view: _text_fields(lengths, view, self._alive) for view in TEXT_VIEWS},
            self._alive,
            self._facets.years(),
            self._cache,
        )

    def search(self, request: Request) -> Answer:
        """See ``Snapshot.search``."""
        # What was counted last is asked for first, as long as it is kept.
        first = None if request.first is None else self._evaluator.evaluate(request.first).documents
        matches = self._evaluator.evaluate(request.query)
        masks = {name: self._mask(name, choice) for name, choice in request.filters.items()}
        kept = _within(matches, masks)
        leading = None if first is None else is_in(first, kept.documents, self._count)
        facets, without = self._counted(request.facets, matches, kept, masks)
        rows = page(kept, leading, request, self._sort, self._ids)
        hits = tuple(
            Hit(
                self._ids.of(int(kept.documents[row])),
                round(float(kept.scores[row]), DECIMALS),
                leading is None or bool(leading[row]),
            )
            for row in rows
        )
        total = len(kept.documents)
        return Answer(total, total if leading is None else int(leading.sum()), hits, facets, without)

    def _counted(
        self, names: Sequence[str], matches: Matches, kept: Matches, masks: Mapping[str, NDArray[np.bool_]]
    ) -> tuple[dict[str, Counts], dict[str, int]]:
        """Count the facets over ``kept``, and those that are filtered over what their own filter keeps out too."""
        facets, without = {}, {}
        inside, counts = kept.documents, None
        for name in names:
            if name in masks:
                wider = _within(matches, {other: mask for other, mask in masks.items() if other != name}).documents
                facets[name] = self._facets.named(name, self._facets.count(wider))
                without[name] = self._facets.count_without(name, wider)
                continue
            counts = self._facets.count(inside) if counts is None else counts
            facets[name] = self._facets.named(name, counts)
            without[name] = self._facets.count_without(name, inside)
        return facets, without

    def count(self, query: Query) -> int:
        """See ``Snapshot.count``."""
        return len(self._evaluator.evaluate(query).documents)

    def stored(self, ids: Sequence[str]) -> list[Mapping[str, Any] | None]:
        """See ``Snapshot.stored``."""
        documents = [self._ids.document(id) for id in ids]
        for document in documents:
            if document is not None and self._records.get(document) is None:
                segment, number = self._segments.place(document)
                self._segments.source(segment).expect_record(number)
        return [None if document is None else self._record(document) for document in documents]

    def _record(self, document: int) -> Mapping[str, Any]:
        kept = self._records.get(document)
        if kept is None:
            segment, number = self._segments.place(document)
            text = self._segments.ask(segment, lambda source: source.record(number))
            kept = self._records.keep(document, _Record(orjson.loads(text), _RECORD_GROWTH * len(text)))
        values: Mapping[str, Any] = kept.values
        return values

    def ids(self) -> Iterator[str]:
        """See ``Snapshot.ids``."""
        return self._ids.present()

    def names(self) -> Iterator[tuple[str, str, str, str, int]]:
        """See ``Snapshot.names``."""
        counts = self._facets.count(self._alive)
        counted = {name: self._facets.named(name, counts) for name in FACETS}
        for term, _ in self._field_terms("names"):
            # A name outlives its last document until segments are merged; without deletions every one is alive.
            if self.documents < self._count and not len(self._postings.term("names", term).documents):
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
            documents = reduce(np.union1d, (self._postings.term(field, term).documents for _, _, field in counts))
            if len(documents):
                yield term, len(documents)

    def close(self) -> None:
        """See ``Snapshot.close``."""
        self._segments.close()
        self._cache.clear()

    def _field_terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield the terms of a physical field with their counts, deleted documents included."""
        listed = self._segments.each(lambda source: source.terms(field, prefix.encode()))
        for term, rows in groupby(heapq.merge(*listed), key=itemgetter(0)):
            yield term.decode(), sum(count for _, count in rows)

    def _mask(self, name: str, choice: Choice) -> NDArray[np.bool_]:
        mask: NDArray[np.bool_] | None = self._masks.get((name, choice))
        return mask if mask is not None else self._masks.keep((name, choice), self._facets.mask(name, choice))


def read_meta(file: Path) -> Mapping[str, Any]:
    """Return what was committed with a generation; an empty table where the file is not there."""
    if not file.is_file():
        return {}
    state = file.stat()
    return _parsed(file, state.st_ino, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1)
def _parsed(file: Path, *_: int) -> Mapping[str, Any]:
    """Return the meta of a file as it is now, which the further numbers tell.

    A search that starts asks for it twice: by which records it can be opened, and with the snapshot.
    """
    meta: Mapping[str, Any] = orjson.loads(file.read_bytes())
    return meta


def _within(matches: Matches, masks: Mapping[str, NDArray[np.bool_]]) -> Matches:
    """Return the matches that every mask lets through."""
    for mask in masks.values():
        matches = matches.only(mask[matches.documents])
    return matches


def _text_fields(lengths: Mapping[str, NDArray[np.float32]], view: str, alive: Documents) -> dict[str, TextField]:
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
