"""How to cite a document: only what its record states, and nothing in place of what it does not.

The original's publisher and address come first; a file is no source.  Our own summaries are cited as ours,
with the address of what they summarise as a note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from search_app.i18n import show_date
from search_app.passages.reading import language_tag

Record = Mapping[str, Any]

#: Who wrote the digests and notes.
OURSELVES = "hrsearch"

_QUOTES = {"en": ("“", "”"), "zh-Hans": ("《", "》"), "zh-Hant": ("《", "》")}
_BETWEEN = {"en": ", ", "zh-Hans": "，", "zh-Hant": "，"}
_END = {"en": ".", "zh-Hans": "。", "zh-Hant": "。"}

# Characters that mean something to BibTeX.
_BIBTEX = str.maketrans({c: rf"\{c}" for c in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}",
                                                           "^": r"\textasciicircum{}"})  # fmt: skip


def plain(record: Record, language: str) -> str:
    """Return a citation in the order author, title, publisher, date, address; what is unknown is left out."""
    opening, closing = _QUOTES[language]
    parts = [
        _BETWEEN[language].join(record.get("authors") or ()),
        f"{opening}{record['title']}{closing}",
        publisher(record) or "",
        show_date(record.get("date"), language),
        record.get("url") or "",
    ]
    return _BETWEEN[language].join(part for part in parts if part) + _END[language]


def ris(record: Record) -> str:
    """Return the document as one RIS record with CRLF line ends (RIS specification of 2011)."""
    lines = [
        ("TY", "ELEC" if record.get("url") else "GEN"),
        *(("AU", author) for author in record.get("authors") or ()),
        ("TI", record["title"]),
        ("PB", publisher(record)),
        ("PY", record["date"][:4] if record.get("date") else None),
        ("DA", record["date"].replace("-", "/") if record.get("date") else None),
        ("UR", record.get("url")),
        ("LA", language_tag(record)),
        ("N1", _about(record)),
        ("ID", record["id"]),
    ]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def bibtex(record: Record) -> str:
    """Return the document as one BibTeX entry in UTF-8, with ``langid`` as biblatex reads it."""
    date = record.get("date") or ""
    fields = {
        "author": " and ".join(f"{{{_bibtex(author)}}}" for author in record.get("authors") or ()),
        "title": f"{{{_bibtex(record['title'])}}}",
        "publisher": _bibtex(publisher(record) or ""),
        "year": date[:4],
        "date": date,
        "url": record.get("url") or "",
        "langid": {"en": "english", "zh-Hans": "chinese-hans", "zh-Hant": "chinese-hant"}.get(
            language_tag(record) or "", ""
        ),
        "note": _bibtex(_about(record) or ""),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{_key(record['id'])},\n{body}}}\n"


def csl(record: Record) -> dict[str, Any]:
    """Return the document as one item of CSL-JSON."""
    item = {
        "id": record["id"],
        "type": "webpage" if record.get("url") else "document",
        "title": record["title"],
        "author": [{"literal": author} for author in record.get("authors") or ()],
        "publisher": publisher(record),
        "issued": {"date-parts": [[int(part) for part in record["date"].split("-")]]} if record.get("date") else None,
        "URL": record.get("url"),
        "language": language_tag(record),
        "note": _about(record),
    }
    return {key: value for key, value in item.items() if value}


def publisher(record: Record) -> str | None:
    """Return the name of the publisher, or None; for what we wrote, ourselves."""
    if record.get("kind") in ("digest", "note"):
        return OURSELVES
    name = record["publisher_name"]
    return str(name) if name else None


def _about(record: Record) -> str | None:
    return f"Summary of {record['digest_of']}" if record.get("digest_of") else None


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _bibtex(value: str) -> str:
    return _one_line(value).translate(_BIBTEX)


def _key(id: str) -> str:
    return re.sub(r"[^A-Za-z0-9:.-]", "-", id)
