"""The command line: what goes to which stream, with which exit status, and what a run changes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from search_app.cli import main

AUTHORITY = """
[[person]]
id = "rowan-ashdown"
names = { en = ["Rowan Ashdown"], zh-Hans = ["罗恩"], zh-Hant = ["羅恩"] }
source = ["invented for this test"]
"""

SUBJECTS = ("orchard", "harbour", "library", "market", "bridge", "quarry")


@dataclass(frozen=True)
class Folder:
    """A working folder with six documents and an authority file of one invented person."""

    path: Path

    @property
    def documents(self) -> Path:
        return self.path / "documents"

    def write(self, name: str, title: str, body: str, **front: str) -> Path:
        """Write one Markdown document."""
        lines = "".join(f"{key}: {value}\n" for key, value in {"title": title, **front}.items())
        file = self.documents / name
        file.write_text(f"---\n{lines}---\n{body}\n", encoding="utf-8")
        return file

    def run(self, *arguments: str) -> Result:
        """Run ``hrsearch`` with these arguments."""
        return CliRunner().invoke(main, arguments)

    def index(self, *arguments: str) -> dict[str, Any]:
        """Run ``hrsearch index --json``; return its summary."""
        done = self.run("index", "--json", *arguments)
        assert done.exit_code in (0, 1), done.stderr
        summary: dict[str, Any] = json.loads(done.stdout)
        return summary

    def found(self, query: str, *options: str) -> list[str]:
        """Return the ids that a search finds."""
        done = self.run("search", query, "--json", *options)
        assert done.exit_code == 0, done.stderr
        return [hit["id"] for hit in json.loads(done.stdout)["hits"]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    for name in [key for key in os.environ if key.startswith("HRSEARCH_")]:
        monkeypatch.delenv(name)
    folder = Folder(tmp_path)
    folder.documents.mkdir()
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "persons.toml").write_text(AUTHORITY, encoding="utf-8")
    (tmp_path / "config.toml").write_text(
        '[corpus]\nroots = ["documents"]\nauthority = "authority"\n[index]\nprocesses = 1\n', encoding="utf-8"
    )
    for number, subject in enumerate(SUBJECTS, 1):
        folder.write(f"{subject}.md", f"A visit to the {subject}", f"Rowan Ashdown saw the {subject}.", id=subject,
                     date=f"20{number:02}-05-17")  # fmt: skip
    return folder


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield every command there is, a group's own commands included."""
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("command", [(), *commands()], ids=" ".join)
def test_every_command_and_option_has_help(command: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*command, "--help"])
    assert done.exit_code == 0
    found: click.Command = main
    for name in command:
        assert isinstance(found, click.Group)
        found = found.commands[name]
    assert found.help
    assert [option.name for option in found.params if isinstance(option, click.Option) and not option.help] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["search"],
        ["search", "orchard", "--sort", "loudness"],
        ["search", "orchard", "--year", "soon"],
        ["search", "orchard", "--limit", "0"],
        ["--config", "absent.toml", "status"],
        ["extract", "absent.txt"],
        ["show", "absent"],
        ["status"],
        ["search", "orchard"],
        ["--engine", "abacus", "status"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2_with_a_reason_on_standard_error(folder: Folder, arguments: list[str]) -> None:
    done = folder.run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ('[server]\nport = "eighty"', "server.port"),
        ("[server]\nports = 1", "server.ports"),
        ("[server", "TOML"),
    ],
)
def test_a_wrong_setting_is_named(folder: Folder, setting: str, told: str) -> None:
    (folder.path / "config.toml").write_text(setting, encoding="utf-8")
    done = folder.run("status")
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert "config.toml" in done.stderr


def test_index_then_search_show_and_status(folder: Folder) -> None:
    summary = folder.index()
    assert sorted(summary["added"]) == sorted(SUBJECTS)
    assert (summary["documents"], summary["generation"]) == (6, 1)
    assert folder.found("harbour") == ["harbour"]
    assert folder.found("title:bridge person:羅恩") == ["bridge"]
    record = json.loads(folder.run("show", "quarry").stdout)
    assert (record["id"], record["date"], record["persons"][0]["id"]) == ("quarry", "2006-05-17", "rowan-ashdown")
    status = json.loads(folder.run("status", "--json").stdout)
    assert (status["documents"], status["up_to_date_with_rules"]) == (6, True)


def test_nothing_found_is_done(folder: Folder) -> None:
    folder.index()
    done = folder.run("search", "submarine")
    assert (done.exit_code, done.stderr) == (0, "")
    assert folder.found("submarine") == []


