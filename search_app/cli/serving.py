"""The command that serves the web application."""

from __future__ import annotations

import click

from search_app.cli.root import Globals, main


@main.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000]")
@click.pass_obj
def serve(options: Globals, host: str | None, port: int | None) -> None:
    """Serve the web application on a production server."""
    from search_app.server import run

    settings = options.settings()
    if host:
        settings = settings.replaced(server_host=host)
    if port is not None:
        settings = settings.replaced(server_port=port)
    run(settings, lambda line: click.echo(line, err=True))
