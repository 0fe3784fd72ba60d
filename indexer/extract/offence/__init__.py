"""Offences that no authority file lists, from the words of charging alone.

Precision before recall: what stands in quotes after words of charging is taken whole; what stands bare is taken
only after words that belong to a court ("charged with", "convicted of", 被控…罪), clipped at the first word that
leaves the name of an offence, and dropped when it names no act.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.extract.offence.chinese import chinese_offences
from indexer.extract.offence.english import english_offences, infinitives
from indexer.extract.offence.found import Offence
from indexer.fold import Folded

__all__ = ["Offence", "infinitives", "unlisted_offences"]


def unlisted_offences(
    original: str, folded: Folded, language: str, taken: Sequence[tuple[int, int]]
) -> Iterator[Offence]:
    """Yield the offences named outside ``taken`` (spans of the original text), in no particular order.

    An offence that overlaps a taken span is the listed one, and is left out.
    """
    occupied = sorted(taken)
    found: list[Offence] = list(english_offences(original)) if language != "zh" else []
    if language != "en":
        found.extend(chinese_offences(original, folded))
    kept: list[Offence] = []
    for offence in found:
        spans = [*occupied, *((o.start, o.end) for o in kept)]
        if offence.rule == "charge-offender" and any(0 <= low - offence.end < 50 for low, _ in occupied):
            continue  # "a conspirator in an anti-government plot": the plot is the offence
        if not any(low < offence.end and offence.start < high for low, high in spans):
            kept.append(offence)
            yield offence
