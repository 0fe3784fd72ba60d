"""What is left of one document when the withheld names are taken out of it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.extract.document import extract
from indexer.fold import is_han
from indexer.language import detect
from indexer.model import Document
from indexer.withheld import MARK, Withheld, marked
from indexer.withheld.finding import Finder, Span, merged
from indexer.withheld.spellings import given_form


def shown_document(document: Document, withheld: Withheld) -> Document:
    """Return a document without the names, the very same one where it has none.

    Where the title or the text has a name in full, whatever else the extractor takes for that person goes too:
    bare surnames, surnames with a title, other names that the document ties to it; and the given name alone.
    """
    if not withheld:
        return document
    texts = {"title": document.title, "text": document.text}
    found = {name: list(withheld.finder.found(text)) for name, text in texts.items()}
    title, text = (merged(span for span, _ in found[name]) for name in texts)
    if title or text:
        given = {one for matches in found.values() for _, form in matches for one in form.given}
        more = _within(document, texts, Finder(map(given_form, given)), withheld)
        title, text = merged([*title, *more["title"]]), merged([*text, *more["text"]])
    shown = replace(
        document,
        path=withheld.mark(document.path),
        title=marked(document.title, title),
        text=marked(document.text, text),
        quiet=tuple(_moved(span, text) for span in document.quiet),
        sources=tuple(map(withheld.mark, document.sources)),
        authors=tuple(map(withheld.mark, document.authors)),
        id=withheld.mark(document.id),
        url=_marked_or_none(document.url, withheld),
        publisher=_marked_or_none(document.publisher, withheld),
        language=_marked_or_none(document.language, withheld),
        digest_of=_marked_or_none(document.digest_of, withheld),
        kind=withheld.mark(document.kind),
    )
    # The hash of a short file would tell its text to whoever guesses it.
    return document if shown == document else replace(shown, sha256=withheld.digest(document.sha256))


def _marked_or_none(value: str | None, withheld: Withheld) -> str | None:
    return None if value is None else withheld.mark(value)


def _within(document: Document, texts: Mapping[str, str], given: Finder, withheld: Withheld) -> dict[str, list[Span]]:
    """Return where title and text name a withheld person in ways that hold only within this document.

    ``given`` finds the given names of those whom it names in full; one that is part of the name of another person
    or of a place is theirs.
    """
    theirs: dict[str, list[Span]] = {"title": [], "text": []}
    others: dict[str, list[Span]] = {"title": [], "text": []}
    passages = detect(document.title, document.text).passages
    for entity in extract(document, passages, withheld.authority).entities:
        names = (name for names in entity.names.values() for name in names)
        listed = entity.kind == "person" and any(withheld.finder.spans(name) for name in names)
        for mention in entity.mentions if entity.kind in ("person", "place") else ():
            (theirs if listed else others)[mention.field].append((mention.start, mention.end))
    for name, text in texts.items():
        for start, end in given.spans(text):
            capital = text[start].isupper() or is_han(text[start])
            part = any(left <= start and end <= right and right - left > end - start for left, right in others[name])
            if capital and not part:
                theirs[name].append((start, end))
    return theirs


def _moved(span: Span, spans: Sequence[Span]) -> Span:
    """Return where a span of the text stands once ``spans`` are marked."""
    start, end = span
    return _moved_offset(start, spans, at_end=False), _moved_offset(end, spans, at_end=True)


def _moved_offset(offset: int, spans: Sequence[Span], at_end: bool) -> int:
    moved = offset
    for start, end in spans:
        if end <= offset:
            moved += len(MARK) - (end - start)
        elif start < offset:
            return moved - (offset - start) + (len(MARK) if at_end else 0)
    return moved
