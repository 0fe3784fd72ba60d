"""Stored records as the values of Whoosh's column of stored fields: pickled dictionaries, each compressed.

Compressing takes longer than anything else that is done to a document here, so it is part of packing, which other
processes do; they need nothing of Whoosh for it.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Sequence

from indexer.engines import batch
from indexer.engines.base import Entry
from indexer.engines.batch import Batch

#: Whoosh has 3: this takes three quarters of the time, and two percent more bytes.
_LEVEL = 1

#: The one of Whoosh.
_PROTOCOL = 2


def pack(entries: Sequence[Entry]) -> Batch:
    """Return entries as a batch for this engine; see ``batch.pack``."""
    return batch.pack(entries, write_record)


def write_record(id: str, record: str) -> bytes:
    """Return the stored fields of a document as they stand in the column; ``record`` is JSON."""
    return zlib.compress(pickle.dumps({"id": id, "record": record}, _PROTOCOL), _LEVEL)


def read_record(written: bytes) -> str:
    """Return the record, as JSON, out of what stands in the column."""
    record: str = pickle.loads(zlib.decompress(written))["record"]
    return record
