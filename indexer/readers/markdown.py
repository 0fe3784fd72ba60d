"""Markdown with YAML front matter: the form in which our own documents are written.

The text is what a reader of the rendered page sees, line by line: a heading is a line, a list mark is • or its
number, a link keeps its text, an address in angle brackets stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import frontmatter
import yaml  # type: ignore[import-untyped]

from indexer.errors import UnreadableError
from indexer.fold import is_han
from indexer.model import Page
from indexer.readers.encoding import decode
from indexer.readers.source import Source, plain

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*\Z")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,})\s*\Z")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})\Z")
#: A longer number at the beginning of a line is a year that a line break brought there.
_ITEM = re.compile(r"(\s*)(?:[-*+]|(\d{1,3}[.)]))\s+(.*)\Z")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\s*\Z")
_DEFINITION = re.compile(r"\s{0,3}\[[^\]^]+\]:\s+\S+.*\Z")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\(<?[^)\s>]*>?(?:\s+[\"'(][^\"')]*[\"')])?\)"), r"\1"),
    (re.compile(r"\[([^\[\]^]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^>\s]+)>"), r"\1"),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), "\n"),
    (re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>"), ""),
    (re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.+?)(?<=\S)(?<!\\)\1"), r"\2"),
    (re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"), r"\1"),
    (re.compile(r"(`+)\s?(.+?)\s?\1"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~-])"), r"\1"),
)


def read(source: Source, report: Callable[[UnreadableError], None]) -> Iterator[Page]:
    """Yield the page of a Markdown file; its title is that of the front matter, else its first heading.

    Raises: UnreadableError for a file without text, or with front matter that is not YAML.
    """
    content = plain(decode(source.content, source.name))
    try:
        meta, body = frontmatter.parse(content)
    except (yaml.YAMLError, ValueError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where else ""
        raise UnreadableError(source.name, f"its front matter is not readable as YAML{line}") from error
    stated = _texts(meta)
    text = plain_text(body)
    if not text and not stated.get("title"):
        raise UnreadableError(source.name, "there is no text in it")
    if "title" not in stated:
        heading = next((match[2] for match in map(_HEADING.match, body.split("\n")) if match), None)
        if heading:
            stated["title"] = _without_marks(heading)
    yield Page(source.name, source.sha256, text, meta=stated)


def plain_text(body: str) -> str:
    """Return Markdown as the text that is seen, with blank lines between blocks."""
    blocks: list[str] = []
    open_block = False
    fence = ""
    for line in _COMMENT.sub("", body).split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence, open_block = ("" if fence else mark[1]), False
            continue
        if fence:
            blocks.append(line)
            continue
        line = _unquoted(line)
        if not line.strip() or _TABLE_RULE.match(line) or _DEFINITION.match(line) or _ends_block(line, open_block):
            open_block = False
            if not line.strip() or _RULE.match(line):
                blocks.append("")
            continue
        shown, begins, goes_on = _block_line(line)
        if begins or not open_block:
            blocks.append(shown)
        else:
            blocks[-1] = _run_on(blocks[-1], shown)
        open_block = goes_on
    return re.sub(r"\n{3,}", "\n\n", "\n".join(blocks)).strip("\n")


def _block_line(line: str) -> tuple[str, bool, bool]:
    """Return what a line shows, whether it begins a block, and whether the next line can go on with it."""
    heading = _HEADING.match(line)
    if heading:
        return _without_marks(heading[2]), True, False
    item = _ITEM.match(line)
    if item:
        return f"{item[2] or '•'} {_without_marks(item[3])}", True, True
    shown = _without_marks(line.strip())
    return shown, line.lstrip().startswith("|"), not line.endswith(("  ", "\\"))


def _unquoted(line: str) -> str:
    while _QUOTE.match(line):
        line = _QUOTE.sub("", line, count=1)
    return line


def _ends_block(line: str, open_block: bool) -> bool:
    return bool(_RULE.match(line)) or (open_block and bool(_UNDERLINE.match(line)))


def _run_on(before: str, line: str) -> str:
    """Join two lines of one paragraph: with a space, but without one between Chinese characters."""
    if before and line and _is_wide(before[-1]) and _is_wide(line[0]):
        return before + line
    return f"{before} {line}"


def _is_wide(character: str) -> bool:
    return is_han(character) or "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef"


def _without_marks(line: str) -> str:
    for pattern, replacement in _MARKS:
        line = pattern.sub(replacement, line)
    return line.rstrip("\\").strip()


def _texts(meta: dict[str, Any]) -> dict[str, Any]:
    """Return front matter as texts and tuples of texts; dates become ISO, what is empty is left out."""
    texts: dict[str, Any] = {}
    for key, value in meta.items():
        name = "language" if key == "lang" else str(key)
        if isinstance(value, list | tuple):
            values = tuple(plain(str(item)).strip() for item in value if item is not None and str(item).strip())
            if values:
                texts[name] = values
        elif value is not None and not isinstance(value, dict) and str(value).strip():
            texts[name] = plain(str(value)).strip()
    for name in ("sources", "authors"):
        if isinstance(texts.get(name), str):
            texts[name] = (texts[name],)
    return texts
