"""Small entries for the tests of engines: a title and a text of words that stand in both views as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.engines.base import Entry, Tokens


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
    tokens: dict[str, Tokens] = {}
    lengths = {}
    for scope, words in (("title", title.split()), ("text", text.split())):
        placed = [(term, position) for position, together in enumerate(words) for term in together.split("/")]
        some = Tokens([term for term, _ in placed], np.array([position for _, position in placed], np.int32))
        for view in ("words", "chars"):
            tokens[f"{scope}.{view}"] = some
            lengths[f"{scope}.{view}"] = len(words)
    values = {
        "year": [date[:4] if date else "none"],
        "language": ["en"],
        "kind": ["source"],
        "publisher": [],
        **keywords,
    }
    record = {"id": id, "date": date, "first_indexed": "2026-01-02T03:04:05+00:00", **(stored or {})}
    return Entry(id, tokens, lengths, values, list(names), record)
