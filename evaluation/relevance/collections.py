"""The test collections: where they lie, and their queries and judgements."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@dataclass(frozen=True, slots=True)
class Topic:
    """One query and what is relevant to it; ``must_not`` must not be among the hits that match all."""

    id: str
    text: str
    grades: Mapping[str, int]
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TestCollection:
    """Documents and several sets of topics over them, by name."""

    name: str
    documents: Path
    topics: Mapping[str, list[Topic]]


def public_collections() -> Iterator[TestCollection]:
    """Yield Cranfield, CMRC 2018 and DRCD, as far as they are present."""
    folder = SHARED / "data" / "ir"
    for name, sets in (
        ("cranfield", {"graded": ("queries", "qrels_graded"), "binary": ("queries", "qrels")}),
        ("cmrc2018", {"hans": ("queries", "qrels"), "hant": ("queries_hant", "qrels")}),
        ("drcd", {"hant": ("queries", "qrels"), "hans": ("queries_hans", "qrels")}),
    ):
        if (folder / name).is_dir():
            topics = {
                label: _topics(folder / name / f"{queries}.jsonl.gz", folder / name / f"{qrels}.trec")
                for label, (queries, qrels) in sets.items()
            }
            yield TestCollection(name, folder / name / "docs.jsonl.gz", topics)


def _topics(queries: Path, qrels: Path) -> list[Topic]:
    grades: dict[str, dict[str, int]] = {}
    for line in qrels.read_text(encoding="utf-8").splitlines():
        topic, _, document, grade = line.split()
        if int(grade) > 0:
            grades.setdefault(topic, {})[document] = int(grade)
    with gzip.open(queries, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Topic(str(row["id"]), row["text"], grades[str(row["id"])]) for row in rows if str(row["id"]) in grades]


CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"


def corpus_topics() -> list[Topic]:
    """Return our own queries over the collection that ships; one in each script where it has Han characters."""
    rows = tomllib.loads(Path(__file__).with_name("corpus_queries.toml").read_text(encoding="utf-8"))["query"]
    texts = [(f"{number}{suffix}", text, row["relevant"])
             for number, row in enumerate(rows, 1)
             for suffix, text in (("", row["text"]), ("-hant", row.get("hant"))) if text]  # fmt: skip
    return [Topic(id, text, relevant) for id, text, relevant in texts]


def without_language(id: str) -> str:
    """Return the id of a document of ours without its language: digest-001-01-en is digest-001-01."""
    return re.sub(r"-(?:en|zh(?:-hans|-hant)?)\Z", "", id)


def development_topics() -> list[Topic]:
    """Return the development queries over the real documents; judgements name documents by segment id."""
    plain = json.loads((SHARED / "eval" / "queries_dev.json").read_text(encoding="utf-8"))
    return [Topic(row["qid"], row["query"], row["relevant"], tuple(row["must_not_match"])) for row in plain["queries"]]


def segment_titles() -> dict[str, str]:
    """Return the title of each segment id of the real documents."""
    rows = json.loads((SHARED / "eval" / "segments.json").read_text(encoding="utf-8"))
    return {row["id"]: row["title"] for row in rows}
