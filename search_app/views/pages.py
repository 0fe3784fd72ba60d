"""The pages: a search and a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from flask import Blueprint, abort, current_app, g, json, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from search_app import export
from search_app.export import citation
from search_app.request import parameters
from search_app.views.api import search as found_as_json
from search_app.views.document_page import document_page
from search_app.views.length import fitted
from search_app.views.overview_page import overview_page
from search_app.views.search_page import search_page
from search_app.views.service import service

pages = Blueprint("pages", __name__)

Write = Callable[[Mapping[str, Any]], str]

#: Files that a document's address gives with their suffix: media type, and what writes them.
FORMS: Mapping[str, tuple[str, Write]] = {
    "ris": ("application/x-research-info-systems", citation.ris),
    "bib": ("application/x-bibtex", citation.bibtex),
    "csl": ("application/vnd.citationstyles.csl+json", lambda record: json.dumps([citation.csl(record)])),
    "json": ("application/json", json.dumps),
}


#: Files that a search gives with their suffix: media type, and what ``search_app.export`` calls the form.
FILES: Mapping[str, tuple[str, str]] = {
    "csv": ("text/csv", "csv"),
    "jsonl": ("application/jsonl", "jsonl"),
    "ris": ("application/x-research-info-systems", "ris"),
    "bib": ("application/x-bibtex", "bibtex"),
    "csl": ("application/vnd.citationstyles.csl+json", "csl-json"),
}

#: By it a spreadsheet knows that the file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"


@pages.get("/")
def home() -> str | Response:
    """Show the newest documents and everything they can be narrowed by."""
    return search()


@pages.route("/search", methods=["GET", "POST"])
def search() -> str | Response:
    """Show one search; an address with empty or doubled values leads to the short one of the same search."""
    if request.method == "GET" and sorted(request.args.items(multi=True)) != sorted(g.state.pairs):
        return redirect(g.state.url(url_for("pages.search")))
    shown = search_page(service(), g.state)
    g.state = shown["state"]  # the names of the filters are ids now, in every link of the page
    return fitted(render_template("search.html", **shown), shown["results"]["per_page"])


@pages.get("/search.json")
def search_as_json() -> Response:
    """Give the same as the API."""
    return found_as_json()


@pages.route(f"/search.<any({', '.join(FILES)}):form>", methods=["GET", "POST"])
def search_file(form: str) -> Response:
    """Give the whole result as a file: the documents of the page and of those after it, in the same order."""
    mimetype, written = FILES[form]
    parts = export.write(service(), parameters(g.state), written)
    response = current_app.response_class(chain([BYTE_ORDER_MARK] if form == "csv" else [], parts), mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=f"search.{form}")
    return response


@pages.route("/doc/<id>", methods=["GET", "POST"])
def document(id: str) -> str:
    """Show one document, with the hits of ``q`` marked."""
    record = service().document(id)
    if record is None:
        abort(404)
    return render_template("document.html", **document_page(service(), record, g.state))


@pages.get("/doc/<id>.<any(ris, bib, csl, json):form>")
def citation_file(id: str, form: str) -> Response:
    """Give a document's citation, or with ``json`` its whole record, as a file."""
    record = service().document(id)
    if record is None:
        abort(404)
    mimetype, write = FORMS[form]
    response = current_app.response_class(write(record), mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=f"{id}.{form}")
    return response


@pages.route("/overview", methods=["GET", "POST"])
def overview() -> str:
    """Show what the collection holds, what was added last, and what could not be read."""
    return render_template("overview.html", **overview_page(service()))
