"""The wheel is all that a user needs: installed beside its declared dependencies alone, it indexes and searches."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network by the pinned build backend."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command ``hrsearch`` in an environment of its own: the wheel, what it declares to need, nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    (site,) = folder.glob("lib/python*/site-packages")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    for needed in declared():
        link(needed, site)
    return folder / "bin" / "hrsearch"


def declared() -> list[Distribution]:
    """Return the distributions that pyproject.toml declares, and what those need in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, Distribution] = {}
    wanted = [Requirement(line) for line in project["dependencies"]]
    while wanted:
        requirement = wanted.pop()
        key = str(requirement)
        if key in found:
            continue
        found[key] = distribution(requirement.name)
        extras = requirement.extras or {""}
        needs = [Requirement(line) for line in found[key].requires or []]
        wanted += [need for need in needs if not need.marker or any(need.marker.evaluate({"extra": e}) for e in extras)]
    return list(found.values())


def link(needed: Distribution, site: Path) -> None:
    """Put the top-level files and folders of a distribution into another environment."""
    for top in {file.parts[0] for file in needed.files or [] if file.parts[0] != ".."}:
        target = site / top
        if not target.exists():
            target.symlink_to(Path(str(needed.locate_file(top))))


@pytest.fixture(scope="module")
def indexed(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was empty until the installed command indexed the collection that ships."""
    folder = tmp_path_factory.mktemp("empty")
    done = run(installed, folder, "index", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["documents"] >= 50
    assert [path.name for path in folder.iterdir()] == ["index"]
    return folder


def run(command: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a folder, with nothing of this environment."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HRSEARCH_", "PYTHON", "VIRTUAL_"))}
    return subprocess.run([command, *arguments], cwd=folder, env=kept, capture_output=True, text=True, timeout=300)


def test_the_wheel_carries_what_it_shows_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {name.removeprefix("indexer/shipped/") for name in names if name.startswith("indexer/shipped/")}
    authority = {f"corpus/authority/{file.name}" for file in (ROOT / "corpus" / "authority").glob("*.toml")}
    documents = {file.relative_to(ROOT).as_posix() for file in (ROOT / "corpus" / "documents").rglob("*.md")}
    assert {"config.toml"} | authority | documents <= shipped
    for language in ("en", "zh_Hans", "zh_Hant"):
        assert f"search_app/translations/{language}/LC_MESSAGES/messages.mo" in names
    for folder in ("search_app/templates", "search_app/static", "indexer/extract/lexicon"):
        files = {file.relative_to(ROOT).as_posix() for file in (ROOT / folder).rglob("*") if file.is_file()}
        assert {file for file in files if "__pycache__" not in file} <= set(names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"indexer", "search_app"}
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.parametrize("query", ["Cao Shunli", "曹順利"])
def test_search_from_a_folder_that_was_empty(installed: Path, indexed: Path, query: str) -> None:
    found = run(installed, indexed, "search", query, "--json")
    assert found.returncode == 0, found.stderr
    first = json.loads(found.stdout)["hits"][0]
    assert first["kind"] == "digest"
    assert "cao-shunli" in {person["id"] for person in first["persons"]}


def test_the_second_run_changes_nothing(installed: Path, indexed: Path) -> None:
    again = json.loads(run(installed, indexed, "index", "--json").stdout)
    assert (again["added"], again["changed"], again["removed"], again["generation"]) == ([], [], [], 1)


def test_the_pages_speak_their_languages(installed: Path, indexed: Path) -> None:
    script = """
from search_app import create_app
from indexer.settings import load_settings
client = create_app(load_settings()).test_client()
for language in ("en", "zh-Hans", "zh-Hant"):
    page = client.get("/", query_string={"lang": language})
    print(page.status_code, f'lang="{language}"' in page.text)
"""
    python = installed.with_name("python")
    shown = run(python, indexed, "-c", script)
    assert shown.stdout.split() == ["200", "True"] * 3, shown.stderr


def test_the_build_needs_nothing_of_ours_to_compile_the_translations() -> None:
    """A fresh environment builds before the package can be imported; one with an older build would hide that."""
    code = "import sys, runpy; sys.modules.update(search_app=None, indexer=None); runpy.run_path(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(ROOT / "search_app" / "catalogues.py")], check=True)
