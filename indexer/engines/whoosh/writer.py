"""One transaction on a Whoosh index: visible at once or not at all."""

from __future__ import annotations

import gc
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from whoosh.index import TOC, clean_files

from indexer.engines.base import SCHEMA_VERSION, Entry
from indexer.engines.batch import Batch
from indexer.engines.whoosh.finishing import Finisher
from indexer.engines.whoosh.merge import copy_segment, to_merge
from indexer.engines.whoosh.postings import Segments
from indexer.engines.whoosh.records import pack
from indexer.engines.whoosh.schema import make_schema
from indexer.engines.whoosh.segment import SegmentBuilder
from indexer.engines.whoosh.sidecar import write_missing
from indexer.engines.whoosh.storage import sync_file
from indexer.errors import IndexLocked


class WhooshTransaction:
    """The writer of the engine protocol.

    Documents become segments; a segment is finished whenever its waiting postings take ``memory_mb``, whatever
    the size of the collection.  Only ``commit`` names them in a table of contents.
    """

    def __init__(self, storage: Any, name: str, memory_mb: int, fresh: bool = False, clean: bool = False) -> None:
        """``fresh`` leaves every segment of before behind at the commit, not earlier; ``clean`` those with deletions.

        Raises: IndexLocked.
        """
        self._lock = storage.lock(f"{name}_WRITELOCK")
        if not self._lock.acquire(blocking=False):
            raise IndexLocked(
                f"{storage.folder}: another process is writing to this index; wait until it has ended and try again"
            )
        self._storage = storage
        self._name = name
        self._folder = Path(storage.folder)
        # Sorting a segment takes about as much again as what waits for it, and the next one fills meanwhile.
        self._limit = (memory_mb << 20) // 3
        try:
            toc = TOC.read(storage, name)
            self._old = [] if fresh else list(toc.segments)
            self._segments = Segments(storage, toc.schema, self._old)
        except Exception:
            self._lock.release()
            raise
        # An index of an older version has other fields; one that begins anew has those of today.
        self._schema = make_schema() if fresh else toc.schema
        self._clean = fresh or clean
        self._generation = int(toc.generation) + 1
        self._full = Finisher()
        self._committed = False
        self._building: SegmentBuilder | None = None
        self._added: set[str] = set()
        self._closed = False

    def add(self, entry: Entry) -> None:
        """See ``Writer.add``.  An id may be added once in a transaction: a second time is an error of the caller."""
        self.add_batch(pack([entry]))

    def add_batch(self, batch: Batch) -> None:
        """See ``Writer.add_batch``."""
        for id, times in Counter(batch.ids).items():
            if times > 1 or id in self._added:
                raise ValueError(f"{id} was added before in this transaction")
        for id in batch.ids:
            self.delete(id)
        self._added.update(batch.ids)
        self._builder().add(batch)
        self._finish_if_full()

    def delete(self, id: str) -> None:
        """See ``Writer.delete``."""
        found = self._segments.each(lambda source: source.find("id", id.encode()))
        for segment, lists in zip(self._old, found, strict=True):
            for document in lists.documents.tolist() if lists is not None else ():
                segment.delete_document(document)

    def commit(self, meta: Mapping[str, Any]) -> int:
        """See ``Writer.commit``.  ``meta`` goes to a file of its own, in place before its generation is."""
        self._finish_segment()
        merged = to_merge(self._storage, self._old, self._limit, self._clean)
        for segment in merged:
            copy_segment(self._builder(), self._storage, self._schema, segment)
            self._finish_if_full()
        self._finish_segment()
        new = self._full.segments()
        kept = [number for number, segment in enumerate(self._old) if segment not in merged]
        for number in kept:
            write_missing(self._storage, self._old[number], self._segments.source(number))
        segments = [*(self._old[number] for number in kept), *new]
        write_meta(self._folder, self._generation, meta)
        for segment in new:
            for file in self._folder.glob(f"{segment.segment_id()}.*"):
                sync_file(file)
        TOC(self._schema, segments, self._generation).write(self._storage, self._name)
        clean_files(self._storage, self._name, self._generation, segments)
        # Where Whoosh's own writer, also in earlier versions of ours, keeps documents while it works.
        shutil.rmtree(self._folder / f"{self._name}.tmp", ignore_errors=True)
        _drop_old_meta(self._folder, self._generation - (0 if self._clean else 1))
        self._committed = True
        self.close()
        return self._generation

    def close(self) -> None:
        """End the transaction; what was not committed is removed, and everything is as it was."""
        if self._closed:
            return
        self._closed = True
        if self._building is not None:
            self._building.abandon()
        self._full.close(keep=self._committed)
        self._segments.close()
        gc.unfreeze()
        self._lock.release()

    def _builder(self) -> SegmentBuilder:
        if self._building is None:
            # What there is when a segment begins mostly outlives it, and every full collection would look at it again:
            # over 30,000 documents these took 1.3 of 22 seconds, and take 0.4.
            gc.freeze()
            self._building = SegmentBuilder(self._storage, self._name, self._schema)
        return self._building

    def _finish_if_full(self) -> None:
        if self._builder().nbytes > self._limit:
            self._finish_segment()

    def _finish_segment(self) -> None:
        if self._building is not None:
            building, self._building = self._building, None
            if building.documents:
                self._full.add(building)
            else:
                building.abandon()


def meta_file(folder: Path, generation: int) -> Path:
    """Return the file that holds what was committed with a generation."""
    return folder / f"hrsearch-{generation}.json"


def write_meta(folder: Path, generation: int, meta: Mapping[str, Any]) -> None:
    """Write the meta of a generation that is not visible yet."""
    file = meta_file(folder, generation)
    file.write_bytes(orjson.dumps({**meta, "schema": SCHEMA_VERSION}))
    sync_file(file)


def _drop_old_meta(folder: Path, oldest: int) -> None:
    """Remove the meta of generations before ``oldest``.

    The last but one may be opening now; of an index that was made anew nothing of before can be opened.
    """
    for file in folder.glob("hrsearch-*.json"):
        number = file.stem.rpartition("-")[2]
        if number.isdigit() and int(number) < oldest:
            file.unlink(missing_ok=True)
