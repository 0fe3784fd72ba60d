"""``python -m evaluation.relevance.ablation CONSTANT VALUE …``: what moves when one constant of the ranking moves?

Prints nDCG@10 of every set of queries with the constant as it is, then with each VALUE.  Every set is opened again for
each of them, over the index that was made for the first: a constant that is counted into the index (TITLE_MENTION)
cannot be moved so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean

from evaluation.relevance.collections import SHARED
from evaluation.relevance.measures import ndcg
from evaluation.relevance.sets import QuerySet, corpus_set, development_set, languages_set, public_sets, scripts_set
from indexer import ranking


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 2 for a constant that does not exist."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.relevance.ablation", description=__doc__)
    parser.add_argument("constant", help="a name of indexer/ranking.py")
    parser.add_argument("values", nargs="+", type=float)
    options = parser.parse_args(arguments)
    if not hasattr(ranking, options.constant):
        print(f"indexer/ranking.py has no {options.constant}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for value in (getattr(ranking, options.constant), *options.values):
            setattr(ranking, options.constant, value)
            shown = "  ".join(f"{queries.name} {_ndcg(queries):.4f}" for queries in _sets(Path(folder)))
            print(f"{options.constant} = {value:g}:  {shown}", flush=True)
    return 0


def _sets(folder: Path) -> Iterator[QuerySet]:
    """Yield every set; each is closed when the next is asked for."""
    ours = [corpus_set, languages_set]
    if SHARED.is_dir():
        ours += [development_set, scripts_set]
    for open_set in ours:
        with open_set(folder) as queries:
            yield queries
    yield from public_sets(folder, quick=True)


def _ndcg(queries: QuerySet) -> float:
    return mean(ndcg(queries.rank(topic.text), topic.grades) for topic in queries.topics)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
