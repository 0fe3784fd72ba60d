"""A peer that cannot be had is named with its reason, and the rest is compared."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import environment


@pytest.fixture(autouse=True)
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "FOLDER", tmp_path / "environment")
    monkeypatch.setattr(environment, "DEBIAN", str(tmp_path / "python3"))


def test_what_needs_no_installation_runs_here() -> None:
    assert environment.pythons(["hrsearch", "fts5", "whoosh"]) == (
        dict.fromkeys(("hrsearch", "fts5", "whoosh"), sys.executable),
        {},
    )


def test_pins_that_cannot_be_met_leave_a_peer_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pins = tmp_path / "requirements.txt"
    pins.write_text(f"tantivy @ {(tmp_path / 'nowhere.whl').as_uri()} --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    monkeypatch.setattr(environment, "REQUIREMENTS", pins)
    found, absent = environment.pythons(["hrsearch", "tantivy"])
    assert found == {"hrsearch": sys.executable}
    assert absent["tantivy"].startswith("it could not be installed: ERROR: ")


def test_a_package_of_debian_that_is_not_there_is_named() -> None:
    found, absent = environment.pythons(["xapian"])
    assert (found, absent) == ({}, {"xapian": "python3-xapian is not installed"})
