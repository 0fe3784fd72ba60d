"""Who is possibly the same: what makes two people alike, what ties them, what speaks against it, and never a merge."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer.engines import open_engine
from indexer.pipeline.run import Options
from indexer.pipeline.update import update
from indexer.settings import Settings, load_settings
from search_app import terminal
from search_app.entities import namesakes
from search_app.entities.entity import about, as_json
from search_app.entities.joins import with_joins
from search_app.entities.who import who_is
from search_app.service import Service
from search_app.wording import GROUNDS

PERSONS = """
[[person]]
id = "shan-wei"
names = { en = ["Shan Wei"], zh-Hans = ["单玮"], zh-Hant = ["單瑋"] }
roles = ["lawyer", "律师"]
shared_name = true
source = ["invented for the tests"]

[[person]]
id = "wu-tong-doctor"
names = { en = ["Wu Tong"], zh-Hans = ["吴桐"], zh-Hant = ["吳桐"] }
distinguisher = "a doctor"
not_same_as = ["wu-tong-editor"]
roles = ["doctor", "医生"]
source = ["invented for the tests"]

[[person]]
id = "wu-tong-editor"
names = { en = ["Wu Tong"], zh-Hans = ["吴彤"], zh-Hant = ["吳彤"] }
distinguisher = "an editor"
roles = ["editor", "编辑"]
source = ["invented for the tests"]
"""

ORGANISATIONS = """
[[organisation]]
id = "harbour-reading-circle"
names = { en = ["Harbour Reading Circle"], zh-Hans = ["海港读书会"], zh-Hant = ["海港讀書會"] }
source = ["invented for the tests"]
"""

PARTED = """
[[parted]]
ids = ["shan-wei-unresolved", "shan-wei"]
why = "the letters are signed by a painter"
source = "invented for the tests"
by = "A. Editor"
date = 2026-11-20
"""

#: id: (date, text)
DOCUMENTS = {
    "lawyer": ("2019-05-01", "Lawyer Shan Wei (单玮) spoke for the Harbour Reading Circle."),
    "stranger": ("2019-08-09", "记者单玮表示，他没有看见船。单玮说，他后来走了。"),
    "latin": ("2019-06-02", "Mr. Shan Wei wrote to the Harbour Reading Circle. Shan Wei waited for an answer."),
    "late": ("1989-06-02", "The fisherman Yu Lanqing (于兰青) came home. Yu Lanqing slept."),
    "early": ("2020-06-02", "Activist Yu Lanqing (余兰清) was there. Yu Lanqing sang."),
    "older": ("2020-06-02", "律师谭玉芬（1951年生）说，她会上诉。"),
    "younger": ("2020-06-02", "律师谭玉芬（1988年生）说，她不会上诉。"),
    "doctor": ("2021-07-09", "The doctor Wu Tong (吴桐) wrote of the flood. Wu Tong kept a diary."),
    "editor": ("2022-01-20", "The editor Wu Tong (吴彤) left the paper. Wu Tong gave no reason."),
    "both": ("2022-02-20", "The editor 吴彤 met the doctor 吴桐 at the gate of the school."),
    "tied": ("2018-03-04", "Lawyer Zhu Tingfang (朱婷芳) was released, her colleague said."),
    "alone": ("2018-04-05", "Lawyer Zhu Tingfang was detained. “We will appeal,” Zhu Tingfang said."),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("namesakes")
    write(folder)
    return load_settings(folder / "config.toml", environment={})


def write(folder: Path) -> None:
    """Write and index the documents above."""
    for name in ("documents", "authority"):
        (folder / name).mkdir()
    (folder / "authority" / "persons.toml").write_text(PERSONS, encoding="utf-8")
    (folder / "authority" / "organisations.toml").write_text(ORGANISATIONS, encoding="utf-8")
    (folder / "authority" / "parted.toml").write_text(PARTED, encoding="utf-8")
    for id, (date, text) in DOCUMENTS.items():
        front = f"---\ntitle: Note {id}\nid: {id}\ndate: {date}\n---\n"
        (folder / "documents" / f"{id}.md").write_text(f"{front}{text}\n", encoding="utf-8")
    (folder / "config.toml").write_text('[corpus]\nroots = ["documents"]\nauthority = "authority"\n', encoding="utf-8")
    engine = open_engine("whoosh", folder / "index")
    summary = update(engine, folder / "authority", [folder / "documents"], options=Options(processes=1))
    assert summary.failed == []


@pytest.fixture(scope="module")
def service(settings: Settings) -> Iterator[Service]:
    with closing(Service.open(settings)) as service:
        yield service


def page(service: Service, id: str) -> dict[str, Any]:
    found = about(service, "person", id)
    assert found is not None
    return as_json(found)


def told(grounds: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the values of each ground: ids, or texts."""
    return {one["reason"]: [value["id"] or value["labels"]["en"] for value in one["values"]] for one in grounds}


