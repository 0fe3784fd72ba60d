"""hrsearch through its own protocol: entries in, answers out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from importlib import import_module
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.documents import FACETS, Collection, Document, Found, Question
from indexer.engines import open_engine
from indexer.engines.base import FACETS as ALL_FACETS
from indexer.engines.base import Choice, Entry, Packer, Request, Tokens
from indexer.engines.batch import Batch
from indexer.pipeline.workers import BATCHES_PER_PROCESS
from indexer.query import And, Or, Phrase, Query, Term

# ``open_engine`` imports the engine when it is first called; that is no part of opening an index.
import_module("indexer.engines.whoosh.engine")

#: Documents that are made into entries at a time; with 200 the process that writes has an eighth more to do.
BATCH = 400


def build(collection: Collection, folder: Path, processes: int) -> None:
    """See ``Peer.build``.  A second process makes the entries while the first writes, as the pipeline does."""
    engine = open_engine("whoosh", folder)
    with engine.writer() as writer:
        made = _batches if processes == 1 else _made_beside
        for batch in made(collection, engine.packer()):
            writer.add_batch(batch)
        writer.commit({})


def open(folder: Path) -> Ours:
    """See ``Peer.open``."""
    return Ours(folder)


def _batches(collection: Collection, pack: Packer) -> Iterator[Batch]:
    return (_batch(collection, pack, start) for start in range(0, collection.count, BATCH))


def _batch(collection: Collection, pack: Packer, start: int) -> Batch:
    return pack(list(map(_entry, collection.documents(start, min(start + BATCH, collection.count)))))


def _made_beside(collection: Collection, pack: Packer) -> Iterator[Batch]:
    with ProcessPoolExecutor(1, get_context("spawn"), _open_here, (collection.folder, pack)) as pool:
        running: deque[Future[Batch]] = deque()
        for start in range(0, collection.count, BATCH):
            running.append(pool.submit(_batch_here, start))
            if len(running) >= BATCHES_PER_PROCESS:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


_here: tuple[Collection, Packer] | None = None


def _open_here(folder: Path, pack: Packer) -> None:
    global _here
    _here = Collection(folder), pack


def _batch_here(start: int) -> Batch:
    assert _here is not None
    return _batch(*_here, start)


def _entry(document: Document) -> Entry:
    """Return a document with its tokens in one view of its title and its text; the other view stays empty."""
    title, text = document.title.split(" "), document.text
    values = {name: list(found) for name, found in document.values.items()}
    return Entry(
        id=document.id,
        tokens={
            "title.words": _tokens(title),
            "text.words": _tokens(document.tokens),
            "title.chars": _NO_TOKENS,
            "text.chars": _NO_TOKENS,
        },
        lengths={
            "title.words": len(title), "text.words": len(document.tokens), "title.chars": 0, "text.chars": 0,
        },
        keywords={**_NO_KEYWORDS, "year": [str(document.year)], **values},
        names=[],
        stored={
            "id": document.id, "title": document.title, "text": text, "date": str(document.year),
            "year": document.year, "sentences": _sentences(text), **document.values,
        },
    )  # fmt: skip


def _tokens(terms: Sequence[str]) -> Tokens:
    return Tokens(terms, np.arange(len(terms), dtype=np.int32))


_NO_TOKENS = _tokens(())
_NO_KEYWORDS: dict[str, list[str]] = {name: [] for name in (*ALL_FACETS, "script")}


def _sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences, which are given as the tokens are: two lines, as long as a passage."""
    after = [0, *accumulate([len(line) + 1 for line in text.split("\n")])]
    starts = after[:-1:2]
    return list(zip(starts, [start - 1 for start in (*starts[1:], after[-1])], strict=True))


class Ours:
    """See ``Opened``."""

    def __init__(self, folder: Path) -> None:
        self._snapshot = open_engine("whoosh", folder).snapshot()

    def answer(self, question: Question, values: int) -> Found:
        """See ``Opened.answer``.  A filter is a choice in its facet, which the facet itself is counted without."""
        filters = {question.filtered: Choice(_chosen(question))} if question.filtered else {}
        answer = self._snapshot.search(Request(_query(question), filters=filters, facets=FACETS))
        ids = [hit.id for hit in answer.hits]
        self._snapshot.stored(ids)
        return Found(
            answer.total, ids, {name: dict(counts.most_common(values)) for name, counts in answer.facets.items()}
        )

    def passages(self, question: Question) -> Callable[[], int] | None:
        """See ``Opened.passages``: one a hit, as the others make; a page of ours shows up to three."""
        from indexer.analysis import Analyzer
        from search_app.passages.marks import Marker
        from search_app.passages.snippet import passages

        stem = Analyzer().stem
        query = _query(question)
        answer = self._snapshot.search(Request(query))
        records = [one for one in self._snapshot.stored([hit.id for hit in answer.hits]) if one is not None]

        def make() -> int:
            # A step for all hits before the next one, as search_app/hits.py does.
            marker = Marker(query, stem)
            marks = [marker.marks("text", one["text"], one) for one in records]
            return sum(
                len(passages(one["text"], one["sentences"], of_one, count=1))
                for one, of_one in zip(records, marks, strict=True)
            )

        return make


def _chosen(question: Question) -> frozenset[str]:
    if question.years:
        return frozenset((f"{question.years[0]}..{question.years[1]}",))
    return question.chosen or frozenset()


def _query(question: Question) -> Query:
    if question.kind == "phrase":
        return Phrase("words", question.terms, scope="text")
    terms = tuple(Term("words", term, "text") for term in question.terms)
    if len(terms) == 1:
        return terms[0]
    return Or(terms) if question.kind == "or" else And(terms)
