"""What every engine owes, asked through the protocol alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.engines import open_engine
from indexer.engines.base import Choice, Engine, Entry, Request, Snapshot, Sort, Writer
from indexer.errors import IndexDamaged, IndexLocked, IndexMissing, IndexOutdated, SettingError
from indexer.query import And, Everything, Nothing, Phrase, Prefix, Query, Range, Term, Without

from .conftest import OpenEngine
from .entries import make_entry

#: Separates the ids of a folded name in every engine's own fields; no name may break it.
ODD_NAME = "Lin “Ai” 愛萍, 1st"


def put(engine: Engine, entries: Iterable[Entry], fresh: bool = False, **meta: Any) -> int:
    with engine.writer(fresh=fresh) as writer:
        put_into(writer, entries)
        return writer.commit(meta)


def put_into(writer: Writer, entries: Iterable[Entry]) -> None:
    for entry in entries:
        writer.add(entry)


def found(snapshot: Snapshot, query: Query, **request: Any) -> list[str]:
    return [hit.id for hit in snapshot.search(Request(query, **request)).hits]


def term(text: str, view: str = "words") -> Term:
    return Term(view, text)


# Generations


def test_without_an_index_there_is_nothing_to_open(engine: Engine) -> None:
    assert not engine.exists()
    assert engine.generation() == 0
    with pytest.raises(IndexMissing, match="hrsearch index"):
        engine.snapshot()


def test_an_unknown_engine_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"nosuch.*whoosh"):
        open_engine("nosuch", tmp_path)


def test_an_empty_index_answers(engine: Engine) -> None:
    put(engine, [])
    snapshot = engine.snapshot()
    answer = snapshot.search(Request(Everything(), facets=("year", "person")))
    assert (answer.total, answer.total_first, answer.hits) == (0, 0, ())
    assert answer.facets == {"year": {}, "person": {}}
    assert found(snapshot, term("prison")) == []
    assert (snapshot.documents, list(snapshot.ids()), list(snapshot.names()), list(snapshot.terms("words"))) == (
        0, [], [], [],
    )  # fmt: skip


def test_nothing_is_visible_before_the_commit(engine: Engine) -> None:
    put(engine, [make_entry("one", "prison")])
    before = engine.generation()
    with engine.writer() as writer:
        writer.add(make_entry("two", "prison"))
        writer.delete("one")
        assert engine.generation() == before
        assert found(engine.snapshot(), term("prison")) == ["one"]
        after = writer.commit({})
    assert engine.generation() == after > before
    assert found(engine.snapshot(), term("prison")) == ["two"]


@pytest.mark.parametrize("fresh", [False, True])
def test_leaving_without_a_commit_changes_nothing(engine: Engine, fresh: bool) -> None:
    before = put(engine, [make_entry("one", "prison")])
    with engine.writer(fresh=fresh) as writer:
        writer.add(make_entry("two", "prison"))
        writer.delete("one")
    with pytest.raises(KeyError), engine.writer(fresh=fresh) as writer:
        put_into(writer, [make_entry("three", "prison"), replace(make_entry("four"), tokens={})])
    assert engine.generation() == before
    assert found(engine.snapshot(), term("prison")) == ["one"]
    put(engine, [make_entry("four", "prison")])
    assert sorted(engine.snapshot().ids()) == ["four", "one"]


def test_a_value_that_cannot_be_kept_leaves_no_half_of_a_document(engine: Engine) -> None:
    put(engine, [make_entry("one", "prison")])
    with engine.writer() as writer:
        with pytest.raises(TypeError):
            writer.add(make_entry("two", "prison", stored={"title": object()}))
        writer.add(make_entry("three", "prison"))
        writer.commit({})
    assert sorted(found(engine.snapshot(), term("prison"))) == ["one", "three"]


def test_a_replaced_document_is_there_once(engine: Engine) -> None:
    put(engine, [make_entry("one", "prison", person=["lin-aiping"])])
    put(engine, [make_entry("one", "court", person=["chen-dawen"])])
    snapshot = engine.snapshot()
    assert snapshot.documents == 1
    assert found(snapshot, term("prison")) == []
    assert found(snapshot, term("court")) == ["one"]
    assert snapshot.search(Request(Everything(), facets=("person",))).facets["person"] == {"chen-dawen": 1}


def test_a_deleted_document_leaves_no_trace(engine: Engine) -> None:
    names = [("person", "lin-aiping", "en", "Lin Aiping")]
    put(engine, [make_entry("one", "relics", names=names, person=["lin-aiping"]), make_entry("two", "court")])
    with engine.writer() as writer:
        writer.delete("one")
        writer.delete("never was there")
        writer.commit({})
    snapshot = engine.snapshot()
    assert snapshot.documents == 1
    assert list(snapshot.ids()) == ["two"]
    assert list(snapshot.names()) == []
    assert list(snapshot.terms("words")) == [("court", 1)]
    assert list(snapshot.terms("person")) == []
    assert snapshot.stored(["one", "two"])[0] is None
    assert snapshot.count(Everything()) == 1


def test_what_only_a_deleted_document_had_is_gone_before_any_merging(engine: Engine) -> None:
    """A large segment is not rewritten for one document that went."""
    many = [make_entry(f"d{n}", f"court own{n} a", title="hearing") for n in range(60)]
    put(engine, [*many, make_entry("gone", "court relics aaa", title="hearing")])
    with engine.writer() as writer:
        writer.delete("gone")
        writer.delete("d0")
        writer.commit({})
    snapshot = engine.snapshot()
    assert list(snapshot.terms("words", "relics")) == []
    assert list(snapshot.terms("words", "own0")) == []
    assert list(snapshot.terms("words", "court")) == [("court", 59)]
    assert list(snapshot.terms("chars", "hearing")) == [("hearing", 59)]
    assert snapshot.count(Prefix("words", "rel")) == 0


def test_a_clean_transaction_leaves_nothing_of_what_went_on_the_disk(engine: Engine, tmp_path: Path) -> None:
    many = [make_entry(f"d{number}", "harbour gulls", stored={"text": "gulls"}) for number in range(8)]
    put(engine, [*many, make_entry("zeppelin", "zeppelin moored", stored={"text": "a zeppelin"})], told="zeppelin")
    put(engine, [make_entry("more", "herons", stored={"text": "herons"})])
    with engine.writer(clean=True) as writer:
        writer.delete("zeppelin")
        generation = writer.commit({"told": "nothing"})
    snapshot = engine.snapshot()
    assert (snapshot.generation, snapshot.documents) == (generation, 9)
    assert found(snapshot, term("gulls"), limit=20) == [entry.id for entry in many]
    snapshot.close()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files
    assert [file.name for file in files if b"zeppelin" in file.read_bytes()] == []


def test_an_id_may_come_once_in_a_transaction(engine: Engine) -> None:
    with engine.writer() as writer:
        writer.add(make_entry("one", "prison"))
        with pytest.raises(ValueError, match="one"):
            writer.add(make_entry("one", "court"))
        writer.commit({})
    assert engine.snapshot().documents == 1


def test_fresh_begins_anew(engine: Engine) -> None:
    put(engine, [make_entry("one", "prison"), make_entry("two", "prison")])
    older = engine.snapshot()
    put(engine, [make_entry("two", "court")], fresh=True)
    assert found(engine.snapshot(), Everything()) == ["two"]
    assert found(engine.snapshot(), term("prison")) == []
    assert sorted(found(older, term("prison"))) == ["one", "two"]


def test_meta_is_kept_with_its_generation(engine: Engine) -> None:
    put(engine, [], rules="1", files={"a/ö.md": [1, None]})
    older = engine.snapshot()
    put(engine, [], rules="2")
    assert older.meta["rules"] == "1"
    assert older.meta["files"] == {"a/ö.md": [1, None]}
    assert engine.snapshot().meta["rules"] == "2"
    assert engine.meta()["rules"] == "2"


def test_without_an_index_there_is_no_meta(engine: Engine) -> None:
    assert dict(engine.meta()) == {}


def test_two_generations_answer_side_by_side(engine: Engine) -> None:
    """An old snapshot goes on although its files were merged away and removed, even for what it never read."""
    older = None
    for round in range(12):
        put(engine, [make_entry(f"d{n}", f"round{round} the prison", title=f"t{n}") for n in range(4)])
        if round == 0:
            older = engine.snapshot()
    assert older is not None
    newer = engine.snapshot()
    phrase = Phrase("words", ("the", "prison"))
    for snapshot, round in ((older, 0), (newer, 11)):
        assert snapshot.count(And((term(f"round{round}"), phrase))) == 4
        assert snapshot.count(term(f"round{11 - round}")) == 0
        assert [row and row["id"] for row in snapshot.stored(["d0", "d3"])] == ["d0", "d3"]
        assert [text for text, _ in snapshot.terms("words", "round")] == [f"round{round}"]
        snapshot.close()


def test_another_opening_of_the_same_place_sees_the_same(open_here: OpenEngine) -> None:
    put(open_here(), [make_entry("one", "prison")])
    assert open_here().exists()
    assert found(open_here().snapshot(), term("prison")) == ["one"]


# What goes wrong


def test_one_writer_at_a_time(open_here: OpenEngine) -> None:
    put(open_here(), [])
    with open_here().writer() as writer:
        with pytest.raises(IndexLocked, match="another process"), open_here().writer():
            pass
        writer.add(make_entry("one", "prison"))
        writer.commit({})
    put(open_here(), [make_entry("two", "prison")])
    assert open_here().snapshot().documents == 2


def test_an_index_of_another_schema_is_refused(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    put(engine, [make_entry("one", "prison")])
    monkeypatch.setattr("indexer.engines.whoosh.engine.SCHEMA_VERSION", 999)
    with pytest.raises(IndexOutdated, match=r"999.*rebuild"):
        engine.snapshot()


@pytest.mark.parametrize("wound", ["empty", "noise", "cut", "segment gone"])
def test_a_damaged_index_is_never_made_anew(engine: Engine, tmp_path: Path, wound: str) -> None:
    put(engine, [make_entry("one", "prison")])
    folder = tmp_path / "index"
    table = max(folder.glob("*.toc"))
    if wound == "segment gone":
        for file in folder.glob("*.trm"):
            file.unlink()
    else:
        whole = table.read_bytes()
        table.write_bytes({"empty": b"", "noise": b"\x00noise" * 9, "cut": whole[: len(whole) // 2]}[wound])
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert engine.exists()
    with pytest.raises(IndexDamaged, match="Nothing was changed"):
        engine.snapshot()
    if wound != "segment gone":
        with pytest.raises(IndexDamaged), engine.writer() as writer:
            writer.commit({})
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_an_index_that_others_can_write_is_not_opened(engine: Engine, tmp_path: Path) -> None:
    put(engine, [])
    (tmp_path / "index").chmod(0o777)
    with pytest.raises(IndexDamaged, match="chmod"):
        engine.snapshot()
    with pytest.raises(IndexDamaged), engine.writer():
        pass


# What is given back


def test_records_come_back_as_they_are(engine: Engine) -> None:
    record = {"title": "𠀀 “<b>”\x1f\u2028", "text": "律師\n" * 20_000, "year": None, "cases": [{"months": 14.5}]}
    put(engine, [make_entry("one", "prison", stored=record), make_entry("two", "court")])
    given = engine.snapshot().stored(["two", "nobody", "one", "one"])
    assert given[1] is None
    assert given[0] is not None
    assert given[0]["id"] == "two"
    assert given[2] == given[3] == {"id": "one", "date": None, "first_indexed": "2026-01-02T03:04:05+00:00", **record}


def test_names_come_with_the_documents_of_their_entity(engine: Engine) -> None:
    rows = [("person", "lin-aiping", "en", ODD_NAME), ("person", "lin-aiping", "zh-Hant", "林愛萍")]
    lin = ["lin-aiping"]
    put(engine, [make_entry("one", names=[*rows, rows[0]], person=lin), make_entry("two", names=rows[:1], person=lin)])
    put(engine, [make_entry("three", names=[("place", "wuxu", "zh-Hans", "乌许")], place=["wuxu"])])
    assert sorted(engine.snapshot().names()) == [
        ("person", "lin-aiping", "en", ODD_NAME, 2),
        ("person", "lin-aiping", "zh-Hant", "林愛萍", 2),
        ("place", "wuxu", "zh-Hans", "乌许", 1),
    ]


def test_terms_come_in_order_with_their_documents(engine: Engine) -> None:
    put(engine, [make_entry("one", "prison prison prince 律师", person=["b", "a"]), make_entry("two", "prison UN/un")])
    put(engine, [make_entry("three", "prince", title="prior")])
    snapshot = engine.snapshot()
    assert list(snapshot.terms("words", "pri")) == [("prince", 2), ("prior", 1), ("prison", 2)]
    assert list(snapshot.terms("chars", "U")) == [("UN", 1)]
    assert list(snapshot.terms("words", "律")) == [("律师", 1)]
    assert list(snapshot.terms("person")) == [("a", 1), ("b", 1)]
    assert list(snapshot.terms("words", "nothing")) == []


# What is found


@pytest.fixture
def five(engine: Engine) -> Snapshot:
    """Five documents of four years, one of them undated."""
    entries = [
        make_entry("a", "the relics", date="2019-05-01", person=["lin", "chen"], language=["en"]),
        make_entry("b", "the relics", date="2019", person=["lin"], language=["zh"]),
        make_entry("c", "the relics", date=None, person=[], language=["zh"]),
        make_entry("d", "the museum", date="2021-01-31", person=["chen", "chen"], language=["en"]),
        make_entry("e", "relics the museum", date="2015-12", person=["lin"], language=["en"]),
    ]
    put(engine, entries[:3])
    put(engine, entries[3:])
    return engine.snapshot()


def test_a_facet_counts_within_every_other_filter(five: Snapshot) -> None:
    filters = {"person": Choice(frozenset({"lin"})), "language": Choice(frozenset({"en"}))}
    answer = five.search(Request(term("relics"), filters=filters, facets=("person", "language", "year")))
    assert sorted(hit.id for hit in answer.hits) == ["a", "e"]
    assert answer.total == 2
    assert answer.facets == {
        "person": {"lin": 2, "chen": 1},
        "language": {"en": 2, "zh": 1},
        "year": {"2019": 1, "2015": 1},
    }
    assert answer.without == {"person": 0, "language": 0, "year": 0}
    assert five.search(Request(term("relics"), facets=("person", "place"))).without == {"person": 1, "place": 4}


@pytest.mark.parametrize(
    ("field", "include", "exclude", "ids"),
    [
        ("year", {"2019"}, set(), "ab"),
        ("year", {"none"}, set(), "c"),
        ("year", {"2016..2020", "none"}, set(), "abc"),
        ("year", {"2019.."}, set(), "abd"),
        ("year", {"..2019"}, set(), "abe"),
        ("year", set(), {"..2019"}, "cd"),
        ("person", {"lin", "chen"}, {"lin"}, "d"),
        ("person", set(), {"lin"}, "cd"),
        ("person", {"nobody"}, set(), ""),
        ("person", {"none"}, set(), "c"),
        ("person", {"none", "chen"}, set(), "acd"),
        ("person", set(), {"none", "lin"}, "d"),
        ("place", {"none"}, set(), "abcde"),
        ("person", {"a..b", "\x00c..d"}, set(), ""),
        ("year", {"x..y", "..", "2019..x"}, set(), ""),
    ],
)
def test_filters(five: Snapshot, field: str, include: set[str], exclude: set[str], ids: str) -> None:
    choice = Choice(frozenset(include), frozenset(exclude))
    assert "".join(sorted(found(five, Everything(), filters={field: choice}))) == ids


@pytest.mark.parametrize(
    ("sort", "ids"),
    [("-date", "dabec"), ("date", "ebadc"), ("first_indexed", "dabec"), ("-first_indexed", "dabec")],
)
def test_undated_comes_last_and_ties_go_by_date_then_id(five: Snapshot, sort: Sort, ids: str) -> None:
    assert "".join(found(five, Everything(), sort=sort)) == ids


def test_first_comes_first_and_is_counted(five: Snapshot) -> None:
    answer = five.search(Request(term("the"), first=term("museum"), sort="date"))
    assert [(hit.id, hit.first) for hit in answer.hits] == [
        ("e", True), ("d", True), ("b", False), ("a", False), ("c", False),
    ]  # fmt: skip
    assert (answer.total, answer.total_first) == (5, 2)


def test_pages_cover_every_hit_once(five: Snapshot) -> None:
    whole = found(five, term("the"), limit=100)
    pages = [found(five, term("the"), offset=offset, limit=2) for offset in range(0, 8, 2)]
    assert [id for page in pages for id in page] == whole
    assert len(whole) == 5


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (Nothing(), ""),
        (And(()), ""),
        (Phrase("words", ("the", "relics")), "abc"),
        (Phrase("words", ("relics", "the")), "e"),
        (Phrase("words", ("relics", "museum"), slop=1), "e"),
        (Phrase("words", ("museum", "relics"), slop=1), "e"),
        (Phrase("words", ("relics", "museum"), offsets=(0, 2)), "e"),
        (Prefix("words", "mus"), "de"),
        (Range("year", 2016, None), "abd"),
        (Range("year", None, None), "abde"),
        (Without(Everything(), term("lin", "person")), "cd"),
        (term("the relics"), ""),
        (Term("words", "relics", scope="title"), ""),
    ],
)
def test_nodes_of_the_query_tree(five: Snapshot, query: Query, ids: str) -> None:
    assert "".join(sorted(found(five, query))) == ids
    assert five.count(query) == len(ids)


def test_what_is_no_query_is_an_error_of_the_caller(five: Snapshot) -> None:
    with pytest.raises(TypeError, match="query tree"):
        five.count(Query())


def test_a_repeated_word_of_a_near_phrase_must_be_there_twice(engine: Engine) -> None:
    put(engine, [make_entry("once", "no prison"), make_entry("twice", "no prison and no court")])
    assert found(engine.snapshot(), Phrase("words", ("no", "no"), slop=5)) == ["twice"]


def test_a_near_phrase_allows_for_the_room_its_terms_take(engine: Engine) -> None:
    """维权 and 律师 take two places each as characters: with three between, they stand five apart."""
    text = "维/维权 权/权一 一/一二 二/二三 三/三律 律/律师 师"
    put(engine, [make_entry("one", text)])
    snapshot = engine.snapshot()
    assert found(snapshot, Phrase("chars", ("维权", "律师"), slop=3, offsets=(0, 2))) == ["one"]
    assert found(snapshot, Phrase("chars", ("维权", "律师"), slop=2, offsets=(0, 2))) == []


def test_waiting_postings_are_written_within_the_memory_given(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path / "index", memory_mb=0)
    with engine.writer() as writer:
        for number in range(3):
            writer.add(make_entry(f"note-{number}", text=f"a prison of number {number}"))
        writer.commit({})
    snapshot = engine.snapshot()
    assert snapshot.documents == 3
    assert snapshot.count(Term("words", "prison")) == 3
    snapshot.close()
