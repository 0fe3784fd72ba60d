"""``python -m evaluation.extraction``: precision, recall and F1 by kind and part, and a gate at the pinned floors."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict

from evaluation.extraction import cases
from evaluation.extraction.gold import OWN_PARTS, PARTS, ROOT, SHARED, gold
from evaluation.extraction.score import Score, score
from evaluation.floors import below_floors
from indexer.authority import Authority, load_authority
from indexer.extract.document import extract
from indexer.language import detect
from indexer.model import Entity


def measure(authority: Authority, parts: tuple[str, ...]) -> dict[tuple[str, str], Score]:
    """Return the score of each (part, kind) of the gold with one set of authority files."""
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    for entry in gold(parts):
        document = entry.document
        found = extract(document, detect(document.title, document.text).passages, authority)
        for kind, items in entry.items.items():
            predictions = [_counted(e, entry.part) for e in found.entities if e.kind == kind]
            scores[entry.part, kind] += score(predictions, items)
    return scores


def _counted(entity: Entity, part: str) -> tuple[str, ...]:
    """Return the names under which an entity counts.

    The gold of the Chinese articles names people in characters, the canonical name of a listed one is English: there
    every name counts.  Elsewhere only the canonical name does.
    """
    if entity.kind == "violation":
        return (entity.name, entity.id)
    if part == "seeds":
        return (entity.name,)
    return (entity.name, *(name for names in entity.names.values() for name in names))


def figures(scores: dict[tuple[str, str], Score]) -> dict[str, float]:
    """Return the F1 of each part and kind under the names that the floors have."""
    return {f"{part} {kind}": s.f1 for (part, kind), s in scores.items()}


def main() -> int:
    """Print the figures; return 1 when one lies below its floor in ``evaluation/floors.toml``."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.extraction", description=__doc__)
    parser.add_argument("--part", action="append", choices=(*PARTS, *cases.PARTS), help="only this part")
    parser.add_argument("--unlisted", action="store_true", help="without the authority files, and without the gate")
    parser.add_argument("--errors", action="store_true", help="name what is wrong and what is missed")
    parser.add_argument("--kind", action="append", help="only this kind")
    options = parser.parse_args()
    parts = tuple(options.part or (*PARTS, *cases.PARTS))
    if not SHARED.is_dir():
        own = (*OWN_PARTS, *cases.OWN_PARTS)
        parts = tuple(part for part in parts if part in own)
        print(f"{SHARED} is absent: only {', '.join(own)} can be measured", file=sys.stderr)
        if not parts:
            return 1
    authority = Authority() if options.unlisted else load_authority(ROOT / "corpus" / "authority")
    entities = measure(authority, parts)
    told = cases.measure_cases(authority, parts)
    scores = entities | told
    _print({key: s for key, s in scores.items() if not options.kind or key[1] in options.kind}, options.errors)
    if options.unlisted:
        return 0
    return below_floors("extraction", figures(entities) | cases.figures(told))


def _print(scores: dict[tuple[str, str], Score], errors: bool) -> None:
    print(f"{'part':<20}{'kind':<14}{'precision':>10}{'recall':>8}{'F1':>8}{'right':>7}{'wrong':>7}{'missed':>8}")
    for (part, kind), s in scores.items():
        print(
            f"{part:<20}{kind:<14}{s.precision:>10.3f}{s.recall:>8.3f}{s.f1:>8.3f}"
            f"{s.right:>7}{len(s.wrong):>7}{len(s.missed):>8}"
        )
        if errors:
            print(f"    wrong:  {'; '.join(s.wrong)}\n    missed: {'; '.join(s.missed)}")


if __name__ == "__main__":
    sys.exit(main())
