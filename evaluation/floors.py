"""The pinned floors: what a figure must not fall below, in ``floors.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.toml")

#: Only every tenth query is run in the quick form, so that its figures scatter: half of a per cent was seen.
QUICK_SLACK = 0.015


def below_floors(table: str, scores: Mapping[str, float], *, quick: bool = False) -> int:
    """Print every score below its floor; return 1 if there is one, else 0.  Floors of what was not run wait."""
    floors: dict[str, float] = tomllib.loads(FLOORS.read_text(encoding="utf-8")).get(table, {})
    status = 0
    for name, floor in floors.items():
        slack = QUICK_SLACK if quick and not name.startswith("development") else 0.0
        if name in scores and scores[name] < floor - slack:
            print(f"{name} = {scores[name]:.4f} lies below its floor {floor}")
            status = 1
    return status
