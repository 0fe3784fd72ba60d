"""Precision, recall and F1 of extracted entities against gold items.

The rules are those of the gold's own description: each prediction serves one gold item and each item is served by
one prediction; the canonical name or any accepted name, acronym or Chinese name is right; optional items are
neither rewarded nor punished; quotes, accents, case and spaces are normalised on both sides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.fold import fold_text


@dataclass(frozen=True, slots=True)
class Item:
    """One gold item: all names that are right for it, normalised, and whether it is optional."""

    canonical: str
    names: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one comparison; scores add up.  ``wrong`` and ``missed`` name what was not right."""

    right: int = 0
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the predictions that are right; 1 where there is no prediction."""
        made = self.right + len(self.wrong)
        return self.right / made if made else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold items that were found; 1 where there is none."""
        wanted = self.right + len(self.missed)
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def normalised(name: str) -> str:
    """Return a name without case, accents, kinds of quotes, and superfluous spaces."""
    return " ".join(fold_text(name).split())


def item(row: Mapping[str, Any]) -> Item:
    """Return the gold item of one row of a gold file."""
    names = [row["canonical"], row.get("acronym"), row.get("chinese_name"), *row.get("accepted_names", ())]
    return Item(row["canonical"], frozenset(normalised(n) for n in names if n), bool(row.get("optional")))


def score(predictions: Sequence[Sequence[str]], items: Sequence[Item]) -> Score:
    """Return the score of the predicted entities of one kind in one document.

    A prediction is the names under which it counts, the canonical one first.
    """
    edges = [
        sorted(
            (i for i, it in enumerate(items) if it.names & set(map(normalised, names))), key=lambda i: items[i].optional
        )
        for names in predictions
    ]
    served = _matching(edges, len(items))
    matched = {prediction: i for i, prediction in served.items()}
    return Score(
        right=sum(1 for i in served if not items[i].optional),
        wrong=tuple(names[0] for p, names in enumerate(predictions) if p not in matched),
        missed=tuple(it.canonical for i, it in enumerate(items) if i not in served and not it.optional),
    )


def _matching(edges: Sequence[Sequence[int]], items: int) -> dict[int, int]:
    """Return a largest matching as item -> prediction, by augmenting paths; items that must be found come first."""
    served: dict[int, int] = {}

    def place(prediction: int, tried: set[int]) -> bool:
        for i in edges[prediction]:
            if i in tried:
                continue
            tried.add(i)
            if i not in served or place(served[i], tried):
                served[i] = prediction
                return True
        return False

    for prediction in range(len(edges)):
        place(prediction, set())
    return served
