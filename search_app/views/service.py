"""The service and the authority files of the application that answers the current request."""

from __future__ import annotations

from flask import current_app

from indexer.authority import Authority
from search_app.service import Service

#: Where the application keeps its service.
EXTENSION = "hrsearch"

#: Where it keeps what gives the authority files.
AUTHORITY = "hrsearch.authority"


def service() -> Service:
    """Return the search service of the current application."""
    found: Service = current_app.extensions[EXTENSION]
    return found


def authority() -> Authority:
    """Return the authority files of the current application, read when they are first asked for."""
    found: Authority = current_app.extensions[AUTHORITY]()
    return found
