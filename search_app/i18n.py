"""In which language does the page speak?  Catalogues, the reader's wish, dates and numbers.

Catalogues are gettext files in ``translations``: ``en``, ``zh_Hans``, ``zh_Hant``.  The repository keeps the
``.po``; ``compile_catalogues`` writes the ``.mo`` beside them when the package is built.  Where a ``.mo`` is
missing or older than its ``.po``, the catalogue is compiled in memory, so that nothing depends on a build.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from search_app.request import LANGUAGES

FOLDER = Path(__file__).parent / "translations"

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


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the catalogue of an interface language; read once in the life of the process."""
    compiled = FOLDER / language.replace("-", "_") / "LC_MESSAGES" / "messages.mo"
    source = compiled.with_suffix(".po")
    if compiled.is_file() and (not source.is_file() or compiled.stat().st_mtime >= source.stat().st_mtime):
        return Translations(io.BytesIO(compiled.read_bytes()))
    return Translations(io.BytesIO(_compiled(source)))


def compile_catalogues(folder: Path = FOLDER) -> list[Path]:
    """Write a ``.mo`` beside every ``.po`` under ``folder`` and return the files written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        target.write_bytes(_compiled(source))
        written.append(target)
    return written


def _compiled(source: Path) -> bytes:
    with source.open("rb") as file:
        messages = read_po(file)
    buffer = io.BytesIO()
    write_mo(buffer, messages)
    return buffer.getvalue()


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
