"""Makes ``search_app/entities/strokes.txt`` from CLDR's stroke order: ``python tests/make_stroke_table.py > FILE``.

Reads it from the module Unicode::Collate::CJK::Stroke that comes with Perl (Debian: perl-modules).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from indexer.fold import is_han

#: A line ``FDD0-28nn`` begins the characters of nn (hexadecimal) strokes.
_HEAD = re.compile(r"FDD0-28([0-9A-F]{2})\Z")


def cldr_module() -> Path | None:
    """Return Perl's module with CLDR's stroke order, the newest if there are several; None where there is none."""
    return max(Path("/usr/share/perl").glob("*/Unicode/Collate/CJK/Stroke.pm"), default=None)


def stroke_table(module: Path) -> str:
    """Return the file as it should be: two lines of notes, then a line for each number of strokes."""
    source = module.read_text(encoding="utf-8")
    version = re.search(r"VERSION = '([\d.]+)'", source)
    assert version
    lines: list[str] = []
    for token in source.split("__DATA__")[1].split("__END__")[0].split():
        head = _HEAD.match(token)
        if head:
            lines.append(f"{int(head[1], 16)} ")
        elif "-" not in token and is_han(chr(int(token, 16))):
            lines[-1] += chr(int(token, 16))
    return (
        "# Made by tests/make_stroke_table.py from Unicode CLDR's stroke order (Unicode License v3), as Perl's\n"
        f"# Unicode::Collate::CJK::Stroke {version[1]} has it.  A line: the number of strokes, and its characters.\n"
        + "\n".join(lines)
        + "\n"
    )


if __name__ == "__main__":
    found = cldr_module()
    if found is None:
        sys.exit("Unicode/Collate/CJK/Stroke.pm is not installed; on Debian: apt-get install perl-modules")
    sys.stdout.write(stroke_table(found))
