"""Pages of many kinds, all invented, and the five real ones in ../shared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import readers
from indexer.errors import UnreadableError
from indexer.model import Document, Page
from indexer.split import split
from indexer.webpage.posts import lines_of

SHARED = Path(__file__).resolve().parents[1].parent / "shared"

COURT = (
    "The court heard the appeal of the beekeepers on Tuesday and put off its ruling until the end of the month, "
    "their counsel told reporters who had waited outside."
)
RIVER = (
    "Villagers by the river say that the officials who came in spring never showed them a written order of any kind."
)
HAN = (
    "河边的村民说，春天来过的官员从未向他们出示任何书面命令，至今也没有人解释为什么要拆除房屋和祠堂，他们打算继续申诉。"
)


def dump(text: str, **meta: str) -> list[Document]:
    return split(Page("kept/page_one.txt", "0" * 64, text.strip("\n"), "dump", meta))


def heads(documents: list[Document]) -> list[tuple[str, str | None]]:
    return [(document.title, document.date) for document in documents]


LISTINGS = {
    "WordPress, as saved": f"""
Skip to content
Home
About

Tag Archives: bees

Court puts off ruling

Posted on July 3, 2020 by admin

{COURT}

https://news.example/bees

Posted in Courts | Tagged bees, rivers | Leave a comment

Villagers still without order

Posted on June 1, 2020 by admin

{RIVER}

Posted in Land | Tagged rivers | 2 Comments

← Older posts

Recent Posts
Court puts off ruling
Villagers still without order
Archives
July 2020
""",
    "two date formats apart from the site's own": f"""
Posts Tagged ‘rivers’

Court puts off ruling

3 Jul 2020
A hive beside the river

{COURT}

https://news.example/bees

Villagers still without order

1 Jun 2020

{RIVER}
""",
    "date over the title": f"""
Archive for the ‘Courts’ Category

Friday, July 3, 2020

Court puts off ruling

{COURT}

https://news.example/bees

Posted by kaz at 10:30 PM 0 comments

Monday, June 1, 2020

Villagers still without order

{RIVER}

Posted by kaz at 9:12 AM 2 comments
""",
    "date at the foot": f"""
Category Archives: Courts

Court puts off ruling

{COURT} [...]

July 3, 2020 | Read More

Villagers still without order

{RIVER} The council, they add, has never answered their letters. [...]

June 1, 2020 | Read More
""",
    "no heading at all": f"""
Court puts off ruling

July 3, 2020

{COURT}

https://news.example/bees

Villagers still without order

June 1, 2020

{RIVER}

https://news.example/river
""",
    "a letter with its own date inside a post": f"""
Posts Tagged ‘rivers’

Court puts off ruling

July 3, 2020

{COURT}

The letter reads:

To the council

May 3, 2019

{RIVER}

Villagers still without order

June 1, 2020

{RIVER}
""",
}


@pytest.mark.parametrize("page", LISTINGS.values(), ids=LISTINGS.keys())
def test_page_that_lists_posts_gives_each_post(page: str) -> None:
    documents = dump(page)
    assert heads(documents) == [
        ("Court puts off ruling", "2020-07-03"),
        ("Villagers still without order", "2020-06-01"),
    ]
    assert [document.part for document in documents] == [1, 2]
    assert documents[0].text.startswith(("The court heard", "A hive beside the river\n\nThe court"))
    assert documents[1].text.startswith("Villagers by the river")
    for document in documents:
        for furniture in ("Posted", "Tagged", "Leave a comment", "Read More", "Older posts", "Archives", "2020 "):
            assert furniture not in document.text


CHINESE_LISTINGS = {
    "simplified": f"""
标签：维权

养蜂人案延期宣判

发布于 2020年7月3日

{HAN}

来源：https://news.example/feng

阅读全文

评论（3）

村民仍未见到命令

发布于 2020年6月1日

{HAN}

标签：土地，河流

上一篇：养蜂人案延期宣判
""",
    "titles that carry the date": f"""
标签归档：声明

养蜂人案延期宣判（2020年7月3日）

{HAN}

来源：https://news.example/feng

村民仍未见到命令（2020年6月1日）

