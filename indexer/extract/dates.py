"""Which dates does a text tell of?

A date is given as precisely as the text does: "2019-12-26", "2019-12" or "2019".  What the text leaves out is
filled in only from what it states elsewhere, and the mention's ``reason`` says from where:

``stated``      year (and month, day) stand in the words themselves
``era``         民國 years, counted from 1912
``same-year``, ``next-year``, ``previous-year``   同年, "the following year" …: from the year stated last
``published``   去年, "last month" …: from the date of publication
``nearest``     day or month alone: the year stated last, in the same paragraph or at most a year before publication
``around-publication``   day or month alone, no such year: the date within two months of publication, the next one
                (將於9月7日) or the last one before it

A date that nothing resolves is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from indexer.extract.numerals import han_number
from indexer.fold import fold
from indexer.model import DateMention

Precision = Literal["day", "month", "year"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        ["January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul", "August Aug",
         "September Sept Sep", "October Oct", "November Nov", "December Dec"], 1)
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"

_ENGLISH = re.compile(
    rf"\b(?P<d1>{_DAY})(?: of|[-–]| and| to)? ?(?:{_DAY} )?(?P<m1>(?i:{_MONTH}))(?:,? (?P<y1>{_YEAR})\b)?(?!\d)"
    rf"|\b(?P<m2>{_MONTH}) (?P<d2>{_DAY})(?:[-–]{_DAY})?\b(?:,? (?P<y2>{_YEAR})\b)?(?![\d:])"
    rf"|\b(?P<m3>{_MONTH})(?:,| of)? (?P<y3>{_YEAR})\b"
    rf"|\b(?P<y4>{_YEAR})[-/.](?P<m4>1[0-2]|0?[1-9])[-/.](?P<d4>3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|\b(?P<rel>(?:the )?(?:same|following|next|previous|preceding|last|this|past|that) (?:year|month"
    rf"|(?P<rm>{_MONTH}))|yesterday"
    r"|(?:a|one) year (?:later|earlier|after|before))\b"
    rf"|(?:\b(?i:in|since|by|until|till|from|during|around|between|early|late|mid|of|and|through|before"
    rf"|after|for)[ -](?:early |late |mid-?)?)"
    rf"(?P<m5>January|February|March|April|May|June|July|August|September|October|November|December)\b(?! \d)"
    rf"|(?<![\d/.,$£€¥#№-])\b(?P<y5>{_YEAR})(?:[-–/](?P<y5end>\d\d(?:\d\d)?))?\b(?![\d%/]|[.,]\d| (?:people"
    rf"|persons|yuan|dollars|cases|members|words|years))"
)  # fmt: skip
_URL = re.compile(r"(?:https?://|www\.)[^\s，。）】」]+|\S+@\S+|\+\d[\d -]{7,}")

_N = r"[0-9]{1,2}|[零〇○一二三四五六七八九十]{1,3}"
_Y = r"[0-9]{4}|[一二][零〇○一二三四五六七八九]{3}"
_CHINESE = re.compile(
    rf"(?P<era>民国) ?(?P<eray>[0-9]{{1,3}}|[零〇○一二三四五六七八九十百]{{1,5}}"
    rf"|元) ?年(?: ?(?P<eram>{_N}) ?月(?:份)?(?: ?(?P<erad>{_N}) ?[日号])?)?"
    rf"|(?<![0-9])(?P<y>{_Y}) ?年(?!代|来|以来的|前|后的)(?: ?(?P<m>{_N}) ?月份?(?: ?(?P<d>{_N}) ?[日号])?)?"
    rf"|(?P<rel>同年|当年|该年|次年|翌年|隔年|第二年|今年|本年|去年|上年|前年|明年|来年"
    rf"|大前年)(?:的)?(?: ?(?P<rm>{_N}) ?月份?(?: ?(?P<rd>{_N}) ?[日号])?)?"
    rf"|(?P<relm>本月|这个月|上月|上个月|下月|下个月|同月|当月)(?P<reld>{_N})[日号]"
    r"|(?P<relm2>上个?月|同月)(?![份]?\d)"
    rf"|(?P<relday>今日|今天|今晨|今早|今晚|昨日|昨天|昨晚|前日|翌日|次日|同日|当日)(?:\((?:周|星期|礼拜)?[一二三四五六日]?[,、]?(?P<pd>{_N})日\))?"
    rf"|(?<![0-9年.个])(?P<m2>{_N}) ?月(?!球|亮|份额)份?(?: ?(?P<d2>{_N}) ?[日号])?(?!租|薪|费)"
    rf"|(?<=\()(?P<d3>[0-9]{{1,2}})日(?=\))"
    rf"|(?<![0-9月第])(?P<d4>[0-9]{{1,2}})日(?=晚|早|凌晨|清晨|上午|中午|下午|傍晚|深夜)"
)  # fmt: skip
_RELATIVE_YEARS: dict[str, tuple[Literal["stated", "published"], int]] = {
    "同年": ("stated", 0), "当年": ("stated", 0), "该年": ("stated", 0), "次年": ("stated", 1), "翌年": ("stated", 1),
    "隔年": ("stated", 1), "第二年": ("stated", 1), "今年": ("published", 0), "本年": ("published", 0),
    "去年": ("published", -1), "上年": ("published", -1), "前年": ("published", -2), "大前年": ("published", -3),
    "明年": ("published", 1), "来年": ("published", 1),
}  # fmt: skip
_RANGE = re.compile(r"\s*(?:and|to|or|until|through|till|[-–—,、及和至到与與])\s*(?:the )?")
#: Before a day without a year: it is still to come.
_TO_COME = re.compile(r"(?:将|將|定|押后至|押後至|延至|改期至?)(?:于|於|在)?\Z")
#: How far from publication, in days, a day without a year is taken for news or an announcement.
_AROUND = 62
_RELATIVE_DAYS = {"昨日": -1, "昨天": -1, "昨晚": -1, "前日": -2}
_SAME_YEAR_REASONS = {0: "same-year", 1: "next-year", -1: "previous-year"}


@dataclass(frozen=True, slots=True)
class _Written:
    """A date as written: None for what is left out.  ``base`` says from what the year (and month) are counted."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    base: Literal["", "era", "stated", "published", "published-month", "published-day"] = ""
    shift: int = 0
    unit: Literal["year", "month"] = "year"


