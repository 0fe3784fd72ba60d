"""Where the peers run: tantivy in an environment of the bench's own, Xapian under a Python that Debian gave it to."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "benchmarks" / "requirements.txt"
FOLDER = ROOT / ".venv-bench"

#: Where Debian installs python3-xapian for.
DEBIAN = "/usr/bin/python3"

#: Seconds that installing the peers may take before the bench goes on without them.
PATIENCE = 120


def pythons(names: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the Python that runs each peer, and for those that cannot run the reason."""
    found, absent = {}, {}
    for name in names:
        if name == "tantivy":
            reason = _install()
            candidates = [str(FOLDER / "bin" / "python")]
        elif name == "xapian":
            reason = "python3-xapian is not installed"
            candidates = [sys.executable, DEBIAN]
        else:
            found[name] = sys.executable
            continue
        python = next((one for one in candidates if _has(one, name)), None)
        if python:
            found[name] = python
        else:
            absent[name] = reason or "it is installed but cannot be imported"
    return found, absent


def _has(python: str, module: str) -> bool:
    return (
        Path(python).exists() and not subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode
    )


def _install() -> str:
    """Install the pinned peers where they are not; return why they could not be, "" where they are."""
    done, pins = FOLDER / "installed.txt", REQUIREMENTS.read_text(encoding="utf-8")
    if done.exists() and done.read_text(encoding="utf-8") == pins:
        return ""
    venv.create(FOLDER, clear=True, with_pip=False)
    install = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--retries", "1"]
    install += ["--python", str(FOLDER / "bin" / "python"), "install", "--require-hashes", "--requirement"]
    try:
        run = subprocess.run([*install, str(REQUIREMENTS)], capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"it was not installed after {PATIENCE} s"
    if run.returncode:
        return "it could not be installed: " + run.stderr.strip().rpartition("\n")[2]
    done.write_text(pins, encoding="utf-8")
    return ""
