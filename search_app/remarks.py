"""What hrsearch says of a search besides its hits: a code with its values, and a sentence in English for programs.

A remark is the same in every language; ``sentence`` puts it into English, and pages translate its ``message`` through
their catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

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

#: Why a request cannot be answered, and what to write in place of its value, by code.
REFUSALS: Mapping[str, str] = {
    "not_known": N_("%(field)s=%(value)s is not known; use one of: %(allowed)s"),
    "not_known_or_none": N_("%(field)s=%(value)s is not known; use %(field)s=%(allowed)s, or leave it out"),
    "not_a_year": N_("year=%(value)s is no year; use 2020, 2015..2020, 2018.., ..2016 or none"),
    "not_a_date": N_("date=%(value)s is no date; use 2019, 2015..2020, 2018-05.. or ..2016-12-31"),
    "not_a_number": N_("%(field)s=%(value)s must be a whole number from %(low)s to %(high)s"),
    "not_our_cursor": N_("cursor is not one that this service gave; begin again without it"),
    "page_too_far": N_("page=%(page)s: only the first %(limit)s hits can be opened; narrow the search or export it"),
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


class Remark(NamedTuple):
    """A code of ``SENTENCES``, ``REFUSALS`` or ``REASONS`` with the values that its text needs.

    A tuple, since a page of hits has thirty, and these are made in half the time.
    """

    code: str
    values: tuple[tuple[str, str | int], ...] = ()

    @property
    def message(self) -> str:
        """The text of the code, as catalogues have it."""
        return SENTENCES.get(self.code) or REFUSALS.get(self.code) or REASONS[self.code]

    @property
    def sentence(self) -> str:
        """The remark in English."""
        return self.message % dict(self.values)

    def as_json(self) -> dict[str, Any]:
        """Return code and values for programs."""
        return {"code": self.code, "values": dict(self.values)}


def remark(code: str, **values: str | int) -> Remark:
    """Return a remark; ``values`` are those that the text of the code names."""
    return Remark(code, tuple(values.items()))
