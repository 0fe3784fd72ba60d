"""What of an earlier run may be taken again: only what the same code made of the same documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from benchmarks.documents import Collection

HERE = Path(__file__).parent

#: Of a collection, the file that says by which code it was made.
MADE_BY = "made-by.txt"


def code(names: Iterable[str], version: str = "") -> str:
    """Return a digest of some files of this folder, and of the version of what they use from elsewhere."""
    digest = sha256(version.encode())
    for name in names:
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()


def contents(collection: Collection) -> str:
    """Return a digest of the documents of a collection."""
    digest = sha256()
    for name in ("vocabulary.txt", "tokens.bin", "bounds.bin", "facets.json"):
        with (collection.folder / name).open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
    return digest.hexdigest()


def made_by(folder: Path) -> str:
    """Return by which code a collection was made; "" where it was not finished, or does not say."""
    note = folder / MADE_BY
    return note.read_text(encoding="utf-8") if note.exists() and (folder / "questions.json").exists() else ""


def made_of(note: Path) -> str:
    """Return of what an index was made, as its note says; "" where there is none, or it does not say."""
    found: str = json.loads(note.read_text(encoding="utf-8")).get("made_of", "") if note.exists() else ""
    return found
