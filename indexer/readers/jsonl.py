"""JSON Lines, plain or compressed with gzip: one document a row.

Rows are read one at a time, so that a file of any length takes the memory of its longest row.
"""

from __future__ import annotations

import gzip
import io
import json
import logging
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from indexer.errors import UnreadableError
from indexer.model import Page
from indexer.readers.encoding import decode
from indexer.readers.source import Source, plain

_LOGGER = logging.getLogger("hrsearch")

#: Keys with one value; "lang" is another name for "language".
_SINGLE = ("id", "title", "date", "language", "url", "publisher", "kind", "digest_of")
#: Keys with a list of values; one text stands for a list of one.
_SEVERAL = ("authors", "sources")
_KNOWN = {*_SINGLE, *_SEVERAL, "text", "lang"}


class _BadRow(Exception):
    """A row cannot be read; the message is the reason."""


def read(source: Source, report: Callable[[UnreadableError], None]) -> Iterator[Page]:
    """Yield a page for each row; ``part`` is the number of its line.

    A row that is no object, or has neither title nor text, is reported and the next one read.  Keys that we do not
    know are ignored and named once a file, as a warning.  Raises: UnreadableError, OSError for the file.
    """
    seen: set[str] = set()
    try:
        for number, line in _lines(source.path):
            if not line.strip():
                continue
            try:
                row = _row(line)
            except _BadRow as error:
                report(UnreadableError(f"{source.name}:{number}", str(error)))
                continue
            _name_ignored(source, row.keys() - _KNOWN - seen)
            seen |= row.keys()
            yield Page(source.name, source.sha256, plain(row.get("text") or ""), meta=_meta(row), part=number)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableError(source.name, f"its compressed data is damaged: {error}") from error


def count_rows(path: Path) -> int:
    """Return the number of rows of a file, damaged ones too; 0 if it cannot be read to its end."""
    try:
        return sum(1 for _, line in _lines(path) if line.strip())
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        return 0


def _lines(path: Path) -> Iterator[tuple[int, bytes | str]]:
    """Yield number and content of each line: bytes, or text where the file says that it is UTF-16."""
    with _open(path) as file:
        mark = file.read(2)
        file.seek(0)
        lines: IO[Any] = file
        if mark in (b"\xff\xfe", b"\xfe\xff"):
            lines = io.TextIOWrapper(file, encoding="utf-16", errors="replace", newline="\n")
        yield from enumerate(lines, start=1)


def _open(path: Path) -> IO[Any]:
    with path.open("rb") as file:
        compressed = file.read(2) == b"\x1f\x8b"
    if compressed:
        return cast("IO[Any]", gzip.open(path, "rb"))
    return path.open("rb")


def _row(line: bytes | str) -> dict[str, Any]:
    try:
        row = json.loads(line if isinstance(line, str) else decode(line, ""))
    except UnreadableError as error:
        raise _BadRow(error.reason) from error
    except ValueError as error:
        raise _BadRow(f"not readable as JSON: {error}") from error
    except RecursionError as error:
        raise _BadRow("not readable as JSON: nested too deeply") from error
    if not isinstance(row, dict):
        raise _BadRow('not a JSON object; a row is written as {"title": …, "text": …}')
    text = row.get("text")
    if text is not None and not isinstance(text, str):
        raise _BadRow(f"its text is not a text but {type(text).__name__}")
    if not (text or "").strip() and not str(row.get("title") or "").strip():
        raise _BadRow("it has neither text nor title")
    return row


def _meta(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a row states of its document, as texts; what is empty or not a text is left out."""
    meta: dict[str, Any] = {}
    language = row.get("language") or row.get("lang")
    for key, value in ((key, language if key == "language" else row.get(key)) for key in _SINGLE):
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            meta[key] = plain(str(value)).strip()
    for key in _SEVERAL:
        value = row.get(key)
        values = value if isinstance(value, list) else [value]
        texts = tuple(plain(item).strip() for item in values if isinstance(item, str) and item.strip())
        if texts:
            meta[key] = texts
    return meta


def _name_ignored(source: Source, keys: set[str]) -> None:
    if keys:
        _LOGGER.warning("%s: ignored keys: %s", source.name, ", ".join(sorted(keys)))
