"""What is in this file?  One module a format, chosen by content and suffix.

``read`` yields the pages of one file: one of a text, Markdown or HTML file, one a row of a JSON Lines file.  What
cannot be read is reported with its name and reason, and the rest goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from indexer.errors import UnreadableError
from indexer.model import Page
from indexer.readers.source import Source

#: The module here that reads each suffix; a name without one of them is no document.
READERS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson.gz": "jsonl",
}


def documents_in(root: Path) -> list[Path]:
    """Return the files below a folder that a reader exists for, sorted by their path; a file stands for itself.

    Hidden files and folders and other formats are left out, and so is whatever a symbolic link leads to outside the
    root; links to folders are not followed.
    """
    if root.is_file():
        return [root] if _form_of(root.name) else []
    real_root = root.resolve()
    found: list[Path] = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and _form_of(name) and _is_inside(path, real_root):
                found.append(path)
    return sorted(found, key=lambda path: path.relative_to(root).as_posix())


def read(path: Path, root: Path, report: Callable[[UnreadableError], None]) -> Iterator[Page]:
    """Yield the pages of one file.

    ``Page.path`` is relative to ``root``, with slashes.  ``report`` receives the file, or each row of it, that cannot
    be read; nothing is raised for it.
    """
    source = Source(path, _relative(path, root))
    form = _form_of(path.name)
    if form is None:
        report(UnreadableError(source.name, f"no reader for this kind of file; known are {', '.join(READERS)}"))
        return
    try:
        if form in ("text", "markdown") and _reader("html").looks_like_html(source.opening()):
            form = "html"
        yield from _reader(form).read(source, report)
    except OSError as error:
        report(UnreadableError(source.name, f"cannot be opened: {error.strerror or error}"))
    except UnreadableError as error:
        report(error)


def count(path: Path) -> int:
    """Return how many pages a file will give, for showing progress: its rows, or 1; 0 if it cannot be opened."""
    form = _form_of(path.name)
    if form is None:
        return 0
    return _reader(form).count_rows(path) if form == "jsonl" else 1


def _reader(form: str) -> Any:
    """Return the module that reads a form, imported when its first file is met: a search waits for none of them."""
    return import_module(f"{__name__}.{form}")


def _form_of(name: str) -> str | None:
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
