"""What readers do, from the first word to the passage and back, in three languages, with and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import Visit

pytestmark = pytest.mark.browser

FOUND = {"en": "documents with", "zh-Hans": "份文件含", "zh-Hant": "份文件含"}


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_from_a_name_to_its_passage(visit: Visit, lang: str) -> None:
    page = visit.open(f"/?lang={lang}")
    page.locator("#q").fill("曹顺利")
    page.locator("#q").press("Enter")
    expect(page.locator("h1")).to_contain_text(FOUND[lang])
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator("html")).to_have_attribute("lang", lang)
    passage = page.locator(".hit .spot a").first
    number = re.sub(r"\D", "", passage.inner_text())
    passage.click()
    expect(page).to_have_url(re.compile(f"#p{number}$"))
    expect(page.locator("mark").first).to_be_attached()
    expect(page.locator(f"#p{number} mark").first).to_be_in_viewport()
    page.locator(".walk ul li a").last.click()
    expect(page.locator("h1")).to_contain_text(FOUND[lang])


def test_the_next_hit_is_a_plain_link(visit: Visit) -> None:
    page = visit.open("/search?q=曹顺利")
    page.locator(".hit h3 a").first.click()
    page.locator(".step a").first.click()
    expect(page).to_have_url(re.compile(r"#m\d+$"))
    expect(page.locator("mark:target")).to_be_in_viewport()


def test_a_facet_narrows_and_its_chip_widens_again(visit: Visit) -> None:
    page = visit.open("/search?q=曹顺利")
    box = page.locator("#f-person li").nth(1)
    count = int(box.locator(".count").inner_text())
    box.locator("label:not(.drop) input").check()
    page.locator(".apply button").click()
    expect(page.locator(".hit")).to_have_count(min(count, 10))
    expect(page).to_have_url(re.compile("person="))
    expect(page).not_to_have_url(re.compile("year_from"))
    page.locator(".chip").first.click()
    expect(page).not_to_have_url(re.compile("person="))


def test_a_value_is_left_out(visit: Visit) -> None:
    page = visit.open("/")
    row = page.locator("#f-place li").first
    name = row.locator("label > span").first.inner_text()
    row.locator(".drop input").check()
    page.locator(".apply button").click()
    expect(page).to_have_url(re.compile("-place="))
    expect(page.locator(".chip.not")).to_contain_text(name.split("\n")[0])


def test_years_are_set_by_fields_and_by_bars(visit: Visit) -> None:
    page = visit.open("/")
    page.locator("#y0").fill("2020")
    page.locator("#y1").fill("2021")
    page.locator(".range button").click()
    expect(page).to_have_url(re.compile(r"/search\?year=2020\.\.2021$"))
    expect(page.locator(".strip .in")).to_have_count(2)
    page.locator(".strip a.cell").first.click()
    expect(page).to_have_url(re.compile(r"year=\d{4}$"))
    expect(page.locator("#y0")).to_have_value(re.compile(r"\d{4}"))


def test_a_list_is_searched_in_any_script(visit: Visit) -> None:
    page = visit.open("/search?all=person#f-person")
    page.locator("#find").fill("曹順利")
    page.locator("#find").press("Enter")
    expect(page.locator("#f-person li")).to_have_count(1)
    expect(page.locator("#f-person li label > span").first).to_contain_text("Cao Shunli")


def test_a_careful_reader_leaves_no_word_in_an_address(visit: Visit) -> None:
    page = visit.open("/")
    page.locator(".care a").click()
    seen = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    page.locator("#q").fill("曹顺利")
    page.locator("#q").press("Enter")
    expect(page.locator("h1")).to_contain_text("曹顺利")
    page.locator(".hit h3 button").first.click()
    expect(page.locator("mark").first).to_be_attached()
    page.locator(".tongues button").nth(1).click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("mark").first).to_be_attached()
    assert page.locator("a[href^='http']").count() == 0
    assert [url for url in seen if "?" in url or "%E6" in url] == []


def test_nothing_found_offers_a_way_on(visit: Visit) -> None:
    page = visit.open("/search?q=qqzzxx&language=en")
    expect(page.locator("h1")).to_contain_text("No document was found")
    expect(page.locator("main")).to_contain_text("without them there is still none")
    page.locator(".chip").click()
    expect(page).to_have_url(re.compile(r"/search\?q=qqzzxx$"))


def test_the_keyboard_reaches_everything_in_order(visit: Visit) -> None:
    page = visit.open("/search?q=曹顺利")
    page.keyboard.press("Tab")
    expect(page.locator(".skip a").first).to_be_focused()
    expect(page.locator(".skip a").first).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#hits$"))
    page.keyboard.press("Tab")
    expect(page.locator(".hit h3 a").first).to_be_focused()
    page.locator("#f-person label:not(.drop) input").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("#f-person label:not(.drop) input").first).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(2)


@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
def test_who_was_charged_with_it_and_in_which_words(visit: Visit, lang: str) -> None:
    page = visit.open(f"/overview?lang={lang}")
    page.locator(".places a").nth(1).click()
    page.locator("#charge").select_option("inciting-subversion-of-state-power")
    page.locator(".ask button").click()
    expect(page).to_have_url(re.compile("charge=inciting-subversion-of-state-power"))
    rows = page.locator("table.cases tbody tr")
    assert rows.count() >= 1
    assert rows.count() == page.locator("table.cases tbody tr:has(blockquote)").count()
    person = rows.first.locator("th a").first
    name = person.inner_text()
    person.click()
    expect(page.locator("h1")).to_contain_text(name)
    quote = page.locator("#cases blockquote").first
    words = quote.evaluate("node => node.firstChild.textContent.trim()")
    quote.locator("a.spot").click()
    expect(page).to_have_url(re.compile(r"#p\d+$"))
    expect(page.locator(page.url[page.url.index("#") :])).to_contain_text(words[:40])


ASKED = {
    "en": "Which people do these documents say were charged with inciting subversion?",
    "zh-Hans": "谁被控煽动颠覆国家政权罪",
    "zh-Hant": "煽動顛覆",
}


@pytest.mark.parametrize("lang", ASKED)
@pytest.mark.parametrize("typed", [True, False])
def test_the_first_page_leads_to_who_was_charged_with_what(visit: Visit, lang: str, typed: bool) -> None:
    """One choice from the first page, or the question in the reader's own words and one choice."""
    page = visit.open(f"/?lang={lang}")
    if typed:
        page.locator("#q").fill(ASKED[lang])
        page.locator("#q").press("Enter")
    page.locator("[aria-labelledby=h-told] a[href*='charge=inciting-subversion-of-state-power']").click()
    expect(page.locator("[aria-labelledby=h-people] a", has_text=re.compile("Zhen Jianghua|甄江[华華]"))).to_have_count(
        1
    )
    rows = page.locator("table.cases tbody tr")
    expect(rows.first.locator("blockquote").first).to_be_visible()
    assert rows.count() == page.locator("table.cases tbody tr:has(blockquote)").count()


