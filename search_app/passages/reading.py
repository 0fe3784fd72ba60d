"""A document as it is read: numbered paragraphs, marked hits, named entities.

In: a record as plain JSON (contract.md, "Record") and the spans of the hits.  Out: paragraphs of pieces that a
template can write down.  All offsets count code points of the record's text; ends are exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from indexer.model import PLURAL

_LINE = re.compile(r"[^\n]*\S[^\n]*")

Span = tuple[int, int]

#: A start, an end, and what lies between them.
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph that is set alike.

    ``kind`` and ``entity`` name who stands here, or are None; ``mark`` is the number of the hit, from 1, or
    None; ``begins`` says that the hit begins here; ``language`` is set where it is not the paragraph's.
    """

    text: str
    kind: str | None
    entity: str | None
    mark: int | None
    begins: bool
    language: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its number from 1, place, language and pieces, and the numbers of the hits in it."""

    number: int
    start: int
    end: int
    language: str | None
    pieces: tuple[Piece, ...]
    hits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An entity of a document with the numbers of the paragraphs that name it, in order."""

    kind: str
    id: str
    name: str
    names: Mapping[str, Any]
    mentions: int
    paragraphs: tuple[int, ...]


def paragraph_spans(text: str) -> list[Span]:
    """Return the paragraphs of a text: its lines that are not blank, without the line ends."""
    return [match.span() for match in _LINE.finditer(text)]


def paragraph_of(spans: Sequence[Span], offset: int) -> int:
    """Return the number, from 1, of the paragraph in which ``offset`` lies, or of the one before it."""
    return max(1, bisect_right(spans, offset, key=lambda span: span[0]))


def read_document(record: Mapping[str, Any], hits: Iterable[Span] = ()) -> list[Paragraph]:
    """Return the paragraphs of a record with its entities and ``hits`` marked."""
    text = record["text"]
    spans = paragraph_spans(text)
    marks = [(start, end, number) for number, (start, end) in enumerate(sorted(set(hits)), 1)]
    tongues = [(p["start"], p["end"], _tag(p["language"], p["script"])) for p in record.get("passages", ())]
    layers = zip(_shared_out(marks, spans), _shared_out(_mentions(record), spans), _shared_out(tongues, spans),
                 strict=True)  # fmt: skip
    return [_paragraph(number, text, span, *layer)
            for number, (span, layer) in enumerate(zip(spans, layers, strict=True), 1)]  # fmt: skip


def places(record: Mapping[str, Any]) -> dict[str, list[Place]]:
    """Return the entities of a record by kind, each with its paragraphs; kinds without an entity are absent."""
    spans = paragraph_spans(record["text"])
    found = {kind: [_place(kind, entity, spans) for entity in record.get(key, ())] for kind, key in PLURAL.items()}
    return {kind: entities for kind, entities in found.items() if entities}


def place_of(record: Mapping[str, Any], kind: str, id: str) -> Place | None:
    """Return one entity of a record with its paragraphs, or None where the record does not name it."""
    found = next((entity for entity in record[PLURAL[kind]] if entity["id"] == id), None)
    return None if found is None else _place(kind, found, paragraph_spans(record["text"]))


def _place(kind: str, entity: Mapping[str, Any], spans: Sequence[Span]) -> Place:
    numbers = {paragraph_of(spans, m["start"]) for m in entity["mentions"] if m["field"] == "text"}
    mentions = len(entity["mentions"])
    return Place(kind, entity["id"], entity["name"], entity["names"], mentions, tuple(sorted(numbers)))


def language_tag(record: Mapping[str, Any]) -> str | None:
    """Return the language of a whole record as BCP 47 writes it; None where it is mixed or not known."""
    return _tag(record.get("language"), record.get("script"))


def _tag(language: str | None, script: str | None) -> str | None:
    if language == "zh":
        return f"zh-{script}" if script in ("Hans", "Hant") else "zh"
    return "en" if language == "en" else None


def _mentions(record: Mapping[str, Any]) -> Iterable[Row]:
    for kind, key in PLURAL.items():
        for entity in record.get(key, ()):
            for mention in entity["mentions"]:
                if mention["field"] == "text":
                    yield mention["start"], mention["end"], kind, entity["id"]


def _shared_out(rows: Iterable[Row], spans: Sequence[Span]) -> list[list[Row]]:
    """Return for each span the rows that reach into it; one pass over both."""
    waiting = sorted(rows, key=lambda row: (row[0], row[1]))
    shares: list[list[Row]] = []
    first = 0
    for start, end in spans:
        while first < len(waiting) and waiting[first][1] <= start:
            first += 1
        share = []
        for row in islice(waiting, first, None):
            if row[0] >= end:
                break
            if row[1] > start:
                share.append(row)
        shares.append(share)
    return shares


def _paragraph(number: int, text: str, span: Span, marks: list[Row], named: list[Row], tongues: list[Row]) -> Paragraph:
    start, end = span
    language = _main_language(tongues, span)
    edges = {edge for row in (*marks, *named, *tongues) for edge in row[:2] if start < edge < end}
    cuts = sorted({start, end, *edges})
    pieces = []
    for left, right in pairwise(cuts):
        mark = _covering(marks, left)
        entity = _covering(named, left)
        tongue = _covering(tongues, left)
        pieces.append(
            Piece(
                text=text[left:right],
                kind=entity[2] if entity else None,
                entity=entity[3] if entity else None,
                mark=mark[2] if mark else None,
                begins=mark is not None and left == mark[0],
                language=tongue[2] if tongue and tongue[2] != language else None,
            )
        )
    return Paragraph(number, start, end, language, tuple(pieces), tuple(mark[2] for mark in marks if mark[0] >= start))


def _covering(rows: list[Row], offset: int) -> Row | None:
    """Return the longest row that covers ``offset``, or None."""
    covering = [row for row in rows if row[0] <= offset < row[1]]
    return max(covering, key=lambda row: row[1] - row[0], default=None)


def _main_language(tongues: list[Row], span: Span) -> str | None:
    weights: dict[str | None, int] = {}
    for start, end, tag in tongues:
        weights[tag] = weights.get(tag, 0) + min(end, span[1]) - max(start, span[0])
    return max(weights, key=lambda tag: weights[tag], default=None)
