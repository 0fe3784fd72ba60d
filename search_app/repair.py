"""A query that could not be used as it stands, written as it was understood: offered, never put in its place."""

from __future__ import annotations

from search_app.parse import All, Any, Beginning, Clause, InField, Limits, Not, Quoted, Similar, Words, parse


def repaired(q: str, limits: Limits | None = None) -> str | None:
    """Return what was understood of ``q`` as a query of its own; None where ``q`` is one already.

    None too where nothing was understood, where the query is only too long, or where it cannot be written so that it
    is understood alike.
    """
    parsed = parse(q, limits)
    too_long = any(one.code in ("chars_limit", "words_limit") for one in parsed.ignored)
    if not parsed.ignored or parsed.clause is None or too_long:
        return None
    text = written(parsed.clause)
    again = parse(text, limits)
    return text if again.clause == parsed.clause and not again.ignored else None


def written(clause: Clause) -> str:
    """Return a clause in the query language."""
    match clause:
        case Words(text=text):
            return text
        case Quoted(text=text, slop=slop):
            quoted = f"「{text}」" if '"' in text else f'"{text}"'
            return f"{quoted}~{slop}" if slop else quoted
        case Beginning(text=text):
            return f"{text}*"
        case Similar(text=text):
            return f"{text}~"
        case InField(field=field, clause=inner):
            return f"{field}:{_one(inner)}"
        case Not(clause=inner):
            return f"-{_one(inner)}" if not isinstance(inner, All | Any) else f"NOT {_one(inner)}"
        case Any(clauses=clauses):
            return " OR ".join(f"({written(part)})" if isinstance(part, Any) else written(part) for part in clauses)
        case All(clauses=clauses):
            return " ".join(f"({written(part)})" if isinstance(part, All | Any) else written(part) for part in clauses)
    raise TypeError(f"{clause!r} is no clause")


def _one(clause: Clause) -> str:
    """Return a clause as one operand, in brackets where it has several parts."""
    text = written(clause)
    several = isinstance(clause, All | Any) or (isinstance(clause, Words) and " " in text)
    return f"({text})" if several else text
