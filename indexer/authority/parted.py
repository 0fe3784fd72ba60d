"""Which ids are never one person, though a document ties their names?

``parted.toml`` undoes what ``indexer.pipeline.unite`` joins across documents, one table a pair::

    [[parted]]
    ids = ["zhu-tingfang", "zhu-ting-fang-0a1b2c"]   # as they stand on the pages of the two
    why = "the court's notice names a teacher, the petition a nurse"
    source = "https://example.org/notice"
    by = "A. Editor"
    date = 2026-11-20

The order of the two is of no account.  An id of nobody is no fault: a pair outlives the documents that it was made for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from indexer.errors import AuthorityError

FILE = "parted.toml"


@dataclass(frozen=True, slots=True)
class Parted:
    """One pair that stays apart: why, who says so, who entered it, and when (ISO)."""

    ids: tuple[str, str]
    why: str
    source: str
    by: str
    date: str


class Partings:
    """The pairs of ids that stay apart."""

    def __init__(self, listed: Iterable[Parted] = ()) -> None:
        self._by_pair = {frozenset(parted.ids): parted for parted in listed}

    def between(self, one: str, other: str) -> Parted | None:
        """Return what keeps two ids apart, None where nothing does."""
        return self._by_pair.get(frozenset((one, other)))

    def shown(self, mark: Callable[[str], str], tells: Callable[[str], bool]) -> Partings:
        """Return the pairs whose ids do not tell of somebody withheld, with ``mark`` put over what is said of them."""
        return Partings(
            replace(parted, why=mark(parted.why), source=mark(parted.source), by=mark(parted.by))
            for parted in self._by_pair.values()
            if not any(map(tells, parted.ids))
        )


def load_partings(folder: Path) -> Partings:
    """Read the file of a folder of authority files; without it nobody is parted.

    Raises: AuthorityError, naming file, table and remedy, for the first thing that is wrong.
    """
    listed, problems = read(folder)
    if problems:
        number, problem = problems[0]
        raise AuthorityError(f"{FILE}, table {number}: {problem}")
    return Partings(listed)


def read(folder: Path) -> tuple[list[Parted], list[tuple[int, str]]]:
    """Return the pairs of the file, and what is wrong in it with the number of the table, 0 for the file itself."""
    file = folder / FILE
    if not file.is_file():
        return [], []
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        return [], [(0, f"not readable as TOML: {error}")]
    rows = tables.pop("parted", [])
    strangers = [(0, f"[[{name}]] is not known here; this file holds [[parted]] tables alone") for name in tables]
    faults = [(number, fault) for number, row in enumerate(rows, 1) for fault in _faults(row)]
    if strangers or faults:
        return [], [*strangers, *faults]
    return [Parted(tuple(row["ids"]), *(str(row[key]) for key in _TEXTS)) for row in rows], []


_TEXTS = tuple(field.name for field in fields(Parted) if field.name != "ids")


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    ids = row.get("ids")
    if not (isinstance(ids, list) and len(ids) == 2 and all(isinstance(id, str) and id for id in ids)):
        yield f'ids = {ids!r} must be the two ids, as in ids = ["zhu-tingfang", "zhu-ting-fang-0a1b2c"]'
    elif ids[0] == ids[1]:
        yield f"ids names {ids[0]} twice; nobody is parted from themselves"
    for key in _TEXTS:
        if not str(row.get(key, "")).strip():
            yield f"has no {key}; say why, after which source, who says so and when"
    for key in sorted(row.keys() - {"ids", *_TEXTS}):
        yield f"{key} is not known here; correct it or take it away"
