"""What is asked of a collection: ten questions of each kind, chosen by how common their terms are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.documents import Question

#: Questions of each kind.  Three in ten are Chinese, as the documents are.
EACH = 10

#: Shares of the documents of a language that have a term of each kind, least and most.
RARE, COMMON, TOGETHER, EITHER, FILTERED = (0.0002, 0.002), (0.2, 0.9), (0.03, 0.5), (0.01, 0.4), (0.05, 0.5)

#: Both words of a phrase occur in more than this share of the documents.
PHRASE = 0.01


class Chooser:
    """Draws terms by their document frequency; the same seed draws the same ones."""

    def __init__(
        self,
        vocabulary: Sequence[str],
        frequencies: NDArray[np.int64],
        documents: dict[bool, int],
        tokens: NDArray[np.int32],
        bounds: NDArray[np.int64],
    ) -> None:
        """``documents`` is how many documents are Chinese (True) and how many are not."""
        self._vocabulary = vocabulary
        self._frequencies = frequencies
        self._documents = documents
        self._tokens = tokens
        self._bounds = bounds
        self._han = np.array([term > "\u2e7f" for term in vocabulary])
        self._chance = random.Random(11)

    def questions(self) -> list[Question]:
        """Return the questions of all kinds, sorted by kind."""
        asked = []
        for number in range(EACH):
            han = number % 10 >= 7 and self._documents[True] > 0
            size = 2 + number % 3
            asked += [
                Question("rare", (self._term(RARE, han),)),
                Question("common", (self._term(COMMON, han),)),
                Question("and", tuple(self._term(TOGETHER, han) for _ in range(size))),
                Question("or", tuple(self._term(EITHER, han) for _ in range(size))),
                Question("phrase", self._neighbours(han)),
                self._filter(number, han),
            ]
        return sorted(asked, key=lambda question: question.kind)

    def _term(self, share: tuple[float, float], han: bool) -> str:
        total = self._documents[han]
        low, high = max(1, share[0] * total), max(3, share[1] * total)
        inside = (self._han == han) & (self._frequencies >= low) & (self._frequencies <= high)
        return self._vocabulary[self._chance.choice(np.flatnonzero(inside).tolist())]

    def _neighbours(self, han: bool) -> tuple[str, ...]:
        """Return two words, neither rare, that follow each other in some document."""
        least = PHRASE * self._documents[han]
        while True:
            document = self._chance.randrange(len(self._bounds) - 1)
            at = self._chance.randrange(int(self._bounds[document]), int(self._bounds[document + 1]) - 1)
            pair = [int(token) for token in self._tokens[at : at + 2]]
            fit = all(self._han[token] == han and self._frequencies[token] > least for token in pair)
            if fit and pair[0] != pair[1]:
                return tuple(self._vocabulary[token] for token in pair)

    def _filter(self, number: int, han: bool) -> Question:
        terms = (self._term(FILTERED, han),)
        if number % 2:
            return Question("filter", terms, person=f"person{self._chance.randrange(60):04}")
        first = self._chance.randrange(1995, 2018)
        return Question("filter", terms, years=(first, first + self._chance.randrange(1, 8)))


def document_frequencies(tokens: NDArray[np.int32], bounds: NDArray[np.int64], terms: int) -> NDArray[np.int64]:
    """Return in how many documents each term occurs."""
    frequencies = np.zeros(terms, np.int64)
    for start, end in pairwise(bounds):
        frequencies[np.unique(tokens[start:end])] += 1
    return frequencies
