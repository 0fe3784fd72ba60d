"""Facet checks: filters with the exact documents and counts that a right system gives.

A check names facet values by year or by any name of the entity; one entity on two lines of a facet is a failure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.relevance.collections import SHARED, segment_titles
from indexer.fold import fold_text
from search_app.facets import FacetValue
from search_app.request import FILTERS, Parameters
from search_app.service import Results, Service


def failures(service: Service) -> Iterator[str]:
    """Yield a line for every check that does not hold on an index of the real documents alone."""
    plain = json.loads((SHARED / "eval" / "facets_dev.json").read_text(encoding="utf-8"))
    segment_of = {fold_text(title): segment for segment, title in segment_titles().items()}
    for check in plain["facets"]:
        found = service.search(_parameters(check))
        titles: list[str] = [hit.record["title"] for hit in found.hits]
        ids = {segment_of.get(fold_text(title), title) for title in titles}
        if ids != set(check["expect_docs"]):
            yield f"{check['fid']}: documents {sorted(ids)}, not {sorted(check['expect_docs'])}"
        for value, count in check["expect_counts"].items():
            lines = _lines(found, value)
            if [line.count for line in lines] != [count]:
                yield f"{check['fid']}: {value} counts {[(line.value, line.count) for line in lines]}, not {count}"


def _parameters(check: Mapping[str, Any]) -> Parameters:
    filters: dict[str, tuple[str, ...]] = {}
    for name, values in check["filters"].items():
        filters["organisation" if name == "org" else name] = tuple(values)
    return Parameters(q=check["query"], filters=filters, per_page=100, facet_size=1000)


def _lines(found: Results, value: str) -> Sequence[FacetValue]:
    """Return the facet lines that show a value: a year, or a name of the entity in any spelling."""
    wanted = fold_text(value)
    return [
        line
        for name in ("year", *FILTERS)
        for line in found.facets[name]
        if name != "publisher"
        and (
            line.value == value
            or (line.named and wanted in {fold_text(n) for ns in line.named.names.values() for n in ns})
        )
    ]
