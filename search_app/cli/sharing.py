"""The command that hands a result over as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from search_app.cli.root import Globals, main
from search_app.cli.searching import asked, opened, search_options
from search_app.request import LANGUAGES

#: Documents of one file at most: each has its quotations, and a browser must open them all.
MOST = 1000


@main.command()
@click.argument("query")
@search_options(limit=100, most=MOST)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write."
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the page.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def share(options: Globals, /, query: str, output: Path, lang: str, force: bool, **chosen: Any) -> None:
    """Write the result of a search into one HTML file that opens anywhere, without a server or a network.

    It holds the documents in their order with quotations, citations and where everything comes from.
    """
    from search_app import create_app
    from search_app.share import gather, save
    from search_app.terminal import counted
    from search_app.views.share_page import share_page

    settings = options.settings()
    with opened(settings) as service:
        shared = gather(service, asked(query, chosen), lang)
        page = share_page(create_app(settings, service), shared, lang)
    save(output, page, force)
    click.echo(f"{len(shared.citations)} of {counted(shared.results['total'], 'document')} in {output}", err=True)
