"""Which matches stand on a page, and in which order?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Request
from indexer.engines.whoosh.ids import Ids
from indexer.engines.whoosh.matches import Matches

Rows = NDArray[np.intp]

#: Gives what orders some rows, the least first.
Key = Callable[[Rows], NDArray[Any]]

#: Scores are compared as they are printed, with so many decimals, so that rounding never decides an order.
DECIMALS = 4

_LAST = np.iinfo(np.int64).max


def page(
    matches: Matches,
    leading: NDArray[np.bool_] | None,
    request: Request,
    columns: dict[str, NDArray[np.int64]],
    ids: Ids,
) -> list[int]:
    """Return the rows of ``matches`` that the request's page shows, in order.

    ``leading`` flags the rows that come before all others, None where none does; ``columns`` are the sort keys of all
    documents.
    """
    documents, scores = matches.documents, matches.scores
    wanted = min(request.offset + request.limit, len(documents))
    keys: list[Key] = []
    rows: Rows = np.arange(len(documents))
    if leading is not None:
        keys.append(lambda rows: ~leading[rows])
    if request.sort == "relevance":
        keys.append(lambda rows: -np.round(scores[rows], DECIMALS))
        if leading is None and 0 < wanted < len(documents):
            # Only what comes near the last score of the page is rounded and compared.
            least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
            rows = np.flatnonzero(scores >= least - 10.0**-DECIMALS)
    else:
        keys.append(lambda rows: _sorted_by(columns[request.sort.lstrip("-")][documents[rows]], request.sort))
    keys += [lambda rows: -columns["date"][documents[rows]], lambda rows: ids.order(documents[rows])]
    found = _least(keys, rows, wanted)
    ordered: list[int] = found[np.lexsort([key(found) for key in reversed(keys)])].tolist()
    return ordered[request.offset :]


def _sorted_by(column: NDArray[np.int64], sort: str) -> NDArray[np.int64]:
    """Return the key of a sort column; what has no date comes last in either direction."""
    return -column if sort.startswith("-") else np.where(column == 0, _LAST, column)


def _least(keys: Sequence[Key], rows: Rows, wanted: int) -> Rows:
    """Return the ``wanted`` least rows in no order: the first key decides, the others where it does not."""
    if len(rows) <= wanted:
        return rows
    if not wanted:
        return rows[:0]
    values = keys[0](rows)
    bound = np.partition(values, wanted - 1)[wanted - 1]
    surely, level = rows[values < bound], rows[values == bound]
    return np.concatenate([surely, _least(keys[1:], level, wanted - len(surely))])
