"""Names that one document ties and another has in Latin letters alone: joined with a reason, parted without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engines import open_engine
from indexer.engines.base import FACETS, Request
from indexer.pipeline import Options, update
from indexer.query import Everything

AUTHORITY = Path(__file__).resolve().parents[1] / "corpus" / "authority"

ALONE = "Lawyer Zhu Tingfang was detained in May. “We will appeal,” Zhu Tingfang said."
TIED = "Lawyer Zhu Tingfang (朱婷芳) was released, her colleague said. Ms. Zhu thanked her friends."
HAN = "律师朱婷芳表示，她会上诉。"
OTHER = "Activist Zhu Tingfang (朱庭方) was detained. Zhu Tingfang said nothing."


class Collection:
    """A folder of notes and its index; ``persons`` are the facet counts after bringing it up to date."""

    def __init__(self, folder: Path) -> None:
        self.documents = folder / "documents"
        self.documents.mkdir()
        self._engine = open_engine("whoosh", folder / "index")

    def write(self, name: str, text: str) -> None:
        """Write one note."""
        (self.documents / f"{name}.md").write_text(f"---\ntitle: Note {name}\nid: {name}\n---\n{text}\n", "utf-8")

    def remove(self, name: str) -> None:
        """Remove one note."""
        (self.documents / f"{name}.md").unlink()

    def persons(self) -> dict[str, int]:
        """Bring the index up to date and count the persons."""
        update(self._engine, AUTHORITY, [self.documents], options=Options(allow_removals=True))
        snapshot = self._engine.snapshot()
        try:
            return dict(snapshot.search(Request(Everything(), facets=FACETS)).facets["person"])
        finally:
            snapshot.close()


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return Collection(tmp_path)


def test_a_tie_in_one_document_joins_the_other_whatever_the_order(collection: Collection) -> None:
    collection.write("alone", ALONE)
    assert list(collection.persons()) == ["zhu-tingfang"]
    collection.write("tied", TIED)
    collection.write("han", HAN)
    (joined,) = collection.persons().items()
    assert joined[1] == 3
    collection.write("later", ALONE)
    assert collection.persons() == {joined[0]: 4}


def test_two_bearers_of_one_latin_name_are_never_joined(collection: Collection) -> None:
    collection.write("alone", ALONE)
    collection.write("tied", TIED)
    collection.persons()
    collection.write("other", OTHER)
    persons = collection.persons()
    assert len(persons) == 3
    assert persons["zhu-tingfang"] == 1
    collection.remove("other")
    assert list(collection.persons().values()) == [2]


def test_a_join_goes_with_the_document_that_supports_it(collection: Collection) -> None:
    collection.write("alone", ALONE)
    collection.write("han", HAN)
    apart = collection.persons()
    assert len(apart) == 2
    collection.write("tied", TIED)
    assert len(collection.persons()) == 1
    collection.remove("tied")
    assert collection.persons() == apart
