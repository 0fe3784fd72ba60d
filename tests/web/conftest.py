"""The web application over a service whose answers the tests choose."""

from __future__ import annotations

from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.settings import Settings, load_settings
from search_app import create_app, present
from search_app.service import Service

from .fixtures import FakeService


class Reader(FlaskClient):
    """Reads every answer to its end, so that the file of a static one is closed."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and return the whole answer."""
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def settings() -> Settings:
    return load_settings(environment={})


@pytest.fixture
def fake() -> FakeService:
    return FakeService()


@pytest.fixture
def client(settings: Settings, fake: FakeService, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    def as_it_is(results: Any, lang: str) -> Any:
        return results

    monkeypatch.setattr(present, "results", as_it_is)
    app = create_app(settings, cast(Service, fake))
    app.test_client_class = Reader
    return app.test_client()