def test_a_latin_name_is_possibly_the_listed_one_and_what_ties_them_is_told(service: Service) -> None:
    others = {one["id"]: one for one in page(service, "shan-wei")["possibly_same"]}
    latin = others["shan-wei-unresolved"]
    assert told(latin["why"]) == {
        "same_spelling": ["Shan Wei"],
        "shared_organisation": ["harbour-reading-circle"],
        "same_time": ["2019"],
    }
    assert (latin["known"], latin["documents"]) == (False, 1)
    assert told(latin["against"]) == {"parted": ["the letters are signed by a painter"]}


def test_equal_characters_without_a_tie_are_possibly_the_same_and_two_people(service: Service) -> None:
    others = page(service, "shan-wei")["possibly_same"]
    (stranger,) = [one for one in others if "same_characters" in told(one["why"])]
    assert told(stranger["why"])["same_characters"] == ["单玮"]
    assert page(service, stranger["id"])["documents"] == 1
    back = {one["id"]: told(one["why"]) for one in page(service, stranger["id"])["possibly_same"]}
    assert back["shan-wei"]["same_characters"] == ["单玮"]
    # The family name is read as one: 单 is Shan, not dan.
    assert back["shan-wei-unresolved"]["same_sound"] == ["单玮", "Shan Wei"]


def test_what_the_authority_files_and_a_document_say_against_it_is_told(service: Service) -> None:
    (editor,) = page(service, "wu-tong-doctor")["possibly_same"]
    assert editor["id"] == "wu-tong-editor"
    against = told(editor["against"])
    assert against == {
        "not_same_as": [], "named_together": ["both"], "different_characters": ["吴彤", "吴桐"],
        "different_roles": ["doctor", "editor"],
    }  # fmt: skip
    # It holds in both directions, though one record alone says so.
    (doctor,) = page(service, "wu-tong-editor")["possibly_same"]
    assert "not_same_as" in told(doctor["against"])


def test_other_characters_and_far_years_speak_against_an_equal_spelling(service: Service) -> None:
    (found,) = who_is(service, "于兰青")["exact"]
    (other,) = page(service, found["id"])["possibly_same"]
    assert told(other["why"]) == {"same_spelling": ["Yu Lanqing"]}
    assert told(other["against"])["different_times"] == ["1989", "2020"]
    assert told(other["against"])["different_characters"] == ["于兰青", "余兰清"]


def test_who_tells_of_each_other_bearer_what_ties_it_to_the_first(service: Service) -> None:
    bearers = {one["id"]: one for one in who_is(service, "Wu Tong")["exact"]}
    assert set(bearers) == {"wu-tong-doctor", "wu-tong-editor"}
    assert sorted("not_same_as" in told(one["against"]) for one in bearers.values()) == [False, True]


def test_a_join_tells_its_reason(service: Service) -> None:
    (found,) = who_is(service, "Zhu Tingfang")["exact"]
    assert found["documents"] == 2
    (join,) = page(service, found["id"])["joined_by"]
    assert join == {
        "id": "zhu-tingfang",
        "name": "Zhu Tingfang",
        "documents": ["alone"],
        "ties": [{"document": "tied", "title": "Note tied", "text": "Zhu Tingfang (朱婷芳)"}],
    }


def test_a_record_tells_what_was_joined_in_it_and_nothing_where_nothing_was(service: Service) -> None:
    with service.collection() as collection:
        shown = {}
        for id in ("alone", "tied"):
            record = service.document(id)
            assert record is not None
            shown[id] = with_joins(collection, record)
    (alone,) = shown["alone"]["persons"]
    assert [tie["text"] for one in alone["joined_by"] for tie in one["ties"]] == ["Zhu Tingfang (朱婷芳)"]
    assert "joined_by" not in shown["tied"]["persons"][0]


def test_who_was_born_in_other_years_is_another_person_of_the_same_name(service: Service) -> None:
    older, younger = sorted(one["id"] for one in who_is(service, "谭玉芬")["exact"])
    (other,) = page(service, older)["possibly_same"]
    assert (other["id"], older[-4:], younger[-4:]) == (younger, "1951", "1988")
    assert told(other["against"])["different_births"] == ["1951", "1988"]


def test_every_ground_has_words_on_the_page_and_on_the_command_line() -> None:
    reasons = set(re.findall(r'Ground\("(\w+)"', inspect.getsource(namesakes))) | {*namesakes._SHARED.values()}
    assert reasons == {*terminal._GROUNDS}
    assert reasons | {"same_characters", "same_spelling", "same_sound"} == {*GROUNDS}
