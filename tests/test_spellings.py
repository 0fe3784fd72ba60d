"""Rules write a name in its usual ways, and change no other word."""

import pytest

from indexer.authority.spellings import spellings


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("forced labour", "forced labor"),
        ("forced labor", "forced labour"),
        ("unauthorised assembly", "unauthorized assembly"),
        ("organizing a procession", "organising a procession"),
        ("re-education camp", "reeducation camp"),
        ("re-education camp", "re education camp"),
        ("the great firewall", "great firewall"),
        ("law & order", "law and order"),
    ],
)
def test_other_spellings(name: str, written: str) -> None:
    assert written in spellings(name)


@pytest.mark.parametrize(
    ("name", "plural"),
    [("exit ban", "exit bans"), ("unlawful assembly", "unlawful assemblies"), ("black jail", "black jails")],
)
def test_plural_on_request(name: str, plural: str) -> None:
    assert plural in spellings(name, plural=True)
    assert plural not in spellings(name)


@pytest.mark.parametrize("name", ["collaboration", "exercise", "harassment of families", "酷刑", "709 crackdown"])
def test_nothing_to_change(name: str) -> None:
    assert list(spellings(name)) == [name]


def test_the_name_itself_comes_first() -> None:
    assert next(spellings("ill-treatment", plural=True)) == "ill-treatment"
