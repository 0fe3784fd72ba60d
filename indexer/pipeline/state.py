"""What an index remembers of its folders, so that what has not changed is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class FileState:
    """One file as it was when it was last read, and the ids of the documents that it held, in order.

    ``complete`` is False where a part of it could not be read: such a file is read again next time.
    """

    sha256: str
    size: int
    mtime_ns: int
    ids: tuple[str, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class DocumentState:
    """One document: digests of what it says and of where it was read, and when it came and last changed.

    ``content`` is "" for a document of which the last run could make no entry.
    """

    content: str
    place: str
    first_indexed: str
    changed: str


@dataclass(frozen=True, slots=True)
class State:
    """The recorded roots, the version of the rules, and every file and document of the index.

    ``code`` is the part of that version that is no authority file.  ``files`` is keyed by absolute path, ``documents``
    by id.  ``corrections`` are the digests of the corrections that the documents were made with, by document id.
    """

    roots: tuple[str, ...] = ()
    rules: str = ""
    code: str = ""
    files: Mapping[str, FileState] = field(default_factory=dict)
    documents: Mapping[str, DocumentState] = field(default_factory=dict)
    corrections: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the state as JSON values, as they are committed with a generation."""
        files = {
            path: [entry.sha256, entry.size, entry.mtime_ns, list(entry.ids), entry.complete]
            for path, entry in self.files.items()
        }
        return {
            "roots": list(self.roots),
            "rules": self.rules,
            "code": self.code,
            "files": files,
            "documents": {id: list(astuple(entry)) for id, entry in self.documents.items()},
            "corrections": dict(self.corrections),
        }


def state_from(meta: Mapping[str, Any]) -> State:
    """Read the state back from what a generation was committed with; an empty state where there is none.

    Of a state that another version wrote in another form, the roots alone are read.
    """
    roots = tuple(meta.get("roots", ()))
    try:
        return _state_from(roots, meta)
    except (TypeError, ValueError):
        return State(roots)


def _state_from(roots: tuple[str, ...], meta: Mapping[str, Any]) -> State:
    files = {
        path: FileState(sha256, size, mtime_ns, tuple(ids), complete)
        for path, (sha256, size, mtime_ns, ids, complete) in meta.get("files", {}).items()
    }
    documents = {id: DocumentState(*row) for id, row in meta.get("documents", {}).items()}
    return State(roots, meta.get("rules", ""), meta.get("code", ""), files, documents, meta.get("corrections", {}))


def stamp(path: Path) -> FileState:
    """Return the present state of a file, without its documents; empty for one that cannot be opened."""
    try:
        status = path.stat()
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return FileState("", 0, 0)
    return FileState(digest, status.st_size, status.st_mtime_ns)


def is_same(path: Path, before: FileState | None) -> bool:
    """Say whether a file is as it was: by size and time first, by its bytes where only the time differs."""
    if before is None or not before.complete:
        return False
    try:
        status = path.stat()
    except OSError:
        return False
    if status.st_size != before.size:
        return False
    return status.st_mtime_ns == before.mtime_ns or stamp(path).sha256 == before.sha256


def to_read(state: State, present: Sequence[Path]) -> list[Path]:
    """Return the files that must be read, newest first: new ones, changed ones, and those that share a
    document with a file that changed or went, because that document may now be theirs to give.
    """
    changed = {path for path in present if not is_same(path, state.files.get(str(path)))}
    kept = {str(path) for path in present} - {str(path) for path in changed}
    loose = _ids(state, (path for path in state.files if path not in kept))
    sharing = {Path(path) for path in kept if not loose.isdisjoint(state.files[path].ids)}
    return newest_first(changed | sharing)


def newest_first(paths: Iterable[Path]) -> list[Path]:
    """Sort files so that of two that hold one document the one saved last comes first."""
    return sorted(paths, key=lambda path: (-saved(path), str(path)))


def saved(path: Path) -> int:
    """Return when a file was saved, in nanoseconds; 0 for one that is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _ids(state: State, paths: Iterable[str]) -> set[str]:
    return {id for path in paths for id in state.files[path].ids}
