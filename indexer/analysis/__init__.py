"""How does text become tokens?  fold -> runs -> words and characters, composed and versioned here.

One analyzer serves documents and queries.  It gives two views of every text (house fact: measured on 852 names
over 143 articles, no single view finds every Chinese name without also finding strangers):

``words``  jieba's words and stemmed English, one position a word; its length is the length for ranking.
``chars``  single Han characters, their overlapping bigrams, and unstemmed Latin words; the position is the
           ordinal of the character or Latin word, so that a phrase matches as it is written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import snowballstemmer

from indexer.analysis.runs import Run, hyphenated, runs
from indexer.analysis.segment import Segmenter
from indexer.fold import FOLD_VERSION, Folded, fold, fold_text
from indexer.model import Token

__all__ = ["Analysis", "Analyzer", "Run", "fold", "fold_text", "runs"]

#: Bumped when the tokens of any text change; an index of another version is refused.
ANALYZER_VERSION = 4

#: Capitals of this length are also indexed as they stand: CAT the committee is not the animal.
_ACRONYM_LENGTHS = range(2, 13)


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of one text in both views, and the number of positions of each."""

    words: tuple[Token, ...]
    chars: tuple[Token, ...]
    words_length: int
    chars_length: int


class Analyzer:
    """Makes the tokens of documents and of queries."""

    def __init__(self, names: Sequence[str] = (), known: Sequence[str] | None = None) -> None:
        """``names`` are the names of the authority files, in any script; jieba keeps them whole.

        Where ``known`` is given, it keeps only these whole; the version stays that of ``names``.
        """
        self._names = names
        self._known = known
        self._stemmer = snowballstemmer.stemmer("english")
        self._stems: dict[str, str] = {}

    @cached_property
    def _segmenter(self) -> Segmenter:
        """The segmenter, made when it is needed first: most searches cut nothing, and to fold its names takes 0.1 s."""
        return Segmenter(_han(self._names), None if self._known is None else _han(self._known))

    @property
    def version(self) -> str:
        """What the tokens depend on: rules, fold, segmenter and its user dictionary."""
        return f"{ANALYZER_VERSION}.{FOLD_VERSION}/{self._segmenter.version}"

    def stem(self, word: str) -> str:
        """Return the stem of one folded Latin word; numbers and other scripts stay as they are."""
        stem = self._stems.get(word)
        if stem is None:
            stem = str(self._stemmer.stemWord(word)) if word.isascii() and word.isalpha() else word
            self._stems[word] = stem
        return stem

    def cut(self, run: str) -> list[str]:
        """Cut one run of folded Han text into words."""
        return self._segmenter.cut(run)

    def analyze(self, text: str) -> Analysis:
        """Return the tokens of ``text``; offsets are code points of ``text`` itself, end exclusive."""
        folded = fold(text)
        words: list[Token] = []
        chars: list[Token] = []
        word_position = char_position = 0
        previous: Run | None = None
        for run in runs(folded):
            if run.han:
                offset = run.start
                for word in self.cut(run.text):
                    words.append(Token(word, *folded.original(offset, offset + len(word)), word_position))
                    word_position += 1
                    offset += len(word)
                chars.extend(_characters(folded, run, char_position))
                char_position += len(run.text)
                previous = None
                continue
            start, end = folded.original(run.start, run.end)
            words.append(Token(self.stem(run.text), start, end, word_position))
            chars.append(Token(run.text, start, end, char_position))
            acronym = acronym_of(text[start:end])
            if acronym:
                chars.append(Token(acronym, start, end, char_position))
            if previous is not None and hyphenated(folded.text, previous, run):
                joined = previous.text + run.text
                first = folded.original(previous.start, previous.end)[0]
                words.append(Token(self.stem(joined), first, end, word_position - 1))
                chars.append(Token(joined, first, end, char_position - 1))
            word_position += 1
            char_position += 1
            previous = run
        return Analysis(tuple(words), tuple(chars), word_position, char_position)


def _characters(folded: Folded, run: Run, position: int) -> Iterable[Token]:
    """Yield each character of a Han run and each pair of neighbours, both at the first one's position."""
    for index, character in enumerate(run.text):
        start, end = folded.original(run.start + index, run.start + index + 1)
        yield Token(character, start, end, position + index)
        if index + 1 < len(run.text):
            pair_end = folded.original(run.start + index + 1, run.start + index + 2)[1]
            yield Token(run.text[index : index + 2], start, pair_end, position + index)


def acronym_of(original: str) -> str | None:
    """Return a word that is written in capitals, of any width, as its acronym term ("U.N." -> "UN"), else None."""
    bare = (original if original.isascii() else unicodedata.normalize("NFKC", original)).replace(".", "")
    if len(bare) in _ACRONYM_LENGTHS and bare.isalnum() and bare.isupper() and bare.isascii():
        return bare
    return None


def _han(names: Iterable[str]) -> Iterator[str]:
    """Yield the names that are Han characters alone, folded."""
    return (folded for folded in map(fold_text, names) if all(run.han for run in runs(Folded(folded, len(folded)))))
