"""The query tree: what an engine understands, whatever engine it is.

Leaves name a *view* of the text: "words" (jieba words and stemmed English) or "chars" (single Han
characters, their bigrams, unstemmed Latin words), or a keyword field such as "person" or "language".
``scope`` narrows a text leaf to the title or the body; None means both.
Leaves hold finished terms: the analyzer has been applied before a tree reaches an engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, dataclass_transform

Scope = Literal["title", "text"] | None

_Node = TypeVar("_Node")


@dataclass_transform(frozen_default=True)
def node(made: type[_Node]) -> type[_Node]:
    """Return a class of values that nobody changes, as a frozen dataclass with slots.

    The type checker alone holds them frozen: a search makes forty, each in a third of the time that holding it at run
    time would take.
    """
    return dataclass(slots=True, unsafe_hash=True)(made)


@node
class Query:
    """Base of all nodes."""


@node
class Everything(Query):
    """Every document, each with score 0."""


@node
class Nothing(Query):
    """No document."""


@node
class Term(Query):
    """Documents that contain one term of a view or one value of a keyword field."""

    view: str
    text: str
    scope: Scope = None
    boost: float = 1.0


@node
class Phrase(Query):
    """Terms at consecutive positions, in order; with ``slop`` n, within n positions more, in any order.

    ``offsets`` gives each term's distance from the first, ascending; None means 0, 1, 2 …  A term that is given twice
    must stand in two places.
    """

    view: str
    terms: tuple[str, ...]
    slop: int = 0
    scope: Scope = None
    boost: float = 1.0
    offsets: tuple[int, ...] | None = None


@node
class Prefix(Query):
    """Any term that begins with ``text``; of more than ``limit`` in a field the commonest."""

    view: str
    text: str
    scope: Scope = None
    boost: float = 1.0
    limit: int = 64


@node
class Fuzzy(Query):
    """Any term within ``edits`` single-letter changes of ``text``, its first letter kept; as many as of a prefix."""

    view: str
    text: str
    edits: int = 1
    scope: Scope = None
    boost: float = 1.0
    limit: int = 64


@node
class Range(Query):
    """Documents whose year lies in first..last, both included; None leaves that side open."""

    field: str
    first: int | None
    last: int | None


@node
class And(Query):
    """All clauses; scores add up."""

    clauses: tuple[Query, ...]


@node
class Or(Query):
    """Any clause; scores add up."""

    clauses: tuple[Query, ...]


@node
class Best(Query):
    """Any clause; the best score counts: several readings of one unit of the query."""

    clauses: tuple[Query, ...]


@node
class AtLeast(Query):
    """Clauses whose ``weights`` add up to ``minimum`` or more; scores add up.

    Without weights each clause weighs 1, so that ``minimum`` is a number of clauses.
    """

    clauses: tuple[Query, ...]
    minimum: float
    weights: tuple[float, ...] | None = None


@node
class Without(Query):
    """What ``wanted`` finds, less what ``unwanted`` finds."""

    wanted: Query
    unwanted: Query


@node
class Boost(Query):
    """``query`` with its scores multiplied by ``factor``."""

    query: Query
    factor: float


@node
class Lift(Query):
    """What ``query`` finds, with the score of ``extra`` added where that matches too."""

    query: Query
    extra: Query


#: The nodes that have any number of parts.  A tuple: of a union, a new one would be made at every question.
_OF_CLAUSES = (And, Or, Best, AtLeast)

#: The nodes that find what their one part finds.
_OF_ONE = (Lift, Boost)


def children(query: Query) -> tuple[Query, ...]:
    """Return the direct parts of a node; a leaf has none."""
    if isinstance(query, _OF_CLAUSES):
        return query.clauses
    if isinstance(query, Without):
        return (query.wanted, query.unwanted)
    if isinstance(query, Boost):
        return (query.query,)
    if isinstance(query, Lift):
        return (query.query, query.extra)
    return ()


def wanted_leaves(query: Query) -> Iterator[Query]:
    """Yield the leaves that a document may match, in order; what is excluded, or only lifts the score, is left out."""
    waiting = [query]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _OF_ONE):
            waiting.append(node.query)
        elif isinstance(node, _OF_CLAUSES) and node.clauses:
            waiting.extend(reversed(node.clauses))
        elif isinstance(node, Without):
            waiting.append(node.wanted)
        else:
            yield node


def conjunction(queries: Sequence[Query]) -> Query:
    """Return what has all of ``queries``: the only one itself, where there is one."""
    return queries[0] if len(queries) == 1 else And(tuple(queries))
