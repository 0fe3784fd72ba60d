"""The bookkeeping of one run: which documents there will be, and what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.authority import keys
from indexer.authority.compiled import as_json
from indexer.engines.base import Writer
from indexer.errors import DuplicateError, RefusedError, UnreadableError
from indexer.model import Document
from indexer.pipeline.concealed import closed, list_of
from indexer.pipeline.documents import documents_of
from indexer.pipeline.entries import Job, Made
from indexer.pipeline.identity import content_digest, place_digest
from indexer.pipeline.rules import Rules
from indexer.pipeline.state import DocumentState, FileState, State, newest_first, saved, stamp
from indexer.withheld import MARK


@dataclass(slots=True)
class Summary:
    """What a run did: ids added, changed and removed, how many stayed as they were, and what failed.

    ``again`` are the documents that were made anew though they say what they said, ``because`` counts them by reason.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    again: list[str] = field(default_factory=list)
    because: Counter[str] = field(default_factory=Counter)
    failed: list[UnreadableError] = field(default_factory=list)
    generation: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes about it.

    ``progress`` is told after each document how many are done and how many are expected in all.  ``corrections`` is
    the file of corrections.
    """

    rebuild: bool = False
    allow_removals: bool = False
    dry_run: bool = False
    processes: int = 0
    max_removed_percent: int = 20
    progress: Callable[[int, int], None] = lambda done, expected: None
    corrections: Path | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """Documents that must be made anew though their files are as they were: why, by id, and ``document`` by id."""

    reasons: Mapping[str, Sequence[str]]
    document: Callable[[str], Document]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document was read: its title, its file, and its number in that file."""

    title: str
    file: Path
    part: int


def _nothing_stored(id: str) -> Document:
    raise KeyError(id)


def _claimed_twice(document: Document, other: _Place) -> UnreadableError:
    """Two different documents that claim one id are an error that names both."""
    error = DuplicateError(
        f'id {document.id} is claimed by "{other.title}" ({other.file.name} part {other.part}) and by '
        f'"{document.title}" ({document.path} part {document.part}); give one of them another id'
    )
    return UnreadableError(document.path, str(error))


