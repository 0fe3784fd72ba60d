"""Where does each post of a saved page begin?

A page that lists posts prints title and date of each in one layout, newest first.  A post begins at a title line
whose date line stands under it (or over it, where the site prints dates first), at a title that carries a date
itself, or after the line that closes the post before ("Posted in …", "Leave a comment").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer import publication
from indexer.publication import Imprint
from indexer.webpage import citation, furniture
from indexer.written_dates import find_date

#: A page without a listing head is split only if its first post begins within so many lines.
_TOP_LINES = 12
_TITLE_CHARACTERS = 300
_TITLE_WORDS = 45
#: A post without a date line must have a paragraph of this width to be one.
_PARAGRAPH_WIDTH = 80
#: From this width on a line is a paragraph, whatever ends it.
_LONG_WIDTH = 120
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U000323af]")
#: A line of more words than this that ends like a sentence is one.
_SENTENCE_WORDS = 20
_SENTENCE_END = re.compile(r"(?:[.。!！?？…]|\[[.…]+\])[”\"’」』]?\s*\Z")
_BULLET = re.compile(r"[•◦▪‣●○*·–-]\s")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page without its indentation; ``text`` is "" for a blank line."""

    number: int
    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """The lines of one post, and the date that stands elsewhere than under its title: in the title, or at its foot."""

    lines: tuple[Line, ...]
    imprint: Imprint = field(default_factory=Imprint)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a post begins, and its date; ``rule`` names where that stands if it is not in a line of the head."""

    line: int
    date: str | None = None
    layout: str | None = None
    rule: str | None = None


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text; characters that show nothing are stripped from their ends."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        stripped = line.strip(" \t\r\u00a0\u3000\u200b\ufeff\u2028\u2029\x0b\x0c")
        lines.append(Line(number, stripped, len(line) - len(line.lstrip(" \t\u00a0\u3000"))))
    return lines


def width(text: str) -> int:
    """Return how much room a text takes: a Chinese character counts as two letters."""
    return len(text) + len(_WIDE.findall(text))


def is_paragraph(text: str) -> bool:
    """Say whether a line is a paragraph of a body and cannot belong to a post's head: long, or a longish sentence."""
    return width(text) >= _LONG_WIDTH or (width(text) >= _LONG_WIDTH / 2 and _SENTENCE_END.search(text) is not None)


def find_posts(lines: Sequence[Line]) -> list[Post]:
    """Return the posts of a page, in order; the whole page is one post if it lists none.

    The listing head and what stands before the first post belong to none.
    """
    heading = _listing_head(lines)
    if heading is not None:
        lines = [line for line in lines if line.number > heading]
        if not _shown(lines):
            return []
    starts = _starts(lines, listed=heading is not None)
    if not starts:
        return [Post(tuple(lines))]
    ends = [*(start.line for start in starts[1:]), lines[-1].number + 1]
    return [_post(lines, start, end) for start, end in zip(starts, ends, strict=True)]


def _listing_head(lines: Sequence[Line]) -> int | None:
    """Return the number of the line that says that the page is a list, or None."""
    first = True
    for line in _shown(lines)[:_TOP_LINES]:
        if furniture.is_listing_head(line.text, first=first):
            return line.number
        first = first and furniture.is_menu_entry(line.text)
    return None


def _post(lines: Sequence[Line], start: _Start, end: int) -> Post:
    within = [line for line in lines if start.line <= line.number < end]
    if start.rule is None:
        return Post(tuple(within))
    if start.rule == "date-line":  # at its foot, where nothing of the head is looked for
        within = [line for line in within if publication.date_line(line.text) is None]
    return Post(tuple(within), Imprint(start.date, start.rule, start.layout))


def is_title_like(line: str) -> bool:
    """Say whether a line can be a title: not long, no address, bullet, date or furniture."""
    return (
        2 <= len(line) <= _TITLE_CHARACTERS
        and len(line.split()) <= _TITLE_WORDS
        and not line.endswith((":", "：", ",", "，", "；", ";"))
        and not (_SENTENCE_END.search(line) and (len(line.split()) > _SENTENCE_WORDS or width(line) > 160))
        and not (line.endswith("。") and width(line) > 60)
        and not citation.addresses(line)
        and not _BULLET.match(line)
        and publication.date_line(line) is None
        and not furniture.is_furniture(line)
    )


def _starts(lines: Sequence[Line], *, listed: bool) -> list[_Start]:
    """Return where posts begin.  ``listed`` says that the page declares itself a list."""
    dated = _in_one_order(_in_one_layout(_dated_starts(lines)), newest_first=not listed)
    if listed:
        if not dated:
            dated = _in_one_order(_self_dated_starts(lines), newest_first=False)
        return _with_undated(lines, dated)
    if len(dated) < 2:
        return []
    top = {line.number for line in _shown(lines)[:_TOP_LINES]}
    if dated[0].line not in top or _has_paragraph(lines, lines[0].number, dated[0].line):
        return []
    return dated