{HAN}
""",
    "years of the republic": f"""
分類彙整：河流

养蜂人案延期宣判
發表於 民國109年7月3日 由 編輯

{HAN}

來源：https://news.example/feng

村民仍未见到命令
發表於 民國109年6月1日 由 編輯

{HAN}

發表留言
""",
}


@pytest.mark.parametrize("page", CHINESE_LISTINGS.values(), ids=CHINESE_LISTINGS.keys())
def test_chinese_page_that_lists_posts(page: str) -> None:
    first, second = dump(page)
    assert (first.title[:8], first.date) == ("养蜂人案延期宣判", "2020-07-03")
    assert (second.title[:8], second.date) == ("村民仍未见到命令", "2020-06-01")
    assert first.sources == ("https://news.example/feng",)
    assert second.text == HAN


def test_one_new_post_adds_one_document_and_leaves_the_others_as_they_were() -> None:
    old = dump(LISTINGS["no heading at all"])
    new = dump(f"A third thing happened\n\nAugust 9, 2020\n\n{RIVER}\n\n{LISTINGS['no heading at all'].strip()}")
    assert len(new) == 3
    assert [(d.title, d.date, d.text, d.sources) for d in new[1:]] == [
        (d.title, d.date, d.text, d.sources) for d in old
    ]


def test_chronicle_inside_a_report_is_not_split() -> None:
    (document,) = dump(
        f"The beekeepers' case\n\n{COURT}\n\nThe arrest\n\nMay 3, 2019\n\n{RIVER}\n\nTrial\n\nMay 9, 2019\n\n{COURT}"
    )
    assert document.title == "The beekeepers' case"
    assert document.date is None
    assert "May 3, 2019" in document.text


SINGLE = {
    "title, byline, date": (
        f"Beekeepers freed\n\nBy Jane Roe\n3 July 2020\n\n{COURT}",
        ("Beekeepers freed", "2020-07-03", "date-line", None, ("Jane Roe",)),
    ),
    "name of the site over the title": (
        f"Beekeepers freed | River Blog\nRiver Blog\nMenu\nHome\nBeekeepers freed\nJane Roe · 3 July 2020\n{COURT}",
        ("Beekeepers freed", "2020-07-03", "date-line", None, ()),
    ),
    "buttons under the title": (
        f"Beekeepers freed\nShare\nTweet\nPrint\n3 July 2020\n{COURT}",
        ("Beekeepers freed", "2020-07-03", "date-line", None, ()),
    ),
    "menu under the title": (
        f"Beekeepers freed\nHome\nAbout\nNews\n{COURT}",
        ("Beekeepers freed", None, None, None, ()),
    ),
    "menu over the title": (
        f"River Blog\nHome\nNews\nContact\nBeekeepers freed\n3 July 2020\n{COURT}",
        ("Beekeepers freed", "2020-07-03", "date-line", None, ()),
    ),
    "press release with a label": (
        f"Aster Rights Network\n\nPRESS RELEASE\n\n3 July 2020\n\nCountry: free the beekeepers\n\n{COURT}",
        ("Country: free the beekeepers", "2020-07-03", "date-line", "Aster Rights Network", ()),
    ),
    "dateline with an organisation": (
        f"Free the beekeepers\n\n(Aster Rights Network – July 3, 2020) – {COURT}",
        ("Free the beekeepers", "2020-07-03", "dateline", "Aster Rights Network", ()),
    ),
    "dateline with a place": (
        f"Free the beekeepers\n\nGENEVA (3 July 2020) – {COURT}",
        ("Free the beekeepers", "2020-07-03", "dateline", None, ()),
    ),
    "signature and date at the end": (
        f"关于养蜂人案的声明\n\n{HAN}\n\n{HAN}\n\n阿斯特人权中心\n\n二〇二〇年七月三日",
        ("关于养蜂人案的声明", "2020-07-03", "closing-date", "阿斯特人权中心", ()),
    ),
    "signed by several": (
        f"Open letter\n\n{COURT}\n\nAster Rights Network\nRiver Watch\n\nGeneva, 3 July 2020",
        ("Open letter", "2020-07-03", "closing-date", None, ()),
    ),
    "Chinese news": (
        f"首页 > 新闻 > 正文\n养蜂人案延期宣判\n2020-07-03 10:00 来源：河边网 作者：张三\n{HAN}\n（责任编辑：李四）",
        ("养蜂人案延期宣判", "2020-07-03", "date-line", "河边网", ("张三",)),
    ),
    "organisation behind the title": (
        f"Free the beekeepers – Aster International\n\n{COURT} So says Aster International.",
        ("Free the beekeepers – Aster International", None, None, "Aster International", ()),
    ),
    "date of an event only": (
        f"Free the beekeepers\n\nOn 3 July 2020, {COURT}",
        ("Free the beekeepers", None, None, None, ()),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("page", "wanted"), SINGLE.values(), ids=SINGLE.keys())
def test_page_of_one_document(
    page: str, wanted: tuple[str, str | None, str | None, str | None, tuple[str, ...]]
) -> None:
    (document,) = dump(page)
    assert (document.title, document.date, document.date_rule, document.publisher, document.authors) == wanted
    assert document.url is None


WHOLE_PAGES = {
    "Blogspot": """
