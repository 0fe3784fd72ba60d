"""Other words for one thing: each region's, and the other language's, searched too, said, and taken back one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search_app.query.equivalents import TRANSLATION, WORD, equivalents
from search_app.request import Parameters
from search_app.service import Results, Service

from .collection import build

DOCUMENTS = {
    "en": ("A bakery", "2020-01-01", "The baker was sentenced in May and is under residential surveillance."),
    "en-trials": (
        "Trials",
        "2020-01-02",
        "Two trials of bakers were held. The surveillance of homes is not residential.",
    ),
    "zh": ("面包师", "2020-01-03", "五月，面包师被判刑，现被监视居住。"),
    "hk": ("麵包師", "2020-01-04", "麵包師五月被判監。"),
    "other": ("渔民", "2020-01-05", "渔民等待下雨。"),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = Service.open(build(tmp_path_factory.mktemp("words"), DOCUMENTS))
    yield service
    service.close()


def ask(service: Service, q: str, **parameters: object) -> Results:
    return service.search(Parameters(q=q, **parameters))  # type: ignore[arg-type]


def found(results: Results) -> set[str]:
    return {hit.record["id"] for hit in results.hits}


@pytest.mark.parametrize(
    ("q", "ids", "also"),
    [
        ("判刑", {"zh", "hk", "en"}, {"判监", "sentenced"}),
        ("判監", {"zh", "hk", "en"}, {"判刑", "sentenced"}),
        ("sentencing", {"zh", "hk", "en"}, {"判刑", "判监"}),
        ("residential surveillance", {"zh", "en", "en-trials"}, {"监视居住"}),
        ("監視居住", {"zh", "en", "en-trials"}, {"residential surveillance"}),
        ("trial", {"en-trials"}, set()),
        ("“sentenced”", {"en"}, set()),
        ("sentenc*", {"en"}, set()),
    ],
)
def test_the_words_of_the_other_language_are_searched_and_said(
    service: Service, q: str, ids: set[str], also: set[str]
) -> None:
    results = ask(service, q)
    assert found(results) == ids
    assert {expansion.named.id for expansion in results.expansions} == also


def test_each_is_taken_back_alone_and_all_together(service: Service) -> None:
    assert found(ask(service, "判刑", without_expansions=frozenset({"sentenced"}))) == {"zh", "hk"}
    assert found(ask(service, "判刑", without_expansions=frozenset({"sentenced", "判监"}))) == {"zh"}
    assert found(ask(service, "判刑", expand=False)) == {"zh"}
    assert found(ask(service, "五月 -sentenced")) == {"zh", "hk"}


def test_a_hit_says_under_which_other_word_it_was_found(service: Service) -> None:
    why = {hit.record["id"]: [remark.sentence for remark in hit.why] for hit in ask(service, "判刑").hits}
    assert "as typed: 判刑" in why["zh"]
    assert "other word: 判監" in why["hk"]
    assert "other word: sentenced" in str(why["en"])


def test_the_word_that_was_typed_comes_first(service: Service) -> None:
    assert ask(service, "判刑").hits[0].record["id"] == "zh"
    assert ask(service, "判監").hits[0].record["id"] == "hk"
    assert ask(service, "sentenced").hits[0].record["id"] == "en"


def test_kinds_tell_a_region_from_a_language() -> None:
    kinds = {one.word: one.kind for one in equivalents("判刑")}
    assert kinds["判监"] == WORD
    assert kinds["sentenced"] == TRANSLATION
    assert {one.kind for one in equivalents("sentenced")} == {TRANSLATION}
    assert equivalents("渔民") == ()
