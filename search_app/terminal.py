"""Records and results as lines for a terminal."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer.model import PLURAL


def record_lines(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a person wants to see of a record."""
    yield f"{record['title']}"
    yield f"  id          {record['id']}"
    yield f"  file        {record['file']['path']} part {record['file']['part']}"
    yield f"  date        {record['date'] or 'not known'}" + (f"  ({record['date_rule']})" if record["date"] else "")
    yield f"  language    {record['language']} {record['script'] or ''}".rstrip()
    yield f"  publisher   {record['publisher_name'] or 'not known'}"
    for source in record["sources"]:
        yield f"  source      {source}"
    for plural in PLURAL.values():
        if record[plural]:
            named = ", ".join(f"{one['name']} ({len(one['mentions'])})" for one in record[plural])
            yield f"  {plural:<12}{named}"
    for case in record["cases"]:
        yield f"  case        {', '.join(case['persons'])}: {case['status']} ({case['status_text']}), " + ", ".join(
            case["charges"]
        )
    for one in record["corrections"]:
        said = one["problem"] or f"{one['was']} before"
        yield f"  correction  {one['field']}: {one['value']} ({said}), {one['source']}, {one['by']}, {one['date']}"
    yield ""


def result_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield hits with their passages, marks in [brackets], then the facets."""
    yield _total(found)
    for line in found["query"]["ignored"]:
        yield f"not used: {line}"
    for expansion in found["query"]["expansions"]:
        yield f"also searched: {expansion['label']} ({expansion['kind']}) for “{expansion['text']}”"
    for question in found["query"]["questions"]:
        for choice in question["choices"]:
            told = f", {choice['distinguisher']}" if choice["distinguisher"] else ""
            yield f"which {question['facet']}: {choice['id']} ({choice['label']}{told})"
    if found["nothing"]:
        yield from _nothing(found["nothing"])
    if found["suggestion"]:
        yield f"did you mean: {found['suggestion']}"
    yield ""
    begun_most = False
    for number, hit in enumerate(found["hits"], 1 + (found["page"] - 1) * found["per_page"]):
        if hit["match"] == "most" and not begun_most:
            begun_most = True
            yield "— documents with most of the words —\n"
        yield f"{number}. {hit['title']}"
        yield f"   {hit['date'] or 'undated'} · {hit['publisher_name'] or 'publisher not known'} · {hit['id']}"
        for snippet in hit["snippets"]:
            yield f"   {_plain(snippet['html'])}"
        yield ""
    for name in ("year", "person", "organisation", "charge"):
        values = found["facets"][name][:8]
        if values:
            yield f"{name}: " + ", ".join(f"{value['label']} ({value['count']})" for value in values)


def case_lines(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield cases with the words that say so; a case is what a document says, not a finding."""
    for row in rows:
        people = ", ".join(one["name"] for one in row["person_names"]) or "nobody named"
        charges = ", ".join(one["name"] for one in row["charge_names"]) or "no charge stated"
        penalty = f", {_penalty(row)}" if row["sentence"] else ""
        yield f"{row['date'] or 'date not stated'}  {people}: {row['status'].replace('_', ' ')} ({row['status_text']})"
        corrected = ", corrected" if row["corrected"] else ""
        yield f"    {charges}{penalty}  [{row['modality']}, {row['basis']}{corrected}]"
        for quote in row["quotes"]:
            yield f"    “{' '.join(quote['text'].split())}”"
        yield f"    {row['document']['title']} · {row['document']['date'] or 'undated'} · {row['document']['id']}"
        yield ""
    yield f"{counted(len(rows), 'case')}: what documents say, not findings"


def _penalty(row: Mapping[str, Any]) -> str:
    """Return a penalty in the words of the text; where it was corrected, what is right, in months."""
    sentence = row["sentence"]
    if not any(sentence.get(key) for key in row["corrected"]):
        return str(sentence["text"])
    said = {"months": "{} months", "suspended_months": "suspended for {} months", "life": "life", "death": "death",
            "political_rights_months": "political rights {} months"}  # fmt: skip
    return ", ".join(words.format(sentence[key]) for key, words in said.items() if sentence[key])


