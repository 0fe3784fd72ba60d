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
from datetime import date
from typing import Literal

from indexer.extract.annotated import AnnotatedText
from indexer.extract.date_forms import Written, chinese_dates, english_dates
from indexer.model import DateMention

Precision = Literal["day", "month", "year"]

_URL = re.compile(r"https?://[^\s，。）】」]+|www\.[^\s，。）】」]+|\+\d[\d -]{7,}")
#: The same with e-mail addresses, which cost many times more to look for.
_URL_OR_MAIL = re.compile(rf"{_URL.pattern}|[\w.+-]{{1,64}}@[\w.-]{{1,255}}")

_RANGE = re.compile(r"\s*(?:and|to|or|until|through|till|[-–—,、及和至到与與])\s*(?:the )?")
#: Before a day without a year: it is still to come.
_TO_COME = re.compile(r"(?:将|將|定|押后至|押後至|延至|改期至?)(?:于|於|在)?\Z")
_ENGLISH_TO_COME = re.compile(
    r"\b(?:(?:adjourned|postponed|put off|delayed) (?:to|until|till)|(?:scheduled|set|due|listed) (?:for|on)"
    r"|(?:continues?|resumes?|reconvenes?) on|(?:will|is to|are to|due to|expected to|plans? to|planning to)"
    r"(?: [\w’'-]+){1,6} on) (?:the |[A-Z][a-z]+day,? )?\Z"
)
#: How far back the words reach that say so, in characters.
_TO_COME_REACH = 70
#: How far from publication, in days, a day without a year is taken for news or an announcement.
_AROUND = 62
_SAME_YEAR_REASONS = {0: "same-year", 1: "next-year", -1: "previous-year"}


def find_dates(annotated: AnnotatedText, published: str | None) -> tuple[DateMention, ...]:
    """Return the dates that a text tells of, in order, spans never overlapping.

    ``published`` is the ISO date of publication as precise as known, or None; without it, dates that count from it
    ("last year", 去年) are left out.  Addresses and phone numbers hold no dates.  Linear in the length of the text.
    """
    text = annotated.text
    silent = [match.span() for match in (_URL_OR_MAIL if "@" in text else _URL).finditer(text)]
    written = [w for w in _written(annotated) if not _inside(w, silent)]
    resolver = _Resolver(text, published, written)
    return tuple(mention for w in written if (mention := resolver.resolve(w)))


def _inside(written: Written, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (written.start, 1 << 60)) - 1
    return index >= 0 and written.start < spans[index][1]


def _written(text: AnnotatedText) -> list[Written]:
    found = sorted([*english_dates(text.anchors), *chinese_dates(text.folded)], key=lambda w: (w.start, -w.end))
    kept: list[Written] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


# ---------------------------------------------------------------- what is left out


class _Resolver:
    """Fills in what dates leave out, reading the text from its beginning."""

    def __init__(self, text: str, published: str | None, written: list[Written]) -> None:
        self._text = text
        self._written = written
        self._index = -1
        parts = [int(part) for part in published.split("-")] if published else []
        self._year, self._month, self._day = (*parts, None, None, None)[:3]
        self._last: tuple[int, int | None] | None = None  # the year and month resolved last
        self._last_at = 0
        self._last_year: tuple[int | None, int] = (None, 0)  # the year stated last, and where
        self._frame: tuple[int | None, int] = (None, 0)  # "In 2019, …", at most a year before publication

    def resolve(self, written: Written) -> DateMention | None:
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

    def _fill(self, w: Written) -> tuple[int, int | None, int | None, str] | None:
        if w.year is not None:
            return w.year, w.month, w.day if w.month else None, "era" if w.base == "era" else "stated"
        if w.base == "stated":
            return self._from_stated(w)
        if w.base:
            return self._from_publication(w)
        return self._alone(w)

    def _from_stated(self, w: Written) -> tuple[int, int | None, int | None, str] | None:
        if self._last is None:
            return None
        year, month = self._last
        if w.unit == "month":  # 同月5日, "the following month"
            if month is None:
                return None
            ordinal = year * 12 + month - 1 + w.shift
            return ordinal // 12, ordinal % 12 + 1, w.day, _SAME_YEAR_REASONS[w.shift]
        return year + w.shift, w.month, w.day, _SAME_YEAR_REASONS[w.shift]

    def _from_publication(self, w: Written) -> tuple[int, int | None, int | None, str] | None:
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

    def _alone(self, w: Written) -> tuple[int, int | None, int | None, str] | None:
        if w.month is None:
            return self._day_alone(w) if w.day else None
        if self._year is not None and self._is_to_come(w):
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

    def _is_to_come(self, w: Written) -> bool:
        """Say whether the words before a day tell that it is still to come: 押后至, "will be sentenced on"."""
        if _TO_COME.search(self._text, max(0, w.start - 6), w.start):
            return True
        before = self._text[max(0, w.start - _TO_COME_REACH) : w.start]
        return w.day is not None and _ENGLISH_TO_COME.search(before) is not None

    def _year_after(self, w: Written) -> int | None:
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

    def _day_alone(self, w: Written) -> tuple[int, int | None, int | None, str] | None:
        """Resolve 27日: in the month named just before, else the last such day before publication."""
        assert w.day is not None
        if self._last and self._last[1] and "\n" not in self._text[self._last_at : w.start] and not w.base:
            return *self._last, w.day, "nearest"
        if self._year is None or self._month is None:
            return None
        months = self._year * 12 + self._month - 1 - int(self._day is not None and w.day > self._day)
        return months // 12, months % 12 + 1, w.day, "around-publication"
