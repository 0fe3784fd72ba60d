"""Which characters are equal?  One fold for documents, queries, names, facets and suggestions.

``fold`` makes one form of simplified, traditional, Hong Kong, full-width, accented and upper-case text, and
remembers where every folded character came from, so that marks stand on the original script.

The Han table (``fold_table.txt``) holds OpenCC's ``hk2s`` for every single code point: one character in, one
out, whatever its neighbours.  OpenCC's phrase tables are not used: they depend on neighbours and change lengths.
What only phrases join (瞭解/了解, 計畫/计划 …) is listed in ``_SAME_WORDS``, always at equal length.
``_VARIANTS`` adds printed and Taiwanese forms of a character that hk2s leaves alone.
``tests/test_fold.py`` makes the table anew with OpenCC and compares.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

#: Bumped when anything here changes what two texts compare as equal; part of the analyzer's version.
FOLD_VERSION = 3

_TYPOGRAPHIC = {
    "‘": "'",
    "’": "'",
    "‛": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "ß": "ss",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    # The middle dots that stand between the parts of Uyghur, Tibetan and western names.
    "•": "·",
    "‧": "·",
    "・": "·",
    "∙": "·",
    "⋅": "·",
}

#: Other shapes of a character, and the two pronouns that only Taiwan tells apart from 你 and 它: each is given as a
#: variant in 教育部異體字字典 or 第一批异体字整理表, and mainland text has no use for it, not even in names, as it has
#: for 甦.
_VARIANTS = {
    "妳": "你",
    "牠": "它",
    "祇": "只",
    "暱": "昵",
    "隄": "堤",
    "隣": "邻",
    "砲": "炮",
    "倣": "仿",
    "搾": "榨",
    "脇": "胁",
    "靑": "青",
    "吿": "告",
    "値": "值",
    "暸": "瞭",
}

#: Words that are written with different characters in the two scripts although both characters live on in
#: simplified text, so that no table of single characters may join them: the character that is replaced by another, in
#: folded text, and what must stand around it, where a look back goes over the character itself.
#: Each pair is recorded in the Taiwan and mainland school dictionaries (教育部重編國語辭典; 现代汉语词典) as spellings
#: of one word.
_SAME_WORDS = (
    ("瞭", "了", r"(?=[解然若])|(?<=明.)"),
    ("藉", "借", r"(?<![慰狼蕴枕].)"),
    ("覆", "复", r"(?<=[反答回批函].)(?![盖灭没辙])|(?<=重.)(?![盖灭没辙])|(?=[核查审述检诊])"),
    ("画", "划", r"(?<=[计规企策谋筹].)"),
    ("沈", "沉", r"(?=[默重没淀痛迷浸睡着著冤沦寂溺])|(?<=[深浮低消阴].)"),
    ("著", "着", r"(?<![显卓编原名专论土昭遗合译巨拙].)(?![名作称者述书录])"),
    ("彷", "仿", r"(?=佛)"),
    ("甚", "什", r"(?=么)"),
    ("澈", "彻", r"(?=底)"),
    ("份", "分", r"(?<=[部成].)(?![额])|(?=子)"),
    ("分", "份", r"(?<=身.)(?![析别布为开成明])"),
    ("帐", "账", r"(?=[户号目单款])"),
    ("纪", "记", r"(?<!世界.)(?=录)"),
    ("连", "联", r"(?=络)"),
    ("姊", "姐", r"(?=[姊妹])|(?<=[大学姊姐].)"),
)
#: The character stands first in its pattern, so that the search skips to it.
_SAME_WORDS_COMPILED = tuple(
    (character, re.compile(f"{character}(?:{around})"), to) for character, to, around in _SAME_WORDS
)


def _han_table() -> dict[str, str]:
    lines = files("indexer").joinpath("fold_table.txt").read_text(encoding="utf-8").split("\n")
    rows = [line for line in lines if line and not line.startswith("#")]
    return dict(zip(rows[0], rows[1], strict=True))


class _CharacterTable(dict[int, str]):
    """Folds one code point; fills itself, so that only characters that were met take room."""

    def __init__(self) -> None:
        super().__init__()
        self._han = {**_VARIANTS, **{one: _VARIANTS.get(to, to) for one, to in _han_table().items()}}
        #: Characters whose folded form is not exactly one character long.
        self.changes_length: set[str] = set()
        #: The same by numbers, for many characters at a time: 0 for those that were not met, and the null character.
        self.points = np.zeros(sys.maxunicode + 1, np.uint32)

    def __missing__(self, code_point: int) -> str:
        character = chr(code_point)
        folded = self._fold(character)
        self[code_point] = folded
        if len(folded) == 1:
            self.points[code_point] = ord(folded)
        else:
            self.points[code_point] = _CHANGES_LENGTH
            self.changes_length.add(character)
        return folded

    def _fold(self, character: str) -> str:
        han = self._han.get(character)
        if han is not None:
            return han
        plain = unicodedata.normalize("NFKC", character)
        out = []
        for part in unicodedata.normalize("NFD", plain.lower()):
            category = unicodedata.category(part)
            if category == "Cf" or (category == "Mn" and part not in "\u3099\u309a"):
                continue
            if category == "Zs":
                part = " "
            out.append(_TYPOGRAPHIC.get(part, self._han.get(part, part)))
        # Hangul and kana are taken apart by NFD; put them together again.
        return unicodedata.normalize("NFC", "".join(out))


#: The point that stands for a character whose folded form is not exactly one.
_CHANGES_LENGTH = 0xFFFFFFFF

_TABLE = _CharacterTable()

#: From so many characters on they are folded as arrays; making these takes as long as folding some hundred.
_MANY = 200

#: A name is at most so long, in characters.
_NAME = 64


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and the way back.

    ``starts[i]`` is the original offset of folded character i; None means that the two texts have the same
    length and every offset is its own.
    """

    text: str
    length: int
    starts: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of the folded span ``start:end`` (end exclusive, start < end)."""
        if self.starts is None:
            return start, end
        last = self.starts[end - 1]
        after = bisect_right(self.starts, last)
        return self.starts[start], self.starts[after] if after < len(self.starts) else self.length

    def offset(self, original: int) -> int:
        """Return where the character at an original offset, or the next that folds to any, lies in the folded text."""
        return original if self.starts is None else bisect_left(self.starts, original)

    def part(self, start: int, end: int) -> Folded:
        """Return the fold of the original stretch ``start:end``; both sides' offsets count from its beginning."""
        low, high = self.offset(start), self.offset(end)
        starts = None if self.starts is None else tuple(offset - start for offset in self.starts[low:high])
        return Folded(self.text[low:high], end - start, starts)