#: Headings of the groups of ``hrsearch who``.
_GROUPS = {
    "exact": "bears this very name",
    "other_script": "the same name in another script or spelling",
    "romanised": "the name romanised, or in another order",
    "homophones": "sounds alike: other people, not matched by a search",
    "near": "spelt nearly so: perhaps others, not matched by a search",
}


#: What makes two people alike or different, for ``hrsearch who``.
_GROUNDS = {
    "shared_charge": "both have a case with {}",
    "shared_organisation": "both are named beside {}",
    "shared_place": "both are named beside {}",
    "shared_publisher": "both are named by {}",
    "same_role": "both are called {}",
    "same_birth": "both were born in {}",
    "same_time": "both are named in {}",
    "not_same_as": "the authority files keep them apart",
    "parted": "kept apart by a researcher: {}",
    "named_together": "one document names both: {}",
    "different_characters": "different characters: {}",
    "different_births": "born in different years: {}",
    "different_times": "named in different years: {}",
    "different_roles": "described otherwise: {}",
}


def who_lines(name: str, groups: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield who bears a name, group by group."""
    for group, heading in _GROUPS.items():
        if groups[group]:
            yield f"{heading}:"
        for one in groups[group]:
            names = ", ".join(dict.fromkeys(own for owns in one["names"].values() for own in owns))
            yield f"  {one['kind']} {one['id']}: {names}"
            yield f"    {counted(one['documents'], 'document')}, tied by {one['tie']}: {', '.join(one['sources'])}"
            yield from _ground_lines("for one person", one.get("why", ()))
            yield from _ground_lines("for two", one.get("against", ()))
    if not any(groups.values()):
        yield f"Nobody in this collection is called {name}, or nearly so."


def _ground_lines(side: str, grounds: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for ground in grounds:
        values = ", ".join(
            value["id"] if value["kind"] == "document" else value["labels"]["en"] for value in ground["values"]
        )
        yield f"    {side}: {_GROUNDS[ground['reason']].format(values)}"


def explanation_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield why a document matches a query."""
    match = {"all": "has every unit", "most": "has most of the query", None: "does not match"}[found["match"]]
    yield f"{found['title']} ({found['id']}): {match}" + (f", score {found['score']}" if found["match"] else "")
    for line in found["ignored"]:
        yield f"not used: {line}"
    for unit in found["units"]:
        state = "found" if unit["matched"] else "not found"
        yield f"  {unit['text'] or 'phrase or group'}: {state}" + ("" if unit["decides"] else " (does not decide)")
        for reading in unit["readings"]:
            yield f"    {reading['score']:>8.3f}  {reading['how']}: {reading['what']}"


def _nothing(nothing: Mapping[str, Any]) -> Iterator[str]:
    """Yield what was searched without a hit, and what each part of the query finds alone."""
    counts = ", ".join(f"{language} {count}" for language, count in nothing["languages"].items())
    years = f"{nothing['first_year']} to {nothing['last_year']}" if nothing["first_year"] else "no year known"
    yield f"searched: {counts or 'no document'}; {years}; undated {nothing['undated']}"
    if len(nothing["parts"]) > 1:
        yield "each alone: " + ", ".join(f"{part['q']} ({part['count']})" for part in nothing["parts"])
    if nothing["unfiltered"] is not None:
        yield f"without the filters: {nothing['unfiltered']}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _total(found: Mapping[str, Any]) -> str:
    total, complete = found["total"], found["total_all"]
    documents = counted(total, "document")
    return documents if total == complete else f"{documents}, {complete} of them with every word"


def _plain(marked: str) -> str:
    text = re.sub(r"</?mark>", lambda tag: "]" if tag.group().startswith("</") else "[", marked)
    return " ".join(html.unescape(text).split())