def find_dates(text: str, published: str | None) -> tuple[DateMention, ...]:
    """Return the dates that ``text`` tells of, in order, spans never overlapping.

    ``published`` is the ISO date of publication as precise as known, or None; without it, dates that count from it
    ("last year", 去年) are left out.  Addresses and phone numbers hold no dates.  Linear in the length of the text.
    """
    silent = [match.span() for match in _URL.finditer(text)]
    written = [w for w in _written(text) if not _inside(w, silent)]
    resolver = _Resolver(text, published, written)
    return tuple(mention for w in written if (mention := resolver.resolve(w)))


def _inside(written: _Written, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (written.start, 1 << 60)) - 1
    return index >= 0 and written.start < spans[index][1]


def _written(text: str) -> list[_Written]:
    found = sorted([*_english(text), *_chinese(text)], key=lambda w: (w.start, -w.end))
    kept: list[_Written] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


# ---------------------------------------------------------------- English


def _english(text: str) -> Iterator[_Written]:
    for match in _ENGLISH.finditer(text):
        start, end = match.span()
        group = match.groupdict()
        for n in "1234":
            month = group.get(f"m{n}")
            if month:
                day, year = group.get(f"d{n}"), group.get(f"y{n}")
                number = int(month) if month.isdigit() else _MONTHS[month.rstrip(".").capitalize()]
                yield _Written(start, end, int(year) if year else None, number, _day(day))
                break
        else:
            if group["m5"]:
                yield _Written(match.start("m5"), match.end("m5"), None, _MONTHS[group["m5"]])
            elif group["y5"]:
                yield _Written(match.start("y5"), end, int(group["y5"]))
            elif group["rel"]:
                yield _english_relative(match)


