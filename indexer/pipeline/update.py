"""Brings an index up to date with its folders.

What has not changed is not read again; nothing is visible before everything is written; a document that fails is
reported and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from indexer import readers
from indexer.engines.base import Engine, Packer, Request, Snapshot, Writer
from indexer.errors import IndexLocked, IndexMissing, IndexOutdated, RefusedError, UnreadableError
from indexer.model import Document
from indexer.pipeline.births import births, misplaced
from indexer.pipeline.concealed import list_of, opened, recorded_roots, refuse_without_list
from indexer.pipeline.concerned import reasons_to_remake
from indexer.pipeline.entries import Others, entry_of, make_batch, prepare
from indexer.pipeline.record import document_from
from indexer.pipeline.rules import Rules, load_rules
from indexer.pipeline.run import Again, Options, Run, Summary
from indexer.pipeline.state import State, newest_first, state_from, to_read
from indexer.pipeline.unite import affected, evidence, joins_of
from indexer.pipeline.workers import process_count, spread
from indexer.query import Or

#: Why a document is made anew whose corrections changed.
CORRECTION = "correction"

#: Why a document is made anew that an authority record concerned which is withheld now, or no longer.
RELISTED = "withheld names"

#: Why a document is made anew that says the same: another one ties a name of it, or does so no longer.
JOINS = "names joined or parted"

#: Times that a collection is looked through for names to join and people to tell apart.
ROUNDS = 3


def update(
    engine: Engine,
    authority_folder: Path,
    roots: Sequence[Path] = (),
    default_roots: Sequence[Path] = (),
    options: Options | None = None,
) -> Summary:
    """Bring an index up to date and say what was done.

    ``roots`` replace the recorded ones; without any, the recorded, else ``default_roots`` are read.
    Raises: RefusedError before anything is changed; IndexLocked; IndexDamaged; AuthorityError; CorrectionError.
    """
    options = options or Options()
    rules = load_rules(authority_folder, options.corrections)
    generation = engine.generation()
    old = _old_state(engine)
    refuse_without_list(old, rules)
    defaults = [root.resolve() for root in default_roots]
    chosen = [root.resolve() for root in roots] or recorded_roots(old, rules.withheld, defaults) or defaults
    rules.withheld.refuse_inside(chosen)
    present = _files_in(chosen, options.allow_removals)
    old = opened(old, rules.withheld, chosen, present)
    fresh = options.rebuild or old.code != rules.code or not engine.exists()
    relisted = list_of(old.rules) != list_of(rules.version)
    stale = newest_first(present) if fresh or relisted else to_read(old, sorted(present))
    unmoved = tuple(str(root) for root in chosen) == old.roots and set(map(str, present)) == set(old.files)
    ruled = old.rules == rules.version and old.corrections == rules.corrections.digests()
    if ruled and not fresh and not stale and unmoved:
        return _settled(engine, rules, _nothing_to_do(old, rules))
    with _again(engine, old, rules, fresh) as again:
        run = Run(old, present, again, rules, options)
        run.refuse_lost_files()
        if options.dry_run:
            for _ in run.jobs(stale):
                pass
            return run.finish(generation)
        with engine.writer(fresh=fresh, clean=relisted) as writer:
            if engine.generation() != generation:
                raise IndexLocked("another process changed this index just now; nothing was changed here, run it again")
            expected = sum(readers.count(path) for path in stale) + (len(again.reasons) if again else 0)
            _make(run, stale, expected, writer, (authority_folder, engine.packer()), options)
            summary = run.commit(writer, tuple(str(root) for root in chosen), generation)
    return _settled(engine, rules, summary)


def _nothing_to_do(old: State, rules: Rules) -> Summary:
    strangers: list[UnreadableError] = [*rules.corrections.strangers(old.documents)]
    return Summary(unchanged=len(old.documents), documents=len(old.documents), failed=strangers)


def _settled(engine: Engine, rules: Rules, summary: Summary) -> Summary:
    """Settle the index, and note which further documents that made anew."""
    written = {*summary.added, *summary.changed, *summary.again}
    further = [id for id in settle(engine, rules) if id not in written]
    summary.again.extend(further)
    summary.because.update([JOINS] * len(further))
    summary.generation = engine.generation()
    return summary


@contextmanager
def _again(engine: Engine, old: State, rules: Rules, fresh: bool) -> Iterator[Again | None]:
    """Give the documents that other authority files or corrections make anew; None where every document is."""
    if fresh:
        yield None
        return
    with closing(engine.snapshot()) as snapshot:
        found = {} if old.rules == rules.version else reasons_to_remake(snapshot, rules.authority)
        reasons: dict[str, Sequence[str]] = dict(found)
        if list_of(old.rules) != list_of(rules.version):
            reasons = dict.fromkeys(found, (RELISTED,))  # the reasons name whose record went
        for id in rules.corrections.changed(old.corrections):
            reasons[id] = (*reasons.get(id, ()), CORRECTION)
        yield Again(reasons, lambda id: rules.corrections.attached(_stored(snapshot, id)))


def _stored(snapshot: Snapshot, id: str) -> Document:
    (plain,) = snapshot.stored([id])
    assert plain is not None
    return document_from(plain)


def _make(
    run: Run, stale: Sequence[Path], expected: int, writer: Writer, tools: tuple[Path, Packer], options: Options
) -> None:
    """Make and write the entries of the files that must be read, and tell of the progress.

    ``tools`` is what ``prepare`` needs.
    """
    made = spread(
        run.jobs(stale),
        lambda job: len(job.document.text),
        make_batch,
        prepare,
        tools,
        process_count(options.processes),
        expected,
    )
    done = 0
    for some in made:
        run.write(writer, some)
        for _ in range(some.documents):
            done += 1
            options.progress(done, max(done, expected))


def settle(engine: Engine, rules: Rules) -> list[str]:
    """Join the names that documents of the collection tie, part those that nothing ties any more, and tell apart
    those whom documents say were born in different years.

    Returns the ids of the documents that were made anew.
    """
    made: dict[str, None] = {}
    # Who is told apart shows only when names are joined; a third look finds that nothing is left to do.
    for _ in range(ROUNDS):
        found = _settle_once(engine, rules)
        made |= dict.fromkeys(found)
        if not found:
            break
    return list(made)


def _settle_once(engine: Engine, rules: Rules) -> list[str]:
    """Make anew what the present generation says must be, and return the ids.

    What one document ties concerns others, so this can only be seen when all are there; it is a generation of its
    own, and an interruption before it is made good by the next run.
    """
    snapshot = engine.snapshot()
    try:
        found = evidence(snapshot)
        others = Others(joins_of(found, rules.partings), births(found))
        queries = (*affected(snapshot, found, others.joins), *misplaced(snapshot, found, others.apart))
        hits = snapshot.search(Request(Or(queries), limit=snapshot.documents)).hits if queries else ()
        if not hits:
            return []
        with engine.writer() as writer:
            for hit in hits:
                (plain,) = snapshot.stored([hit.id])
                assert plain is not None
                document = document_from(plain)
                writer.add(entry_of(document, plain["first_indexed"], plain["changed"], rules, others))
            writer.commit({key: value for key, value in snapshot.meta.items() if key != "schema"})
        return [hit.id for hit in hits]
    finally:
        snapshot.close()


def _old_state(engine: Engine) -> State:
    """Return what the index remembers; of one that another version wrote, what can still be read."""
    try:
        snapshot: Snapshot = engine.snapshot()
    except IndexMissing:
        return State()
    except IndexOutdated as error:
        # Its documents must all be made anew; its folders and first times still hold.
        old = state_from(error.meta)
        return replace(old, rules=list_of(old.rules), code="")
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
