"""Equal characters with contrary evidence are two people: documents that state different years of birth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexer.engines import open_engine
from indexer.engines.base import Request
from indexer.pipeline.run import Options, Summary
from indexer.pipeline.update import update
from indexer.query import Everything, Term


class Place:
    """Notes and their index, without authority files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.documents = folder / "documents"
        for name in ("documents", "authority"):
            (folder / name).mkdir()

    def write(self, **notes: str) -> None:
        for id, text in notes.items():
            front = f"---\ntitle: Note {id}\nid: {id}\ndate: 2020-01-02\n---\n"
            (self.documents / f"{id}.md").write_text(f"{front}{text}\n", encoding="utf-8")

    def update(self, index: str = "index", **options: Any) -> Summary:
        engine = open_engine("whoosh", self._folder / index)
        return update(engine, self._folder / "authority", [self.documents], (), Options(allow_removals=True, **options))

    def people(self, index: str = "index") -> dict[str, list[str]]:
        """Return the documents of each person."""
        snapshot = open_engine("whoosh", self._folder / index).snapshot()
        try:
            found = snapshot.search(Request(Everything(), facets=("person",), limit=99))
            return {
                id: sorted(hit.id for hit in snapshot.search(Request(Term("person", id), limit=99)).hits)
                for id in found.facets["person"]
            }
        finally:
            snapshot.close()

    def rows(self, index: str = "index") -> list[Any]:
        snapshot = open_engine("whoosh", self._folder / index).snapshot()
        try:
            return sorted(snapshot.names())
        finally:
            snapshot.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


OLDER = "律师谭玉芬（1951年生）被判处有期徒刑三年。谭玉芬说，她会上诉。"
YOUNGER = "Activist Tan Yufen (谭玉芬), born on 3 May 1988 in Wuxu, was detained. Tan Yufen said nothing."
SILENT = "律师谭玉芬表示，法院没有通知她。谭玉芬说，她等着。"
NEARLY = "记者譚玉芬，女，1952年出生，被拘留。譚玉芬說，她會上訴。"


def test_years_of_birth_far_apart_tell_two_people_apart(place: Place) -> None:
    place.write(older=OLDER, silent=SILENT)
    place.update()
    ((name, documents),) = place.people().items()
    assert documents == ["older", "silent"]
    place.write(younger=YOUNGER)
    summary = place.update()
    assert place.people() == {f"{name}-1951": ["older"], f"{name}-1988": ["younger"], name: ["silent"]}
    assert summary.because == {"names joined or parted": 1}
    (case,) = [record for record in [_record(place, "older")] if record["cases"]]
    assert {id for one in case["cases"] for id in one["persons"]} == {f"{name}-1951"}
    # A year counted in two ways is one person, whichever script has it.
    place.write(nearly=NEARLY)
    place.update()
    assert place.people()[f"{name}-1951"] == ["nearly", "older"]
    place.update("fresh")
    assert place.rows() == place.rows("fresh")


def test_two_are_one_again_when_nothing_tells_them_apart(place: Place) -> None:
    place.write(older=OLDER, younger=YOUNGER, silent=SILENT)
    place.update()
    assert len(place.people()) == 3
    (place.documents / "younger.md").unlink()
    place.update()
    assert list(place.people().values()) == [["older", "silent"]]


def test_who_is_told_apart_still_bears_the_name_for_what_is_joined(place: Place) -> None:
    """The Latin name alone is that of the one name that is tied, and of nobody told apart by a year."""
    place.write(younger=YOUNGER, alone="Lawyer Tan Yufen was released. Tan Yufen thanked her friends.")
    place.update()
    ((name, documents),) = place.people().items()
    assert documents == ["alone", "younger"]
    place.write(older=OLDER)
    for _ in range(2):
        place.update()
        assert place.people() == {f"{name}-1951": ["older"], f"{name}-1988": ["younger"], name: ["alone"]}


def test_a_year_that_is_no_birth_tells_nobody_apart(place: Place) -> None:
    place.write(
        one="律师谭玉芬1999年被捕。谭玉芬说，她会上诉。",
        two="Lawyer Tan Yufen (谭玉芬) was sentenced in 2015. Her son was born in 2001, Tan Yufen said.",
        three="Tan Yufen (谭玉芬) was born in Wuxu and left it in 1970. Tan Yufen wrote.",
    )
    place.update()
    assert len(place.people()) == 1


LISTED = """
[[person]]
id = "tan-yufen"
names = { en = ["Tan Yufen"], zh-Hans = ["谭玉芬"], zh-Hant = ["譚玉芬"] }
born = 1952
source = ["invented for the tests"]
"""


def test_a_listed_person_is_nobody_of_whom_another_year_is_stated(place: Place) -> None:
    (place.documents.parent / "authority" / "persons.toml").write_text(LISTED, encoding="utf-8")
    place.write(older=OLDER, younger=YOUNGER, silent=SILENT)
    place.update()
    assert place.people() == {"tan-yufen": ["older", "silent"], "tan-yufen-1988": ["younger"]}
    (stranger,) = _record(place, "younger")["persons"]
    assert stranger["known"] is False
    assert stranger["names"] == {"en": ["Tan Yufen"], "zh-Hans": ["谭玉芬"], "zh-Hant": ["譚玉芬"]}
    listed = LISTED.replace("1952", "1988")
    (place.documents.parent / "authority" / "persons.toml").write_text(listed, encoding="utf-8")
    assert sorted(place.update().again) == ["older", "silent", "younger"]
    assert place.people() == {"tan-yufen": ["silent", "younger"], "tan-yufen-1951": ["older"]}
    place.update("fresh")
    assert place.rows() == place.rows("fresh")


def _record(place: Place, id: str) -> Any:
    snapshot = open_engine("whoosh", place.documents.parent / "index").snapshot()
    try:
        (record,) = snapshot.stored([id])
        return record
    finally:
        snapshot.close()
