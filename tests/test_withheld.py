"""Withheld names: found however they are written, and in nothing that hrsearch keeps or says."""

from __future__ import annotations

import gc
import json
import logging
import os
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from indexer.authority import load_authority
from indexer.errors import RefusedError, SettingError, UnreadableError
from indexer.model import Document
from indexer.pipeline.documents import documents_of
from indexer.pipeline.rules import load_rules
from indexer.withheld import MARK, Withheld, load_withheld
from indexer.withheld.document import shown_document
from indexer.withheld.finding import Finder
from indexer.withheld.spellings import forms
from search_app.cli import main

AUTHORITY = """
[[person]]
id = "qu-moran"
names = { en = ["Qu Moran"], zh-Hans = ["瞿墨然"], zh-Hant = ["瞿墨然"] }
not_same_as = ["xiao-lanting"]
distinguisher = "a neighbour of Xiao Lanting"
distinguisher_in = { zh-Hans = "萧兰亭的邻居" }
source = ["invented for this test"]

[[person]]
id = "tang-xia-baker"
names = { en = ["Tang Xia"], zh-Hans = ["唐霞"], zh-Hant = ["唐霞"] }
distinguisher = "a baker"
source = ["invented for this test"]

[[person]]
id = "tang-xia-tailor"
names = { en = ["Tang Xia"], zh-Hans = ["汤夏"], zh-Hant = ["湯夏"] }
distinguisher = "a tailor"
source = ["invented for this test"]

[[person]]
id = "xiao-lanting"
names = { en = ["Xiao Lanting", "Orchid Xiao"], zh-Hans = ["萧兰亭", "墨池"], zh-Hant = ["蕭蘭亭", "墨池"] }
source = ["invented for this test"]
"""

CORRECTIONS = """
[[correction]]
id = "gulls"
field = "title"
value = "Gulls seen by Xiao Lanting"
source = "https://example.org/%E8%90%A7%E5%85%B0%E4%BA%AD"
by = "蕭蘭亭"
date = 2026-01-02

[[correction]]
id = "the-appeal-of-xiao-lanting-0123456789"
field = "cases.xiao-lanting.sentenced.months"
value = 42
source = "a letter"
by = "an editor"
date = 2026-01-02

[[correction]]
id = "gulls"
field = "persons.qu-moran"
value = "xiao-lanting"
source = "a letter"
by = "an editor"
date = 2026-01-02
"""

PARTED = """
[[parted]]
ids = ["xiao-lanting", "xiao-lan-ting-0a1b2c"]
why = "two people"
source = "a letter"
by = "an editor"
date = 2026-01-02

[[parted]]
ids = ["qu-moran", "qu-mo-ran-0a1b2c"]
why = "Xiao Lanting knows both"
source = "a letter"
by = "an editor"
date = 2026-01-02
"""

#: What of the withheld person may stand nowhere, in small letters: names, their parts and the other name of the file.
WORDS = ("萧兰亭", "蕭蘭亭", "兰亭", "蘭亭", "墨池", "lanting", "lan-ting", "orchid xiao")

DOCUMENTS = {
    "萧兰亭/appeal.md": """---
title: The appeal of Xiao Lanting
date: 2019-03-01
url: https://example.org/2019/xiao-lanting-appeal
sources: [https://example.org/%E8%90%A7%E5%85%B0%E4%BA%AD, https://example.org/%CF%F4%C0%BC%CD%A4]
publisher: 蕭蘭亭 Fund
authors: [Lanting Xiao, Qu Moran]
---
Xiao Lanting (蕭蘭亭), also known as Orchid Xiao, was detained on 3 May 2018 in Hangzhou. Qu Moran visited the lawyer.

XIAO LANTING’s family waited. “Let him go,” Xiao said. See https://example.org/?q=Xiao+Lanting#xiaolanting

Xiao
Lanting wrote letters under the name 墨池.
""",
    "statement.md": """---
title: 萧 兰亭案的声明
date: 2020-01-02
---
２０１８年，萧兰亭被拘留。蕭　蘭亭的朋友瞿墨然说，他没有见到律师。萧
兰亭至今没有消息。
""",
    "rows.jsonl": "\n".join(
        json.dumps(row, ensure_ascii=False)
        for row in (
            {"id": "xiao-lanting-2020", "title": "A letter", "text": "Nothing was heard of Xiao-Lanting.", "萧兰亭": 1},
            {"id": "gulls", "title": "Gulls", "text": "The gulls came back to the harbour."},
        )
    ),
    "lan-ting_xiao.txt": "",
    "weather.txt": "The weather of March\n1 March 2021\n\nIt rained for three days, and Qu Moran stayed in.\n",
}


