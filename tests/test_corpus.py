"""The collection that ships: is it complete, in its own words, and true to its sources?"""

from __future__ import annotations

import datetime
import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter
import pytest
from cited_law import article, cited_articles, parts
from digest_check import (
    Paragraph,
    lower_words,
    paragraphs,
    personal,
    shared_characters,
    shared_words,
    unsupported,
    wrong_script,
)
from stated_numbers import stated

from indexer.authority import Authority, AuthorityRecord, load_authority
from indexer.fold import fold_text

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "corpus" / "documents"
SHARED = ROOT.parent / "shared"
LANGUAGES = {"en", "zh-Hans", "zh-Hant"}
KEYS = {"id", "title", "kind", "digest_of", "found_in", "publisher", "date", "as_of", "language", "sources", "seed"}
#: Dates that stand in the text of a page and not on a date line of its own.
DATELINES = {"001#1": datetime.date(2018, 11, 1), "002#1": datetime.date(2020, 2, 12), "003#1": None}


@dataclass(frozen=True)
class File:
    """One file of the collection."""

    path: Path
    meta: dict[str, Any]
    body: str

    def __str__(self) -> str:
        return str(self.path.relative_to(DOCUMENTS))

    @property
    def paragraphs(self) -> list[Paragraph]:
        return paragraphs(self.body)


def _load(path: Path) -> File:
    post = frontmatter.loads(path.read_text(encoding="utf-8"))
    return File(path, post.metadata, post.content)


FILES = [_load(path) for path in sorted(DOCUMENTS.glob("*/*.md"))]
DIGESTS = [file for file in FILES if file.meta.get("kind") == "digest"]
NOTES = [file for file in FILES if file.meta.get("kind") == "note"]
CHINESE = [file for file in FILES if str(file.meta.get("language")).startswith("zh")]


@functools.cache
def _seeds() -> dict[str, list[str]]:
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the saved pages are not here: ../shared/seeds is needed to compare digests with their sources")
    return {file.name[:3]: file.read_text(encoding="utf-8").split("\n") for file in sorted(folder.glob("*.txt"))}


@functools.cache
def _whole() -> str:
    return "\n".join(line for lines in _seeds().values() for line in lines)


@functools.cache
def _segments() -> dict[str, dict[str, Any]]:
    _seeds()
    rows = json.loads((SHARED / "eval" / "segments.json").read_text(encoding="utf-8"))
    return {row["id"]: row for row in rows}


@functools.cache
def _authority() -> Authority:
    return load_authority(ROOT / "corpus" / "authority")


@functools.cache
def _ordinary() -> frozenset[str]:
    return lower_words([_whole(), *(file.body for file in FILES)])


def _cited_text(paragraph: Paragraph) -> str:
    return "\n".join(line for c in paragraph.cited for line in _seeds()[c.seed][c.first - 1 : c.last])


