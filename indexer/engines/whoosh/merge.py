"""Which segments are merged, and how: lists are put one after the other as arrays, documents copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.engines.whoosh.segment import SegmentBuilder
from indexer.engines.whoosh.sidecar import open_source

#: More segments than this are merged: each costs every search a look, and a night's additions are one segment.  A
#: first run over 6,475 long documents leaves about ten, which the next small run should not have to copy.
MOST_SEGMENTS = 20

#: A segment with a larger share of deleted documents is written anew, so that what was deleted leaves the disk.
MOST_DELETED = 0.3


def to_merge(segments: Sequence[Any]) -> list[Any]:
    """Return the segments that are to become one.

    They are those full of deletions, those that another Whoosh has packed into one file, and the smallest beyond the
    limit.
    """
    chosen = [s for s in segments if s.is_compound() or s.deleted_count() > MOST_DELETED * s.doc_count_all()]
    rest = sorted((s for s in segments if s not in chosen), key=lambda s: s.doc_count_all())
    if len(rest) > MOST_SEGMENTS:
        # As many as brings the number to half: merging one a night would copy the same documents every night.
        chosen += rest[: len(rest) - MOST_SEGMENTS // 2]
    return chosen


def copy_segments(builder: SegmentBuilder, storage: Any, schema: Any, segments: Sequence[Any]) -> None:
    """Copy the documents of segments that are not deleted, and their lists."""
    for segment in segments:
        deleted = set(segment.deleted_docs())
        source = open_source(storage, schema, segment, check=True)
        try:
            builder.copy(source, (number for number in range(source.size) if number not in deleted))
        finally:
            source.close()
