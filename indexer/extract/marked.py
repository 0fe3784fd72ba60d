"""A document's text with its entities marked, for a person to read on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from indexer.model import Document, Entity, Mention

if TYPE_CHECKING:
    from indexer.extract.document import Extraction


def marked(document: Document, extraction: Extraction) -> str:
    """Return title and text with every mention as ``[Cao Shunli | person cao-shunli | authority name]``.

    Where mentions lie inside each other (a place in the name of a court) the longest is marked.
    """
    title = _marked(document.title, _in_field(extraction.entities, "title"))
    text = _marked(document.text, _in_field(extraction.entities, "text"))
    return f"{title}\n\n{text}"


def _in_field(entities: Iterable[Entity], field: str) -> list[tuple[Mention, Entity]]:
    found = [(m, entity) for entity in entities for m in entity.mentions if m.field == field]
    return sorted(found, key=lambda pair: (pair[0].start, -pair[0].end))


def _marked(text: str, mentions: Iterable[tuple[Mention, Entity]]) -> str:
    pieces, position = [], 0
    for mention, entity in mentions:
        if mention.start < position:
            continue
        pieces.append(text[position : mention.start])
        pieces.append(f"[{mention.text} | {entity.kind} {entity.id} | {mention.rule}]")
        position = mention.end
    return "".join((*pieces, text[position:]))
