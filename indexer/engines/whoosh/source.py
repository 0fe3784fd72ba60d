"""What a search needs of one segment, whatever it is read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.inverted import Inverted

#: Bits that a position may take.
ROOM = 32


class TermLists(NamedTuple):
    """The postings of one term in one segment.

    ``documents`` ascending, ``counts`` beside them.  Numbers of any size: they may be arrays on disk.
    """

    documents: NDArray[np.integer]
    counts: NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Values by document: the length of each text field, as the byte in which Whoosh keeps it, and the sort keys."""

    lengths: Mapping[str, NDArray[np.uint8]]
    sort: Mapping[str, NDArray[np.int64]]


class Source(Protocol):
    """One segment, shared by all threads.  Documents are numbered from 0, deleted ones included."""

    size: int
    columns: Columns

    #: Bytes on the disk that searches read.
    nbytes: int

    def expect_all(self) -> None:
        """Have the system fetch everything from the disk, before it is asked for."""

    def find(self, field: str, term: bytes) -> TermLists | None:
        """Return the postings of a term; None for a term that does not occur."""

    def places(self, field: str, term: bytes) -> NDArray[np.integer] | None:
        """Return where a term of a text field stands, ascending over the whole segment (see ``spread``).

        Numbers of any size, as in the postings.  None for a term that does not occur.
        """

    def spread(self, field: str, places: NDArray[np.integer]) -> NDArray[np.int64]:
        """Return for places of a field, ascending, the document shifted by ROOM bits, plus the position in it.

        A place that is no document's becomes one that no term has.
        """

    def terms(self, field: str, prefix: bytes = b"") -> list[tuple[bytes, int]]:
        """Return the terms of a field that begin with ``prefix``, ascending, with their numbers of documents."""

    def inverted(self, field: str) -> Inverted:
        """Return all lists of a field."""

    def id(self, number: int) -> str:
        """Return the id of a document."""

    def expect_record(self, number: int) -> None:
        """Have the system fetch a record from the disk while others are asked for too."""

    def record(self, number: int) -> str:
        """Return the stored record of a document, as JSON."""

    def close(self) -> None:
        """Give back what is open."""
