"""What the document page shows, worked out from a record and the query whose hits are marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from search_app.export import citation
from search_app.ledger import Name, name_in
from search_app.links import State
from search_app.passages.reading import language_tag, paragraph_of, paragraph_spans, places, read_document
from search_app.passages.snippet import marked_html
from search_app.present import passage_language
from search_app.related import related
from search_app.request import parameters
from search_app.service import Service

#: Paragraphs from which a document is long, and links along its way at most.
LONG, STOPS = 40, 10


def document_page(service: Service, record: Mapping[str, Any], state: State) -> dict[str, Any]:
    """Return what the template shows of one record."""
    query = state.one("q")
    title_marks, text_marks = service.marks(record, parameters(state))
    paragraphs = read_document(record, [(start, end) for start, end, _ in text_marks])
    hit_paragraphs = [paragraph for paragraph in paragraphs if paragraph.hits]
    return {
        "record": record,
        "title": marked_html(record["title"], title_marks),
        "state": state.settings.set("q", query),
        "query": query,
        "tag": language_tag(record),
        "paragraphs": paragraphs,
        "hit_paragraphs": hit_paragraphs,
        "hits": sum(len(paragraph.hits) for paragraph in paragraphs),
        "stops": range(1, len(paragraphs) + 1, -(-len(paragraphs) // STOPS)) if len(paragraphs) >= LONG else (),
        "neighbours": _neighbours([paragraph.hits[0] for paragraph in hit_paragraphs]),
        "places": places(record),
        "cases": _cases(record),
        "corrections": _corrections(record),
        "dates": _dates(record),
        "related": related(service, record),
        "citation": citation.plain(record, g.lang),
        "info": service.info(),
    }


def _neighbours(firsts: list[int]) -> dict[int, tuple[int | None, int | None]]:
    """Map the first hit of each paragraph to the first hits of the paragraphs before and after it."""
    before = [None, *firsts[:-1]] if firsts else []
    after = [*firsts[1:], None] if firsts else []
    return {first: (left, right) for first, left, right in zip(firsts, before, after, strict=True)}


def _dates(record: Mapping[str, Any]) -> list[tuple[str, int, str, str]]:
    """Return the dates that the text tells of in the order of time: ISO date, paragraph, words, their language."""
    spans = paragraph_spans(record["text"])
    return sorted(
        (date["date"], paragraph_of(spans, date["start"]), date["text"], passage_language(record, date["start"]))
        for date in record["dates"]
    )


def _corrections(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the corrections of the record with what is right and what was read as words."""
    rows = record["corrections"]
    return [{**row, "value": _said(row["value"]), "was": row["was"] and _said(row["was"])} for row in rows]


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {_said(one)}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _cases(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the cases with the names of their people and charges; each quotation with its paragraph and language."""
    spans = paragraph_spans(record["text"])
    return [
        {
            **case,
            "people": _names(record, "persons", case["persons"]),
            "offences": _names(record, "charges", case["charges"]),
            "quotations": [
                (paragraph_of(spans, e["start"]), e["text"], passage_language(record, e["start"]))
                for e in case["evidence"]
            ],
        }
        for case in record.get("cases", ())
    ]


def _names(record: Mapping[str, Any], key: str, ids: list[str]) -> list[tuple[str, Name]]:
    entities = {entity["id"]: entity for entity in record[key]}
    return [
        (id, name_in(g.lang, entities[id]["names"], entities[id]["name"]) if id in entities else Name(id, None))
        for id in ids
    ]
