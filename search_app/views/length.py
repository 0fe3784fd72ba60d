"""A page of results that would be too long is shown with less.

The template marks what a page that is too long leaves out: "spare" passages, names and rows first, with what is said
"instead", then what is "scant" by itself.  So a page is written once, whatever it becomes.  No text of a document or of
a query can be such a mark: "<" is always escaped.
"""

from __future__ import annotations

from collections.abc import Collection

#: Bytes of HTML that a page of ``USUAL`` documents should not go beyond; who asks for more gets as many times more.
LONGEST, USUAL = 59_000, 10

#: What is left out, the least first.
_STEPS = (("instead",), ("spare",), ("spare", "scant"))


def fitted(page: str, documents: int) -> str:
    """Return a page of up to so many documents with everything, or as much as is not too long; at last the least."""
    longest, shown = LONGEST * max(documents, USUAL) // USUAL, ""
    for left_out in _STEPS:
        shown = _without(page, left_out)
        if len(shown.encode()) < longest:
            break
    return shown


def _without(page: str, left_out: Collection[str]) -> str:
    """Return a page without some of what is marked, and without the marks: <!--spare-->…<!--/spare-->."""
    begun, *marked = page.split("<!--")
    kept, within = [begun], ""
    for part in marked:
        mark, _, text = part.partition("-->")
        if mark in left_out and not within:
            within = mark
        elif mark == f"/{within}":
            within = ""
        if not within:
            kept.append(text)
    return "".join(kept)