def fold(text: str) -> Folded:
    """Fold ``text``, keeping the way back to its offsets.  Empty text folds to empty text."""
    if text.isascii():
        return Folded(text.lower(), len(text))
    characters, starts = _folded(text)
    return Folded(_same_words(characters), len(text), starts)


def _folded(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Fold each character; return with them the offset that each comes from, None where every one is its own."""
    if len(text) >= _MANY:
        return _folded_at_once(text)
    folded = text.translate(_TABLE)
    if _TABLE.changes_length.isdisjoint(text):
        return folded, None
    return folded, tuple(at for at, character in enumerate(text) for _ in _TABLE[ord(character)])


def _folded_at_once(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Do as ``_folded`` does, over arrays: Chinese text takes a quarter of the time."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _TABLE.points[points]
    if not folded.all():
        for point in np.unique(points[folded == 0]).tolist():
            _TABLE[point]
        folded = _TABLE.points[points]
    odd = folded == _CHANGES_LENGTH
    if not odd.any():
        return _text_of(folded), None
    forms = [_TABLE[point] for point in points[odd].tolist()]
    lengths = np.ones(len(points), np.intp)
    lengths[odd] = [len(form) for form in forms]
    starts = np.repeat(np.arange(len(points)), lengths)
    written = folded[starts]
    written[odd[starts]] = [ord(character) for form in forms for character in form]
    return _text_of(written), tuple(starts.tolist())


def _text_of(points: NDArray[np.uint32]) -> str:
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def fold_text(text: str) -> str:
    """Fold ``text`` where the offsets do not matter: for comparing names, values and queries."""
    return _fold_name(text) if len(text) <= _NAME else _same_words(_folded(text)[0])


@lru_cache(maxsize=65536)
def _fold_name(text: str) -> str:
    """Fold what is short enough to be a name: a document compares the same names again and again."""
    return _same_words(text.translate(_TABLE))


def _same_words(folded: str) -> str:
    for character, pattern, to in _SAME_WORDS_COMPILED:
        if character in folded:
            folded = pattern.sub(to, folded)
    return folded


_HAN = re.compile(
    "[\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
)


def is_han(character: str) -> bool:
    """Say whether one character is a Han ideograph, of whatever block; 〇 and 々 are.

    Planes 2 and 3 hold ideographs alone, so that blocks which Unicode adds there later are known already.
    """
    return _HAN.match(character) is not None


def has_han(text: str) -> bool:
    """Say whether any character of a text is a Han ideograph."""
    return _HAN.search(text) is not None
