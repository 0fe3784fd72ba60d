"""Results to one plain dict: what the page, the API, the feed, the export and the command line all show."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from indexer.engines.base import FACETS, UNDATED
from search_app.facets import FacetValue
from search_app.hits import ResultHit
from search_app.query.names import Named
from search_app.request import FILTERS, cursor_of
from search_app.service import Results


def results(found: Results, lang: str = "en") -> dict[str, Any]:
    """Return results as the JSON of contract.md; labels are in ``lang`` with all languages beside them."""
    parameters = found.parameters
    more = parameters.page * parameters.per_page < found.total
    return {
        "query": {
            "q": parameters.q,
            "filters": {name: list(values) for name, values in found.filters.items()},
            "filter_labels": {
                name: {id: labels(named) for (facet, id), named in found.labels.items() if facet == name}
                for name in FILTERS
                if any(facet == name for facet, _ in found.labels)
            },
            "sort": parameters.sort,
            "expand": parameters.expand,
            "without_expansions": sorted(parameters.without_expansions),
            "ignored": [remark.sentence for remark in found.ignored],
            "ignored_codes": [remark.as_json() for remark in found.ignored],
            "questions": [
                {
                    "facet": q.facet,
                    "value": q.value,
                    "excluded": q.excluded,
                    "choices": [_choice(choice, lang) for choice in q.choices],
                }
                for q in found.questions
            ],
            "expansions": [
                {
                    "text": expansion.text,
                    "kind": expansion.named.kind,
                    "id": expansion.named.id,
                    "label": expansion.named.label(lang),
                    "labels": labels(expansion.named),
                }
                for expansion in found.expansions
            ],
        },
        "total": found.total,
        "total_all": found.total_all,
        "page": parameters.page,
        "per_page": parameters.per_page,
        "next": cursor_of(parameters.page + 1) if more else None,
        "took_ms": round(found.took_ms, 1),
        "index": {"generation": found.generation, "analyzer": found.analyzer, "documents": found.documents},
        "hits": [_hit(hit, found, lang) for hit in found.hits],
        "facets": {name: [_facet_value(value, lang) for value in found.facets[name]] for name in FACETS},
        "without": {name: _facet_value(value, lang) for name, value in found.without.items()},
        "nothing": None if found.nothing is None else asdict(found.nothing),
        "suggestion": found.suggestion,
        "sounding_like": [entity(named, lang) for named in found.sounding_like],
    }


def labels(named: Named) -> dict[str, str]:
    """Return the name of an entity in each language of the interface."""
    return named.labels()


def entity(named: Named, lang: str) -> dict[str, Any]:
    """Return an entity in short."""
    return {"kind": named.kind, "id": named.id, "label": named.label(lang), "labels": labels(named)}


def _choice(named: Named, lang: str) -> dict[str, Any]:
    return {
        **entity(named, lang),
        "distinguisher": named.distinguisher or None,
        "distinguishers": dict(named.distinguishers),
        "documents": named.documents,
    }


def _hit(hit: ResultHit, found: Results, lang: str) -> dict[str, Any]:
    record = hit.record
    return {
        "id": record["id"],
        "kind": record["kind"],
        "digest_of": record["digest_of"],
        "title": record["title"],
        "title_html": hit.title_html,
        "date": record["date"],
        "year": record["year"],
        "language": record["language"],
        "script": record["script"],
        "url": record["url"],
        "sources": record["sources"],
        "publisher": record["publisher"],
        "publisher_name": record["publisher_name"],
        "file": record["file"],
        "score": hit.score,
        "match": hit.match,
        "why": [remark.sentence for remark in hit.why],
        "why_codes": [remark.as_json() for remark in hit.why],
        "snippets": [
            {
                "field": snippet.field,
                "html": snippet.html,
                "start": snippet.start,
                "end": snippet.end,
                "lang": passage_language(record, snippet.start),
            }
            for snippet in hit.snippets
        ],
        "persons": _named(record["persons"]),
        "organisations": _named(record["organisations"]),
        "charges": _named(record["charges"]),
    }


def _named(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": one["id"], "name": one["name"], "names": one["names"]} for one in entities]


def passage_language(record: Any, offset: int) -> str:
    """Return the language tag of the text at an offset: "en", "zh-Hans", "zh-Hant" …"""
    language, script = record["language"], record["script"]
    for passage in record["passages"]:
        if passage["start"] <= offset < passage["end"]:
            language, script = passage["language"], passage["script"]
            break
    if language == "mixed":
        language = "zh" if script in ("Hans", "Hant") else "en"
    if language == "zh":
        return f"zh-{script or 'Hans'}"
    return "und" if language == "other" else str(language)


def _facet_value(value: FacetValue, lang: str) -> dict[str, Any]:
    named = value.named
    shown = {"en": value.value, "zh-Hans": value.value, "zh-Hant": value.value} if named is None else labels(named)
    return {
        "value": value.value,
        "label": "undated" if value.value == UNDATED else named.label(lang) if named else value.value,
        "labels": shown,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
    }
