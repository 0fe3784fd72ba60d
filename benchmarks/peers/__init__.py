"""The engines that are compared, each in a module and, when it runs, in a process of its own.

Nothing but the standard library is imported here and in the modules of the peers, besides the engine itself.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from benchmarks.documents import Collection, Found, Question

#: Ours first; what is compared with it in the order of the table.
NAMES = ("hrsearch", "tantivy", "fts5", "xapian", "whoosh")

#: What each engine is called in print.
TITLES = {
    "hrsearch": "hrsearch",
    "tantivy": "tantivy",
    "fts5": "SQLite FTS5",
    "xapian": "Xapian",
    "whoosh": "stock Whoosh",
}

#: Values of a facet that are asked for, as a page shows them.  Ours gives all; the others cut their lists here.
SHOWN_VALUES = 20

#: More than any facet has: asked for where counts are compared.
ALL_VALUES = 60_000


class Opened(Protocol):
    """An index that is open for searching."""

    def answer(self, question: Question, values: int) -> Found:
        """Answer a whole request, with the fields of its hits fetched; ``values`` is the length of facet lists."""

    def passages(self, question: Question) -> Callable[[], int] | None:
        """Return a function that makes the passages of the ten best hits, which are fetched here, before it.

        That function returns how many it made.  None where the engine makes none.
        """


class Peer(Protocol):
    """A module of a peer."""

    def build(self, collection: Collection, folder: Path, processes: int) -> None:
        """Index a collection into an empty folder.  Raises: NotImplementedError for two processes where one is all."""

    def open(self, folder: Path) -> Opened:
        """Open an index."""


#: The module of each engine.
MODULES = {
    "hrsearch": "ours",
    "tantivy": "with_tantivy",
    "fts5": "with_sqlite",
    "xapian": "with_xapian",
    "whoosh": "with_whoosh",
}


def peer(name: str) -> Peer:
    """Return the module of a peer.  Raises: ImportError where its engine is not installed."""
    return cast(Peer, import_module(f"benchmarks.peers.{MODULES[name]}"))