def finder(*names: str) -> Finder:
    """Return the finder of a list."""
    return Finder(form for name in names for form in forms(name))


def marked(text: str, *names: str) -> str:
    """Return a text with the names of a list marked."""
    return Withheld(fingerprint="x", finder=finder(*names)).mark(text)


# ---------------------------------------------------------------- spellings


@pytest.mark.parametrize(
    "written",
    [
        "萧兰亭", "蕭蘭亭", "萧 兰亭", "萧　蘭 亭", "萧\n兰亭", "萧\u200b兰\u2060亭", "萧·兰亭",
        "Xiao Lanting", "XIAO Lanting", "xiao lan-ting", "Xiao Lan Ting", "Xiao, Lanting", "Xiao | Lanting",
        "Lanting Xiao", "XiaoLanting", "xiao_lanting", "Xiao\nLanting", "Xiāo Lántíng", "xiao1 lan2ting",
        "Ｘｉａｏ Ｌａｎｔｉｎｇ", "X i a o  L a n t i n g",
        "Xia\u0304o La\u0301nti\u0301ng", "%E8%90%A7%E5%85%B0%E4%BA%AD", "%e8%95%ad%e8%98%ad%e4%ba%ad",
        "%25E8%2590%25A7%25E5%2585%25B0%25E4%25BA%25AD", "%CF%F4%C0%BC%CD%A4", "%BF%BD%C4%F5%AB%46", "Xiao%20Lanting",
        "Xiao+Lanting", "&#33831;&#20848;&#20141;", "&#x8427;兰亭", "\\u8427\\u5170\\u4ead",
    ],
)  # fmt: skip
def test_every_way_of_writing_a_name_gives_way_to_one_mark(written: str) -> None:
    assert marked(f"（{written}）", "萧兰亭") == f"（{MARK}）"
    assert marked(f"see {written}’s house", "萧兰亭") == f"see {MARK}’s house"


@pytest.mark.parametrize(
    "inside", ["freexiaolanting.org", "#FreeXiaoLanting", "https://a.example/case/xiaolanting2020"]
)
def test_a_name_is_found_inside_a_longer_word_of_an_address(inside: str) -> None:
    assert "lanting" not in marked(inside, "萧兰亭").lower()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Xiao went home. Lanting stayed.", "萧兰亭"),
        ("Lian is a word", "李安"),
        ("the names Anli, Li Anhui and Ali An", "李安"),
        ("Li An, Wang Tan", "王安"),
        ("国王，一个人", "王一"),
        ("the prefix%20ed and 30%25 of &amp;", "萧兰亭"),
        ("萧兰，亭子", "萧兰亭"),
    ],
)
def test_what_is_no_name_stays(text: str, name: str) -> None:
    assert marked(text, name) == text


def test_a_mark_tells_nothing_of_the_length_of_a_name() -> None:
    names = ["Bo Li", "Maximiliana Featherstonehaugh", "欧阳素秋", "穆青"]
    assert {marked(f"<{name}>", *names) for name in names} == {f"<{MARK}>"}


@pytest.mark.parametrize("written", ["Lü Qing", "Lyu Qing", "lv qing", "Lu Qing", "呂青", "Qing Lü"])
def test_an_umlaut_is_found_as_passports_write_it(written: str) -> None:
    assert marked(written, "吕青") == MARK


@pytest.mark.parametrize("written", ["Shan Wenqi", "单文琪", "Tan Ruo", "Qin Ruo", "覃若"])
def test_family_names_have_their_readings(written: str) -> None:
    assert marked(written, "单文琪", "覃若", "Tan Ruo") == MARK


_HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]
_SPACE = st.sampled_from(["", " ", "\n", "\u3000", "\u200b", "-", "·", "_"])


