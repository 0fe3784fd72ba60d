"""What does a person's name look like in Latin letters?  Shapes, without their surroundings.

A shape is worth what it is worth without any word around it: ``Chow Hang-tung`` can hardly be anything else,
``Bhima Koregaon`` may well be a village.  Worth is counted in the units of ``indexer.extract.person``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from indexer.extract.latin import Word, is_common, is_people, is_place
from indexer.extract.lexicon import ranked, words

Order = Literal["family-first", "family-last"]

#: Particles that stand inside a name in small letters.
PARTICLES = words("particles")
_HYPHENATED = re.compile(r"[a-z]+[-][a-z]+\Z")
_SYLLABLE_LENGTH = range(6, 0, -1)
#: Frequent family names: the others count only with a given name of two syllables or other evidence.
_FREQUENT = 170
#: Endings of family names in many languages.
_FAMILY_ENDING = re.compile(
    r"(?:ov|ova|ev|eva|sky|ski|ska|skaya|enko|chuk|vich|vic|ic|oglu|zade|yan|ian|shvili|dze|sson|sen|son|stein|berg|"
    r"mann|man|feld|ez|az|oz|elli|ini|etti|poulos|akis|escu|aru|uddin|ullah|pour|nejad|zadeh|wala|walla|singh|kumar|"
    r"murthy|swamy|amurti|wati|wicz|czyk|quist|strom|lund|gaard|aitis|unas|janov|bayev|bekov|jon|jan)\Z"
)


@lru_cache(maxsize=65536)
def syllables(key: str) -> int:
    """Return of how many pinyin syllables a folded word consists, 0 when it is not pinyin; at most four."""
    known = words("pinyin")
    best = [0] + [99] * len(key)
    bare = key.replace("'", "").replace("-", "")
    best = [0] + [99] * len(bare)
    for end in range(1, len(bare) + 1):
        for length in _SYLLABLE_LENGTH:
            if length <= end and best[end - length] < 99 and bare[end - length : end] in known:
                best[end] = min(best[end], best[end - length] + 1)
    return best[-1] if bare and best[-1] <= 4 else 0


@lru_cache(maxsize=65536)
def is_given(key: str) -> bool:
    """Say whether a folded word is a given name, or a double one with a hyphen."""
    given = words("given_latin")
    return key in given or ("-" in key and all(part in given for part in key.split("-")))


def is_family_pinyin(key: str) -> bool:
    """Say whether a folded word is a Chinese family name in pinyin."""
    return key in ranked("surnames_pinyin")


def is_family_roman(key: str) -> bool:
    """Say whether a folded word is a Chinese or Korean family name in another romanisation."""
    return key in words("surnames_latin")


def is_double_given(family: str, given: str) -> bool:
    """Say whether a word with a hyphen is the given name after a Chinese or Korean family name: Chau Tin-hang.

    Both parts may be English words.
    """
    if not (is_family_roman(family) or is_family_pinyin(family)):
        return False
    return _HYPHENATED.match(given) is not None and len(given) <= 13 and given not in words("common_english")


def may_be_in_name(word: Word) -> bool:
    """Say whether a capitalised word can be part of a name at all."""
    key = word.key
    if is_given(key) or word.initial:
        return True
    if key in words("heads_latin") or key in words("not_names") or is_people(key) or is_place(key):
        return False
    return not is_common(key) and not word.text.isdigit()


def worth(name: Sequence[Word]) -> float:
    """Return what the shape of two to five words is worth as a person's name; 0 when it cannot be one."""
    if not 2 <= len(name) <= 6 or is_place(" ".join(w.key for w in name)):
        return 0.0
    chinese = max(_pinyin_worth(name), _roman_worth(name))
    return max(chinese, _western_worth(name))


def order(name: Sequence[Word]) -> Order:
    """Say where the family name stands."""
    if max(_pinyin_worth(name, western=False), _roman_worth(name)) > 0 and not is_given(name[0].key):
        return "family-first"
    if _pinyin_worth(name, western=False) >= 2.4 and not is_family_pinyin(name[-1].key):
        return "family-first"
    return "family-last"


