"""Commands about the index and what goes into it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.errors import AuthorityError, HrsearchError, UnfitError
from search_app.cli.root import Globals, main
from search_app.interrupt import until_stopped

if TYPE_CHECKING:
    from indexer.pipeline.run import Options, Summary

#: Seconds between two looks at the folders of ``hrsearch index --watch``.
WATCH_EVERY = 2.0

#: Changed authority records that are named after a run; the JSON has them all.
MOST_REASONS = 10


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(path_type=Path))
@click.option("--rebuild", is_flag=True, help="Make the whole index anew; the old one answers until it is done.")
@click.option("--allow-removals", is_flag=True, help="Go on even if a folder is missing or many documents would go.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and change nothing.")
@click.option("--watch", is_flag=True, help="Go on looking for changes until interrupted.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_obj
def index(
    options: Globals,
    paths: tuple[Path, ...],
    rebuild: bool,
    allow_removals: bool,
    dry_run: bool,
    watch: bool,
    as_json: bool,
) -> None:
    """Bring the index up to date: new, changed and removed documents only.

    PATHs stand in place of the configured folders and are remembered; a later "hrsearch index" without PATH
    brings those up to date.  The corrections of the setting corpus.corrections are carried out.
    """
    from indexer.engines import open_engine
    from indexer.pipeline.run import Options
    from indexer.pipeline.update import update

    settings = options.settings()
    folder, memory_mb = settings.path("index.folder"), settings["index.memory_mb"]
    engine = open_engine(settings["index.engine"], folder, memory_mb=memory_mb)
    authority, corrections = settings.path("corpus.authority"), settings.path("corpus.corrections")

    def run(once: Options) -> Summary:
        return update(engine, authority, paths, settings.paths("corpus.roots"), once)

    with _progress_bar() as progress:
        choices = Options(
            rebuild,
            allow_removals,
            dry_run,
            settings["index.processes"],
            settings["index.max_removed_percent"],
            progress,
            corrections,
        )
        summary = run(choices)
    _print_summary(summary, as_json, dry_run)
    quiet = replace(choices, rebuild=False, dry_run=False, progress=lambda done, expected: None)
    if watch:
        with until_stopped(lambda line: click.echo(line, err=True)):
            _watch(lambda: run(quiet), as_json)
    sys.exit(1 if summary.failed else 0)


def _watch(run: Callable[[], Summary], as_json: bool) -> None:
    """Look for changes for ever; what cannot be done now is said once and tried again."""
    told = ""
    while True:
        time.sleep(WATCH_EVERY)
        try:
            summary = run()
        except HrsearchError as error:
            if str(error) != told:
                click.echo(f"{error}", err=True)
            told = str(error)
            continue
        told = ""
        if summary.added or summary.changed or summary.removed or summary.again:
            _print_summary(summary, as_json, False)


@contextmanager
def _progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda done, expected: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Indexing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("documents", total=None)
        yield lambda done, expected: bar.update(task, completed=done, total=expected)


def _print_summary(summary: Summary, as_json: bool, dry_run: bool) -> None:
    for error in summary.failed:
        click.echo(f"{'not corrected' if isinstance(error, UnfitError) else 'not indexed'}: {error}", err=True)
    if as_json:
        plain = {
            "added": summary.added,
            "changed": summary.changed,
            "removed": summary.removed,
            "unchanged": summary.unchanged,
            "again": {"documents": summary.again, "because": dict(summary.because.most_common())},
            "failed": [{"path": error.path, "reason": error.reason} for error in summary.failed],
            "documents": summary.documents,
            "generation": summary.generation,
            "dry_run": dry_run,
        }
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    from search_app.terminal import counted

    would = "would be " if dry_run else ""
    click.echo(
        f"{len(summary.added)} {would}added, {len(summary.changed)} {would}changed, "
        f"{len(summary.removed)} {would}removed, {summary.unchanged} unchanged, {len(summary.failed)} failed; "
        f"{counted(summary.documents, 'document')}" + ("" if dry_run else f", generation {summary.generation}")
    )
    if summary.again:
        click.echo(f"{len(summary.again)} that did not change {would}read again{_reasons(summary)}")


def _reasons(summary: Summary) -> str:
    """Return the reasons for which documents were read again, each with its number of documents."""
    from search_app.terminal import counted

    listed = [f"{reason} ({count})" for reason, count in summary.because.most_common(MOST_REASONS)]
    further = len(summary.because) - len(listed)
    return (": " + ", ".join(listed) if listed else "") + (
        f" and {counted(further, 'further reason')}" if further else ""
    )


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a document and line.")
@click.pass_obj
def extract(options: Globals, paths: tuple[Path, ...], as_json: bool) -> None:
    """Print the records of files without touching any index."""
    from indexer import readers
    from indexer.pipeline.documents import records_of
    from indexer.pipeline.record import as_json as record_as_json
    from indexer.pipeline.rules import load_rules
    from search_app.terminal import record_lines

    settings = options.settings()
    rules = load_rules(settings.path("corpus.authority"), settings.path("corpus.corrections"))
    failed: list[HrsearchError] = []
    for path in paths:
        files = readers.documents_in(path) if path.is_dir() else [path]
        for file in files:
            for record in records_of(file, path if path.is_dir() else path.parent, rules, failed.append):
                plain = record_as_json(record)
                click.echo(json.dumps(plain, ensure_ascii=False) if as_json else "\n".join(record_lines(plain)))
    for error in failed:
        click.echo(f"not read: {error}", err=True)
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def analyze(options: Globals, text: str, as_json: bool) -> None:
    """Show the tokens of a text: term, position, and its place in the text."""
    from indexer.pipeline.rules import load_rules

    analyzer = load_rules(options.settings().path("corpus.authority")).analyzer
    analysis = analyzer.analyze(text)
    views = {"words": analysis.words, "chars": analysis.chars}
    if as_json:
        plain = {
            name: [
                {"text": token.text, "position": token.position, "start": token.start, "end": token.end}
                for token in tokens
            ]
            for name, tokens in views.items()
        }
        click.echo(json.dumps({"analyzer": analyzer.version, **plain}, ensure_ascii=False))
        return
    for name, tokens in views.items():
        click.echo(f"{name}:")
        for token in tokens:
            source = text[token.start : token.end]
            click.echo(f"  {token.position:>4}  {token.text}  ({token.start}–{token.end} “{source}”)")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def status(options: Globals, as_json: bool) -> None:
    """Say what the index holds: counts, versions, generation, engine, folders."""
    from indexer.engines import open_engine
    from indexer.pipeline.rules import load_rules
    from indexer.pipeline.state import state_from
    from indexer.withheld.logs import without_names

    settings = options.settings()
    snapshot = open_engine(settings["index.engine"], settings.path("index.folder")).snapshot()
    state = state_from(snapshot.meta)
    rules = load_rules(settings.path("corpus.authority"))
    plain = {
        "engine": settings["index.engine"],
        "folder": str(settings.path("index.folder")),
        "generation": snapshot.generation,
        "documents": snapshot.documents,
        "files": len(state.files),
        "roots": [without_names(root) for root in state.roots],
        "analyzer": snapshot.meta.get("analyzer", ""),
        "authority": snapshot.meta.get("authority", ""),
        "up_to_date_with_rules": state.rules == rules.version,
        "withheld": bool(rules.withheld),
        "updated": snapshot.meta.get("updated"),
        "failed": [{key: without_names(text) for key, text in one.items()} for one in snapshot.meta.get("failed", [])],
    }
    snapshot.close()
    if as_json:
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    for key, value in plain.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        click.echo(f"{key.replace('_', ' '):<24}{shown}")


@main.group()
def authority() -> None:
    """Work with the authority files: who and what hrsearch knows."""


@authority.command()
@click.pass_obj
def check(options: Globals) -> None:
    """Check the authority files: names file, line and remedy for everything that is wrong."""
    from indexer.authority import Authority
    from indexer.authority.check import check as check_folder
    from indexer.pipeline.rules import load_rules
    from indexer.withheld import load_withheld
    from indexer.withheld.logs import keep_names_out_of_logs, without_names

    folder = options.settings().path("corpus.authority")
    try:
        load_rules(folder)
    except AuthorityError:  # which is what the check is for
        keep_names_out_of_logs(load_withheld(Authority()))
    problems = check_folder(folder)
    for problem in problems:
        click.echo(without_names(f"{problem.file}, line {problem.line}: {problem.message}"))
    click.echo(f"{folder}: {len(problems)} problems" if problems else f"{folder}: no problem", err=True)
    sys.exit(2 if problems else 0)


@main.command()
@click.pass_obj
def verify(options: Globals) -> None:
    """Check the index against itself and against its files; changes nothing."""
    from indexer.engines import open_engine
    from indexer.pipeline.rules import load_rules
    from indexer.pipeline.verification import problems
    from search_app.terminal import counted

    settings = options.settings()
    withheld = load_rules(settings.path("corpus.authority")).withheld
    snapshot = open_engine(settings["index.engine"], settings.path("index.folder")).snapshot()
    found = [withheld.mark(problem) for problem in problems(snapshot, withheld, settings.paths("corpus.roots"))]
    documents = counted(snapshot.documents, "document")
    snapshot.close()
    for problem in found:
        click.echo(problem)
    click.echo(f"{documents}, {counted(len(found), 'problem') if found else 'all well'}", err=True)
    sys.exit(1 if found else 0)
