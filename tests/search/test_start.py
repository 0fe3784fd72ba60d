"""What a search that starts finds made already: the keys of all names, and how the Han names of persons are read."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from indexer.authority import Authority, keys
from indexer.authority.records import AuthorityRecord
from indexer.engines import open_engine
from indexer.engines.base import READ
from indexer.pipeline.rules import load_rules
from indexer.settings import Settings
from search_app.query import names
from search_app.query.names import NameIndex
from search_app.request import Parameters
from search_app.service import Service

from .collection import build


def test_a_search_in_latin_letters_reads_no_character_and_cuts_nothing(settings: Settings) -> None:
    code = (
        "import json, sys; from indexer.settings import load_settings; from search_app.request import Parameters; "
        "from search_app.service import Service; folders = json.loads(sys.argv[1]); "
        "settings = load_settings(environment={}).replaced(**folders); "
        "found = Service.open(settings).search(Parameters(q='heping zhou')); "
        "print(found.total > 0, [name for name in ('pypinyin', 'jieba') if name in sys.modules])"
    )
    folders = {f"{name.replace('.', '_')}": str(settings.path(name)) for name in ("corpus.authority", "index.folder")}
    done = subprocess.run([sys.executable, "-c", code, json.dumps(folders)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True []"


def test_the_keys_of_records_come_from_the_index(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(names, "record_keys")
    Service.open(settings).close()


def test_kept_keys_are_those_that_would_be_made(settings: Settings) -> None:
    snapshot = open_engine("whoosh", settings.path("index.folder")).snapshot()
    rules = load_rules(settings.path("corpus.authority"))
    made = keys.record_keys(rules.authority, rules.analyzer.stem)
    kept = keys.saved(snapshot.meta["keys"])
    assert kept is not None
    assert {form: dict(kept[form]) for form in keys.FORMS} == made
    assert keys.saved({**snapshot.meta["keys"], "version": "of another"}) is None
    snapshot.close()


def test_an_unlisted_person_is_found_as_the_index_says_that_the_name_is_read(tmp_path: Path) -> None:
    settings = build(tmp_path, {"one": ("律师获释", None, "律师覃文青昨日获释。覃文青说，他很好。")})
    snapshot = open_engine("whoosh", settings.path("index.folder")).snapshot()
    assert {name for _, _, language, name, _ in snapshot.names() if language == READ} == {
        "qin wen qing",
        "tan wen qing",
    }
    snapshot.close()
    with closing(Service.open(settings)) as service:
        for typed in ("qin wenqing", "Wenqing Qin", "tanwenqing"):
            assert service.search(Parameters(q=typed)).total == 1, typed


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("覃文青", ["qin wen qing", "tan wen qing"]),
        ("林爱萍", ["lin ai ping"]),
        ("林愛萍", ["lin ai ping"]),
        ("Lin Aiping", []),
        ("林", []),
        ("阿卜杜拉江", []),
    ],
)
def test_readings(name: str, read: list[str]) -> None:
    assert list(keys.readings(name)) == read


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        ("organisation", "H.R.W.", [("acronym", "hrw")]),
        ("organisation", "Harbour Watch", [("exact", "harbourwatch")]),
        ("person", "Lin Aiping", [("exact", "linaiping"), ("pinyin", "aipinglin")]),
        ("person", "林愛萍", [("exact", "林爱萍")]),
        ("charge", "endangering harbours", [("exact", "endangeringharbours"), ("exact", "endang|harbour")]),
    ],
)
def test_keys(kind: str, name: str, found: list[tuple[str, str]]) -> None:
    stems = {"endangering": "endang|", "harbours": "harbour"}
    assert list(keys.keys_of(kind, name, lambda word: stems.get(word, word))) == found


def test_who_is_in_the_collection_comes_first() -> None:

    listed = [
        AuthorityRecord("person", id, {"en": ("Lin Aiping",), "zh-Hans": ("林爱萍",)})
        for id in ("lin-a", "lin-b", "lin-c")
    ]
    rows = [("person", "lin-c", "en", "Lin Aiping", 3), ("person", "lin-aiping", "en", "Lin Aiping", 1)]
    index = NameIndex(rows, Authority(listed), str)
    assert [named.id for named in index.bearing("linaiping")] == ["lin-aiping", "lin-c", "lin-a", "lin-b"]
    assert [named.id for named in index.sounding("aipinglin")] == ["lin-aiping", "lin-c", "lin-a", "lin-b"]
    assert [named.id for named in index.bearing("林爱萍")] == ["lin-c", "lin-a", "lin-b"]
    assert index.bearing("linaiping")[2] is index.bearing("linaiping")[2], "one entity, whoever asks"