def _dated_starts(lines: Sequence[Line]) -> list[_Start]:
    """Return the starts that a date line shows, whichever of title and date stands first on this page."""
    shown = _shown(lines)
    above, below = [], []
    for position, line in enumerate(shown):
        found = publication.date_line(line.text)
        if found is None or found.date is None:
            continue
        title = _title_above(shown, position)
        if title is not None:
            above.append(_Start(title.number, found.date, found.layout))
        if position + 1 < len(shown) and is_title_like(shown[position + 1].text):
            below.append(_Start(line.number, found.date, found.layout))
    if len(above) >= len(below):
        return above
    return below if not _has_paragraph(lines, lines[0].number, below[0].line) else _footed_starts(shown)


def _footed_starts(shown: Sequence[Line]) -> list[_Start]:
    """Return the starts on a page where the date stands at the foot of each post: the next begins after it."""
    starts = []
    first: Line | None = None
    for line in shown:
        found = publication.date_line(line.text)
        if found is not None and first is not None:
            starts.append(_Start(first.number, found.date, found.layout, "date-line"))
            first = None
        elif first is None and is_title_like(line.text):
            first = line
    return starts


def _title_above(shown: Sequence[Line], position: int) -> Line | None:
    """Return the title over a date line; a byline or a label may stand between."""
    for line in reversed(shown[max(0, position - 3) : position]):
        if publication.byline(line.text) or furniture.is_label(line.text):
            continue
        return line if is_title_like(line.text) else None
    return None


def _self_dated_starts(lines: Sequence[Line]) -> list[_Start]:
    """Return the title lines that carry a date at their beginning or end."""
    starts = []
    for line in _shown(lines):
        found = find_date(line.text) if len(line.text) <= _TITLE_CHARACTERS and is_title_like(line.text) else None
        if found is None or len(found.date) < len("2020-02-12"):
            continue
        before, after = line.text[: found.start].strip(), line.text[found.end :].strip()
        opens = not before.strip("[(（【") and re.match(r"[])）】]?\s*(?:[:：|,，–—-]|\S)", after)
        closes = not after.strip("])）】.") and before.endswith(
            ("(", "（", "[", "【", ",", "，", "|", "-", "–", "—", ":", "：")
        )
        if (opens or closes) and len((before + after).strip()) > 3 and not line.text.endswith((".", "。")):
            starts.append(_Start(line.number, found.date, found.layout, "title-date"))
    return starts


def _in_one_layout(starts: Sequence[_Start]) -> list[_Start]:
    """Keep the starts whose date is written as the first one is: a site prints all its dates alike."""
    return [start for start in starts if start.layout == starts[0].layout]


def _in_one_order(starts: Sequence[_Start], *, newest_first: bool) -> list[_Start]:
    """Keep the longest run of starts, beginning with the first, whose dates go in one direction.

    A date out of order belongs to something that a post quotes.  Of runs of one length the one that goes on at the
    latest date wins: what is quoted is older than the posts around it.
    """
    falling = _longest_run(starts, lambda earlier, later: earlier >= later)
    if newest_first:
        return falling if len(falling) == len(starts) else falling[:1]
    rising = _longest_run(starts, lambda earlier, later: earlier <= later)
    return falling if len(falling) >= len(rising) else rising


def _longest_run(starts: Sequence[_Start], in_order: Callable[[str, str], bool]) -> list[_Start]:
    def worth(run: list[_Start]) -> tuple[int, str]:
        return len(run), run[-1].date or "" if run else ""

    best: list[list[_Start]] = []
    for position, start in enumerate(starts):
        runs = [run for run in best if run and in_order(run[-1].date or "", start.date or "")]
        longest = max(runs, key=worth, default=[])
        best.append([*longest, start] if longest or position == 0 else [])
    return max(best, key=worth, default=[])


def _with_undated(lines: Sequence[Line], dated: Sequence[_Start]) -> list[_Start]:
    """Add the posts of a list that show no date: they follow the line that closes the post before."""
    known = {start.line for start in dated}
    shown = _shown(lines)
    candidates = []
    if shown and (not dated or _has_paragraph(lines, shown[0].number, dated[0].line)):
        candidates.append(next((line for line in shown if is_title_like(line.text)), shown[0]))
    for line, following in pairwise(shown):
        if (
            furniture.ends_post(line.text)
            and is_title_like(following.text)
            and not furniture.opens_tail(following.text)
        ):
            candidates.append(following)
    starts = [*dated, *(_Start(line.number) for line in candidates if line.number not in known)]
    starts.sort(key=lambda start: start.line)
    ends = [*(start.line for start in starts[1:]), lines[-1].number + 1]
    return [
        start
        for start, end in zip(starts, ends, strict=True)
        if start.date is not None or _has_paragraph(lines, start.line + 1, end)
    ]


def _has_paragraph(lines: Sequence[Line], start: int, end: int) -> bool:
    return any(width(line.text) >= _PARAGRAPH_WIDTH for line in lines if start <= line.number < end)


def _shown(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.text]
