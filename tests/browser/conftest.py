"""Debian's chromium over a real server with the collection that ships."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from indexer.engines import open_engine
from indexer.pipeline.run import Options
from indexer.pipeline.update import update
from indexer.settings import Settings, load_settings
from search_app.application import running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

#: No background request of the browser itself, so that every request seen is the page's.
ARGUMENTS = ["--no-sandbox", "--headless=new", "--disable-background-networking", "--disable-component-update"]

#: How long a page may take on a machine that does other things at the same time, in milliseconds: five seconds were
#: too few at a load of eleven on two cores.
WAIT_MS = 30_000
expect.set_options(timeout=WAIT_MS)


class Silent(WSGIRequestHandler):
    """Writes no access log."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a fresh index of a copy of the collection that ships."""
    folder = tmp_path_factory.mktemp("collection")
    shutil.copytree(Path(__file__).parents[2] / "corpus", folder / "corpus")
    settings = Settings(load_settings(environment={}).values, folder)
    engine = open_engine(settings["index.engine"], settings.path("index.folder"))
    update(engine, settings.path("corpus.authority"), settings.paths("corpus.roots"), (), Options(processes=1))
    return settings


@pytest.fixture(scope="session")
def site(settings: Settings) -> Iterator[str]:
    """The address of a running server."""
    with running(settings) as app:
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    if CHROMIUM is None:
        reason = "chromium is not installed (apt install chromium); the browser tests were not run"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visit:
    """A reader's window that notes foreign requests, console messages and cookies."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.context = context
        self.foreign: list[str] = []
        self.messages: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.page.on("request", lambda r: None if r.url.startswith(site + "/") else self.foreign.append(r.url))
        self.page.on("console", lambda m: self.messages.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))

    def open(self, address: str) -> Page:
        """Go to an address of the site."""
        self.page.goto(self.site + address)
        return self.page

    def check(self) -> None:
        """Nothing was asked of another host, nothing went wrong, nothing was kept."""
        assert self.foreign == []
        assert self.messages == []
        assert self.context.cookies() == []


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def visit(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A window with JavaScript and one without: everything works in both."""
    context = browser.new_context(java_script_enabled=request.param, locale="en-GB")
    visit = Visit(context, site)
    yield visit
    visit.check()
    context.close()
