"""A file to its documents and records, without any index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from indexer import readers
from indexer.authority import Authority
from indexer.corrections import corrected_document, corrected_record
from indexer.errors import UnreadableError
from indexer.extract.document import extract
from indexer.language import detect
from indexer.model import Document, Page, Record
from indexer.pipeline.births import without_strangers
from indexer.pipeline.identity import document_id
from indexer.pipeline.rules import Rules
from indexer.split import split
from indexer.withheld import NOBODY, Withheld
from indexer.withheld.document import shown_document

#: As many as of any other id: indexer.pipeline.identity.
_ID_DIGITS = 10


def records_of(path: Path, root: Path, rules: Rules, report: Callable[[UnreadableError], None]) -> Iterator[Record]:
    """Yield the records of one file without touching any index."""
    for document in documents_of(path, root, report, rules.withheld):
        yield make_record(rules.corrections.attached(document), rules.authority)


def documents_of(
    path: Path, root: Path, report: Callable[[UnreadableError], None], withheld: Withheld = NOBODY
) -> Iterator[Document]:
    """Yield the documents of one file, each with its id; what cannot be read is reported, the rest goes on.

    Nothing that comes out of here holds a name of ``withheld``.
    """
    for page in readers.read(path, root, withheld.reporting(report)):
        for document in split(page):
            whole = replace(document, id=_stated_id(page, document))
            try:
                shown = shown_document(whole, withheld)
            except Exception as error:  # it is left out rather than shown with a name, and the rest goes on
                report(withheld.error(UnreadableError(page.path, f"part {document.part}: {type(error).__name__}")))
                continue
            yield replace(shown, id=_id_of(whole, shown, withheld))


def _id_of(whole: Document, shown: Document, withheld: Withheld) -> str:
    """Return the id of a document; where it came from a withheld name, a keyed digest stands in its place."""
    id = document_id(whole)
    return id if document_id(shown) == id else f"withheld-{withheld.digest(id)[:_ID_DIGITS]}"


def _stated_id(page: Page, document: Document) -> str:
    """Return the id that the file itself gives a document; a page of many posts gives none."""
    return document.id or (str(page.meta.get("id") or "") if page.form == "article" else "")


def make_record(document: Document, authority: Authority, first_indexed: str = "", changed: str = "") -> Record:
    """Detect the languages of a document, extract what it says, and carry out its corrections."""
    document, done = corrected_document(document)
    languages = detect(document.title, document.text)
    found = extract(document, languages.passages, authority)
    record = Record(
        document=document,
        language=languages.language,
        script=languages.script,
        passages=languages.passages,
        sentences=found.sentences,
        entities=found.entities,
        dates=found.dates,
        cases=found.cases,
        publisher=found.publisher,
        first_indexed=first_indexed,
        changed=changed,
    )
    return corrected_record(without_strangers(record, authority), done, authority)
