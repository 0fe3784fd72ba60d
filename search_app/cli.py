"""The command line: arguments in, service or pipeline called, lines out.

Documents and results go to standard output, everything else to standard error.  Exit status: 0 done, 1 done but
some documents failed, 2 wrong usage or configuration, or refused for safety.

What a command needs is imported when it runs: ``hrsearch --help`` loads neither jieba nor the web framework.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from indexer.errors import HrsearchError

if TYPE_CHECKING:
    from indexer.pipeline import Options, Summary
    from indexer.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

#: Seconds between two looks at the folders of ``hrsearch index --watch``.
WATCH_EVERY = 2.0


@dataclass(frozen=True, slots=True)
class _Globals:
    """The options before the command; settings are read when a command asks for them."""

    config: Path | None
    index: str | None
    engine: str | None

    def settings(self) -> Settings:
        """Return the settings in force.  Raises: SettingError."""
        from indexer.settings import load_settings

        settings = load_settings(self.config)
        if self.index:
            settings = settings.replaced(index_folder=str(Path(self.index).resolve()))
        return settings.replaced(index_engine=self.engine) if self.engine else settings


class _Group(click.Group):
    """Turns our errors into one line and their exit status."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except HrsearchError as error:
            click.echo(f"hrsearch: {error}", err=True)
            context.exit(error.exit_status)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hrsearch")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="Configuration file to use.")
@click.option("--index", "index_folder", metavar="DIR", help="Folder of the index, in place of the configured one.")
@click.option("--engine", metavar="NAME", help="Engine to use, in place of the configured one.")
@click.pass_context
def main(context: click.Context, config: Path | None, index_folder: str | None, engine: str | None) -> None:
    """Search human-rights documents in English and Chinese, whatever the script.

    Begin with "hrsearch index FOLDER", then "hrsearch serve" or "hrsearch search QUERY".
    """
    context.obj = _Globals(config, index_folder, engine)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(path_type=Path))
@click.option("--rebuild", is_flag=True, help="Make the whole index anew; the old one answers until it is done.")
@click.option("--allow-removals", is_flag=True, help="Go on even if a folder is missing or many documents would go.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and change nothing.")
@click.option("--watch", is_flag=True, help="Go on looking for changes until interrupted.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_obj
def index(
    options: _Globals,
    paths: tuple[Path, ...],
    rebuild: bool,
    allow_removals: bool,
    dry_run: bool,
    watch: bool,
    as_json: bool,
) -> None:
    """Bring the index up to date: new, changed and removed documents only.

    PATHs stand in place of the configured folders and are remembered; a later "hrsearch index" without PATH
    brings those up to date.
    """
    from indexer.engines import open_engine
    from indexer.pipeline import Options, update

    settings = options.settings()
    engine = open_engine(settings["index.engine"], settings.path("index.folder"))
    authority = settings.path("corpus.authority")

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
        )
        summary = run(choices)
    _print_summary(summary, as_json, dry_run)
    quiet = Options(False, allow_removals, False, settings["index.processes"], settings["index.max_removed_percent"])
    while watch:
        time.sleep(WATCH_EVERY)
        summary = run(quiet)
        if summary.added or summary.changed or summary.removed:
            _print_summary(summary, as_json, False)
    sys.exit(1 if summary.failed else 0)


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
        click.echo(f"not indexed: {error}", err=True)
    if as_json:
        plain = {
            "added": summary.added,
            "changed": summary.changed,
            "removed": summary.removed,
            "unchanged": summary.unchanged,
            "failed": [{"path": error.path, "reason": error.reason} for error in summary.failed],
            "documents": summary.documents,
            "generation": summary.generation,
            "dry_run": dry_run,
        }
        click.echo(json.dumps(plain, ensure_ascii=False))
        return
    would = "would be " if dry_run else ""
    click.echo(
        f"{len(summary.added)} {would}added, {len(summary.changed)} {would}changed, "
        f"{len(summary.removed)} {would}removed, {summary.unchanged} unchanged, {len(summary.failed)} failed; "
        f"{summary.documents} documents" + ("" if dry_run else f", generation {summary.generation}")
    )


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a document and line.")
@click.pass_obj
def extract(options: _Globals, paths: tuple[Path, ...], as_json: bool) -> None:
    """Print the records of files without touching any index."""
    from indexer import readers
    from indexer.pipeline import load_rules, records_of
    from indexer.record import as_json as record_as_json
    from search_app.terminal import record_lines

    rules = load_rules(options.settings().path("corpus.authority"))
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


