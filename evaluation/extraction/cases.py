"""Precision, recall and F1 of the case table against gold: which person has which charge, status, penalty and date.

Gold files: ``gold_cases.json`` (documents of ``../shared``, by id, without their text) and ``cases_own.json``
(paragraphs of our own about invented people, with their text).  A row of gold is one person of one document:

``person``    all names that are right
``status``    what has to be found; "tried|charged" is one thing that either word says
``charges``   what has to be found, each as the list of all names that are right
``months``    penalties in months, or "life" or "death"; a penalty in weeks or hours is not judged
``dates``     status -> date that its row must give, judged where that status was found
``modality``  status -> "hedged" where the document only reports or attributes it, judged where that status was found
``optional``  the same keys: what is neither rewarded nor punished
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.extraction.gold import SHARED
from evaluation.extraction.score import Score, normalised
from indexer.authority import Authority
from indexer.extract.document import extract
from indexer.language import detect
from indexer.model import Case, Document, Entity, Sentence

ARTICLES = Path(__file__).with_name("gold_cases.json")
OWN = Path(__file__).with_name("cases_own.json")

#: The parts of the gold, those that are there without ``../shared`` first.
OWN_PARTS = ("cases-own-en", "cases-own-en-aside", "cases-own-zh", "cases-own-zh-aside")
PARTS = (*OWN_PARTS, "cases-zh", "cases-zh-aside", "cases-speeches")

#: Where the documents of ``ARTICLES`` lie.
SOURCES = ("hr_zh_dev.jsonl.gz", "ungdc-3000.jsonl.gz")


@dataclass(frozen=True, slots=True)
class CaseGold:
    """One document and the rows of gold that a careful reader wrote for it."""

    part: str
    document: Document
    rows: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class Told:
    """What the cases of one document tell of one person."""

    names: tuple[str, ...]
    status: set[str] = field(default_factory=set)
    charges: set[tuple[str, ...]] = field(default_factory=set)
    months: set[int | str] = field(default_factory=set)
    dates: set[tuple[str, str | None]] = field(default_factory=set)
    modality: set[tuple[str, str]] = field(default_factory=set)


def case_gold(parts: Sequence[str] = PARTS) -> Iterator[CaseGold]:
    """Yield the gold of some parts.

    Raises: FileNotFoundError where ``../shared`` is absent and a part of it is asked for; LookupError where a
    document of the gold is missing.
    """
    for row in _rows(OWN):
        if row["part"] in parts:
            document = Document("cases_own.json", "", 1, "", row["text"], date=row["date"], id=row["document"])
            yield CaseGold(row["part"], document, tuple(row["cases"]))
    wanted = {row["document"]: row for row in _rows(ARTICLES) if row["part"] in parts}
    for name in SOURCES if wanted else ():
        with gzip.open(SHARED / "data" / name, "rt", encoding="utf-8") as lines:
            for article in map(json.loads, lines):
                if article["id"] in wanted:
                    row = wanted.pop(article["id"])
                    document = Document(name, "", 1, article["title"], article["text"], date=article.get("date"),
                                        id=article["id"])  # fmt: skip
                    yield CaseGold(row["part"], document, tuple(row["cases"]))
    if wanted:
        raise LookupError(f"no document has the id {', '.join(wanted)}")


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["documents"]
    return rows


def measure_cases(authority: Authority, parts: Sequence[str] = PARTS) -> dict[tuple[str, str], Score]:
    """Return the score of each (part, thing counted) with one set of authority files."""
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    for entry in case_gold(parts):
        document = entry.document
        found = extract(document, detect(document.title, document.text).passages, authority)
        for kind, counted in score_cases(told(found.cases, found.entities), entry.rows).items():
            scores[entry.part, kind] += counted
    return scores


def figures(scores: Mapping[tuple[str, str], Score]) -> dict[str, float]:
    """Return F1 and precision of each part under the names that the floors have: a wrong attribution is the worst."""
    f1 = {f"{part} {kind}": s.f1 for (part, kind), s in scores.items()}
    return f1 | {f"{part} {kind} precision": s.precision for (part, kind), s in scores.items()}


def told(cases: Iterable[Case], entities: Iterable[Entity]) -> list[Told]:
    """Return what cases tell, person by person."""
    names = {(e.kind, e.id): (e.name, *(n for names in e.names.values() for n in names)) for e in entities}
    people: dict[str, Told] = {}
    for case in cases:
        for id in case.persons:
            person = people.setdefault(id, Told(names.get(("person", id), (id,))))
            person.status.add(case.status)
            person.charges.update((charge, *names.get(("charge", charge), ())) for charge in case.charges)
            person.dates.add((case.status, case.date))
            person.modality.add((case.status, "stated" if case.modality == "stated" else "hedged"))
            person.months.update(_penalty(case.sentence))
    return list(people.values())


def _penalty(sentence: Sentence | None) -> tuple[int | str, ...]:
    if sentence is None:
        return ()
    if sentence.life or sentence.death:
        return ("life" if sentence.life else "death",)
    return (sentence.months,) if sentence.months else ()


def score_cases(people: Sequence[Told], rows: Sequence[dict[str, Any]]) -> dict[str, Score]:
    """Return the scores of one document by what is counted: status, charge, months, date, modality."""
    scores = dict.fromkeys(("status", "charge", "months", "date", "modality"), Score())
    left = list(people)
    for row in rows:
        wanted = set(map(normalised, row["person"]))
        meant = [p for p in left if wanted & set(map(normalised, p.names))]
        left = [p for p in left if p not in meant]
        for kind, counted in _compared(_together(row["person"][0], meant), row).items():
            scores[kind] += counted
    for stranger in left:
        for kind, counted in _compared(stranger, {}).items():
            scores[kind] += counted
    return scores


def _together(name: str, people: Sequence[Told]) -> Told:
    """Return what is told of one person whom a source writes in two ways, which are two people to a program."""
    one = Told((name,))
    for person in people:
        one.status |= person.status
        one.charges |= person.charges
        one.months |= person.months
        one.dates |= person.dates
        one.modality |= person.modality
    return one


def _compared(person: Told, row: dict[str, Any]) -> dict[str, Score]:
    name = person.names[0]
    optional = row.get("optional", {})
    return {
        "status": _groups(
            name, person.status, [w.split("|") for w in row.get("status", ())], optional.get("status", ()), _word
        ),
        "charge": _groups(name, person.charges, row.get("charges", ()), optional.get("charges", ()), _charge),
        "months": _groups(
            name, person.months, [str(m).split("|") for m in row.get("months", ())], optional.get("months", ()), _word
        ),
        "date": _attached(name, person.dates, row.get("dates", {})),
        "modality": _attached(name, person.modality, row.get("modality", {})),
    }


def _word(found: Any) -> set[str]:
    return {str(found)}


def _charge(found: tuple[str, ...] | str) -> set[str]:
    names = (found,) if isinstance(found, str) else found
    return {normalised(n).removesuffix("罪") for n in names}


def _groups(
    name: str,
    found: Iterable[Any],
    wanted: Sequence[Sequence[Any]],
    optional: Iterable[Any],
    keys: Callable[[Any], set[str]],
) -> Score:
    """Score a set of things: each group of ``wanted`` is one thing, which any of its members says."""
    groups = [set().union(*map(keys, group)) for group in wanted]
    free = set().union(*map(keys, optional))
    met: set[int] = set()
    wrong = []
    for thing in found:
        mine = keys(thing)
        hits = [i for i, group in enumerate(groups) if group & mine]
        met.update(hits)
        if not hits and not mine & free:
            wrong.append(f"{name} {thing if isinstance(thing, str | int) else thing[-1]}")
    missed = [f"{name} {group[0]}" for i, group in enumerate(wanted) if i not in met]
    return Score(len(met), tuple(wrong), tuple(missed))


def _attached(name: str, found: Iterable[tuple[str, str | None]], wanted: dict[str, str]) -> Score:
    """Score what belongs to a status (its date, its modality), where that status was found at all."""
    total = Score()
    for status, value in wanted.items():
        given = {v for s, v in found if s == status}
        if value in given:
            total += Score(1)
        elif given - {None}:
            total += Score(0, (f"{name} {status} {sorted(v for v in given if v)} for {value}",), (f"{name} {value}",))
        elif given:
            total += Score(0, (), (f"{name} {status} {value}",))
    return total
