"""One table of settings: name, type, default, one line of why.

Values come from, later over earlier: the defaults here, ``config.toml`` of the working folder (else the one that
ships in the package, which holds the same defaults), the environment (``HRSEARCH_SERVER_PORT`` for
``server.port``), and the command line.  A test holds config.toml and this table equal.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from indexer.errors import SettingError


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.  ``default`` also fixes the type: str, int, bool, or a list of str."""

    name: str
    default: str | int | bool | list[str]
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("corpus.roots", ["corpus/documents"], "Folders that are indexed, relative to this file."),
    Setting("corpus.authority", "corpus/authority", "Folder of the authority files: persons.toml and the others."),
    Setting("corpus.corrections", "corpus/corrections.toml", "Corrections of what was read in the documents."),
    Setting("index.folder", "index", "Where the index is kept."),
    Setting("index.engine", "whoosh", "The engine that holds the postings."),
    Setting("index.processes", 0, "Processes that read and analyse documents; 0 means one for each core."),
    Setting("index.memory_mb", 256, "Memory that waiting postings may take before they are written, in MB."),
    Setting("index.max_removed_percent", 20, "A run that would remove more than this share of documents stops."),
    Setting("server.host", "127.0.0.1", "Address to listen on; there is no login, so keep it on loopback."),
    Setting("server.port", 8000, "Port to listen on."),
    Setting("server.hosts", ["localhost", "127.0.0.1", "[::1]"], "Host names that are answered; others get 421."),
    Setting("server.threads", 4, "Searches that can run at once."),
    Setting("server.cors_origin", "", "Origin whose pages may read the API, as https://example.org; empty is none."),
    Setting("server.title", "hrsearch", "The name at the top of every page."),
    Setting("search.max_query_chars", 2000, "A longer query is cut, and the page says so."),
    Setting("search.max_clauses", 64, "More words than this are left out, and the page says so."),
    Setting("search.max_expansions", 64, "Terms that one prefix or fuzzy word may stand for."),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}

#: Names the file that the values came from; roots are relative to its folder.
CONFIG_FILE = "config.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force.  ``settings["server.port"]`` gives one; ``base`` is what folders are relative to."""

    values: Mapping[str, Any]
    base: Path

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def path(self, name: str) -> Path:
        """Return a folder setting as a path; the collection that ships stands in where nothing is there."""
        return self._resolve(self.values[name])

    def paths(self, name: str) -> list[Path]:
        """Return a setting that lists folders as paths."""
        return [self._resolve(value) for value in self.values[name]]

    def _resolve(self, value: str) -> Path:
        path = self.base / Path(value).expanduser()
        if not path.exists() and value == _default_of(value):
            return shipped(value)
        return path

    def replaced(self, **changes: Any) -> Settings:
        """Return a copy with other values; ``server_port=1`` means ``server.port``."""
        renamed = {_dotted(key): value for key, value in changes.items()}
        return Settings({**self.values, **renamed}, self.base)


def load_settings(config: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings in force.

    ``config`` is a file to read instead of ``config.toml`` of the working folder.
    Raises: SettingError, naming file, setting, value and what is allowed.
    """
    if config is not None and not config.is_file():
        raise SettingError(f"{config}: there is no such configuration file")
    file = config or Path.cwd() / CONFIG_FILE
    chosen: dict[str, Any] = {setting.name: setting.default for setting in SETTINGS}
    if file.is_file():
        for name, value in _read(file).items():
            chosen[name] = _checked(name, value, str(file))
    for setting in SETTINGS:
        variable = "HRSEARCH_" + setting.name.replace(".", "_").upper()
        if variable in environment:
            chosen[setting.name] = _from_text(setting, environment[variable], variable)
    return Settings(chosen, file.resolve().parent if file.is_file() else Path.cwd())


def shipped(name: str) -> Path:
    """Return a file or folder that ships with hrsearch, by its place in the source tree.

    In a wheel these lie under ``indexer/shipped``, in a checkout at the top.
    """
    packaged = Path(str(files("indexer"))) / "shipped" / name
    return packaged if packaged.exists() else Path(str(files("indexer"))).parent / name


def _default_of(value: str) -> str | None:
    for name in ("corpus.roots", "corpus.authority", "corpus.corrections"):
        default = _BY_NAME[name].default
        if value == default or (isinstance(default, list) and value in default):
            return value
    return None


def _dotted(key: str) -> str:
    for name in _BY_NAME:
        if name.replace(".", "_") == key:
            return name
    raise SettingError(f"there is no setting {key}")


def _read(file: Path) -> dict[str, Any]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{file}: not readable as TOML: {error}") from error
    flat: dict[str, Any] = {}
    for table, rows in tables.items():
        if not isinstance(rows, dict):
            raise SettingError(f"{file}: {table} stands outside a table; settings are written as [server] port = 8000")
        for key, value in rows.items():
            flat[f"{table}.{key}"] = value
    return flat


def _checked(name: str, value: Any, where: str) -> Any:
    setting = _BY_NAME.get(name)
    if setting is None:
        raise SettingError(f"{where}: there is no setting {name}; the settings are: {', '.join(_BY_NAME)}")
    default = setting.default
    fits = (
        isinstance(value, list) and all(isinstance(item, str) for item in value)
        if isinstance(default, list)
        else type(value) is type(default)
    )
    if not fits:
        wanted = {str: "text", int: "a whole number", bool: "true or false", list: "a list of texts"}[type(default)]
        raise SettingError(f"{where}: {name} = {value!r} must be {wanted}, as in {name} = {default!r}")
    if isinstance(value, int) and not isinstance(value, bool) and value < 0:
        raise SettingError(f"{where}: {name} = {value} must not be negative")
    return value


def _from_text(setting: Setting, text: str, variable: str) -> Any:
    if isinstance(setting.default, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    if isinstance(setting.default, bool):
        if text.lower() not in ("true", "false", "1", "0"):
            raise SettingError(f"{variable}={text!r} must be true or false")
        return text.lower() in ("true", "1")
    if isinstance(setting.default, int):
        if not text.isdigit():
            raise SettingError(f"{variable}={text!r} must be a whole number")
        return int(text)
    return text
