"""In which ways can a withheld name be written?

Of a name in Han characters its pinyin follows, in both orders; of a name in Latin letters its other orders.  Scripts,
capitals, accents, spaces and hyphens are for ``indexer.withheld.finding`` to see through.  Other romanisations
(Wade–Giles, Cantonese, Min) and Chinese characters of a Latin name follow from no rule: they are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from indexer.extract.han_words import is_word
from indexer.extract.latin import is_common
from indexer.extract.lexicon import words
from indexer.fold import is_han
from indexer.pinyin import readings_of, romanised, syllables_of
from indexer.withheld.finding import Form, letters_of

#: Readings of one name that are tried at most.
_MOST_READINGS = 64

#: How ü is written where a passport or a keyboard has none.
_UMLAUT = ("u", "v", "yu")


def forms(name: str) -> Iterator[Form]:
    """Yield every form of a name."""
    letters = letters_of(name)
    if not any(map(is_han, letters)):
        yield from _latin_forms(name)
        return
    given = _given_han(letters)
    yield Form(letters, frozenset(range(1, len(letters))), han=True, given=given)
    if all(map(is_han, letters)) and len(letters) > 1:
        for syllables in _readings(letters):
            short = _given_latin(syllables[-2:]) if given else frozenset()
            for surname in (1, 2) if 2 < len(letters) < 5 else (1,):
                yield _form([syllables[:surname], syllables[surname:]], True, short | given)
                yield _form([syllables[surname:], syllables[:surname]], False, short | given)


def given_form(letters: str) -> Form:
    """Return the form of a given name that stands alone."""
    if any(map(is_han, letters)):
        return Form(letters, frozenset(range(1, len(letters))), han=True)
    return _form([_syllables(letters)])


def _given_han(letters: str) -> frozenset[str]:
    """Return the given name of a name in characters, unless it has one character or is an ordinary word."""
    given = letters[-2:] if len(letters) in (3, 4) else ""
    return frozenset((given,)) if given and not is_word(given) else frozenset()


def _given_latin(syllables: Sequence[str]) -> frozenset[str]:
    """Return a given name of two syllables of pinyin, unless it is an ordinary English word."""
    given = "".join(syllables)
    return frozenset((given,)) if len(syllables) == 2 and not is_common(given) else frozenset()


def _readings(han: str) -> Iterator[tuple[str, ...]]:
    """Yield the syllables of a name in each reading that its characters commonly have."""
    surname = romanised(han, True).replace("ü", "v").split()
    whole = syllables_of(han)
    choices: list[dict[str, None]] = []
    for place, character in enumerate(han):
        own = [surname[place], whole[place]] if len(surname) == len(han) else [whole[place]]
        # The commonest readings come first; a family name has the reading of family names.
        own += readings_of(character)[: 2 if place else 1]
        choices.append(dict.fromkeys(spelt for reading in own for spelt in _without_umlaut(reading)))
    for number, syllables in enumerate(product(*choices)):
        if number == _MOST_READINGS:
            return
        yield syllables


def _without_umlaut(syllable: str) -> Iterator[str]:
    syllable = syllable.replace("ü", "v")
    yield from (syllable.replace("v", other) for other in _UMLAUT)


def _latin_forms(name: str) -> Iterator[Form]:
    """Yield a Latin name as it is listed, and with the last word first or the first word last."""
    cut = [pieces for pieces in map(_pieces, re.split(r"[\s,]+", name)) if pieces]
    pinyin = all(syllable in words("pinyin") for part in cut for syllable in part)
    given = _given_latin(max(cut, key=len)) if pinyin and len(cut) == 2 else frozenset()
    yield _form(cut, len(cut) == 2, given)
    if len(cut) > 1:
        yield _form([cut[-1], *cut[:-1]], True, given)
        yield _form([*cut[1:], cut[0]], False, given)


def _form(parts: Sequence[Sequence[str]], comma: bool = False, given: frozenset[str] = frozenset()) -> Form:
    """Return the form of a name of several words, each of one or more syllables.

    ``comma`` says that one may stand behind the first word, as in a list of authors.
    """
    joints: set[int] = set()
    word_joints: set[int] = set()
    at = 0
    for part in parts:
        word_joints.add(at)
        for syllable in part:
            joints.add(at)
            at += len(syllable)
    letters = "".join(syllable for part in parts for syllable in part)
    first = sum(map(len, parts[0]))
    return Form(
        letters,
        frozenset(joints - {0}),
        frozenset(word_joints - {0, at}),
        frozenset((first,)) if comma and first < at else frozenset(),
        given=given,
    )


def _pieces(word: str) -> tuple[str, ...]:
    """Cut a word as it is listed where it has hyphens and apostrophes, and where pinyin can be cut."""
    written = (letters_of(piece) for piece in re.split(r"[^\w\u0300-\u036f]+", word))
    return tuple(syllable for piece in written if piece for syllable in _syllables(piece))


@cache
def _syllables(word: str) -> tuple[str, ...]:
    """Cut a word where pinyin can be cut; a word that is no pinyin is one piece."""
    known = words("pinyin")
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is not None and word[start:end] in known:
                cut = (*before, word[start:end])
                best[end] = cut if best[end] is None or len(cut) < len(best[end] or ()) else best[end]
    return best[-1] or (word,)
