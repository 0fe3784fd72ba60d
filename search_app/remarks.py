"""What hrsearch says of a search besides its hits: a code with its values, and a sentence in English for programs.

A remark is the same in every language; ``sentence`` puts it into English, and pages translate ``SENTENCES`` through
their catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search_app.wording import N_

#: What of a query could not be used, by code.
SENTENCES: Mapping[str, str] = {
    "chars_limit": N_("only the first %(limit)s characters of the query were used"),
    "words_limit": N_("only the first %(limit)s words of the query were used"),
    "prefix_limit": N_("%(text)s* stands for more than %(limit)s words: only the commonest were searched"),
    "depth_limit": N_("brackets nested more than %(limit)s deep"),
    "bracket_not_opened": N_("a closing bracket without an opening one"),
    "bracket_not_closed": N_("an opening bracket without a closing one"),
    "operator_alone": N_("%(operator)s without a word on each side"),
    "minus_alone": N_("%(operator)s without a word after it"),
    "field_alone": N_("%(field)s without a value"),
    "no_year": N_("year:%(value)s is no year; write year:2020, year:2015..2020 or year:none"),
    "of_no_document": N_("%(field)s:%(value)s is the %(field)s of no document in this collection"),
    "names_nothing": N_("%(field)s:%(value)s names nobody and nothing in this collection"),
    "filter_names_nothing": N_("%(field)s=%(value)s names nobody and nothing in this collection"),
    "filter_names_several": N_("%(field)s=%(value)s is the name of %(number)s: choose one of them"),
}

#: Why a document was found, by code; these short forms are the English of the JSON.
REASONS: Mapping[str, str] = {
    "title": "title",
    "text": "text: %(places)s",
    "written": "as typed: %(forms)s",
    "script": "in other characters: %(forms)s",
    "form": "other form: %(forms)s",
    "word": "other word: %(forms)s",
    "entity": "%(kind)s: %(name)s",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A code of ``SENTENCES`` or ``REASONS`` with the values that its text needs."""

    code: str
    values: tuple[tuple[str, str | int], ...] = ()

    @property
    def sentence(self) -> str:
        """The remark in English."""
        return (SENTENCES.get(self.code) or REASONS[self.code]) % dict(self.values)

    def as_json(self) -> dict[str, Any]:
        """Return code and values for programs."""
        return {"code": self.code, "values": dict(self.values)}


def remark(code: str, **values: str | int) -> Remark:
    """Return a remark; ``values`` are those that the text of the code names."""
    return Remark(code, tuple(values.items()))
