"""Makes ``indexer/fold_table.txt`` from OpenCC: ``python tests/make_fold_table.py > indexer/fold_table.txt``."""

from __future__ import annotations

import sys
from importlib.metadata import version

from indexer.fold import is_han


def fold_table() -> str:
    """Return the file as it should be: two lines of notes, the characters, and what each folds to."""
    from opencc import OpenCC

    convert = OpenCC("hk2s").convert
    pairs = []
    for character in filter(is_han, map(chr, range(sys.maxunicode + 1))):
        folded = convert(character)
        while convert(folded) != folded:
            folded = convert(folded)
        if folded != character:
            assert len(folded) == 1, f"{character} would change its length"
            pairs.append((character, folded))
    return (
        f"# Made by tests/make_fold_table.py from OpenCC {version('opencc')} (Apache-2.0): hk2s over every single "
        "code point,\n# applied until nothing changes.  First line: characters; second line: what each folds to.\n"
        f"{''.join(character for character, _ in pairs)}\n{''.join(folded for _, folded in pairs)}\n"
    )


if __name__ == "__main__":
    sys.stdout.write(fold_table())
