"""How to cite a document: only what its record states, and nothing in place of what it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search_app.i18n import show_date

_QUOTES = {"en": ("“", "”"), "zh-Hans": ("《", "》"), "zh-Hant": ("《", "》")}
_BETWEEN = {"en": ", ", "zh-Hans": "，", "zh-Hant": "，"}
_END = {"en": ".", "zh-Hans": "。", "zh-Hant": "。"}


def plain_citation(record: Mapping[str, Any], language: str) -> str:
    """Return a citation in the order author, title, publisher, date, address; what is unknown is left out."""
    opening, closing = _QUOTES[language]
    parts = [
        _BETWEEN[language].join(record.get("authors") or ()),
        f"{opening}{record['title']}{closing}",
        publisher_name(record) or "",
        show_date(record.get("date"), language),
        record.get("url") or "",
    ]
    return _BETWEEN[language].join(part for part in parts if part) + _END[language]


def publisher_name(record: Mapping[str, Any]) -> str | None:
    """Return the name of the publisher: its label where the record carries one, else its id, else None."""
    label = record.get("publisher_label") or record.get("publisher")
    return str(label) if label else None
