"""tantivy, a search library in Rust, through its Python bindings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.documents import FACETS, Collection, Found, Question

#: Memory for waiting postings in MB.
MEMORY_MB = 512

#: Characters of a passage, as many as ours.
PASSAGE_CHARS = 260


def build(collection: Collection, folder: Path, processes: int) -> None:
    """See ``Peer.build``; threads here, which do what processes do elsewhere."""
    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer("spaces", _tokenizer())
    writer = index.writer(heap_size=MEMORY_MB << 20, num_threads=processes)
    for document in collection.documents():
        row = tantivy.Document()
        row.add_text("id", document.id)
        row.add_text("title", document.title)
        row.add_text("text", document.text)
        row.add_integer("year", document.year)
        for name, found in document.values.items():
            for value in found:
                row.add_text(name, value)
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()


def open(folder: Path) -> Tantivy:
    """See ``Peer.open``."""
    return Tantivy(folder)


def _schema() -> Any:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("title", "text"):
        schema.add_text_field(name, stored=True, tokenizer_name="spaces", index_option="position")
    schema.add_integer_field("year", stored=True, indexed=True, fast=True)
    for name in FACETS[1:]:
        schema.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    return schema.build()


def _tokenizer() -> Any:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


class Tantivy:
    """See ``Opened``."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        index.register_tokenizer("spaces", _tokenizer())
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()

    def answer(self, question: Question, values: int) -> Found:
        """See ``Opened.answer``."""
        query = self._query(question)
        found = self._searcher.search(query, 10, count=True)
        rows = [self._searcher.doc(address).to_dict() for _, address in found.hits]
        wanted = {name: {"terms": {"field": name, "size": values}} for name in FACETS}
        counted = self._searcher.aggregate(query, wanted)
        facets = {
            name: {_value(bucket["key"]): bucket["doc_count"] for bucket in counted[name]["buckets"]} for name in FACETS
        }
        return Found(found.count, [row["id"][0] for row in rows], facets)

    def passages(self, question: Question) -> Callable[[], int] | None:
        """See ``Opened.passages``: one a hit."""
        query = self._query(question)
        rows = [self._searcher.doc(address) for _, address in self._searcher.search(query, 10).hits]

        def make() -> int:
            generator = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
            generator.set_max_num_chars(PASSAGE_CHARS)
            return sum(bool(generator.snippet_from_doc(row).to_html()) for row in rows)

        return make

    def _query(self, question: Question) -> Any:
        kind, schema = tantivy.Query, self._schema
        terms = [kind.term_query(schema, "text", term) for term in question.terms]
        if question.kind == "phrase":
            query = kind.phrase_query(schema, "text", list(question.terms))
        elif len(terms) == 1:
            query = terms[0]
        else:
            occurs = tantivy.Occur.Should if question.kind == "or" else tantivy.Occur.Must
            query = kind.boolean_query([(occurs, term) for term in terms])
        if not question.filtered:
            return query
        if question.years:
            narrowed = kind.range_query(schema, "year", tantivy.FieldType.Integer, *question.years)
        else:
            narrowed = kind.term_query(schema, "person", question.person)
        must = tantivy.Occur.Must
        return kind.boolean_query([(must, query), (must, kind.const_score_query(narrowed, 0.0))])


def _value(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)
