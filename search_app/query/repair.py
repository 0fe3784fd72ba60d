"""A query that could not be used as it stands, written as it was understood: offered, never put in its place."""

from __future__ import annotations

from search_app.query.parse import Limits, Parsed, parse
from search_app.query.written import written


def repaired(parsed: Parsed, limits: Limits | None = None) -> str | None:
    """Return what was understood of a query as a query of its own; None where it is one already.

    None too where nothing was understood, where the query is only too long, or where it cannot be written so that it
    is understood alike.
    """
    too_long = any(one.code in ("chars_limit", "words_limit") for one in parsed.ignored)
    if not parsed.ignored or parsed.clause is None or too_long:
        return None
    text = written(parsed.clause)
    again = parse(text, limits)
    return text if again.clause == parsed.clause and not again.ignored else None
