"""In which order does a reader look for a name, and under which heading?

English readers look under the letter of the family name; readers of simplified Chinese under the pinyin of the name,
the family name read as one (覃 under Q); readers of traditional Chinese under the number of strokes of its first
character.  Every list takes names of both scripts: a name that is known in no other stands where its reading stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from indexer.extract.spelling import short_names
from indexer.fold import fold_text, is_han
from indexer.pinyin import romanised

#: A heading: the number of strokes as a text, or a capital letter, or this for all that begins otherwise.
OTHER = "#"

#: What a key compares: strokes (0 for none), place in the order of strokes, the letters, the name as it is written.
Key = tuple[int, int, str, str]

_ARTICLES = ("the ", "a ", "an ")
_SUFFIXES = ("jr.", "jr", "sr.", "sr", "ii", "iii", "iv")


def sort_key(kind: str, name: str, han: str, language: str) -> Key:
    """Return what a name is sorted by in a list for readers of ``language``.

    ``name`` is the name that the list shows, ``han`` the entity's Chinese name or "": it tells which word of a
    romanised name is the family name.
    """
    if language == "zh-Hant" and is_han(name[0]):
        strokes, place = _strokes().get(name[0], (99, ord(name[0])))
        return strokes, place, " ".join(f"{_strokes().get(character, (99, 0))[1]:06}" for character in name[1:]), name
    return 0, 0, letters(kind, name, han), name


def heading(key: Key) -> str:
    """Return the heading under which a key stands: a number of strokes or a letter."""
    if key[0]:
        return str(key[0])
    letter = key[2][:1].upper()
    return letter if letter.isascii() and letter.isalpha() else OTHER


def heading_order(found: str) -> tuple[int, str]:
    """Return what headings are sorted by: strokes in the order of their number, then letters, then all others."""
    return (int(found), "") if found.isdigit() else (1000 if found != OTHER else 1001, found)


def letters(kind: str, name: str, han: str = "") -> str:
    """Return the letters by which a name is sorted, lower-case and without accents: pinyin for Chinese characters.

    A person's begin with the family name, an organisation's have no article.
    """
    folded = fold_text(name)
    if is_han(folded[0]):
        return romanised(folded, kind == "person")
    if kind == "person":
        return _family_first(folded, name, han)
    return next((folded.removeprefix(article) for article in _ARTICLES if folded.startswith(article)), folded)


def _family_first(folded: str, name: str, han: str) -> str:
    words = [word for word in folded.split() if word not in _SUFFIXES]
    if len(words) < 2 or (han and romanised(fold_text(han), True).split()[0] == words[0]):
        return folded
    family = (short_names(" ".join(word for word in name.split() if fold_text(word) in words)) or words)[0]
    at = words.index(family) if family in words else 0
    return " ".join([*words[at:], *words[:at]])


@cache
def _strokes() -> Mapping[str, tuple[int, int]]:
    """Map a character to its number of strokes and its place in CLDR's order; the file says whence it comes."""
    table: dict[str, tuple[int, int]] = {}
    for line in files(__package__).joinpath("strokes.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            number, characters = line.split(" ")
            for character in characters:
                table[character] = (int(number), len(table))
    return table
