"""``make screenshots``: takes the pictures of the READMEs anew, from the real pages over the collection that ships.

Needs Debian's chromium and fonts-noto-cjk.  Writes ``docs/screenshots/``; nothing but this machine is asked.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from playwright.sync_api import sync_playwright
from waitress.server import create_server

from indexer.engines import open_engine
from indexer.pipeline.update import update
from indexer.settings import Settings, load_settings
from search_app import create_app

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "screenshots"

#: Width and height of the window, in CSS pixels: of a desk, and of a telephone.
DESK, PHONE = (1280, 960), (390, 844)

#: No request of the browser's own.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]  # fmt: skip

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Picture:
    """An address, and the window and colours in which it is shown."""

    address: str
    window: tuple[int, int] = DESK
    scheme: Scheme = "light"


PICTURES = {
    "search.png": Picture(f"/search?q={quote('Cao Shunli')}&lang=en"),
    "search.zh-Hans.png": Picture(f"/search?q={quote('曹顺利')}&lang=zh-Hans"),
    "document.png": Picture(f"/doc/digest-001-01-en?q={quote('Cao Shunli')}&lang=en"),
    "document.zh-Hans.png": Picture(f"/doc/digest-001-01-zh?q={quote('曹顺利')}&lang=zh-Hans"),
    "charge.dark.png": Picture("/charge/inciting-subversion-of-state-power?lang=en", scheme="dark"),
    "charge.dark.zh-Hans.png": Picture("/charge/inciting-subversion-of-state-power?lang=zh-Hans", scheme="dark"),
    "persons.zh-Hant.phone.png": Picture("/persons?lang=zh-Hant", PHONE),
}


def main() -> int:
    """Take every picture; return 1 where there is no browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("chromium is not installed; on Debian: apt-get install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        server = create_server(create_app(indexed(Path(folder))), host="127.0.0.1", port=0, ident=None)
        threading.Thread(target=server.run, daemon=True).start()
        take(chromium, f"http://127.0.0.1:{server.effective_port}")
        server.close()
    return 0


def indexed(folder: Path) -> Settings:
    """Index the collection that ships into a folder; return settings that lead there."""
    settings = Settings(load_settings(environment={}).values, ROOT).replaced(index_folder=str(folder / "index"))
    engine = open_engine(settings["index.engine"], settings.path("index.folder"))
    update(engine, settings.path("corpus.authority"), settings.paths("corpus.roots"))
    return settings


def take(chromium: str, site: str) -> None:
    """Take the pictures from the pages of a running site."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name, picture in PICTURES.items():
            width, height = picture.window
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=picture.scheme)
            page.goto(site + picture.address, wait_until="networkidle")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=TARGET / name)
            page.close()
            print(f"docs/screenshots/{name}  {picture.address}")
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