def _search_options(command: Command) -> Command:
    """Add the parameters of a search as options."""
    from search_app.request import FILTERS, SORTS

    for name in reversed(FILTERS):
        text = f"Only documents with this {name}; with a leading - those without. May be repeated."
        command = click.option(f"--{name}", multiple=True, metavar="X", help=text)(command)
    for option in (
        click.option("--year", multiple=True, metavar="Y", help="2020, 2015..2020, 2018.., ..2016 or none."),
        click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="Order of hits."),
        click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Hits to print."),
        click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Page of hits."),
        click.option("--expand", type=click.Choice(["on", "off"]), default="on", help="Search other names too."),
        click.option("--match", type=click.Choice(["most", "all"]), default="most", help="all: every word or nothing."),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class _Arguments:
    """Command-line options in the shape of web arguments, so that one function reads both."""

    values: dict[str, list[str]]

    def getlist(self, key: str) -> list[str]:
        """See ``request.Arguments``."""
        return self.values.get(key, [])


@main.command()
@click.argument("query")
@_search_options
@click.option("--json", "as_json", is_flag=True, help="Print the JSON of /api/v1/search.")
@click.pass_obj
def search(options: _Globals, /, query: str, as_json: bool, **chosen: Any) -> None:
    """Search; the same query language, filters, order and numbers as the web page."""
    from search_app.present import results
    from search_app.request import BadRequest, parameters
    from search_app.service import Service
    from search_app.terminal import result_lines

    values = {name: [str(v) for v in value] if isinstance(value, tuple) else [str(value)]
              for name, value in chosen.items()}  # fmt: skip
    values["per_page"] = values.pop("limit")
    try:
        asked = parameters(_Arguments({**values, "q": [query]}))
    except BadRequest as error:
        raise click.UsageError(str(error)) from error
    service = Service.open(options.settings())
    found = results(service.search(asked))
    service.close()
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(result_lines(found)))


@main.command()
@click.argument("id")
@click.pass_obj
def show(options: _Globals, id: str) -> None:
    """Print the record of one document as JSON."""
    from search_app.service import Service

    service = Service.open(options.settings())
    record = service.document(id)
    service.close()
    if record is None:
        raise click.UsageError(f"there is no document {id} in this index; find ids with: hrsearch search QUERY --json")
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))


@main.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def analyze(options: _Globals, text: str, as_json: bool) -> None:
    """Show the tokens of a text: term, position, and its place in the text."""
    from indexer.pipeline import load_rules

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
def status(options: _Globals, as_json: bool) -> None:
    """Say what the index holds: counts, versions, generation, engine, folders."""
    from indexer.engines import open_engine
    from indexer.pipeline import load_rules
    from indexer.state import state_from

    settings = options.settings()
    snapshot = open_engine(settings["index.engine"], settings.path("index.folder")).snapshot()
    state = state_from(snapshot.meta)
    rules = load_rules(settings.path("corpus.authority")).version
    plain = {
        "engine": settings["index.engine"],
        "folder": str(settings.path("index.folder")),
        "generation": snapshot.generation,
        "documents": snapshot.documents,
        "files": len(state.files),
        "roots": list(state.roots),
        "analyzer": snapshot.meta.get("analyzer", ""),
        "authority": snapshot.meta.get("authority", ""),
        "up_to_date_with_rules": state.rules == rules,
        "updated": snapshot.meta.get("updated"),
        "failed": snapshot.meta.get("failed", []),
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
def check(options: _Globals) -> None:
    """Check the authority files: names file, line and remedy for everything that is wrong."""
    from indexer.authority_check import check as check_folder

    folder = options.settings().path("corpus.authority")
    problems = check_folder(folder)
    for problem in problems:
        click.echo(f"{problem.file}, line {problem.line}: {problem.message}")
    click.echo(f"{folder}: {len(problems)} problems" if problems else f"{folder}: no problem", err=True)
    sys.exit(2 if problems else 0)


@main.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000]")
@click.pass_obj
def serve(options: _Globals, host: str | None, port: int | None) -> None:
    """Serve the web application on a production server."""
    from search_app.server import run

    settings = options.settings()
    if host:
        settings = settings.replaced(server_host=host)
    if port is not None:
        settings = settings.replaced(server_port=port)
    run(settings, lambda line: click.echo(line, err=True))


if __name__ == "__main__":
    main()
