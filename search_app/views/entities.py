"""Pages of one person, organisation or charge, and the page of cases."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, g, json, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from indexer.model import PLURAL
from search_app import cases
from search_app.entities import entity
from search_app.entities.directory import KINDS
from search_app.views.case_page import case_page
from search_app.views.directory_page import directory_json, directory_page
from search_app.views.entity_page import entity_page
from search_app.views.service import service

entities = Blueprint("entities", __name__)

KIND = "any(person, organisation, charge)"

#: The lists of names, and the kind that each holds.
LISTS = {PLURAL[kind]: kind for kind in KINDS}
LIST = f"any({', '.join(LISTS)})"


@entities.route(f"/<{KIND}:kind>/<id>", methods=["GET", "POST"])
def one(kind: str, id: str) -> str:
    """Show what the collection has about one entity."""
    found = entity.about(service(), kind, id)
    if found is None:
        abort(404)
    return render_template("entity.html", **entity_page(service(), found, g.state))


@entities.get(f"/<{KIND}:kind>/<id>.json")
def one_as_json(kind: str, id: str) -> Response:
    """Give the same as JSON."""
    found = entity.about(service(), kind, id)
    if found is None:
        abort(404)
    return jsonify(entity.as_json(found))


@entities.route(f"/<{LIST}:kinds>", methods=["GET", "POST"])
def listed(kinds: str) -> str | Response:
    """Show the persons, organisations or charges that the documents name."""
    if request.method == "GET" and sorted(request.args.items(multi=True)) != sorted(g.state.pairs):
        return redirect(g.state.url(url_for("entities.listed", kinds=kinds)))
    return render_template("directory.html", **directory_page(service(), LISTS[kinds], g.state))


@entities.route(f"/<{LIST}:kinds>.json", methods=["GET", "POST"])
def listed_as_json(kinds: str) -> Response:
    """Give the same list as JSON: ``q``, ``letter``, ``sort``, ``page``, ``per_page`` (1-1000)."""
    return jsonify(directory_json(service(), LISTS[kinds], g.state))


@entities.route("/cases", methods=["GET", "POST"])
def case_list() -> str | Response:
    """Show the cases that are asked for, with their quotations."""
    if request.method == "GET" and sorted(request.args.items(multi=True)) != sorted(g.state.pairs):
        return redirect(g.state.url(url_for("entities.case_list")))
    return render_template("cases.html", **case_page(service(), g.state, g.lang))


@entities.route("/cases.<any(csv, json):form>", methods=["GET", "POST"])
def case_file(form: str) -> Response:
    """Give every case that is asked for as a file."""
    rows = cases.find_cases(service(), cases.wanted_cases(g.state))
    if form == "csv":
        response = current_app.response_class(cases.as_csv(rows), mimetype="text/csv")
    else:
        body = json.dumps({"total": len(rows), "cases": [cases.as_json(row) for row in rows]})
        response = current_app.response_class(body, mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=f"cases.{form}")
    return response
