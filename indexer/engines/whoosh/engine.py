"""A plain Whoosh index in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import TOC, FileIndex

from indexer.engines.base import SCHEMA_VERSION, Packer, Writer
from indexer.engines.whoosh.postings import Segments
from indexer.engines.whoosh.records import pack
from indexer.engines.whoosh.schema import make_schema
from indexer.engines.whoosh.snapshot import WhooshSnapshot, read_meta
from indexer.engines.whoosh.storage import DurableStorage, require_own
from indexer.engines.whoosh.writer import WhooshTransaction, meta_file, write_meta
from indexer.errors import IndexDamaged, IndexFault, IndexMissing, IndexOutdated

_NAME = "MAIN"


class WhooshEngine:
    """The engine protocol over one folder."""

    def __init__(self, folder: Path, memory_mb: int = 256) -> None:
        self._folder = folder
        self._memory_mb = memory_mb

    def exists(self) -> bool:
        """See ``Engine.exists``."""
        return self._folder.is_dir() and any(self._folder.glob(f"_{_NAME}_*.toc"))

    def generation(self) -> int:
        """See ``Engine.generation``."""
        numbers = [int(file.stem.rpartition("_")[2]) for file in self._folder.glob(f"_{_NAME}_*.toc")]
        return max(numbers, default=0)

    def meta(self) -> Mapping[str, Any]:
        """See ``Engine.meta``.  What cannot be read is left to ``snapshot`` to tell."""
        try:
            return read_meta(meta_file(self._folder, self.generation()))
        except (OSError, ValueError):
            return {}

    def snapshot(self) -> WhooshSnapshot:
        """See ``Engine.snapshot``.  Every file is opened here, before anybody searches."""
        if not self.exists():
            raise IndexMissing(f"{self._folder}: there is no index here yet; make one with: hrsearch index")
        require_own(self._folder)
        for attempt in range(5):
            try:
                return self._open()
            except IndexFault:
                raise
            except Exception as error:  # damaged bytes fail anywhere in Whoosh, and with anything
                # A writer may have replaced the generation between our reading its name and its files.
                if attempt == 4:
                    raise self._damaged(error) from error
        raise AssertionError("unreachable")

    def _damaged(self, error: Exception) -> IndexDamaged:
        return IndexDamaged(
            f"{self._folder}: the index cannot be read ({type(error).__name__}: {error}). Nothing was changed; move "
            "the folder away and make the index anew with: hrsearch index --rebuild"
        )

    def _open(self) -> WhooshSnapshot:
        storage = DurableStorage(str(self._folder))
        toc = TOC.read(storage, _NAME)
        meta = read_meta(meta_file(self._folder, toc.generation))
        if meta.get("schema") != SCHEMA_VERSION:
            raise IndexOutdated(
                f"{self._folder}: the index has schema {meta.get('schema')}, this version needs {SCHEMA_VERSION}; "
                "make it anew with: hrsearch index --rebuild",
                meta,
            )
        segments = Segments(storage, toc.schema, toc.segments)
        dead = np.zeros(segments.size, np.bool_)
        for segment, base in zip(toc.segments, segments.bounds.tolist(), strict=False):
            dead[[base + document for document in segment.deleted_docs()]] = True
        return WhooshSnapshot(segments, dead, toc.generation, meta)

    def packer(self) -> Packer:
        """See ``Engine.packer``."""
        return pack

    @contextmanager
    def writer(self, fresh: bool = False, clean: bool = False) -> Iterator[Writer]:
        """See ``Engine.writer``."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        require_own(self._folder)
        storage = DurableStorage(str(self._folder))
        if not self.exists():
            write_meta(self._folder, 0, {})
            FileIndex.create(storage, make_schema(), _NAME)
        try:
            transaction = WhooshTransaction(storage, _NAME, self._memory_mb, fresh, clean)
        except IndexFault:
            raise
        except Exception as error:  # as above
            raise self._damaged(error) from error
        try:
            yield transaction
        finally:
            transaction.close()
