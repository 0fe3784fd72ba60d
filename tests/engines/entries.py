"""Small entries for the tests of engines: a title and a text of words that stand in both views as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.engines.base import Entry


def make_entry(
    id: str,
    text: str = "",
    title: str = "",
    *,
    date: str | None = None,
    names: Sequence[tuple[str, str, str, str]] = (),
    stored: dict[str, Any] | None = None,
    **keywords: Sequence[str],
) -> Entry:
    """Return an entry whose tokens are the words of ``title`` and ``text``, one position each.

    ``a/b`` puts two terms at one position, as bigrams and joined words do.
    """
    postings: dict[str, dict[str, list[int]]] = {}
    lengths = {}
    for scope, words in (("title", title.split()), ("text", text.split())):
        terms: dict[str, list[int]] = {}
        for position, together in enumerate(words):
            for term in together.split("/"):
                terms.setdefault(term, []).append(position)
        for view in ("words", "chars"):
            postings[f"{scope}.{view}"] = terms
            lengths[f"{scope}.{view}"] = len(words)
    values = {
        "year": [date[:4] if date else "none"],
        "language": ["en"],
        "kind": ["source"],
        "publisher": [],
        **keywords,
    }
    record = {"id": id, "date": date, "first_indexed": "2026-01-02T03:04:05+00:00", **(stored or {})}
    return Entry(id, postings, lengths, values, list(names), record)
