"""The only room that knows the order: read, split, name, detect, extract, analyse, write.

``update`` brings an index up to date with its folders.  What has not changed is not read again; nothing is
visible before everything is written; a document that fails is reported and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer import readers
from indexer.analysis import Analyzer
from indexer.authority import Authority, load_authority
from indexer.engines.base import UNDATED, Engine, Entry, Snapshot, Writer
from indexer.errors import DuplicateError, IndexMissing, IndexOutdated, RefusedError, UnreadableError
from indexer.extract import extract
from indexer.identity import content_digest, document_id
from indexer.language import detect
from indexer.model import Document, Entity, Page, Record, Token
from indexer.record import as_json
from indexer.split import split
from indexer.state import FileState, State, stamp, state_from, to_read
from indexer.workers import process_count, spread

#: Mentions in the text that one in the title is worth: the weight that a title's words have over the text's.
TITLE_MENTION = 3

#: Bumped when splitting, language or extraction give other records for the same files.
RULES_VERSION = 1


@dataclass(frozen=True, slots=True)
class Rules:
    """What records and tokens depend on besides the documents: the authority files and the analyzer."""

    authority: Authority
    analyzer: Analyzer

    @property
    def version(self) -> str:
        """Changes whenever an old record or posting might differ from a new one."""
        return f"{RULES_VERSION}/{self.analyzer.version}/{self.authority.version}"


def load_rules(authority_folder: Path) -> Rules:
    """Load the authority files and make the analyzer that knows their names.  Raises: AuthorityError."""
    authority = load_authority(authority_folder)
    return Rules(authority, Analyzer(authority.han_names()))


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


def records_of(path: Path, root: Path, rules: Rules, report: Callable[[UnreadableError], None]) -> Iterator[Record]:
    """Yield the records of one file without touching any index."""
    for document in documents_of(path, root, report):
        yield make_record(document, rules.authority)


def documents_of(path: Path, root: Path, report: Callable[[UnreadableError], None]) -> Iterator[Document]:
    """Yield the documents of one file, each with its id; what cannot be read is reported, the rest goes on."""
    for page in readers.read(path, root, report):
        for document in split(page):
            yield replace(document, id=document_id(replace(document, id=_stated_id(page, document))))


def _stated_id(page: Page, document: Document) -> str:
    """Return the id that the file itself gives a document; a page of many posts gives none."""
    return document.id or (str(page.meta.get("id") or "") if page.form == "article" else "")


def make_record(document: Document, authority: Authority, first_indexed: str = "", changed: str = "") -> Record:
    """Detect the languages of a document and extract what it says."""
    languages = detect(document.title, document.text)
    found = extract(document, languages.passages, authority)
    return Record(
        document=document,
        language=languages.language,
        script=languages.script,
        passages=languages.passages,
        entities=found.entities,
        dates=found.dates,
        cases=found.cases,
        publisher=found.publisher,
        first_indexed=first_indexed,
        changed=changed,
    )


def make_entry(record: Record, analyzer: Analyzer) -> Entry:
    """Analyse a record into what an engine needs."""
    postings: dict[str, dict[str, list[int]]] = {}
    lengths: dict[str, int] = {}
    for scope, text in (("title", record.document.title), ("text", record.document.text)):
        analysis = analyzer.analyze(text)
        postings[f"{scope}.words"] = _by_term(analysis.words)
        postings[f"{scope}.chars"] = _by_term(analysis.chars)
        lengths[f"{scope}.words"] = analysis.words_length
        lengths[f"{scope}.chars"] = analysis.chars_length
    keywords: dict[str, list[str]] = {
        "year": [UNDATED if record.year is None else str(record.year)],
        "language": [record.language],
        "kind": [record.document.kind],
        "script": sorted({passage.script for passage in record.passages if passage.script} | {record.script or "Latn"}),
        "publisher": [record.publisher.id] if record.publisher else [],
    }
    for entity in record.entities:
        keywords.setdefault(entity.kind, []).extend([entity.id] * _emphasis(entity))
    named = [(entity.kind, entity) for entity in record.entities]
    published = [("publisher", record.publisher)] if record.publisher else []
    names = [
        (kind, entity.id, language, name)
        for kind, entity in [*named, *published]
        for language, all_names in entity.names.items()
        for name in all_names
    ]
    return Entry(record.document.id, postings, lengths, keywords, names, as_json(record))


def _emphasis(entity: Entity) -> int:
    """Return how often a document names an entity, a mention in the title counting as several."""
    return max(sum(TITLE_MENTION if mention.field == "title" else 1 for mention in entity.mentions), 1)


def _by_term(tokens: Iterable[Token]) -> dict[str, list[int]]:
    """Group tokens by term, each with its positions, ascending."""
    terms: dict[str, list[int]] = {}
    for token in tokens:
        terms.setdefault(token.text, []).append(token.position)
    for positions in terms.values():
        positions.sort()
    return terms


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be made, with the times that its record carries."""

    document: Document
    first_indexed: str
    changed: str