@given(st.lists(st.sampled_from(_HAN), min_size=2, max_size=5), st.data())
def test_a_name_in_characters_is_found_with_anything_invisible_between(
    characters: list[str], data: st.DataObject
) -> None:
    parts = [part for character in characters for part in (character, data.draw(_SPACE))][:-1]
    assert marked(f"「{''.join(parts)}」", "".join(characters)) == f"「{MARK}」"


_WORD = st.text("abcdefghijklmnopqrstuvwxyzéüñč", min_size=3, max_size=9)


def decomposed(text: str) -> str:
    """Return a text with its accents apart from their letters."""
    return unicodedata.normalize("NFD", text)


WRITINGS: list[Callable[[str], str]] = [str, str.upper, str.title, decomposed, quote]


@given(st.lists(_WORD, min_size=2, max_size=3), st.data())
def test_a_latin_name_is_found_in_every_order_case_and_form(name: list[str], data: st.DataObject) -> None:
    order = data.draw(st.sampled_from([name, [name[-1], *name[:-1]], [*name[1:], name[0]]]))
    written = data.draw(st.sampled_from([" ", "-", "_", "  ", "\n", "·"])).join(order)
    written = data.draw(st.sampled_from(WRITINGS))(written)
    assert marked(f"({written})", " ".join(name)) == f"({MARK})"


@given(st.text(max_size=200))
def test_marking_never_fails_and_leaves_nothing_to_mark(text: str) -> None:
    once = marked(text, "萧兰亭", "李安", "Ann Lee")
    assert not finder("萧兰亭").spans(once)
    assert marked(once, "萧兰亭", "李安", "Ann Lee").count(MARK) >= once.count(MARK)


# ---------------------------------------------------------------- the list


