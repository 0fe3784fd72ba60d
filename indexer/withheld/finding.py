"""Where in a text does a withheld name stand, however it is written?

A text is read as its letters alone, folded: scripts, widths, capitals and accents are gone, and so are spaces, signs
and what shows nothing.  One automaton finds the names in them; what stood between the letters then says whether it is
one name.  Addresses are read a second time as they decode: percent signs in UTF-8, GB18030 or Big5, character
references, ``\\u`` escapes, and host names in Punycode.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ahocorasick

from indexer.fold import fold_text, is_han

Span = tuple[int, int]

#: Characters that are one in names and that the fold of running text keeps apart: each stands as a variant of the
#: other in 教育部異體字字典.
_IN_NAMES = {"锺": "钟", "喆": "哲", "堃": "坤", "昇": "升", "陞": "升"}

#: A Latin name of fewer letters is found only with a space, a hyphen or a capital between its words: without, "lian"
#: is a word as well as Li An.
_SHORTEST_SOLID = 6
#: One of so many letters is found inside a longer word too: freexuzhiyong.
_SHORTEST_INSIDE = 8

_PARAGRAPH = r"(?!.*\n\s*\n)"
_HAN_GAP = re.compile(rf"{_PARAGRAPH}[\s·•‧・∙⋅.\-‐-―−_*~+'’]{{1,6}}", re.DOTALL)
_LATIN_GAP = re.compile(rf"{_PARAGRAPH}[1-5]?[\s·•‧・∙⋅.\-‐-―−_*~+/'’ʼ`´\"“”]{{0,6}}", re.DOTALL)
_COMMA = re.compile(r"[1-5]?\s{0,3}[,，|]\s{0,3}")
_LETTER_GAP = re.compile(r"[ \u3000.\-_]{1,3}")


class _Letters(dict[int, str]):
    """Maps a code point to its folded letters, to "" where it is none; fills itself."""

    def __missing__(self, code_point: int) -> str:
        folded = (_IN_NAMES.get(one, one) for one in fold_text(chr(code_point)))
        self[code_point] = letters = "".join(one for one in folded if one.isalpha() or is_han(one))
        return letters


_LETTERS = _Letters()


def letters_of(text: str) -> str:
    """Return the folded letters of a text, without anything between them."""
    return text.translate(_LETTERS)


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a name: its folded letters, and where something may stand between them.

    ``joints`` are offsets in ``letters`` before which a space or sign may stand, ``word_joints`` those of them
    between words, ``commas`` those where it may be a comma.  A form with Han characters has no boundaries.
    ``given`` are the letters of given names that alone stand for the person where the whole name stands too.
    """

    letters: str
    joints: frozenset[int]
    word_joints: frozenset[int] = frozenset()
    commas: frozenset[int] = frozenset()
    han: bool = False
    given: frozenset[str] = frozenset()

    def united(self, other: Form) -> Form:
        """Return the form that also fits what another of the same letters fits."""
        return replace(
            self,
            joints=self.joints | other.joints,
            word_joints=self.word_joints | other.word_joints,
            commas=self.commas | other.commas,
            given=self.given | other.given,
        )

    def fits(self, text: str, places: Sequence[int]) -> bool:
        """Say whether letters that stand at ``places`` of the text are this name."""
        gaps = dict(_gaps(text, places))
        if self.han:
            return all(_HAN_GAP.fullmatch(gap) for gap in gaps.values())
        if len(gaps) == len(places) - 1 and len(places) > 3:
            return all(_LETTER_GAP.fullmatch(gap) for gap in gaps.values()) and _is_whole(text, places)
        for place, gap in gaps.items():
            sign = place in self.joints and _LATIN_GAP.fullmatch(gap)
            if not sign and not (place in self.commas and _COMMA.fullmatch(gap)):
                return False
        if len(places) < _SHORTEST_SOLID and not all(
            place in gaps or _is_hump(text, places[place]) for place in self.word_joints
        ):
            return False
        return _is_whole(text, places) or (not gaps and len(places) >= _SHORTEST_INSIDE)


