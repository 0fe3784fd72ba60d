"""How do texts write dates?  Finds what is written, and leaves to ``dates`` what it leaves out.

English is scanned from the names of months, from four digits and from a few words, each a literal, and read around
them: a page without dates costs one pass over its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.extract.anchored import Anchored, Anchors, Opened
from indexer.extract.numerals import han_number
from indexer.fold import Folded


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: None for what is left out.  ``base`` says from what the year (and month) are counted."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    base: Literal["", "era", "stated", "published", "published-month", "published-day"] = ""
    shift: int = 0
    unit: Literal["year", "month"] = "year"


# ---------------------------------------------------------------- English

_MONTHS = {
    name: number
    for number, names in enumerate(
        ["January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul", "August Aug",
         "September Sept Sep", "October Oct", "November Nov", "December Dec"], 1)
    for name in names.split()
}  # fmt: skip
_NAMES = sorted(_MONTHS, key=len, reverse=True)
_FULL = frozenset(name for name in _NAMES if len(name) > 4 or name in ("May", "June", "July"))
_MONTH = Anchored(
    re.compile("|".join([*_NAMES, *sorted(map(str.lower, _FULL)), *map(str.upper, _NAMES)])), map(str.lower, _NAMES)
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"
_DAY_BEFORE = re.compile(rf"(?<![\d.,:/])({_DAY})(?: of|(?:[-–]| and | to ){_DAY})? ?\Z")
_DAY_AFTER = re.compile(rf"\.? ({_DAY})(?:[-–]{_DAY})?(?![\w:])(?:,? ({_YEAR})(?!\d))?")
_YEAR_AFTER = re.compile(rf"\.?(?:,| of)? ({_YEAR})(?!\d)")
#: A month alone is one after these words; "may" and "march" are words of every day.
_ALONE = re.compile(
    r"\b(?:in|since|by|until|till|from|during|around|between|early|late|mid|of|and|through|before|after|for)[ -]"
    r"(?:early |late |mid-?)?\Z",
    re.IGNORECASE,
)
_RELATED = re.compile(r"\b(the )?(same|following|next|previous|preceding|last|this|past|that) \Z", re.IGNORECASE)
_FOUR_DIGITS = re.compile(r"1[89]\d\d|20\d\d")
_ISO = re.compile(r"[-/.](1[0-2]|0?[1-9])[-/.](3[01]|[12]\d|0?[1-9])(?!\d)")
_YEAR_RANGE = re.compile(
    r"(?:[-–/]\d\d(?:\d\d)?)?(?![\w%/]|[.,]\d| (?:people|persons|yuan|dollars|cases|members|words|years))"
)
_RELATIONS = ["same", "following", "next", "previous", "preceding", "last", "this", "past", "that"]
_WORDS = Anchored(
    re.compile(rf"yesterday|(?:a|one) year (?:later|earlier|after|before)|(?:{'|'.join(_RELATIONS)}) (?:year|month)"),
    ("yesterday", "a year ", "one year ", *(f"{word} {unit}" for word in _RELATIONS for unit in ("year", "month"))),
)


def english_dates(anchors: Anchors) -> Iterator[Written]:
    """Yield the dates that English writes, in no particular order; they may overlap."""
    text = anchors.text
    for match in _MONTH.finditer(anchors):
        if not _inside_word(text, match.start(), match.end()):
            written = _around_month(text, match)
            if written:
                yield written
    for match in _FOUR_DIGITS.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if not before.isalnum() and before not in tuple("/.,$£€¥#№-_"):
            yield from _around_year(text, match)
    for match in _WORDS.finditer(anchors):
        if not _inside_word(text, match.start(), match.end()):
            yield _relative(text, match.start(), match.end(), match.group().split()[0], match.group())


def _inside_word(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()


def _around_month(text: str, match: re.Match[str]) -> Written | None:
    month = _MONTHS[match.group().capitalize()]
    start, end = match.span()
    year = _YEAR_AFTER.match(text, end)
    day = _DAY_BEFORE.search(text, max(0, start - 16), start)
    if day:
        return Written(day.start(), year.end() if year else end, int(year[1]) if year else None, month, _number(day[1]))
    after = _DAY_AFTER.match(text, end)
    if after and match.group()[0].isupper():
        return Written(start, after.end(), int(after[2]) if after[2] else None, month, _number(after[1]))
    if year:
        return Written(start, year.end(), int(year[1]), month)
    if not match.group()[0].isupper():
        return None
    related = _RELATED.search(text, max(0, start - 16), start)
    if related:
        return _relative(text, related.start(), end, related[2], related.group() + match.group(), month)
    if match.group() in _FULL:
        return Written(start, end, None, month) if _ALONE.search(text, max(0, start - 16), start) else None
    return None


def _around_year(text: str, match: re.Match[str]) -> Iterator[Written]:
    iso = _ISO.match(text, match.end())
    if iso:
        yield Written(match.start(), iso.end(), int(match.group()), int(iso[1]), int(iso[2]))
        return
    end = _YEAR_RANGE.match(text, match.end())
    if end and not text[match.end() : match.end() + 1].isdigit():
        yield Written(match.start(), end.end(), int(match.group()))


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _relative(text: str, start: int, end: int, relation: str, words: str, month: int | None = None) -> Written:
    """Return a date that counts from another; ``relation`` is the word that says how."""
    if text[max(0, start - 4) : start].lower() == "the ":
        start -= 4
    words, relation = words.lower(), relation.lower()
    if relation == "yesterday":
        return Written(start, end, base="published-day", shift=-1)
    unit: Literal["year", "month"] = "month" if "month" in words else "year"
    if relation in ("same", "that"):
        return Written(start, end, month=month, base="stated", unit=unit)
    later = (
        relation == "following" or words.endswith(("later", "after")) or text[start : start + 8].lower() == "the next"
    )
    if later or relation in ("previous", "preceding") or words.endswith(("earlier", "before")):
        return Written(start, end, month=month, base="stated", shift=1 if later else -1, unit=unit)
    shift = {"last": -1, "next": 1}.get(relation, 0)
    if month or unit == "month":
        return Written(start, end, month=month, base="published-month", shift=shift)
    return Written(start, end, base="published", shift=shift)


# ---------------------------------------------------------------- Chinese (over folded text)

_N = r"[0-9]{1,2}|[零〇○一二三四五六七八九十]{1,3}"
_Y = r"[0-9]{4}|[一二][零〇○一二三四五六七八九]{3}"
_CHINESE = Opened(re.compile(
    rf"(?P<era>民国) ?(?P<eray>[0-9]{{1,3}}|[零〇○一二三四五六七八九十百]{{1,5}}"
    rf"|元) ?年(?: ?(?P<eram>{_N}) ?月(?:份)?(?: ?(?P<erad>{_N}) ?[日号])?)?"
    rf"|(?<![0-9])(?P<y>{_Y}) ?年(?!代|来|以来的|前|后的)(?: ?(?P<m>{_N}) ?月份?(?: ?(?P<d>{_N}) ?[日号])?)?"
    rf"|(?P<rel>同年|当年|该年|次年|翌年|隔年|第二年|今年|本年|去年|上年|前年|明年|来年"
    rf"|大前年)(?:的)?(?: ?(?P<rm>{_N}) ?月份?(?: ?(?P<rd>{_N}) ?[日号])?)?"
    rf"|(?P<relm>本月|这个月|上月|上个月|下月|下个月|同月|当月)(?P<reld>{_N})[日号]"
    r"|(?P<relm2>上个?月|同月)(?![份]?\d)"
    rf"|(?P<relday>今日|今天|今晨|今早|今晚|昨日|昨天|昨晚|前日|翌日|次日|同日|当日)(?:\((?:周|星期"
    rf"|礼拜)?[一二三四五六日]?[,、]?(?P<pd>{_N})日\))?"
    rf"|(?<![0-9年.个])(?P<m2>{_N}) ?月(?!球|亮|份额)份?(?: ?(?P<d2>{_N}) ?[日号])?(?!租|薪|费)"
    rf"|(?<=\()(?P<d3>[0-9]{{1,2}})日(?=\))"
    rf"|(?<![0-9月第])(?P<d4>[0-9]{{1,2}})日(?=晚|早|凌晨|清晨|上午|中午|下午|傍晚|深夜)"
), "0123456789零〇○一二三四五六七八九十民同当该次翌隔第今本去上前明来大这下昨")  # fmt: skip
_RELATIVE_YEARS: dict[str, tuple[Literal["stated", "published"], int]] = {
    "同年": ("stated", 0), "当年": ("stated", 0), "该年": ("stated", 0), "次年": ("stated", 1), "翌年": ("stated", 1),
    "隔年": ("stated", 1), "第二年": ("stated", 1), "今年": ("published", 0), "本年": ("published", 0),
    "去年": ("published", -1), "上年": ("published", -1), "前年": ("published", -2), "大前年": ("published", -3),
    "明年": ("published", 1), "来年": ("published", 1),
}  # fmt: skip
_RELATIVE_DAYS = {"昨日": -1, "昨天": -1, "昨晚": -1, "前日": -2}


def chinese_dates(folded: Folded) -> Iterator[Written]:
    """Yield the dates that Chinese writes, in order; offsets count in the original text."""
    if not re.search(r"[\u4e00-\u9fff]", folded.text):
        return
    for match in _CHINESE.finditer(folded.text):
        start, end = folded.original(*match.span())
        month, day = (
            _either(match, "m", "eram", "rm", "m2"),
            _either(match, "d", "erad", "rd", "d2", "d3", "d4", "reld", "pd"),
        )
        if match["era"]:
            years = 1 if match["eray"] == "元" else han_number(match["eray"])
            yield Written(start, end, 1911 + (years or 0), month, day, "era")
        elif match["y"]:
            yield Written(start, end, han_number(match["y"]), month, day)
        elif match["rel"]:
            from_, shift = _RELATIVE_YEARS[match["rel"]]
            yield Written(start, end, None, month, day, from_, shift)
        elif match["relm"] or match["relm2"]:
            words = match["relm"] or match["relm2"]
            shift = {"上": -1, "下": 1}.get(words[0], 0)
            stated = words[0] in "同当"
            yield Written(start, end, None, None, day, "stated" if stated else "published-month", shift, "month")
        elif match["relday"]:
            if match["relday"] in _RELATIVE_DAYS or match["relday"].startswith("今"):
                yield Written(start, end, None, None, day, "published-day", _RELATIVE_DAYS.get(match["relday"], 0))
        elif match["m2"] or match["d3"] or match["d4"]:
            yield Written(start, end, None, month, day)


def _either(match: re.Match[str], *groups: str) -> int | None:
    return next((han_number(match[group]) for group in groups if match[group]), None)
