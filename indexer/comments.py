"""What under a post is a reader's comment, and what is a report that somebody put there?

Readers' comments are not the document: they are left out.  Some blogs, though, keep the text that a post is about as
its first comment.  A comment is kept as part of the document if the page marks its writer as the author of the post,
or if it is built like a report: with a dateline, or with a title and a date line or address under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer import citation, furniture, publication
from indexer.posts import Line, is_title_like
from indexer.publication import Imprint

_HEAD_LINES = 5
#: A comment shorter than this is a remark, whatever stands over it.
_REPORT_CHARACTERS = 300
_PARAGRAPH_CHARACTERS = 120

_NUMBERED_WRITER = re.compile(r"\s*\d{1,3}[.)]\s+(?P<name>\S.{0,60})\Z")
_SAYS = re.compile(
    r"(?P<name>\S.{0,60}?)\s+(?:says|said|wrote|writes|commented)\s*:?\s*\Z"
    r"|(?P<name_on>\S.{0,60}?)\s+on\s+.{6,40}\s+(?:at\s+.{3,12}\s+)?(?:says|said|wrote)?\s*:?\s*\Z"
    r"|(?P<name_zh>\S.{0,30}?)\s*(?:说道|說道|说|說|写道|寫道|表示|发表于|發表於)\s*[:：]\s*\Z",
    re.IGNORECASE,
)
_BY_AUTHOR = re.compile(r"\b(?:post\s+author|author|op)\b|文章作者|楼主|樓主|博主|作者", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports among the comments: their lines, what their heads say, and the addresses they were taken from."""

    lines: tuple[Line, ...] = ()
    imprint: Imprint = field(default_factory=Imprint)
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Comment:
    by_author: bool
    lines: tuple[Line, ...]


def part(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Part a post from the comments under it; the line that opens them belongs to neither."""
    for position, line in enumerate(lines):
        if position and line.text and furniture.opens_comments(line.text):
            return list(lines[:position]), list(lines[position + 1 :])
    return list(lines), []


def reports(lines: Sequence[Line], title: str) -> Reports:
    """Return the reports among the comments, without the names of those who posted them and repeated titles."""
    found = Reports()
    for comment in _comments(lines):
        if comment.by_author or _is_report(comment.lines):
            found = _joined(found, comment, title)
    return found


def _joined(found: Reports, comment: _Comment, title: str) -> Reports:
    shown = [line for line in comment.lines if line.text]
    imprint, addresses, repeated = found.imprint, list(found.addresses), set()
    for line in shown[:_HEAD_LINES]:
        if len(line.text) >= _PARAGRAPH_CHARACTERS and not citation.is_address(line.text):
            break
        dated = publication.date_line(line.text)
        if dated and imprint.date is None:
            imprint = replace(dated, rule="comment-date-line")
        if citation.is_address(line.text):
            addresses.extend(citation.addresses(line.text))
        if furniture.folded(line.text) == furniture.folded(title):
            repeated.add(line.number)
    opening = next(filter(None, (publication.dateline(line.text) for line in shown[: _HEAD_LINES + 3])), None)
    if opening is not None:
        imprint = replace(imprint, publisher=imprint.publisher or opening.publisher)
        if imprint.date is None:
            imprint = replace(opening, publisher=imprint.publisher)
    kept = tuple(line for line in comment.lines if line.number not in repeated)
    blank = (Line(-1, ""),) if shown else ()
    return Reports((*found.lines, *blank, *kept), imprint, tuple(dict.fromkeys(addresses)))


def _comments(lines: Sequence[Line]) -> list[_Comment]:
    """Cut the comments where the name of a writer stands; what comes before the first name is a comment too."""
    comments: list[_Comment] = []
    current: list[Line] = []
    by_author = False
    for line in lines:
        writer = _writer(line)
        if writer is None:
            current.append(line)
            continue
        comments.append(_Comment(by_author, tuple(current)))
        current, by_author = [], _BY_AUTHOR.search(writer) is not None
    comments.append(_Comment(by_author, tuple(current)))
    return [comment for comment in comments if any(line.text for line in comment.lines)]


def _writer(line: Line) -> str | None:
    """Return the line as that of a comment's writer, or None.

    A numbered list inside a report looks alike, so a numbered line counts only with the mark of the author, or where
    it is a short name without the end of a sentence at the outer indentation of a list of comments.
    """
    if _SAYS.match(line.text):
        return line.text
    numbered = _NUMBERED_WRITER.match(line.text)
    if numbered is None:
        return None
    name = numbered["name"]
    if re.search(r"\bpost\s+author\b|文章作者|楼主|樓主|博主", name, re.IGNORECASE):
        return name
    return name if line.indent <= 3 and len(name.split()) <= 3 and len(name) <= 30 and name[-1].isalnum() else None


def _is_report(lines: Sequence[Line]) -> bool:
    """Say whether a comment is built like a report: a dateline, or a title with a date or an address under it."""
    shown = [line.text for line in lines if line.text]
    if sum(map(len, shown)) < _REPORT_CHARACTERS:
        return False
    head = shown[:_HEAD_LINES]
    if any(publication.dateline(text) for text in head):
        return True
    return is_title_like(head[0]) and any(
        publication.date_line(text) is not None or citation.is_address(text) for text in head[1:]
    )
