"""Every remark of a search has a code, an English sentence and the values that translations need."""

from __future__ import annotations

import pytest

from search_app import present
from search_app.catalogues import catalogue
from search_app.query.parse import Limits, parse
from search_app.remarks import SENTENCES
from search_app.request import LANGUAGES, Parameters
from search_app.service import Service

LIMITS = Limits(chars=30, clauses=8, depth=2)

#: A query or a filter that each remark answers.
ASKED = {
    "chars_limit": ("a" * 40, {}),
    "words_limit": ("a b c d e f g h i j", {}),
    "depth_limit": ("((((a))))", {}),
    "bracket_not_opened": ("a)", {}),
    "bracket_not_closed": ("(a", {}),
    "operator_alone": ("harbour OR", {}),
    "minus_alone": ("harbour NOT", {}),
    "field_alone": ('person:""', {}),
    "no_year": ("year:soon", {}),
    "of_no_document": ("language:tlh", {}),
    "names_nothing": ("person:Nobody", {}),
    "filter_names_nothing": ("", {"person": ("Nobody",)}),
    "filter_names_several": ("", {"person": ("Wu Tong",)}),
}


@pytest.mark.parametrize("code", ASKED)
def test_what_cannot_be_used_is_said_by_code_and_in_words(service: Service, code: str) -> None:
    q, filters = ASKED[code]
    query = present.results(service.search(Parameters(q, filters)))["query"]
    said = {one["code"]: one["values"] for one in query["ignored_codes"]}
    said |= {one.code: dict(one.values) for one in parse(q, LIMITS).ignored}
    assert code in said
    for language in LANGUAGES:
        sentence = catalogue(language).gettext(SENTENCES[code]) % said[code]
        assert all(str(value) in sentence for key, value in said[code].items() if key != "field" or language == "en")


def test_every_code_is_asked_for() -> None:
    # How many words a prefix stands for depends on the setting; test_found.py asks with a small one.
    assert SENTENCES.keys() - ASKED.keys() == {"prefix_limit"}


def test_codes_and_sentences_say_the_same(service: Service) -> None:
    found = present.results(service.search(Parameters("林爱萍 (", {"person": ("Nobody", "lin-aiping")})))
    query = found["query"]
    assert query["ignored"] == [SENTENCES[one["code"]] % one["values"] for one in query["ignored_codes"]] != []
    for hit in found["hits"]:
        assert len(hit["why"]) == len(hit["why_codes"]) > 0
        assert {"code": "entity", "values": {"kind": "person", "id": "lin-aiping", "name": "Lin Aiping"}} in hit[
            "why_codes"
        ]
