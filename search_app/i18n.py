"""In which language does the page speak?  The reader's wish, dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from search_app.request import LANGUAGES

# English dates are written day first, in the order of the Chinese ones reversed: 1 Nov 2018.
_LOCALES = {"en": "en_GB", "zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant"}

# Regions whose readers expect traditional characters (CLDR, likely subtags of "zh").
_TRADITIONAL = {"hant", "tw", "hk", "mo"}

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


def choose_language(wanted: str | None, accepted: Iterable[str]) -> str:
    """Return the language of a page: ``wanted`` if there is such a language, else the reader's first of ours.

    ``accepted`` are language tags, best first, as ``Accept-Language`` orders them.
    """
    if wanted in LANGUAGES:
        return str(wanted)
    for tag in accepted:
        parts = tag.lower().replace("_", "-").split("-")
        if parts[0] == "en":
            return "en"
        if parts[0] == "zh":
            return "zh-Hant" if _TRADITIONAL & set(parts[1:]) and "hans" not in parts else "zh-Hans"
    return LANGUAGES[0]


@lru_cache(maxsize=4096)
def show_date(iso: str | None, language: str) -> str:
    """Return a date as precise as it is known, in the reader's writing; what is no date comes back as it is."""
    match = _DATE.match(iso or "")
    if match is None:
        return iso or ""
    year, month, day = match.groups()
    locale = _LOCALES[language]
    try:
        if day:
            style = "medium" if language == "en" else "long"
            return format_date(date(int(year), int(month), int(day)), style, locale=locale)
        if month:
            skeleton = "yMMM" if language == "en" else "yMMMM"
            return format_skeleton(skeleton, date(int(year), int(month), 1), locale=locale)
    except ValueError:  # the calendar has no such day
        return iso or ""
    return year if language == "en" else f"{year}年"


def show_number(number: int | float, language: str) -> str:
    """Return a number with the grouping of the reader's language; all three group by thousands."""
    if 0 <= number < 1000:
        return f"{number:.12g}"  # in all three as it is
    return format_decimal(number, locale=_LOCALES[language])
