"""``python -m evaluation.relevance``: scores search and compares with the pinned floors.

``--quick`` takes every tenth query of the large collections; ``--verbose`` lists the development queries.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean

from evaluation.floors import below_floors
from evaluation.relevance.boundaries import ARTICLES, measure
from evaluation.relevance.collections import SHARED, Topic
from evaluation.relevance.facets import failures
from evaluation.relevance.measures import ndcg, recall, reciprocal_rank, success
from evaluation.relevance.sets import (
    UDHR,
    QuerySet,
    corpus_set,
    development_set,
    languages_set,
    open_service,
    public_sets,
    scripts_set,
)

#: A plain BM25 over jieba words or stemmed English, in the collection's own script: what must at least be reached.
BASELINES = {"cranfield.graded": 0.327, "cranfield.binary": 0.495, "cmrc2018.hans": 0.982, "drcd.hant": 0.954}


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return 1 where one lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.relevance", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every tenth query of the large collections")
    parser.add_argument("--verbose", action="store_true", help="list each development query")
    parser.add_argument("--only", default="", help="only the sets whose name begins with this")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        scores = _scores(Path(folder), options)
    return below_floors("relevance", scores, quick=options.quick)


def _scores(folder: Path, options: argparse.Namespace) -> dict[str, float]:
    """Run the sets that are asked for, those of our own collection first, and return every score by its name."""
    scores: dict[str, float] = {}

    def asked(name: str) -> bool:
        return bool(name.startswith(options.only))

    if asked("corpus"):
        scores.update(_corpus(folder, options.verbose))
    if asked("languages"):
        with languages_set(folder) as queries:
            scores.update(_score(queries))
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: the real documents and test collections are kept outside the repository")
        return scores
    if asked("development"):
        scores.update(_development(folder, options.verbose))
    if asked("boundaries") and ARTICLES.is_file():
        scores.update(_boundaries(folder))
    if asked("scripts") and UDHR.is_file():
        with scripts_set(folder) as queries:
            scores.update(_score(queries))
    for queries in public_sets(folder, options.only, quick=options.quick):
        scores.update(_score(queries))
    return scores


def _score(queries: QuerySet) -> dict[str, float]:
    ranked = [queries.rank(topic.text) for topic in queries.topics]
    table = {
        "nDCG@10": _mean(ndcg, ranked, queries.topics),
        "MRR@10": _mean(reciprocal_rank, ranked, queries.topics),
        "success@1": _mean(success, ranked, queries.topics),
        "recall@100": _mean(recall, ranked, queries.topics),
    }
    shown = "  ".join(f"{measure} {value:.4f}" for measure, value in table.items())
    baseline = f"  (plain BM25: nDCG@10 {BASELINES[queries.name]})" if queries.name in BASELINES else ""
    print(f"{queries.name:<18} {len(queries.topics):>5} queries  {shown}{baseline}", flush=True)
    return {f"{queries.name}.{measure}": value for measure, value in table.items()}


def _mean(
    measure: Callable[[Sequence[str], Mapping[str, int]], float],
    ranked: Sequence[Sequence[str]],
    topics: Sequence[Topic],
) -> float:
    return mean(measure(ids, topic.grades) for ids, topic in zip(ranked, topics, strict=True))


def _corpus(folder: Path, verbose: bool) -> dict[str, float]:
    gains = []
    with corpus_set(folder) as queries:
        for topic in queries.topics:
            ranked = queries.rank(topic.text)
            gains.append(ndcg(ranked, topic.grades))
            if verbose:
                shown = " ".join(f"{id}:{topic.grades.get(id, 0)}" for id in ranked[:6])
                print(f"  {topic.id} {gains[-1]:.3f} {topic.text}  ->  {shown}")
    print(f"{'corpus':<18} {len(gains):>5} queries  nDCG@10 {mean(gains):.4f}")
    return {"corpus.nDCG@10": mean(gains)}


def _boundaries(folder: Path) -> dict[str, float]:
    """Score names as queries: none may be missed, none found where it does not stand."""
    service = open_service(folder / "articles", ARTICLES)
    found = measure(service)
    service.close()
    print(
        f"{'boundaries':<18} {found.names:>5} queries  found {found.found}  missed {len(found.missed)}"
        f"  strangers {len(found.strangers)}"
    )
    for name, id in [*found.missed, *found.strangers][:20]:
        print(f"  {name} {id}")
    return {"boundaries.missed": -float(len(found.missed)), "boundaries.strangers": -float(len(found.strangers))}


def _development(folder: Path, verbose: bool) -> dict[str, float]:
    """Score the development queries; count hits that match all and must not match, and facet checks that fail."""
    queries = development_set(folder)
    service = queries.service
    gains: list[float] = []
    wrong = 0
    for topic in queries.topics:
        ranked = queries.rank(topic.text)
        whole = set(queries.rank(topic.text, complete=True))
        bad = sorted(whole & set(topic.must_not))
        gains.append(ndcg(ranked, topic.grades))
        wrong += len(bad)
        if verbose:
            shown = " ".join(f"{id}{'' if id in whole else '~'}:{topic.grades.get(id, 0)}" for id in ranked[:8])
            print(f"  {topic.id} {gains[-1]:.3f} {'BAD ' + str(bad) if bad else ''} {topic.text}  ->  {shown}")
    wrong_facets = list(failures(service))
    service.close()
    for line in wrong_facets:
        print(f"  {line}")
    print(f"{'facets':<18} {len(wrong_facets):>5} checks fail")
    print(f"{'development':<18} {len(gains):>5} queries  nDCG@10 {mean(gains):.4f}  plainly wrong hits {wrong}")
    return {
        "development.nDCG@10": mean(gains),
        "development.wrong": -float(wrong),
        "development.facets": -float(len(wrong_facets)),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
