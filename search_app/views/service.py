"""The service of the application that answers the current request."""

from __future__ import annotations

from flask import current_app

from search_app.service import Service

#: Where the application keeps its service.
EXTENSION = "hrsearch"


def service() -> Service:
    """Return the search service of the current application."""
    found: Service = current_app.extensions[EXTENSION]
    return found
