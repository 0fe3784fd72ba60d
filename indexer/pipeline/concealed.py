"""What an index remembers of its folders, without the names that are withheld.

A path that holds a name is remembered with its mark and a keyed digest; a file's hash is keyed too.  Whoever has the
list, its key and the files finds them again; nobody else can guess a name from what is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.errors import RefusedError
from indexer.pipeline.rules import WITHHELD, Rules
from indexer.pipeline.state import FileState, State, saved, stamp
from indexer.withheld import MARK, Withheld
from indexer.withheld.listing import VARIABLE

#: Begins the hash of a file that is kept with the key.
_KEYED = "keyed:"


def list_of(rules: str) -> str:
    """Return the part of a version of the rules that stands for the list, "" where nobody was withheld."""
    found = re.search(f"{WITHHELD}[0-9a-f]+", rules)
    return found.group() if found else ""


def refuse_without_list(old: State, rules: Rules) -> None:
    """Raises: RefusedError where an index was made with a list and none is named now: a forgotten variable must not
    bring back what was withheld."""
    if list_of(old.rules) and rules.withheld.file is None:
        raise RefusedError(
            f"This index was made with a list of withheld names, and {VARIABLE} names none now. Nothing was changed. "
            "Set it again; to bring the names back, let it name an empty list"
        )


def recorded_roots(old: State, withheld: Withheld, candidates: Iterable[Path]) -> list[Path]:
    """Return the recorded roots.  Raises: RefusedError for one whose path is withheld and that no candidate is."""
    by_name = {_shown(str(path), withheld): path for path in candidates}
    unknown = [root for root in old.roots if MARK in root and root not in by_name]
    if unknown:
        raise RefusedError(
            f"{unknown[0].partition('#')[0]}: the path of this folder holds a withheld name and was not remembered. "
            "Nothing was changed. Name all folders again: hrsearch index PATH…"
        )
    return [by_name.get(root, Path(root)) for root in old.roots]


def closed(state: State, withheld: Withheld) -> State:
    """Return the state as it is kept."""
    if not withheld:
        return state
    return replace(
        state,
        roots=tuple(_shown(root, withheld) for root in state.roots),
        files={
            _shown(path, withheld): replace(entry, sha256=_keyed(entry.sha256, withheld))
            for path, entry in state.files.items()
        },
    )


def opened(state: State, withheld: Withheld, roots: Sequence[Path], files: Iterable[Path]) -> State:
    """Return the state with the paths of the roots and files that are there, and the hashes of those that are as
    they were; those of files that can be told by size and time are left as they are kept.

    What is kept of a file that is gone stays as it is.
    """
    if not withheld:
        return state
    names = {_shown(str(path), withheld): str(path) for path in (*roots, *files)}
    return replace(
        state,
        roots=tuple(names.get(root, root) for root in state.roots),
        files=dict(_opened_file(names.get(path, path), entry, withheld) for path, entry in state.files.items()),
    )


def _opened_file(path: str, entry: FileState, withheld: Withheld) -> tuple[str, FileState]:
    if saved(Path(path)) == entry.mtime_ns:
        return path, entry
    now = stamp(Path(path)).sha256
    return path, replace(entry, sha256=now) if _keyed(now, withheld) == entry.sha256 else entry


def same_bytes(path: Path, entry: FileState, withheld: Withheld) -> bool:
    """Say whether a file has the bytes that it was remembered with."""
    now = stamp(path).sha256
    return entry.sha256 in (now, _keyed(now, withheld))


def _keyed(sha256: str, withheld: Withheld) -> str:
    return sha256 if sha256.startswith(_KEYED) else f"{_KEYED}{withheld.digest(sha256)}"


def _shown(path: str, withheld: Withheld) -> str:
    shown = withheld.mark(path)
    return path if shown == path else f"{shown}#{withheld.digest(path)[:16]}"
