"""Every engine that this version has, each over an empty folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.engines import ENGINES, open_engine
from indexer.engines.base import Engine

OpenEngine = Callable[[], Engine]


@pytest.fixture(params=ENGINES)
def open_here(request: pytest.FixtureRequest, tmp_path: Path) -> OpenEngine:
    """Open the engine as another process would, over one and the same folder."""
    return lambda: open_engine(request.param, tmp_path / "index")


@pytest.fixture
def engine(open_here: OpenEngine) -> Engine:
    return open_here()
