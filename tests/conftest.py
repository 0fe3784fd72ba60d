"""Settings of hypothesis for the whole suite: no deadline on busy machines, and the same examples in every CI run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("hrsearch", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("hrsearch"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "hrsearch")
