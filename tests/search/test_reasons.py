"""What a hit says of why it was found: as typed, in other characters, in another form, by another word or name."""

from __future__ import annotations

import pytest

from search_app.request import Parameters
from search_app.service import Service


def why(service: Service, q: str, id: str) -> dict[str, str]:
    hits = service.search(Parameters(q=q, per_page=100)).hits
    hit = next(hit for hit in hits if hit.record["id"] == id)
    return {remark.code: str(dict(remark.values).get("forms", "")) for remark in hit.why}


@pytest.mark.parametrize(
    ("q", "id", "code", "forms"),
    [
        ("harbour", "turk", "written", "harbour"),
        ("HARBOUR", "turk", "written", "harbour"),
        ("lawyer", "lin-en", "form", "lawyers"),
        ("lawy*", "lin-en", "form", "lawyers"),
        ("“re-education classes”", "circle", "written", "re-education classes"),
        ("Vaclav", "turkic", "script", "Václav"),
        ("林爱萍", "lin-hans", "written", "林爱萍"),
        ("林爱萍", "lin-hant", "script", "林愛萍"),
        ("了解情况", "summit", "script", "瞭解情况"),
    ],
)
def test_the_liberty_that_was_taken_is_named(service: Service, q: str, id: str, code: str, forms: str) -> None:
    assert why(service, q, id)[code] == forms


def test_another_name_tells_of_the_entity_alone(service: Service) -> None:
    reasons = why(service, "林爱萍", "lin-en")
    assert "entity" in reasons
    assert not {"form", "word", "written"} & reasons.keys()


def test_a_field_tells_of_the_entity_too(service: Service) -> None:
    reasons = why(service, "person:林爱萍", "lin-en")
    assert "entity" in reasons
    assert "form" not in reasons
