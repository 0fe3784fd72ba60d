"""The build hook: writes the compiled translations that the wheel carries.

The interface's catalogues are kept as ``.po``; every build, also an editable one, makes the ``.mo`` beside them.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's configuration type is private
    """Found by hatchling through its name in pyproject.toml, ``[tool.hatch.build.hooks.custom]``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue; the package itself need not be importable yet."""
        module = Path(self.root, "search_app", "catalogues.py")
        spec = importlib.util.spec_from_file_location("catalogues_at_build", module)
        assert spec is not None
        assert spec.loader is not None
        catalogues = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(catalogues)
        catalogues.compile_catalogues()
