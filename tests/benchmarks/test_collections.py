"""The collections of the bench: the same every time, and what they are said to be."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.documents import FACETS, KINDS, Collection, Question
from benchmarks.real import real
from benchmarks.synthetic import LONGEST, SHORTEST, synthetic


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return synthetic(tmp_path_factory.mktemp("collection"), 400)


def test_a_collection_is_the_same_every_time(collection: Collection, tmp_path: Path) -> None:
    again = synthetic(tmp_path, 400)
    assert again.questions() == collection.questions()
    assert list(again.documents()) == list(collection.documents())


def test_documents_have_their_lengths_and_facets(collection: Collection) -> None:
    documents = list(collection.documents())
    assert [document.id for document in documents] == [str(number) for number in range(400)]
    assert {name for document in documents for name in ("year", *document.values)} == set(FACETS)
    assert all(SHORTEST <= len(document.tokens) <= LONGEST for document in documents)
    assert all(len(set(values)) == len(values) for document in documents for values in document.values.values())
    han = sum(document.tokens[0] > "\u2e7f" for document in documents)
    assert 80 < han < 160


def test_a_stretch_of_documents_can_be_read_alone(collection: Collection) -> None:
    assert list(collection.documents(100, 103)) == list(collection.documents())[100:103]


def test_there_are_ten_questions_of_each_kind_in_both_scripts(collection: Collection) -> None:
    questions = collection.questions()
    assert {kind: sum(one.kind == kind for one in questions) for kind in KINDS} == dict.fromkeys(KINDS, 10)
    assert sum(one.terms[0] > "\u2e7f" for one in questions) == 18
    assert {one.filtered for one in questions if one.kind == "filter"} == {"year", "person"}


def test_the_words_of_a_phrase_follow_each_other_somewhere(collection: Collection) -> None:
    pairs = {pair for document in collection.documents() for pair in pairwise(document.tokens)}
    assert [one for one in collection.questions() if one.kind == "phrase" and one.terms not in pairs] == []


def test_a_filter_says_what_it_lets_through() -> None:
    assert Question("filter", ("a",), years=(2001, 2003)).chosen == frozenset(("2001", "2002", "2003"))
    assert Question("filter", ("a",), person="lin").chosen == frozenset(("lin",))
    assert Question("rare", ("a",)).chosen is None


@pytest.mark.shared
def test_real_documents_come_from_every_source_in_turn(tmp_path: Path) -> None:
    collection = real(tmp_path, 200)
    documents = list(collection.documents())
    han = sum(document.tokens[0] > "\u2e7f" for document in documents)
    assert (len(documents), 100 < han < 190) == (200, True)
    assert any(document.year < 1989 for document in documents)  # earlier than any year that is drawn
