"""Records and results as lines for a terminal."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
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
    yield ""


def result_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield hits with their passages, marks in [brackets], then the facets."""
    yield _total(found)
    for line in found["query"]["ignored"]:
        yield f"not used: {line}"
    for expansion in found["query"]["expansions"]:
        yield f"also searched: {expansion['label']} ({expansion['kind']}) for “{expansion['text']}”"
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


def _total(found: Mapping[str, Any]) -> str:
    total, complete = found["total"], found["total_all"]
    documents = "1 document" if total == 1 else f"{total} documents"
    return documents if total == complete else f"{documents}, {complete} of them with every word"


def _plain(marked: str) -> str:
    text = re.sub(r"</?mark>", lambda tag: "]" if tag.group().startswith("</") else "[", marked)
    return " ".join(html.unescape(text).split())
