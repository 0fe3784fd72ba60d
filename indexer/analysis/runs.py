"""Tokenizer: folded text to runs.  A run is one Latin word, or a stretch of Han characters.

This is the part of the analysis that needs no dictionary: it gives the marks of a snippet as well as the
``chars`` view, and is cheap enough to be done on a whole document for every hit shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from indexer.fold import Folded

#: Han characters of every block, and kana, which are searched in the same way.
HAN = (
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)

#: What words are made of: letters and digits of every other script.
LETTER = rf"[^\W_{HAN}]"

_RUN = re.compile(
    rf"(?P<han>[{HAN}]+)"
    # U.N., e.g.: letters with a full stop after each.
    r"|(?P<dotted>(?<![^\W_])(?:[a-z]\.){2,}(?:[a-z](?![^\W_]))?(?:'s(?![^\W_]))?)"
    # 1,016 is one number.
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?![\d]))"
    rf"|(?P<word>{LETTER}+(?:'{LETTER}+)*)"
)


class Run(NamedTuple):
    """One run of folded text: ``text`` as it is looked up, its span in the *folded* text, and what it is.

    A tuple, since a document has thousands, and these are made three times as fast.
    """

    text: str
    start: int
    end: int
    han: bool


#: Makes a run of a tuple; by its name it takes twice the time.
_run = partial(tuple.__new__, Run)


def runs(folded: Folded, start: int = 0, end: int | None = None) -> Iterator[Run]:
    """Yield the runs of a folded text in order; punctuation and spaces lie between them.

    With ``start`` and ``end`` only those of a stretch of it, which must cut no run.
    """
    for match in _RUN.finditer(folded.text, start, len(folded.text) if end is None else end):
        kind, text = match.lastgroup, match.group()
        first, last = match.span()
        if kind == "han":
            yield _run((text, first, last, True))
            continue
        if text.endswith("'s"):
            text = text[:-2]
            last -= 2
        if kind == "word":
            text = text.replace("'", "")
        elif kind == "dotted":
            text = text.replace(".", "")
        else:
            text = text.replace(",", "")
        yield _run((text, first, last, False))


def hyphenated(folded_text: str, left: Run, right: Run) -> bool:
    """Say whether two runs are the parts of one hyphenated word: re-education, Hang-tung."""
    return (
        not left.han
        and not right.han
        and right.start == left.end + 1
        and folded_text[left.end] == "-"
        and left.text.isalpha()
        and right.text.isalpha()
    )
