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
from indexer.withheld.finding import Finder, Span, letters_of
from indexer.withheld.listing import VARIABLE, Listed, read_list

__all__ = ["MARK", "NOBODY", "Withheld", "load_withheld", "marked"]

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
        return marked(text, self.finder.spans(text)) if self else text

    def tells(self, text: str) -> bool:
        """Say whether a text, or a path such as a.b.c of ids, tells of somebody withheld."""
        return bool(self.finder.spans(text)) or not self.gone.isdisjoint(text.split("."))

    def digest(self, text: str) -> str:
        """Return 64 hexadecimal digits that stand for a text and that nobody without the key can guess it from."""
        return hmac.new(self.key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

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
        if isinstance(value, Mapping):
            return {key: self._clean(own) for key, own in value.items()}
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
    # It brings the words of both languages with it, which only a list needs: most starts have none.
    from indexer.withheld.spellings import forms

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


def marked(text: str, spans: Sequence[Span]) -> str:
    """Return a text with ``MARK`` in place of spans that are in order and do not overlap."""
    if not spans:
        return text
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return MARK.join(text[end:start] for end, start in zip(ends, starts, strict=True))
