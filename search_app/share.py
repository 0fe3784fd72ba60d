"""What is handed over without a server: the result of a search with its quotations, its citations and where it is from.

``gather`` asks the service, ``search_app.views.share_page`` writes it down as one page, ``save`` puts that into a file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from indexer.errors import RefusedError
from search_app import present
from search_app.export import citation
from search_app.nothing import NothingFound, nothing_found
from search_app.passages.reading import paragraph_of, paragraph_spans
from search_app.query.expand import Compiled
from search_app.request import Parameters
from search_app.service import Service


@dataclass(frozen=True, slots=True)
class Shared:
    """One result to hand over.

    ``results`` is the JSON of the search, each passage with the number of its ``paragraph``; ``citations`` stand in
    the order of its hits.  ``searched`` tells what the collection holds, ``made`` is the time in UTC.
    """

    results: dict[str, Any]
    citations: Sequence[str]
    searched: NothingFound
    made: datetime
    version: str


def gather(service: Service, parameters: Parameters, lang: str) -> Shared:
    """Search, and return what is to be handed over: the same documents in the same order as any other search."""
    found = service.search(parameters)
    results = present.results(found, lang)
    for hit, origin in zip(results["hits"], found.hits, strict=True):
        spans = paragraph_spans(origin.record["text"])
        for snippet in hit["snippets"]:
            snippet["paragraph"] = paragraph_of(spans, snippet["start"])
    with service.collection() as collection:

        def alone(q: str) -> Compiled:
            return service.compile(replace(parameters, q=q), collection.lexicon)

        searched = nothing_found(None, alone, collection.snapshot, None)
    return Shared(
        results,
        [citation.plain(origin.record, lang) for origin in found.hits],
        searched,
        datetime.now(UTC),
        version("hrsearch"),
    )


def save(path: Path, page: str, force: bool = False) -> None:
    """Write a page whole or not at all, so that its owner alone can read it: it tells what was searched.

    Raises: RefusedError where there is a file already, unless ``force``, or where none can be written.
    """
    own = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with open(descriptor, "w", encoding="utf-8") as stream:
                stream.write(page)
                stream.flush()
                os.fsync(descriptor)
            if force:
                own.replace(path)
            else:
                os.link(own, path)
        finally:
            with suppress(FileNotFoundError):
                own.unlink()
    except FileExistsError as error:
        raise RefusedError(f"{path}: there is such a file already; take another name, or add --force") from error
    except OSError as error:
        raise RefusedError(f"{path}: cannot be written ({error.strerror}); nothing was changed") from error
