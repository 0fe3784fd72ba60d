"""Files of every format and encoding, and what becomes of those that cannot be read."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import readers
from indexer.errors import UnreadableError
from indexer.model import Page
from indexer.readers.encoding import detect
from indexer.readers.markdown import plain_text
from indexer.readers.source import plain
from indexer.split import split

HANS = "河边的村民说官员从未出示过书面命令"
HANT = "河邊的村民說官員從未出示過書面命令"


def pages(path: Path, content: bytes | str, root: Path | None = None) -> tuple[list[Page], list[UnreadableError]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    unread: list[UnreadableError] = []
    return list(readers.read(path, root or path.parent, unread.append)), unread


def rows(*values: object) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (HANS, "utf-8"),
        (HANS, "utf-8-sig"),
        (HANS, "utf-16"),
        (f"Title\n{HANS}", "utf-16-le"),
        (HANS, "gb18030"),
        (HANT, "gb18030"),
        (HANT, "big5hkscs"),
        ("深水埗警署啲差人話冇見過佢", "big5hkscs"),
        ("曹順利", "big5hkscs"),
        ("曹顺利", "gb18030"),
        ("李和平", "gbk"),
        ("Café Zürich — “déjà vu”", "cp1252"),
    ],
)
def test_text_in_every_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    (page,), unread = pages(tmp_path / "a.txt", text.encode(encoding))
    assert page.text == text
    assert unread == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "there is no text in it"),
        (" \u3000\r\n\t".encode(), "there is no text in it"),
        (b"\x89PNG\r\n\0\0\0\rIHDR\0\0", "NUL bytes"),
        (bytes(range(128, 256)) * 3, "its encoding is none of"),
        (HANS.encode() + b"\xff\xfe broken", "its encoding is none of"),
        (b"\xff\xfe" + "村民".encode("utf-16-le") + b"\x00", "breaks at byte"),
    ],
)
def test_file_that_cannot_be_read_is_named_with_its_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    found, (error,) = pages(tmp_path / "deep/er/a.txt", content, tmp_path)
    assert found == []
    assert error.path == "deep/er/a.txt"
    assert reason in error.reason


def test_page_is_in_nfc_with_plain_line_ends_and_without_what_shows_nothing(tmp_path: Path) -> None:
    content = "A\u00a0title\r\n\r\nCafe\u0301\u200b and\u00ad more\rlast\u2028line\ufeff\x07"
    (page,), _ = pages(tmp_path / "a.txt", content)
    assert page.text == "A title\n\nCafé and more\nlast\nline"
    assert page.sha256 == hashlib.sha256(content.encode()).hexdigest()
    assert (page.path, page.form, page.part) == ("a.txt", "dump", 1)


def test_joiners_of_uyghur_and_persian_stay() -> None:
    assert plain("می\u200cخواهم") == "می\u200cخواهم"


def test_lone_surrogates_become_replacement_characters() -> None:
    assert plain("a\ud800b") == "a\ufffdb"


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    (page,), unread = pages(
        tmp_path / "note.md",
        "---\nid: n-1\ntitle: A note\ndate: 2020-02-12\nsources: [https://a.example/1, https://a.example/2]\n"
        "authors: Jane Roe\nas_of: 2021-01-01\nkind: digest\nempty:\n---\n# Heading\n\nA *line* of [text](https://x.example).\n",
    )
    assert unread == []
    assert page.text == "Heading\n\nA line of text."
    assert page.form == "article"
    assert page.meta == {
        "id": "n-1", "title": "A note", "date": "2020-02-12", "sources": ("https://a.example/1", "https://a.example/2"),
        "authors": ("Jane Roe",), "as_of": "2021-01-01", "kind": "digest",
    }  # fmt: skip


def test_markdown_takes_its_title_from_the_first_heading_and_does_not_repeat_it(tmp_path: Path) -> None:
    (page,), _ = pages(tmp_path / "note.md", "# The *beekeepers*\n\nThey are free.\n")
    (document,) = split(page)
    assert (document.title, document.text) == ("The beekeepers", "They are free.")


def test_front_matter_that_is_no_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    found, (error,) = pages(tmp_path / "note.md", "---\ntitle: a\ndate: [1, 2\n---\ntext\n")
    assert found == []
    assert "not readable as YAML in line" in error.reason


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("one\ntwo", "one two"),
        ("一行\n接着", "一行接着"),
        ("- one\n- two\n  more\n\n1. first\n2. second", "• one\n• two more\n\n1. first\n2. second"),
        ("It began in\n2019. It ended soon.", "It began in 2019. It ended soon."),
        ("Title\n=====\n\ntext", "Title\n\ntext"),
        ("> said\n> she", "said she"),
        ("```\na *b*\n```", "a *b*"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n| 1 | 2 |"),
        ("snake_case_name and __bold__", "snake_case_name and bold"),
        (r"\*not\* [a] ![alt](x.png)", "*not* [a] alt"),
        ("<https://a.example/b_c_d>", "https://a.example/b_c_d"),
        ("a<!-- hidden\n-->b <b>bold</b>", "ab bold"),
        ("text[^1]\n\n[1]: https://x.example", "text[^1]"),
        ("a  \nb", "a\nb"),
        ("a\n\n***\n\nb", "a\n\nb"),
    ],
)
def test_markdown_as_it_is_read(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


ARTICLE = f"""<!DOCTYPE html><html lang="zh"><head><meta charset="CHARSET"><title>养蜂人案延期宣判 | 河边网</title>
<meta property="og:title" content="养蜂人案延期宣判"><meta property="og:site_name" content="河边网">
<meta property="article:published_time" content="2020-07-03T08:00:00+08:00">
<link rel="canonical" href="https://news.example/2020/07/feng"></head><body><nav><a href="/">首页</a></nav>
<article><h1>养蜂人案延期宣判</h1>{"".join(f"<p>第{n}段：{HANS}，他们打算继续申诉。</p>" for n in range(8))}</article>
<footer>版权所有</footer><script>var a = "不是正文";</script></body></html>"""


@pytest.mark.parametrize(("declared", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030")])
def test_html_article(tmp_path: Path, declared: str, encoding: str) -> None:
    (page,), unread = pages(tmp_path / "a.html", ARTICLE.replace("CHARSET", declared).encode(encoding))
    assert unread == []
    (document,) = split(page)
    assert (document.title, document.date, document.publisher) == ("养蜂人案延期宣判", "2020-07-03", "河边网")
    assert document.url == "https://news.example/2020/07/feng"
    assert document.text.count(HANS) == 8
    for gone in ("首页", "版权", "不是正文", "养蜂人案延期宣判"):
        assert gone not in document.text


def test_html_page_that_lists_posts(tmp_path: Path) -> None:
    post = "<article><header><h2>{}</h2><time>{}</time></header><p>{}</p><p><a href='#'>https://n.example/{}</a></p></article>"
    body = "The villagers waited for an answer from the council until the evening of the following day. " * 2
    markup = (
        "<html><head><title>rivers – Blog</title><link rel='canonical' href='https://blog.example/tag/rivers'></head>"
        "<body class='archive tag'><nav>Home</nav><h1>Posts Tagged ‘rivers’</h1>"
        + post.format("First post", "July 3, 2020", body, 1)
        + post.format("Second post", "June 1, 2020", body, 2)
        + "<aside>Archives</aside></body></html>"
    )
    (page,), _ = pages(tmp_path / "tag.html", markup)
    documents = split(page)
    assert [(d.title, d.date, d.url) for d in documents] == [
        ("First post", "2020-07-03", None),
        ("Second post", "2020-06-01", None),
    ]
    assert documents[0].sources == ("https://n.example/1",)


def test_html_article_cites_its_closing_links(tmp_path: Path) -> None:
    paragraph = "<p>The villagers waited for an answer from the council until the evening of the following day.</p>"
    markup = (
        "<html><head><title>Prize</title><link rel='canonical' href='https://blog.example/2015/03/12/prize/'></head><body>"
        f"<nav>Home</nav><article><h1>Prize</h1>{paragraph * 6}<ul><li>First of their demands</li></ul>"
        "<p>They had <a href='https://inline.example/x'>an order</a> in their hands when they came to the council.</p>"
        "<p>See also: <a href='https://blog.example/2014/03/11/old/'>last year</a></p>"
        "<p><a href='https://news.example/original'>The original in the River News</a></p>"
        "<div class='sharedaddy'>Share: <a href='https://share.example/?u=1'>now</a></div></article></body></html>"
    )
    (page,), _ = pages(tmp_path / "a.html", markup)
    (document,) = split(page)
    assert document.sources == ("https://news.example/original",)
    assert "• First of their demands" in document.text


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ("<meta name='date' content='2020-07-03'>", "", "2020-07-03"),
        ("", "<p>July 3, 2020</p>", "2020-07-03"),
        (
            "",
            "<p>(Aster Rights Network – July 3, 2020) – A thing came to pass in the villages, they say.</p>",
            "2020-07-03",
        ),
        ("", "<time class='entry-date published' datetime='2020-07-03'>3 July</time>", "2020-07-03"),
        ("<link rel='canonical' href='https://b.example/2018/02/03/x'>", "", "2018-02-03"),
        ("", "<p>The hearing took place on <time datetime='2019-05-03'>3 May 2019</time> in the town.</p>", None),
        ("", "<footer>© 2021 Blog. Last modified 2021-03-04</footer>", None),
        ("", "", None),
    ],
)
def test_html_date_is_that_of_publication(tmp_path: Path, head: str, body: str, date: str | None) -> None:
    event = "<p>On 3 May 2019 the villagers waited for an answer until the evening. It came on 4 June 2019.</p>"
    article = f"<article><h1>T</h1>{body}{event * 6}</article>"
    markup = f"<html><head><title>T</title>{head}</head><body>{article}</body></html>"
    (page,), _ = pages(tmp_path / "a.html", markup)
    (document,) = split(page)
    assert document.date == date
    assert document.publisher in (None, "Aster Rights Network")


def test_html_is_known_by_its_content(tmp_path: Path) -> None:
    (page,), _ = pages(tmp_path / "saved.txt", ARTICLE.replace("CHARSET", "utf-8"))
    assert page.meta["title"] == "养蜂人案延期宣判"


def test_deep_html_does_not_end_the_run(tmp_path: Path) -> None:
    found, unread = pages(tmp_path / "a.html", "<html><body>" + "<div>" * 5000 + "words" + "</div>" * 5000)
    assert [page.text for page in found] == ["words"] or unread


def test_html_without_text_is_reported(tmp_path: Path) -> None:
    found, (error,) = pages(tmp_path / "a.html", "<html><body><script>x()</script></body></html>")
    assert found == []
    assert error.reason == "the page shows no text"


@pytest.mark.parametrize("compressed", [False, True])
def test_json_lines(tmp_path: Path, compressed: bool, caplog: pytest.LogCaptureFixture) -> None:
    content = rows(
        {"id": 7, "title": "T", "text": HANS, "date": "2020-02-12", "lang": "zh-Hans", "country": "x"},
        {
            "title": "U",
            "text": "a\r\nb",
            "language": "en",
            "sources": ["https://a.example"],
            "authors": "Jane Roe",
            "country": "y",
        },
    ).encode()
    with caplog.at_level(logging.WARNING, "hrsearch"):
        found, unread = pages(
            tmp_path / ("a.jsonl.gz" if compressed else "a.jsonl"), gzip.compress(content) if compressed else content
        )
    assert unread == []
    assert [(page.part, page.text, page.form) for page in found] == [(1, HANS, "article"), (2, "a\nb", "article")]
    assert found[0].meta == {"id": "7", "title": "T", "date": "2020-02-12", "language": "zh-Hans"}
    assert found[1].meta["sources"] == ("https://a.example",)
    assert found[1].meta["authors"] == ("Jane Roe",)
    assert [record.message for record in caplog.records] == [f"{found[0].path}: ignored keys: country"]
    assert readers.count(tmp_path / found[0].path) == 2


def test_bad_rows_are_named_and_the_others_read(tmp_path: Path) -> None:
    content = b"\n".join(
        [
            b'{"title": "one", "text": "x"}',
            b"{broken",
            b"[1]",
            b'{"title": "", "text": null}',
            b'{"title": "t", "text": 5}',
            b'{"title": "\x80\x81\xff", "text": "x"}',
            b"",
            rows({"title": "GB", "text": HANS}).strip().encode("gb18030"),
            b"[" * 100_000,
            b'{"title": "last", "text": "y"}',
        ]
    )
    found, unread = pages(tmp_path / "a.jsonl", content)
    assert [(page.part, page.meta["title"]) for page in found] == [(1, "one"), (8, "GB"), (10, "last")]
    assert found[1].text == HANS
    assert [error.path for error in unread] == [f"a.jsonl:{row}" for row in (2, 3, 4, 5, 6, 9)]


def test_json_lines_in_utf_16(tmp_path: Path) -> None:
    (page,), unread = pages(tmp_path / "a.jsonl", rows({"title": "T", "text": HANS}).encode("utf-16"))
    assert (page.text, unread) == (HANS, [])


def test_damaged_compression_is_reported_after_the_rows_before_it(tmp_path: Path) -> None:
    content = gzip.compress(rows(*({"title": f"t{n}", "text": f"{n * 7919} {n}"} for n in range(5000))).encode())
    found, (error,) = pages(tmp_path / "a.jsonl.gz", content[: len(content) // 2])
    assert len(found) > 10
    assert "compressed data is damaged" in error.reason


def test_rows_are_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(300):
            file.write(rows({"title": str(number), "text": "x" * 100_000}))
    tracemalloc.start()
    try:
        assert sum(1 for _ in readers.read(path, tmp_path, lambda error: None)) == 300
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_documents_in_a_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    root = tmp_path / "root"
    for name in (
        "b.txt",
        "a/c.md",
        "a/d.jsonl.gz",
        "E.HTML",
        "photo.png",
        "pack.zip",
        "x.gz",
        ".hidden.txt",
        ".git/e.txt",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    outside.mkdir()
    (outside / "secret.txt").write_text("text", encoding="utf-8")
    (root / "escape.txt").symlink_to(outside / "secret.txt")
    (root / "folder").symlink_to(outside)
    (root / "inside.txt").symlink_to(root / "b.txt")
    (root / "loop.txt").symlink_to(root / "loop.txt")
    found = [path.relative_to(root).as_posix() for path in readers.documents_in(root)]
    assert found == ["E.HTML", "a/c.md", "a/d.jsonl.gz", "b.txt", "inside.txt"]


def test_what_no_reader_exists_for_and_what_is_not_there_is_reported(tmp_path: Path) -> None:
    _, (unknown,) = pages(tmp_path / "a.docx", b"PK")
    assert "no reader" in unknown.reason
    unread: list[UnreadableError] = []
    assert list(readers.read(tmp_path / "gone.txt", tmp_path, unread.append)) == []
    assert "cannot be opened" in unread[0].reason
    assert readers.count(tmp_path / "gone.jsonl") == 0


def test_huge_line(tmp_path: Path) -> None:
    (page,), _ = pages(tmp_path / "a.txt", "word " * 400_000)
    (document,) = split(page)
    assert len(document.text) == 400_000 * 5 - 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)),
    suffix=st.sampled_from([*readers.READERS]),
)
def test_any_bytes_are_read_or_reported(tmp_path: Path, content: bytes, suffix: str) -> None:
    found, unread = pages(tmp_path / f"a{suffix}", content)
    for page in found:
        split(page)
    assert found or unread or suffix.startswith((".jsonl", ".ndjson"))


@given(st.text(alphabet=st.sampled_from(HANS + HANT + "，。、"), min_size=3))
def test_what_is_detected_decodes(text: str) -> None:
    content = text.encode("gb18030")
    encoding = detect(content)
    assert encoding is None or content.decode(encoding)
