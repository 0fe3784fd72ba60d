"""Do two engines give the same totals and the same counts?"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.documents import Found, Question


def differences(questions: Sequence[Question], ours: Sequence[Found], theirs: Sequence[Found]) -> list[str]:
    """Return a line for every total and every facet that is not the same.

    We count a facet that is filtered as if it were not (the page shows what another choice would give); peers count
    it within its filter.  So it is compared at the values that are chosen.
    """
    found = []
    for question, our, their in zip(questions, ours, theirs, strict=True):
        asked = f"{question.kind} {' '.join(question.terms)} {sorted(question.chosen or ())}"
        if our.total != their.total:
            found.append(f"{asked}: {our.total} documents, not {their.total}")
        for name in our.facets:
            chosen = question.chosen if name == question.filtered else None
            if _within(our.facets[name], chosen) != _within(their.facets[name], chosen):
                found.append(f"{asked}: counts of {name}")
    return found


def _within(counts: dict[str, int], chosen: frozenset[str] | None) -> dict[str, int]:
    return {value: many for value, many in counts.items() if many and (chosen is None or value in chosen)}
