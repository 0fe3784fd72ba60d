"""A changed authority record: what it concerns is made anew, nothing else, and the index is as a rebuild makes it."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from indexer.analysis import segment
from indexer.authority import Authority, load_authority
from indexer.authority.change import changes
from indexer.authority.compiled import as_json, fingerprint, from_json
from indexer.authority.consulted import Consulted, Question
from indexer.authority.records import record_of
from indexer.engines import open_engine
from indexer.engines.base import FACETS, Snapshot
from indexer.fold import fold
from indexer.model import KINDS, PLURAL
from indexer.pipeline import entries
from indexer.pipeline import run as run_module
from indexer.pipeline.documents import documents_of, make_record
from indexer.pipeline.run import Options, Summary
from indexer.pipeline.update import update

#: Records by kind; those that share a name, stand inside one another, or lead to one another come on purpose.
RECORDS: dict[str, list[dict[str, Any]]] = {
    "person": [
        {
            "id": "he-wenxiu",
            "names": {"en": ["He Wenxiu"], "zh-Hans": ["何文秀"], "zh-Hant": ["何文秀"]},
            "roles": ["lawyer"],
        },
        {
            "id": "he-wenxiu-teacher",
            "names": {"en": ["He Wenxiu"], "zh-Hans": ["何文绣"], "zh-Hant": ["何文繡"]},
            "distinguisher": "teacher of Moyang",
        },
        {
            "id": "bao-lin",
            "names": {"en": ["Bao Lin"], "zh-Hans": ["鲍林"], "zh-Hant": ["鮑林"]},
            "shared_name": True,
            "roles": ["librarian"],
        },
        {"id": "edda-marlowe", "names": {"en": ["Edda Marlowe"]}, "weak": ["Marlowe"]},
        {"id": "marlowe-quint", "names": {"en": ["Marlowe Quint"]}},
        {"id": "zhu-tingfang", "names": {"en": ["Somebody Else"]}},
    ],
    "organisation": [
        {"id": "un-harbour-committee", "names": {"en": ["United Nations Harbour Committee"]}, "acronyms": ["UNHC"]},
        {"id": "lamplight", "names": {"en": ["Lamplight Circle"], "zh-Hans": ["灯火社"], "zh-Hant": ["燈火社"]}},
        {"id": "lamplight-press", "names": {"en": ["Lamplight Circle Press"]}, "exact_case": True},
    ],
    "charge": [
        {
            "id": "river-dumping",
            "names": {"en": ["dumping in a river"], "zh-Hans": ["倾倒河道罪"], "zh-Hant": ["傾倒河道罪"]},
            "jurisdiction": "CN",
            "law": "criminal-law-prc",
            "article": "338",
        },
        {"id": "inciting-river-dumping", "names": {"en": ["inciting dumping in a river"]}, "jurisdiction": "CN"},
        {
            "id": "noise",
            "names": {"en": ["making noise"], "zh-Hans": ["喧哗罪"], "zh-Hant": ["喧嘩罪"]},
            "in_charge_context": ["making noise"],
            "law": "criminal-law-prc",
            "article": "338",
            "paragraph": "2",
        },
    ],
    "violation": [
        {"id": "lost-post", "names": {"en": ["loss of letters"], "zh-Hans": ["信件遗失"], "zh-Hant": ["信件遺失"]}}
    ],
    "place": [
        {"id": "moyang", "names": {"en": ["Moyang"], "zh-Hans": ["墨阳"], "zh-Hant": ["墨陽"]}, "within": "dongze"},
        {"id": "dongze", "names": {"en": ["Dongze"]}, "within": "lakeland"},
        {"id": "lakeland", "names": {"en": ["Lakeland"]}, "iso": "LK"},
        {"id": "upper-lakeland", "names": {"en": ["Upper Lakeland"]}, "iso": "UL"},
    ],
    "topic": [
        {
            "id": "paper-boats",
            "names": {"en": ["paper boats"], "zh-Hans": ["纸船"], "zh-Hant": ["紙船"]},
            "weak": ["boats"],
        }
    ],
}

DOCUMENTS = (
    "Lawyer He Wenxiu (何文秀) spoke in Moyang. He said the harbour was closed.",
    "Teacher He Wenxiu, also written 何文繡, left Moyang for Upper Lakeland.",
    "He Wenxiu was detained. Ms. He was released in March 2019.",
    "图书馆员鲍林表示，灯火社借出了书。鮑林說，燈火社沒有人來。",
    "Bao Lin wrote to the Lamplight Circle Press. The librarian Bao Lin waited.",
    "Edda Marlowe met Marlowe Quint. Marlowe said nothing more.",
    "Marlowe said nothing. The boats were late.",
    "The Harbour Committee was founded in 1970, said Director Ansel Brook of the Harbour Committee.",
    "UNHC wrote to the United Nations Harbour\nCommittee about paper boats.",
    "Ivo Stern was charged with dumping in a river in Moyang and sentenced to two years in prison.",
    "Ivo Stern was accused of inciting dumping in a river under Article 338 of the Criminal Law.",
    "墨阳法院以《刑法》第338条第二款判处卢一鸣有期徒刑三年，罪名是喧哗罪。",
    "卢一鸣因倾倒河道罪被捕，信件遗失。紙船，灯火社的人说，被风吹走。",
    "The loss of letters in Dongze was reported. She was convicted of making noise, and of singing.",
    "Lawyer Zhu Tingfang (朱婷芳) was released in Lakeland.",
    "Zhu Tingfang was charged with singing in Moyang.",
    "Nobody came to the quay. The tide was low.",
    "码头上没有人，潮水退了。",
)

Rows = Mapping[str, Iterable[Mapping[str, Any]]]


class Place:
    """A folder of the documents above, with authority files that a test writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._documents = path / "documents"
        self.authority = path / "authority"
        for folder in (self._documents, self.authority):
            folder.mkdir()
        rows = [{"id": f"d{n:02}", "title": f"Note {n}", "text": text} for n, text in enumerate(DOCUMENTS)]
        rows[5]["publisher"] = "Lamplight Circle"
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (self._documents / "rows.jsonl").write_text(text + "\n", encoding="utf-8")

    def list_records(self, rows: Rows) -> None:
        """Write the authority files."""
        for kind in KINDS:
            tables = "\n".join(f"[[{kind}]]\n" + "\n".join(map(_line, row.items())) for row in rows.get(kind, ()))
            (self.authority / f"{PLURAL[kind]}.toml").write_text(tables + "\n", encoding="utf-8")

    def update(self, index: str = "index", **options: Any) -> Summary:
        """Bring an index up to date."""
        engine = open_engine("whoosh", self._path / index)
        return update(engine, self.authority, [self._documents], options=Options(**{"processes": 1, **options}))

    def content(self, index: str = "index") -> dict[str, Any]:
        """Return everything that an index holds of its documents, but for their times."""
        snapshot = open_engine("whoosh", self._path / index).snapshot()
        try:
            return _content(snapshot)
        finally:
            snapshot.close()