River blog
Friday, July 3, 2020
Bees freed

BODY

Posted by kaz at 10:30 PM
Labels: bees

2 comments:

Ann said...

Good.

July 4, 2020 at 10:11 AM

Bob said...

Me too.

Post a Comment
""",
    "WordPress, older theme": """
Bees freed
July 3, 2020

BODY

This entry was posted on July 3, 2020 at 10:00.

2 Responses to Bees freed

Ann says:
July 4, 2020 at 10:11 am
Good.
""",
    "WordPress in simplified Chinese": """
河边
跳至内容
首页
关于

Bees freed

发表于 2020年7月3日

BODY

此条目发表在 新闻 分类目录，贴了 养蜂人 标签。

《Bees freed》有一个想法

李四 说：
2020年7月4日 10:00
好
回复 ↓
""",
    "WordPress in traditional Chinese": """
Bees freed

發佈日期: 2020 年 7 月 3 日

BODY

發佈留言 取消回覆

發佈留言必須填寫的電子郵件地址不會公開。 必填欄位標示為 *
""",
    "Sina": """
Bees freed (2020-07-03 10:11:12)

转载▼
标签： 养蜂人 分类： 新闻

BODY

阅读(123)┊ 评论(4)┊ 收藏(0)
""",
}


@pytest.mark.parametrize("page", WHOLE_PAGES.values(), ids=WHOLE_PAGES.keys())
def test_whole_page_of_a_blog_gives_its_post_alone(page: str) -> None:
    (document,) = dump(page.replace("BODY", COURT))
    assert (document.title, document.date, document.text) == ("Bees freed", "2020-07-03", COURT)


def test_repeated_title_reply_form_and_readers_comments_are_left_out() -> None:
    (document,) = dump(
        f"""
Beekeepers freed

Comments Off on Beekeepers freed
Beekeepers  freed

{COURT}

{RIVER}

Share this:
Twitter
Related
Another post

2 thoughts on “Beekeepers freed”

Ann says:
July 4, 2020 at 10:11 am
Great post!
Reply

Leave a Reply
Name *
Your email address will not be published.
Back to Top
"""
    )
    assert document.text == f"{COURT}\n\n{RIVER}"
    assert document.date is None


def test_report_in_a_comment_belongs_to_the_document_and_gives_date_publisher_and_source() -> None:
    (document,) = dump(
        f"""
River notes

{RIVER}

2 thoughts on “River notes

  1. kaz Post author
    July 5, 2020 at 1:02 pm

    Rivers of the North (2019)

    July 3, 2020

    https://aster.example/reports/rivers

    (Aster Rights Network—July 3, 2020) {COURT}

    1. First demand of the report
    2. Second demand of the report
    Reply

  2. Bob
    Nice.
    Reply

