"""Offences that no authority file lists, from the words of charging alone.

Precision before recall: what stands in quotes after words of charging is taken whole; what stands bare is taken
only after words that belong to a court ("charged with", "convicted of", 被控…罪), clipped at the first word that
leaves the name of an offence, and dropped when it names no act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.extract.annotated import AnnotatedText
from indexer.extract.offence.chinese import chinese_offences
from indexer.extract.offence.english import english_offences, infinitives
from indexer.extract.offence.found import Offence
from indexer.extract.stretches import Stretches

__all__ = ["Offence", "infinitives", "unlisted_offences"]


def unlisted_offences(text: AnnotatedText, language: str, taken: Stretches) -> Iterator[Offence]:
    """Yield the offences named outside ``taken`` (stretches of the text), in no particular order.

    An offence that overlaps a taken stretch is the listed one, and is left out; what is found is taken in turn.
    """
    if language != "zh":
        yield from _free(english_offences(text.anchors), taken)
    if language != "en":
        yield from _free(chinese_offences(text.text, text.folded), taken)


def _free(offences: Iterable[Offence], taken: Stretches) -> Iterator[Offence]:
    for offence in offences:
        # "a conspirator in an anti-government plot": the plot is the offence
        told = offence.rule == "charge-offender" and taken.starts_between(offence.end, offence.end + 50)
        if not told and not taken.touch(offence.start, offence.end):
            taken.add(offence.start, offence.end)
            yield offence
