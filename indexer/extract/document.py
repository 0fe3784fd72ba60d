"""What is said in a document?  Persons, organisations, charges, places, dates and cases, in two languages.

Data flows one way: the names of the authority files and the finders for unlisted names give namings, ``resolve`` makes
entities of them, and cases are read from the entities.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.authority import Authority, AuthorityRecord
from indexer.extract.annotated import AnnotatedText
from indexer.extract.case import find_cases
from indexer.extract.charge import concepts
from indexer.extract.dates import find_dates
from indexer.extract.ids import entity_id
from indexer.extract.names import decided, listed
from indexer.extract.naming import Naming, after_article
from indexer.extract.pairs import bracketed
from indexer.extract.resolve import Named, resolved
from indexer.extract.spans import Spans
from indexer.extract.spelling import spelling
from indexer.extract.unlisted_han import han_names
from indexer.extract.unlisted_latin import latin_names
from indexer.fold import fold_text, is_han
from indexer.model import KINDS, Case, DateMention, Document, Entity, Passage

_ADDRESS = re.compile(r"https?://[^\s\u2e80-\uffef]+|www\.[^\s\u2e80-\uffef]+|@[A-Za-z0-9_.\-]{2,}")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says.  ``entities`` are ordered by kind, then by first mention.

    ``sentences`` are the spans of those of its text.

    ``publisher`` is the organisation that published the document, with no mentions where the text does not name
    it; None where the document states no publisher.
    """

    entities: tuple[Entity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    cases: tuple[Case, ...] = ()
    publisher: Entity | None = None
    sentences: tuple[tuple[int, int], ...] = ()


def extract(document: Document, passages: tuple[Passage, ...], authority: Authority) -> Extraction:
    """Return what ``document`` names and tells.

    ``passages`` are the stretches of its text by language and script; spans in ``document.quiet`` name nobody.
    Linear in the length of the document.
    """
    title = AnnotatedText("title", document.title, authority)
    text = AnnotatedText("text", document.text, authority, _quiet(document))
    known = decided([*listed(title), *listed(text)], {"title": title.text, "text": text.text})
    named = resolved(_named((title, text), known), passages, authority)
    others = concepts(title, text, document.quiet, _language(passages))
    entities = tuple(sorted([*named, *others], key=lambda e: KINDS.index(e.kind)))
    dates = find_dates(text, document.date)
    return Extraction(
        entities=entities,
        dates=dates,
        cases=find_cases(document, text, entities, dates),
        publisher=_publisher(document.publisher, entities, authority),
        sentences=tuple(text.sentences),
    )


def _quiet(document: Document) -> tuple[tuple[int, int], ...]:
    """Return the spans of the text that name nobody: the document's own, and all addresses and handles."""
    spans = sorted([*document.quiet, *(match.span() for match in _ADDRESS.finditer(document.text))])
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _named(fields: Sequence[AnnotatedText], known: Sequence[Naming]) -> list[Named]:
    """Return the namings of every field in order, listed and unlisted, and the capitalised words that are left."""
    named: list[Named] = []
    familiar: set[str] = set()
    # The text before the title: names that stand alone in a heading are known from the text.
    for f in reversed(fields):
        own = [n for n in known if n.field == f.field]
        latin = latin_names(f, own)
        han = han_names(f, own, familiar)
        familiar.update(fold_text(n.name) for n in han if n.kind == "person")
        bodies = Spans((n.start, n.end) for n in (*latin.namings, *han) if n.kind == "organisation")
        own = [n for n in own if not bodies.hold(after_article(n), n.end)]
        ordered = sorted([*own, *latin.namings, *han], key=_place)
        namings = sorted([*ordered, *bracketed(ordered, f.text)], key=_place)
        named.insert(0, Named(f.field, f.text, namings, latin.singles))
    return named


def _place(naming: Naming) -> tuple[int, int]:
    return naming.start, naming.end


def _language(passages: Sequence[Passage]) -> str:
    languages = {p.language for p in passages}
    if len(languages) == 1:
        return languages.pop()
    return "mixed" if languages else "other"


def _publisher(name: str | None, entities: Sequence[Entity], authority: Authority) -> Entity | None:
    if name is None or not name.strip():
        return None
    records = authority.named(name, "organisation")
    if len(records) == 1:
        return _met(records[0].id, entities) or _unmentioned(records[0])
    key = spelling(name, "organisation")
    for entity in entities:
        if entity.kind == "organisation" and any(
            spelling(n, "organisation") == key for names in entity.names.values() for n in names
        ):
            return entity
    han = any(map(is_han, name))
    id = entity_id(None if han else name, name if han else None)
    return Entity("organisation", id, name, {"zh-Hans" if han else "en": (name,)}, False, ())


def _met(id: str, entities: Sequence[Entity]) -> Entity | None:
    return next((e for e in entities if e.kind == "organisation" and e.id == id), None)


def _unmentioned(record: AuthorityRecord) -> Entity:
    return Entity("organisation", record.id, record.name, record.names, True, ())
