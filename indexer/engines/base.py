"""The engine protocol: the one seam behind which an index stands.

The indexer hands an engine finished entries (tokens, keyword values, the stored record) and gets nothing
back; the search application hands it a query tree and gets ids, scores and counts.  No engine ever sees
query text, and nobody else ever sees an engine's own types.  ``tests/engines`` runs one suite on each.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeAlias

from indexer.query import Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indexer.engines.batch import Batch

#: Bumped when the fields of the index, or of its records, change; a reader refuses an index of another version.
SCHEMA_VERSION = 3

#: Keyword fields that are counted as facets, in the order of the JSON.
FACETS = (
    "year",
    "person",
    "organisation",
    "charge",
    "violation",
    "place",
    "topic",
    "language",
    "publisher",
    "kind",
)

#: The texts of a document as an engine has them: title and text, each in both views.
TEXTS = ("title.words", "title.chars", "text.words", "text.chars")

#: The facet value of documents without a date.
UNDATED = "none"

#: In a choice, the documents that have no value of the facet; undated ones have a value of that name.
WITHOUT = UNDATED

#: Languages of ``names`` rows that are no names: Latin names that a document ties to characters, and ids of its own
#: that another took the place of (indexer.pipeline.unite); how a person's Han name is read (indexer.authority.keys).
TIED, JOINED, READ = "tied", "joined", "read"

Sort = Literal["relevance", "date", "-date", "first_indexed", "-first_indexed", "changed", "-changed"]


class Tokens(NamedTuple):
    """The tokens of one text in one view: the term of each, and beside it its position in the text.

    They may come in any order; several may share a position.
    """

    terms: Sequence[str]
    positions: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Entry:
    """One document ready for an engine.

    ``tokens`` gives its tokens for each of TEXTS, ``lengths`` for the same names the number of positions.  ``keywords``
    maps each facet, and "script", to its values; a value that is repeated is mentioned that often.  ``names`` are
    ``(kind, entity id, language, name)`` rows of the entities named.  ``stored`` is the record as plain JSON values,
    given back as it is.
    """

    id: str
    tokens: Mapping[str, Tokens]
    lengths: Mapping[str, int]
    keywords: Mapping[str, Sequence[str]]
    names: Sequence[tuple[str, str, str, str]]
    stored: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen in one facet: any of ``include`` (empty means no choice), none of ``exclude``.

    For "year" a value is a year, "none", or a range "2015..2020", "2018..", "..2016".  For every other facet WITHOUT
    stands for the documents that have no value.
    """

    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Request:
    """One question to an engine.

    ``query`` decides what matches.  ``first``, where given, is a part of it: documents that also match
    ``first`` come before all others and are flagged.  Filters restrict, facets are counted, both by exact
    value.  Ties are ordered by date (newest first), then by id.
    """

    query: Query
    first: Query | None = None
    filters: Mapping[str, Choice] = field(default_factory=dict)
    facets: Sequence[str] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found; ``first`` says whether it matches the request's ``first`` query."""

    id: str
    score: float
    first: bool


class Counts(Mapping[str, int]):
    """How many documents have each value of a facet; values that none has are not there."""

    @abstractmethod
    def most_common(self, size: int | None = None) -> list[tuple[str, int]]:
        """Return the ``size`` values that most documents have with their counts, the most first, ties by value.

        None stands for all values.
        """

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found.

    ``total`` counts every match within the filters, ``total_first`` those that match ``first``.
    ``facets[name]`` maps each value to its count over the matches within every *other* facet's filter:
    the count equals the total when that facet's choice is replaced by that value.  ``without[name]`` counts in the
    same way the documents that have no value.
    """

    total: int
    total_first: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Counts]
    without: Mapping[str, int]


class Snapshot(Protocol):
    """One generation of an index, immutable, shared by all threads."""

    generation: int
    documents: int
    meta: Mapping[str, Any]

    def search(self, request: Request) -> Answer:
        """Answer one request."""

    def count(self, query: Query) -> int:
        """Return how many documents match, without any filter."""

    def stored(self, ids: Sequence[str]) -> list[Mapping[str, Any] | None]:
        """Return the stored records in the order of ``ids``; None for an id that is not there."""

    def ids(self) -> Iterator[str]:
        """Yield every document id, in no particular order."""

    def names(self) -> Iterator[tuple[str, str, str, str, int]]:
        """Yield ``(kind, entity id, language, name, documents)`` for every name of every entity.

        ``documents`` counts those that have the entity, under whichever of its names.
        """

    def named(self, kind: str, id: str, language: str, name: str) -> Query:
        """Return the query for the documents with exactly this row of names."""

    def terms(self, view: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield the terms of a view that begin with ``prefix``, in order, each with its document count."""

    def close(self) -> None:
        """Give back what the snapshot holds, once its last search has ended."""


#: Makes of entries a batch for an engine.  Raises: KeyError, TypeError, ValueError for one that no engine could keep.
Packer: TypeAlias = "Callable[[Sequence[Entry]], Batch]"


class Writer(Protocol):
    """A transaction: nothing is visible before ``commit``; leaving without it changes nothing."""

    def add(self, entry: Entry) -> None:
        """Add a document, in place of the one with the same id if there is one."""

    def add_batch(self, batch: Batch) -> None:
        """Add the documents of a batch that the engine's packer has made: many at once are far quicker."""

    def delete(self, id: str) -> None:
        """Remove a document; an id that is not there is no error."""

    def commit(self, meta: Mapping[str, Any]) -> int:
        """Make everything visible at once and return the new generation; ``meta`` is kept with it."""


class Engine(Protocol):
    """An index in a place."""

    def exists(self) -> bool:
        """Say whether there is an index here, readable or not."""

    def snapshot(self) -> Snapshot:
        """Open the newest generation.  Raises IndexMissing, IndexOutdated or IndexDamaged."""

    def generation(self) -> int:
        """Return the newest generation on disk, cheaply; 0 if there is none."""

    def meta(self) -> Mapping[str, Any]:
        """Return what the newest generation was committed with; empty where there is none or it cannot be read."""

    def packer(self) -> Packer:
        """Return what makes batches for this engine: a function of a module, so that any process can find it."""

    def writer(self, fresh: bool = False, clean: bool = False) -> AbstractContextManager[Writer]:
        """Begin a transaction; ``fresh`` starts from an empty index.  Raises IndexLocked.

        ``clean`` leaves nothing on the disk, once committed, of what was deleted or replaced in it.
        """
