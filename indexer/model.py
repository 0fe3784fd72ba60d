"""The plain values that travel through the indexer.  Imports nothing of ours.

All offsets count code points of the text they belong to; ``end`` is exclusive.
A value that is not known is None; an empty tuple means "looked, found none".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["person", "organisation", "charge", "violation", "place", "topic"]

#: The kinds of entity, in the order in which a record lists them.
KINDS: tuple[Kind, ...] = ("person", "organisation", "charge", "violation", "place", "topic")

#: The plural of each kind: its key in a record and the name of its authority file.
PLURAL: Mapping[str, str] = {
    "person": "persons",
    "organisation": "organisations",
    "charge": "charges",
    "violation": "violations",
    "place": "places",
    "topic": "topics",
}

#: The languages in which an entity's names are kept; "other" holds every further spelling.
NAME_LANGUAGES: tuple[str, ...] = ("en", "zh-Hans", "zh-Hant", "other")

#: What a case can have come to, in the order in which one leads to the next.
STATUSES: tuple[str, ...] = (
    "disappeared",
    "summoned",
    "administratively_detained",
    "criminally_detained",
    "residential_surveillance",
    "arrested",
    "bailed",
    "charged",
    "tried",
    "convicted",
    "sentenced",
    "acquitted",
    "released",
    "died_in_custody",
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader made of one file, or of one row of a file with many rows.

    ``text`` is what a person would see, line by line, in NFC, with ``\\n`` line ends.
    ``form`` says how it is to be split: "dump" is the text of a saved web page, which may hold several
    documents and navigation; "article" is one document whose text is already clean.
    ``meta`` holds what the file itself states: id, title, date, url, sources, publisher, authors,
    language, kind, digest_of ... each as a str, or a tuple of str for sources and authors.
    """

    path: str
    sha256: str
    text: str
    form: Literal["dump", "article"] = "article"
    meta: Mapping[str, Any] = field(default_factory=dict)
    part: int = 1


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says is wrong in one document, and what would be right.

    ``field`` and ``value`` are those of indexer.corrections.fields, ``value`` and ``was`` plain JSON values.
    ``source`` says who knows, ``by`` who entered it, ``date`` when.  Once it was carried out, ``was`` is what stood
    there before; where it could not be, ``problem`` says why.
    """

    field: str
    value: Any
    source: str
    by: str
    date: str
    was: Any = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document: a post, a statement, a report, a row.

    ``id`` is "" until the pipeline names it.  ``text`` is NFC and holds what is searched and shown; the title
    is not repeated in it.  ``date`` is an ISO date of publication as precise as known ("2018-11-01",
    "2018-11", "2018") or None, ``date_rule`` the name of the rule that found it.  ``quiet`` are the spans of
    ``text`` (see-also lines, addresses) that are searchable but name nobody.
    ``publisher`` is the name that the page states, or None.  ``corrections`` are still to be carried out.
    """

    path: str
    sha256: str
    part: int
    title: str
    text: str
    date: str | None = None
    date_rule: str | None = None
    url: str | None = None
    sources: tuple[str, ...] = ()
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    kind: str = "source"
    digest_of: str | None = None
    id: str = ""
    quiet: tuple[tuple[int, int], ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text in one language: "en", "zh" or "other"; script "Hans", "Hant", "Latn" or None."""

    start: int
    end: int
    language: str
    script: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named.  ``text`` is the original; ``rule`` names what found it."""

    field: Literal["title", "text"]
    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that a document names.

    ``name`` is the full canonical name, never a bare surname.  ``names`` maps "en", "zh-Hans", "zh-Hant" and
    "other" to the names in that language, the canonical one first; a language without a name is absent.
    ``known`` says whether the entity stands in the authority files.
    """

    kind: Kind
    id: str
    name: str
    names: Mapping[str, tuple[str, ...]]
    known: bool
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date that the text tells of.  ``date`` is ISO, ``precision`` "day", "month" or "year".

    ``reason`` names what the date rests on where the text does not state all of it: see indexer.extract.dates.
    """

    start: int
    end: int
    text: str
    date: str
    precision: Literal["day", "month", "year"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A quoted part of a document's text: ``text == document.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A penalty as the text states it, in months; ``text`` is the source's own wording."""

    months: int | None = None
    life: bool = False
    death: bool = False
    suspended_months: int | None = None
    political_rights_months: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What a document says happened to a person before the law.  Only a case says who was charged.

    ``status`` is one of contract.md's words, ``status_text`` the source's own.  ``basis`` tells whether charge
    and person stand in one sentence ("stated") or were followed across sentences ("coreference");
    ``modality`` whether the document states, reports ("reportedly") or attributes ("officials said") it.
    ``corrected`` names the keys that do not say what was read but what a correction says; ("case",) where the whole
    case was added by one.
    """

    persons: tuple[str, ...]
    charges: tuple[str, ...]
    status: str
    status_text: str = ""
    sentence: Sentence | None = None
    date: str | None = None
    authority: str | None = None
    jurisdiction: str | None = None
    basis: Literal["stated", "coreference"] = "stated"
    modality: Literal["stated", "reported", "claimed"] = "stated"
    as_of: str | None = None
    evidence: tuple[Stretch, ...] = ()
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One document as the indexer understands it: what is stored, indexed and shown.

    ``sentences`` are the spans of those of the text, in order.  ``entities`` is ordered by kind, then by first mention.
    ``first_indexed`` and ``changed`` are UTC times in ISO form, set by the pipeline.  ``corrections`` are those of the
    document, as they were carried out.
    """

    document: Document
    language: str
    script: str | None
    passages: tuple[Passage, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    entities: tuple[Entity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    cases: tuple[Case, ...] = ()
    publisher: Entity | None = None
    first_indexed: str = ""
    changed: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of publication, or None for an undated document."""
        return int(self.document.date[:4]) if self.document.date else None


@dataclass(frozen=True, slots=True)
class Token:
    """One token: the term to look up, its place in the original text, and its ordinal position."""

    text: str
    start: int
    end: int
    position: int