def each(files: list[File]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("file", files, ids=str)


# The collection as it stands.


def test_there_are_fifty_documents_or_more_and_no_id_stands_twice() -> None:
    ids = [file.meta["id"] for file in FILES]
    assert len(FILES) >= 50
    assert sorted(set(ids)) == sorted(ids)


def test_two_thirds_of_the_chinese_files_are_simplified_and_one_third_traditional() -> None:
    traditional = sum(file.meta["language"] == "zh-Hant" for file in CHINESE)
    assert 0.3 <= traditional / len(CHINESE) <= 0.37


@each(FILES)
def test_front_matter_is_complete(file: File) -> None:
    meta = file.meta
    assert set(meta) <= KEYS
    assert re.fullmatch(r"(?:digest|note)-[a-z0-9-]+-(?:en|zh|zh-hans|zh-hant)", meta["id"])
    assert meta["kind"] in ("digest", "note")
    assert meta["id"].startswith(meta["kind"])
    assert meta["title"].strip()
    assert meta["language"] in LANGUAGES
    assert ("-zh" in meta["id"]) == (meta["language"] != "en")
    assert isinstance(meta["sources"], list)
    assert all(isinstance(source, str) and source.strip() for source in meta["sources"])
    for key in ("date", "as_of"):
        assert isinstance(meta.get(key, datetime.date.min), datetime.date)


@each(DIGESTS)
def test_a_digest_says_where_its_source_is(file: File) -> None:
    meta = file.meta
    assert meta.get("digest_of") or meta.get("found_in")
    assert str(meta.get("digest_of", "https://")).startswith("https://")
    assert re.fullmatch(r"\d{3}#\d+", meta["seed"])
    assert ("date" in meta) == ("as_of" in meta)
    assert meta.get("as_of") == meta.get("date")
    assert file.path.parent.name == meta["language"][:2]


@each(NOTES)
def test_a_note_says_what_it_rests_on(file: File) -> None:
    assert file.meta["sources"]
    assert "date" not in file.meta


@each(FILES)
def test_every_paragraph_ends_with_what_it_rests_on(file: File) -> None:
    assert file.paragraphs
    assert [p.text[:40] for p in file.paragraphs if not p.brackets] == []
    if file.meta["kind"] == "digest":
        assert [p.text[:40] for p in file.paragraphs if not p.cited] == []


@each(FILES)
def test_a_text_is_in_the_script_that_it_says(file: File) -> None:
    lines = (ROOT / "indexer" / "fold_table.txt").read_text(encoding="utf-8").split("\n")
    simplified = frozenset([line for line in lines if line and not line.startswith("#")][1])
    text = f"{file.meta['title']}\n{file.body}"
    assert wrong_script(text, file.meta["language"], simplified) == []
    if file.meta["language"] == "zh-Hant":
        assert not set("“”‘’") & set(text), "Taiwan and Hong Kong quote with 「」"


@each(FILES)
def test_a_text_holds_no_address_or_number_of_a_person(file: File) -> None:
    assert personal(f"{file.meta['title']}\n{file.body}") == []


# The collection against its sources.


@pytest.mark.shared
def test_every_source_document_has_a_digest_in_each_language() -> None:
    for language in ("en", "zh"):
        seeds = [file.meta["seed"] for file in DIGESTS if file.path.parent.name == language]
        assert sorted(seeds) == sorted(_segments())


@pytest.mark.shared
@each(DIGESTS)
def test_a_digest_has_the_date_the_lines_and_the_addresses_of_its_source(file: File) -> None:
    segment = _segments()[file.meta["seed"]]
    line = segment.get("date")
    date = datetime.datetime.strptime(line, "%B %d, %Y").date() if line else DATELINES[segment["id"]]
    assert file.meta.get("date") == date
    for cited in (c for p in file.paragraphs for c in p.cited):
        assert cited.seed == segment["id"][:3]
        assert segment["first_line"] <= cited.first <= cited.last <= segment["last_line"]
    own = "\n".join(_seeds()[segment["id"][:3]][segment["first_line"] - 1 : segment["last_line"]])
    assert [address for address in file.meta["sources"] if address not in own] == []


@pytest.mark.shared
@each(DIGESTS)
def test_a_digest_states_only_what_its_cited_lines_state(file: File) -> None:
    # Whoever published the source may be named wherever something is said to be theirs.
    publisher = file.meta.get("publisher", "")
    wrong = [
        f"paragraph {number}: {fault}"
        for number, paragraph in enumerate(file.paragraphs, 1)
        for fault in unsupported(paragraph.text, f"{_cited_text(paragraph)}\n{publisher}", _authority(), _ordinary())
    ]
    segment = _segments()[file.meta["seed"]]
    whole = "\n".join(_seeds()[segment["id"][:3]][segment["first_line"] - 1 : segment["last_line"]])
    dated = f"{whole}\n{file.meta.get('date', '')}"
    wrong += [f"title: {fault}" for fault in unsupported(file.meta["title"], dated, _authority(), _ordinary())]
    assert wrong == []


@pytest.mark.shared
@each(FILES)
def test_no_sentence_is_taken_from_a_source(file: File) -> None:
    text = "\n".join([file.meta["title"], str(file.meta.get("found_in", "")), file.body])
    assert shared_words(text, _whole()) == []
    assert shared_characters(text, _whole()) == []


@pytest.mark.shared
@each([file for file in CHINESE if file.meta["kind"] == "digest"])
def test_the_characters_of_a_name_have_a_source(file: File) -> None:
    for characters, latin in re.findall(r"([㐀-鿿·]{2,12})（([A-Z]\w+ [A-Z]\w+)）", file.body):
        endings = [characters[-length:] for length in range(2, len(characters) + 1)]
        written = {run for run in _pairs(latin) if fold_text(run) in map(fold_text, endings)}
        assert written or _known(endings, latin), f"{characters}（{latin}）: keep the Latin name, or give a source"


def _pairs(latin: str) -> set[str]:
    """Return the characters that the saved pages give in brackets behind a Latin name."""
    return set(re.findall(rf"{re.escape(latin)} \(([㐀-鿿]+)\)", _whole()))


def _known(endings: list[str], latin: str) -> bool:
    found = [record for ending in endings for record in _authority().named(ending)]
    return any(fold_text(latin) in map(fold_text, record.all_names()) and record.source for record in found)


@pytest.mark.shared
@each(NOTES)
def test_the_figures_of_a_note_stand_in_what_it_cites(file: File) -> None:
    laws = SHARED / "data" / "prc_laws.jsonl.gz"
    if not laws.is_file():
        pytest.skip("the texts of the laws are not here: ../shared/data/prc_laws.jsonl.gz is needed")
    wrong = []
    for number, paragraph in enumerate(file.paragraphs, 1):
        articles = list(cited_articles(paragraph.brackets))
        if (not articles and not paragraph.cited) or "Ordinance" in paragraph.brackets or "條例" in paragraph.brackets:
            continue
        texts = [article(laws, fold_text(name) if name[0] > "z" else name, n) for name, n in articles]
        there = stated("\n".join([*texts, *(str(n) for _, n in articles), _cited_text(paragraph)]))
        counted = {float(n) for text in texts for n in range(1, parts(text) + 1)}
        here = stated(paragraph.text)
        wrong += [f"paragraph {number}: {value:g}" for value in sorted(here.numbers - there.numbers - counted)]
        wrong += [f"paragraph {number}: {date}" for date in here.dates if not date.supported_by(set(there.dates))]
    assert wrong == []


# The checks themselves, on invented text.

AUTHORITY = Authority(
    [
        AuthorityRecord("charge", "smuggling", {"en": ("smuggling",), "zh-Hans": ("走私罪",)}),
        AuthorityRecord("charge", "perjury", {"en": ("perjury",), "zh-Hans": ("伪证罪",)}),
        AuthorityRecord("person", "mo-lan", {"en": ("Mo Lan",), "zh-Hans": ("莫兰",)}, source=("invented",)),
        AuthorityRecord("person", "ke-bei", {"en": ("Ke Bei",), "zh-Hans": ("柯贝",)}, source=("invented",)),
        AuthorityRecord("place", "norway", {"en": ("Norway",), "zh-Hans": ("挪威",)}),
        AuthorityRecord("organisation", "harbour-watch", {"en": ("Harbour Watch",)}, acronyms=("HAWA",)),
    ]
)
SOURCE = (
    "Mo Lan, a ferry captain, was convicted of smuggling in May 2011 by a Norwegian court and given three and a half "
    "years. Thirteen sailors wrote to Harbour Watch. Her colleague Ke Bei was not charged."
)
ORDINARY = frozenset({"sailors", "the", "court", "captain"})


@pytest.mark.parametrize(
    "text",
    [
        "In May 2011 a court in Norway convicted Mo Lan of smuggling; she received 3.5 years.",
        "Sailors, 13 in number, turned to HAWA. The captain Mo Lan was convicted in 2011.",
        "2011年5月，挪威法院以走私罪判处莫兰（Mo Lan）三年半；十三名船员写信给Harbour Watch。",
        "Ke Bei, her colleague, was not charged.",
    ],
)
def test_what_the_source_states_passes(text: str) -> None:
    assert unsupported(text, SOURCE, AUTHORITY, ORDINARY) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("She received four years.", "number 4"),
        ("Fourteen sailors wrote.", "number 14"),
        ("十四名船员写了信。", "number 14"),
        ("莫兰被判三年。", "number 3"),
        ("Mo Lan was convicted in June 2011.", "date 2011-06-?"),
        ("Mo Lan was convicted on 3 May 2011.", "date 2011-05-03"),
        ("Mo Lan was convicted in 2012.", "date 2012-?-?"),
        ("2012年5月，莫兰被定罪。", "date 2012-05-?"),
        ("Mo Lan was convicted of perjury.", "charge perjury"),
        ("莫兰因伪证罪被判刑。", "charge 伪证罪"),
        ("The court convicted Mo Bei.", "name Mo Bei"),
        ("The court convicted Lan Mo.", "name Lan Mo"),
        ("The captain was helped by Agathe Berg.", "name Agathe"),
        ("Agathe was not charged.", "name Agathe"),
        ("船员写信给Harbour Trust。", "name Trust"),
    ],
)
def test_what_the_source_does_not_state_is_found(text: str, fault: str) -> None:
    assert fault in unsupported(text, SOURCE, AUTHORITY, ORDINARY)