def test_options_of_a_search_narrow_sort_and_page_it(folder: Folder) -> None:
    folder.index()
    assert folder.found("ashdown", "--year", "2002..2004", "--sort", "date") == ["harbour", "library", "market"]
    assert folder.found("ashdown", "--sort", "-date", "--limit", "2", "--page", "2") == ["market", "library"]
    assert folder.found("visit", "--person", "Rowan Ashdown", "--year", "2001") == ["orchard"]
    assert folder.found("visit", "--person", "-rowan-ashdown") == []


def test_extract_prints_records_and_touches_no_index(folder: Folder) -> None:
    done = folder.run("extract", "documents", "--json")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert sorted(record["id"] for record in records) == sorted(SUBJECTS)
    assert all(record["persons"][0]["known"] for record in records)
    assert not (folder.path / "index").exists()


def test_analyze_gives_the_place_of_every_token(folder: Folder) -> None:
    text = "許多港口 harbours"
    found = json.loads(folder.run("analyze", text, "--json").stdout)
    assert "多港" in [token["text"] for token in found["chars"]]
    assert {text[token["start"] : token["end"]] for token in found["words"]} >= {"harbours"}


def test_authority_check_names_file_line_and_fault(folder: Folder) -> None:
    file = folder.path / "authority" / "persons.toml"
    file.write_text(AUTHORITY + AUTHORITY, encoding="utf-8")
    done = folder.run("authority", "check")
    assert done.exit_code == 2
    assert "persons.toml, line" in done.stdout
    assert "rowan-ashdown" in done.stdout


def test_an_unchanged_folder_gives_no_new_generation(folder: Folder) -> None:
    folder.index()
    again = folder.index()
    assert (again["added"], again["changed"], again["removed"], again["unchanged"]) == ([], [], [], 6)
    assert again["generation"] == 1


def test_a_file_added_changed_or_deleted_changes_that_document_alone(folder: Folder) -> None:
    folder.index()
    folder.write("chapel.md", "A visit to the chapel", "Nobody was there.", id="chapel")
    added = folder.index()
    assert (added["added"], added["changed"], added["removed"], added["unchanged"]) == (["chapel"], [], [], 6)
    folder.write("market.md", "A visit to the market", "The stalls stood in the submarine yard.", id="market")
    changed = folder.index()
    assert (changed["added"], changed["changed"], changed["removed"], changed["unchanged"]) == ([], ["market"], [], 6)
    assert folder.found("submarine") == ["market"]
    (folder.documents / "orchard.md").unlink()
    removed = folder.index()
    assert (removed["added"], removed["changed"], removed["removed"], removed["unchanged"]) == ([], [], ["orchard"], 6)
    assert folder.found("orchard") == []


def test_times_tell_when_a_document_came_and_when_it_changed(folder: Folder) -> None:
    folder.index()
    before = json.loads(folder.run("show", "market").stdout)
    folder.write("market.md", "A visit to the market", "It had moved.", id="market")
    folder.index()
    after = json.loads(folder.run("show", "market").stdout)
    assert after["first_indexed"] == before["first_indexed"]
    assert after["changed"] >= before["changed"]


def test_a_dry_run_says_what_would_be_done_and_does_nothing(folder: Folder) -> None:
    folder.index()
    folder.write("chapel.md", "A visit to the chapel", "Nobody was there.", id="chapel")
    (folder.documents / "orchard.md").unlink()
    would = folder.index("--dry-run")
    assert (would["added"], would["removed"], would["dry_run"]) == (["chapel"], ["orchard"], True)
    assert folder.found("orchard") == ["orchard"]
    assert folder.found("chapel") == []


def test_a_rebuild_keeps_the_documents_and_their_first_times(folder: Folder) -> None:
    folder.index()
    before = json.loads(folder.run("show", "market").stdout)["first_indexed"]
    rebuilt = folder.index("--rebuild")
    assert (rebuilt["documents"], rebuilt["removed"]) == (6, [])
    assert json.loads(folder.run("show", "market").stdout)["first_indexed"] == before


def test_paths_are_remembered_as_roots(folder: Folder) -> None:
    other = folder.path / "elsewhere"
    other.mkdir()
    (other / "note.txt").write_text("A note about the observatory.\n", encoding="utf-8")
    assert len(folder.index(str(other))["added"]) == 1
    (other / "second.txt").write_text("Another note, this time on the planetarium.\n", encoding="utf-8")
    assert len(folder.index()["added"]) == 1
    assert len(folder.found("planetarium")) == 1


@pytest.mark.parametrize("case", ["missing", "empty"])
def test_a_missing_or_empty_root_stops_and_changes_nothing(folder: Folder, case: str) -> None:
    folder.index()
    for file in folder.documents.iterdir():
        file.unlink()
    if case == "missing":
        folder.documents.rmdir()
    refused = folder.run("index")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--allow-removals" in refused.stderr
    assert len(folder.found("visit")) == 6
    assert len(folder.index("--allow-removals")["removed"]) == 6
    assert folder.found("visit") == []


