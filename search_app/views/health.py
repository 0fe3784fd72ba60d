"""Is it up, and what may robots read?"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from indexer.errors import IndexFault
from search_app.views.service import service

health = Blueprint("health", __name__)

# Searches and filters are endless and private; documents and pages about the collection may be read.
ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /api/\nDisallow: /*?\n"


@health.get("/healthz")
def healthz() -> tuple[Response, int]:
    """Return 200 once the index can be searched, 503 until then."""
    try:
        return jsonify(status="ok", generation=service().info()["generation"]), 200
    except IndexFault as fault:
        return jsonify(status="unavailable", detail=str(fault)), 503


@health.get("/robots.txt")
def robots() -> Response:
    """Return what robots may read."""
    return Response(ROBOTS, mimetype="text/plain")
