"""axe finds nothing, on every kind of page, in three languages, in light and dark, wide and narrow."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

#: More is slow on the connections that many readers have; in bytes of HTML.
LARGEST_PAGE = 60_000

PAGES = {
    "home": "/",
    "search": "/search?q=曹顺利",
    "filtered": "/search?q=charged&-place=china&year=2018..2021&kind=digest",
    "facet in full": "/search?all=person",
    "facet searched": "/search?all=charge&find=security&charge=theft",
    "nobody": "/search?person=none&-charge=none",
    "in part": "/search?q=曹顺利+tea+leaves+kettle",
    "nothing": "/search?q=qqzzxx&language=en",
    "each alone": "/search?q=qqzzxx+曹顺利+year:1990&kind=digest",
    "which one": "/search?person=Wang+Yi",
    "regional words": "/search?q=逮捕+信息&-expand=抓捕",
    "careful": "/search?q=曹顺利&careful=on",
    "document": "/doc/digest-001-01-en?q=Cao+Shunli",
    "long document": "/doc/note-charge-public-order-en",
    "person": "/person/jiang-tianyong",
    "namesakes": "/person/wang-yi-pastor",
    "organisation": "/organisation/human-rights-watch",
    "charge": "/charge/subversion-of-state-power",
    "charge with what came later": "/charge/gathering-a-crowd-to-disturb-public-order",
    "charge chosen": "/search?charge=inciting-subversion-of-state-power",
    "long query": f"/search?q={'法院+court+' * 40}",
    "family": "/charge/endangering-state-security",
    "persons": "/persons",
    "persons by count": "/persons?sort=count&q=l",
    "organisations": "/organisations?letter=C",
    "charges": "/charges",
    "cases": "/cases?status=sentenced",
    "no case": "/cases?q=qqzzxx",
    "careful person": "/person/jiang-tianyong?careful=on",
    "careful list": "/persons?careful=on",
    "overview": "/overview",
    "error": "/doc/nobody",
    "bad request": "/cases?date=soon",
}
LOOKS: list[tuple[str, int, Literal["light", "dark"]]] = [
    ("en", 1440, "light"),
    ("zh-Hans", 768, "dark"),
    ("zh-Hant", 360, "light"),
]


@pytest.mark.parametrize(("lang", "width", "scheme"), LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    browser: Browser, site: str, name: str, lang: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    # axe is put into the page as a script, which our policy forbids: only here is it set aside.
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, locale="en-GB"
    )
    page = context.new_page()
    address = PAGES[name]
    answer = page.goto(f"{site}{address}{'&' if '?' in address else '?'}lang={lang}")
    assert answer
    assert len(answer.body()) < LARGEST_PAGE
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    faults = [(fault["id"], [node["html"] for node in fault["nodes"][:3]]) for fault in found.response["violations"]]
    assert faults == []
    # Nothing hangs over the edge: no page scrolls sideways.
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
