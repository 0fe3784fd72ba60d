"""Invented documents: seeded, of the lengths and frequencies of real ones, seven tenths English, three tenths Chinese.

Words are drawn by Zipf's law, and a fifth of a document's tokens from a few words of its own, so that terms cluster as
topics make them cluster.  What a word means is of no interest to an engine; how often it occurs is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.documents import Collection, write
from benchmarks.questions import Chooser, document_frequencies
from indexer.analysis import Analyzer, fold_text

ENGLISH_WORDS, CHINESE_WORDS = 30_000, 100_000

#: Exponents of Zipf's law, as measured on English prose and on segmented Chinese.
ENGLISH_ZIPF, CHINESE_ZIPF = 1.0, 1.05

CHINESE_SHARE = 0.3

#: Tokens of a document: log-normal, so many at the median, within these ends.
MEDIAN_TOKENS, SPREAD, SHORTEST, LONGEST = 500, 0.6, 30, 6000

#: Share of a document's tokens that come from its own topic, and the words of that topic, none of the commonest.
TOPICAL, TOPIC_WORDS, NO_TOPIC = 0.2, 15, 100

#: Each facet: values in all, values of one document (least and most), exponent of Zipf's law.
VALUES = {"organisation": (300, 1, 3, 0.8), "person": (5000, 0, 6, 0.9), "charge": (60, 0, 3, 0.7)}

_ONSETS = (*"bcdfghjklmnprstvw", "st", "tr", "pl", "ch", "sh")
_NUCLEI = (*"aeiou", "ai", "ea", "io")
_CODAS = tuple("nrtdlmpbk")


def synthetic(folder: Path, count: int) -> Collection:
    """Write ``count`` documents to a folder and return them; the same count gives the same documents."""
    chance = np.random.default_rng(7)
    vocabulary = [*islice(_english(), ENGLISH_WORDS), *islice(_chinese(), CHINESE_WORDS)]
    english, chinese = _zipf(ENGLISH_WORDS, ENGLISH_ZIPF), _zipf(CHINESE_WORDS, CHINESE_ZIPF)
    lengths = np.clip(chance.lognormal(np.log(MEDIAN_TOKENS), SPREAD, count), SHORTEST, LONGEST).astype(np.int64)
    bounds = np.zeros(count + 1, np.int64)
    np.cumsum(lengths, out=bounds[1:])
    han = chance.random(count) < CHINESE_SHARE
    tokens = np.empty(bounds[-1], np.int32)
    for number in range(count):
        drawn = _tokens(chance, chinese if han[number] else english, int(lengths[number]))
        tokens[bounds[number] : bounds[number + 1]] = drawn + (ENGLISH_WORDS if han[number] else 0)
    chooser = Chooser(
        vocabulary,
        document_frequencies(tokens, bounds, len(vocabulary)),
        {True: int(han.sum()), False: int(count - han.sum())},
        tokens,
        bounds,
    )
    return write(
        folder, vocabulary, tokens.tobytes(), bounds.tobytes(), drawn_facets(chance, count), chooser.questions()
    )


def drawn_facets(chance: np.random.Generator, count: int) -> dict[str, list[int] | list[list[str]]]:
    """Return years and values for ``count`` documents."""
    facets: dict[str, list[int] | list[list[str]]] = {
        "year": (2025 - np.floor(37 * chance.beta(1.2, 2.2, count))).astype(int).tolist()
    }
    for name, (size, least, most, exponent) in VALUES.items():
        shares = _zipf(size, exponent)
        digits = len(str(size - 1))
        facets[name] = [
            [f"{name}{value:0{digits}}" for value in sorted(set(_draw(chance, shares, int(many)).tolist()))]
            for many in chance.integers(least, most + 1, count)
        ]
    return facets


def _tokens(chance: np.random.Generator, shares: NDArray[np.float64], length: int) -> NDArray[np.int64]:
    drawn = _draw(chance, shares, length)
    topic = _draw(chance, shares, 3 * TOPIC_WORDS)
    topic = topic[topic > NO_TOPIC][:TOPIC_WORDS]
    if len(topic):
        own = chance.random(length) < TOPICAL
        drawn[own] = topic[chance.integers(0, len(topic), int(own.sum()))]
    return drawn


def _zipf(size: int, exponent: float) -> NDArray[np.float64]:
    """Return the cumulated shares of ``size`` ranks."""
    shares = 1 / np.arange(1, size + 1) ** exponent
    return np.cumsum(shares / shares.sum())


def _draw(chance: np.random.Generator, shares: NDArray[np.float64], many: int) -> NDArray[np.int64]:
    return np.minimum(np.searchsorted(shares, chance.random(many)), len(shares) - 1)


def _english() -> Iterator[str]:
    """Yield invented words that are their own stems, the same ones every time."""
    chance, stem, seen = random.Random(7), Analyzer().stem, set()
    while True:
        syllables = chance.choices([1, 2, 3, 4], [1, 8, 6, 3])[0]
        word = "".join(chance.choice(_ONSETS) + chance.choice(_NUCLEI) for _ in range(syllables))
        word += chance.choice(_CODAS)
        if word not in seen and stem(word) == word:
            seen.add(word)
            yield word


def _chinese() -> Iterator[str]:
    """Yield invented words of one to four simplified characters, most of two."""
    chance, seen = random.Random(7), set()
    characters = [one for one in map(chr, range(0x4E00, 0x9FA6)) if fold_text(one) == one]
    characters = chance.sample(characters, 3500)
    while True:
        word = "".join(chance.choices(characters, k=chance.choices([1, 2, 3, 4], [3, 70, 17, 10])[0]))
        if word not in seen:
            seen.add(word)
            yield word