def _pinyin_worth(name: Sequence[Word], western: bool = True) -> float:
    if len(name) not in (2, 3) or not all(w.capital for w in name):
        return 0.0
    family, given = name[0].key, name[1:]
    counts = [syllables(w.key) for w in given]
    if is_family_pinyin(family) and all(counts) and 1 <= sum(counts) <= 3 and (len(given) == 1 or sum(counts) == 2):
        if all(is_common(w.key) for w in name) or _is_known_otherwise(name) or any(is_people(w.key) for w in given):
            return 0.0
        rank = ranked("surnames_pinyin")[family]
        if sum(counts) >= 2:
            return 2.8 if rank < _FREQUENT else 2.0
        return 2.4 if rank < 110 and not is_common(given[0].key) else 1.3
    last = name[-1].key
    if western and len(name) == 2 and is_family_pinyin(last) and syllables(family) == 2 and not is_common(family):
        return 2.4 if ranked("surnames_pinyin")[last] < _FREQUENT and not is_place(family) else 0.0
    return 0.0


def _roman_worth(name: Sequence[Word]) -> float:
    keys = [w.key for w in name]
    if not all(w.capital for w in name):
        return 0.0
    for index, key in enumerate(keys[:-1]):
        following = name[index + 1]
        if is_double_given(key, following.key):
            return 3.0 if (index == 0 and len(name) == 2) or is_given(keys[0]) else 2.4
    if len(name) == 3 and is_family_roman(keys[0]) and all(_is_short(k) for k in keys[1:]):
        return 2.0 if is_common(keys[0]) else 2.4
    if 2 <= len(name) <= 5 and keys[0] in words("surnames_vietnamese") and all(_is_short(k) for k in keys[1:]):
        return 2.4 if len(name) > 2 else 1.3
    if len(name) >= 3 and is_given(keys[0]) and is_family_roman(keys[1]) and all(_is_short(k) for k in keys[2:]):
        return 2.8
    return 0.0


def _is_short(key: str) -> bool:
    return 2 <= len(key) <= 6 and not is_common(key) and key.isalpha() and not is_place(key)


def _western_worth(name: Sequence[Word]) -> float:
    first, last = name[0], name[-1]
    if any(not (may_be_in_name(w) or w.key in PARTICLES) for w in name[:-1]) or not last.capital or last.initial:
        return 0.0
    if any(w.acronym for w in name) and not all(w.text.isupper() for w in name) and not _surname_in_capitals(name):
        return 0.0
    given = is_given(first.key) or (first.initial and len(name) > 2)
    if given:
        return _given_worth(name)
    if not may_be_in_name(last):
        return 0.0
    middle_given = any(is_given(w.key) for w in name[1:])
    particles = any(w.key in PARTICLES for w in name[1:-1]) or any("-" in w.key[:4] for w in name)
    initial = any(w.initial for w in name[1:-1])
    unknown = 1.0 if len(name) <= 3 else 0.5
    ending = 0.6 if _FAMILY_ENDING.search(last.key) else 0.0
    return unknown + (0.8 if middle_given else 0.0) + (0.8 if particles else 0.0) + (1.2 if initial else 0.0) + ending


def _surname_in_capitals(name: Sequence[Word]) -> bool:
    """Say whether only the end of a name is in capitals, as lists of delegates write it: Amina HADDAD."""
    shouted = [len(w.text) > 3 and w.text.isupper() for w in name]
    return not shouted[0] and shouted[-1] and sorted(shouted) == shouted


def _given_worth(name: Sequence[Word]) -> float:
    first, last = name[0], name[-1]
    sure = not is_common(first.key) and not is_place(first.key)
    if (last.key in words("not_names") and last.key not in words("given_latin")) or last.key in words("heads_latin"):
        return 0.0
    if is_people(last.key) or is_place(last.key) or last.key in _NEVER_LAST:
        return 1.2 if sure and is_place(last.key) and len(name) == 2 else 0.0
    if is_common(last.key) and not is_given(last.key) and last.key not in words("surnames_latin"):
        return 2.4 if sure and len(last.key) > 3 else 0.6
    return 2.8 if sure else 2.4


_NEVER_LAST = frozenset(("street", "road", "prize", "award", "day", "week", "park", "dies", "died"))


def _is_known_otherwise(name: Sequence[Word]) -> bool:
    phrase = " ".join(w.key for w in name)
    return is_place(phrase) or phrase in _NOT_PERSONS or (is_place(name[-1].key) and len(name) == 2)


_NOT_PERSONS = frozenset(
    ("hong kong", "falun gong", "falun dafa", "feng shui", "tai chi", "mao zedong thought", "du bao", "ren min")
)
