"""Is the index what it says it is?  Against itself, and against the files that it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer import readers
from indexer.engines.base import FACETS, Request, Snapshot
from indexer.pipeline.concealed import opened, recorded_roots, same_bytes
from indexer.pipeline.state import state_from
from indexer.query import Everything, Term
from indexer.withheld import NOBODY, Withheld

_REMEDY = "bring the index up to date with: hrsearch index"

#: Records that are read at a time, so that memory stays even.
BATCH = 200


def problems(snapshot: Snapshot, withheld: Withheld = NOBODY, folders: Sequence[Path] = ()) -> Iterator[str]:
    """Yield a sentence for everything that is not as it should be, without the names that are withheld.

    ``folders`` may be the roots of the index where a name in their path was not remembered.
    """
    state = state_from(snapshot.meta)
    ids = sorted(snapshot.ids())
    yield from _differences(set(ids), set(state.documents))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        for id, record in zip(batch, snapshot.stored(batch), strict=True):
            if record is None:
                yield f"{id}: its record cannot be read"
            elif record["id"] != id:
                yield f"{id}: holds the record of {record['id']}"
    yield from _facets(snapshot)
    roots = recorded_roots(state, withheld, folders)
    for path, entry in opened(state, withheld, roots, present(roots) if withheld else ()).files.items():
        file = Path(path)
        if not file.is_file():
            yield f"{withheld.mark(path)}: the file is not there any more; {_REMEDY}"
        elif entry.complete and not same_bytes(file, entry, withheld):
            yield f"{withheld.mark(path)}: the file has changed since; {_REMEDY}"


def present(roots: Sequence[Path]) -> Iterator[Path]:
    """Yield every file of the roots that a reader exists for."""
    for root in roots:
        yield from [root] if root.is_file() else readers.documents_in(root)


def _differences(held: set[str], recorded: set[str]) -> Iterator[str]:
    for id in sorted(held - recorded):
        yield f"{id}: is in the index and not in its list of documents"
    for id in sorted(recorded - held):
        yield f"{id}: is in the list of documents and not in the index"


def _facets(snapshot: Snapshot) -> Iterator[str]:
    """Count every facet value twice: by the table of the facet and by its posting list."""
    answer = snapshot.search(Request(Everything(), facets=FACETS, limit=0))
    if answer.total != snapshot.documents:
        yield f"every document: {answer.total} found, {snapshot.documents} there"
    for name, counts in answer.facets.items():
        for value, count in counts.items():
            found = snapshot.count(Term(name, value))
            if found != count:
                yield f"{name} {value}: counted {count}, found {found}"
