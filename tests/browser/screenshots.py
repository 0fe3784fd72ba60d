"""Take the pictures of the main pages that README shows: ``python -m tests.browser.screenshots ADDRESS FOLDER``.

ADDRESS is that of a running ``hrsearch serve`` with the collection that ships.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the name of its file, the address of its page, its size in pixels, light or dark."""

    name: str
    address: str
    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("search", "/search?q=曹顺利&lang=en", 1440, 1100),
    Picture("search-zh-hant", "/search?q=inciting+subversion&lang=zh-Hant", 1440, 1100, "dark"),
    Picture("search-narrow", "/search?q=曹顺利&lang=zh-Hans", 390, 1100),
    Picture("document", "/doc/digest-001-01-en?q=曹顺利&lang=en", 1440, 1100),
    Picture("cases", "/cases?lang=en", 1440, 1100),
)


def main(address: str, folder: Path) -> None:
    """Take every picture into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--headless=new"])
        for picture in PICTURES:
            size = {"width": picture.width, "height": picture.height}
            page = browser.new_page(viewport=size, color_scheme=picture.scheme)  # type: ignore[arg-type]
            page.goto(address + picture.address)
            page.screenshot(path=folder / f"{picture.name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