def test_a_result_is_taken_away_as_a_file(visit: Visit) -> None:
    page = visit.open("/search?q=曹顺利&lang=en")
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS", exact=True).click()
    assert download.value.suggested_filename == "search.ris"
    page.locator(".care a").click()
    page.locator("#q").fill("曹顺利")
    page.locator("#q").press("Enter")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert download.value.suggested_filename == "search.csv"
    assert "曹" in download.value.path().read_text(encoding="utf-8")
    assert "?" not in page.url


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_a_name_is_looked_up_in_the_list_of_its_kind(visit: Visit, lang: str) -> None:
    page = visit.open(f"/overview?lang={lang}")
    page.locator(".places a[href*='/persons']").click()
    expect(page.locator(".letters a")).not_to_have_count(0)
    letter = page.locator(".letters a").nth(2)
    heading = letter.inner_text()
    letter.click()
    expect(page.locator(".listed h2")).to_have_count(1)
    expect(page.locator(".listed h2")).to_have_text(heading)
    page.locator("#find").fill("曹順利")
    page.locator("#find").press("Enter")
    expect(page.locator("#names a")).to_have_count(1)
    page.locator("#names a").click()
    expect(page.locator("h1")).to_contain_text("Cao Shunli")
    expect(page.locator("html")).to_have_attribute("lang", lang)


