"""What the script adds: names offered while typing, also through an input method, and copied passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import search_app

from .conftest import Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def scripted(browser: Browser, site: str) -> Iterator[Visit]:
    context = browser.new_context(locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
    visit = Visit(context, site)
    yield visit
    visit.check()
    context.close()


def test_names_are_offered_and_chosen_from_the_keyboard(scripted: Visit) -> None:
    page = scripted.open("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("shunl")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Cao Shunli")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "name-0")
    expect(box).to_be_focused()
    box.press("Enter")
    expect(page.locator("h1")).to_contain_text("Cao Shunli")


def test_escape_closes_the_list_and_enter_searches_what_was_typed(scripted: Visit) -> None:
    page = scripted.open("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("shunl")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")
    page.wait_for_url("**/search?q=shunl")


def test_keys_of_an_input_method_are_left_to_it(scripted: Visit) -> None:
    page = scripted.open("/")
    box = page.locator("#q")
    box.focus()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    input_method = page.context.new_cdp_session(page)
    input_method.send("Input.imeSetComposition", {"text": "cao'shun", "selectionStart": 8, "selectionEnd": 8})
    page.wait_for_timeout(300)
    assert asked == []
    input_method.send("Input.insertText", {"text": "曹顺"})
    expect(page.get_by_role("option").first).to_contain_text("曹顺利")
    assert page.url.endswith("/")


def test_a_careful_readers_typing_is_sent_nowhere(scripted: Visit) -> None:
    page = scripted.open("/?careful=on")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    page.locator("#q").press_sequentially("shunl")
    page.wait_for_timeout(300)
    assert asked == []


def test_a_passage_is_copied_with_its_citation(scripted: Visit) -> None:
    page = scripted.open("/doc/digest-001-01-en?q=Cao+Shunli#p2")
    page.get_by_role("button", name="Copy ¶ 2").click()
    expect(page.locator("[role=status]")).to_have_text("copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    passage = page.locator("#p2 .says").inner_text()
    assert copied.startswith(f"“{passage}”\n")
    assert copied.endswith("¶ 2")


def test_the_number_of_documents_is_read_out(scripted: Visit) -> None:
    page = scripted.open("/search?q=Cao+Shunli")
    expect(page.locator("[role=status]")).to_have_text(re.compile(r"^\d+ documents? with “Cao Shunli”$"))


def test_selected_words_are_copied_with_the_numbers_of_their_paragraphs(scripted: Visit) -> None:
    page = scripted.open("/doc/digest-001-01-en")
    page.evaluate(
        """() => {
            const range = document.createRange();
            range.setStart(document.querySelector("#p2 .says").firstChild, 0);
            range.setEnd(document.querySelector("#p3 .says").firstChild, 5);
            getSelection().addRange(range);
        }"""
    )
    page.get_by_role("button", name="Copy the selected words").click()
    expect(page.locator("[role=status]")).to_have_text("copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    second, third = (page.locator(f"#{id} .says").inner_text() for id in ("p2", "p3"))
    assert copied.startswith(f"“{second}\n{third[:5]}”\n")
    assert copied.endswith("¶ 2–3")


def test_all_script_together_is_small() -> None:
    scripts = Path(search_app.__file__).parent.rglob("*.js")
    assert sum(script.stat().st_size for script in scripts) < 20_000