def _gaps(text: str, places: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield what stands before a letter and after the one before it, where it can be seen."""
    for number in range(1, len(places)):
        before, here = places[number - 1], places[number]
        if here - before > 1:
            gap = "".join(
                one
                for one in text[before + 1 : here]
                if unicodedata.category(one) not in ("Cf", "Mn", "Cc") or one.isspace()
            )
            if gap:
                yield number, gap


def _is_whole(text: str, places: Sequence[int]) -> bool:
    """Say whether no letter goes on with the word before or behind."""
    return not _joined(text, places[0]) and not _joined(text, places[-1] + 1)


def _joined(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    letters = left.isalpha() and right.isalpha() and not is_han(left) and not is_han(right)
    return letters and not _is_hump(text, at)


def _is_hump(text: str, at: int) -> bool:
    """Say whether a capital begins a word inside a word: freeXuZhiyong."""
    return 0 < at < len(text) and text[at].isupper() and not text[at - 1].isupper()


class Finder:
    """All forms of all names."""

    def __init__(self, forms: Iterable[Form] = ()) -> None:
        by_letters: dict[str, Form] = {}
        for form in forms:
            known = by_letters.get(form.letters)
            by_letters[form.letters] = form if known is None else known.united(form)
        self._automaton: Any = ahocorasick.Automaton()
        for letters, form in by_letters.items():
            self._automaton.add_word(letters, form)
        if by_letters:
            self._automaton.make_automaton()
        self._empty = not by_letters

    def spans(self, text: str) -> list[Span]:
        """Return where names stand, in order and without overlap."""
        return merged(span for span, _ in self.found(text))

    def found(self, text: str) -> Iterator[tuple[Span, Form]]:
        """Yield where names stand, each with its form, in no order."""
        if self._empty or not text:
            return
        yield from self._found(text)
        if _ENCODED.search(text):
            for decoded, places in readings(text):
                yield from (((places[start], places[end]), form) for (start, end), form in self._found(decoded))

    def _found(self, text: str) -> Iterator[tuple[Span, Form]]:
        matches = list(self._automaton.iter(text.translate(_LETTERS)))
        if not matches:
            return
        places = [place for place, one in enumerate(text) for _ in _LETTERS[ord(one)]]
        for last, form in matches:
            own = places[last + 1 - len(form.letters) : last + 1]
            if form.fits(text, own):
                end = own[-1] + 1
                while end < len(text) and unicodedata.category(text[end]) == "Mn":
                    end += 1
                yield (own[0], end), form


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


# ---------------------------------------------------------------- addresses

_ENCODED = re.compile(
    r"(?P<bytes>(?:%[0-9A-Fa-f]{2})+)|(?P<reference>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)"
    r"|(?P<escape>\\u[0-9A-Fa-f]{4})|(?P<host>\bxn--[a-z0-9-]+)",
    re.IGNORECASE,
)
_CODECS = ("utf-8", "gb18030", "big5hkscs")
#: An address inside an address is encoded twice.
_ROUNDS = 3


def readings(text: str) -> Iterator[tuple[str, list[int]]]:
    """Yield a text as it decodes in each encoding, with the place of every character and of the end."""
    seen = {text}
    for codec in _CODECS:
        decoded, places = text, list(range(len(text) + 1))
        for _ in range(_ROUNDS):
            if not _ENCODED.search(decoded):
                break
            decoded, places = _decoded(decoded, places, codec)
        if decoded not in seen:
            seen.add(decoded)
            yield decoded, places


def _decoded(text: str, places: Sequence[int], codec: str) -> tuple[str, list[int]]:
    out: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _ENCODED.finditer(text):
        out.append(text[at : match.start()])
        origin.extend(places[at : match.start()])
        for character, start in _characters(match, codec):
            out.append(character)
            origin.append(places[match.start() + start])
        at = match.end()
    out.append(text[at:])
    origin.extend(places[at:])
    return "".join(out), origin


def _characters(match: re.Match[str], codec: str) -> Iterator[tuple[str, int]]:
    """Yield the characters of an encoded stretch, each with the place in it where it begins."""
    written = match.group()
    if match["bytes"]:
        decoder = codecs.getincrementaldecoder(codec)("replace")
        begun = 0
        for place in range(0, len(written), 3):
            for character in decoder.decode(
                bytes((int(written[place + 1 : place + 3], 16),)), place + 3 == len(written)
            ):
                yield character, begun
                begun = place + 3
    elif match["escape"]:
        yield chr(int(written[2:], 16)), 0
    elif match["host"]:
        try:
            yield from ((character, 0) for character in written[4:].encode("ascii").decode("punycode"))
        except UnicodeError:
            yield from ((character, place) for place, character in enumerate(written))
    else:
        yield from ((character, 0) for character in html.unescape(written))