@pytest.fixture
def listing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of one name, that its owner alone can read."""
    file = tmp_path / "private" / "withheld.txt"
    file.parent.mkdir()
    write_list(file, "# invented", "萧兰亭")
    monkeypatch.setenv("HRSEARCH_WITHHELD", str(file))
    return file


def write_list(file: Path, *lines: str) -> None:
    """Write a list as its owner would."""
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    file.chmod(0o600)


def loaded(folder: Path) -> Withheld:
    """Load the list that the environment names, with the authority files of a folder."""
    return load_withheld(load_authority(folder))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620])
def test_a_list_that_others_can_read_is_refused(listing: Path, tmp_path: Path, mode: int) -> None:
    listing.chmod(mode)
    with pytest.raises(RefusedError, match="chmod 600"):
        loaded(tmp_path)


def test_a_list_of_somebody_else_is_refused(listing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: own + 1)
    with pytest.raises(RefusedError, match="another user"):
        loaded(tmp_path)


def test_a_key_that_others_can_read_is_refused(listing: Path, tmp_path: Path) -> None:
    loaded(tmp_path)
    key = listing.with_name("withheld.txt.key")
    assert key.stat().st_mode & 0o777 == 0o600
    key.chmod(0o644)
    with pytest.raises(RefusedError, match="chmod 600"):
        loaded(tmp_path)


def test_a_list_that_is_not_there_stops_everything(listing: Path, tmp_path: Path) -> None:
    listing.unlink()
    with pytest.raises(SettingError, match="cannot be opened"):
        loaded(tmp_path)


@pytest.mark.parametrize(
    "line",
    ["萧", "Li", "?!", "person:nobody-here", "萧兰亭 Xiao Lanting", "萧兰亭；墨池", "[[person]]", 'names = ["萧兰亭"]'],
)
def test_a_line_that_is_no_name_is_told_by_its_number_alone(listing: Path, tmp_path: Path, line: str) -> None:
    write_list(listing, "萧兰亭", line)
    with pytest.raises(SettingError) as raised:
        loaded(tmp_path)
    assert "萧" not in str(raised.value)
    assert "line 2" in str(raised.value) or "person:" in str(raised.value)


def test_a_document_that_cannot_be_marked_is_left_out_and_named(
    listing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "Xiao Lanting.txt"
    file.write_text("A report\n\nXiao Lanting was detained in the spring of that year.\n", encoding="utf-8")

    def failing(*_: Any) -> None:
        raise ValueError("Xiao Lanting")

    monkeypatch.setattr("indexer.withheld.document.extract", failing)
    failures: list[UnreadableError] = []
    assert list(documents_of(file, tmp_path, failures.append, loaded(tmp_path))) == []
    assert [str(failure) for failure in failures] == [f"{MARK}.txt: part 1: ValueError"]


def test_the_fingerprint_is_of_the_list_and_its_key(listing: Path, tmp_path: Path) -> None:
    first = loaded(tmp_path).fingerprint
    assert loaded(tmp_path).fingerprint == first
    write_list(listing, "# another order and remark", "萧兰亭")
    assert loaded(tmp_path).fingerprint == first
    write_list(listing, "萧兰亭", "穆青荷")
    assert loaded(tmp_path).fingerprint not in ("", first)
    write_list(listing, "萧兰亭")
    listing.with_name("withheld.txt.key").unlink()
    assert loaded(tmp_path).fingerprint != first, "without its key nobody can try names against it"
    write_list(listing, "# nobody any more")
    assert not loaded(tmp_path)


def write_authority(folder: Path) -> Path:
    """Write the authority files of these tests."""
    folder.mkdir()
    (folder / "persons.toml").write_text(AUTHORITY, encoding="utf-8")
    (folder / "parted.toml").write_text(PARTED, encoding="utf-8")
    return folder


def test_a_listed_person_of_the_authority_files_goes_with_all_names(listing: Path, tmp_path: Path) -> None:
    withheld = loaded(write_authority(tmp_path / "authority"))
    known = withheld.known()
    assert known.get("person", "xiao-lanting") is None
    assert withheld.mark("墨池, Orchid Xiao and 蕭蘭亭") == f"{MARK}, {MARK} and {MARK}"
    neighbour = known.get("person", "qu-moran")
    assert neighbour is not None
    assert neighbour.not_same_as == ()
    assert neighbour.distinguisher == f"a neighbour of {MARK}"
    assert known.version == withheld.authority.version, "another version would tell whose record is missing"


def test_of_two_bearers_of_a_name_the_list_says_who_is_meant(listing: Path, tmp_path: Path) -> None:
    folder = write_authority(tmp_path / "authority")
    write_list(listing, "Tang Xia")
    both = loaded(folder)
    assert both.mark("Tang Xia, 唐霞, 湯夏") == f"{MARK}, 唐霞, 湯夏", "nobody is taken for somebody else"
    write_list(listing, "person:tang-xia-tailor")
    one = loaded(folder)
    assert one.mark("Tang Xia, 唐霞, 湯夏") == f"{MARK}, 唐霞, {MARK}"
    assert one.known().get("person", "tang-xia-tailor") is None


def test_a_bare_surname_goes_where_the_document_ties_it_to_the_name(listing: Path, tmp_path: Path) -> None:
    text = "Xiao Lanting was detained in May. The lawyer met Xiao twice.\n\nMr. Xiao was released in June."
    document = Document(path="a.txt", sha256="0", part=1, title="A report", text=text, quiet=((30, 40),))
    shown = shown_document(document, loaded(tmp_path))
    assert "Xiao" not in shown.text
    start, end = shown.quiet[0]
    assert shown.text[start:end] == text[30:40], "what stood behind a name is found where it stands now"
    assert shown.sha256 != document.sha256
    other = replace(document, text="Xiao Meng was detained. Xiao was released.", quiet=())
    assert shown_document(other, loaded(tmp_path)) is other


# ---------------------------------------------------------------- every channel


def test_a_given_name_goes_where_the_whole_name_stands_too(listing: Path, tmp_path: Path) -> None:
    text = (
        "Xiao Lanting was detained. Lanting wrote to Wang Lanting.\n\n萧兰亭被拘留。人们为兰亭送上祝福，王兰亭也来了。"
    )
    document = Document(path="a.txt", sha256="0", part=1, title="兰亭", text=text)
    shown = shown_document(document, loaded(tmp_path))
    assert shown.title == MARK
    assert shown.text.startswith(f"{MARK} was detained. {MARK} wrote to Wang Lanting.")
    assert f"人们为{MARK}送上祝福，王兰亭也来了。" in shown.text
    other = replace(document, text="Lanting wrote. 兰亭来了。")
    assert shown_document(other, loaded(tmp_path)) is other


def test_a_given_name_that_is_a_word_stays(listing: Path, tmp_path: Path) -> None:
    write_list(listing, "萧和平")
    document = Document(path="a.txt", sha256="0", part=1, title="A report", text="萧和平被拘留。我们要和平。")
    assert shown_document(document, loaded(tmp_path)).text == f"{MARK}被拘留。我们要和平。", (
        "a gap in a phrase tells the name"
    )


def test_the_example_that_ships_is_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "withheld.txt"
    example = Path(__file__).parents[1] / "docs" / "withheld.example.txt"
    write_list(file, *example.read_text(encoding="utf-8").splitlines())
    monkeypatch.setenv("HRSEARCH_WITHHELD", str(file))
    assert loaded(tmp_path).mark("穆青荷, Mu Qinghe, Mu Ch’ing-ho and Fernsby, Ottilie") == (
        f"{MARK}, {MARK}, {MARK} and {MARK}"
    )


def needles() -> Iterator[bytes]:
    """Yield what may stand nowhere, in every encoding that something may be written in."""
    for word in WORDS:
        for codec in ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs"):
            try:
                yield word.encode(codec)
            except UnicodeEncodeError:
                continue
        if not word.isascii():
            yield quote(word).lower().encode()
            yield json.dumps(word).strip('"').encode()


NEEDLES = tuple(dict.fromkeys(needles()))


def tells(content: bytes | str) -> list[bytes]:
    """Return what of the withheld person stands in some output or file, also where it is compressed."""
    raw = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
    found = []
    for part in (raw, *unpacked(raw)):
        low = part.lower()
        found += [needle for needle in NEEDLES if needle in low]
    return found


def unpacked(raw: bytes) -> Iterator[bytes]:
    """Yield what the compressed streams inside some bytes hold."""
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08", raw):
        try:
            yield zlib.decompressobj(47).decompress(raw[match.start() :])
        except zlib.error:
            continue


class Place:
    """A working folder with documents that name the withheld person in every place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.documents = path / "documents"
        for name, text in DOCUMENTS.items():
            (self.documents / name).parent.mkdir(parents=True, exist_ok=True)
            (self.documents / name).write_text(text, encoding="utf-8")
        write_authority(path / "authority")
        (path / "config.toml").write_text(
            '[corpus]\nroots = ["documents"]\nauthority = "authority"\ncorrections = "corrections.toml"\n'
            "[index]\nprocesses = 1\n",
            encoding="utf-8",
        )
        (path / "corrections.toml").write_text(CORRECTIONS, encoding="utf-8")

    def run(self, *arguments: str) -> Result:
        """Run ``hrsearch``."""
        return CliRunner().invoke(main, arguments)

    def json(self, *arguments: str) -> Any:
        """Run a command and return its JSON."""
        done = self.run(*arguments)
        assert done.exit_code in (0, 1), done.output
        return json.loads(done.stdout)

    def index(self, *arguments: str) -> Any:
        """Bring the index up to date."""
        summary = self.json("index", "--json", *arguments)
        gc.collect()  # readers of before let their files go
        return summary

    def ids(self) -> list[str]:
        """Return every id of the index."""
        return [hit["id"] for hit in self.json("search", "*", "--json", "--limit", "100")["hits"]]

    def kept(self) -> dict[str, bytes]:
        """Return every file of the index folder, with its name."""
        return {str(file.relative_to(self.path)): file.read_bytes() for file in self.path.joinpath("index").rglob("*")
                if file.is_file()}  # fmt: skip

    def telling(self) -> dict[str, list[bytes]]:
        """Return the files of the index that tell of the withheld person."""
        return {name: found for name, content in self.kept().items() if (found := tells(content) + tells(name))}


