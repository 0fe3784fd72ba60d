"""Did you mean: a corrected query from the collection's own words and names.  Never a silent match."""

from __future__ import annotations

from rapidfuzz.distance import DamerauLevenshtein

from indexer.analysis import fold, runs
from indexer.engines.base import Snapshot
from search_app.query.units import Lexicon

#: Shorter words have too many neighbours.
SHORTEST = 4


def corrected(q: str, lexicon: Lexicon, snapshot: Snapshot) -> str | None:
    """Return ``q`` with each Latin word that the collection does not have replaced by its nearest neighbour.

    None where nothing can be improved.  A neighbour lies within one edit (two from eight letters), begins with
    the same letter or, failing that, is one edit away; of several the nearest, then the commonest, is taken.
    """
    folded = fold(q)
    out = []
    at = 0
    changed = False
    for run in runs(folded):
        if run.han or len(run.text) < SHORTEST or lexicon.frequency("chars", run.text) or run.text.isdigit():
            continue
        neighbour = _nearest(run.text, snapshot)
        if neighbour is None:
            continue
        start, end = folded.original(run.start, run.end)
        out.append(q[at:start])
        out.append(neighbour.capitalize() if q[start].isupper() else neighbour)
        at = end
        changed = True
    return "".join(out) + q[at:] if changed else None


def _nearest(word: str, snapshot: Snapshot) -> str | None:
    edits = 1 if len(word) < 8 else 2
    best: tuple[int, int, str] | None = None
    for term, count in snapshot.terms("chars", word[0]):
        if not term.isalpha() or term.isupper() or abs(len(term) - len(word)) > edits:
            continue
        distance = DamerauLevenshtein.distance(term, word, score_cutoff=edits)
        if 0 < distance <= edits and (best is None or (distance, -count, term) < best):
            best = (distance, -count, term)
    return best[2] if best else None
