"""Which lines say when and by whom a page was published, and which only look as if they did."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.publication import address_date, byline, closing_date, date_line, dateline, opening_publisher
from indexer.written_dates import find_date, stated_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("February 12, 2020", "2020-02-12"),
        ("Feb. 12, 2020", "2020-02-12"),
        ("12th February 2020", "2020-02-12"),
        ("Wednesday, 12 February 2020 at 10:31 am", "2020-02-12"),
        ("July 7, 2020 12:00AM EDT", "2020-07-07"),
        ("2020-02-12", "2020-02-12"),
        ("2020.2.12", "2020-02-12"),
        ("2020-02-12T10:00:00+08:00", "2020-02-12"),
        ("13/4/2020", "2020-04-13"),
        ("4/13/2020", "2020-04-13"),
        ("3/4/2020", "2020"),
        ("November 2018", "2018-11"),
        ("2018-11", "2018-11"),
        ("2018", "2018"),
        ("20181101", "2018-11-01"),
        ("2020年2月12日", "2020-02-12"),
        ("２０２０年２月１２日（星期三）", "2020-02-12"),
        ("二〇二〇年二月十二日", "2020-02-12"),
        ("二○二○年十月", "2020-10"),
        ("二零一八年十二月三十一日", "2018-12-31"),
        ("二〇二〇年廿三日", None),
        ("民國109年2月12日", "2020-02-12"),
        ("中華民國一〇九年二月廿九日", "2020-02-29"),
        ("民國七十八年六月四日", "1989-06-04"),
        ("民国卅八年", "1949"),
        ("2020-02-30", None),
        ("13/13/2020", None),
        ("in the spring", None),
        ("", None),
    ],
)
def test_stated_date(written: str, iso: str | None) -> None:
    assert stated_date(written) == iso


@pytest.mark.parametrize(
    ("line", "day", "publisher", "authors"),
    [
        ("Posted on July 3, 2020 by admin", "2020-07-03", None, ()),
        ("July 3, 2020 by Jane Roe, John Doe and Ann", "2020-07-03", None, ("Jane Roe", "John Doe", "Ann")),
        ("By Jane Doe | July 3, 2020 | Courts", "2020-07-03", None, ("Jane Doe",)),
        ("12 February 2020 | 3 Comments", "2020-02-12", None, ()),
        ("发布时间：2020-02-12 10:00 来源：河边网 作者：张三", "2020-02-12", "河边网", ("张三",)),
        ("發表於 2020-02-12 10:31", "2020-02-12", None, ()),
        ("文／張三 2020-02-12", "2020-02-12", None, ("張三",)),
        ("2020年2月12日 星期三", "2020-02-12", None, ()),
        ("Press Release: 3 July 2020", "2020-07-03", None, ()),
    ],
)
def test_date_line(line: str, day: str, publisher: str | None, authors: tuple[str, ...]) -> None:
    found = date_line(line)
    assert found is not None
    assert (found.date, found.publisher, found.authors) == (day, publisher, authors)


@pytest.mark.parametrize(
    "line",
    [
        "February 12, 2020: police entered the village.",
        "On 12 February 2020 the court sat.",
        "Last updated: 3 May 2020",
        "最后更新：2020年5月3日",
        "2019年",
        "Between 3 May 2020 and 5 May 2020",
        "The report of 3 May 2020",
        "2020年2月12日，警方进入村庄。",
        "",
    ],
)
def test_sentence_or_update_is_no_date_line(line: str) -> None:
    assert date_line(line) is None


@pytest.mark.parametrize(
    ("paragraph", "day", "publisher"),
    [
        ("(Aster Rights Network – November 1, 2018) – The", "2018-11-01", "Aster Rights Network"),
        ("(Aster Rights Network—November 1, 2018) The", "2018-11-01", "Aster Rights Network"),
        ("[River Watch, 3 June 2019] The", "2019-06-03", "River Watch"),
        ("GENEVA (12 February 2020) – The", "2020-02-12", None),
        ("Geneva, 12 February 2020 – The", "2020-02-12", None),
        ("(New York, March 3, 2020) – The", "2020-03-03", None),
        ("（河边网2020年2月12日讯）村民", "2020-02-12", "河边网"),
        ("（阿斯特人权中心，二〇二〇年二月十二日）村民", "2020-02-12", "阿斯特人权中心"),
        ("河边社北京2020年2月12日电 村民", "2020-02-12", "河边社"),
    ],
)
def test_dateline(paragraph: str, day: str, publisher: str | None) -> None:
    found = dateline(paragraph)
    assert found is not None
    assert (found.date, found.rule, found.publisher) == (day, "dateline", publisher)


@pytest.mark.parametrize(
    "paragraph",
    [
        "On 5 June 2020 – the court",
        "In July 2020 – as before",
        "He said (12 May 2020) that",
        "Villagers (see the report of 12 May 2020) say",
        "(Beijing) – The court",
        "2020年2月12日，警方进入村庄。",
        "The march (12 May 2020) was calm.",
        "",
    ],
)
def test_event_is_no_dateline(paragraph: str) -> None:
    assert dateline(paragraph) is None


@pytest.mark.parametrize(
    ("paragraph", "publisher"),
    [
        ("（河边之声中文网）村民说", "河边之声中文网"),
        ("【河邊日報】村民說", "河邊日報"),
        ("（北京）村民说", None),
        ("（共产主义）村民说", None),
        ("村民（河边网）说", None),
    ],
)
def test_opening_publisher(paragraph: str, publisher: str | None) -> None:
    assert opening_publisher(paragraph) == publisher


def test_closing_date_with_and_without_signature() -> None:
    signed = closing_date(["声明", "正文。", "阿斯特人权中心", "2020年2月12日"])
    placed = closing_date(["Letter", "The text.", "With hope,", "Geneva, 3 May 2019"])
    assert signed is not None
    assert (signed.date, signed.publisher) == ("2020-02-12", "阿斯特人权中心")
    assert placed is not None
    assert (placed.date, placed.publisher) == ("2019-05-03", None)
    assert closing_date(["Letter", "The text.", "It ended on 3 May 2019"]) is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Roe", ("Jane Roe",)),
        ("作者：张三", ("张三",)),
        ("文／張三、李四", ("張三", "李四")),
        ("By the river the villagers waited for the officials who came", ()),
        ("By law, no one may be held longer.", ()),
        ("By admin", ()),
    ],
)
def test_byline(line: str, authors: tuple[str, ...]) -> None:
    assert byline(line) == authors


@pytest.mark.parametrize(
    ("address", "iso"),
    [
        ("https://a.example/2020/02/12/title", "2020-02-12"),
        ("https://a.example/2020/02/title", "2020-02"),
        ("https://a.example/news/20200212/title", "2020-02-12"),
        ("https://a.example/2020-02-12-title", "2020-02-12"),
        ("https://a.example/id/20201301", None),
        ("https://a.example/law/1989", None),
        ("https://a.example/12345678901", None),
    ],
)
def test_address_date(address: str, iso: str | None) -> None:
    assert address_date(address) == iso


@given(st.text(max_size=80))
def test_found_date_lies_inside_its_text(text: str) -> None:
    found = find_date(text)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert 1900 <= int(found.date[:4]) <= 2099


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_layout_of_a_day_is_read_back(day: date) -> None:
    iso = day.isoformat()
    assert stated_date(f"{day:%B} {day.day}, {day.year}") == iso
    assert stated_date(f"{day.day} {day:%b} {day.year}") == iso
    assert stated_date(f"{day.year}年{day.month}月{day.day}日") == iso
    assert stated_date(iso) == iso
