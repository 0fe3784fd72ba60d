"""With which letters does every word begin that a leaf finds?

Looking for letters is quick; only the words that begin with them are looked at.  There may be too many, never too few.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Letters at the end of a stem that a word need not have: cry/cri, hoping/hope, capability/capabl, skies/sky.  With
#: the verbs in -ie (dying/die) these are all differences among the 40,132 words of 3,000 speeches, of Cranfield's
#: abstracts and of our documents; tests/search/test_needles.py holds it for ours.
_LOOSE = "iely"


def of_stem(stem: str) -> list[str]:
    """Return what every word of a stem begins with, one or the other."""
    if len(stem) == 1 or stem[-1] not in _LOOSE:
        return [stem]
    return [stem[:-1], *([f"{stem[:-2]}y"] if stem.endswith("ie") else ())]


def fewest(needles: Iterable[str]) -> list[str]:
    """Return the needles of which none begins with another: these find the same words, each once.

    One without a letter, which stands everywhere, is left out: no query gives such a term.
    """
    kept: list[str] = []
    for needle in sorted(filter(None, needles)):
        if not kept or not needle.startswith(kept[-1]):
            kept.append(needle)
    return kept
