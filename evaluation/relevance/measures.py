"""Measures of a ranked list.  Formulas: Järvelin and Kekäläinen, TOIS 2002 (nDCG); the TREC definitions of the rest.

``ranked`` is a list of document ids, best first; ``grades`` maps the judged relevant ids to a grade above 0.
Without a relevant document every measure is 1 if nothing was returned and 0 otherwise: "no hit" is then right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain: gain 2^grade - 1, discount log2(rank + 1)."""
    if not grades:
        return float(not ranked)
    gained = sum(_gain(grades.get(id, 0), rank) for rank, id in enumerate(ranked[:depth], 1))
    best = sum(_gain(grade, rank) for rank, grade in enumerate(sorted(grades.values(), reverse=True)[:depth], 1))
    return gained / best


def _gain(grade: int, rank: int) -> float:
    return float((2**grade - 1) / math.log2(rank + 1))


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """One over the rank of the first relevant document, 0 if none stands in the first ``depth``."""
    if not grades:
        return float(not ranked)
    return next((1 / rank for rank, id in enumerate(ranked[:depth], 1) if id in grades), 0.0)


def success(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """1 if the first document is relevant."""
    if not grades:
        return float(not ranked)
    return float(bool(ranked) and ranked[0] in grades)


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 100) -> float:
    """Share of the relevant documents among the first ``depth``."""
    if not grades:
        return float(not ranked)
    return sum(id in grades for id in ranked[:depth]) / len(grades)
