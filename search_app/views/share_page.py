"""A shared result as one page that needs nothing else: no server, no network, no script.

Its look is that of the site: the parts of ``hrsearch.css`` that it uses stand in it, allowed by their hash alone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from flask import Flask, g, render_template
from markupsafe import Markup

from search_app.export.citation import OURSELVES
from search_app.i18n import show_date
from search_app.ledger import name_in
from search_app.links import State
from search_app.share import Shared
from search_app.views.search_page import chips_of, expansions_of

STATIC = Path(__file__).parents[1] / "static"

#: Parts of the sheet that the page needs, by the first words of their headings.
PARTS = ("tokens", "scripts", "ground", "frame", "what was asked", "hits", "document", "narrow", "colours", "paper")


def share_page(app: Flask, shared: Shared, lang: str) -> str:
    """Return the page in a language of the interface."""
    style = sheet()
    results = shared.results
    with app.test_request_context():
        g.lang, g.state = lang, State()
        first = (results["page"] - 1) * results["per_page"] + 1
        rows = [{**hit, "citation": cited} for hit, cited in zip(results["hits"], shared.citations, strict=True)]
        return render_template(
            "share.html",
            shared=shared,
            results=results,
            first=first,
            last=first + len(rows) - 1,
            hits=[row for row in rows if row["match"] == "all"],
            partial=[row for row in rows if row["match"] != "all"],
            chips=chips_of(results["query"], State().with_filters(results["query"]["filters"])),
            expansions=expansions_of(results["query"], State()),
            expanded={one["id"]: name_in(lang, one["labels"], one["label"]) for one in results["query"]["expansions"]},
            made=f"{show_date(shared.made.date().isoformat(), lang)} {shared.made:%H:%M} UTC",
            style=Markup(style),
            policy=f"default-src 'none'; style-src 'sha256-{_hash(style)}'; base-uri 'none'; form-action 'none'",
            ourselves=OURSELVES,
        )


def sheet() -> str:
    """Return the style of the page: the parts of the site's sheet that it uses, and a few lines of its own."""
    parts = re.split(r"(?m)^(?=/\* ---- )", (STATIC / "hrsearch.css").read_text(encoding="utf-8"))
    kept = [part for part in parts if part.startswith(tuple(f"/* ---- {name}" for name in PARTS))]
    own = (STATIC / "share.css").read_text(encoding="utf-8")
    return "\n" + "".join(_without_comments(part) for part in (*kept, own))


def _without_comments(css: str) -> str:
    return re.sub(r"\n{2,}", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
