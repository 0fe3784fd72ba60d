"""What the pages say, over a service whose answers are fixed."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from .fixtures import TEXT, FakeService

NOTHING = {
    "languages": {"en": 12, "zh": 6},
    "first_year": 2011,
    "last_year": 2024,
    "undated": 2,
    "parts": [{"q": "harbour", "count": 3}, {"q": "tugboat", "count": 0}],
    "unfiltered": 0,
}


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_hit_says_where_it_comes_from_and_leads_to_its_passage(client: FlaskClient) -> None:
    page = client.get("/search?q=harbour").text
    assert '<a href="/doc/harbour-2019?q=harbour#p3"' in page
    assert '<p class="body says" lang="zh-Hans"><mark>海港</mark>读书会表示……</p>' in page
    assert "Harbour Reading Circle · example.org · pages/harbour.html" in words(page)
    assert 'rel="noreferrer"' in page
    assert "Publisher not known · no web address" in words(page)
    assert "no date" in page


def test_our_own_summaries_say_that_they_are_ours(client: FlaskClient) -> None:
    assert words(client.get("/search?q=harbour").text).count("summary by hrsearch, not the source’s words") == 1


def test_matches_in_part_stand_apart(client: FlaskClient) -> None:
    before, _, after = client.get("/search?q=harbour").text.partition('class="row apart"')
    assert "/doc/harbour-2019?" in before
    assert "/doc/undated?" in before
    assert "/doc/part?" in after
    assert "/doc/part?" not in before


def test_a_charge_named_is_not_a_charge_brought(client: FlaskClient) -> None:
    text = words(client.get("/search?q=harbour").text)
    assert "Named in these documents" in text
    assert "That does not say who was charged with it" in text


def test_one_form_sends_the_whole_state(client: FlaskClient, fake: FakeService) -> None:
    fake.results["query"]["filters"] = {
        "year": ["2015..2016"],
        "charge": ["smuggling-relics"],
        "person": ["-qu-lanting"],
    }
    fake.results["facets"]["charge"][0]["selected"] = True
    fake.results["facets"]["person"][0]["excluded"] = True
    page = client.get(
        "/search?q=harbour&year=2015..2016&charge=smuggling-relics&-person=qu-lanting&sort=date&lang=en"
    ).text
    assert page.count("<form") == 1
    assert 'name="year_from" inputmode="numeric" pattern="[0-9]{4}" maxlength="4" value="2015"' in page
    assert '<input type="hidden" name="sort" value="date">' in page
    assert '<input type="hidden" name="lang" value="en">' in page
    assert '<input type="checkbox" name="charge" value="smuggling-relics" checked>' in page
    assert re.search(r'name="-person" value="qu-lanting" aria-label="Leave out Qu Lanting" checked', page)


def test_every_choice_is_a_chip_that_takes_it_back(client: FlaskClient, fake: FakeService) -> None:
    fake.results["query"]["filters"] = {"year": ["none"], "charge": ["smuggling-relics"], "person": ["-qu-lanting"]}
    page = client.get("/search?q=harbour&year=none&charge=smuggling-relics&-person=qu-lanting").text
    assert '<a href="/search?q=harbour&amp;year=none&amp;-person=qu-lanting" class="chip"' in page
    assert '<a href="/search?q=harbour&amp;year=none&amp;charge=smuggling-relics" class="chip not"' in page
    assert '<a href="/search?q=harbour&amp;charge=smuggling-relics&amp;-person=qu-lanting" class="chip"' in page
    assert 'class="chip also"' in page
    assert "-expand=x-harbour" in page


def test_an_address_with_empty_values_leads_to_the_short_one(client: FlaskClient) -> None:
    answer = client.get("/search?q=harbour&year_from=2015&year_to=&person=&page=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/search?q=harbour&year=2015.."
    assert client.get(answer.headers["Location"]).status_code == 200


def test_nothing_found_says_what_was_searched_and_whether_a_filter_is_the_cause(
    client: FlaskClient, fake: FakeService
) -> None:
    fake.results.update(total=0, total_all=0, hits=[], suggestion="harbor", nothing=NOTHING)
    fake.results["query"].update(
        filters={"charge": ["smuggling-relics"]}, ignored_codes=[{"code": "bracket_not_closed", "values": {}}]
    )
    page = client.get("/search?q=harbour&charge=smuggling-relics").text
    text = words(page)
    assert "No document was found" in text
    assert "without them there is still none" in text
    assert "an opening bracket without a closing one" in text
    assert '<a href="/search?q=harbor&amp;charge=smuggling-relics" rel="nofollow">harbor</a>' in page
    assert "The titles and texts of 18 documents, in simplified and traditional characters alike" in text
    assert "English 12; Chinese 6; published from 2011 to 2024; 2 without a date." in text
    assert '<a href="/search?q=harbour" rel="nofollow">harbour</a> <span class="count">3 documents' in page
    assert 'tugboat <span class="lack">0 documents' in page
    assert len(fake.asked) == 1


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_a_filter_that_is_the_cause_is_a_link_away(client: FlaskClient, fake: FakeService, lang: str) -> None:
    fake.results.update(total=0, total_all=0, hits=[], nothing={**NOTHING, "unfiltered": 3, "first_year": None})
    fake.results["query"].update(filters={"charge": ["smuggling-relics"]})
    page = client.get(f"/search?q=harbour&charge=smuggling-relics&lang={lang}").text
    assert re.search(rf'<a href="/search\?q=harbour&amp;lang={lang}" rel="nofollow">[^<]*3 ?[d份]', page)
    assert "None" not in words(page)


def test_no_query_shows_the_newest(client: FlaskClient, fake: FakeService) -> None:
    fake.results["query"]["q"] = ""
    text = words(client.get("/").text)
    assert "3 documents, newest first" in text
    assert "relevance" not in text


@pytest.mark.parametrize(("lang", "heading", "name"), [("zh-Hans", "检得", "林爱萍"), ("zh-Hant", "檢得", "林愛萍")])
def test_the_same_address_in_another_language(client: FlaskClient, lang: str, heading: str, name: str) -> None:
    page = client.get(f"/search?q=harbour&lang={lang}").text
    assert f'<html lang="{lang}">' in page
    assert heading in page
    assert name in page
    assert 'value="lin-aiping"' in page
    accepted = client.get("/search?q=harbour", headers={"Accept-Language": "zh-TW" if lang == "zh-Hant" else "zh"})
    assert f'<html lang="{lang}">' in accepted.text


def test_languages_are_switched_in_the_address(client: FlaskClient) -> None:
    page = client.get("/search?q=harbour&page=2").text
    assert 'href="/search?q=harbour&amp;page=2&amp;lang=zh-Hant"' in page


def test_a_document_shows_its_hits_and_the_way_between_them(client: FlaskClient) -> None:
    page = client.get("/doc/harbour-2019?q=Lin").text
    assert page.count("<mark") == 2
    assert '<mark id="m1">Lin</mark>' in page
    assert "2 hits" in words(page)
    assert re.search(r'id="p1">.*?href="#m2" aria-label="Next paragraph with a hit"', page, re.S)
    assert re.search(r'id="p2">.*?href="#m1" aria-label="Previous paragraph with a hit"', page, re.S)
    assert '<a href="/search?q=Lin" rel="nofollow">back to the results</a>' in page


def test_a_document_is_shown_as_text_never_as_markup(client: FlaskClient) -> None:
    page = client.get("/doc/harbour-2019").text
    assert "known &lt;b&gt;today&lt;/b&gt;." in page
    assert 'href="javascript:' not in page
    paragraphs = re.findall(r'<p class="body says"[^>]*>(.*?)</p>', page)
    assert [html.unescape(re.sub(r"<[^>]+>", "", paragraph)) for paragraph in paragraphs] == [
        line for line in TEXT.split("\n") if line
    ]


def test_a_case_is_quoted_with_its_weight(client: FlaskClient) -> None:
    text = words(client.get("/doc/harbour-2019").text)
    assert "Lin Aiping : arrested" in text or "Lin Aiping: arrested" in text
    assert "It is not a finding of fact" in text
    assert "claimed by somebody the document quotes" in text
    assert "To be named is not to be accused." in text


@pytest.mark.parametrize(
    ("lang", "opened", "closed"), [("en", "“", "”"), ("zh-Hans", "“", "”"), ("zh-Hant", "「", "」")]
)
def test_words_of_others_stand_in_the_quotation_marks_of_the_page(
    client: FlaskClient, lang: str, opened: str, closed: str
) -> None:
    tag = "" if lang == "en" else ' lang="en"'
    searched = client.get(f"/search?q=harbour&lang={lang}").text
    assert f"{opened}<q{tag}>harbour</q>{closed}" in searched
    read = client.get(f"/doc/harbour-2019?q=Lin&lang={lang}").text
    assert f"{opened}<q{tag}>Lin Aiping was arrested for smuggling of relics on 4 May 2019.</q>{closed}" in read
    assert f"{opened}<q{tag}>Lin</q>{closed}" in read
    for page in (searched, read):
        assert page.count("<q") == page.count(f"{opened}<q")


def test_a_citation_holds_what_is_known_and_nothing_else(client: FlaskClient) -> None:
    cite = "A. Writer, “What the Harbour Reading Circle asked”, Harbour Reading Circle, 10 May 2019, https://example.org/harbour."
    assert cite in words(client.get("/doc/harbour-2019").text)


@pytest.mark.parametrize("address", ["/doc/nobody", "/person/lin-aiping", "/nothing", "/doc/%F0%9F%8D%B5"])
def test_what_does_not_exist_is_a_404_page(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "There is nothing at this address" in answer.text


def test_a_method_that_is_not_there_is_405(client: FlaskClient) -> None:
    answer = client.delete("/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_robots_stay_out_of_searches(client: FlaskClient) -> None:
    assert "Disallow: /search" in client.get("/robots.txt").text
    assert 'name="robots" content="noindex' in client.get("/search?q=a").text
    assert "robots" not in client.get("/").text
