"""Which numbers and dates does a text state?  English and Chinese, in figures and in words.

For the tests of the collection: "thirteen", "13" and 十三 are one number; "26 December 2019", "December 26, 2019"
and 2019年12月26日 are one date.  A day, month or year that belongs to a date is no number; a bare year is a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip

_ONES = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_WORDS = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12} | {
    word.removesuffix("y") + ("ieth" if word.endswith("y") else "th"): value
    for word, value in _WORDS.items()
    if word not in ("one", "two", "three", "five", "eight", "nine", "twelve")
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_PAIRS = {"both": 2, "twice": 2, "couple": 2, "pair": 2}

_DIGITS = {"零": 0, "〇": 0, "○": 0} | {c: i for i, c in enumerate("一二三四五六七八九", 1)} | {"两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_HAN_NUMBER = "[零〇○一二三四五六七八九十百千万萬亿億两兩]"

#: What must follow a numeral of one character for it to be a number: 两人 is two, 两岸 is not.
_COUNTED = ("名位人个個年月日次项項份起家间間国國天周週岁歲届屆批封场場篇条條款宗件种種类類部级級季倍所座轮輪处處"
            "支点點多余餘方")  # fmt: skip
_AFTER = "第数數上逾近成"

_EN_MONTH = "|".join(MONTHS)
_EN_DATE = re.compile(
    rf"(?:(?<!\d)(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b(?P<month>{_EN_MONTH})\b"
    r"(?:\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?![\d]))?(?:,?\s+(?P<year>\d{4})\b)?"
)
_ZH_DATE = re.compile(
    rf"(?:(?P<year>\d{{4}}|{_HAN_NUMBER}{{4}})\s*年\s*)?(?<![\d.])(?P<month>\d{{1,2}}|{_HAN_NUMBER}{{1,2}})\s*月"
    rf"(?:\s*(?P<day>\d{{1,2}}|{_HAN_NUMBER}{{1,3}})\s*[日号號])?"
)
_ISO_DATE = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_YEAR = re.compile(
    r"(?<![\d.,])(?P<figures>(?:1[89]|20)\d\d)(?![\d,]*\d)|(?P<han>[一二][〇零○一二三四五六七八九]{3})年"
)
_FIGURES = re.compile(
    r"(?<![A-Za-z\d.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![A-Za-z]*\d)(?:\s*(万|萬|亿|億|thousand|million|billion))?"
)
_HAN = re.compile(f"{_HAN_NUMBER}+")
_APPROXIMATELY = re.compile("(?<=[一二三四五六七八九十百千])[多余餘](?=[万萬亿億])")
_HALF_YEARS = re.compile(rf"(\d+|{_HAN_NUMBER}+)\s*年半")
_EN_HALF = re.compile(r"\b([a-z]+|\d+) and a half\b")
_LATIN = re.compile(r"[a-z]+")
_ONE_OF_TIME = re.compile(r"\ba (?=(?:year|month|week|day|decade)\b)")


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as the text gives it; ``month`` is None for a bare year, ``year`` None for "12 June"."""

    year: int | None
    month: int | None
    day: int | None

    def __str__(self) -> str:
        return "-".join("?" if part is None else f"{part:02}" for part in (self.year, self.month, self.day))

    def supported_by(self, others: set[Date]) -> bool:
        """Say whether ``others`` state this date; a year may stand apart from its month and day, not against it."""
        years = {other.year for other in others}
        if self.month is None:
            return self.year in years
        for other in others:
            if other.month == self.month and (self.day is None or other.day == self.day):
                if self.year is None or other.year == self.year:
                    return True
                if other.year is None and self.year in years:
                    return True
        return False


@dataclass(frozen=True, slots=True)
class Stated:
    """The numbers and dates of one text."""

    numbers: frozenset[float]
    dates: frozenset[Date]


def stated(text: str) -> Stated:
    """Return what ``text`` states in figures, in English number words and in Chinese numerals."""
    dates: set[Date] = set()

    def take(match: re.Match[str]) -> str:
        parts = match.groupdict()
        month = parts["month"]
        day = parts.get("day") or parts.get("d1") or parts.get("d2")
        number = MONTHS.index(month) + 1 if month in MONTHS else _whole(month)
        dates.add(Date(_whole(parts["year"]), number, _whole(day)))
        return " ※ "

    def take_year(match: re.Match[str]) -> str:
        dates.add(Date(_whole(match["figures"] or match["han"]), None, None))
        return " ※ "

    for pattern in (_ISO_DATE, _EN_DATE, _ZH_DATE):
        text = pattern.sub(take, text)
    text = _YEAR.sub(take_year, text)
    return Stated(frozenset(_numbers(text)), frozenset(dates))


