"""Who must not be findable?  Takes the names of a private list out of documents, paths and records of names.

The list lies outside repository and collection, in a file that its owner alone can read; ``HRSEARCH_WITHHELD`` names
it (``indexer.withheld.listing``).  Every spelling of a listed name (``spellings``, ``finding``) gives way to ``MARK``
before a document gets an id, is tokenised or stored.  Of the list itself an index keeps a keyed fingerprint alone.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from indexer.authority import Authority, AuthorityRecord
from indexer.errors import RefusedError, SettingError, UnreadableError
from indexer.extract import extract
from indexer.fold import is_han
from indexer.language import detect
from indexer.model import Document
from indexer.withheld.finding import Finder, Span, letters_of, merged
from indexer.withheld.listing import VARIABLE, Listed, read_list
from indexer.withheld.spellings import forms, given_form

__all__ = ["MARK", "NOBODY", "Withheld", "load_withheld"]

#: Stands in place of every name, whatever its length; no letter, so that it is no token.
MARK = "■■■"

#: Bumped when other spellings are found: every document is then read again.
_RULES_VERSION = 1


@dataclass(frozen=True)
class Withheld:
    """The names in force; false where there are none.

    ``file`` is the list, None where none is named.  ``fingerprint`` changes with the list and is "" for no names.
    ``authority`` holds every record of the authority files, those of withheld persons too.
    """

    file: Path | None = None
    key: bytes = b""
    fingerprint: str = ""
    finder: Finder = field(default_factory=Finder)
    authority: Authority = field(default_factory=Authority)
    gone: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.fingerprint)

    def mark(self, text: str) -> str:
        """Return a text with ``MARK`` in place of every name."""
        return _marked(text, self.finder.spans(text)) if self else text

    def tells(self, text: str) -> bool:
        """Say whether a text, or a path such as a.b.c of ids, tells of somebody withheld."""
        return bool(self.finder.spans(text)) or not self.gone.isdisjoint(text.split("."))

    def digest(self, text: str) -> str:
        """Return 64 hexadecimal digits that stand for a text and that nobody without the key can guess it from."""
        return hmac.new(self.key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def document(self, document: Document) -> Document:
        """Return a document without the names, the very same one where it has none.

        Where the title or the text has a name in full, whatever else the extractor takes for that person goes too:
        bare surnames, surnames with a title, other names that the document ties to it; and the given name alone.
        """
        if not self:
            return document
        texts = {"title": document.title, "text": document.text}
        found = {name: list(self.finder.found(text)) for name, text in texts.items()}
        title, text = (merged(span for span, _ in found[name]) for name in texts)
        if title or text:
            given = {one for matches in found.values() for _, form in matches for one in form.given}
            more = self._within(document, texts, Finder(map(given_form, given)))
            title, text = merged([*title, *more["title"]]), merged([*text, *more["text"]])
        shown = replace(
            document,
            path=self.mark(document.path),
            title=_marked(document.title, title),
            text=_marked(document.text, text),
            quiet=tuple(_moved(span, text) for span in document.quiet),
            sources=tuple(map(self.mark, document.sources)),
            authors=tuple(map(self.mark, document.authors)),
            id=self.mark(document.id),
            url=self._marked_or_none(document.url),
            publisher=self._marked_or_none(document.publisher),
            language=self._marked_or_none(document.language),
            digest_of=self._marked_or_none(document.digest_of),
            kind=self.mark(document.kind),
        )
        # The hash of a short file would tell its text to whoever guesses it.
        return document if shown == document else replace(shown, sha256=self.digest(document.sha256))

    def _marked_or_none(self, value: str | None) -> str | None:
        return None if value is None else self.mark(value)

    def _within(self, document: Document, texts: Mapping[str, str], given: Finder) -> dict[str, list[Span]]:
        """Return where title and text name a withheld person in ways that hold only within this document.

        ``given`` finds the given names of those whom it names in full; one that is part of the name of another person
        or of a place is theirs.
        """
        theirs: dict[str, list[Span]] = {"title": [], "text": []}
        others: dict[str, list[Span]] = {"title": [], "text": []}
        passages = detect(document.title, document.text).passages
        for entity in extract(document, passages, self.authority).entities:
            names = (name for names in entity.names.values() for name in names)
            withheld = entity.kind == "person" and any(self.finder.spans(name) for name in names)
            for mention in entity.mentions if entity.kind in ("person", "place") else ():
                (theirs if withheld else others)[mention.field].append((mention.start, mention.end))
        for name, text in texts.items():
            for start, end in given.spans(text):
                capital = text[start].isupper() or is_han(text[start])
                part = any(
                    left <= start and end <= right and right - left > end - start for left, right in others[name]
                )
                if capital and not part:
                    theirs[name].append((start, end))
        return theirs

    def error(self, error: UnreadableError) -> UnreadableError:
        """Return what is said of a file that cannot be read, without the names."""
        return UnreadableError(self.mark(error.path), self.mark(error.reason)) if self else error

    def reporting(self, report: Callable[[UnreadableError], None]) -> Callable[[UnreadableError], None]:
        """Return a report that hears of no name."""
        return (lambda error: report(self.error(error))) if self else report

    def known(self) -> Authority:
        """Return the authority files without the withheld persons, and without their names in other records.

        Its version is that of the files: another one would tell whose record is missing.
        """
        if not self:
            return self.authority
        kept = Authority(filter(None, map(self._without, self.authority)))
        kept.version = self.authority.version
        return kept

    def _without(self, record: AuthorityRecord) -> AuthorityRecord | None:
        if record.id in self.gone:
            return None
        if not self.gone.intersection(_strings(record)) and not any(map(self.finder.spans, _strings(record))):
            return record
        names = {language: self._kept(own) for language, own in record.names.items()}
        if self.finder.spans(record.id) or not any(names.values()):
            return None
        return replace(
            record,
            names={language: own for language, own in names.items() if own},
            distinguisher=self.mark(record.distinguisher),
            examples=tuple(one for one in record.examples if not any(map(self.finder.spans, _strings(one)))),
            attributes={key: self._clean(value) for key, value in record.attributes.items()},
            acronyms=self._kept(record.acronyms),
            weak=self._kept(record.weak),
            derived=self._kept(record.derived),
            source=self._kept(record.source),
            see=self._kept(record.see),
            not_same_as=self._kept(record.not_same_as),
        )

    def _kept(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(text for text in texts if text not in self.gone and not self.finder.spans(text))

    def _clean(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.mark(value)
        return (
            self._kept(value) if isinstance(value, list | tuple) and all(isinstance(x, str) for x in value) else value
        )

    def refuse_inside(self, folders: Sequence[Path]) -> None:
        """Raises: RefusedError where the list lies in a folder that is indexed, or that holds the index."""
        for folder in folders:
            if self.file is not None and self.file.resolve().is_relative_to(folder.resolve()):
                raise RefusedError(
                    f"the list of {VARIABLE} lies inside {self.mark(str(folder))}; keep it in a folder of its own"
                )


_LISTS = ("acronyms", "weak", "derived", "source", "see", "not_same_as")

#: No list is named.
NOBODY = Withheld()


def load_withheld(authority: Authority, environment: Mapping[str, str] = os.environ) -> Withheld:
    """Return the names that are in force.

    Raises: SettingError for a list that is not there or not readable, RefusedError for one that others can read.
    """
    named = environment.get(VARIABLE)
    if not named:
        return Withheld(authority=authority)
    file = Path(named).expanduser()
    listed = read_list(file)
    if not listed.names and not listed.ids:
        return Withheld(file, listed.key, authority=authority)
    records = _persons(listed, authority, file)
    names = dict.fromkeys([*listed.names, *(name for record in records for name in _names(record))])
    rules = "\n".join([str(_RULES_VERSION), *sorted(listed.names), *sorted(listed.ids)])
    return Withheld(
        file,
        listed.key,
        hmac.new(listed.key, rules.encode(), hashlib.sha256).hexdigest()[:16],
        Finder(form for name in names for form in forms(name)),
        authority,
        frozenset(record.id for record in records),
    )


def _persons(listed: Listed, authority: Authority, file: Path) -> list[AuthorityRecord]:
    """Return the records of listed persons: those named by id, and those that alone bear a listed name."""
    records = {}
    for id in listed.ids:
        record = authority.get("person", id)
        if record is None:
            raise SettingError(f"{file}: an id behind person: is in no authority file; correct it, or list the names")
        records[id] = record
    bearers: dict[str, list[AuthorityRecord]] = {}
    for record in authority:
        if record.kind == "person":
            for key in {letters_of(name) for name in record.all_names()}:
                bearers.setdefault(key, []).append(record)
    for name in listed.names:
        found = bearers.get(letters_of(name), [])
        if len(found) == 1:
            records[found[0].id] = found[0]
    return list(records.values())


def _names(record: AuthorityRecord) -> Iterator[str]:
    """Yield the names of a record that stand for the person alone; weak forms need a document around them."""
    yield from record.all_names()
    yield from record.derived


def _strings(value: Any) -> Iterator[str]:
    """Yield every text in a record or in a value of it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, AuthorityRecord):
        for name in ("id", "names", "distinguisher", "examples", "attributes", *_LISTS):
            yield from _strings(getattr(value, name))
    elif isinstance(value, Mapping):
        for own in value.values():
            yield from _strings(own)
    elif isinstance(value, list | tuple):
        for own in value:
            yield from _strings(own)


def _marked(text: str, spans: Sequence[Span]) -> str:
    """Return a text with ``MARK`` in place of spans that are in order and do not overlap."""
    if not spans:
        return text
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return MARK.join(text[end:start] for end, start in zip(ends, starts, strict=True))


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