_rules_here: Rules | None = None


def _prepare(authority_folder: Path) -> None:
    global _rules_here
    _rules_here = load_rules(authority_folder)


@dataclass(frozen=True, slots=True)
class Failure:
    """A document of which no entry could be made."""

    id: str
    error: UnreadableError


def _make(jobs: list[Job]) -> list[Entry | Failure]:
    assert _rules_here is not None
    return [_make_one(job, _rules_here) for job in jobs]


def _make_one(job: Job, rules: Rules) -> Entry | Failure:
    try:
        record = make_record(job.document, rules.authority, job.first_indexed, job.changed)
        return make_entry(record, rules.analyzer)
    except Exception as error:  # one document must never stop a night's run; it is named with its reason
        reason = f"part {job.document.part}: {type(error).__name__}: {error}"
        return Failure(job.document.id, UnreadableError(job.document.path, reason))


def update(
    engine: Engine,
    authority_folder: Path,
    roots: Sequence[Path] = (),
    default_roots: Sequence[Path] = (),
    options: Options | None = None,
) -> Summary:
    """Bring an index up to date and say what was done.

    ``roots`` replace the recorded ones; without any, the recorded, else ``default_roots`` are read.
    Raises: RefusedError before anything is changed; IndexLocked; IndexDamaged; AuthorityError.
    """
    options = options or Options()
    rules = load_rules(authority_folder)
    old = _old_state(engine)
    chosen = [root.resolve() for root in roots] or [Path(root) for root in old.roots]
    chosen = chosen or [root.resolve() for root in default_roots]
    present = _files_in(chosen, options.allow_removals)
    fresh = options.rebuild or old.rules != rules.version or not engine.exists()
    stale = sorted(present) if fresh else to_read(old, sorted(present))
    run = _Run(old, present, fresh, rules, options)
    run.refuse_lost_files()
    unmoved = tuple(str(root) for root in chosen) == old.roots and set(map(str, present)) == set(old.files)
    if not fresh and not stale and unmoved:
        return Summary(unchanged=len(old.documents), documents=len(old.documents), generation=engine.generation())
    expected = sum(readers.count(path) for path in stale)
    if options.dry_run:
        for _ in run.jobs(stale):
            pass
        return run.finish(engine.generation())
    with engine.writer(fresh=fresh) as writer:
        made = spread(
            run.jobs(stale),
            lambda job: len(job.document.text),
            _make,
            _prepare,
            (authority_folder,),
            process_count(options.processes),
            expected,
        )
        for done, entry in enumerate(made, 1):
            run.write(writer, entry)
            options.progress(done, max(done, expected))
        return run.commit(writer, tuple(str(root) for root in chosen))


def _old_state(engine: Engine) -> State:
    """Return what the index remembers; an index that is missing or of another version remembers nothing."""
    try:
        snapshot: Snapshot = engine.snapshot()
    except (IndexMissing, IndexOutdated):
        return State()
    try:
        return state_from(snapshot.meta)
    finally:
        snapshot.close()


def _files_in(roots: Sequence[Path], allow_removals: bool) -> dict[Path, Path]:
    """Return every file that a reader exists for, with its root.

    Raises: RefusedError for a root that is missing or empty: a disk that is not mounted must not empty an index.
    """
    present: dict[Path, Path] = {}
    for root in roots:
        files = [root] if root.is_file() else readers.documents_in(root) if root.is_dir() else []
        if not files and not allow_removals:
            what = "holds no document that can be read" if root.exists() else "is not there"
            raise RefusedError(
                f"{root}: this folder {what}. Nothing was changed. Check the path or mount it again; if its "
                "documents are really to be removed, add --allow-removals"
            )
        for file in files:
            present.setdefault(file, root.parent if root.is_file() else root)
    return present


class _Run:
    """The bookkeeping of one run: which documents there will be, and what became of each."""

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
