"""The authority files as plain JSON values: what an index was made with, read back in a hundredth of the time.

The files stay the only source: these values are used in their place only where ``fingerprint`` says that they are the
same, and otherwise to see what has changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from indexer.authority import RULES_VERSION, Authority, AuthorityRecord, files_in, load_authority

_FIELDS = tuple(field.name for field in fields(AuthorityRecord))


def fingerprint(folder: Path) -> str:
    """Return a digest of the authority files of a folder and of the rules that make records of them."""
    digest = hashlib.sha256(str(RULES_VERSION).encode())
    for kind, file in files_in(folder):
        digest.update(f"\0{kind}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:32]


def as_json(authority: Authority) -> list[list[Any]]:
    """Return the records as rows of JSON values."""
    return [[getattr(record, name) for name in _FIELDS] for record in authority]


def from_json(rows: Sequence[Sequence[Any]]) -> Authority:
    """Return the records of such rows.  Raises: TypeError or ValueError for rows of another version."""
    if any(len(row) != len(_FIELDS) for row in rows):
        raise ValueError("records with other fields")
    return Authority(AuthorityRecord(*map(_frozen, row)) for row in rows)


def loaded(folder: Path, made: Mapping[str, Any]) -> Authority:
    """Return the records of a folder's files, taken from ``made`` where these are the files that it was made with.

    ``made`` is what an index was committed with; an empty one reads the files.  Raises: AuthorityError.
    """
    if made.get("authority_files") == fingerprint(folder):
        with suppress(KeyError, TypeError, ValueError):
            authority = from_json(made["records"])
            authority.version = made["authority"]
            return authority
    return load_authority(folder)


def _frozen(value: Any) -> Any:
    """Return the value of a field with the tuples that JSON made lists of."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {key: tuple(one) if isinstance(one, list) else one for key, one in value.items()}
    return value
