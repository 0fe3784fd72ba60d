"""The generation that is being searched, and its change to the next one without a pause.

A search leases the present generation; a newer one on disk is opened beside it, published in one assignment, and
the old one is closed when its last search has ended.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from indexer.analysis import Analyzer
from indexer.authority import Authority
from indexer.authority.keys import saved
from indexer.engines.base import Engine, Snapshot
from indexer.errors import IndexFault, IndexOutdated
from indexer.pipeline.concealed import list_of
from indexer.query import Term
from search_app.query.names import NameIndex
from search_app.query.units import Lexicon

_LOGGER = logging.getLogger("hrsearch")

#: Seconds between two looks at the generation on disk.
CHECK_EVERY = 1.0


Made = TypeVar("Made")


class Collection:
    """One generation of the index, with the names that queries are read against."""

    def __init__(self, snapshot: Snapshot, authority: Authority, analyzer: Analyzer) -> None:
        self.snapshot = snapshot
        self.names = NameIndex(snapshot.names(), authority, analyzer.stem, saved(snapshot.meta.get("keys")))
        self._frequencies: dict[tuple[str, str], int] = {}
        self.lexicon = Lexicon(
            self.names, analyzer, self._frequency, snapshot.count, snapshot.terms, snapshot.documents
        )
        self._made: dict[tuple[Any, ...], tuple[threading.Lock, list[Any]]] = {}
        self._searches = 0
        self._retired = False
        self._lock = threading.Lock()

    def once(self, make: Callable[..., Made], *choices: str) -> Made:
        """Return ``make(self, *choices)``, made at the first call and kept as long as this generation.

        Who asks while it is being made waits for it; if it raises, the next call tries again.
        """
        with self._lock:
            lock, made = self._made.setdefault((make, *choices), (threading.Lock(), []))
        with lock:
            if not made:
                made.append(make(self, *choices))
            kept: Made = made[0]
            return kept

    def _frequency(self, view: str, term: str) -> int:
        key = (view, term)
        count = self._frequencies.get(key)
        if count is None:
            count = self.snapshot.count(Term(view, term))
            if len(self._frequencies) > 50_000:
                self._frequencies.clear()
            self._frequencies[key] = count
        return count

    def enter(self) -> bool:
        """Begin a search; False if this generation is closed already."""
        with self._lock:
            if self._retired and not self._searches:
                return False
            self._searches += 1
            return True

    def leave(self) -> None:
        """End a search; the last one of a retired generation closes it."""
        with self._lock:
            self._searches -= 1
            closing = self._retired and not self._searches
        if closing:
            self.snapshot.close()

    def retire(self) -> None:
        """Let this generation go when nobody searches it any more; once is enough."""
        with self._lock:
            closing = not self._retired and not self._searches
            self._retired = True
        if closing:
            self.snapshot.close()


class Collections:
    """Always gives the newest generation."""

    def __init__(self, engine: Engine, authority: Authority, analyzer: Analyzer, rules: str) -> None:
        """``rules`` is the version that an index must have been written with."""
        self._engine = engine
        self._authority = authority
        self._analyzer = analyzer
        self._rules = rules
        self._lock = threading.Lock()
        self._checked = 0.0
        self._told = ""
        self._stopped = False
        self._now: Callable[[], float] = time.monotonic
        self._prepare: Callable[[Collection], None] | None = None
        self._current = self._open()

    def _open(self) -> Collection:
        snapshot = self._engine.snapshot()
        written = snapshot.meta.get("rules", "")
        if written != self._rules:
            snapshot.close()
            raise IndexOutdated(
                f"the index was written with other rules or authority files ({written or 'unknown'}; now "
                f"{self._rules}); bring it up to date with: hrsearch index",
                {"rules": written},
            )
        return Collection(snapshot, self._authority, self._analyzer)

    @contextmanager
    def lease(self) -> Iterator[Collection]:
        """Lend the newest generation for one search."""
        self._look()
        collection = self._current
        while self._stopped or not collection.enter():
            if self._stopped:
                raise IndexOutdated("the list of withheld names has changed; start this server again")
            collection = self._current
        try:
            yield collection
        finally:
            collection.leave()

    def _look(self) -> None:
        """Swap in a newer generation, at most one look a second, by one thread while the others go on."""
        if self._now() - self._checked < CHECK_EVERY or not self._lock.acquire(blocking=False):
            return
        try:
            self._checked = self._now()
            if self._engine.generation() == self._current.snapshot.generation:
                return
            try:
                newer = self._open()
            except IndexFault as fault:
                if isinstance(fault, IndexOutdated) and list_of(fault.meta.get("rules", "")) != list_of(self._rules):
                    self._stop()
                    return
                # Lost, damaged, or of other rules, for which the application must start anew: the old one answers.
                if str(fault) != self._told:
                    self._told = str(fault)
                    _LOGGER.warning("going on with generation %d: %s", self._current.snapshot.generation, fault)
                return
            older, self._current = self._current, newer
            older.retire()
            self._begin_to_prepare()
        finally:
            self._lock.release()

    def _stop(self) -> None:
        """Answer nothing any more and let the files go: they may hold names that are withheld now."""
        self._stopped = True
        self._current.retire()

    def prepare(self, make: Callable[[Collection], None]) -> None:
        """Run ``make`` in a thread of its own, for this generation and for each that follows.

        It asks ahead of the readers for what ``Collection.once`` keeps; nobody waits for it.
        """
        self._prepare = make
        self._begin_to_prepare()

    def _begin_to_prepare(self) -> None:
        make, collection = self._prepare, self._current

        def run() -> None:
            if make is None or not collection.enter():
                return
            try:
                make(collection)
            except Exception as error:  # the first reader who asks tries again, and is told
                _LOGGER.warning("generation %d was not prepared: %s", collection.snapshot.generation,
                                type(error).__name__)  # fmt: skip
            finally:
                collection.leave()

        if make is not None:
            threading.Thread(target=run, name="hrsearch-prepare", daemon=True).start()

    def close(self) -> None:
        """Let the index go."""
        self._current.retire()
