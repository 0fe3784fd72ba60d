"""What is in this file?  One module a format, chosen by content and suffix.

``read`` yields the pages of one file: one of a text, Markdown or HTML file, one a row of a JSON Lines file.  What
cannot be read is reported with its name and reason, and the rest goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.errors import UnreadableError
from indexer.model import Page
from indexer.readers import html, jsonl, markdown, text
from indexer.readers.source import Source

Reader = Callable[[Source, Callable[[UnreadableError], None]], Iterator[Page]]

#: The reader of each suffix; a name without one of them is no document.
READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".jsonl.gz": jsonl.read,
    ".ndjson.gz": jsonl.read,
}


def documents_in(root: Path) -> list[Path]:
    """Return the files below a folder that a reader exists for, sorted by their path; a file stands for itself.

    Hidden files and folders and other formats are left out, and so is whatever a symbolic link leads to outside the
    root; links to folders are not followed.
    """
    if root.is_file():
        return [root] if _reader_of(root.name) else []
    real_root = root.resolve()
    found: list[Path] = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and _reader_of(name) and _is_inside(path, real_root):
                found.append(path)
    return sorted(found, key=lambda path: path.relative_to(root).as_posix())


def read(path: Path, root: Path, report: Callable[[UnreadableError], None]) -> Iterator[Page]:
    """Yield the pages of one file.

    ``Page.path`` is relative to ``root``, with slashes.  ``report`` receives the file, or each row of it, that cannot
    be read; nothing is raised for it.
    """
    source = Source(path, _relative(path, root))
    reader = _reader_of(path.name)
    if reader is None:
        report(UnreadableError(source.name, f"no reader for this kind of file; known are {', '.join(READERS)}"))
        return
    try:
        if reader in (text.read, markdown.read) and html.looks_like_html(source.opening()):
            reader = html.read
        yield from reader(source, report)
    except OSError as error:
        report(UnreadableError(source.name, f"cannot be opened: {error.strerror or error}"))
    except UnreadableError as error:
        report(error)


def count(path: Path) -> int:
    """Return how many pages a file will give, for showing progress: its rows, or 1; 0 if it cannot be opened."""
    reader = _reader_of(path.name)
    if reader is None:
        return 0
    return jsonl.count_rows(path) if reader is jsonl.read else 1


def _reader_of(name: str) -> Reader | None:
    lower = name.lower()
    return next((READERS[suffix] for suffix in READERS if lower.endswith(suffix)), None)


def _is_inside(path: Path, real_root: Path) -> bool:
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return real.is_file() and real.is_relative_to(real_root)


def _relative(path: Path, root: Path) -> str:
    """Return the path below the root; a root that is the file itself gives the file's name."""
    if path == root or not path.is_relative_to(root):
        return path.name
    return path.relative_to(root).as_posix()
