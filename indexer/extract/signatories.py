"""Who signed?  The items of a list that follows "Signatories:" and the like name organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.extract.anchored import Anchored
from indexer.extract.annotated import AnnotatedText
from indexer.extract.spans import line_at

_WORDS_OF_SIGNING = (
    r"\b(?:signator(?:y|ies)|signed by|co-signed|undersigned|endorsed by|supported by|cosigned|"
    r"signing organi[sz]ations|member organi[sz]ations)\b"
)
_SIGNING = Anchored(
    re.compile(_WORDS_OF_SIGNING, re.IGNORECASE),
    ("signator", "signed by", "co-signed", "undersigned", "endorsed by", "supported by", "cosigned", "signing organi",
     "member organi"),
)  # fmt: skip
_HEADER = re.compile(rf"^.{{0,80}}{_WORDS_OF_SIGNING}.{{0,80}}:?\s*$", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|[•*\-–·▪◦]|\[\d+\])?\s*(?P<name>\S.*?)\s*[.;,]?\s*$")
#: What follows the name in its line: a country in brackets, the framework in which it acts.
_TAIL = re.compile(
    r"\s*(?:[(（\[]|,\s*(?:within|in the|on behalf|a member|an?\s)|\s[–—-]\s|:\s|;\s|\t|,\s*[A-Z][\w ]+$)"
)
_LONGEST_ITEM = 160
_FEWEST = 3


def signatories(text: AnnotatedText) -> Iterator[tuple[int, int]]:
    """Yield the spans of the names in lists of signatories, without numbers, countries and acronyms in brackets."""
    reached = 0
    for signing in _SIGNING.finditer(text.anchors):
        start, end = line_at(text.text, signing.start())
        if start >= reached and _HEADER.match(text.text[start:end]):
            listing, reached = _listing(text.text, end + 1)
            yield from listing if len(listing) >= _FEWEST else ()


def _listing(text: str, start: int) -> tuple[list[tuple[int, int]], int]:
    """Return the names of the lines from ``start`` on, and where the first line begins that is no item."""
    listing: list[tuple[int, int]] = []
    while start < len(text):
        end = line_at(text, start)[1]
        if text[start:end].strip():
            names = _names(text[start:end], start)
            if not names:
                break
            listing.extend(names)
        start = end + 1
    return listing, start


def _names(line: str, offset: int) -> list[tuple[int, int]]:
    """Return the names of one item: two where a short form stands before a dash or a colon."""
    match = _ITEM.match(line)
    if match is None or len(line) > _LONGEST_ITEM or line.strip().startswith("http"):
        return []
    start, end = match.span("name")
    if not (line[start].isupper() or line[start].isdigit()) or line.rstrip().endswith((":", "?", "!")):
        return []
    if line.rstrip().endswith(".") and len(line.split()) > 12:
        return []
    spans = []
    while start < end:
        tail = _TAIL.search(line, start, end)
        stop = tail.start() if tail else end
        if stop > start:
            spans.append((offset + start, offset + stop))
        if tail is None or not re.fullmatch(r"\s[–—-]\s|:\s", tail.group()):
            break
        start = tail.end()
    return spans