def _line(pair: tuple[str, Any]) -> str:
    key, value = pair
    if isinstance(value, dict):
        inner = ", ".join(f"{name} = {json.dumps(names, ensure_ascii=False)}" for name, names in value.items())
        return f"{key} = {{ {inner} }}"
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _content(snapshot: Snapshot) -> dict[str, Any]:
    records = [dict(record or {}) for record in snapshot.stored(sorted(snapshot.ids()))]
    for record in records:
        del record["first_indexed"], record["changed"]
    views = {view: list(snapshot.terms(view)) for view in ("words", "chars", *FACETS)}
    return {"records": records, "names": sorted(snapshot.names()), **views}


@pytest.fixture(autouse=True)
def _dictionary_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading jieba's dictionary takes a second, and every change of a name needs it without the names of before."""
    stock = _read_once()

    def copied() -> Any:
        fresh = copy(stock)
        fresh.FREQ = dict(stock.FREQ)
        return fresh

    monkeypatch.setattr(segment, "_jieba", copied)


@cache
def _read_once() -> Any:
    return segment._jieba()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def edited(rows: Rows, chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    """Return records of which some came, went, or say something else."""
    result: dict[str, list[dict[str, Any]]] = {}
    for kind, full in RECORDS.items():
        here = {row["id"]: dict(row) for row in rows.get(kind, ())}
        for row in full:
            dice = chance.random()
            if dice < 0.15:
                here.pop(row["id"], None)
            elif dice < 0.3:
                here[row["id"]] = row
            elif dice < 0.4 and row["id"] in here:
                optional = sorted(here[row["id"]].keys() - {"id", "names"})
                here[row["id"]].pop(chance.choice(optional or ["none"]), None)
            elif dice < 0.45 and row["id"] in here:
                other = chance.choice(full)["names"].get("en", ["Quayside"])
                here[row["id"]] = {**here[row["id"]], "names": {"en": [*other, "Quayside"]}}
        result[kind] = list(here.values())
    return result


# The index is what a rebuild makes of it


@pytest.mark.parametrize("seed", range(3))
def test_any_history_of_the_files_ends_where_a_fresh_index_begins(place: Place, seed: int) -> None:
    chance = random.Random(seed)
    rows: Rows = RECORDS
    place.list_records(rows)
    place.update()
    for step in range(5):
        rows = edited(rows, chance)
        place.list_records(rows)
        summary = place.update()
        assert summary.failed == []
        place.update(f"fresh-{step}")
        grown, fresh = place.content(), place.content(f"fresh-{step}")
        for key in fresh:
            assert grown[key] == fresh[key], (seed, step, key)


def test_one_name_in_different_files_is_all_the_same(place: Place) -> None:
    """A record that moves to another kind is gone from the one and new in the other."""
    place.list_records({"person": [{"id": "quay", "names": {"en": ["Nobody"]}}]})
    place.update()
    place.list_records({"topic": [{"id": "quay", "names": {"en": ["Nobody"]}}]})
    summary = place.update()
    assert sorted(summary.because) == ["person quay removed", "topic quay added"]
    place.update("fresh")
    assert place.content() == place.content("fresh")


# Nothing else is made


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents of which a record is made, and the names of the files that are read."""
    noted: list[str] = []

    def making(document: Any, *rest: Any) -> Any:
        noted.append(document.id)
        return make_record(document, *rest)

    def reading(path: Path, *rest: Any) -> Any:
        noted.append(path.name)
        return original(path, *rest)

    original = documents_of
    monkeypatch.setattr(entries, "make_record", making)
    monkeypatch.setattr(run_module, "documents_of", reading)
    return noted


def without(rows: Rows, id: str) -> dict[str, list[Mapping[str, Any]]]:
    return {kind: [row for row in listed if row["id"] != id] for kind, listed in rows.items()}


@pytest.mark.parametrize(
    ("id", "concerned"),
    [
        ("lost-post", ["d12", "d13"]),  # by its names, in either script
        ("bao-lin", ["d03", "d04"]),
        ("edda-marlowe", ["d05", "d06"]),  # a short form too
        ("un-harbour-committee", ["d07", "d08"]),  # "Harbour Committee" was looked up as that of the United Nations
        ("inciting-river-dumping", ["d10"]),
        ("lakeland", ["d00", "d01", "d09", "d11", "d13", "d14", "d15"]),  # Moyang is in Dongze, which is in it
        ("lamplight", ["d03", "d04", "d05", "d12"]),  # the publisher of one
        ("zhu-tingfang", ["d15"]),  # an unlisted name there would have its id
    ],
)  # fmt: skip
def test_only_what_a_record_concerns_is_made_anew(place: Place, made: list[str], id: str, concerned: list[str]) -> None:
    place.list_records(RECORDS)
    place.update()
    made.clear()
    place.list_records(without(RECORDS, id))
    summary = place.update()
    assert sorted(summary.again) == concerned
    assert sorted(set(made)) == sorted(summary.again)  # no file is read, and no other document made
    assert list(summary.because.values()) == [len(concerned)]


def test_what_nobody_reads_makes_nothing_anew(place: Place, made: list[str]) -> None:
    place.list_records(RECORDS)
    first = place.update()
    made.clear()
    place.list_records({**RECORDS, "person": [{**row, "source": ["a book"]} for row in RECORDS["person"]]})
    assert place.update().generation == first.generation
    place.list_records(
        {**RECORDS, "violation": [{"id": "silence", "names": {"en": ["long silence"]}}, *RECORDS["violation"]]}
    )
    summary = place.update()
    assert made == []
    assert (summary.again, summary.unchanged) == ([], len(DOCUMENTS))
    assert summary.generation > first.generation  # its rules are those of the files: a search may begin


def test_other_rules_make_everything_anew(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.list_records(RECORDS)
    place.update()
    monkeypatch.setattr(sys.modules["indexer.pipeline.rules"], "RULES_VERSION", 999)
    assert len(place.update().again) == len(DOCUMENTS)


def test_a_document_that_fails_when_made_anew_stays_and_is_tried_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(document: Any, *rest: Any) -> Any:
        if document.id == "d12":
            raise ValueError("no reason at all")
        return make_record(document, *rest)

    place.list_records(RECORDS)
    place.update()
    place.list_records(without(RECORDS, "lost-post"))
    with monkeypatch.context() as patch:
        patch.setattr(entries, "make_record", failing)
        summary = place.update()
    assert (len(summary.failed), summary.again) == (1, ["d13"])
    assert place.update().failed == []
    place.update("fresh")
    assert place.content() == place.content("fresh")


# What is remembered


def test_the_compiled_form_is_the_files(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.list_records(RECORDS)
    folder = place.authority
    authority = load_authority(folder)
    again = from_json(json.loads(json.dumps(as_json(authority))))
    assert list(again) == list(authority)
    assert again.version == authority.version
    assert changes(authority, again) == []
    before = fingerprint(folder)
    with (folder / "persons.toml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert fingerprint(folder) != before


def test_a_question_is_remembered_unless_the_text_shows_it() -> None:
    asked = Consulted(Authority(record_of(kind, row) for kind in KINDS for row in RECORDS[kind]))
    asked.find(fold("the Lamplight Circle"), "the Lamplight Circle")
    asked.named("Lamplight  Circle", "organisation")
    asked.named("UN Lamplight", "organisation")
    asked.get("place", "moyang")
    asked.having("place", "iso", "LK")
    assert asked.questions() == {
        Question("organisation", "name un lamplight"), Question("place", "id moyang"), Question("place", "iso LK"),
    }  # fmt: skip
    with pytest.raises(ValueError, match="one kind"):
        asked.named("Lamplight")
    with pytest.raises(TypeError, match="every record"):
        list(asked)
