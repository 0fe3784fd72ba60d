"""Which document is this?  The post has an identity, not the file."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from indexer.fold import fold_text
from indexer.model import Document

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,127}\Z")

#: Hexadecimal digits that tell apart documents of one title: 40 bits, one clash expected in a million documents.
_DIGITS = 10


def document_id(document: Document) -> str:
    """Return the stable id of a document, safe in a URL path.

    It comes from the id that the file states, else from the document's own address, else from title, date and
    publisher; never from the body, which may be corrected, nor from the file, which may be saved again.
    """
    if document.id and _SAFE.match(document.id):
        return document.id
    if document.id:
        identity = f"id\n{document.id}"
    elif document.url:
        identity = f"url\n{document.url}"
    else:
        identity = f"post\n{fold_text(document.title)}\n{document.date or ''}\n{fold_text(document.publisher or '')}"
    digest = hashlib.sha256(identity.encode()).hexdigest()[:_DIGITS]
    slug = _slug(document.id or document.title)
    return f"{slug}-{digest}" if slug else digest


def content_digest(document: Document) -> str:
    """Return a digest of all that a document says; where it was read is no part of it."""
    parts = (
        document.title, document.text, document.date or "", document.url or "", *document.sources,
        document.publisher or "", *document.authors, document.language or "", document.kind,
        document.digest_of or "",
    )  # fmt: skip
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]


def place_digest(document: Document) -> str:
    """Return a digest of where a document was read: its file below the root, and its number in it."""
    return hashlib.sha256(f"{document.path}\x00{document.part}".encode()).hexdigest()[:8]


def _slug(text: str) -> str:
    """Return the Latin words of a text as a slug of at most 40 characters, cut at a word; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        if len(slug) + len(word) > 40:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug
