"""Where are the postings?  ``open_engine`` is the only place that chooses an engine."""

from __future__ import annotations

from pathlib import Path

from indexer.engines.base import Engine
from indexer.errors import SettingError

#: The engines that this version has.
ENGINES = ("whoosh",)


def open_engine(name: str, folder: Path, memory_mb: int = 256) -> Engine:
    """Return the engine called ``name`` over ``folder``; no file is touched yet.

    ``memory_mb`` is what waiting postings may take before they are written.
    Raises: SettingError for an unknown name.
    """
    if name != "whoosh":
        raise SettingError(f"engine = {name!r} is not known; use one of: {', '.join(ENGINES)}")
    from indexer.engines.whoosh.engine import WhooshEngine

    return WhooshEngine(folder, memory_mb)
