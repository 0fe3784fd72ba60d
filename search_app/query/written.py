"""Clauses back to query text: what ``parse`` would read as the same clause."""

from __future__ import annotations

from search_app.query.parse import All, Any, Beginning, Clause, InField, Not, Quoted, Similar, Words

#: Quotation marks to choose from, with the marks that may not stand inside.
_MARKS = (('"', '"', '"“”＂'), ("「", "」", "」"), ("«", "»", "»"), ("『", "』", "』"))


def written(clause: Clause) -> str:
    """Return a clause as query text.

    What only a slip of the pen makes a word (a minus sign behind a lone quotation mark) is not marked as one.
    """
    match clause:
        case Words(text=text):
            return text
        case Quoted(text=text, slop=slop):
            return _quoted(text) + (f"~{slop}" if slop else "")
        case Beginning(text=text):
            return f"{text}*"
        case Similar(text=text):
            return f"{text}~"
        case InField(field=field, clause=inner):
            return f"{field}:{_one(inner)}"
        case Not(clause=inner):
            return f"-{_one(inner)}"
        case Any(clauses=clauses):
            return " OR ".join(written(part) if not isinstance(part, Any) else _one(part) for part in clauses)
        case All(clauses=clauses):
            return " ".join(written(part) if not isinstance(part, All | Any) else _one(part) for part in clauses)
    return ""


def _one(clause: Clause) -> str:
    """Return a clause as one operand: in brackets where it is more than one word."""
    text = written(clause)
    several = isinstance(clause, All | Any | InField | Not) or (isinstance(clause, Words) and len(text.split()) > 1)
    return f"({text})" if several else text


def _quoted(text: str) -> str:
    for opening, closing, forbidden in _MARKS:
        if not set(forbidden) & set(text):
            return f"{opening}{text}{closing}"
    return '"' + "".join(character for character in text if character not in '"“”＂') + '"'
