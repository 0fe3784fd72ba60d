"""The documents found, as a page shows them: title and passages with their marks, and why each was found.

Every step is taken for all hits before the next one, so that what it needs stays in the processor's caches: a whole
search takes a twentieth less (40 queries over 10,000 documents, in two runs 2.07 ms for 2.23 and 2.02 for 2.12).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from indexer.engines.base import Hit
from search_app.passages.marks import Marker, mentions, united
from search_app.passages.reasons import Reasons
from search_app.passages.snippet import Snippet, marked_html, passages
from search_app.passages.texts import Mark
from search_app.remarks import Remark

Record = Mapping[str, Any]


class ResultHit(NamedTuple):
    """One document found: its record, whether it has all units ("all") or "most", its passages, and why it matched."""

    record: Record
    score: float
    match: str
    title_html: str
    snippets: tuple[Snippet, ...]
    why: tuple[Remark, ...]


def result_hits(
    hits: Sequence[Hit],
    records: Sequence[Record | None],
    marker: Marker,
    reasons: Reasons,
    chosen: Mapping[tuple[str, str], int],
) -> tuple[ResultHit, ...]:
    """Return hits with their records, in order; one whose record is gone is left out.

    ``chosen`` are the entities that filters choose, each with a unit of its own: they are marked, and are no reason.
    """
    found = [(hit, record) for hit, record in zip(hits, records, strict=True) if record is not None]
    there = [record for _, record in found]
    titles = [marker.marks("title", record["title"], record) for record in there]
    texts = [marker.marks("text", record["text"], record) for record in there]
    shown_titles, shown_texts = _with(chosen, "title", titles, there), _with(chosen, "text", texts, there)
    headings = [marked_html(record["title"], marks) for record, marks in zip(there, shown_titles, strict=True)]
    snippets = [
        tuple(passages(record["text"], record["sentences"], marks))
        for record, marks in zip(there, shown_texts, strict=True)
    ]
    why = [tuple(reasons.of(*row)) for row in zip(there, titles, texts, strict=True)]
    return tuple([
        ResultHit(record, hit.score, "all" if hit.first else "most", title_html, shown, reason)
        for (hit, record), title_html, shown, reason in zip(found, headings, snippets, why, strict=True)
    ])  # fmt: skip


def _with(
    chosen: Mapping[tuple[str, str], int], field: str, marks: list[list[Mark]], records: Sequence[Record]
) -> list[list[Mark]]:
    """Return the marks of one field of each record, with those of what is chosen."""
    if not chosen:
        return marks
    return [united([of_one, mentions(chosen, field, record)]) for of_one, record in zip(marks, records, strict=True)]
