"""What the product's measure compares: the service, and by its engine alone everything that the service asks of it."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from benchmarks.product import _requests, _service
from benchmarks.running import environment, hrsearch
from indexer.settings import load_settings
from search_app.request import Parameters
from search_app.service import Service

TEXTS = ("The harbour museum lent its lanterns to the school.", "The school gave the lanterns back to the harbour.",
         "A lantern was found in the river.")  # fmt: skip


def test_the_engine_alone_is_asked_all_that_the_service_asks(tmp_path: Path) -> None:
    lines = (json.dumps({"id": f"d{number}", "title": "", "text": text}) for number, text in enumerate(TEXTS))
    (tmp_path / "documents.jsonl").write_text("\n".join(lines), encoding="utf-8")
    hrsearch(tmp_path / "index", "index", str(tmp_path / "documents.jsonl"))
    asked = [Parameters(q="harbour lantern museum"), Parameters(q="river")]
    service = Service.open(load_settings(None, environment(tmp_path / "index")))
    with service.collection() as collection:
        before = {**vars(collection.snapshot)}
        several, one = _requests(service, asked)
        assert vars(collection.snapshot) == before
    service.close()
    assert [_name(request) for request in several] == ["count"] * 4 + ["search", "stored"]  # three units, all of them
    assert [_name(request) for request in one] == ["search", "stored"]
    times = _service(tmp_path / "index", asked)
    assert [len(listed) for listed in times] == [2, 2]
    assert all(time > 0 for listed in times for time in listed)


def _name(request: object) -> str:
    assert isinstance(request, partial)
    return str(request.func.__name__)
