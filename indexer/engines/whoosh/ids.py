"""Which id does a document bear, which document bears an id, and in which order do ids stand?"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np

from indexer.engines.whoosh.inverted import Ints, Inverted
from indexer.engines.whoosh.matches import Documents
from indexer.engines.whoosh.postings import PostingReader, Segments
from indexer.engines.whoosh.source import Source

#: Ids that are remembered with their documents: those of some hundred pages of hits, whose records are asked for next.
_RECENT = 4096

#: So few ids are read and compared; of more the places in the order of all ids are looked up.
_FEW = 200


class Ids:
    """The ids of one generation's documents."""

    def __init__(self, segments: Segments, postings: PostingReader, alive: Documents) -> None:
        self._segments = segments
        self._postings = postings
        self._alive = alive
        self._recent: dict[str, int] = {}
        self._ranks: Ints | None = None
        self._lock = threading.Lock()

    def of(self, document: int) -> str:
        """Return the id of a document."""
        segment, number = self._segments.place(document)
        id = self._segments.ask(segment, lambda source: source.id(number))
        if len(self._recent) > _RECENT:
            self._recent.clear()
        self._recent[id] = document
        return id

    def document(self, id: str) -> int | None:
        """Return the document that bears an id; None where none does."""
        known = self._recent.get(id)
        if known is not None:
            return known
        found = self._postings.term("id", id).documents
        return int(found[0]) if len(found) else None

    def present(self) -> Iterator[str]:
        """Yield the id of every document that is not deleted."""
        for document in self._alive.tolist():
            yield self.of(document)

    def order(self, documents: Documents) -> Ints:
        """Return for some documents numbers that stand in the order of their ids."""
        if len(documents) > _FEW:
            return self._all_ranks()[documents]
        ids = [self.of(document) for document in documents.tolist()]
        ranks = np.empty(len(ids), np.int32)
        ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
        return ranks

    def _all_ranks(self) -> Ints:
        """Return each document's place in the order of the ids; made when it is first asked for."""
        with self._lock:
            if self._ranks is None:
                listed: list[tuple[bytes, int]] = []
                for lists, base in zip(self._segments.each(_ids), self._segments.bounds.tolist(), strict=False):
                    terms = map(lists.terms.__getitem__, lists.term_numbers().tolist())
                    listed += zip(terms, (lists.documents + base).tolist(), strict=True)
                listed.sort()
                self._ranks = np.zeros(self._segments.size, np.int32)
                self._ranks[[document for _, document in listed]] = np.arange(len(listed), dtype=np.int32)
            return self._ranks


def _ids(source: Source) -> Inverted:
    return source.inverted("id")
