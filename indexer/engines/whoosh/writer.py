"""Postings in, a Whoosh segment out: one transaction, visible at once or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from whoosh.formats import Frequency
from whoosh.system import pack_uint
from whoosh.writing import SegmentWriter

from indexer.engines.base import SCHEMA_VERSION, Entry
from indexer.engines.whoosh.schema import SEPARATOR, TEXT_FIELDS
from indexer.engines.whoosh.storage import sync_file


class TokenWriter(SegmentWriter):  # type: ignore[misc]
    """A segment writer that takes finished postings, with the positions that our analyzer gave.

    Whoosh's own ``add_document`` would number the tokens one by one; a bigram shares the position of its first
    character.
    """

    def add_entry(self, entry: Entry) -> None:
        """Add one document.  Every value is made ready before anything is written."""
        fields = {name: entry.postings[name.replace("_", ".")] for name in TEXT_FIELDS}
        keywords = {name: _counted(values) for name, values in entry.keywords.items()}
        keywords["names"] = _counted([SEPARATOR.join(row) for row in entry.names])
        keywords["id"] = {entry.id: 1}
        stored = entry.stored
        columns = {
            "date": int((stored.get("date") or "0").replace("-", "").ljust(8, "0")),
            "first_indexed": _seconds(stored.get("first_indexed")),
            "changed": _seconds(stored.get("changed")),
        }
        record = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))

        document = self.docnum
        per_document = self.perdocwriter
        per_document.start_doc(document)
        for name in sorted([*keywords, *fields]):
            field = self.schema[name]
            length = 0
            if name in fields:
                length = entry.lengths[name.replace("_", ".")]
                for term, positions in fields[name].items():
                    self.pool.add(
                        (name, term.encode(), document, float(len(positions)), field.format.encode(positions))
                    )
            else:
                for term, count in keywords[name].items():
                    self.pool.add((name, term.encode(), document, float(count), _frequency(field.format, count)))
            per_document.add_field(name, field, entry.id if name == "id" else None, length)
        for name, value in {**columns, "id": entry.id}.items():
            field = self.schema[name]
            per_document.add_column_value(name, field.column_type, field.to_column_value(value))
        per_document.add_field("record", self.schema["record"], record, 0)
        per_document.finish_doc()
        self._added = True
        self.docnum += 1

    def _commit_toc(self, segments: Sequence[Any]) -> None:
        """Write the table of contents, after every file that it names is on the disk."""
        folder = Path(self.storage.folder)
        for file in folder.iterdir():
            if file.is_file() and any(file.name.startswith(segment.segment_id()) for segment in segments):
                sync_file(file)
        super()._commit_toc(segments)


class WhooshTransaction:
    """The writer of the engine protocol over one ``TokenWriter``."""

    def __init__(self, index: Any, memory_mb: int, fresh: bool = False) -> None:
        """``fresh`` leaves every segment of before behind at the commit, not earlier."""
        self._writer = TokenWriter(index, compound=False, limitmb=memory_mb)
        self._fresh = fresh
        self._folder = Path(index.storage.folder)
        self._added: set[str] = set()
        self.closed = False

    def add(self, entry: Entry) -> None:
        """See ``Writer.add``.  An id may be added once in a transaction: a second time is an error of the caller."""
        if entry.id in self._added:
            raise ValueError(f"{entry.id} was added before in this transaction")
        if not self._fresh:
            self.delete(entry.id)
        self._writer.add_entry(entry)
        self._added.add(entry.id)

    def delete(self, id: str) -> None:
        """See ``Writer.delete``."""
        self._writer.delete_by_term("id", id)

    def commit(self, meta: Mapping[str, Any]) -> int:
        """See ``Writer.commit``.  ``meta`` goes to a file of its own, in place before its generation is."""
        generation = int(self._writer.generation)
        write_meta(self._folder, generation, meta)
        self._writer.commit(mergetype=_only_new if self._fresh else None)
        self.closed = True
        _drop_old_meta(self._folder, generation)
        return generation

    def cancel(self) -> None:
        """Leave everything as it was."""
        if not self.closed:
            self._writer.cancel()
            self.closed = True


def _only_new(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """A merge policy of Whoosh: keep none of the segments of before."""
    return []


def meta_file(folder: Path, generation: int) -> Path:
    """Return the file that holds what was committed with a generation."""
    return folder / f"hrsearch-{generation}.json"


def write_meta(folder: Path, generation: int, meta: Mapping[str, Any]) -> None:
    """Write the meta of a generation that is not visible yet."""
    file = meta_file(folder, generation)
    file.write_text(json.dumps({**meta, "schema": SCHEMA_VERSION}, ensure_ascii=False), encoding="utf-8")
    sync_file(file)


def _drop_old_meta(folder: Path, generation: int) -> None:
    """Remove the meta of generations that nobody can open any more; the last but one may be opening now."""
    for file in folder.glob("hrsearch-*.json"):
        number = file.stem.rpartition("-")[2]
        if number.isdigit() and int(number) < generation - 1:
            file.unlink(missing_ok=True)


def _counted(values: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def _frequency(format: Any, count: int) -> bytes:
    """Return a count as the format of a keyword field stores it; a field that keeps existence alone, nothing."""
    return pack_uint(count) if isinstance(format, Frequency) else b""


def _seconds(time: str | None) -> int:
    if not time:
        return 0

    return int(datetime.fromisoformat(time).timestamp())
