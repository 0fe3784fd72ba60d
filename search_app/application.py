"""The web application: one service, its blueprints, their words and their safety, put together.

Nothing here runs at import, and nothing is kept between requests but the service.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask, g, request, url_for
from markupsafe import Markup

from indexer.settings import Settings
from search_app import i18n, ledger, wording
from search_app.cases import case_counts
from search_app.collection import Collection
from search_app.entities.directory import KINDS, directory
from search_app.links import State
from search_app.request import LANGUAGES
from search_app.security import protect
from search_app.service import Service
from search_app.suggest import beginnings
from search_app.views import markup
from search_app.views.api import api
from search_app.views.asked import requested_state
from search_app.views.entities import entities
from search_app.views.errors import handle_errors
from search_app.views.health import health
from search_app.views.pages import pages
from search_app.views.service import EXTENSION

#: A form or an address longer than this is refused, in bytes.
MAX_REQUEST = 64 * 1024


ErrorInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


class Application(Flask):
    """A Flask application that notes an error without its message, which may hold what somebody searched for."""

    def log_exception(self, exc_info: ErrorInfo) -> None:
        """Write the error's class and the lines it passed to the log, and nothing of the request."""
        if exc_info[0] is None:
            return
        frames = "; ".join(f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(exc_info[2]))
        self.logger.error("%s at %s", exc_info[0].__name__, frames)


def build(settings: Settings, service: Service | None) -> Flask:
    """Return the application; see ``search_app.create_app``."""
    app = Application(__name__)
    app.config.update(MAX_CONTENT_LENGTH=MAX_REQUEST, MAX_FORM_MEMORY_SIZE=MAX_REQUEST)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Chinese stays readable, and short
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the order of contract.md
    app.extensions[EXTENSION] = service or _opened(settings)
    _speak(app, settings["server.title"])
    protect(app, settings["server.hosts"], settings["server.cors_origin"])
    handle_errors(app)
    for blueprint in (pages, entities, api, health):
        app.register_blueprint(blueprint)
    return app


@contextmanager
def running(settings: Settings) -> Iterator[Flask]:
    """Lend an application over the index of the settings; its files are closed afterwards."""
    app = build(settings, None)
    try:
        yield app
    finally:
        app.extensions[EXTENSION].close()


def _opened(settings: Settings) -> Service:
    service = Service.open(settings)
    service.prepare(_prepare)
    return service


def _prepare(collection: Collection) -> None:
    """Make what takes seconds in a large collection before a reader asks for it."""
    # The segmenter loads its dictionary when it first cuts, for which the first Chinese query would wait a second.
    collection.lexicon.analyzer.cut("人")
    collection.once(beginnings)
    collection.once(case_counts)
    for language in LANGUAGES:
        for kind in KINDS:
            collection.once(directory, kind, language)


def _speak(app: Flask, title: str) -> None:
    """Give templates the reader's language, its catalogue, and the few functions they write values with."""

    @app.before_request
    def ask() -> None:
        # What an error page needs comes first: reading the body of a request may fail.
        g.state = State()
        g.lang = i18n.choose_language(None, request.accept_languages.values())
        g.state = requested_state()
        g.lang = i18n.choose_language(g.state.one("lang"), request.accept_languages.values())

    app.jinja_options = {"extensions": ["jinja2.ext.i18n"], "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]  # values are given to the function by name
    app.jinja_env.filters.update(date=lambda iso: i18n.show_date(iso, g.lang), number=_number)
    app.jinja_env.globals.update(
        markup.GLOBALS,
        wording=wording,
        languages=LANGUAGES,
        site_title=title,
        asset=_asset,
        name_in=lambda names, fallback: ledger.name_in(g.lang, names, fallback),
        other_name=lambda names, shown: ledger.other_name(g.lang, names, shown),
        passage=Markup,  # the service escapes its passages: text and <mark>, nothing else
    )

    @app.context_processor
    def reader() -> dict[str, Any]:
        return {"lang": g.lang, "state": g.state, "careful": markup.careful()}


def _number(value: int | float) -> str:
    return i18n.show_number(value, g.lang)


def _asset(name: str) -> str:
    """Return the address of a static file, with its version."""
    return url_for("static", filename=name, v=_version(name))


@cache
def _version(name: str) -> str:
    return hashlib.sha256((Path(__file__).parent / "static" / name).read_bytes()).hexdigest()[:10]
