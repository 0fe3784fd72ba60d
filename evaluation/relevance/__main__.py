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
from evaluation.relevance.collections import (
    CORPUS,
    SHARED,
    Topic,
    corpus_topics,
    development_topics,
    public_collections,
    segment_titles,
    without_language,
)
from evaluation.relevance.facets import failures
from evaluation.relevance.measures import ndcg, recall, reciprocal_rank, success
from indexer.engines import open_engine
from indexer.fold import fold_text
from indexer.pipeline import update
from indexer.settings import load_settings
from search_app.request import Parameters
from search_app.service import Service

#: A plain BM25 over jieba words or stemmed English, in the collection's own script: what must at least be reached.
BASELINES = {"cranfield.graded": 0.327, "cranfield.binary": 0.495, "cmrc2018.hans": 0.982, "drcd.hant": 0.954}


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return 1 where one lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.relevance", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every tenth query of the large collections")
    parser.add_argument("--verbose", action="store_true", help="list each development query")
    parser.add_argument("--only", default="", help="only the sets whose name begins with this")
    options = parser.parse_args(arguments)
    scores: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        if "corpus".startswith(options.only):
            scores.update(_corpus(Path(folder), options.verbose))
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: the real documents and test collections are kept outside the repository")
        return below_floors("relevance", scores, quick=options.quick)
    with tempfile.TemporaryDirectory() as folder:
        if "development".startswith(options.only):
            scores.update(_development(Path(folder), options.verbose))
        if "boundaries".startswith(options.only) and ARTICLES.is_file():
            scores.update(_boundaries(Path(folder)))
        for collection in public_collections():
            if not collection.name.startswith(options.only) and not options.only.startswith(collection.name):
                continue
            service = _service(Path(folder) / collection.name, collection.documents)
            for label, topics in collection.topics.items():
                chosen = topics[::10] if options.quick and len(topics) > 1000 else topics
                scores.update(_score(f"{collection.name}.{label}", chosen, service))
            service.close()
    return below_floors("relevance", scores, quick=options.quick)


def _service(index: Path, documents: Path) -> Service:
    settings = load_settings()
    settings = settings.replaced(index_folder=str(index))
    update(open_engine("whoosh", index), settings.path("corpus.authority"), [documents])
    return Service.open(settings)


def _score(name: str, topics: Sequence[Topic], service: Service) -> dict[str, float]:
    ranked = [_search(service, topic.text) for topic in topics]
    table = {
        "nDCG@10": _mean(ndcg, ranked, topics),
        "MRR@10": _mean(reciprocal_rank, ranked, topics),
        "success@1": _mean(success, ranked, topics),
        "recall@100": _mean(recall, ranked, topics),
    }
    shown = "  ".join(f"{measure} {value:.4f}" for measure, value in table.items())
    baseline = f"  (plain BM25: nDCG@10 {BASELINES[name]})" if name in BASELINES else ""
    print(f"{name:<18} {len(topics):>5} queries  {shown}{baseline}", flush=True)
    return {f"{name}.{measure}": value for measure, value in table.items()}


def _mean(
    measure: Callable[[Sequence[str], Mapping[str, int]], float],
    ranked: Sequence[Sequence[str]],
    topics: Sequence[Topic],
) -> float:
    return mean(measure(ids, topic.grades) for ids, topic in zip(ranked, topics, strict=True))


def _search(service: Service, text: str) -> list[str]:
    return service.ids(Parameters(q=text, per_page=100))


def _corpus(folder: Path, verbose: bool) -> dict[str, float]:
    """Score our own queries on the collection that ships; the best of a document's languages counts."""
    service = _service(folder / "corpus", CORPUS)
    topics = corpus_topics()
    gains = []
    for topic in topics:
        ranked = list(dict.fromkeys(without_language(id) for id in _search(service, topic.text)))
        gains.append(ndcg(ranked, topic.grades))
        if verbose:
            shown = " ".join(f"{id}:{topic.grades.get(id, 0)}" for id in ranked[:6])
            print(f"  {topic.id} {gains[-1]:.3f} {topic.text}  ->  {shown}")
    service.close()
    print(f"{'corpus':<18} {len(gains):>5} queries  nDCG@10 {mean(gains):.4f}")
    return {"corpus.nDCG@10": mean(gains)}


def _boundaries(folder: Path) -> dict[str, float]:
    """Score names as queries: none may be missed, none found where it does not stand."""
    service = _service(folder / "articles", ARTICLES)
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
    """Score the development queries on an index of the real documents alone."""
    service = _service(folder / "seeds", SHARED / "seeds")
    segment_of = {fold_text(title): segment for segment, title in segment_titles().items()}
    gains: list[float] = []
    wrong = 0
    for topic in development_topics():
        found = service.search(Parameters(q=topic.text, per_page=100))
        ranked = [
            (segment_of.get(fold_text(hit.record["title"]), hit.record["title"]), hit.match) for hit in found.hits
        ]
        gain = ndcg([id for id, _ in ranked], topic.grades)
        bad = [id for id, match in ranked[:20] if id in topic.must_not and match != "most"]
        gains.append(gain)
        wrong += len(bad)
        if verbose:
            shown = " ".join(
                f"{id}{'' if match == 'all' else '~'}:{topic.grades.get(id, 0)}" for id, match in ranked[:8]
            )
            print(f"  {topic.id} {gain:.3f} {'BAD ' + str(bad) if bad else ''} {topic.text}  ->  {shown}")
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
