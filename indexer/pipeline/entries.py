"""A record to what an engine needs of it; on every core where there is enough to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from indexer import ranking
from indexer.analysis import Analyzer
from indexer.authority.consulted import Consulted, Question
from indexer.authority.keys import readings
from indexer.engines.base import READ, UNDATED, Entry, Packer, Tokens
from indexer.engines.batch import Batch
from indexer.errors import UnreadableError
from indexer.model import Document, Entity, Record, Token
from indexer.pipeline.births import Apart, birth_rows, told_apart
from indexer.pipeline.concerned import question_rows
from indexer.pipeline.documents import make_record
from indexer.pipeline.record import as_json
from indexer.pipeline.rules import Rules, load_rules
from indexer.pipeline.unite import Joins, tie_rows, unite


class Others(NamedTuple):
    """What other documents say of the people of one: ids that another takes the place of, and who is told apart."""

    joins: Joins = MappingProxyType({})
    apart: Apart = MappingProxyType({})


NO_OTHERS = Others()


def entry_of(document: Document, first_indexed: str, changed: str, rules: Rules, others: Others = NO_OTHERS) -> Entry:
    """Make of a document what an engine needs: its record, its tokens, and what it asked the authority files."""
    authority = Consulted(rules.authority)
    record = make_record(document, authority, first_indexed, changed)
    return make_entry(record, rules.analyzer, others, authority.questions())


def make_entry(record: Record, analyzer: Analyzer, others: Others = NO_OTHERS, asked: Iterable[Question] = ()) -> Entry:
    """Analyse a record into what an engine needs.

    ``asked`` is what extraction asked the authority files and its texts do not show.
    """
    record, joined = unite(record, others.joins)
    evidence = [*tie_rows(record, joined), *birth_rows(record)]
    record, apart = told_apart(record, others.apart)
    tokens: dict[str, Tokens] = {}
    lengths: dict[str, int] = {}
    for scope, text in (("title", record.document.title), ("text", record.document.text)):
        analysis = analyzer.analyze(text)
        tokens[f"{scope}.words"] = _tokens(analysis.words)
        tokens[f"{scope}.chars"] = _tokens(analysis.chars)
        lengths[f"{scope}.words"] = analysis.words_length
        lengths[f"{scope}.chars"] = analysis.chars_length
    keywords: dict[str, list[str]] = {
        "year": [UNDATED if record.year is None else str(record.year)],
        "language": [record.language],
        "kind": [record.document.kind],
        "script": sorted({passage.script for passage in record.passages if passage.script} | {record.script or "Latn"}),
        "publisher": [record.publisher.id] if record.publisher else [],
    }
    for entity in record.entities:
        keywords.setdefault(entity.kind, []).extend([entity.id] * _emphasis(entity))
    named = [(entity.kind, entity) for entity in record.entities]
    published = [("publisher", record.publisher)] if record.publisher else []
    names = [
        (kind, entity.id, language, name)
        for kind, entity in [*named, *published]
        for language, all_names in entity.names.items()
        for name in all_names
    ]
    names += [*evidence, *apart, *_reading_rows(record), *question_rows(record, asked)]
    return Entry(record.document.id, tokens, lengths, keywords, names, as_json(record))


def _reading_rows(record: Record) -> Iterator[tuple[str, str, str, str]]:
    """Yield how the Han names of persons are read: reading a name here spares it every search that starts."""
    for entity in record.entities:
        if entity.kind == "person":
            read = (reading for names in entity.names.values() for name in names for reading in readings(name))
            yield from ((entity.kind, entity.id, READ, reading) for reading in dict.fromkeys(read))


def _emphasis(entity: Entity) -> int:
    """Return how often a document names an entity, a mention in the title counting as several."""
    return max(sum(ranking.TITLE_MENTION if mention.field == "title" else 1 for mention in entity.mentions), 1)


def _tokens(tokens: Sequence[Token]) -> Tokens:
    return Tokens([token.text for token in tokens], np.array([token.position for token in tokens], np.int32))


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be made, with the times that its record carries."""

    document: Document
    first_indexed: str
    changed: str


class _Here(NamedTuple):
    rules: Rules
    pack: Packer


_here: _Here | None = None


def prepare(authority_folder: Path, packer: Packer) -> None:
    """Load what this process makes batches with; called once in each before its first batch."""
    global _here
    _here = _Here(load_rules(authority_folder), packer)


@dataclass(frozen=True, slots=True)
class Failure:
    """A document of which no entry could be made."""

    id: str
    error: UnreadableError


@dataclass(frozen=True, slots=True)
class Made:
    """What became of some documents: the entries made, packed, and why there is none of the others.

    ``corrected`` are the records that corrections were carried out on, as JSON values: their ids and what came of it.
    """

    batch: Batch
    failures: list[Failure]
    corrected: list[Mapping[str, Any]]

    @property
    def documents(self) -> int:
        """How many documents these are, those that failed too."""
        return len(self.batch.ids) + len(self.failures)


def make_batch(jobs: list[Job]) -> Made:
    """Make the entries of some documents, or say of each why there is none."""
    assert _here is not None
    made = [_make_one(job, _here.rules) for job in jobs]
    entries = [one for one in made if isinstance(one, Entry)]
    return Made(
        _here.pack(entries),
        [one for one in made if isinstance(one, Failure)],
        [{key: one.stored[key] for key in ("id", "corrections")} for one in entries if one.stored.get("corrections")],
    )


def _make_one(job: Job, rules: Rules) -> Entry | Failure:
    try:
        return entry_of(job.document, job.first_indexed, job.changed, rules)
    except Exception as error:  # one document must never stop a night's run; it is named with its reason
        reason = f"part {job.document.part}: {type(error).__name__}: {error}"
        return Failure(job.document.id, UnreadableError(job.document.path, reason))