def test_a_charge_is_chosen_under_its_family_and_counts_for_itself(visit: Visit) -> None:
    page = visit.open("/")
    row = page.locator("#f-charge .family li", has=page.locator("input[name=charge][value=subversion-of-state-power]"))
    count = row.locator(".count").inner_text()
    row.locator("label:not(.drop) input").check()
    page.locator(".apply button").click()
    expect(page.locator("h1 b")).to_have_text(count)
    expect(page.locator("#f-charge label:not(.drop) input:checked")).to_have_count(1)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "nobody named"), ("zh-Hans", "未提到任何人"), ("zh-Hant", "未提到任何人")]
)
def test_those_who_name_nobody_are_found_and_left_out(visit: Visit, lang: str, words: str) -> None:
    page = visit.open(f"/?lang={lang}")
    everything = int(page.locator("h1 b").inner_text())
    row = page.locator("#f-person li", has_text=words)
    count = int(row.locator(".count").inner_text())
    row.locator("label:not(.drop) input").check()
    page.locator(".apply button").click()
    expect(page.locator("h1 b")).to_have_text(str(count))
    expect(page.locator(".chip")).to_contain_text(words)
    row.locator("label:not(.drop) input").uncheck()
    row.locator(".drop input").check()
    page.locator(".apply button").click()
    expect(page.locator(".chip.not")).to_contain_text(words)
    expect(page.locator("h1 b")).to_have_text(str(everything - count))


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_a_facet_is_opened_searched_and_a_value_left_out(visit: Visit, lang: str) -> None:
    page = visit.open(f"/?lang={lang}")
    page.locator("#f-organisation .more a").click()
    page.locator("#find").fill("人權觀察")
    page.locator("#find").press("Enter")
    row = page.locator("#f-organisation li")
    expect(row).to_have_count(1)
    row.locator(".drop input").check()
    page.locator(".apply button").click()
    expect(page.locator(".chip.not")).to_have_count(1)
    expect(page).to_have_url(re.compile("-organisation=human-rights-watch"))


def test_a_chosen_value_stays_on_top_even_at_zero(visit: Visit) -> None:
    page = visit.open("/search?q=曹顺利&person=badiucao&-person=wang-yi-pastor")
    rows = page.locator("#f-person li")
    expect(rows.nth(0).locator("label:not(.drop) input")).to_be_checked()
    expect(rows.nth(0).locator(".count")).to_have_text("0")
    expect(rows.nth(1).locator(".drop input")).to_be_checked()


def test_a_careful_reader_walks_lists_people_and_cases(visit: Visit) -> None:
    page = visit.open("/")
    page.locator(".care a").click()
    seen: list[str] = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    page.locator(".places button").nth(2).click()
    page.locator("#find").fill("曹順利")
    page.locator("#find").press("Enter")
    page.locator("#names button").click()
    expect(page.locator("h1")).to_contain_text("Cao Shunli")
    page.locator("#documents h3 button").first.click()
    expect(page.locator(".para").first).to_be_visible()
    page.locator(".places button").nth(1).click()
    page.locator("#person").fill("江天勇")
    page.locator(".ask .do button").first.click()
    expect(page.locator("table.cases th[scope=row]").first).to_contain_text("Jiang Tianyong")
    page.locator("table.cases th[scope=row] button").first.click()
    expect(page.locator("h1")).to_contain_text("Jiang Tianyong")
    assert [url for url in seen if "?" in url or "%E6" in url] == []


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=曹顺利",
        "/doc/digest-001-01-en?q=Cao+Shunli",
        "/person/jiang-tianyong",
        "/cases",
        "/persons?letter=C",
        "/",
        "/overview",
        "/charge/inciting-subversion-of-state-power",
        "/search?all=charge",
        "/search?q=曹顺利&careful=on",
    ],
)
def test_the_keyboard_walks_a_whole_page_and_sees_where_it_is(visit: Visit, address: str) -> None:
    page = visit.open(address)
    stops = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]"
        ".filter(node => node.checkVisibility() && !node.closest('details:not([open]) > :not(summary)')).length"
    )
    reached = []
    for _ in range(stops + 5):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => {
                const node = document.activeElement;
                if (!node || node === document.body) return null;
                const box = node.getBoundingClientRect();
                const style = getComputedStyle(node);
                return [node.outerHTML.slice(0, 80), box.width > 0 && box.height > 0 && style.outlineStyle !== "none"];
            }"""
        )
        if focus is None:
            break
        reached.append(focus)
    assert len(reached) == stops
    assert [html for html, visible in reached if not visible] == []


def test_a_long_query_leads_to_a_passage_and_back(visit: Visit) -> None:
    page = visit.open(f"/search?q={'法院+court+' * 40}")
    page.locator(".hit .spot button").first.click()
    expect(page.locator("mark").first).to_be_attached()
    expect(page).to_have_url(re.compile(r"/doc/[^?]*#p\d+$"))
    page.locator(".walk li").last.locator("button").click()
    expect(page.locator("#q")).to_have_value(re.compile("^法院 court 法院"))


def test_words_of_others_are_copied_with_their_quotation_marks(visit: Visit) -> None:
    page = visit.open("/cases?status=criminally_detained&lang=zh-Hant")
    said = page.locator("td:has(q)").first
    copied = said.evaluate("node => { getSelection().selectAllChildren(node); return getSelection().toString(); }")
    assert re.search("「[^「」]+」", copied)