def test_a_name_must_stand_in_the_cited_lines_and_not_just_somewhere() -> None:
    assert unsupported("柯贝没有被起诉。", "Mo Lan was convicted of smuggling.", AUTHORITY) == ["person 柯贝"]


def test_an_acronym_may_stand_for_the_words_that_the_source_has() -> None:
    source = "The Guild of Northern Net Makers met."
    assert unsupported("The GNNM met.", source, AUTHORITY, ORDINARY) == []
    assert unsupported("The GNXM met.", source, AUTHORITY, ORDINARY) == ["name GNXM"]


def test_a_year_may_stand_apart_from_its_month_but_not_against_it() -> None:
    apart = "The year was 2011. In May a court sat."
    against = "In May 2010 a court sat. In 2011 nothing happened."
    assert unsupported("It sat in May 2011.", apart, AUTHORITY, ORDINARY) == []
    assert unsupported("It sat in May 2011.", against, AUTHORITY, ORDINARY) == ["date 2011-05-?"]


def test_eight_words_or_fifteen_characters_in_a_row_are_found() -> None:
    english = "the boats lay in the harbour until a storm drove them out"
    assert len(shared_words("At night the boats lay in the harbour until a gale came", english)) == 1
    assert shared_words("the boats lay in the harbour, then a storm drove them out", english) == []
    assert shared_words("see https://a.org/the-boats-lay-in-the-harbour-until-a-storm", english) == []
    chinese = "船停在港里直到一场风暴把它们都赶了出去"
    assert shared_characters("當時船停在港裡，直到一場風暴把它們都趕走", chinese)
    assert shared_characters("船停在港里，后来一场风暴把它们赶走", chinese) == []


