"""A shared result opens from the disk in a browser that has no network, and passes the rules of accessibility."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from indexer.settings import Settings
from search_app import create_app
from search_app.request import Parameters
from search_app.service import Service
from search_app.share import gather, save
from search_app.views.share_page import share_page

pytestmark = pytest.mark.browser


def opened(browser: Browser, path: Path, **context: object) -> tuple[Page, list[str], list[str]]:
    """Open a file without a network; return the page, what it asked for, and what the console says."""
    window = browser.new_context(offline=True, locale="en-GB", **context)  # type: ignore[arg-type]
    page = window.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    return page, asked, said


@pytest.fixture(
    scope="module", params=[("曹顺利", "en"), ("曹順利", "zh-Hans"), ("lawyer Beijing", "zh-Hant"), ("*", "en")]
)
def shared(request: pytest.FixtureRequest, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the result of a search in the collection that ships."""
    query, lang = request.param
    service = Service.open(settings)
    content = gather(service, Parameters(q=query, per_page=100), lang)
    assert content.citations
    path = tmp_path_factory.mktemp("shared") / "result.html"
    save(path, share_page(create_app(settings, service), content, lang))
    service.close()
    return path


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_it_opens_without_a_network_at_every_width(browser: Browser, shared: Path, width: int) -> None:
    page, asked, said = opened(browser, shared, viewport={"width": width, "height": 900})
    assert (asked, said) == ([shared.as_uri()], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing runs out of the window"
    assert page.locator(".hit").count() > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.sheet')).maxWidth") != "none", (
        "the style is in force"
    )
    mark = page.locator(".wordmark span").evaluate("node => getComputedStyle(node).color")
    assert mark == page.evaluate("getComputedStyle(document.body).color"), "the name is one word in one ink"
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, shared: Path, scheme: str) -> None:
    # The page allows no script at all, so that the rules are run in a window that passes over its policy.
    page, _, _ = opened(browser, shared, color_scheme=scheme, bypass_csp=True)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.context.close()


def test_it_prints_every_document(browser: Browser, shared: Path) -> None:
    page, _, _ = opened(browser, shared)
    page.emulate_media(media="print")
    assert page.locator(".hit .cite:visible").count() == page.locator(".hit").count()
    assert page.locator(".receipt:visible").count() == 2
    page.context.close()
