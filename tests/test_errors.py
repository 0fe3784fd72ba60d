"""Errors: what is raised in one process is understood in another."""

from __future__ import annotations

import pickle

import pytest

from indexer.errors import IndexOutdated, UnfitError, UnreadableError


@pytest.mark.parametrize("kind", [UnreadableError, UnfitError])
def test_an_unreadable_document_is_told_across_processes(kind: type[UnreadableError]) -> None:
    """A worker that cannot say why would stop the whole run, and every other document with it."""
    error = pickle.loads(pickle.dumps(kind("a/b.md", "part 3: no text")))
    assert (type(error), str(error), error.path, error.reason) == (
        kind,
        "a/b.md: part 3: no text",
        "a/b.md",
        "part 3: no text",
    )


def test_an_outdated_index_keeps_what_was_committed_with_it() -> None:
    error = pickle.loads(pickle.dumps(IndexOutdated("made by another version", {"roots": ["a"]})))
    assert (str(error), error.meta) == ("made by another version", {"roots": ["a"]})
