"""One small collection for all tests of searching, indexed once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.settings import Settings
from search_app.service import Service

from .collection import build


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return build(tmp_path_factory.mktemp("collection"))


@pytest.fixture(scope="session")
def service(settings: Settings) -> Iterator[Service]:
    service = Service.open(settings)
    yield service
    service.close()
