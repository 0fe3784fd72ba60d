"""Why does a document match a query?  Each unit, its readings, and what each of them adds to the score."""

from __future__ import annotations

from typing import Any

from indexer.engines.base import Request, Snapshot
from indexer.query import And, Best, Boost, Fuzzy, Lift, Phrase, Prefix, Query, Term, children
from search_app.request import Parameters
from search_app.service import Service


def explanation(service: Service, parameters: Parameters, id: str) -> dict[str, Any] | None:
    """Return the explanation of one document, None if it is not there.

    ``match`` is "all", "most" or None; ``units`` lists each unit of the query with ``matched`` and ``readings``:
    what was looked for, how (word, characters, phrase, stem, name …), and its score in this document.
    """
    record = service.document(id)
    if record is None:
        return None
    with service.collection() as collection:
        compiled = service.compile(parameters, collection.lexicon)
        snapshot = collection.snapshot
        complete = _score(snapshot, compiled.all, id)
        partial = _score(snapshot, compiled.most, id) if compiled.most else None
        score = complete if complete is not None else partial
        return {
            "id": id,
            "title": record["title"],
            "match": "all" if complete is not None else "most" if partial is not None else None,
            "score": score,
            "ignored": [remark.sentence for remark in compiled.ignored],
            "units": [
                {
                    "text": unit.text,
                    "decides": unit.informative,
                    "matched": _score(snapshot, unit.query, id) is not None,
                    "readings": [
                        {"how": _how(leaf), "what": _what(leaf), "score": reading}
                        for leaf in _leaves(unit.query)
                        if (reading := _score(snapshot, leaf, id)) is not None
                    ],
                }
                for unit in compiled.units
            ],
        }


def _score(snapshot: Snapshot, query: Query, id: str) -> float | None:
    """Return the score of one document, or None if it does not match."""
    answer = snapshot.search(Request(And((query, Term("id", id, boost=0.0))), limit=1))
    return answer.hits[0].score if answer.hits else None


def _leaves(query: Query) -> list[Query]:
    """Return the readings of a unit, each leaf once."""
    if isinstance(query, Best | Lift | Boost | And):
        found = [leaf for part in children(query) for leaf in _leaves(part)]
        return list(dict.fromkeys(found))
    return [query]


def _how(leaf: Query) -> str:
    match leaf:
        case Term(view="words"):
            return "word or stem"
        case Term(view="chars"):
            return "as written"
        case Term(view=kind):
            return f"{kind} under any name"
        case Phrase(view="words"):
            return "stems in order"
        case Phrase(slop=slop):
            return f"within {slop} words" if slop else "phrase as written"
        case Prefix():
            return "beginning"
        case Fuzzy():
            return "similar word"
    return type(leaf).__name__.lower()


def _what(leaf: Query) -> str:
    match leaf:
        case Term(text=text) | Prefix(text=text) | Fuzzy(text=text):
            return text
        case Phrase(terms=terms):
            return " ".join(terms)
    return ""
