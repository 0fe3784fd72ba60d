"""Carries corrections out: on a document before it is read, and on what was read in it.

What was there before stays beside each correction (``was``), so that a corrected record can be taken back to what the
source says.  A correction that finds nothing to correct changes nothing and says why (``problem``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from indexer.authority import Authority
from indexer.corrections.fields import DOCUMENT_FIELDS, KIND_OF, NONE, PENALTY_KEYS, Field, parsed
from indexer.model import KINDS, Case, Correction, Document, Entity, Kind, Record, Sentence, Stretch

Corrected = TypeVar("Corrected", Document, Case, Sentence)


def corrected_document(document: Document) -> tuple[Document, tuple[Correction, ...]]:
    """Return a document with what it states of itself corrected, and those corrections with what was there before."""
    done = []
    for correction in document.corrections:
        if correction.field in DOCUMENT_FIELDS:
            done.append(replace(correction, was=getattr(document, correction.field)))
            document = _with(document, correction.field, None if correction.value == NONE else correction.value)
    return document, tuple(done)


def original_document(document: Document, done: Iterable[Correction]) -> Document:
    """Return the document as its source has it, with its corrections still to be carried out."""
    done = tuple(done)
    for correction in reversed(done):
        if correction.field in DOCUMENT_FIELDS:
            document = _with(document, correction.field, correction.was)
    return replace(document, corrections=tuple(replace(c, was=None, problem=None) for c in done))


def _with(value: Corrected, key: str, new: Any) -> Corrected:
    """Return a value with one field changed."""
    changes: dict[str, Any] = {key: new}
    return replace(value, **changes)


def corrected_record(record: Record, done: tuple[Correction, ...], authority: Authority) -> Record:
    """Return a record with its entities and cases corrected.  ``done`` are the corrections of its document."""
    if not record.document.corrections:
        return record
    work = _Work(record, authority)
    asked = [(c, parsed(c.field)) for c in record.document.corrections if c.field not in DOCUMENT_FIELDS]
    # Whom the document means is settled first: cases are told by their persons.
    asked.sort(key=lambda pair: pair[1].name == "cases")
    carried = tuple(_carried(work, correction, field) for correction, field in asked)
    return replace(record, entities=work.entities(), cases=work.cases(), corrections=(*done, *carried))


def _carried(work: _Work, correction: Correction, field: Field) -> Correction:
    try:
        return replace(correction, was=work.carry_out(field, correction.value))
    except _Misfit as misfit:
        return replace(correction, problem=str(misfit))


class _Misfit(Exception):
    """A correction does not fit the record; the message says why and what to do."""


class _Work:
    """The entities and cases of one record while they are corrected."""

    def __init__(self, record: Record, authority: Authority) -> None:
        self._text = record.document.text
        self._as_of = record.document.date
        self._authority = authority
        self._entities = {(entity.kind, entity.id): entity for entity in record.entities}
        self._cases = list(record.cases)
        #: What a case became for one of its persons; None where it was taken away.
        self._own: dict[tuple[int, str], Case | None] = {}
        self._added: list[Case] = []

    def carry_out(self, field: Field, value: Any) -> Any:
        """Carry one correction out and return what was there before.  Raises: _Misfit."""
        if field.name in KIND_OF:
            return self._entity(KIND_OF[field.name], field.id, value)
        if field.status is None:
            return self._new_case(field.id, value)
        return self._case(field, value)

    def entities(self) -> tuple[Entity, ...]:
        """Return the corrected entities, by kind as before."""
        return tuple(sorted(self._entities.values(), key=lambda entity: KINDS.index(entity.kind)))

    def cases(self) -> tuple[Case, ...]:
        """Return the corrected cases in the order of the text, those of one person alone after those of the others."""
        found: list[Case] = []
        for index, case in enumerate(self._cases):
            others = tuple(person for person in case.persons if (index, person) not in self._own)
            if others:
                found.append(replace(case, persons=others))
            found.extend(own for person in case.persons if (own := self._own.get((index, person))) is not None)
        return tuple(sorted((*found, *self._added), key=lambda case: case.evidence[0].start if case.evidence else 0))

    # -- entities

    def _entity(self, kind: Kind, id: str, value: str) -> str:
        """Take an entity for another one, or for none."""
        entity = self._entities.pop((kind, id), None)
        if entity is None:
            raise _Misfit(f"the document names no {kind} {id}; its {kind}s are {self._listed(kind)}")
        if value != NONE:
            other = self._known(kind, value)
            mentions = sorted((*entity.mentions, *other.mentions), key=lambda m: (m.field != "title", m.start))
            self._entities[kind, value] = replace(other, mentions=tuple(mentions))
        self._rename(kind, id, () if value == NONE else (value,))
        return id

    def _rename(self, kind: Kind, id: str, other: tuple[str, ...]) -> None:
        key = {"person": "persons", "charge": "charges"}.get(kind)
        if key is None:
            return
        renamed = []
        for case in self._cases:
            ids = [new for old in getattr(case, key) for new in (other if old == id else (old,))]
            if id in getattr(case, key):
                case = replace(_with(case, key, tuple(dict.fromkeys(ids))), corrected=(*case.corrected, key))
            renamed.append(case)
        self._cases = [case for case in renamed if case.persons]

    def _known(self, kind: Kind, id: str) -> Entity:
        """Return an entity of the document, else the one of the authority files, which then belongs to the document.

        Raises: _Misfit where there is neither.
        """
        if (kind, id) not in self._entities:
            record = self._authority.get(kind, id)
            if record is None:
                raise _Misfit(f"there is no {kind} {id} in the document or the authority files; correct the id")
            self._entities[kind, id] = Entity(kind, id, record.name, record.names, True, ())
        return self._entities[kind, id]

    def _listed(self, kind: Kind) -> str:
        return ", ".join(id for one, id in self._entities if one == kind) or "none"

    # -- cases

    def _case(self, field: Field, value: Any) -> Any:
        """Change one key of a case of one person, or take the case away."""
        index = self._index_of(field)
        case = self._own.get((index, field.id), replace(self._cases[index], persons=(field.id,)))
        if case is None:
            raise _Misfit("another correction takes this case away; keep one of the two")
        if field.key is None:
            self._own[index, field.id] = None
            return case.status_text
        was, changed = self._changed(case, field.key, value)
        self._own[index, field.id] = replace(changed, corrected=(*case.corrected, field.key))
        return was

    def _index_of(self, field: Field) -> int:
        here = [i for i, c in enumerate(self._cases) if field.id in c.persons and c.status == field.status]
        number = field.number or 1
        if not here or number > len(here):
            told = ", ".join(case.status for case in self._cases if field.id in case.persons) or "nothing"
            raise _Misfit(f"the document has {len(here) or 'no'} such case; of {field.id} it tells: {told}")
        if field.number is None and len(here) > 1:
            raise _Misfit(f"the document has {len(here)} such cases; add the number of one: {field.status}.1")
        return here[number - 1]

    def _changed(self, case: Case, key: str, value: Any) -> tuple[Any, Case]:
        """Return what a key of a case was, and the case with its new value."""
        if key in PENALTY_KEYS:
            sentence = case.sentence or Sentence()
            new = _with(sentence, key, None if value == NONE else value)
            return getattr(sentence, key), replace(case, sentence=new)
        if key == "charges":
            ids = () if value == NONE else tuple(value)
            for id in ids:
                self._known("charge", id)
            return list(case.charges), replace(case, charges=ids)
        return getattr(case, key), _with(case, key, None if value == NONE else value)

    def _new_case(self, person: str, table: Mapping[str, Any]) -> None:
        """Add a case that was not found; its quote has to be a part of the text."""
        start = self._text.find(table["quote"])
        if start < 0:
            raise _Misfit("the quote is no part of the document's text; copy it from there, mark by mark")
        self._known("person", person)
        quote = Stretch(start, start + len(table["quote"]), table["quote"])
        case = Case((person,), (), table["status"], as_of=self._as_of, evidence=(quote,), corrected=("case",))
        for key, value in table.items():
            if key != "quote":
                _, case = self._changed(case, key, value)
        self._added.append(case)