@pytest.fixture
def place(tmp_path: Path, listing: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.chdir(tmp_path)
    return Place(tmp_path)


def test_the_search_for_names_in_bytes_finds_them(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the list the same documents are full of the name: the other tests look in the right way."""
    monkeypatch.delenv("HRSEARCH_WITHHELD")
    summary = place.index()
    assert tells(json.dumps(summary))
    assert len(place.telling()) > 3
    assert tells(zlib.compress("萧兰亭".encode())) == ["萧兰亭".encode(), "兰亭".encode()]


def test_no_file_of_the_index_tells_a_name(place: Place) -> None:
    place.index()
    assert place.telling() == {}


def commands(place: Place) -> Iterator[tuple[str, ...]]:
    """Yield every command that says something of the collection."""
    yield ("index", "--rebuild")
    yield ("index", "--rebuild", "--json")
    yield ("index", "--dry-run", "--json", "--rebuild")
    yield ("extract", "--json", "documents")
    yield ("extract", "documents")
    yield ("status",)
    yield ("status", "--json")
    yield ("verify",)
    yield ("authority", "check")
    for query in ("*", "detained", "Hangzhou", "瞿墨然", "律师", "letters", "Xiao"):
        yield ("search", query, "--limit", "100")
        yield ("search", query, "--json", "--limit", "100")
        yield ("cases", query, "--json")
        yield ("cases", query, "--csv")
        for form in ("csv", "jsonl", "ris", "bibtex", "csl-json"):
            yield ("export", query, "--format", form)
        yield ("who", query)
        yield ("who", query, "--json")
    for id in place.ids():
        yield ("show", id)
        yield ("explain", "detained Hangzhou", id)
        yield ("explain", "detained", id, "--json")


def test_no_command_says_a_name(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    place.index()
    for arguments in commands(place):
        done = place.run(*arguments)
        assert done.exception is None or isinstance(done.exception, SystemExit), arguments
        assert tells(done.stdout + done.stderr) == [], arguments
    assert caplog.records, "something was logged"
    assert [record.getMessage() for record in caplog.records if tells(record.getMessage())] == []
    assert place.telling() == {}


def test_errors_and_tracebacks_in_a_log_say_no_name(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    place.index()
    try:
        raise OSError("/documents/萧兰亭/appeal.md")
    except OSError:
        logging.getLogger("somebody.else").exception("cannot open %s", "蕭蘭亭.txt")
    assert tells(caplog.text) == []


def test_an_index_is_up_to_date_with_paths_that_it_does_not_remember(place: Place) -> None:
    first = place.index()
    assert first["documents"] == len(place.ids()) == 5
    again = place.index()
    assert (again["generation"], again["unchanged"]) == (first["generation"], 5)
    done = place.run("verify")
    assert (done.exit_code, done.stdout) == (0, "")
    appeal = place.documents / "萧兰亭" / "appeal.md"
    appeal.write_text(DOCUMENTS["萧兰亭/appeal.md"].replace("Hangzhou", "Ningbo"), encoding="utf-8")
    assert place.run("verify").stdout.count("has changed since") == 1
    assert len(place.index()["changed"]) == 1
    appeal.unlink()
    summary = place.index("--allow-removals")
    assert len(summary["removed"]) == 1
    assert place.telling() == {}


def test_documents_whose_ids_came_from_a_name_stay_apart_and_keep_their_ids(place: Place) -> None:
    place.index()
    ids = place.ids()
    assert len(set(ids)) == 5
    assert len([id for id in ids if id.startswith("withheld-")]) == 3
    place.index("--rebuild")
    assert place.ids() == ids


def test_a_name_that_is_listed_later_leaves_the_disk_and_comes_back(place: Place, listing: Path) -> None:
    write_list(listing, "# nobody yet")
    (place.documents / "herons.md").write_text("---\nid: herons\ntitle: Herons\n---\nThey stand.\n", encoding="utf-8")
    place.index()
    full = sorted(place.ids())
    assert place.telling()
    write_list(listing, "萧兰亭")
    assert place.run("search", "detained").exit_code == 2, "nothing is answered from an index that tells the name"
    summary = place.index()
    assert tells(json.dumps(summary, ensure_ascii=False)) == []
    assert summary["documents"] == len(place.ids()) == 6
    made = [*summary["added"], *summary["changed"], *summary["again"]["documents"]]
    assert "herons" in place.ids()
    assert "herons" not in made, "a document that the change does not concern stays as it is"
    assert summary["again"]["because"].keys() <= {"withheld names", "correction"}
    assert place.telling() == {}
    write_list(listing, "穆青荷")
    place.index()
    assert sorted(place.ids()) == full
    assert place.json("search", "萧兰亭", "--json")["total"] == 3


def test_what_an_interrupted_run_left_goes_too(place: Place, listing: Path) -> None:
    write_list(listing, "# nobody yet")
    place.index()
    folder = place.path / "index"
    for file in list(folder.iterdir()):
        left = (
            file.name.replace(file.name.split(".")[0], "MAIN_0123456789abcdef") if file.name.startswith("MAIN_") else ""
        )
        if "." in left:
            (folder / left).write_bytes(file.read_bytes())
    (folder / "MAIN.tmp").mkdir()
    (folder / "MAIN.tmp" / "run").write_text("萧兰亭", encoding="utf-8")
    assert [name for name in place.telling() if "0123456789abcdef" in name]
    write_list(listing, "萧兰亭")
    place.index()
    assert place.telling() == {}


def test_an_index_with_a_list_is_not_made_without_one(
    place: Place, listing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.index()
    monkeypatch.delenv("HRSEARCH_WITHHELD")
    done = place.run("index")
    assert done.exit_code == 2
    assert "HRSEARCH_WITHHELD" in done.stderr
    assert place.run("search", "detained").exit_code == 2
    assert place.telling() == {}


def test_a_list_that_others_can_read_ends_every_command_with_status_2(place: Place, listing: Path) -> None:
    place.index()
    listing.chmod(0o644)
    for arguments in (("index",), ("search", "x"), ("extract", "documents"), ("status",), ("verify",), ("who", "x")):
        done = place.run(*arguments)
        assert (done.exit_code, done.stdout) == (2, ""), arguments
        assert "chmod 600" in done.stderr


def test_a_list_inside_the_folder_that_is_indexed_is_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = place.documents / "list.txt"
    write_list(inside, "萧兰亭")
    monkeypatch.setenv("HRSEARCH_WITHHELD", str(inside))
    done = place.run("index")
    assert done.exit_code == 2
    assert "folder of its own" in done.stderr


def test_a_root_with_a_name_in_its_path_is_named_again_each_time(place: Place) -> None:
    named = place.path / "蕭蘭亭"
    place.documents.rename(named)
    assert place.index(str(named))["documents"] == 5
    assert place.telling() == {}
    done = place.run("index")
    assert done.exit_code == 2
    assert "hrsearch index PATH" in done.stderr
    assert tells(done.stderr + done.stdout + place.run("status").stdout) == []
    assert place.index(str(named))["unchanged"] == 5


def shape(value: Any) -> Any:
    """Return what kind of JSON it is, without texts and numbers."""
    if isinstance(value, dict):
        return {key: shape(own) for key, own in value.items()}
    return [shape(own) for own in value] if isinstance(value, list) else type(value).__name__


#: A withheld name, and one of the same make that nobody bears.
PAIRS = [("萧兰亭", "萧桂棠"), ("Xiao Lanting", "Xiao Guitang"), ("墨池", "墨檐"), ("xiao-lanting", "xiao-guitang"),
         ('"蕭蘭亭"', '"蕭桂棠"')]  # fmt: skip


@pytest.mark.parametrize(("asked", "unknown"), PAIRS)
def test_a_withheld_name_is_answered_as_an_unknown_word(place: Place, asked: str, unknown: str) -> None:
    place.index()

    def answers(name: str) -> list[Any]:
        found = place.json("search", name, "--json", "--person", name)
        alone = place.json("search", name, "--json")
        for one in (found, alone):
            one.pop("took_ms")
        texts = json.dumps([found, alone, place.json("who", name, "--json")], ensure_ascii=False)
        bare = name.strip('"')
        words = [*bare.split(), *bare.split("-"), bare]
        for word in sorted(words, key=len, reverse=True):
            texts = texts.replace(word, "…")
        return json.loads(texts)  # type: ignore[no-any-return]

    assert answers(asked) == answers(unknown)


def test_a_withheld_name_is_no_word_of_its_own(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = place.json("analyze", "萧兰亭", "--json")
    assert len(tokens["words"]) > 1, "cut as a name that nobody knows"
    monkeypatch.delenv("HRSEARCH_WITHHELD")
    full = place.json("analyze", "萧兰亭", "--json")
    assert len(full["words"]) == 1
    assert tokens["analyzer"] == full["analyzer"], "another version would tell whose name is missing"


def test_what_is_said_of_two_who_were_parted_is_marked(place: Place) -> None:
    partings = load_rules(place.path / "authority").partings
    assert partings.between("xiao-lanting", "xiao-lan-ting-0a1b2c") is None
    parted = partings.between("qu-moran", "qu-mo-ran-0a1b2c")
    assert parted is not None
    assert parted.why == f"{MARK} knows both"
