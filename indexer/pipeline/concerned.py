"""Which documents does a change of the authority files concern?

Those whose text has a name of a record that came, went or changed, and those that asked for it in another way: what a
document asked is kept in its ``names`` rows.  Everything else stays as it is, and is not read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from indexer.authority import Authority, automaton_of, haystack_of
from indexer.authority.change import Change, changes
from indexer.authority.compiled import from_json
from indexer.authority.consulted import Question
from indexer.engines.base import Request, Snapshot
from indexer.fold import fold_text
from indexer.model import Record
from indexer.query import Or, Query, Term

#: The language of ``names`` rows that are no names but questions to the authority files.
ASKED = "asked"

#: What an unlisted name's id ends in where a record has the same id.
_TAKEN = "-unresolved"

#: Records that are looked through at a time, so that memory stays even.
BATCH = 200


def question_rows(record: Record, questions: Iterable[Question]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the rows that keep what a document asked, without the ids of the entities that it has anyway."""
    ids = {(entity.kind, f"id {entity.id.removesuffix(_TAKEN)}") for entity in record.entities}
    for kind, asked in sorted(set(questions) - ids):
        yield kind, "", ASKED, asked


def reasons_to_remake(snapshot: Snapshot, authority: Authority) -> dict[str, list[str]]:
    """Return the documents of a generation that ``authority`` reads otherwise, by id, each with the reasons."""
    try:
        before = from_json(snapshot.meta["records"])
    except (KeyError, TypeError, ValueError):
        return {id: ["authority files unknown"] for id in snapshot.ids()}
    found = concerned(snapshot, changes(before, authority))
    return {id: [f"{change.kind} {change.id} {change.what}" for change in listed] for id, listed in found.items()}


def concerned(snapshot: Snapshot, changed: Sequence[Change]) -> dict[str, list[Change]]:
    """Return the documents that changes concern, by id, each with the changes that do."""
    found: dict[str, dict[Change, None]] = {}
    for id, change in (*_asking(snapshot, changed), *_having(snapshot, changed)):
        found.setdefault(id, {})[change] = None
    return {id: list(listed) for id, listed in found.items()}


def _asking(snapshot: Snapshot, changed: Sequence[Change]) -> Iterator[tuple[str, Change]]:
    """Yield each document that has the id of a changed record, or asked for it, with that change."""
    rows = {(kind, id, name if language == ASKED else "") for kind, id, language, name, _ in snapshot.names()}
    for change in changed:
        here = [(change.kind, id) for id in (change.id, change.id + _TAKEN)]
        ids: list[Query] = [Term(*key) for key in here if (*key, "") in rows]
        asked = [
            snapshot.named(question.kind, "", ASKED, question.asked)
            for question in change.questions
            if (question.kind, "", question.asked) in rows
        ]
        if ids or asked:
            answer = snapshot.search(Request(Or((*ids, *asked)), limit=snapshot.documents))
            yield from ((hit.id, change) for hit in answer.hits)


def _having(snapshot: Snapshot, changed: Sequence[Change]) -> Iterator[tuple[str, Change]]:
    """Yield each document whose title or text has a form of a changed record, with that change."""
    by_form: dict[str, list[Change]] = {}
    for change in changed:
        for form in change.forms:
            by_form.setdefault(form, []).append(change)
    automaton = automaton_of(by_form)
    ids = sorted(snapshot.ids())
    for start in range(0, len(ids), BATCH):
        for plain in snapshot.stored(ids[start : start + BATCH]):
            if plain is not None:
                for form in _forms_in(plain, automaton):
                    yield from ((plain["id"], change) for change in by_form[form])


def _forms_in(plain: Mapping[str, Any], automaton: Any) -> set[str]:
    """Return the forms that stand anywhere in a record's title or text."""
    texts = (haystack_of(fold_text(plain[field])) for field in ("title", "text"))
    return {form for text in texts for _, form in automaton.iter(text)}
