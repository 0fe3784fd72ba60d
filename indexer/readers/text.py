"""Plain text: the text of a saved web page, as people keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indexer.errors import UnreadableError
from indexer.model import Page
from indexer.readers.encoding import decode
from indexer.readers.source import Source, plain


def read(source: Source, report: Callable[[UnreadableError], None]) -> Iterator[Page]:
    """Yield the page of a text file.  Raises: UnreadableError for a file without text or in no known encoding."""
    text = plain(decode(source.content, source.name))
    if not text.strip():
        raise UnreadableError(source.name, "there is no text in it")
    yield Page(source.name, source.sha256, text, form="dump")
