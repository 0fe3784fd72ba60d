"""The command itself and the options before every subcommand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.errors import HrsearchError

if TYPE_CHECKING:
    from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class Globals:
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
            from indexer.withheld.logs import without_names

            click.echo(without_names(f"hrsearch: {error}"), err=True)
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
    context.obj = Globals(config, index_folder, engine)
