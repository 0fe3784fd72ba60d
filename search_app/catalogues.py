"""The words of the interface in each language, as gettext keeps them.

Catalogues stand in ``translations``: ``en``, ``zh_Hans``, ``zh_Hant``.  The repository keeps the ``.po``;
``compile_catalogues`` writes the ``.mo`` beside them when the package is built.  Where a ``.mo`` is missing or older
than its ``.po``, the catalogue is compiled in memory, so that nothing depends on a build.
The build runs this module before the package can be imported, so it imports nothing of ours.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent / "translations"


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
