"""How is a calendar date written?  Reads English and Chinese dates, whatever they are the dates of.

Dates are ISO and as precise as written: "2018-11-01", "2018-11", "2018".  Years reach from 1900 to 2099.
Known layouts: February 12, 2020 · 12 February 2020 · February 2020 · February 3-9, 2020 (the month) · 2020-02-12 ·
二〇二〇年二月十二日 · 民國109年2月12日.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as calendar_date

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_HAN_DIGITS = {**{digit: value for value, digit in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0, "元": 1}
_HAN = "〇○零一二三四五六七八九十"

#: How a date can be laid out.  A site prints the dates of all its posts in one layout.
_LAYOUTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("month-day-year", rf"\b{_MONTH}\s*{_DAY}\s*,?\s+{_YEAR}\b"),
        ("day-month-year", rf"(?<![\d.,–-])\b{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}\b"),
        ("days-of-month", rf"\b{_MONTH}\s*\d{{1,2}}\s*[-–]\s*\d{{1,2}}\s*,?\s+{_YEAR}\b"),
        ("month-year", rf"\b{_MONTH},?\s+{_YEAR}\b"),
        ("iso", rf"(?<![\d/.-]){_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?=\D|T|$)"),
        ("numbers", r"(?<![\d/.-])(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)" + _YEAR + r"\b"),
        (
            "han",
            rf"(?:(?:公元|西元)?(?P<year>(?:19|20)\d\d|[{_HAN[:-1]}]{{4}})|(?:中[華华])?民[國国]\s*(?P<republic>\d{{2,3}}|[{_HAN}元廿卅]{{1,5}}))"
            rf"\s*年(?:\s*(?P<month>1[0-2]|0?\d|[{_HAN}正]{{1,2}})\s*月(?:\s*(?P<day>[0-3]?\d|[{_HAN}廿卅]{{1,3}})\s*[日号號])?)?",
        ),
    )
)  # fmt: skip
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}

_WEEKDAY = re.compile(
    r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b[.,]*"
    r"|[（(]?(?:星期|[週周]|礼拜|禮拜)[一二三四五六日天][）)]?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[\s,]*(?:at|@|-|T)?\s*(?:上午|下午|中午|晚上|凌晨)?\s*\d{1,2}[:：時时点]\d{2}分?(?::\d{2})?(?:\.\d+)?"
    r"\s*(?:[ap]\.?m\b\.?)?\s*(?:Z|UTC|GMT|[A-Z]{2,4}T)?\b\s*(?:[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[\s,，.。()（）\[\]【】:：|/-]*\Z")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it stands in its line; ``layout`` names the way it is written."""

    start: int
    end: int
    date: str
    layout: str


def find_date(text: str, start: int = 0) -> FoundDate | None:
    """Return the first calendar date at or after ``start``, the longest where several begin together, or None."""
    plain = text.translate(_FULL_WIDTH)
    best: FoundDate | None = None
    for layout, pattern in _LAYOUTS:
        for match in pattern.finditer(plain, start):
            date = _iso(layout, match)
            if date is None:
                continue
            if best is None or (match.start(), -match.end()) < (best.start, -best.end):
                best = FoundDate(match.start(), match.end(), date, layout)
            break
    return best


def stated_date(value: str) -> str | None:
    """Return the ISO date that a field such as ``date:`` of a front matter or a row states, or None.

    Takes what ``find_date`` takes, with a time or a weekday around it, and "2018", "2018-11" and "20181101".
    """
    plain = value.strip().translate(_FULL_WIDTH)
    if re.fullmatch(r"(?:19|20)\d\d(?:年)?", plain):
        return plain[:4]
    if short := re.fullmatch(r"((?:19|20)\d\d)[-/.]([01]?\d)", plain):
        return checked_date(int(short[1]), int(short[2]), None)
    if compact := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", plain):
        return checked_date(*map(int, compact.groups()))
    found = find_date(plain)
    if found is None:
        return None
    before, after = around(plain, found)
    return found.date if _NOTHING.match(before) and _NOTHING.match(after) else None


def around(text: str, found: FoundDate) -> tuple[str, str]:
    """Return what stands before and after a date, without the weekday and the time of day that belong to it."""
    before, after = text[: found.start], _TIME.sub("", text[found.end :], count=1)
    return _WEEKDAY.sub("", before), _WEEKDAY.sub("", after)


def _iso(layout: str, match: re.Match[str]) -> str | None:
    if layout == "han":
        return _han_iso(match)
    year = int(match["year"])
    if layout == "iso":
        return checked_date(year, int(match["month"]), int(match["day"]))
    if layout == "numbers":
        return _from_two_numbers(year, int(match["first"]), int(match["second"]))
    month = _MONTHS[match["month"][:3].lower()]
    return checked_date(year, month, None if layout in ("month-year", "days-of-month") else int(match["day"]))


def _from_two_numbers(year: int, first: int, second: int) -> str | None:
    """1/2/2020 is January in one country and February in the next: then only the year is known."""
    if first == second or first > 12:
        return checked_date(year, second, first)
    if second > 12:
        return checked_date(year, first, second)
    return str(year)


def _han_iso(match: re.Match[str]) -> str | None:
    written, republic = match["year"], match["republic"]
    if written is not None:
        year = int("".join(str(_HAN_DIGITS.get(digit, digit)) for digit in written))
    else:
        year = _han_number(republic) + 1911
    if not 1900 <= year <= 2099:
        return None
    month = 1 if match["month"] == "正" else _han_number(match["month"]) if match["month"] else None
    return checked_date(year, month, _han_number(match["day"]) if match["day"] else None)


def _han_number(written: str) -> int:
    """Read 12, 十二, 二十, 廿三 or 一〇九."""
    if written.isascii():
        return int(written)
    if "百" in written or not set(written) & set("十廿卅"):
        return int("".join(str(_HAN_DIGITS.get(digit, 0)) for digit in written))
    tens, _, ones = written.replace("廿", "二十").replace("卅", "三十").partition("十")
    return (_HAN_DIGITS.get(tens, 1) if tens else 1) * 10 + (_HAN_DIGITS.get(ones, 0) if ones else 0)


def checked_date(year: int, month: int | None, day: int | None) -> str | None:
    if month is None:
        return f"{year:04}"
    try:
        calendar_date(year, month, 1 if day is None else day)
    except ValueError:
        return None
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"
