"""The pages: a search and a document."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from search_app.views.asked import requested_state
from search_app.views.document_page import document_page
from search_app.views.search_page import search_page
from search_app.views.service import service

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str | Response:
    """Show the newest documents and everything they can be narrowed by."""
    return search()


@pages.route("/search", methods=["GET", "POST"])
def search() -> str | Response:
    """Show one search; an address with empty or doubled values leads to the short one of the same search."""
    state = requested_state()
    if request.method == "GET" and sorted(request.args.items(multi=True)) != sorted(state.pairs):
        return redirect(state.url(url_for("pages.search")))
    return render_template("search.html", **search_page(service(), state))


@pages.route("/doc/<id>", methods=["GET", "POST"])
def document(id: str) -> str:
    """Show one document, with the hits of ``q`` marked."""
    record = service().document(id)
    if record is None:
        abort(404)
    return render_template("document.html", **document_page(service(), record, requested_state()))
