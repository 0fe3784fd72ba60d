"""Xapian, a search library in C++, through the bindings of Debian's python3-xapian."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xapian

from benchmarks.documents import FACETS, Collection, Found, Question

#: Documents between two flushes.
FLUSH_EVERY = 10_000

#: A match spy counts one value slot, so a facet takes as many slots as a document has values of it: the first of them
#: and how many.  Slot 0 is the year as a number, for ranges.
SLOTS = {"year": (1, 1), "organisation": (10, 3), "person": (20, 6), "charge": (30, 3)}

#: What a term of a facet begins with, so that it is no word of the text.
PREFIXES = {"organisation": "XO", "person": "XP", "charge": "XC"}

#: k1, k2, k3, b and the least length of BM25.
BM25 = (1.2, 0, 1, 0.75, 0.0)


def build(collection: Collection, folder: Path, processes: int) -> None:
    """See ``Peer.build``."""
    if processes > 1:
        raise NotImplementedError("Xapian has one writer")
    loose = folder / "loose"
    database = xapian.WritableDatabase(str(loose), xapian.DB_CREATE_OR_OVERWRITE)
    for number, document in enumerate(collection.documents(), 1):
        row = xapian.Document()
        stored = {"id": document.id, "title": document.title, "text": document.text, "year": document.year}
        row.set_data(json.dumps({**stored, **document.values}, ensure_ascii=False))
        for position, token in enumerate(document.tokens):
            row.add_posting(token, position)
        row.add_value(0, xapian.sortable_serialise(document.year))
        row.add_value(1, str(document.year))
        for name, found in document.values.items():
            for step, value in enumerate(found):
                row.add_boolean_term(PREFIXES[name] + value)
                row.add_value(SLOTS[name][0] + step, value)
        database.add_document(row)
        if number % FLUSH_EVERY == 0:
            database.commit()
    database.commit()
    database.compact(str(folder / "compact"))
    database.close()
    shutil.rmtree(loose)


def open(folder: Path) -> Xapian:
    """See ``Peer.open``."""
    return Xapian(folder)


class Xapian:
    """See ``Opened``."""

    def __init__(self, folder: Path) -> None:
        self._database = xapian.Database(str(folder / "compact"))
        self._enquire = xapian.Enquire(self._database)
        self._enquire.set_weighting_scheme(xapian.BM25Weight(*BM25))
        self._documents = self._database.get_doccount()

    def answer(self, question: Question, values: int) -> Found:
        """See ``Opened.answer``."""
        self._enquire.set_query(_query(question))
        self._enquire.clear_matchspies()
        spies = []
        for name, (first, many) in SLOTS.items():
            for slot in range(first, first + many):
                spies.append((name, xapian.ValueCountMatchSpy(slot)))
                self._enquire.add_matchspy(spies[-1][1])
        found = self._enquire.get_mset(0, 10, self._documents)
        rows = [json.loads(hit.document.get_data()) for hit in found]
        counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for name, spy in spies:
            for item in spy.values():
                value = item.term.decode()
                counts[name][value] = counts[name].get(value, 0) + item.termfreq
        facets = {
            name: dict(sorted(counted.items(), key=lambda one: -one[1])[:values]) for name, counted in counts.items()
        }
        return Found(found.get_matches_estimated(), [row["id"] for row in rows], facets)

    def passages(self, question: Question) -> Callable[[], int] | None:
        """See ``Opened.passages``; its snippets are not compared."""
        return None


def _query(question: Question) -> Any:
    kind = xapian.Query
    terms = list(question.terms)
    if question.kind == "phrase":
        query = kind(kind.OP_PHRASE, terms)
    else:
        query = kind(kind.OP_OR if question.kind == "or" else kind.OP_AND, terms)
    if question.years:
        first, last = map(xapian.sortable_serialise, question.years)
        return kind(kind.OP_FILTER, query, kind(kind.OP_VALUE_RANGE, 0, first, last))
    if question.person:
        return kind(kind.OP_FILTER, query, kind(PREFIXES["person"] + question.person))
    return query
