"""Which id does a document bear, which document bears an id, and in which order do ids stand?"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.inverted import Ints
from indexer.engines.whoosh.postings import PostingCache, Segments

#: Ids that are remembered with their documents: those of some hundred pages of hits, whose records are asked for next.
_RECENT = 4096


class Ids:
    """The ids of one generation's documents."""

    def __init__(self, segments: Segments, postings: PostingCache, alive: NDArray[np.bool_]) -> None:
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
        found = self._postings.get("id", id).documents
        return int(found[0]) if len(found) else None

    def present(self) -> Iterator[str]:
        """Yield the id of every document that is not deleted."""
        for document in np.flatnonzero(self._alive).tolist():
            yield self.of(document)

    def ranks(self) -> Ints:
        """Return each document's place in the order of the ids; made when it is first asked for."""
        with self._lock:
            if self._ranks is None:
                listed = self._segments.each(lambda source: source.inverted("id"))
                terms = [
                    (term, document + base)
                    for lists, base in zip(listed, self._segments.bounds.tolist(), strict=False)
                    for term, document in zip(
                        (lists.terms[n] for n in lists.term_numbers()), lists.documents.tolist(), strict=True
                    )
                ]
                terms.sort()
                self._ranks = np.zeros(self._segments.size, np.int32)
                self._ranks[[document for _, document in terms]] = np.arange(len(terms), dtype=np.int32)
            return self._ranks