def _numbers(text: str) -> set[float]:
    found: set[float] = set()

    def take_half(match: re.Match[str]) -> str:
        value = _figure(match[1])
        if value is None:
            return match[0]
        found.add(value + 0.5)
        return " ※ "

    def take_figure(match: re.Match[str]) -> str:
        scale = _MYRIADS.get(match[3] or "") or _SCALES.get(match[3] or "", 1)
        found.add(round(float(match[1].replace(",", "") + (match[2] or "")) * scale, 6))
        return " ※ "

    text = _EN_HALF.sub(take_half, _HALF_YEARS.sub(take_half, text.lower()))
    text = _FIGURES.sub(take_figure, text)
    found.update(_english(_ONE_OF_TIME.sub("one ", text)))
    found.update(_chinese(text))
    return found


def _figure(written: str) -> float | None:
    """Return the value of one numeral, or None for a word that is none."""
    if written.isdigit():
        return float(written)
    if written in _WORDS:
        return float(_WORDS[written])
    if any(c not in _DIGITS and c not in _UNITS and c not in _MYRIADS for c in written):
        return None
    return float(_han_value(written))


def _whole(written: str | None) -> int | None:
    value = _figure(written) if written else None
    return None if value is None else int(value)


def _han_value(numeral: str) -> int:
    if len(numeral) > 1 and all(c in _DIGITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = section = digit = 0
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        elif _MYRIADS[c] == 10_000:
            total += (section + digit or 1) * 10_000
            section = digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIADS[c]
            section = digit = 0
    return total + section + digit


def _chinese(text: str) -> set[float]:
    found = set()
    text = _APPROXIMATELY.sub("", text)
    for match in _HAN.finditer(text):
        numeral, before, after = match[0], text[: match.start()][-1:], text[match.end() :][:1]
        if numeral == "六四":  # the date of 4 June as a name
            continue
        if (
            numeral == "一"
            and (after not in tuple("年月日周週岁歲") or before in tuple("这這那同某另每"))
            and before != "第"
        ):
            continue  # 一 is an article far more often than a number
        if len(numeral) > 1 or (after and after in _COUNTED) or (before and before in _AFTER):
            found.add(float(_han_value(numeral)))
    return found


def _english(text: str) -> set[float]:
    found: set[float] = set()
    total = current = 0
    open_number = False

    def close() -> None:
        nonlocal total, current, open_number
        if open_number:
            found.add(float(total + current))
        total = current = 0
        open_number = False

    end = -2
    for match in _LATIN.finditer(text):
        word = match[0]
        joined = text[end : match.start()] in (" ", "-") if end >= 0 else False
        if not joined:
            close()
        if word in _WORDS and (word != "one" or current >= 20 or _counts(text, match.end())):
            if open_number and _WORDS[word] >= 10 and current % 100:
                close()
            current += _WORDS[word]
            open_number = True
        elif word in _SCALES and (open_number or word == "dozen"):
            current = (current or 1) * _SCALES[word]
            if word not in ("hundred", "dozen"):
                total, current = total + current, 0
            open_number = True
        elif word in _ORDINALS:
            current += _ORDINALS[word]
            open_number = True
            close()
        elif word.removesuffix("s") in _SCALES:  # "thousands": the order is what is stated
            close()
            found.update({12.0, 10.0} if word.startswith("dozen") else {float(_SCALES[word.removesuffix("s")])})
        elif word in _PAIRS:
            close()
            found.add(float(_PAIRS[word]))
        elif not (word == "and" and current and current % 100 == 0):
            close()
        end = match.end()
    close()
    return found


def _counts(text: str, end: int) -> bool:
    """Say whether "one" counts something measured; elsewhere it is an article or a pronoun."""
    return re.match(r"[ -](?:hundred|thousand|million|billion|years?|months?|days?|weeks?)\b", text[end:]) is not None
