"""The value that the finders hand to ``resolve``: one place where a person or an organisation is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from indexer.authority import AuthorityRecord

Field = Literal["title", "text"]
NamedKind = Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class Naming:
    """One naming of somebody by name.

    ``start`` and ``end`` are offsets of the original field, ``written`` is that stretch, ``name`` the name without
    line breaks and the like.  ``han`` tells the script of the name.  ``records`` are the records of the authority
    files that the name may mean: none for an unlisted name, several for homonyms.  ``short`` marks a surname, a
    single name, or an acronym, which leads to a full name if the document has one.
    """

    kind: NamedKind
    field: Field
    start: int
    end: int
    written: str
    name: str
    rule: str
    han: bool = False
    short: bool = False
    records: tuple[AuthorityRecord, ...] = ()


def after_article(naming: Naming) -> int:
    """Return where a name begins without its article: The Independent."""
    return naming.start + (4 if naming.written[:4].lower() == "the " else 0)