Leave a Reply
"""
    )
    assert (document.title, document.date, document.publisher) == ("River notes", "2020-07-03", "Aster Rights Network")
    assert document.sources == ("https://aster.example/reports/rivers",)
    assert document.url is None
    assert "2. Second demand" in document.text
    for gone in ("kaz", "1:02", "Reply", "Nice", "thoughts"):
        assert gone not in document.text


def test_what_looks_like_a_commenter_inside_a_report_cuts_nothing() -> None:
    (document,) = dump(
        f"River notes\n\n{RIVER}\n\nOne thought on “River notes”\n\nkaz Post author\n\nNorth rivers\n\n{COURT}\n\n"
        f"The court said:\n\n{RIVER}\n\nSigned by:\n\n1. Cuba\n2. River Watch\n\nComments\n\n{COURT}\n\nReply\n"
    )
    assert document.text.endswith(
        f"The court said:\n\n{RIVER}\n\nSigned by:\n\n1. Cuba\n2. River Watch\n\nComments\n\n{COURT}"
    )


def test_chapter_called_comments_is_no_comment_section() -> None:
    (document,) = dump(f"A report\n\n{COURT}\n\nComments\n\n{RIVER}\n\n评论\n\n{HAN}")
    assert document.text.endswith(HAN)


def test_sentences_that_begin_like_furniture_stay() -> None:
    sentences = (
        "Copyright law was one of the grounds on which the newspaper of the villages was closed in 1987.",
        "Tagged as a foreign agent, he lost his post.",
        "home.",
        "Links",
        "https://news.example/bees",
    )
    (document,) = dump("\n\n".join(["A report", COURT, *sentences]))
    assert document.text == "\n\n".join([COURT, *sentences])


def test_chinese_comments_are_left_out() -> None:
    (document,) = dump(
        f"河边笔记\n2020年7月3日\n\n{HAN}\n\n《河边笔记》有2条评论\n\n李四说道：\n2020年7月4日 10:00\n写得好！\n"
        "回复\n\n发表评论\n您的电子邮箱地址不会被公开。"
    )
    assert (document.title, document.date, document.text) == ("河边笔记", "2020-07-03", HAN)


def test_sources_are_the_closing_links_and_not_the_see_also_links_of_the_same_blog() -> None:
    (document,) = dump(
        f"""
Court puts off ruling

July 3, 2020

