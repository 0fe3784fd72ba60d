"""The documents for people say what the program does: no more, no less, in both languages."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import click
import pytest
from werkzeug.routing import Map

from indexer.engines import open_engine
from indexer.pipeline.run import Options
from indexer.pipeline.update import update
from indexer.readers import READERS
from indexer.settings import SETTINGS, load_settings
from search_app.application import running
from search_app.cli import main
from search_app.links import ORDER
from search_app.query.parse import FIELDS

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
DOCUMENTS = (*READMES, "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "corpus/README.md")


def read(name: str) -> str:
    """Return a document of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def headings(text: str) -> list[str]:
    """Return the headings of a Markdown text, outside its code."""
    return re.findall(r"^#+ .*", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)


def section(name: str, level_two: int) -> str:
    """Return the n-th section of a README, counted from 1."""
    return re.split(r"^## ", read(name), flags=re.MULTILINE)[level_two]


def rows(text: str) -> dict[str, list[str]]:
    """Return the rows of the tables in a text by the code in their first cell, which may hold several."""
    found = {}
    for line in text.splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
            for code in re.findall(r"`([^`]+)`", cells[0]):
                found[code] = cells
    return found


def commands(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something, with its name as it is typed."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every address that the web application answers, variable parts in capitals."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "one.txt").write_text("A single line.\n", encoding="utf-8")
    settings = load_settings(environment={}).replaced(
        index_folder=str(folder / "index"), corpus_authority=str(folder / "authority")
    )
    update(open_engine("whoosh", folder / "index"), folder / "authority", [folder], (), Options(processes=1))
    with running(settings) as app:
        return set(spelled_out(app.url_map))


def spelled_out(rules: Map) -> Iterator[str]:
    """Yield each rule as a reader types it: ``/doc/<id>.<any(ris, bib):form>`` is /doc/ID.ris and /doc/ID.bib."""
    for rule in rules.iter_rules():
        if rule.endpoint == "static":
            continue
        parts = re.split(r"<([^>]+)>", rule.rule)
        choices = [
            (part,) if at % 2 == 0
            else tuple(re.findall(r"[\w-]+", part.split("(")[1].split(")")[0])) if part.startswith("any(")
            else (part.split(":")[-1].upper(),)
            for at, part in enumerate(parts)
        ]  # fmt: skip
        for choice in product(*choices):
            yield "".join(choice)


def test_config_toml_and_the_settings_are_one_table() -> None:
    text = read("config.toml")
    values = {f"{table}.{key}": value for table, keys in tomllib.loads(text).items() for key, value in keys.items()}
    assert values == {setting.name: setting.default for setting in SETTINGS}
    for setting in SETTINGS:
        key = setting.name.split(".")[1]
        assert f"# {setting.help}\n{key} = " in text


@pytest.mark.parametrize("name", READMES)
def test_every_setting_stands_in_the_readme(name: str) -> None:
    table = rows(read(name))
    for setting in SETTINGS:
        assert json.loads(table[setting.name][1].strip("`")) == setting.default
        if name == "README.md":
            assert table[setting.name][2] == setting.help
    sections = {setting.name.split(".")[0] for setting in SETTINGS}
    told = {key for key in table if key.split(".")[0] in sections and re.fullmatch(r"[a-z]+\.[a-z_]+", key)}
    assert told == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_option_stands_in_the_readme_and_no_other(name: str) -> None:
    text = section(name, 5)
    told = {" ".join(re.findall(r"^[a-z ]+", code)[0].split()) for code in rows(text)}
    assert told == {f"hrsearch {command}" for command, _ in commands()}
    for path, command in commands():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                option = parameter.opts[-1]
                assert f"`{option}" in text or f"{option}" in text, f"hrsearch {path} {option}"


@pytest.mark.parametrize("name", READMES)
def test_every_address_stands_in_the_readme_and_no_other(name: str, addresses: set[str]) -> None:
    told = {code for code in rows(section(name, 6)) if code.startswith("/")}
    assert told == addresses


@pytest.mark.parametrize("name", READMES)
def test_every_parameter_field_and_format_stands_in_the_readme(name: str) -> None:
    text = read(name)
    assert [parameter for parameter in ORDER if f"`{parameter.lstrip('-')}" not in text] == []
    assert [field for field in FIELDS if f"`{field}" not in text and field != "organization"] == []
    assert [suffix for suffix in READERS if f"`{suffix}`" not in text] == []


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = (headings(read(name)) for name in READMES)
    assert [line.count("#") for line in english] == [line.count("#") for line in chinese]
    assert len(english) >= 10
    codes = [re.findall(r"^```.*?^```", read(name), re.MULTILINE | re.DOTALL) for name in READMES]
    assert len(codes[0]) == len(codes[1])


def test_the_changelog_begins_with_the_version() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert re.findall(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)[0] == version


def test_every_dependency_has_its_reason() -> None:
    reasons = rows(read("CONTRIBUTING.md"))
    wanted = [line.split("==")[0].split("[")[0] for line in read("requirements.in").splitlines()]
    assert [name for name in wanted if name and not name.startswith("#") and name not in reasons] == []
    running = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    names = [re.split(r"[\[=>]", line)[0] for line in running]
    assert [name for name in names if name not in wanted] == []


def test_every_make_command_is_told() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", read("Makefile"), re.MULTILINE)
    told = read("CONTRIBUTING.md")
    assert [target for target in targets if f"`make {target}`" not in told] == []


def rooms() -> Iterator[str]:
    """Yield the paths in the table of rooms; a name behind a path stands in the same folder."""
    for line in read("ARCHITECTURE.md").splitlines():
        first, *others = re.findall(r"`([^`]+)`", line.split("|")[1]) if line.startswith("| `") else [""]
        top = first.split("/")[0]
        yield first
        yield from (other if (ROOT / other).exists() else f"{top}/{other}" for other in others)


def test_every_room_that_is_described_is_there() -> None:
    assert [path for path in rooms() if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_path_in_the_running_text_is_there(name: str) -> None:
    paths = re.findall(r"`((?:indexer|search_app|tests|evaluation|benchmarks|corpus)/[a-z_/.]+)`", read(name))
    assert [path for path in paths if not (ROOT / path).exists() and "results" not in path] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    text = read(name)
    targets = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'src="([^"]+)"', text)
    files = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in files if not (ROOT / name).parent.joinpath(target).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_headings_linked_within_a_document_exist(name: str) -> None:
    text = read(name)
    there = {re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in headings(text)}
    assert [target for target in re.findall(r"\]\(#([^)]+)\)", text) if target not in there] == []
