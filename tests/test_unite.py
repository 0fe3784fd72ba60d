"""Names that one document ties and another has in Latin letters alone: joined with a reason, parted without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.authority.check import check
from indexer.authority.parted import load_partings
from indexer.engines import open_engine
from indexer.engines.base import FACETS, Request
from indexer.errors import AuthorityError
from indexer.pipeline.run import Options
from indexer.pipeline.update import update
from indexer.query import Everything

AUTHORITY = Path(__file__).resolve().parents[1] / "corpus" / "authority"

ALONE = "Lawyer Zhu Tingfang was detained in May. “We will appeal,” Zhu Tingfang said."
TIED = "Lawyer Zhu Tingfang (朱婷芳) was released, her colleague said. Ms. Zhu thanked her friends."
HAN = "律师朱婷芳表示，她会上诉。"
OTHER = "Activist Zhu Tingfang (朱庭方) was detained. Zhu Tingfang said nothing."


class Collection:
    """A folder of notes and its index; ``persons`` are the facet counts after bringing it up to date."""

    def __init__(self, folder: Path, authority: Path = AUTHORITY) -> None:
        self.documents = folder / "documents"
        self.documents.mkdir()
        self._authority = authority
        self._engine = open_engine("whoosh", folder / "index")

    def write(self, name: str, text: str) -> None:
        """Write one note."""
        (self.documents / f"{name}.md").write_text(f"---\ntitle: Note {name}\nid: {name}\n---\n{text}\n", "utf-8")

    def remove(self, name: str) -> None:
        """Remove one note."""
        (self.documents / f"{name}.md").unlink()

    def persons(self) -> dict[str, int]:
        """Bring the index up to date and count the persons."""
        options = Options(allow_removals=True)
        self.summary = update(self._engine, self._authority, [self.documents], options=options)
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


# Undone by a researcher


@pytest.fixture
def parted(tmp_path: Path) -> Path:
    """The file of those who are kept apart, beside authority files without a record."""
    folder = tmp_path / "authority"
    folder.mkdir()
    return folder / "parted.toml"


def pair(one: str, other: str) -> str:
    return (
        f'[[parted]]\nids = ["{one}", "{other}"]\nwhy = "a teacher and a nurse"\nsource = "invented for the tests"\n'
        'by = "A. Editor"\ndate = 2026-11-20\n'
    )


def test_a_parted_pair_is_kept_apart_in_every_later_run(tmp_path: Path, parted: Path) -> None:
    collection = Collection(tmp_path, parted.parent)
    collection.write("alone", ALONE)
    collection.write("tied", TIED)
    ((joined, documents),) = collection.persons().items()
    assert documents == 2
    parted.write_text(pair("zhu-tingfang", joined), encoding="utf-8")
    assert collection.persons() == {"zhu-tingfang": 1, joined: 1}
    assert (collection.summary.again, collection.summary.because) == (["alone"], {"names joined or parted": 1})
    collection.write("later", ALONE)
    assert collection.persons() == {"zhu-tingfang": 2, joined: 1}
    parted.write_text(pair(joined, "somebody-else"), encoding="utf-8")
    assert collection.persons() == {joined: 3}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[[parted", 1, "not readable as TOML"),
        ("# who\n[[person]]\n", 1, "[[person]] is not known here"),
        ('# who\n\n[[parted]]\nids = ["a"]\n', 3, "must be the two ids"),
        (pair("a", "b") + pair("c", "c"), 7, "names c twice"),
        (pair("a", "b").replace("why", "because"), 1, "has no why"),
        (pair("a", "b") + "colour = 1\n", 1, "colour is not known here"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_line(parted: Path, text: str, line: int, said: str) -> None:
    parted.write_text(text, encoding="utf-8")
    found = [problem for problem in check(parted.parent) if said in problem.message]
    assert [(problem.file, problem.line) for problem in found] == [("parted.toml", line)]
    with pytest.raises(AuthorityError, match=r"parted\.toml"):
        load_partings(parted.parent)