{COURT} [see also: https://ownblog.example/2019/05/06/older/]

See earlier posts:

{RIVER} See e.g. https://elsewhere.example/in-the-text

See also: https://ownblog.example/2018/01/02/oldest/

See also: 22 March 2024: https://cited.example/report

Full report: https://cited.example/full

https://news.example/bees?x=1#top
"""
    )
    assert document.sources == (
        "https://cited.example/full",
        "https://cited.example/report",
        "https://news.example/bees?x=1#top",
    )
    quiet = [document.text[start:end] for start, end in document.quiet]
    assert quiet == [
        "[see also: https://ownblog.example/2019/05/06/older/]",
        "See earlier posts:",
        "See e.g. https://elsewhere.example/in-the-text",
        "See also: https://ownblog.example/2018/01/02/oldest/",
        "See also: 22 March 2024: https://cited.example/report",
        "https://cited.example/full",
        "https://news.example/bees?x=1#top",
    ]


def test_titles_listed_under_see_also_are_quiet() -> None:
    (document,) = dump(f"养蜂人案\n\n{HAN}\n\n延伸閱讀：\n河边网采访李某\n王某获释\n\n{HAN}")
    assert [document.text[start:end] for start, end in document.quiet] == ["延伸閱讀：", "河边网采访李某", "王某获释"]


def test_contacts_stay() -> None:
    (document,) = dump(f"Free the beekeepers\n\n{COURT}\n\nContacts\n\nThe press office, on weekdays\n\nBack to Top")
    assert document.text.endswith("Contacts\n\nThe press office, on weekdays")


def test_what_the_file_states_goes_first() -> None:
    page = Page(
        "notes/a.md",
        "0" * 64,
        f"Stated title\n\n(Aster Rights Network – May 1, 2018) – {COURT}",
        meta={
            "id": "n-1", "title": "Stated title", "date": "2020年7月", "url": "https://own.example/2019/01/01/a",
            "sources": ("https://s.example/1",), "publisher": "River Watch", "authors": ("Jane Roe",),
            "language": "en", "kind": "digest", "digest_of": "https://d.example/",
        },
    )  # fmt: skip
    (document,) = split(page)
    assert (document.id, document.title, document.date, document.date_rule) == (
        "n-1",
        "Stated title",
        "2020-07",
        "stated",
    )
    assert (document.url, document.sources) == ("https://own.example/2019/01/01/a", ("https://s.example/1",))
    assert (document.publisher, document.authors) == ("River Watch", ("Jane Roe",))
    assert (document.language, document.kind, document.digest_of) == ("en", "digest", "https://d.example/")
    assert document.text.startswith("(Aster Rights Network")


def test_own_address_gives_the_date_where_nothing_else_does() -> None:
    (document,) = split(
        Page("a.jsonl", "0" * 64, COURT, meta={"title": "T", "url": "https://own.example/2019/01/02/a"})
    )
    assert (document.date, document.date_rule) == ("2019-01-02", "address")


def test_text_without_a_title_is_named_after_its_file_and_an_empty_page_has_no_document() -> None:
    (document,) = dump(COURT * 4)
    assert (document.title, document.text) == ("page one", COURT * 4)
    assert dump("\n \n\u3000\n") == []


FORMS = """

July 3, 2020
June 1, 2020
2020年7月3日
Posts Tagged ‘x’
标签：水
Leave a Reply
Reply
2 thoughts on “x”
1. Ann Post author
Ann says:
Home
About
See also:
https://a.example/1
See also: https://b.example/2020/01/02/c
PRESS RELEASE
By Jane Roe
Archives
Aster Rights Network
A short title
短标题
(Aster Rights Network – July 3, 2020) – Text.
""".splitlines()

page_lines = st.one_of(
    st.sampled_from([*FORMS, COURT, RIVER, HAN]),
    st.text(max_size=60).filter(lambda text: "\n" not in text and "\r" not in text),
)


@settings(deadline=None)
@given(st.lists(page_lines, max_size=40))
def test_every_document_is_a_faithful_excerpt(lines: list[str]) -> None:
    """Lines of documents are lines of the page, in its order, none twice; quiet spans are ordered and inside."""
    page = "\n".join(lines)
    rest = iter([line.text for line in lines_of(page) if line.text])
    for document in dump(page):
        shown = [line for line in document.text.split("\n") if line]
        assert all(line in rest for line in shown)
        assert "\n\n\n" not in document.text
        assert document.text == document.text.strip("\n")
        assert document.date is None or document.date_rule is not None
        edges = [edge for span in document.quiet for edge in span]
        assert edges == sorted(edges)
        assert not edges or edges[-1] <= len(document.text)


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the real pages are not here: ../shared/seeds is absent")
    found: dict[str, Document] = {}
    unread: list[UnreadableError] = []
    for path in readers.documents_in(folder):
        for page in readers.read(path, folder, unread.append):
            found.update({f"{path.name[:3]}#{document.part}": document for document in split(page)})
    assert unread == []
    return found


def spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.shared
def test_real_pages_give_their_documents(seeds: dict[str, Document]) -> None:
    segments = json.loads((SHARED / "eval/segments.json").read_text(encoding="utf-8"))
    assert {key: document.title for key, document in seeds.items()} == {
        row["id"]: spaced(row["title"]) for row in segments
    }
    assert [seeds[key].date for key in ("001#1", "002#1", "003#1")] == ["2018-11-01", "2020-02-12", None]
    assert all(document.url is None for document in seeds.values())
    for document in seeds.values():
        for line in document.text.split("\n"):
            assert not line.startswith(
                ("Comments Off", "Posts Tagged", "Leave a Reply", "Back to Top", "References   [")
            )
            assert spaced(line) != document.title


@pytest.mark.shared
def test_real_pages_give_date_and_sources_of_the_gold(seeds: dict[str, Document]) -> None:
    gold = json.loads((SHARED / "eval/gold_dev.json").read_text(encoding="utf-8"))["documents"]
    for row in gold:
        document = seeds[row["id"]]
        assert document.date == row["date"]
        optional = set(row.get("source_urls_optional", ()))
        assert set(document.sources) - optional == set(row["source_urls"]) - optional, row["id"]
