"""Whoosh alone, without a line of ours, opens what we wrote, and finds in it what we find."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index
from whoosh import query as stock
from whoosh.matching import Matcher

from indexer.engines import open_engine
from indexer.engines.base import Request, Snapshot
from indexer.engines.whoosh.blocks import _BLOCK
from indexer.query import And, Everything, Or, Phrase, Prefix, Query, Term, Without

from .entries import make_entry
from .test_differential import TERMS, random_entries, scopes, texts, views

READ = """
import sys
sys.modules["indexer"] = None  # whoever tries to import it fails
from whoosh import index
from whoosh.query import Phrase, Term

found = index.open_dir(sys.argv[1])
with found.searcher() as searcher:
    counts = [searcher.search(query, limit=None) for query in (
        Term("text_words", "prison"), Phrase("text_words", ["the", "prison"]), Term("person", "lin-aiping"))]
    print(found.doc_count(), *map(len, counts), sorted(hit["id"] for hit in counts[0]))
"""


def test_stock_whoosh_opens_and_searches_it(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    with engine.writer() as writer:
        for number in range(30):
            writer.add(
                make_entry(f"d{number}", "the prison" if number < 3 else "prison the", person=["lin-aiping"] * 2)
            )
        writer.commit({})
    with engine.writer() as writer:
        writer.delete("d0")
        for number in range(3, 30):
            writer.add(make_entry(f"d{number}", "the court"))
        writer.commit({})
    done = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stderr == ""
    assert done.stdout.strip() == "29 2 2 2 ['d1', 'd2']"


def test_stock_whoosh_reads_the_records_of_a_batch_that_another_process_packed(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    texts = ["the prison", "", "監獄與监狱 🏛 " * 2000]
    entries = [make_entry(f"d{number}", text, stored={"text": text}) for number, text in enumerate(texts)]
    with ProcessPoolExecutor(1, get_context("spawn")) as pool, engine.writer() as writer:
        writer.add_batch(pool.submit(engine.packer(), entries).result())
        writer.commit({})
    with index.open_dir(str(tmp_path)).reader() as reader:
        stored = [reader.stored_fields(number) for number in range(len(texts))]
    assert [fields.keys() for fields in stored] == [{"id", "record"}] * len(texts)
    assert [(fields["id"], json.loads(fields["record"])) for fields in stored] == [
        (entry.id, entry.stored) for entry in entries
    ]


def test_a_process_that_packs_needs_nothing_of_whoosh() -> None:
    """It would be loaded in every process, before its first batch."""
    asked = (
        "import sys, pickle; from indexer.engines import open_engine; "
        "pickle.loads(sys.stdin.buffer.read()); print(*(name for name in sys.modules if name.startswith('whoosh')))"
    )
    packer = pickle.dumps(open_engine("whoosh", Path()).packer())
    done = subprocess.run([sys.executable, "-c", asked], input=packer, capture_output=True, check=True)
    assert done.stdout.strip() == b""


def test_stock_whoosh_reads_lists_of_many_blocks(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    entries = [
        make_entry(f"d{number}", "prison " * (1 + number % 3) + "the court" * (number % 2), person=["lin"])
        for number in range(2 * _BLOCK + 50)
    ]
    with engine.writer() as writer:
        writer.add_batch(engine.packer()(entries))
        writer.commit({})
    with index.open_dir(str(tmp_path)).reader() as reader:
        for field, term in (("text_words", "prison"), ("person", "lin")):
            lists = reader.postings(field, term)
            expected = [1 + number % 3 if term == "prison" else 1 for number in range(len(entries))]
            assert [(lists.id(), lists.weight()) for _ in _each(lists)] == list(enumerate(expected))
        lists = reader.postings("text_words", "prison")
        positions = [lists.value_as("positions") for _ in _each(lists)]
        assert positions == [list(range(1 + number % 3)) for number in range(len(entries))]
        assert reader.doc_frequency("text_words", "court") == len(entries) // 2


def _each(matcher: Matcher) -> Iterator[None]:
    while matcher.is_active():
        yield
        matcher.next()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, stock.Query]]:
    """One folder, opened by us and by stock Whoosh; documents of two commits, some deleted."""
    folder = tmp_path_factory.mktemp("stock")
    engine = open_engine("whoosh", folder)
    entries = random_entries(3, 60)
    for part in (entries[:40], entries[40:]):
        with engine.writer() as writer:
            for entry in part:
                writer.add(entry)
            writer.delete("d003")
            writer.delete("d017")
            writer.commit({})
    with index.open_dir(str(folder)).searcher() as searcher:
        yield engine.snapshot(), searcher


plain_leaves = st.one_of(
    st.builds(Term, views, texts, scopes),
    st.builds(Phrase, views, st.lists(st.sampled_from(TERMS), min_size=2, max_size=3, unique=True).map(tuple)),
    st.builds(Prefix, views, st.sampled_from(["a", "ab", "d", "维"]), scopes),
    st.builds(Term, st.just("person"), st.sampled_from(["lin", "chen", "nobody"])),
    st.just(Everything()),
)
plain_trees = st.recursive(
    plain_leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Without, inner, inner),
    ),
    max_leaves=6,
)


def in_whoosh(query: Query) -> stock.Query:
    """Return the same question in Whoosh's own classes."""
    match query:
        case Everything():
            return stock.Every()
        case And(clauses=clauses):
            return stock.And([in_whoosh(clause) for clause in clauses])
        case Or(clauses=clauses):
            return stock.Or([in_whoosh(clause) for clause in clauses])
        case Without(wanted=wanted, unwanted=unwanted):
            # Its AndNot lets through documents that both sides find where each is an Or.
            return stock.And([in_whoosh(wanted), stock.Not(in_whoosh(unwanted))])
        case Term(view="person", text=text):
            return stock.Term("person", text)
        case Term(view=view, text=text, scope=scope):
            return stock.Or([stock.Term(f"{one}_{view}", text) for one in ("title", "text") if scope in (None, one)])
        case Prefix(view=view, text=text, scope=scope):
            return stock.Or([stock.Prefix(f"{one}_{view}", text) for one in ("title", "text") if scope in (None, one)])
        case Phrase(view=view, terms=terms):
            return stock.Or([stock.Phrase(f"{one}_{view}", list(terms)) for one in ("title", "text")])
    raise TypeError(query)


@settings(max_examples=300)
@given(query=plain_trees)
def test_stock_whoosh_finds_the_same_documents(both: tuple[Snapshot, stock.Query], query: Query) -> None:
    snapshot, searcher = both
    theirs = {hit["id"] for hit in searcher.search(in_whoosh(query), limit=None)}
    assert {hit.id for hit in snapshot.search(Request(query, limit=1000)).hits} == theirs
