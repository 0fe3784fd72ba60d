"""Dates in the text: forms in two languages, and what is filled in with which reason."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.annotated import AnnotatedText
from indexer.extract.dates import find_dates
from indexer.model import DateMention


def dates_in(text: str, published: str | None) -> tuple[DateMention, ...]:
    return find_dates(AnnotatedText("text", text), published)


def found(text: str, published: str | None = None) -> list[tuple[str, str]]:
    return [(mention.text, mention.date) for mention in dates_in(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began on 3 May 2014.", [("3 May 2014", "2014-05-03")]),
        ("It began on May 3rd, 2014, at noon.", [("May 3rd, 2014", "2014-05-03")]),
        ("From March 5-7, 2020 they met.", [("March 5-7, 2020", "2020-03-05")]),
        ("Since October 2019 nobody came.", [("October 2019", "2019-10")]),
        ("In 1998, 2,015 people signed.", [("1998", "1998")]),
        ("Filed 2019-12-26 and 2020/1/3.", [("2019-12-26", "2019-12-26"), ("2020/1/3", "2020-01-03")]),
        ("The 2014-2016 term", [("2014-2016", "2014")]),
        ("二〇二〇年二月十二日", [("二〇二〇年二月十二日", "2020-02-12")]),
        ("二○二○年公佈", [("二○二○年", "2020")]),
        ("民國109年5月20日宣誓", [("民國109年5月20日", "2020-05-20")]),
        ("於2019年12月 26日離開", [("2019年12月 26日", "2019-12-26")]),
        ("２０１９年１２月", [("２０１９年１２月", "2019-12")]),
    ],
)
def test_stated(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "She may march in august company.",
        "See https://example.org/2019/12/26/report and call +44 2019 123456.",
        "2000 people and 1,999 yuan",
        "She waited 3個月 and paid 3月租.",
        "31 February 2020",
    ],
)
def test_no_date(text: str) -> None:
    assert found(text, "2021-06-01") == []


def test_counted_from_the_year_stated_last() -> None:
    dates = dates_in("他於2019年12月26日離家，次年3月回來，同年5月再離開。", None)
    assert [(d.date, d.reason) for d in dates] == [
        ("2019-12-26", "stated"),
        ("2020-03", "next-year"),
        ("2020-05", "same-year"),
    ]
    dates = dates_in("She left in December 2019. The following month she wrote; the following year she returned.", None)
    assert [d.date for d in dates] == ["2019-12", "2020-01", "2021"]


def test_counted_from_publication() -> None:
    dates = dates_in("去年6月及今年，昨日（19日）。", "2021-08-20")
    assert [(d.date, d.reason) for d in dates] == [
        ("2020-06", "published"),
        ("2021", "published"),
        ("2021-08-19", "around-publication"),
    ]
    assert found("last year, last month and last November", "2021-02-20") == [
        ("last year", "2020"),
        ("last month", "2021-01"),
        ("last November", "2020-11"),
    ]
    assert found("去年6月、昨日和 last year") == []


def test_day_and_month_alone() -> None:
    frame = "In 2019, the choir sang often.\n\nIt was stopped in July, and again on December 26."
    assert [d.date for d in dates_in(frame, "2020-02-12")] == ["2019", "2019-07", "2019-12-26"]
    history = "Founded in 1989, it will meet again on 25 September."
    assert [d.date for d in dates_in(history, "2020-09-18")] == ["1989", "2020-09-25"]
    pair = "between 30 March and 16 April 2020"
    assert [d.date for d in dates_in("Founded in 2012.\n\nThey wrote " + pair, "2021-07-21")] == [
        "2012",
        "2020-03-30",
        "2020-04-16",
    ]
    assert dates_in("It was in mid-June.", "2020-07-21")[0].date == "2020-06"
    assert dates_in("在10月5日", None) == ()


def test_days_to_come() -> None:
    assert [d.date for d in dates_in("2014年的案件，將於9月7日審理。", "2018-03-21")] == ["2014", "2018-09-07"]
    assert [d.date for d in dates_in("案件押後至2月3日再訊。", "2021-11-21")] == ["2022-02-03"]
    assert [d.date for d in dates_in("The hearing continues on 3 May.", "2024-02-07")] == ["2024-05-03"]
    assert [d.date for d in dates_in("It was adjourned to 9 January for sentence.", "2023-11-20")] == ["2024-01-09"]
    assert [d.date for d in dates_in("She will be sentenced in Tai Po on 3 May.", "2024-02-07")] == ["2024-05-03"]
    assert [d.date for d in dates_in("She was taken away on 3 May.", "2024-02-07")] == ["2023-05-03"]


def test_day_alone_takes_the_month_just_named() -> None:
    dates = dates_in("報館上月24日停刊，他於27日晚上離境。", "2021-07-21")
    assert [d.date for d in dates] == ["2021-06-24", "2021-06-27"]


@given(
    st.text(alphabet="12年月日去今同 月0九二〇民國May June 3,.-/第(（）)\n", max_size=60),
    st.sampled_from([None, "2020", "2020-02", "2020-02-29"]),
)
def test_spans_are_exact_ordered_and_iso(text: str, published: str | None) -> None:
    last = 0
    for mention in dates_in(text, published):
        assert last <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", mention.date)
        assert mention.precision == {4: "year", 7: "month", 10: "day"}[len(mention.date)]
        assert mention.reason
        last = mention.end


@pytest.mark.parametrize("piece", ["12 May ", "2019", "2019年", "5月", "(3", "March ", "九", "last year "])
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    short, long = piece * (6_000 // len(piece)), piece * (24_000 // len(piece))
    fast = min(_seconds(short) for _ in range(2))
    assert _seconds(long) < 4 * 4 * fast + 0.5


def _seconds(text: str) -> float:
    start = time.process_time()
    dates_in(text, "2020-02-12")
    return time.process_time() - start