class Run:
    """One run over the files that are there."""

    def __init__(
        self, old: State, present: Mapping[Path, Path], again: Again | None, rules: Rules, options: Options
    ) -> None:
        """``again`` is None where every document is made anew."""
        self._old = old
        self._present = present
        self._fresh = again is None
        self._why_all = "rebuild" if options.rebuild else "other rules"
        self._again = again or Again({}, _nothing_stored)
        self._rules = rules
        self._options = options
        self._time = datetime.now(UTC).isoformat(timespec="seconds")
        self._files: dict[str, FileState] = {}
        self._documents: dict[str, DocumentState] = {}
        #: Where each document of this run was read.
        self._read: dict[str, _Place] = {}
        #: The files that are not read in this run, by the documents that they hold, and what they hold.
        self._keepers: dict[str, Path] = {}
        self._kept: dict[Path, dict[str, _Place]] = {}
        self._not_made: list[str] = []
        self._written = 0
        self._summary = Summary()

    def refuse_lost_files(self) -> None:
        """Stop before any work where the files that went held more than the allowed share of the documents.

        Where there are new files too, they may be the lost ones under another name; then ``finish`` decides.
        """
        here = {str(path) for path in self._present}
        if here - self._old.files.keys():
            return
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
        for path in reversed(newest_first(self._present.keys() - set(stale))):
            entry = self._old.files[str(path)]
            self._files[str(path)] = entry
            self._documents.update((id, self._old.documents[id]) for id in entry.ids if id in self._old.documents)
            self._keepers.update(dict.fromkeys(entry.ids, path))
        for path in stale:
            yield from self._jobs_of(path)
        for id in self._again.reasons:
            if id in self._documents and id not in self._read:
                state = self._documents[id]
                self._note_again(id)
                yield Job(self._again.document(id), state.first_indexed, state.changed)

    def _note_again(self, id: str) -> None:
        self._summary.again.append(id)
        self._summary.because.update(self._again.reasons.get(id, ()) if not self._fresh else [self._why_all])

    def _jobs_of(self, path: Path) -> Iterator[Job]:
        ids: list[str] = []
        failures: list[UnreadableError] = []
        for document in documents_of(path, self._present[path], failures.append, self._rules.withheld):
            here = _Place(document.title, path, document.part)
            other = self._read.get(document.id) or self._kept_place(document.id)
            if other is not None and other.title != here.title:
                failures.append(self._rules.withheld.error(_claimed_twice(document, other)))
                continue
            ids.append(document.id)
            if other is not None and (document.id in self._read or saved(other.file) > saved(path)):
                continue  # a post that was saved twice is one document, as it was saved last
            self._read[document.id] = here
            before = self._old.documents.get(document.id)
            now = self._state_of(document, before)
            document = self._rules.corrections.attached(document)
            self._documents[document.id] = now
            if before is None:
                self._summary.added.append(document.id)
            elif before.content != now.content:
                self._summary.changed.append(document.id)
            elif self._fresh or document.id in self._again.reasons:
                self._note_again(document.id)
            elif before.place == now.place:
                continue
            yield Job(document, now.first_indexed, now.changed)
        self._summary.failed.extend(failures)
        ids.extend(self._kept_from_before(path, ids) if failures else ())
        self._files[str(path)] = replace(stamp(path), ids=tuple(ids), complete=not failures)

    def _state_of(self, document: Document, before: DocumentState | None) -> DocumentState:
        content = content_digest(document)
        first_indexed = before.first_indexed if before else self._time
        changed = before.changed if before and before.content == content else self._time
        return DocumentState(content, place_digest(document), first_indexed, changed)

    def _kept_place(self, id: str) -> _Place | None:
        """Return where a file that has not changed holds a document; the file is looked into once."""
        path = self._keepers.get(id)
        if path is None:
            return None
        if path not in self._kept:
            documents = documents_of(path, self._present[path], lambda error: None, self._rules.withheld)
            self._kept[path] = {one.id: _Place(one.title, path, one.part) for one in documents}
        return self._kept[path].get(id)

    def _kept_from_before(self, path: Path, ids: Sequence[str]) -> list[str]:
        """Return what a file gave before and can now not be read: it stays until the file can be read again."""
        entry = self._old.files.get(str(path))
        if entry is None or self._fresh:
            return []
        kept = [id for id in entry.ids if id not in ids and id not in self._documents and id in self._old.documents]
        self._documents.update((id, self._old.documents[id]) for id in kept)
        return kept

    def write(self, writer: Writer, made: Made) -> None:
        """Add the entries that were made, and note why there are no others."""
        writer.add_batch(made.batch)
        self._written += len(made.batch.ids)
        for failure in made.failures:
            self._summary.failed.append(failure.error)
            self._not_made.append(failure.id)
        for record in made.corrected:
            self._summary.failed.extend(self._rules.corrections.misfits(record))

    def _forget_failures(self) -> None:
        """A document of which no entry could be made is tried again next time; what it gave before stays."""
        for id in self._not_made:
            path = self._file_of(id)
            self._files[path] = replace(self._files[path], complete=False)
            if id in self._old.documents and not self._fresh:
                self._documents[id] = replace(self._old.documents[id], content="")
            else:
                del self._documents[id]
            for listed in (self._summary.added, self._summary.changed, self._summary.again):
                if id in listed:
                    listed.remove(id)

    def _file_of(self, id: str) -> str:
        if id in self._read:
            return str(self._read[id].file)
        return next(path for path, entry in self._files.items() if id in entry.ids)

    def finish(self, generation: int) -> Summary:
        """Work out what goes.  Raises: RefusedError where that is more than is allowed."""
        summary = self._summary
        summary.removed = self._gone()
        if list_of(self._old.rules) == list_of(self._rules.version):
            self._refuse_removal(len(summary.removed))
        else:
            # A document whose id came from a name has another one now; the old one may tell the name.
            self._refuse_removal(len(summary.removed) - len(summary.added))
            summary.removed = [MARK] * len(summary.removed)
        summary.failed.extend(self._rules.corrections.strangers(self._documents))
        summary.generation = generation
        summary.documents = len(self._documents)
        summary.unchanged = summary.documents - len(summary.added) - len(summary.changed)
        return summary

    def _gone(self) -> list[str]:
        return sorted(set(self._old.documents) - set(self._documents))

    def commit(self, writer: Writer, roots: tuple[str, ...], generation: int) -> Summary:
        """Delete what went and make everything visible at once; where nothing changed, ``generation`` stays."""
        self._forget_failures()
        summary = self.finish(generation)
        corrections = self._rules.corrections.digests()
        state = State(roots, self._rules.version, self._rules.code, self._files, self._documents, corrections)
        state, old = (closed(one, self._rules.withheld) for one in (state, self._old))
        if not self._fresh and not self._written and state == old:
            return summary
        if not self._fresh:
            for id in self._gone():
                writer.delete(id)
        summary.generation = writer.commit(
            {
                **state.as_json(),
                "analyzer": self._rules.analyzer.version,
                "authority": self._rules.authority.version,
                "authority_files": self._rules.files,
                "records": as_json(self._rules.authority),
                "keys": keys.as_json(keys.record_keys(self._rules.authority, self._rules.analyzer.stem)),
                "failed": [{"path": error.path, "reason": error.reason} for error in summary.failed],
                "updated": self._time,
            }
        )
        return summary