def test_personal_data_is_found() -> None:
    assert personal("Write to ines.berg@example.org or ines[at]example.org.")
    assert personal("Call +47 22 11 33 44 or 139-1234-5678.")
    assert personal("From 2011 to 2012 she wrote 1,016 letters; see 2011-05-03.") == []


def test_a_character_of_the_other_script_is_found() -> None:
    assert wrong_script("法院判處", "zh-Hans", frozenset("国后")) == ["處"]
    assert wrong_script("中国的皇后", "zh-Hant", frozenset("国后")) == ["国"]
    assert wrong_script("国法院", "en", frozenset("国")) == []


def test_brackets_are_read_as_lines_and_articles() -> None:
    first, second = paragraphs("Eine Zeile. [004:5-9, 13; 002:3]\n\nKeine Angabe.")
    assert [(c.seed, c.first, c.last) for c in first.cited] == [("004", 5, 9), ("004", 13, 13), ("002", 3, 3)]
    assert (first.text, second.brackets) == ("Eine Zeile.", "")
    assert list(cited_articles("[Criminal Law, Arts. 54, 102-103; 002:3]")) == [
        ("Criminal Law", 54),
        ("Criminal Law", 102),
        ("Criminal Law", 103),
    ]
    assert list(cited_articles("[《护照法》第13、15条]")) == [("护照法", 13), ("护照法", 15)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("twenty-one of one hundred and five", {21, 105}),
        ("over two dozen governments, thousands of people", {24, 1000}),
        ("at least one million; 1,016 cases", {1_000_000, 1016}),
        ("一百多万人，二十四个，第三轮，两名", {1_000_000, 24, 3, 2}),
        ("4600万；三年半；上百；约67%，该国8.72亿人", {46_000_000, 3.5, 100, 67, 872_000_000}),
        ("统一的两岸，一名律师，六四", set()),
        ("the 709 Crackdown, CCTV4, one of them, in May 2011, 2011年5月3日", {709}),
    ],
)
def test_numbers_are_read_in_both_languages(text: str, numbers: set[float]) -> None:
    assert stated(text).numbers == numbers
