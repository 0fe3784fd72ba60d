"""Passages with marks, cut from the original text; everything is escaped before a mark is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import escape

from indexer.sentences import paragraph, sentences
from search_app.passages.marks import Mark

#: Length of a passage in code points; a Han character counts as two Latin letters.
PASSAGE_WIDTH = 260

#: Passages of one hit.
PASSAGES = 3

#: What a unit adds to the worth of a passage that has it, divided by how often the document has it.
_WORTH = 1_000_000


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage: its span in the field's text, and its HTML, escaped, with ``<mark>`` and nothing else."""

    field: str
    start: int
    end: int
    html: str


def marked_html(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> str:
    """Return ``text[start:end]`` as HTML with its marks; a mark that is cut by an end is marked as far as it goes."""
    end = len(text) if end is None else end
    parts: list[str] = []
    at = start
    for mark in marks:
        low, high = max(mark.start, start), min(mark.end, end)
        if low >= high or low < at:
            continue
        parts.append(str(escape(text[at:low])))
        parts.append(f"<mark>{escape(text[low:high])}</mark>")
        at = high
    parts.append(str(escape(text[at:end])))
    return "".join(parts)


def passages(text: str, marks: Sequence[Mark], count: int = PASSAGES, width: int = PASSAGE_WIDTH) -> list[Snippet]:
    """Return the best passages of a text in the order of the text; without marks, its beginning.

    A passage is one sentence, or several short ones; the passages chosen first name the most different units,
    then the rarest.  ``marks`` are in order.
    """
    if not marks:
        start, end = _beginning(text, width)
        return [Snippet("text", start, end, _clipped(text, [], start, end, width))] if end else []
    worth = {unit: _WORTH // times for unit, times in Counter(mark.unit for mark in marks).items()}
    paragraphs = list(_paragraphs(text, marks))
    chosen: list[tuple[int, int]] = []
    seen: set[int] = set()
    while len(chosen) < count:
        best = _best(paragraphs, chosen, seen, worth)
        if best is None:
            break
        seen |= best.units
        chosen.append(_widened(text, best.paragraph.sentences, best.index, width))
    return [Snippet("text", start, end, _clipped(text, marks, start, end, width)) for start, end in sorted(chosen)]


def _beginning(text: str, width: int) -> tuple[int, int]:
    """Return the span of the first passage of a text; it is empty where the text is."""
    start = len(text) - len(text.lstrip())
    spans = sentences(text, *paragraph(text, start)) if start < len(text) else []
    return _widened(text, spans, 0, width) if spans else (0, 0)


class _Paragraph:
    """A paragraph with its marks, cut into sentences when it is asked for them: most of a long text never are."""

    def __init__(self, text: str, start: int, end: int, marks: list[Mark]) -> None:
        self._text, self.start, self.end, self._marks = text, start, end, marks
        self.units = frozenset(mark.unit for mark in marks)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        return sentences(self._text, self.start, self.end)

    @cached_property
    def marked(self) -> list[_Sentence]:
        """The sentences with marks, in order; a mark stands in the sentence in which it begins."""
        units: dict[int, set[int]] = {}
        index = 0
        for mark in self._marks:
            while index + 1 < len(self.sentences) and self.sentences[index][1] <= mark.start:
                index += 1
            units.setdefault(index, set()).add(mark.unit)
        return [_Sentence(self, index, self.sentences[index][0], frozenset(found)) for index, found in units.items()]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with marks: the how-many-eth of its paragraph, where it begins, and the units marked in it."""

    paragraph: _Paragraph
    index: int
    start: int
    units: frozenset[int]


def _paragraphs(text: str, marks: Sequence[Mark]) -> Iterator[_Paragraph]:
    """Yield the paragraphs in which marks begin, in order."""
    start, end = 0, -1
    inside: list[Mark] = []
    for mark in marks:
        if mark.start >= end:
            if inside:
                yield _Paragraph(text, start, end, inside)
            (start, end), inside = paragraph(text, mark.start), []
        inside.append(mark)
    yield _Paragraph(text, start, end, inside)


def _best(
    paragraphs: Sequence[_Paragraph], chosen: Sequence[tuple[int, int]], seen: set[int], worth: Mapping[int, int]
) -> _Sentence | None:
    """Return the sentence outside the chosen passages that names the most units not yet seen, then the rarest.

    Nothing in a paragraph is worth more than all its marks together, so few paragraphs are cut into sentences.
    """

    def key(units: frozenset[int], start: int) -> tuple[int, int, int, int]:
        return len(units - seen), sum(worth[unit] for unit in units), len(units), -start

    best, best_key = None, (-1, 0, 0, 0)
    for one in sorted(paragraphs, key=lambda one: key(one.units, one.start), reverse=True):
        if best is not None and best_key >= key(one.units, one.start):
            break
        for sentence in one.marked:
            worthy = key(sentence.units, sentence.start)
            if worthy > best_key and not any(start <= sentence.start < end for start, end in chosen):
                best, best_key = sentence, worthy
    return best


def _widened(text: str, spans: Sequence[tuple[int, int]], index: int, width: int) -> tuple[int, int]:
    """Add the sentences that follow, then the one before, while they fit and belong to one paragraph."""
    start, end = spans[index]
    after = index + 1
    while (
        after < len(spans) and "\n" not in text[end : spans[after][0]] and _wide(text, start, spans[after][1]) <= width
    ):
        end = spans[after][1]
        after += 1
    before = index - 1
    if before >= 0 and "\n" not in text[spans[before][1] : start] and _wide(text, spans[before][0], end) <= width:
        start = spans[before][0]
    return start, end


def _wide(text: str, start: int, end: int) -> int:
    """Return the width of a stretch: Han characters and their punctuation count twice."""
    stretch = text[start:end]
    return len(stretch) if stretch.isascii() else len(stretch) + sum(map("\u2e7f".__lt__, stretch))


def _clipped(text: str, marks: Sequence[Mark], start: int, end: int, width: int) -> str:
    """Return the HTML of a passage; one that is much too long is cut around its first marks, at a word."""
    if _wide(text, start, end) <= width * 1.6:
        return marked_html(text, marks, start, end)
    inside = [mark for mark in marks if start <= mark.start < end]
    anchor = inside[0].start if inside else start
    low = start if anchor - start < width // 3 else _word_start(text, anchor - width // 3, anchor)
    high = low
    wide = 0
    while high < end and wide < width * 1.4:
        wide += 2 if text[high] > "\u2e7f" else 1
        high += 1
    if high < end:
        high = _word_end(text, high, low)
    cut_before = "… " if low > start else ""
    cut_after = " …" if high < end else ""
    return cut_before + marked_html(text, marks, low, high) + cut_after


def _word_start(text: str, at: int, limit: int) -> int:
    while at < limit and text[at].isascii() and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, limit: int) -> int:
    original = at
    while at > limit and text[at - 1].isascii() and not text[at - 1].isspace():
        at -= 1
    return at if at > limit else original