def test_more_than_a_fifth_removed_is_refused(folder: Folder) -> None:
    folder.index()
    (folder.documents / "orchard.md").unlink()
    (folder.documents / "harbour.md").unlink()
    refused = folder.run("index")
    assert refused.exit_code == 2
    assert "2 of 6" in refused.stderr
    assert len(folder.found("visit")) == 6
    assert sorted(folder.index("--allow-removals")["removed"]) == ["harbour", "orchard"]


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(folder: Folder) -> None:
    (folder.documents / "rows.jsonl").write_text(
        '{"id": "row-1", "title": "One", "text": "About a lighthouse."}\n{"id": "row-2", "title": \n', encoding="utf-8"
    )
    done = folder.run("index")
    assert done.exit_code == 1
    assert "rows.jsonl" in done.stderr
    assert "rows.jsonl" not in done.stdout
    assert folder.found("lighthouse") == ["row-1"]
    assert len(folder.found("visit")) == 6
    assert json.loads(folder.run("status", "--json").stdout)["failed"][0]["path"].startswith("rows.jsonl")


@pytest.mark.parametrize("name", ["rows.jsonl.gz", "scan.txt"])
def test_bytes_that_are_no_text_are_named_too(folder: Folder, name: str) -> None:
    (folder.documents / name).write_bytes(b"\x1f\x8b\x08\x00" + bytes(range(256)) * 4)
    done = folder.run("index")
    assert done.exit_code == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert len(folder.found("visit")) == 6


def test_two_documents_with_one_id_are_both_named(folder: Folder) -> None:
    folder.write("mill.md", "A visit to the mill", "It turned.", id="orchard")
    done = folder.run("index")
    assert done.exit_code == 1
    for told in ("orchard", "A visit to the mill", "A visit to the orchard", "mill.md", "orchard.md"):
        assert told in done.stderr
    assert len(folder.found("visit")) == 6


def test_settings_come_from_the_environment_too(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.index()
    monkeypatch.setenv("HRSEARCH_INDEX_FOLDER", "another")
    assert folder.run("status").exit_code == 2
    monkeypatch.setenv("HRSEARCH_SERVER_PORT", "high")
    done = folder.run("status")
    assert done.exit_code == 2
    assert "HRSEARCH_SERVER_PORT" in done.stderr


def test_an_engine_that_does_not_exist_is_named(folder: Folder) -> None:
    done = folder.run("--engine", "abacus", "index")
    assert done.exit_code == 2
    assert "abacus" in done.stderr
    assert "whoosh" in done.stderr


# What changes while hrsearch runs, and what a changed authority file concerns


def test_a_changed_record_is_named_with_the_documents_read_again(folder: Folder) -> None:
    assert folder.index()["again"] == {"documents": [], "because": {}}
    folder.write("quiet.md", "A quiet day", "Nobody saw the sea.", id="quiet")
    folder.index()
    (folder.path / "authority" / "persons.toml").write_text(AUTHORITY.replace("罗恩", "罗安"), encoding="utf-8")
    would = folder.run("index", "--dry-run")
    assert would.stdout.endswith("6 that did not change would be read again: person rowan-ashdown changed (6)\n")
    again = folder.index()["again"]
    assert (sorted(again["documents"]), again["because"]) == (sorted(SUBJECTS), {"person rowan-ashdown changed": 6})
    assert folder.run("index").stdout.count("\n") == 1
    assert folder.index("--rebuild")["again"]["because"] == {"rebuild": 7}


def test_watching_goes_on_over_what_cannot_be_done_now(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.index()
    away = folder.path / "away"

    def added() -> None:
        folder.write("ferry.md", "A visit to the ferry", "The ferry was late.", id="ferry")

    def nothing() -> None:
        return None

    def stopped() -> None:
        raise KeyboardInterrupt

    steps: Iterator[Callable[[], object]] = iter(
        (added, nothing, lambda: folder.documents.rename(away), nothing, lambda: away.rename(folder.documents),
         lambda: (folder.documents / "ferry.md").unlink(), stopped)
    )  # fmt: skip
    monkeypatch.setattr("search_app.cli.indexing.time.sleep", lambda seconds: next(steps)())
    done = folder.run("index", "--watch")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert [line.partition(";")[0][:32] for line in lines] == [
        "0 added, 0 changed, 0 removed, 6", "1 added, 0 changed, 0 removed, 6", "0 added, 0 changed, 1 removed, 6",
    ]  # fmt: skip
    assert done.stderr.count("this folder is not there") == 1
    assert done.stderr.endswith("stopped\n")