def _day(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


def _english_relative(match: re.Match[str]) -> _Written:
    words = match["rel"].lower()
    start, end = match.span("rel")
    month = _MONTHS[match["rm"].rstrip(".")] if match["rm"] else None
    if words == "yesterday":
        return _Written(start, end, base="published-day", shift=-1)
    unit: Literal["year", "month"] = "month" if "month" in words else "year"
    if "same" in words or "that" in words:
        return _Written(start, end, month=month, base="stated", unit=unit)
    if "following" in words or "later" in words or "after" in words or words.startswith("the next"):
        return _Written(start, end, month=month, base="stated", shift=1, unit=unit)
    if "previous" in words or "preceding" in words or "earlier" in words or "before" in words:
        return _Written(start, end, month=month, base="stated", shift=-1, unit=unit)
    shift = {"last": -1, "next": 1}.get(words.removeprefix("the ").split()[0], 0)
    if month:
        return _Written(start, end, month=month, base="published-month", shift=shift)
    if "month" in words:
        return _Written(start, end, base="published-month", shift=shift)
    return _Written(start, end, base="published", shift=shift)


# ---------------------------------------------------------------- Chinese


def _chinese(text: str) -> Iterator[_Written]:
    if not re.search(r"[\u4e00-\u9fff]", text):
        return
    folded = fold(text)
    for match in _CHINESE.finditer(folded.text):
        start, end = folded.original(*match.span())
        month, day = (
            _either(match, "m", "eram", "rm", "m2"),
            _either(match, "d", "erad", "rd", "d2", "d3", "d4", "reld", "pd"),
        )
        if match["era"]:
            years = 1 if match["eray"] == "元" else han_number(match["eray"])
            yield _Written(start, end, 1911 + (years or 0), month, day, "era")
        elif match["y"]:
            yield _Written(start, end, han_number(match["y"]), month, day)
        elif match["rel"]:
            from_, shift = _RELATIVE_YEARS[match["rel"]]
            yield _Written(start, end, None, month, day, from_, shift)
        elif match["relm"] or match["relm2"]:
            words = match["relm"] or match["relm2"]
            shift = {"上": -1, "下": 1}.get(words[0], 0)
            stated = words[0] in "同当"
            yield _Written(start, end, None, None, day, "stated" if stated else "published-month", shift, "month")
        elif match["relday"]:
            if match["relday"] in _RELATIVE_DAYS or match["relday"].startswith("今"):
                yield _Written(start, end, None, None, day, "published-day", _RELATIVE_DAYS.get(match["relday"], 0))
        elif match["m2"] or match["d3"] or match["d4"]:
            yield _Written(start, end, None, month, day)


def _either(match: re.Match[str], *groups: str) -> int | None:
    return next((han_number(match[group]) for group in groups if match[group]), None)


# ---------------------------------------------------------------- what is left out


class _Resolver:
    """Fills in what dates leave out, reading the text from its beginning."""

    def __init__(self, text: str, published: str | None, written: list[_Written]) -> None:
        self._text = text
        self._written = written
        self._index = -1
        parts = [int(part) for part in published.split("-")] if published else []
        self._year, self._month, self._day = (*parts, None, None, None)[:3]
        self._last: tuple[int, int | None] | None = None  # the year and month resolved last
        self._last_at = 0
        self._last_year: tuple[int | None, int] = (None, 0)  # the year stated last, and where
        self._frame: tuple[int | None, int] = (None, 0)  # "In 2019, …", at most a year before publication

    def resolve(self, written: _Written) -> DateMention | None:
        """Return the mention with its full date, or None.  To be called for each date in turn."""
        self._index += 1
        filled = self._fill(written)
        if filled is None:
            return None
        year, month, day, reason = filled
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            return None
        self._last, self._last_at = (year, month), written.start
        if reason not in ("nearest", "around-publication"):
            self._last_year = (year, written.start)
            # "In 2019, …" frames what follows; "since October 2019" tells only of itself.
            if self._year is not None and 0 <= self._year - year <= 1 and not month:
                self._frame = self._last_year
        precision: Precision = "day" if day else "month" if month else "year"
        iso = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day and month else "")
        return DateMention(written.start, written.end, self._text[written.start : written.end], iso, precision, reason)

    def _fill(self, w: _Written) -> tuple[int, int | None, int | None, str] | None:
        if w.year is not None:
            return w.year, w.month, w.day if w.month else None, "era" if w.base == "era" else "stated"
        if w.base == "stated":
            return self._from_stated(w)
        if w.base:
            return self._from_publication(w)
        return self._alone(w)

    def _from_stated(self, w: _Written) -> tuple[int, int | None, int | None, str] | None:
        if self._last is None:
            return None
        year, month = self._last
        if w.unit == "month":  # 同月5日, "the following month"
            if month is None:
                return None
            ordinal = year * 12 + month - 1 + w.shift
            return ordinal // 12, ordinal % 12 + 1, w.day, _SAME_YEAR_REASONS[w.shift]
        return year + w.shift, w.month, w.day, _SAME_YEAR_REASONS[w.shift]

    def _from_publication(self, w: _Written) -> tuple[int, int | None, int | None, str] | None:
        if self._year is None:
            return None
        if w.base == "published":
            return self._year + w.shift, w.month, w.day, "published"
        if self._month is None:
            return None
        if w.base == "published-month":
            if w.month:  # "last November"
                earlier = w.month >= self._month if w.shift < 0 else w.month > self._month and w.shift == 0
                return (
                    self._year - int(earlier) + int(w.shift > 0 and w.month <= self._month),
                    w.month,
                    None,
                    "published",
                )
            ordinal = self._year * 12 + self._month - 1 + w.shift
            return ordinal // 12, ordinal % 12 + 1, w.day, "published"
        if self._day is None:
            return None
        if w.day:  # 昨日（19日）
            return self._day_alone(w)
        day = date.fromordinal(date(self._year, self._month, self._day).toordinal() + w.shift)
        return day.year, day.month, day.day, "published"

    def _alone(self, w: _Written) -> tuple[int, int | None, int | None, str] | None:
        if w.month is None:
            return self._day_alone(w) if w.day else None
        if self._year is not None and _TO_COME.search(self._text, max(0, w.start - 6), w.start):
            late = self._month is not None and w.month < self._month
            return self._year + int(late), w.month, w.day, "around-publication"
        ahead = self._year_after(w)
        if ahead is not None:
            return ahead, w.month, w.day, "nearest"
        around = self._around_publication(w.month, w.day)
        for (year, where), frames in ((self._last_year, False), (self._frame, True)):
            if year is None:
                continue
            same_paragraph = w.start - where < 4000 and "\n" not in self._text[where : w.start]
            if around is not None and w.day and around != year and not (same_paragraph and around - year == 1):
                continue  # an announcement or news of the day beside an older year
            if same_paragraph or frames or self._year is None:
                return year, w.month, w.day, "nearest"
        if self._year is None:
            return None
        later = self._month is not None and around is None and w.month > self._month
        return around if around is not None else self._year - int(later), w.month, w.day, "around-publication"

    def _year_after(self, w: _Written) -> int | None:
        """Return the year of "30 March" in "between 30 March and 16 April 2020"."""
        following = self._written[self._index + 1] if self._index + 1 < len(self._written) else None
        if following is None or not following.year or not following.month or following.start - w.end > 12:
            return None
        return following.year if _RANGE.fullmatch(self._text, w.end, following.start) else None

    def _around_publication(self, month: int, day: int | None) -> int | None:
        """Return the year in which month (and day) lie at most two months from publication, None if in none."""
        if self._year is None or self._month is None:
            return None
        here = date(self._year, self._month, self._day or 15).toordinal()
        for year in (self._year, self._year - 1, self._year + 1):
            try:
                if abs(date(year, month, day or 15).toordinal() - here) <= _AROUND:
                    return year
            except ValueError:
                continue
        return None

    def _day_alone(self, w: _Written) -> tuple[int, int | None, int | None, str] | None:
        """Resolve 27日: in the month named just before, else the last such day before publication."""
        assert w.day is not None
        if self._last and self._last[1] and "\n" not in self._text[self._last_at : w.start] and not w.base:
            return *self._last, w.day, "nearest"
        if self._year is None or self._month is None:
            return None
        months = self._year * 12 + self._month - 1 - int(self._day is not None and w.day > self._day)
        return months // 12, months % 12 + 1, w.day, "around-publication"
