"""The fields of the index.  Only stock Whoosh field types, so that any Whoosh opens what we write.

Text fields carry tokens that our analyzer has made; the analyzers named here are never used for them.
"""

from __future__ import annotations

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema

from indexer.engines.base import FACETS

#: One physical field for each pair of text scope and view.
TEXT_FIELDS = ("title_words", "title_chars", "text_words", "text_chars")

#: Sort keys: publication date as yyyymmdd (0 for undated) and UTC times as seconds since 1970.
SORT_FIELDS = ("date", "first_indexed", "changed")

#: Joins the parts of a term of the ``names`` field; it occurs in no name.
SEPARATOR = "\x1f"


def make_schema() -> Schema:
    """Return the schema of a new index."""
    text = {name: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, stored=False) for name in TEXT_FIELDS}
    keywords = {name: KEYWORD(stored=False) for name in (*FACETS, "script")}
    sort = {name: NUMERIC(int, bits=64, signed=True, sortable=True, stored=False) for name in SORT_FIELDS}
    return Schema(
        id=ID(unique=True, stored=True, sortable=True),
        names=KEYWORD(stored=False),
        record=STORED(),
        **text,
        **keywords,
        **sort,
    )
