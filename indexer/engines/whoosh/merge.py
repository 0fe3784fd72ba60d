"""Which segments are merged, and how: lists are put one after the other as arrays, documents copied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.whoosh.segment import SegmentBuilder
from indexer.engines.whoosh.sidecar import open_source

#: More small segments than this are merged: each costs every search a look, and a night's additions are one segment.  A
#: first run over 6,475 long documents leaves about ten, which the next small run should not have to copy.
MOST_SEGMENTS = 20

#: A segment with a larger share of deleted documents is written anew, so that what was deleted leaves the disk.
MOST_DELETED = 0.3


def to_merge(storage: Any, segments: Sequence[Any], memory: int, clean: bool = False) -> list[Any]:
    """Return the segments that are to be written anew, so that they become few.

    They are those full of deletions, those that another Whoosh has packed into one file, and where there are too many
    small ones, the smallest.  One is small whose lists take less than half of ``memory`` bytes: larger ones would come
    out as they were, night for night.  ``clean`` adds every one with a deletion.
    """
    most = 0.0 if clean else MOST_DELETED
    chosen = [s for s in segments if s.is_compound() or s.deleted_count() > most * s.doc_count_all()]
    rest = [s for s in segments if s not in chosen and _size(storage, s) < memory // 2]
    if len(rest) > MOST_SEGMENTS:
        # As many as brings the number to half: merging one a night would copy the same documents every night.
        chosen += sorted(rest, key=lambda s: s.doc_count_all())[: len(rest) - MOST_SEGMENTS // 2]
    return chosen


def _size(storage: Any, segment: Any) -> int:
    """Return the bytes of a segment's posting lists and terms on disk: about what they take while they wait."""
    folder = Path(storage.folder)
    return sum((folder / segment.make_filename(suffix)).stat().st_size for suffix in (".pst", ".trm"))


def copy_segment(builder: SegmentBuilder, storage: Any, schema: Any, segment: Any) -> None:
    """Copy the documents of a segment that are not deleted, and their lists."""
    kept = np.ones(segment.doc_count_all(), np.bool_)
    kept[list(segment.deleted_docs())] = False
    source = open_source(storage, schema, segment, check=True)
    try:
        builder.copy(source, kept)
    finally:
        source.close()
