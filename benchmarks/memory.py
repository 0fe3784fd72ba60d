"""How much memory a process takes, as Linux tells it.  Nothing but the standard library is imported here."""

from __future__ import annotations

from pathlib import Path


def memory(process: int | str = "self") -> tuple[float, float]:
    """Return resident and private memory in MB; zeros for a process that has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0.0, 0.0
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return sizes["Rss"] / 1024, (sizes["Private_Clean"] + sizes["Private_Dirty"]) / 1024


def descendants(process: int) -> list[int]:
    """Return a process and every process that it started, as far as they still run."""
    found = [process]
    for one in found:
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        found.extend(map(int, children))
    return found
