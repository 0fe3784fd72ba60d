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
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.comparison import percentile
from benchmarks.real import SHARED, cut, in_turn
from benchmarks.running import Client, environment, hrsearch, served
from indexer.analysis import Analyzer, fold_text
from indexer.sentences import sentences
from indexer.settings import load_settings
from search_app.query.stopwords import is_informative
from search_app.request import Parameters
from search_app.service import Service

#: Documents in all; speeches that are left whole, sixteen thousand characters long as a rule.
DOCUMENTS, WHOLE_SPEECHES = 10_000, 100

#: Characters of a piece of the other speeches, least and most: a page or two.
PIECE = (600, 1200)

#: Queries in each language, and words of each.
QUERIES, WORDS = 20, 4

#: Passes over the queries through the service and by its engine alone, and requests in a row for a page of each.
PASSES, ROUNDS = 15, 5

SHORT_SOURCES = ("hr_zh_dev.jsonl.gz", "ir/cmrc2018/docs.jsonl.gz", "ir/drcd/docs.jsonl.gz")
SPEECHES = "ungdc-3000.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Product:
    """Milliseconds through the service, by its engine alone for the same queries, and to the first byte of the page.

    The engine alone answers all that the service asks of it for a query: counts, the search, the hits' records.
    """

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
    """Return the typical milliseconds of each query through the service, and of all its requests by the engine alone.

    All queries are asked in turn, pass after pass, by the service and by the engine alone in turn in each: what else
    the machine does meets both, and neither has just answered the same query.
    """
    service = Service.open(load_settings(None, environment(index)))
    requests = _requests(service, asked)
    through, alone = [], []
    for _ in range(PASSES):
        through.append([_ms(partial(service.search, parameters)) for parameters in asked])
        alone.append([_ms(partial(_make, made)) for made in requests])
    service.close()
    return _typical(through), _typical(alone)


def _requests(service: Service, asked: Sequence[Parameters]) -> list[list[Callable[[], object]]]:
    """Return for each query what the service asks of the snapshot: its counts, its search, and the hits' records.

    They are those of a second pass: how many documents have a term the service asks once.
    """
    noted: list[Callable[[], object]] = []

    def noting(ask: Callable[..., Any]) -> Callable[..., Any]:
        def ask_and_note(*arguments: object) -> Any:
            noted.append(partial(ask, *arguments))
            return ask(*arguments)

        return ask_and_note

    for parameters in asked:
        service.search(parameters)
    requests = []
    with service.collection() as collection:
        snapshot = collection.snapshot
        methods: dict[str, Any] = {name: noting(getattr(snapshot, name)) for name in ("count", "search", "stored")}
        lexicon = replace(collection.lexicon, count=methods["count"])
        with patch.multiple(snapshot, **methods), patch.object(collection, "lexicon", lexicon):
            for parameters in asked:
                noted.clear()
                service.search(parameters)
                requests.append(noted.copy())
    return requests


def _make(requests: Sequence[Callable[[], object]]) -> None:
    """Make some requests, one after the other."""
    for request in requests:
        request()


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


def _typical(passes: Sequence[Sequence[float]]) -> list[float]:
    """Return the median of each query's times; every pass has one of each."""
    return [statistics.median(times) for times in zip(*passes, strict=True)]


def _ms(run: Callable[[], object]) -> float:
    """Return the milliseconds that something takes."""
    begun = time.perf_counter()
    run()
    return (time.perf_counter() - begun) * 1000
