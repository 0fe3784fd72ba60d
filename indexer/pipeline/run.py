"""The bookkeeping of one run: which documents there will be, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.engines.base import Entry, Writer
from indexer.errors import DuplicateError, RefusedError, UnreadableError
from indexer.model import Document
from indexer.pipeline.documents import documents_of
from indexer.pipeline.entries import Failure, Job
from indexer.pipeline.identity import content_digest
from indexer.pipeline.rules import Rules
from indexer.pipeline.state import FileState, State, stamp


@dataclass(slots=True)
class Summary:
    """What a run did: ids added, changed and removed, how many stayed as they were, and what failed."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    failed: list[UnreadableError] = field(default_factory=list)
    generation: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes about it.

    ``progress`` is told after each document how many are done and how many are expected in all.
    """

    rebuild: bool = False
    allow_removals: bool = False
    dry_run: bool = False
    processes: int = 0
    max_removed_percent: int = 20
    progress: Callable[[int, int], None] = lambda done, expected: None


class Run:
    """One run over the files that are there."""

    def __init__(self, old: State, present: Mapping[Path, Path], fresh: bool, rules: Rules, options: Options) -> None:
        self._old = old
        self._present = present
        self._fresh = fresh
        self._rules = rules
        self._options = options
        self._time = datetime.now(UTC).isoformat(timespec="seconds")
        self._files: dict[str, FileState] = {}
        self._documents: dict[str, tuple[str, str]] = {}
        #: Where each document of this run was read: its title, its file, and its number in it.
        self._read: dict[str, tuple[str, Path, int]] = {}
        self._not_made: list[str] = []
        self._summary = Summary()

    def refuse_lost_files(self) -> None:
        """Stop before any work where the files that went held more than the allowed share of the documents."""
        here = {str(path) for path in self._present}
        kept = {id for path, entry in self._old.files.items() if path in here for id in entry.ids}
        self._refuse_removal(len(set(self._old.documents) - kept))

    def _refuse_removal(self, removed: int) -> None:
        before = len(self._old.documents)
        if self._options.allow_removals or removed * 100 <= before * self._options.max_removed_percent:
            return
        raise RefusedError(
            f"This run would remove {removed} of {before} documents, more than "
            f"{self._options.max_removed_percent} in a hundred. Nothing was changed. If that is what you want, "
            "add --allow-removals"
        )

    def jobs(self, stale: Sequence[Path]) -> Iterator[Job]:
        """Yield the documents that must be made: new ones, and those whose content or rules changed."""
        for path in self._present:
            if path not in set(stale):
                entry = self._old.files[str(path)]
                self._files[str(path)] = entry
                self._documents.update((id, self._old.documents[id]) for id in entry.ids if id in self._old.documents)
        for path in stale:
            yield from self._jobs_of(path)

    def _jobs_of(self, path: Path) -> Iterator[Job]:
        ids: list[str] = []
        failures: list[UnreadableError] = []
        for document in documents_of(path, self._present[path], failures.append):
            if document.id in self._read:
                self._note_repeat(document, failures)
                continue
            ids.append(document.id)
            self._read[document.id] = (document.title, path, document.part)
            digest = content_digest(document, self._rules.version)
            before = self._old.documents.get(document.id)
            first_indexed = before[1] if before else self._time
            self._documents[document.id] = (digest, first_indexed)
            if before is None:
                self._summary.added.append(document.id)
            elif before[0] != digest:
                self._summary.changed.append(document.id)
            elif not self._fresh:
                continue
            yield Job(document, first_indexed, self._time)
        self._summary.failed.extend(failures)
        ids.extend(self._kept_from_before(path, ids) if failures else ())
        self._files[str(path)] = replace(stamp(path), ids=tuple(ids), complete=not failures)

    def _note_repeat(self, document: Document, failures: list[UnreadableError]) -> None:
        """A post that was saved twice is one document; two documents that claim one id are an error."""
        title, path, part = self._read[document.id]
        if title != document.title:
            error = DuplicateError(
                f'id {document.id} is claimed by "{title}" ({path.name} part {part}) and by "{document.title}" '
                f"({document.path} part {document.part}); give one of them another id"
            )
            failures.append(UnreadableError(document.path, str(error)))

    def _kept_from_before(self, path: Path, ids: Sequence[str]) -> list[str]:
        """Return what a file gave before and can now not be read: it stays until the file can be read again."""
        entry = self._old.files.get(str(path))
        if entry is None or self._fresh:
            return []
        kept = [id for id in entry.ids if id not in ids and id not in self._documents and id in self._old.documents]
        self._documents.update((id, self._old.documents[id]) for id in kept)
        return kept

    def write(self, writer: Writer, entry: Entry | Failure) -> None:
        """Add one entry, or note why there is none."""
        if isinstance(entry, Failure):
            self._summary.failed.append(entry.error)
            self._not_made.append(entry.id)
        else:
            writer.add(entry)

    def _forget_failures(self) -> None:
        """A document of which no entry could be made is tried again next time; what it gave before stays."""
        for id in self._not_made:
            path = str(self._read[id][1])
            self._files[path] = replace(self._files[path], complete=False)
            if id in self._old.documents and not self._fresh:
                self._documents[id] = ("", self._old.documents[id][1])
            else:
                del self._documents[id]
            for listed in (self._summary.added, self._summary.changed):
                if id in listed:
                    listed.remove(id)

    def finish(self, generation: int) -> Summary:
        """Work out what goes.  Raises: RefusedError where that is more than is allowed."""
        summary = self._summary
        summary.removed = sorted(set(self._old.documents) - set(self._documents))
        self._refuse_removal(len(summary.removed))
        summary.generation = generation
        summary.documents = len(self._documents)
        summary.unchanged = summary.documents - len(summary.added) - len(summary.changed)
        return summary

    def commit(self, writer: Writer, roots: tuple[str, ...]) -> Summary:
        """Delete what went and make everything visible at once."""
        self._forget_failures()
        summary = self.finish(0)
        if not self._fresh:
            for id in summary.removed:
                writer.delete(id)
        state = State(roots, self._rules.version, self._files, self._documents)
        summary.generation = writer.commit(
            {
                **state.as_json(),
                "analyzer": self._rules.analyzer.version,
                "authority": self._rules.authority.version,
                "failed": [{"path": error.path, "reason": error.reason} for error in summary.failed],
                "updated": self._time,
            }
        )
        return summary
