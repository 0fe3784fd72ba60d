"""Segments are finished in a thread of their own while the next one fills.

Sorting, compressing and writing let another thread run; one that is full waits for the one before, so that at any time
one is sorted and one fills.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from indexer.engines.whoosh.segment import SegmentBuilder


class Finisher:
    """The full segments of a transaction, in their order."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "finish-segment")
        self._builders: list[SegmentBuilder] = []
        self._last: Future[None] | None = None

    def add(self, builder: SegmentBuilder) -> None:
        """Begin to finish a segment, once the one before is finished.  Raises whatever hindered that one."""
        self._wait()
        self._builders.append(builder)
        self._last = self._thread.submit(builder.finish)

    def segments(self) -> list[Any]:
        """Wait for all and return them.  Raises whatever hindered one."""
        self._wait()
        return [builder.segment for builder in self._builders]

    def _wait(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def close(self, keep: bool) -> None:
        """End the thread; ``keep`` says whether the segments stay."""
        self._thread.shutdown()
        if not keep:
            for builder in self._builders:
                builder.abandon()
