"""The same results and records for other programs, as JSON (contract.md, "GET /api/v1/search")."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, request

from search_app import cases, present
from search_app.entities import entity
from search_app.i18n import choose_language
from search_app.request import parameters, whole_number
from search_app.suggest import beginnings
from search_app.views.service import service

#: Names offered for one beginning.
SUGGESTIONS = 8

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> Response:
    """Answer one search; labels are in ``lang``, else English, whatever the client's browser prefers."""
    wanted = parameters(request.args)
    return jsonify(present.results(service().search(wanted), choose_language(wanted.lang, ())))


@api.get("/documents/<id>")
def document(id: str) -> Response:
    """Return one record."""
    record = service().document(id)
    if record is None:
        abort(404, description="There is no document with this id in the index.")
    return jsonify(record)


@api.get("/suggest")
def suggest() -> Response:
    """Offer names of the collection that begin as ``q`` does."""
    with service().collection() as collection:
        offered = collection.once(beginnings).suggest(request.args.get("q", ""), SUGGESTIONS)
        language = choose_language(request.args.get("lang"), ())
        return jsonify(
            q=request.args.get("q", ""),
            suggestions=[
                {**present.entity(one.named, language), "text": one.text, "documents": one.named.documents}
                for one in offered
            ],
        )


@api.get("/cases")
def case_list() -> Response:
    """Answer with cases: ``q``, ``person``, ``charge``, ``status``, ``date``, ``page``, ``per_page`` (1-1000)."""
    rows = cases.find_cases(service(), cases.wanted_cases(request.args))
    page = whole_number(request.args, "page", 1, 1, 100_000)
    per_page = whole_number(request.args, "per_page", 100, 1, 1000)
    shown = rows[(page - 1) * per_page : page * per_page]
    return jsonify(total=len(rows), page=page, per_page=per_page, cases=[cases.as_json(row) for row in shown])


@api.get("/entities/<any(person, organisation, charge):kind>/<id>")
def one_entity(kind: str, id: str) -> Response:
    """Return what the collection has about one entity."""
    found = entity.about(service(), kind, id)
    if found is None:
        abort(404, description=f"No document of the index names a {kind} with this id.")
    return jsonify(entity.as_json(found))
