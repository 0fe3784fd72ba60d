"""Names of the authority files are found in a text: whole, longest first, with their capitals, in either script."""

import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.authority import Authority, AuthorityRecord, Match
from indexer.authority.records import record_of
from indexer.fold import fold
from indexer.model import Kind


def charge(id: str, en: list[str], zh: list[str] | None = None, **keys: Any) -> AuthorityRecord:
    return record_of("charge", {"id": id, "names": {"en": en, "zh-Hans": zh or []}, **keys})


def named(kind: Kind, id: str, *names: str, **keys: Any) -> AuthorityRecord:
    return record_of(kind, {"id": id, "names": {"en": list(names)}, **keys})


SUBVERSION = charge(
    "subversion-of-state-power",
    ["subversion of state power", "subversion"],
    ["颠覆国家政权罪"],
    in_charge_context=["subversion"],
)
INCITING = charge(
    "inciting-subversion-of-state-power",
    ["inciting subversion of state power", "inciting subversion"],
    ["煽动颠覆国家政权罪"],
    bare=True,
)
SECRETS = charge(
    "illegally-providing-state-secrets-abroad",
    ["illegally providing state secrets abroad"],
    ["为境外窃取、刺探、收买、非法提供国家秘密、情报罪"],
    selective="为境外{窃取|刺探|收买|非法提供}{国家秘密|情报}罪",
    bare=True,
)
WATCH = named("organisation", "human-rights-watch", "Human Rights Watch", acronyms=["HRW"], weak=["Watch"])
PROTECT = named("organisation", "committee-to-protect-journalists", "Committee to Protect Journalists")
HOPE = named("organisation", "hope", "Hope")
MAY = named("person", "may-lin", "May Lin")
BAN = named("violation", "travel-ban", "travel ban", "forced labour")
AUTHORITY = Authority([SUBVERSION, INCITING, SECRETS, WATCH, PROTECT, HOPE, MAY, BAN])


def find(text: str, authority: Authority = AUTHORITY) -> list[tuple[str, str]]:
    """Return what was found: the stretch of the text, and the ids that it may name."""
    folded = fold(text)
    return [
        (text[slice(*folded.original(match.start, match.end))], "/".join(record.id for record in match.candidates))
        for match in authority.find(folded, text)
    ]


def test_longest_name_wins() -> None:
    assert find("He was tried for inciting subversion of state power.") == [
        ("inciting subversion of state power", "inciting-subversion-of-state-power")
    ]


@pytest.mark.parametrize("text", ["煽动颠覆国家政权罪", "煽動顛覆國家政權罪", "煽動顛覆國家政權", "煽动颠覆国家政权"])
def test_scripts_and_bare_forms_are_one(text: str) -> None:
    assert find(f"他被控{text}。") == [(text, "inciting-subversion-of-state-power")]


@pytest.mark.parametrize("part", ["为境外非法提供国家秘密罪", "為境外非法提供國家秘密罪", "为境外刺探、非法提供情报"])
def test_selective_names_are_met_in_parts(part: str) -> None:
    assert find(f"檢方指她{part}，不公開審理。") == [(part, "illegally-providing-state-secrets-abroad")]


def test_forms_that_need_a_charge_are_told_apart() -> None:
    assert set(SUBVERSION.attributes["in_charge_context"]) == {"subversion", "颠覆国家政权"}
    assert INCITING.attributes["in_charge_context"] == ()


def test_proper_names_keep_their_capitals() -> None:
    assert find("There is hope that in may lin comes.") == []
    assert find("Hope called May Lin.") == [("Hope", "hope"), ("May Lin", "may-lin")]
    assert find("HUMAN RIGHTS WATCH") == [("HUMAN RIGHTS WATCH", "human-rights-watch")]
    assert find("a committee to protect journalists") == []
    assert find("The Committee to Protect Journalists") == [
        ("Committee to Protect Journalists", "committee-to-protect-journalists")
    ]


def test_acronyms_are_written_as_listed() -> None:
    assert find("HRW said so; hrw.org did not.") == [("HRW", "human-rights-watch")]


def test_queries_need_no_capitals() -> None:
    text = "human rights watch may lin"
    ids = [match.candidates[0].id for match in AUTHORITY.find(fold(text), text, any_case=True)]
    assert ids == ["human-rights-watch", "may-lin"]


def test_word_boundaries() -> None:
    assert find("HRWs and subversions") == []
    assert find("在HRW工作") == [("HRW", "human-rights-watch")]


def test_common_nouns_have_plurals_and_regional_spellings() -> None:
    assert find("Travel bans and forced labor go on.") == [
        ("Travel bans", "travel-ban"),
        ("forced labor", "travel-ban"),
    ]


def test_weak_forms_of_concepts_need_another_form() -> None:
    crackdown = named("topic", "709-crackdown", "709 crackdown", weak=["709"])
    authority = Authority([crackdown, WATCH])
    assert find("See page 709.", authority) == []
    assert find("The 709 crackdown began; 709 is a date.", authority) == [
        ("709 crackdown", "709-crackdown"),
        ("709", "709-crackdown"),
    ]
    assert [m.form for m in authority.find(fold("709"), "709", any_case=True)] == ["weak"]
    assert find("Watch said so.", authority) == [("Watch", "human-rights-watch")]


def test_exact_case() -> None:
    nineteen = record_of("organisation", {"id": "article-19", "names": {"en": ["ARTICLE 19"]}, "exact_case": True})
    assert find("Article 19 of the law; ARTICLE 19 said so.", Authority([nineteen])) == [("ARTICLE 19", "article-19")]


def test_a_name_may_run_over_a_line_end() -> None:
    assert find("inciting\nsubversion") == [("inciting\nsubversion", "inciting-subversion-of-state-power")]


def test_shared_names_have_several_candidates() -> None:
    here, there = charge("sedition-hk", ["sedition"]), charge("sedition", ["sedition"])
    for records in ([here, there], [there, here]):
        assert find("on a count of sedition", Authority(records)) == [("sedition", "sedition/sedition-hk")]


def test_named_is_exact() -> None:
    assert [record.id for record in AUTHORITY.named("Inciting  Subversion")] == ["inciting-subversion-of-state-power"]
    assert AUTHORITY.named("inciting") == []


def test_version_follows_the_records() -> None:
    assert Authority([BAN]).version == Authority([BAN]).version
    assert Authority([BAN]).version != Authority([HOPE]).version


@given(st.text(alphabet="煽动顛颠覆国家政权罪 subverionHRWacbl…\n·", max_size=80))
def test_matches_lie_apart_and_in_order(text: str) -> None:
    folded = fold(text)
    matches: list[Match] = AUTHORITY.find(folded, text)
    assert all(0 <= match.start < match.end <= len(folded.text) for match in matches)
    assert all(one.end <= other.start for one, other in pairwise(matches))


def test_time_is_linear_in_the_names_found() -> None:
    """Overlaps were resolved pair by pair once: 8,000 names took a minute; now it is a fraction of a second."""
    text = "HRW and May Lin spoke of a travel ban. " * 8_000
    folded = fold(text)
    AUTHORITY.find(fold("warm"), "warm")
    began = time.perf_counter()
    assert len(AUTHORITY.find(folded, text)) == 24_000
    assert time.perf_counter() - began < 3
