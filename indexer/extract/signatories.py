"""Who signed?  The items of a list that follows "Signatories:" and the like name organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(
    r"^.{0,80}\b(?:signator(?:y|ies)|signed by|co-signed|undersigned|endorsed by|supported by|cosigned|"
    r"signing organi[sz]ations|member organi[sz]ations)\b.{0,80}:?\s*$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|[•*\-–·▪◦]|\[\d+\])?\s*(?P<name>\S.*?)\s*[.;,]?\s*$")
#: What follows the name in its line: a country in brackets, the framework in which it acts.
_TAIL = re.compile(
    r"\s*(?:[(（\[]|,\s*(?:within|in the|on behalf|a member|an?\s)|\s[–—-]\s|:\s|;\s|\t|,\s*[A-Z][\w ]+$)"
)
_LONGEST_ITEM = 160
_FEWEST = 3


def signatories(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the names in lists of signatories, without numbers, countries and acronyms in brackets."""
    offset = 0
    listing: list[tuple[int, int]] = []
    in_list = False
    for line in text.split("\n"):
        if in_list and line.strip():
            spans = _names(line, offset)
            if not spans:
                in_list = False
                yield from listing if len(listing) >= _FEWEST else ()
            else:
                listing.extend(spans)
        if not in_list and _HEADER.match(line):
            in_list, listing = True, []
        offset += len(line) + 1
    if in_list and len(listing) >= _FEWEST:
        yield from listing


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
