"""The web application over a service whose answers the tests choose."""

from __future__ import annotations

from typing import Any, cast

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings, load_settings
from search_app import create_app, present
from search_app.service import Service

from .fixtures import FakeService


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
    return create_app(settings, cast(Service, fake)).test_client()
