"""A shared result: the same documents in the same order, in one file that needs nothing and tells where it is from."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from search.collection import build

from indexer.errors import RefusedError
from search_app.cli import main
from search_app.share import save

DOCUMENTS = {
    f"d{number:02}": (
        f"Ferry <report> {number}",
        f"20{number:02}-05-01",
        f"Lin Aiping took the ferry {number}. 林爱萍在渡口。\n\nThe ferry was late again. https://example.org/{number}",
    )
    for number in range(1, 13)
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with an index of twelve documents."""
    folder = tmp_path_factory.mktemp("shared")
    build(folder, DOCUMENTS)
    return folder


@pytest.fixture(autouse=True)
def inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HRSEARCH_CORPUS_AUTHORITY", str(folder / "authority"))


def run(*arguments: str) -> Result:
    """Run ``hrsearch``."""
    return CliRunner().invoke(main, arguments)


def shared(path: Path, *arguments: str) -> str:
    """Share a search and return the file."""
    done = run("share", *arguments, "--output", str(path))
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    return path.read_text(encoding="utf-8")


def ids(page: str) -> list[str]:
    """Return the ids of the documents in a shared file, in order."""
    return re.findall(r'<p class="body file">(\S+)', page)


@pytest.mark.parametrize(
    "arguments",
    [("ferry",), ("林愛萍", "--sort", "date"), ("ferry late", "--year", "2003..2007"), ("*", "--limit", "5")],
)
def test_it_has_the_documents_of_the_search_in_their_order(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    limit = () if "--limit" in arguments else ("--limit", "100")
    found = json.loads(run("search", *arguments, *limit, "--json").stdout)
    page = shared(tmp_path / "result.html", *arguments)
    assert ids(page) == [hit["id"] for hit in found["hits"]] != []
    passages = [snippet["html"] for hit in found["hits"] for snippet in hit["snippets"] if snippet["field"] == "text"]
    assert [passage for passage in passages if passage not in page] == []


def test_it_says_how_much_of_the_whole_it_holds(tmp_path: Path) -> None:
    assert "Documents 6 to 10 of 12" in shared(tmp_path / "part.html", "ferry", "--limit", "5", "--page", "2")
    assert "Documents 1 to" not in shared(tmp_path / "whole.html", "ferry")
    done = run("share", "ferry", "--limit", "5", "-o", str(tmp_path / "told.html"))
    assert done.stderr.startswith("5 of 12 documents")


def test_it_tells_what_was_asked_and_where_it_is_from(tmp_path: Path) -> None:
    page = html.unescape(shared(tmp_path / "r.html", '"ferry" <late>', "--year", "2003..2007", "--kind=-note"))
    for said in ('<code>"ferry" <late></code>', "2003–2007", "Without", "from the collection “hrsearch”, generation 1",
                 "12 documents", "published from 2001 to 2012", "to be named is not to be accused"):  # fmt: skip
        assert said in page
    assert re.search(r"Made \d{1,2} \w{3} \d{4} \d\d:\d\d UTC by hrsearch \d", page)


def test_every_document_has_its_citation_and_its_file(tmp_path: Path) -> None:
    page = shared(tmp_path / "r.html", "ferry")
    assert page.count('<p class="body cite">') == 12
    assert len(re.findall(r"sha256 [0-9a-f]{64}", page)) == 12
    assert html.unescape(page).count("“Ferry <report>") == 12


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_it_is_closed_to_the_network_and_to_scripts(tmp_path: Path, lang: str) -> None:
    page = shared(tmp_path / "r.html", "林爱萍", "--lang", lang)
    assert f'<html lang="{lang}">' in page
    assert re.search(r"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;sha256-", page)
    assert "<script" not in page
    assert re.findall(r"\s(?:src|href|action|on\w+|style)=", page) == []
    assert re.findall(r"url\(|@import", page) == []
    assert "<report" not in page, "what a document says is text"


def test_nothing_found_is_a_result_too(tmp_path: Path) -> None:
    page = shared(tmp_path / "r.html", "zeppelin")
    assert "No document was found" in page
    assert "12 documents" in page


def test_a_file_that_is_there_stays_unless_force_is_given(tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    path.write_text("mine", encoding="utf-8")
    done = run("share", "ferry", "-o", str(path))
    assert done.exit_code == 2
    assert "--force" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("share", "ferry", "-o", str(path), "--force").exit_code == 0
    assert "Ferry &lt;report" in path.read_text(encoding="utf-8")
    assert [file.name for file in tmp_path.iterdir()] == ["r.html"], "nothing is left beside it"


def test_its_owner_alone_can_read_it(tmp_path: Path) -> None:
    shared(tmp_path / "r.html", "ferry")
    assert (tmp_path / "r.html").stat().st_mode & 0o777 == 0o600


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="cannot be written"):
        save(tmp_path / "nowhere" / "r.html", "page")


def test_names_are_underlined_by_kind_as_in_the_site(tmp_path: Path) -> None:
    assert '<li><span class="p">Lin Aiping</span></li>' in shared(tmp_path / "r.html", "ferry")


def test_in_chinese_no_gap_follows_a_full_stop(tmp_path: Path) -> None:
    page = shared(tmp_path / "r.html", "ferry", "--lang", "zh-Hant")
    receipt = page[page.index("回執") : page.index("閱讀須知")]
    assert not re.search(
        r"。\s+\S", re.sub(r"</p>\s*<p>", "|", re.sub(r"</?h2[^>]*>|</?div[^>]*>", "", receipt)).strip()
    )
