"""Names offered while typing."""

from __future__ import annotations

import pytest

from indexer.authority import Authority
from search_app.query.names import NameIndex
from search_app.suggest import Beginnings

ROWS = [
    ("person", "lin-aiping", "en", "Lin Aiping", 4),
    ("person", "lin-aiping", "zh-Hans", "林爱萍", 4),
    ("person", "lin-aiping", "zh-Hant", "林愛萍", 4),
    ("person", "lin-wu", "zh-Hans", "林舞", 9),
    ("charge", "smuggling-relics", "en", "smuggling of relics", 2),
    ("charge", "smuggling-relics", "zh-Hans", "走私文物罪", 2),
    ("organisation", "unheard-of", "en", "Linden Press", 0),
]


@pytest.fixture(scope="module")
def names() -> Beginnings:
    return Beginnings(NameIndex(ROWS, Authority(), lambda word: word))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("lin", [("lin-wu", "林舞"), ("lin-aiping", "Lin Aiping")]),
        ("LIN AI", [("lin-aiping", "Lin Aiping")]),
        ("linai", [("lin-aiping", "Lin Aiping")]),
        ("aip", [("lin-aiping", "Lin Aiping")]),
        ("爱萍", [("lin-aiping", "林爱萍")]),
        ("愛", [("lin-aiping", "林愛萍")]),
        ("relics", [("smuggling-relics", "smuggling of relics")]),
        ("文物", [("smuggling-relics", "走私文物罪")]),
        ("zzz", []),
        ("", []),
        (" ", []),
        ("\x00", []),
        ("lin" * 500, []),
    ],
)
def test_any_word_of_a_name_leads_to_it_in_the_script_typed(
    names: Beginnings, typed: str, offered: list[tuple[str, str]]
) -> None:
    assert [(one.named.id, one.text) for one in names.suggest(typed, 8)] == offered


def test_no_more_are_offered_than_asked_for(names: Beginnings) -> None:
    assert [one.named.id for one in names.suggest("lin", 1)] == ["lin-wu"]
