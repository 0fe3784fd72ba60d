"""Queries in, results out.

``create_app`` is the web application's factory.  It is imported where it is called, so that the command line
does not wait for a web framework.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from indexer.settings import Settings
    from search_app.service import Service


def create_app(settings: Settings, service: Service | None = None) -> Flask:
    """Return the web application over ``service``, or over the index of ``settings`` where none is given.

    Raises: IndexFault where that index cannot be opened.
    """
    from search_app.application import build

    return build(settings, service)
