"""Whoosh 2.7.4 as people use it: its own writer, matchers and facets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, sorting
from whoosh.analysis import RegexTokenizer

from benchmarks.documents import FACETS, Collection, Found, Question

#: Memory for waiting postings in MB; its default of 128 makes more runs to merge and is slower.
MEMORY_MB = 512


def build(collection: Collection, folder: Path, processes: int) -> None:
    """See ``Peer.build``."""
    words = RegexTokenizer(r"\S+")
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=fields.TEXT(stored=True, analyzer=words),
        text=fields.TEXT(stored=True, analyzer=words),
        year=fields.NUMERIC(int, stored=True, sortable=True),
        **{name: fields.KEYWORD(stored=True, commas=True) for name in FACETS[1:]},
    )
    writer = index.create_in(folder, schema).writer(limitmb=MEMORY_MB, procs=processes, multisegment=processes > 1)
    for document in collection.documents():
        values = {name: ",".join(found) or None for name, found in document.values.items()}
        writer.add_document(id=document.id, title=document.title, text=document.text, year=document.year, **values)
    writer.commit()


def open(folder: Path) -> StockWhoosh:
    """See ``Peer.open``."""
    return StockWhoosh(folder)


class StockWhoosh:
    """See ``Opened``."""

    def __init__(self, folder: Path) -> None:
        self._searcher: Any = index.open_dir(folder).searcher()
        self._facets = {
            name: sorting.FieldFacet(name, allow_overlap=name != "year", maptype=sorting.Count) for name in FACETS
        }

    def answer(self, question: Question, values: int) -> Found:
        """See ``Opened.answer``."""
        found = self._searcher.search(_query(question), limit=10, groupedby=self._facets, filter=_filter(question))
        # With facets the limit is ignored: every hit is scored and kept.
        rows = [hit.fields() for hit in found[:10]]
        facets = {}
        for name in FACETS:
            counts = [(str(value), many) for value, many in found.groups(name).items() if value is not None]
            facets[name] = dict(sorted(counts, key=lambda one: -one[1])[:values])
        return Found(len(found), [row["id"] for row in rows], facets)

    def passages(self, question: Question) -> Callable[[], int] | None:
        """See ``Opened.passages``; its highlighter is not compared."""
        return None


def _query(question: Question) -> Any:
    if question.kind == "phrase":
        return query.Phrase("text", list(question.terms))
    terms = [query.Term("text", term) for term in question.terms]
    if len(terms) == 1:
        return terms[0]
    return query.Or(terms) if question.kind == "or" else query.And(terms)


def _filter(question: Question) -> Any:
    if question.years:
        return query.NumericRange("year", *question.years)
    return query.Term("person", question.person) if question.person else None
