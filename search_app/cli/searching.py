"""Commands that ask the index."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from search_app.cli.root import Globals, main
from search_app.request import FILTERS, SORTS, BadRequest

if TYPE_CHECKING:
    from indexer.settings import Settings
    from search_app.request import Parameters
    from search_app.service import Service

Command = TypeVar("Command", bound=Callable[..., Any])


def search_options(limit: int = 10, most: int = 100) -> Callable[[Command], Command]:
    """Return what adds the parameters of a search as options; ``limit`` is how many hits are wanted at first."""
    hits = click.IntRange(1, most)

    def add(command: Command) -> Command:
        for name in reversed(FILTERS):
            text = f"Only documents with this {name}; with a leading - those without. May be repeated."
            command = click.option(f"--{name}", multiple=True, metavar="X", help=text)(command)
        for option in (
            click.option("--year", multiple=True, metavar="Y", help="2020, 2015..2020, 2018.., ..2016 or none."),
            click.option(
                "--sort", type=click.Choice(SORTS), default="relevance", show_default=True, help="Order of hits."
            ),
            click.option("--limit", type=hits, default=limit, show_default=True, help="Hits to give."),
            click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Page of hits."),
            click.option("--expand", type=click.Choice(["on", "off"]), default="on", help="Search other names too."),
            click.option(
                "--match", type=click.Choice(["most", "all"]), default="most", help="all: every word or nothing."
            ),
        ):
            command = option(command)
        return command

    return add


@dataclass(frozen=True, slots=True)
class Arguments:
    """Command-line options in the shape of web arguments, so that one function reads both."""

    values: dict[str, list[str]]

    def getlist(self, key: str) -> list[str]:
        """See ``request.Arguments``."""
        return self.values.get(key, [])


def asked(query: str, chosen: dict[str, Any]) -> Parameters:
    """Read the options of a search.  Raises: click.UsageError."""
    from search_app.request import parameters

    values = {
        name: [str(one) for one in value] if isinstance(value, tuple) else [str(value)]
        for name, value in chosen.items()
    }
    (limit,) = values.pop("limit")
    try:
        return replace(parameters(Arguments({**values, "q": [query]})), per_page=int(limit))
    except BadRequest as error:
        raise click.UsageError(str(error)) from error


@contextmanager
def opened(settings: Settings) -> Iterator[Service]:
    """Lend a service over the index of the settings for one command.  Raises: see ``Service.open``.

    What it loads stays until the command ends: the collector of garbage neither runs meanwhile nor looks through it
    afterwards, which took a tenth of a search.
    """
    from search_app.service import Service

    gc.disable()
    try:
        with closing(Service.open(settings)) as service:
            gc.freeze()
            gc.enable()
            yield service
    finally:
        gc.unfreeze()
        gc.enable()


@main.command()
@click.argument("query")
@search_options()
@click.option("--json", "as_json", is_flag=True, help="Print the JSON of /api/v1/search.")
@click.pass_obj
def search(options: Globals, /, query: str, as_json: bool, **chosen: Any) -> None:
    """Search; the same query language, filters, order and numbers as the web page."""
    from search_app.present import results
    from search_app.terminal import result_lines

    with opened(options.settings()) as service:
        found = results(service.search(asked(query, chosen)))
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(result_lines(found)))


@main.command()
@click.argument("id")
@click.pass_obj
def show(options: Globals, id: str) -> None:
    """Print the record of one document as JSON; a name that another document ties to somebody says so."""
    from search_app.entities.joins import with_joins

    with opened(options.settings()) as service:
        record = service.document(id)
        if record is not None:
            with service.collection() as collection:
                record = with_joins(collection, record)
    if record is None:
        raise click.UsageError(f"there is no document {id} in this index; find ids with: hrsearch search QUERY --json")
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))


@main.command()
@click.argument("query", required=False, default="")
@click.option("--charge", multiple=True, metavar="X", help="Only cases with this charge: an id or a name.")
@click.option("--person", multiple=True, metavar="X", help="Only cases of this person: an id or a name.")
@click.option("--status", multiple=True, metavar="S", help="Only cases with this status: charged, sentenced …")
@click.option("--date", multiple=True, metavar="D", help="When it happened: 2019, 2015..2020, 2018-05..")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table with the quotations.")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON of /api/v1/cases.")
@click.pass_obj
def cases(options: Globals, /, query: str, as_csv: bool, as_json: bool, **chosen: tuple[str, ...]) -> None:
    """Who was charged with what, when, with which outcome, and in which words: one row a case of a document."""
    from search_app.cases import as_csv as cases_as_csv
    from search_app.cases import as_json as case_as_json
    from search_app.cases import find_cases, wanted_cases
    from search_app.terminal import case_lines

    arguments = Arguments({**{key: list(values) for key, values in chosen.items()}, "q": [query]})
    with opened(options.settings()) as service:
        try:
            rows = find_cases(service, wanted_cases(arguments))
        except BadRequest as error:
            raise click.UsageError(str(error)) from error
    if as_csv:
        click.echo(cases_as_csv(rows), nl=False)
        return
    plain = [case_as_json(row) for row in rows]
    if as_json:
        click.echo(json.dumps({"total": len(plain), "cases": plain}, ensure_ascii=False))
        return
    click.echo("\n".join(case_lines(plain)))


@main.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def who(options: Globals, name: str, as_json: bool) -> None:
    """Check one name: who bears it, in any script, and who is merely written or sounds alike."""
    from search_app.entities.who import who_is
    from search_app.terminal import who_lines

    with opened(options.settings()) as service:
        groups = who_is(service, name)
    click.echo(json.dumps(groups, ensure_ascii=False) if as_json else "\n".join(who_lines(name, groups)))


@main.command()
@click.argument("query")
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def explain(options: Globals, query: str, id: str, as_json: bool) -> None:
    """Say why a document matches a query: each unit, how it is read, and what each reading adds."""
    from search_app.explain import explanation
    from search_app.request import Parameters
    from search_app.terminal import explanation_lines

    with opened(options.settings()) as service:
        found = explanation(service, Parameters(q=query), id)
    if found is None:
        raise click.UsageError(f"there is no document {id} in this index; find ids with: hrsearch search QUERY --json")
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(explanation_lines(found)))


@main.command()
@click.argument("query")
@search_options()
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "ris", "bibtex", "csl-json"]),
    required=True,
    help="Form of the output.",
)
@click.pass_obj
def export(options: Globals, /, query: str, form: str, **chosen: Any) -> None:
    """Print the whole result of a search, in its order, for another program."""
    from search_app.export import write

    with opened(options.settings()) as service:
        for part in write(service, asked(query, chosen), form):
            click.echo(part, nl=False)
