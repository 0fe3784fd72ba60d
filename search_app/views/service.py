"""The service of the application that answers the current request."""

from __future__ import annotations

from typing import Any

from flask import current_app

#: Where the application keeps its service.
EXTENSION = "hrsearch"


def service() -> Any:
    """Return the search service of the current application."""
    return current_app.extensions[EXTENSION]
