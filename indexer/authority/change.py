"""What has changed between two states of the authority files, and which texts can it concern?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from indexer.authority import Authority, AuthorityRecord, forms, traits
from indexer.authority.consulted import Question
from indexer.model import Kind


@dataclass(frozen=True, slots=True)
class Change:
    """One record that came, went, or says something else.

    It concerns the documents whose folded text has one of ``forms``, old or new, and those that asked one of
    ``questions`` (``indexer.authority.consulted``), among them its id.
    """

    kind: Kind
    id: str
    what: Literal["added", "changed", "removed"]
    forms: frozenset[str]
    questions: frozenset[Question]


def changes(old: Authority, new: Authority) -> list[Change]:
    """Return what must be done to the records of ``old`` to have those of ``new``, by kind and id."""
    before = {(record.kind, record.id): record for record in old}
    after = {(record.kind, record.id): record for record in new}
    found = []
    for key in sorted({**before, **after}):
        one, other = before.get(key), after.get(key)
        if one is None and other is not None:
            found.append(_change("added", other))
        elif one is not None and other is None:
            found.append(_change("removed", one))
        elif one is not None and other is not None and one.content != other.content:
            found.append(_change("changed", one, other))
    return found


def _change(what: Literal["added", "changed", "removed"], *records: AuthorityRecord) -> Change:
    kind, id = records[0].kind, records[0].id
    keys = frozenset(key for record in records for _, _, keys in forms(record) for key in keys)
    questions = {Question(kind, f"id {id}"), *(Question(kind, f"name {key}") for key in keys)}
    questions |= {Question(kind, f"{key} {value}") for record in records for key, value in traits(record)}
    return Change(kind, id, what, keys, frozenset(questions))
