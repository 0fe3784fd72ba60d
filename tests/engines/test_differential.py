"""Random trees over random documents: every engine finds, counts and orders what a plain scan over lists does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines import ENGINES, open_engine
from indexer.engines.base import Choice, Entry, Request, Snapshot
from indexer.query import (
    And,
    AtLeast,
    Best,
    Boost,
    Everything,
    Fuzzy,
    Lift,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Scope,
    Term,
    Without,
)

from .entries import make_entry
from .naive import NaiveIndex

VOCABULARY = ["a", "b", "c", "d", "ab", "abc", "acb", "bad", "bade", "cab", "dead", "U/a", "ab/abc", "维/维权", "权"]
TERMS = [*dict.fromkeys(part for word in VOCABULARY for part in word.split("/")), "nowhere"]
PEOPLE = ["lin", "chen", "wu"]
DATES = [None, "2015", "2016-03", "2016-03-09", "2019-12-31", "2020-01-01"]
FACETS = ("year", "person", "language")


def random_entries(seed: int, count: int) -> list[Entry]:
    """Return documents of very different lengths, so that norms and ties both occur."""
    chance = random.Random(seed)

    def words(most: int) -> str:
        return " ".join(chance.choices(VOCABULARY, range(len(VOCABULARY), 0, -1), k=chance.randrange(most)))

    entries: list[Entry] = []
    for number in range(count):
        if not entries or chance.random() < 0.7:
            text, title = words(chance.choice([4, 12, 60])), words(4)
        person = chance.choices(PEOPLE, k=chance.randrange(4))
        date = chance.choice(DATES)
        entries.append(
            make_entry(f"d{number:03}", text, title, date=date, person=person, language=[chance.choice(["en", "zh"])])
        )
    return entries


@pytest.fixture(scope="module", params=ENGINES)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, NaiveIndex]:
    """The same documents in an engine, after additions, changes and deletions in several commits, and in a list."""
    folder: Path = tmp_path_factory.mktemp("differential")
    engine = open_engine(request.param, folder)
    entries = {entry.id: entry for entry in random_entries(1, 90)}
    for ids in (range(50), range(50, 75), range(75, 80), range(80, 90)):
        with engine.writer() as writer:
            for number in ids:
                writer.add(entries[f"d{number:03}"])
            writer.commit({})
    changed = {entry.id: entry for entry in random_entries(2, 90) if int(entry.id[1:]) % 7 == 0}
    gone = [f"d{number:03}" for number in range(3, 90, 11) if number % 7]
    with engine.writer() as writer:
        for entry in changed.values():
            writer.add(entry)
        for id in gone:
            writer.delete(id)
        writer.commit({})
    present = {**entries, **changed}
    for id in gone:
        del present[id]
    return engine.snapshot(), NaiveIndex(list(present.values()))


scopes: st.SearchStrategy[Scope] = st.sampled_from([None, None, None, "title", "text"])
boosts = st.sampled_from([1.0, 0.5, 0.0, 2.0])
views = st.sampled_from(["words", "chars"])
texts = st.sampled_from(TERMS)


@st.composite
def phrases(draw: st.DrawFn) -> Phrase:
    terms = draw(st.lists(texts, min_size=1, max_size=3))
    steps = draw(st.lists(st.integers(1, 2), min_size=len(terms) - 1, max_size=len(terms) - 1))
    offsets = tuple(sum(steps[:n]) for n in range(len(terms))) if draw(st.booleans()) else None
    slop = draw(st.sampled_from([0, 0, 1, 4]))
    return Phrase(draw(views), tuple(terms), slop, draw(scopes), draw(boosts), offsets)


leaves = st.one_of(
    st.builds(Term, views, texts, scopes, boosts),
    st.builds(Term, st.just("person"), st.sampled_from([*PEOPLE, "nobody"]), st.none(), boosts),
    st.builds(Term, st.just("language"), st.sampled_from(["en", "zh"])),
    phrases(),
    st.builds(Prefix, views, st.sampled_from(["a", "ab", "d", "ba", "维", "zz"]), scopes, boosts),
    st.builds(Fuzzy, views, st.sampled_from(["ab", "abc", "bed", "dad", "acbd"]), st.integers(1, 2), scopes, boosts),
    st.builds(Range, st.just("year"), st.sampled_from([None, 2015, 2017]), st.sampled_from([None, 2016, 2019])),
    st.just(Everything()),
    st.just(Nothing()),
)


def trees(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(inner, min_size=0, max_size=4).map(tuple)
    weighed = st.lists(st.tuples(inner, st.sampled_from([0.5, 1.0, 1.5])), min_size=1, max_size=5)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Best, several),
        st.builds(AtLeast, several, st.sampled_from([1.0, 2.0, 3.0])),
        st.builds(
            lambda rows, minimum: AtLeast(tuple(q for q, _ in rows), minimum, tuple(w for _, w in rows)),
            weighed,
            st.sampled_from([0.5, 1.25, 2.0, 3.5]),
        ),
        st.builds(Without, inner, inner),
        st.builds(Boost, inner, boosts),
        st.builds(Lift, inner, inner),
    )


queries = st.recursive(leaves, trees, max_leaves=10)
choices = st.builds(
    Choice,
    st.frozensets(st.sampled_from([*PEOPLE, "2016", "none", "2016..2019", "2019..", "..2015", "en"]), max_size=2),
    st.frozensets(st.sampled_from([*PEOPLE, "2015", "none", "zh"]), max_size=1),
)
requests = st.builds(
    Request,
    query=queries,
    first=st.none() | queries,
    filters=st.dictionaries(st.sampled_from(FACETS), choices, max_size=2),
    facets=st.just(FACETS),
    sort=st.sampled_from(["relevance", "relevance", "date", "-date"]),
    limit=st.just(1000),
)


@settings(max_examples=2000, suppress_health_check=list(HealthCheck))
@given(request=requests)
def test_every_tree_gives_what_a_scan_gives(both: tuple[Snapshot, NaiveIndex], request: Request) -> None:
    snapshot, naive = both
    answer = snapshot.search(request)
    scores = naive.evaluate(request.query)
    kept = naive.within(set(scores), request.filters)
    first = set(scores) if request.first is None else set(naive.evaluate(request.first))

    assert {hit.id for hit in answer.hits} == kept
    assert len(answer.hits) == answer.total == len(kept)
    assert answer.total_first == len(kept & first)
    assert {hit.id for hit in answer.hits if hit.first} == kept & first
    assert answer.facets == {name: naive.facet(name, set(scores), request.filters) for name in FACETS}
    assert answer.without == {name: naive.without(name, set(scores), request.filters) for name in FACETS}
    for hit in answer.hits:
        assert hit.score == pytest.approx(scores[hit.id], rel=1e-3, abs=2e-4)
    keys = [naive.sort_key(hit.id, request, hit.first, hit.score) for hit in answer.hits]
    assert keys == sorted(keys)
    assert snapshot.count(request.query) == len(scores)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(request=requests, size=st.integers(1, 7))
def test_pages_are_stretches_of_the_whole(both: tuple[Snapshot, NaiveIndex], request: Request, size: int) -> None:
    snapshot, _ = both
    whole = snapshot.search(request).hits
    pages = (
        snapshot.search(Request(request.query, request.first, request.filters, (), request.sort, at, size)).hits
        for at in range(0, len(whole) + size, size)
    )
    assert tuple(hit for page in pages for hit in page) == whole
