"""Which segments are merged, and how: posting lists are concatenated, documents copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from whoosh.index import FileIndex

from indexer.engines.whoosh.postings import leaves, read_postings
from indexer.engines.whoosh.schema import SORT_FIELDS, TEXT_FIELDS
from indexer.engines.whoosh.segment import SegmentBuilder

#: More segments than this are merged: each costs every search a look, and a night's additions are one segment.  A
#: first run over 6,475 long documents leaves about ten, which the next small run should not have to copy.
MOST_SEGMENTS = 20

#: A segment with a larger share of deleted documents is written anew, so that what was deleted leaves the disk.
MOST_DELETED = 0.3


def to_merge(segments: Sequence[Any]) -> list[Any]:
    """Return the segments that are to become one: those full of deletions, and the smallest beyond the limit."""
    chosen = [s for s in segments if s.deleted_count() > MOST_DELETED * s.doc_count_all()]
    rest = sorted((s for s in segments if s not in chosen), key=lambda s: s.doc_count_all())
    if len(rest) > MOST_SEGMENTS:
        # As many as brings the number to half: merging one a night would copy the same documents every night.
        chosen += rest[: len(rest) - MOST_SEGMENTS // 2]
    return chosen


def copy_segments(builder: SegmentBuilder, storage: Any, schema: Any, segments: Sequence[Any]) -> None:
    """Copy the documents of segments that are not deleted, and their posting lists."""
    reader = FileIndex._reader(storage, schema, list(segments), 0)
    try:
        for segment, _ in leaves(reader):
            _copy(builder, schema, segment)
    finally:
        reader.close()


def _copy(builder: SegmentBuilder, schema: Any, segment: Any) -> None:
    columns = {name: segment.column_reader(name) for name in SORT_FIELDS}
    renumbered = np.full(segment.doc_count_all(), -1, np.int32)
    for number in range(segment.doc_count_all()):
        if segment.is_deleted(number):
            continue
        stored = segment.stored_fields(number)
        lengths = {name: segment.doc_field_length(number, name) for name in TEXT_FIELDS}
        values = {"id": stored["id"], **{name: column[number] for name, column in columns.items()}}
        renumbered[number] = builder.copy_document(stored["id"], stored["record"], values, lengths)
    for field, term in segment.all_terms():
        postings = read_postings(segment, field, term, 0, field in TEXT_FIELDS, renumbered < 0)
        if len(postings.documents):
            builder.copy_term(field, term.decode(), postings, renumbered)
