"""Many entries as one value of flat arrays, which goes from process to process at the cost of a copy.

Python meets every token once, here, where its term is numbered; whatever an engine does with it, it does with arrays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from typing import NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from indexer.engines.base import FACETS, TEXTS, Entry, Tokens

#: What documents have besides their texts: values of facets, and the rows of names.
VALUES = (*FACETS, "script", "names")

#: Joins the parts of a row of names into one term; it occurs in no name.
SEPARATOR = "\x1f"

#: Sort keys: publication date as yyyymmdd (0 for undated) and UTC times as seconds since 1970.
SORTS = ("date", "first_indexed", "changed")


class Occurrences(NamedTuple):
    """Where the terms of one field stand in several documents.

    Each document takes ``rooms[i]`` places, which follow those of the documents before it: one more than its greatest
    position, or one where positions mean nothing.  Term ``vocabulary[terms[k]]`` stands at ``places[k]``.
    """

    vocabulary: list[str]
    terms: NDArray[np.int32]
    places: NDArray[np.uint32]
    rooms: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Several documents ready for an engine; see ``Entry``.

    ``texts`` has the tokens for each of TEXTS, ``lengths`` the number of positions of each document; ``values`` what
    stands in each of VALUES; ``sorts`` each of SORTS; ``records`` the stored records as the engine keeps them.
    """

    ids: list[str]
    texts: Mapping[str, Occurrences]
    lengths: Mapping[str, Sequence[int]]
    values: Mapping[str, Occurrences]
    sorts: Mapping[str, Sequence[int]]
    records: list[bytes]


def pack(entries: Sequence[Entry], write_record: Callable[[str, str], bytes]) -> Batch:
    """Return entries as a batch; ``write_record`` makes of an id and its record (JSON) what the engine keeps.

    Raises: KeyError, TypeError, ValueError for an entry that no engine could keep.
    """
    values = {name: place_values([entry.keywords.get(name, ()) for entry in entries]) for name in VALUES}
    values["names"] = place_values([[SEPARATOR.join(row) for row in entry.names] for entry in entries])
    return Batch(
        ids=[entry.id for entry in entries],
        texts={name: place_tokens([entry.tokens[name] for entry in entries]) for name in TEXTS},
        lengths={name: [entry.lengths[name] for entry in entries] for name in TEXTS},
        values=values,
        sorts={
            "date": [_day(entry.stored.get("date")) for entry in entries],
            **{name: [_seconds(entry.stored.get(name)) for entry in entries] for name in SORTS if name != "date"},
        },
        records=[write_record(entry.id, orjson.dumps(entry.stored).decode()) for entry in entries],
    )


def place_tokens(texts: Sequence[Tokens]) -> Occurrences:
    """Return the occurrences of tokens, a text for each document."""
    vocabulary, terms = _numbered(text.terms for text in texts)
    many = np.array([len(text.terms) for text in texts], np.int64)
    positions = np.concatenate([np.zeros(0, np.int32), *(text.positions for text in texts)])
    filled = many > 0
    rooms = np.zeros(len(texts), np.int32)
    if filled.any():
        rooms[filled] = 1 + np.maximum.reduceat(positions, (np.cumsum(many) - many)[filled])
    places = np.repeat(np.cumsum(rooms) - rooms, many) + positions
    return Occurrences(vocabulary, terms, places.astype(np.uint32), rooms)


def place_values(listed: Sequence[Sequence[str]]) -> Occurrences:
    """Return the occurrences of values, those of each document at the one place that it takes."""
    vocabulary, terms = _numbered(listed)
    places = np.repeat(np.arange(len(listed), dtype=np.uint32), np.array(list(map(len, listed)), np.int64))
    return Occurrences(vocabulary, terms, places, np.ones(len(listed), np.int32))


def _numbered(listed: Iterable[Sequence[str]]) -> tuple[list[str], NDArray[np.int32]]:
    """Return all terms once, and the number of each occurrence's term."""
    numbers: dict[str, int] = defaultdict(count().__next__)
    # ``np.array`` would look at every number twice, first to find a type, which takes a quarter longer.
    found = list(map(numbers.__getitem__, chain.from_iterable(listed)))
    return list(numbers), np.fromiter(found, np.int32, len(found))


def _day(date: str | None) -> int:
    return int((date or "0").replace("-", "").ljust(8, "0"))


def _seconds(time: str | None) -> int:
    return int(datetime.fromisoformat(time).timestamp()) if time else 0
