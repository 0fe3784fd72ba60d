"""What a command does not need it does not wait for: libraries are imported where the first page or file needs them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

#: Libraries and rooms of the indexer's first stream and of the web, none of which answers a query on the command line.
NOT_FOR_A_SEARCH = [
    "babel", "flask", "frontmatter", "indexer.extract.document", "indexer.readers", "jieba", "langdetect", "lxml",
    "pypinyin", "rich", "trafilatura", "yaml",
]  # fmt: skip


@pytest.mark.parametrize(
    ("module", "absent"),
    [("search_app.service", NOT_FOR_A_SEARCH), ("search_app.cli", [*NOT_FOR_A_SEARCH, "numpy", "whoosh"])],
)
def test_importing_it_leaves_these_libraries_alone(module: str, absent: list[str]) -> None:
    code = f"import json, sys, {module}; print(json.dumps([name for name in {absent!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
