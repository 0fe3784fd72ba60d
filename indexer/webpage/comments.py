"""What under a post is a reader's comment, and what is a report that somebody put there?

Readers' comments are not the document: they are left out.  Some blogs, though, keep the text that a post is about as
its first comment.  A comment is kept as part of the document if the page marks its writer as the author of the post,
or if it is built like a report: with a dateline, or with a title and a date line or address under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer import publication
from indexer.publication import Imprint
from indexer.webpage import citation, furniture
from indexer.webpage.posts import Line, is_paragraph, is_title_like, width

_HEAD_LINES = 5
#: A comment shorter than this is a remark, whatever stands over it.
_REPORT_WIDTH = 300

_NUMBERED_NAME = re.compile(r"\d{1,3}[.)]\s+[^\s.]+(?:\s+\S+){0,3}(?<=\w)\Z")
_SAYS = re.compile(
    r"(?P<name>\S.{0,60}?)\s+(?:says|said|wrote|writes|commented)\s*[:.…]*\s*\Z"
    r"|(?P<name_on>\S.{0,60}?)\s+on\s+.{6,40}\s+(?:at\s+.{3,12}\s+)?(?:says|said|wrote)?\s*:?\s*\Z"
    r"|(?P<name_zh>\S.{0,30}?)\s*(?:说道|說道|说|說|写道|寫道|表示|发表于|發表於)\s*[:：]\s*\Z",
    re.IGNORECASE,
)
#: WordPress marks the author of the post among the commenters.
_POST_AUTHOR = re.compile(r"(?:\d{1,3}[.)]\s+)?\S.{0,60}?\s+post\s+author(?:\s+.{6,40})?\Z", re.IGNORECASE)
_BY_AUTHOR = re.compile(r"\b(?:post\s+author|author)\b|文章作者|楼主|樓主|博主|作者", re.IGNORECASE)


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
    stamp: Imprint = field(default_factory=Imprint)


def part(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Part a post from the comments under it; the line that opens them belongs to neither.

    A line such as "Comments" opens them only if something follows that readers' comments have and reports have not:
    the name of a writer who "says", the time of day under a name, a button to reply.
    """
    shown = [position for position, line in enumerate(lines) if line.text]
    for place, position in enumerate(shown):
        text = lines[position].text
        follow = [lines[after].text for after in shown[place + 1 : place + 1 + _HEAD_LINES]]
        if place and (furniture.opens_comments(text) or (furniture.may_open_comments(text) and _are_comments(follow))):
            return list(lines[:position]), list(lines[position + 1 :])
    return list(lines), []


def _are_comments(following: Sequence[str]) -> bool:
    return any(
        _SAYS.match(text) or _has_time(text) or furniture.is_reply_button(text) or furniture.opens_reply_form(text)
        for text in following
    )


def _has_time(text: str) -> bool:
    return re.search(r"\d[:：時时点]\d\d", text) is not None and publication.date_line(text) is not None


def reports(lines: Sequence[Line], title: str) -> Reports:
    """Return the reports among the comments, without the names of those who posted them and repeated titles."""
    found = Reports()
    for comment in _comments(lines):
        if comment.by_author or _is_report(comment.lines):
            found = _joined(found, comment, title)
    return found


def _joined(found: Reports, comment: _Comment, title: str) -> Reports:
    """Add a comment; a date closer to the report counts more: its dateline, a date line in its head, its stamp."""
    shown = [line for line in comment.lines if line.text]
    addresses, repeated = list(found.addresses), set()
    dated = Imprint()
    for line in shown[:_HEAD_LINES]:
        if is_paragraph(line.text) and not citation.is_address(line.text):
            break
        if dated.date is None:
            dated = publication.date_line(line.text) or dated
        if citation.is_address(line.text):
            addresses.extend(citation.addresses(line.text))
        if furniture.folded(line.text) == furniture.folded(title):
            repeated.add(line.number)
    openings = (publication.dateline(line.text) for line in shown[: _HEAD_LINES + 3])
    opening = next((opening for opening in openings if opening), Imprint())
    dates = (found.imprint, opening, dated, comment.stamp)
    imprint = next((imprint for imprint in dates if imprint.date), Imprint())
    publisher = found.imprint.publisher or opening.publisher or dated.publisher
    if imprint.rule == "date-line":
        imprint = replace(imprint, rule="comment-date-line")
    kept = tuple(line for line in comment.lines if line.number not in repeated)
    imprint = replace(imprint, publisher=publisher, authors=())
    return Reports((*found.lines, Line(-1, ""), *kept), imprint, tuple(dict.fromkeys(addresses)))


def _comments(lines: Sequence[Line]) -> list[_Comment]:
    """Cut the comments where the name of a writer stands; what comes before the first name is a comment too."""
    shown = [line for line in lines if line.text]
    around = zip(shown, [None, *shown], [*shown[1:], None], strict=False)
    writers = {line.number for line, before, after in around if _is_writer(line, before, after)}
    comments: list[_Comment] = []
    current: list[Line] = []
    by_author = False
    for line in lines:
        if line.number in writers:
            comments.append(_stamped(by_author, current))
            current, by_author = [], _BY_AUTHOR.search(line.text) is not None
        elif not furniture.is_furniture(line.text):
            current.append(line)
    comments.append(_stamped(by_author, current))
    return [comment for comment in comments if any(line.text for line in comment.lines)]


def _stamped(by_author: bool, lines: Sequence[Line]) -> _Comment:
    """Take the time of the comment from under its writer's name; a date without a time belongs to the report."""
    first = next((line for line in lines if line.text), None)
    stamp = publication.date_line(first.text) if first and _has_time(first.text) else None
    if stamp is None or first is None:
        return _Comment(by_author, tuple(lines))
    return _Comment(by_author, tuple(line for line in lines if line is not first), stamp)


def _is_writer(line: Line, before: Line | None, after: Line | None) -> bool:
    """Say whether a line names the writer of a comment.

    "The court said:" and the items of a list look alike, so without the mark of the author a name counts only where
    a comment can begin: first of all, after a button to reply, and over or under a time of day.
    """
    if _POST_AUTHOR.match(line.text):
        return True
    if not (_SAYS.match(line.text) or _NUMBERED_NAME.match(line.text)):
        return False
    if before is None or furniture.is_reply_button(before.text) or _has_time(before.text):
        return True
    return after is not None and _has_time(after.text)


def _is_report(lines: Sequence[Line]) -> bool:
    """Say whether a comment is built like a report: a dateline, or a title with a date or an address under it."""
    shown = [line.text for line in lines if line.text]
    if sum(map(width, shown)) < _REPORT_WIDTH:
        return False
    head = shown[:_HEAD_LINES]
    if any(publication.dateline(text) for text in head):
        return True
    return is_title_like(head[0]) and any(
        publication.date_line(text) is not None or citation.is_address(text) for text in head[1:]
    )
