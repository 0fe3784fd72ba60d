"""The server as a user starts it: it says where it answers, and shows what another process indexed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

#: A changed folder is to be seen this many seconds after "hrsearch index" is done.
SEEN_WITHIN = 2.0


def hrsearch(folder: Path, *arguments: str) -> list[str]:
    """Return the command line of ``hrsearch`` with these arguments."""
    return [sys.executable, "-m", "search_app.cli", "--index", str(folder / "index"), *arguments]


def environment(folder: Path) -> dict[str, str]:
    """Return an environment with this folder's own authority files: none."""
    return {**os.environ, "HRSEARCH_CORPUS_AUTHORITY": str(folder / "authority"), "HRSEARCH_INDEX_PROCESSES": "1"}


def index(folder: Path) -> None:
    """Index the documents of a folder in a process of its own."""
    command = hrsearch(folder, "index", str(folder / "documents"))
    subprocess.run(command, cwd=folder, env=environment(folder), check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "authority").mkdir()
    (tmp_path / "documents").mkdir()
    for subject in ("orchard", "harbour", "library"):
        (tmp_path / "documents" / f"{subject}.txt").write_text(f"A morning in the {subject}.\n", encoding="utf-8")
    index(tmp_path)
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """The address that a running server prints."""
    command = hrsearch(folder, "serve", "--port", "0")
    server = subprocess.Popen(command, cwd=folder, env=environment(folder), stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    line = server.stderr.readline()
    told = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert told, line
    yield told.group()
    server.terminate()
    _, said = server.communicate(timeout=10)
    # The server may have said before that requests had to wait.
    assert said.endswith("stopped\n")
    assert server.returncode == 0


def test_a_watched_folder_is_indexed_until_the_command_is_told_to_stop(folder: Path) -> None:
    command = hrsearch(folder, "index", "--watch", str(folder / "documents"))
    watch = subprocess.Popen(
        command, cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert watch.stdout is not None
    assert "3 unchanged" in watch.stdout.readline()
    (folder / "documents" / "quarry.txt").write_text("An evening in the quarry.\n", encoding="utf-8")
    assert watch.stdout.readline().startswith("1 added")
    watch.terminate()
    out, said = watch.communicate(timeout=10)
    assert (out, said, watch.returncode) == ("", "stopped\n", 0)


def titles(address: str) -> list[str]:
    """Return the titles of the newest documents."""
    with urlopen(f"{address}api/v1/search?q=", timeout=10) as answer:
        return sorted(hit["title"] for hit in json.load(answer)["hits"])


def test_a_running_server_shows_what_was_indexed_since(folder: Path, address: str) -> None:
    with urlopen(f"{address}healthz", timeout=10) as answer:
        assert answer.status == 200
    before = titles(address)
    assert len(before) == 3
    (folder / "documents" / "quarry.txt").write_text("An evening in the quarry.\n", encoding="utf-8")
    index(folder)
    begun = time.monotonic()
    while len(titles(address)) == 3 and time.monotonic() - begun < SEEN_WITHIN:
        time.sleep(0.1)
    assert len(titles(address)) == 4


def test_an_address_that_is_not_there_is_404(address: str) -> None:
    with pytest.raises(HTTPError) as error:
        urlopen(f"{address}api/v1/teapot", timeout=10)
    with error.value as answer:
        assert answer.code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"
