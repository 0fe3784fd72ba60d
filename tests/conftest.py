"""What every test may rely on.

Policy: the smallest text that shows the point stands in the test itself; a fixture is for what is costly or must be
taken down.  Assertions are plain, their names say what is held.  Nothing leaves this machine.  Texts are our own; what
needs the real documents is marked ``shared`` and skipped, with this line, where they are not.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

#: No deadline, as machines are busy; in CI the same examples in every run.
settings.register_profile("hrsearch", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same-each-run", settings.get_profile("hrsearch"), derandomize=True)
settings.load_profile("same-each-run" if os.environ.get("CI") else "hrsearch")

SHARED = Path(__file__).parents[2] / "shared"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what reads the real documents where there are none."""
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.skip("../shared is absent: the real documents are kept outside the repository")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Let a test connect to this machine alone."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not ipaddress.ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test wants to connect to {address[0]}; nothing may leave this machine")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
