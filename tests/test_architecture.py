"""The rules of ARCHITECTURE.md that a machine can hold: who imports whom, which library lives where, and size."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("indexer", "search_app", "evaluation", "benchmarks")

#: Where each library may be imported: a file, or a folder with everything in it.
HOMES: dict[str, tuple[str, ...]] = {
    "whoosh": ("indexer/engines/whoosh", "benchmarks/peers/with_whoosh.py"),
    "tantivy": ("benchmarks/peers/with_tantivy.py",),
    "xapian": ("benchmarks/peers/with_xapian.py",),
    "jieba": ("indexer/analysis",),
    "snowballstemmer": ("indexer/analysis",),
    "orjson": ("indexer/engines",),
    "isal": ("indexer/engines/whoosh",),
    "stringzilla": ("search_app/passages",),
    "pypinyin": ("indexer/pinyin.py",),
    "langdetect": ("indexer/language.py",),
    "ahocorasick": ("indexer/authority/__init__.py", "indexer/withheld/finding.py"),
    "charset_normalizer": ("indexer/readers",),
    "trafilatura": ("indexer/readers",),
    "lxml": ("indexer/readers",),
    "frontmatter": ("indexer/readers",),
    "yaml": ("indexer/readers",),
    "flask": ("search_app/application.py", "search_app/security.py", "search_app/views", "search_app/__init__.py"),
    "werkzeug": ("search_app/security.py", "search_app/views"),
    "waitress": ("search_app/server.py",),
    "babel": ("search_app/catalogues.py", "search_app/i18n.py"),
    "click": ("search_app/cli",),
    "rich": ("search_app/cli",),
    "opencc": (),
    "requests": (),
    "socket": ("benchmarks",),
    "urllib.request": ("benchmarks",),
}

#: Lines of code, without blank ones, comments and docstrings: a longer module asks two questions.
MODULE_LINES = 300
#: Lines without the docstring: a longer function does two jobs.
FUNCTION_LINES = 40

#: Longer all the same, each with its own bound and the reason.
LONGER: dict[str, tuple[int, str]] = {
    "search_app/present.py:results": (60, "one flat table of the keys of the JSON contract"),
    "search_app/service.py:_search": (54, "one value with twenty fields, filled from one answer"),
}  # fmt: skip
#: An exemption that its module keeps this far below the rule goes.
IDLE = 0.9

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> list[tuple[str, ast.Module]]:
    """Return every module with its path and its tree."""
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return [(file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))) for file in files]


def docstring_lines(node: ast.AST) -> set[int]:
    """Return the numbers of the lines of a docstring; none where there is no docstring."""
    if isinstance(node, Function | ast.ClassDef | ast.Module) and ast.get_docstring(node):
        return set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return set()


def sizes() -> dict[str, int]:
    """Return how long each module and each function is, under ``path`` and ``path:function``."""
    found: dict[str, int] = {}
    for path, tree in modules():
        docstrings: set[int] = set()
        for node in ast.walk(tree):
            docstrings |= docstring_lines(node)
            if isinstance(node, Function):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1 - len(docstring_lines(node))
                found[f"{path}:{node.name}"] = max(lines, found.get(f"{path}:{node.name}", 0))
        source = (ROOT / path).read_text(encoding="utf-8").splitlines()
        kept = [line.strip() for number, line in enumerate(source, 1) if number not in docstrings]
        found[path] = sum(1 for line in kept if line and not line.startswith("#"))
    return found


def imported(tree: ast.Module) -> set[str]:
    """Return the dotted names that a module imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_imports_flow_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_in_its_home_alone(library: str) -> None:
    strangers = [
        path
        for path, tree in modules()
        if any(name == library or name.startswith(f"{library}.") for name in imported(tree))
        and not path.startswith(HOMES[library])
    ]
    assert strangers == []


def rule_for(name: str) -> int:
    """Return the bound of a module or function without an exemption."""
    return FUNCTION_LINES if ":" in name else MODULE_LINES


def test_modules_ask_one_question_and_functions_do_one_job() -> None:
    bounds = {name: bound for name, (bound, _) in LONGER.items()}
    assert {name: lines for name, lines in sizes().items() if lines > bounds.get(name, rule_for(name))} == {}


def test_no_exemption_outlives_its_need() -> None:
    found = sizes()
    assert [name for name in LONGER if found.get(name, 0) <= rule_for(name) * IDLE] == []
