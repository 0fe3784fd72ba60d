"""The fields of the index.  Only stock Whoosh field types, so that any Whoosh opens what we write.

Text fields carry tokens that our analyzer has made; the analyzers named here are never used for them.
"""

from __future__ import annotations

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema

from indexer.engines.base import TEXTS
from indexer.engines.batch import SORTS, VALUES

#: The field of each text: Whoosh's names have no dots.
FIELD_OF = {name: name.replace(".", "_") for name in TEXTS}

#: One physical field for each pair of text scope and view.
TEXT_FIELDS = tuple(FIELD_OF.values())


def make_schema() -> Schema:
    """Return the schema of a new index."""
    text = {name: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, stored=False) for name in TEXT_FIELDS}
    values = {name: KEYWORD(stored=False) for name in VALUES}
    sort = {name: NUMERIC(int, bits=64, signed=True, sortable=True, stored=False) for name in SORTS}
    return Schema(
        id=ID(unique=True, stored=True, sortable=True),
        record=STORED(),
        **text,
        **values,
        **sort,
    )
