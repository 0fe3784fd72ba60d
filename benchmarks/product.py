"""The product on real English and Chinese text: the whole service beside its engine, and the page over HTTP.

Ten thousand documents: news, encyclopaedia paragraphs and speeches of ``../shared/data``, some whole, the others in
pieces.  Queries are four words of one sentence, in its language, narrowed by two facets.
"""

from __future__ import annotations

import gzip
import json
import random
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from benchmarks.comparison import percentile
from benchmarks.real import SHARED, cut, in_turn
from benchmarks.running import Client, environment, hrsearch, served
from indexer.analysis import Analyzer, fold_text
from indexer.engines.base import Answer, Request
from indexer.sentences import sentences
from indexer.settings import load_settings
from search_app.query.stopwords import is_informative
from search_app.request import Parameters
from search_app.service import Service

#: Documents in all; speeches that are left whole, sixteen thousand characters long as a rule.
DOCUMENTS, WHOLE_SPEECHES = 10_000, 100

#: Characters of a piece of the other speeches, least and most: a page or two.
PIECE = (600, 1200)

#: Queries in each language, words of each, and passes over them.
QUERIES, WORDS, ROUNDS = 20, 4, 5

SHORT_SOURCES = ("hr_zh_dev.jsonl.gz", "ir/cmrc2018/docs.jsonl.gz", "ir/drcd/docs.jsonl.gz")
SPEECHES = "ungdc-3000.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Product:
    """Milliseconds through the service, by its engine alone on the same requests, and to the first byte of the page."""

    documents: int
    service_p50: float
    service_p95: float
    engine_p50: float
    first_byte_p50: float
    first_byte_p95: float


def product(folder: Path, reuse: bool = False, documents: int = DOCUMENTS) -> Product:
    """Measure on so many documents, which stand with their index in ``folder``."""
    index = folder / "index"
    if not (reuse and index.is_dir()):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _write(folder / "documents.jsonl", documents)
        hrsearch(index, "index", str(folder / "documents.jsonl"))
    asked = _questions(folder / "documents.jsonl")
    service, engine = _service(index, asked)
    pages = _pages(index, asked)
    return Product(
        documents=documents,
        service_p50=percentile(service, 50),
        service_p95=percentile(service, 95),
        engine_p50=percentile(engine, 50),
        first_byte_p50=percentile(pages, 50),
        first_byte_p95=percentile(pages, 95),
    )


def _write(file: Path, documents: int) -> None:
    rows = islice(_rows(), documents)
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _rows() -> Iterator[dict[str, str]]:
    """Yield rows as hrsearch reads them, of each source in turn: short documents, whole speeches, pieces of others."""
    speeches = list(_read(SPEECHES))
    pieces = (
        {**_row(speech), "id": f"{speech['id']}-{number}", "text": piece}
        for speech in speeches[WHOLE_SPEECHES:]
        for number, piece in enumerate(cut(speech["text"], *PIECE))
    )
    return in_turn([*(map(_row, _read(name)) for name in SHORT_SOURCES), map(_row, speeches[:WHOLE_SPEECHES]), pieces])


def _read(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(SHARED / name, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _row(row: dict[str, str]) -> dict[str, str]:
    return {key: row[key] for key in ("id", "title", "text", "date") if row.get(key)}


def _questions(file: Path) -> list[Parameters]:
    """Draw queries from sentences of the documents, the same ones every time."""
    chance, analyzer = random.Random(5), Analyzer()
    texts = [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]
    wanted = {True: QUERIES, False: QUERIES}
    asked = []
    while any(wanted.values()):
        text = chance.choice(texts)
        start, end = chance.choice(sentences(text) or [(0, len(text))])
        sentence = text[start:end]
        han = sum(character > "\u2e7f" for character in sentence) > len(sentence) / 2
        words = _words(analyzer, sentence, han)
        if len(words) < WORDS or not wanted[han]:
            continue
        wanted[han] -= 1
        chosen = sorted(chance.sample(range(len(words)), WORDS))
        filters = {"language": ("zh" if han else "en",), "kind": ("source",)}
        asked.append(Parameters(q=" ".join(words[number] for number in chosen), filters=filters))
    return asked


def _words(analyzer: Analyzer, sentence: str, han: bool) -> list[str]:
    """Return the words of a sentence as written, without those that say nothing, each once."""
    spans = [(token.start, token.end) for token in analyzer.analyze(sentence).words]
    words = dict.fromkeys(sentence[start:end] for start, end in spans)
    return [word for word in words if len(word) > (1 if han else 3) and is_informative(fold_text(word))]


def _service(index: Path, asked: Sequence[Parameters]) -> tuple[list[float], list[float]]:
    """Return the typical milliseconds of each query through the service, and of its requests by the engine alone."""
    values = load_settings(None, environment(index))
    service = Service.open(values)
    with service.collection() as collection:
        snapshot = collection.snapshot
        requests: list[Request] = []
        search = snapshot.search

        def noted(request: Request) -> Answer:
            requests.append(request)
            return search(request)

        def engine_alone(request: Request) -> None:
            snapshot.stored([hit.id for hit in search(request).hits])

        snapshot.search = noted  # type: ignore[method-assign]
        through, alone = [], []
        for parameters in asked:
            through.append(_typical_ms(partial(service.search, parameters)))
            alone.append(_typical_ms(partial(engine_alone, requests[-1])))
    service.close()
    return through, alone


def _pages(index: Path, asked: Sequence[Parameters]) -> list[float]:
    """Return the typical milliseconds to the first byte of the page of each query."""
    with served(index) as port:
        client = Client(port)
        times = []
        for parameters in asked:
            values = {"q": parameters.q, **parameters.filters}
            replies = [client.get("/search", values) for _ in range(ROUNDS + 1)]
            assert {reply.status for reply in replies} == {200}
            times.append(statistics.median(reply.first_byte_ms for reply in replies[1:]))
        client.close()
    return times


def _typical_ms(run: Callable[[], object]) -> float:
    """Return the median of some runs after the first."""
    run()
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
