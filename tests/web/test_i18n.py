"""Catalogues, choice of language, dates."""

from __future__ import annotations

import gettext
import shutil
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import search_app
from search_app.catalogues import FOLDER, compile_catalogues
from search_app.i18n import choose_language, show_date
from search_app.request import LANGUAGES

METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2)}


def messages() -> set[str]:
    found = extract_from_dir(str(Path(search_app.__file__).parent), METHODS, {"templates/**.html": {"trimmed": "true"}},
                             KEYWORDS)  # fmt: skip
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_every_message_is_in_every_catalogue(locale: str) -> None:
    with (FOLDER / locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file)
    translated = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in catalogue
        if message.id and all(message.string if isinstance(message.string, tuple) else [message.string])
    }
    assert messages() - translated == set()
    assert translated - messages() == set(), "no page says this any more"
    assert not list(catalogue.check()), "placeholders differ"


def test_compiled_catalogues_are_what_gettext_reads(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    assert [file.parts[-3] for file in compile_catalogues(tmp_path)] == ["en", "zh_Hans", "zh_Hant"]
    with (tmp_path / "zh_Hant" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Found") == "檢得"


@pytest.mark.parametrize(
    ("wanted", "accepted", "chosen"),
    [
        ("zh-Hant", ["en"], "zh-Hant"),
        (None, ["zh-CN", "en"], "zh-Hans"),
        (None, ["zh-TW"], "zh-Hant"),
        (None, ["zh-HK", "zh"], "zh-Hant"),
        (None, ["zh-Hans-HK"], "zh-Hans"),
        (None, ["fr", "zh"], "zh-Hans"),
        (None, ["fr"], "en"),
        ("tlh", ["en-GB"], "en"),
        (None, [], "en"),
    ],
)
def test_the_language_is_the_readers_first_that_we_have(wanted: str | None, accepted: list[str], chosen: str) -> None:
    assert choose_language(wanted, accepted) == chosen
    assert chosen in LANGUAGES


@pytest.mark.parametrize(
    ("iso", "language", "shown"),
    [
        ("2018-11-01", "en", "1 Nov 2018"),
        ("2018-11-01", "zh-Hans", "2018年11月1日"),
        ("2018-11", "en", "Nov 2018"),
        ("2018-11", "zh-Hant", "2018年11月"),
        ("2018", "en", "2018"),
        ("2018", "zh-Hans", "2018年"),
        ("2018-02-31", "en", "2018-02-31"),
        (None, "en", ""),
    ],
)
def test_dates_are_as_precise_as_they_are_known(iso: str | None, language: str, shown: str) -> None:
    assert show_date(iso, language) == shown
