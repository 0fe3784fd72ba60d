"""A record as plain JSON values, exactly as contract.md describes it: what is stored, printed and served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from indexer.corrections import original_document
from indexer.model import KINDS, PLURAL, Case, Correction, DateMention, Document, Entity, Record


def as_json(record: Record) -> dict[str, Any]:
    """Return a record as JSON values.  Keys are those of the contract and never depend on the record."""
    document = record.document
    plain: dict[str, Any] = {
        "id": document.id,
        "kind": document.kind,
        "digest_of": document.digest_of,
        "title": document.title,
        "text": document.text,
        "date": document.date,
        "date_rule": document.date_rule,
        "year": record.year,
        "language": record.language,
        "script": record.script,
        "passages": [
            {"start": passage.start, "end": passage.end, "language": passage.language, "script": passage.script}
            for passage in record.passages
        ],
        "sentences": [list(span) for span in record.sentences],
        "url": document.url,
        "sources": list(document.sources),
        "publisher": record.publisher.id if record.publisher else None,
        "publisher_name": record.publisher.name if record.publisher else document.publisher,
        "publisher_stated": document.publisher,
        "authors": list(document.authors),
        "quiet": [list(span) for span in document.quiet],
        "file": {"path": document.path, "part": document.part, "sha256": document.sha256},
        "first_indexed": record.first_indexed,
        "changed": record.changed,
    }
    for kind in KINDS:
        plain[PLURAL[kind]] = [entity_as_json(entity) for entity in record.entities if entity.kind == kind]
    plain["dates"] = [date_as_json(date) for date in record.dates]
    plain["cases"] = [case_as_json(case) for case in record.cases]
    plain["corrections"] = [asdict(correction) for correction in record.corrections]
    return plain


def date_as_json(date: DateMention) -> dict[str, Any]:
    """Return a date that the text tells of, with the rule that read it."""
    return {
        "start": date.start,
        "end": date.end,
        "text": date.text,
        "date": date.date,
        "precision": date.precision,
        "reason": date.reason,
    }


def document_from(plain: Mapping[str, Any]) -> Document:
    """Return the document that a record was made of, as its source has it; its corrections go with it."""
    document = Document(
        path=plain["file"]["path"],
        sha256=plain["file"]["sha256"],
        part=plain["file"]["part"],
        title=plain["title"],
        text=plain["text"],
        date=plain["date"],
        date_rule=plain["date_rule"],
        url=plain["url"],
        sources=tuple(plain["sources"]),
        publisher=plain["publisher_stated"],
        authors=tuple(plain["authors"]),
        kind=plain["kind"],
        digest_of=plain["digest_of"],
        id=plain["id"],
        quiet=tuple((start, end) for start, end in plain["quiet"]),
    )
    return original_document(document, (Correction(**correction) for correction in plain["corrections"]))


def entity_as_json(entity: Entity) -> dict[str, Any]:
    """Return an entity with its names by language and its mentions."""
    return {
        "id": entity.id,
        "name": entity.name,
        "names": {language: list(names) for language, names in entity.names.items()},
        "known": entity.known,
        "mentions": [
            {
                "field": mention.field,
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "rule": mention.rule,
            }
            for mention in entity.mentions
        ],
    }


def case_as_json(case: Case) -> dict[str, Any]:
    """Return a case; ``sentence`` is None where the document states no penalty."""
    penalty = case.sentence
    return {
        "persons": list(case.persons),
        "charges": list(case.charges),
        "status": case.status,
        "status_text": case.status_text,
        "sentence": penalty
        and {
            "months": penalty.months,
            "life": penalty.life,
            "death": penalty.death,
            "suspended_months": penalty.suspended_months,
            "political_rights_months": penalty.political_rights_months,
            "text": penalty.text,
        },
        "date": case.date,
        "authority": case.authority,
        "jurisdiction": case.jurisdiction,
        "basis": case.basis,
        "modality": case.modality,
        "as_of": case.as_of,
        "evidence": [{"start": part.start, "end": part.end, "text": part.text} for part in case.evidence],
        "corrected": list(case.corrected),
    }
