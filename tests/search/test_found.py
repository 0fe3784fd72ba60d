"""What a query finds: names in any form, whole units, exact phrases, literal exclusions, all and then most."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from indexer.analysis import runs
from indexer.engines import open_engine
from indexer.fold import fold, fold_text
from indexer.pipeline.update import update
from indexer.settings import Settings
from search_app.request import Parameters
from search_app.service import Results, Service

from .collection import build, documents

DOCUMENTS = documents()

#: Every document as one folded text, to say by plain search what it contains.
FOLDED = {id: fold_text(f"{title}\n{text}") for id, (title, _, text) in DOCUMENTS.items()}

LIN = {id for id, text in FOLDED.items() if "林爱萍" in text or "lin aiping" in text}


def ask(service: Service, q: str, **parameters: object) -> Results:
    return service.search(Parameters(q=q, per_page=100, **parameters))  # type: ignore[arg-type]


def ids(service: Service, q: str, **parameters: object) -> list[str]:
    return [hit.record["id"] for hit in ask(service, q, **parameters).hits]


def containing(*texts: str) -> set[str]:
    return {id for id, folded in FOLDED.items() if any(text in folded for text in texts)}


# Names


@pytest.mark.parametrize(
    "name",
    ["林爱萍", "林愛萍", "Lin Aiping", "lin aiping", "LIN AIPING", "Aiping Lin", "linaiping", "lin ai ping",
     "Lin Ai-ping", "aipinglin", "Ｌｉｎ　Ａｉｐｉｎｇ", "Lín Àipíng"],
)  # fmt: skip
def test_one_person_in_every_form_gives_the_same_documents(service: Service, name: str) -> None:
    found = ask(service, name)
    assert {hit.record["id"] for hit in found.hits} == LIN
    assert found.total == found.total_all == len(LIN)
    assert [(e.named.kind, e.named.id) for e in found.expansions] == [("person", "lin-aiping")]


@pytest.mark.parametrize(("name", "first"), [("林爱萍", "林爱萍"), ("林愛萍", "林愛萍"), ("Lin Aiping", "Lin Aiping")])
def test_the_form_that_was_typed_ranks_first(service: Service, name: str, first: str) -> None:
    found = ask(service, name)
    assert first in found.hits[0].record["title"] + found.hits[0].record["text"]


@pytest.mark.parametrize(
    ("query", "id", "languages"),
    [
        ("走私珍稀古物罪", "smuggling-relics", {"lin-en", "lin-hans"}),
        ("smuggling rare relics", "smuggling-relics", {"lin-en", "lin-hans"}),
        ("exit bans", "exit-ban", {"lin-en", "lin-hant"}),
        ("限制出境", "exit-ban", {"lin-en", "lin-hant"}),
        ("海港读书会", "harbour-reading-circle", {"circle", "lin-hant"}),
        ("HRDC", "harbour-reading-circle", {"circle", "lin-hant"}),
        ("燈籠法", "lantern-law", {"circle", "lin-hant"}),
        ("烏許", "wuxu", {"lin-en", "heping", "lin-hant"}),
    ],
)
def test_an_entity_is_found_in_the_other_language_and_says_so(
    service: Service, query: str, id: str, languages: set[str]
) -> None:
    found = ask(service, query)
    assert languages <= {hit.record["id"] for hit in found.hits}
    assert [expansion.named.id for expansion in found.expansions] == [id]
    for taken_back in ({"expand": False}, {"without_expansions": frozenset({id})}):
        literal = ask(service, query, **taken_back)
        assert literal.expansions == ()
        assert literal.total < found.total


def test_two_bearers_of_one_name_are_told_apart(service: Service) -> None:
    assert set(ids(service, "Wu Tong")) == {"doctor", "editor"}
    assert ids(service, "吴桐") == ["doctor"]
    assert ids(service, "吳彤") == ["editor"]
    assert [named.id for named in ask(service, "吴桐").sounding_like] == ["wu-tong-editor"]
    choice = ask(service, "", filters={"person": ("Wu Tong",)})
    assert choice.total == 0
    assert [{one.id for one in question.choices} for question in choice.questions] == [
        {"wu-tong-doctor", "wu-tong-editor"}
    ]
    assert any("Wu Tong" in line.sentence for line in choice.ignored)


def test_what_stands_beside_a_name_does_not_hide_it(service: Service) -> None:
    for neighbours in ("周和平", "林爱萍"):
        assert containing(neighbours) <= set(ids(service, neighbours))
    assert "lin-hans" in ids(service, "林爱萍等人")


def test_a_word_inside_a_name_is_not_the_first_answer(service: Service) -> None:
    assert ids(service, "和平")[0] == "peace"
    assert ids(service, "周和平")[0] == "heping"
    assert "peace" not in ids(service, "周和平")


def test_a_listed_name_is_never_found_where_it_is_not(tmp_path: Path) -> None:
    """Names of two to four characters in invented text, beside characters that make other words with them."""
    chance = random.Random(3)
    surnames, given_names = "林周陈吴丁平", ["爱萍", "和平", "国安", "公正", "大文", "律", "平等", "会议"]
    names = [surname + given_name for surname in surnames for given_name in given_names]
    before, after = ["对", "与", "等人和", "记者", "今年"], ["等人", "的判决", "律师", "和平", "会见", "说"]
    texts = {
        f"t{number:02}": (f"第{number}号", None, "，".join(
            chance.choice(before) + (chance.choice(names) if chance.random() < 0.7 else chance.choice(given_names))
            + chance.choice(after) for _ in range(6)) + "。")
        for number in range(40)
    }  # fmt: skip
    service = Service.open(build(tmp_path, texts))
    for name in names:
        containing_it = {id for id, (title, _, text) in texts.items() if name in text}
        for query in (name, f"“{name}”"):
            found = ask(service, query)
            complete = {hit.record["id"] for hit in found.hits if hit.match == "all"}
            assert complete == containing_it, query
            assert found.total == len(containing_it), query
    service.close()


@pytest.fixture(scope="module")
def offences(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One offence of the Criminal Law, told of in words and by its article, with the shipped authority files."""
    folder = tmp_path_factory.mktemp("offences")
    told = {
        "words": ("A trial", None, "The baker was charged with picking quarrels and provoking trouble."),
        "article": ("起诉", None, "面包师依照刑法第二百九十三条被起诉。"),
        "number": ("Room 293", None, "Article 293 of the house rules forbids whistling in the criminal court."),
    }
    settings = build(folder, told).replaced(corpus_authority=str(Path(__file__).parents[2] / "corpus" / "authority"))
    update(open_engine("whoosh", folder / "index"), settings.path("corpus.authority"), [folder / "documents"])
    service = Service.open(settings)
    yield service
    service.close()


@pytest.mark.parametrize(
    "q",
    [
        "Criminal Law Art. 293",
        "Article 293 of the Criminal Law",
        "刑法第293条",
        "《刑法》第二百九十三条",
        "刑法第二百九十三條",
    ],
)
def test_a_law_and_its_article_are_the_charge(offences: Service, q: str) -> None:
    found = ask(offences, q)
    assert [(one.named.kind, one.named.id) for one in found.expansions] == [
        ("charge", "picking-quarrels-and-provoking-trouble")
    ]
    assert {hit.record["id"] for hit in found.hits if hit.match == "all"} == {"words", "article"}


@pytest.mark.parametrize("q", ["Article 293", "第293条", "Article 293 of the Peace Treaty"])
def test_an_article_without_its_law_is_a_number(offences: Service, q: str) -> None:
    assert not any(one.named.kind == "charge" for one in ask(offences, q).expansions)


# Units of Chinese


@pytest.mark.parametrize("character", ["萍", "愛", "雨", "吵"])
def test_one_character_finds_what_has_it(service: Service, character: str) -> None:
    found = set(ids(service, character))
    assert found == containing(fold_text(character)) != set()


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("709律师", "lin-hans"),
        ("709律師", "lin-hans"),
        ("G20峰會", "summit"),
        ("g20峰会", "summit"),
        ("Ｇ２０峰会", "summit"),
    ],
)
def test_mixed_runs_match_as_written(service: Service, query: str, id: str) -> None:
    assert ids(service, query) == [id]


@pytest.mark.parametrize(("query", "id"), [("瞭解", "summit"), ("了解", "summit"), ("计划", "summit"),
                                           ("反复", "quarrel"),
                                           ("沉默", "quarrel"), ("周和平獲釋", "heping")])  # fmt: skip
def test_spellings_that_only_phrases_join(service: Service, query: str, id: str) -> None:
    assert id in ids(service, query)


@examples(max_examples=60)
@given(data=st.data())
def test_a_quoted_phrase_matches_exactly_as_written(service: Service, data: st.DataObject) -> None:
    text = DOCUMENTS[data.draw(st.sampled_from(["lin-hans", "lin-hant", "peace", "summit", "quarrel", "heping"]))][2]
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    if any(not c.isalnum() or c.isascii() for c in piece):
        return
    assert set(ids(service, f"「{piece}」")) == containing(fold_text(piece))


HAN_RUNS = {
    id: [run.text for run in runs(fold(f"{title}\n{text}")) if run.han] for id, (title, _, text) in DOCUMENTS.items()
}


@examples(max_examples=100)
@given(data=st.data())
def test_up_to_four_characters_are_one_unit(service: Service, data: st.DataObject) -> None:
    """Wherever a run was cut out, across words and names: without expansions exactly the documents that have it."""
    run = data.draw(st.sampled_from(sorted({run for found in HAN_RUNS.values() for run in found})))
    start = data.draw(st.integers(0, len(run) - 1))
    piece = run[start : start + data.draw(st.integers(1, 4))]
    having = {id for id, found in HAN_RUNS.items() if any(piece in one for one in found)}
    assert {hit.record["id"] for hit in ask(service, piece, expand=False).hits if hit.match == "all"} == having
    assert having <= {hit.record["id"] for hit in ask(service, piece).hits if hit.match == "all"}


def test_nothing_is_found_of_a_name_that_is_not_there(service: Service) -> None:
    for query in ("林萍爱", "周平和", "Lin Aipong", "萍林"):
        assert not [hit for hit in ask(service, query).hits if hit.match == "all"], query


# English


@pytest.mark.parametrize(
    ("query", "found", "missed"),
    [
        ("lawyer", {"lin-en"}, {"peace"}),
        ("lawyers’", {"lin-en"}, set()),
        ('"lawyers"', {"lin-en"}, {"lin-hans"}),
        ('"lawyer"', set(), {"lin-en"}),
        ("family's", {"lin-en"}, set()),
        ("Turk", {"turk"}, {"turkic"}),
        ("Turkic", {"turkic"}, {"turk"}),
        ("Vaclav", {"turkic"}, set()),
        ("VÁCLAV", {"turkic"}, set()),
        ("CAT", {"turk"}, {"cats"}),
        ("cat", {"turk", "cats"}, set()),
        ("re-education", {"circle"}, set()),
        ("reeducation", {"circle"}, set()),
        ("re education", {"circle"}, set()),
        ('"to be or not to be"', {"circle"}, {"peace"}),
        ("“To be or not to be”", {"circle"}, set()),
        ('"not to be or"', set(), {"circle"}),
        ('"smuggling tried"~3', {"lin-en"}, set()),
        ('"smuggling tried"~2', set(), {"lin-en"}),
        ("smuggl*", {"lin-en"}, set()),
        ("aplauded~", {"turkic"}, set()),
    ],
)
def test_english(service: Service, query: str, found: set[str], missed: set[str]) -> None:
    complete = {hit.record["id"] for hit in ask(service, query).hits if hit.match == "all"}
    assert found <= complete
    assert not missed & complete


# The query language


def test_a_prefix_of_too_many_words_says_so(settings: Settings) -> None:
    narrow = Service.open(settings.replaced(search_max_expansions=2))
    assert any("h*" in line.sentence and "2 words" in line.sentence for line in ask(narrow, "h*").ignored)
    assert ask(narrow, "harb*").ignored == ()
    narrow.close()


def test_near_chinese_words_count_the_characters_between(service: Service) -> None:
    assert "lin-hans" in ids(service, "“林爱萍 走私”~4")
    assert "lin-hans" not in ids(service, "“林爱萍 走私”~2")


@pytest.mark.parametrize(
    ("query", "unwanted"),
    [
        ("-林爱萍", ["林爱萍"]),
        ("NOT 林愛萍", ["林爱萍"]),
        ("ＮＯＴ “林爱萍”", ["林爱萍"]),
        ("-“Lin Aiping”", ["lin aiping"]),
        ("-(林爱萍 OR 和平)", ["林爱萍", "和平"]),
        ("NOT (林爱萍 OR 海港读书会)", ["林爱萍", "海港读书会"]),
        ("-海港读书会 -HRDC", ["海港读书会", "hrdc"]),
        ("-lawyer", []),
        ("-lawyers", ["lawyers"]),
        ("-lawyers~", ["lawyers"]),
        ("-harb*", ["harb"]),
    ],
)
def test_not_removes_what_is_literally_there_and_nothing_else(
    service: Service, query: str, unwanted: list[str]
) -> None:
    assert set(ids(service, query)) == set(FOLDED) - containing(*unwanted)


def test_not_of_an_entity_removes_every_mention(service: Service) -> None:
    for query in ("-person:林爱萍", 'NOT person:"Lin Aiping"', "-person:lin-aiping"):
        assert set(ids(service, query)) == set(FOLDED) - LIN


def test_not_of_several_words_removes_what_has_all(service: Service) -> None:
    both = containing("林爱萍") & containing("和平")
    assert both
    assert set(ids(service, "NOT (林爱萍 和平)")) == set(FOLDED) - both


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("title:和平", {id for id, row in DOCUMENTS.items() if "和平" in row[0]}),
        ("text:和平", {id for id, row in DOCUMENTS.items() if "和平" in row[2]}),
        ("title:(和平 OR Turk)", {id for id, row in DOCUMENTS.items() if "和平" in row[0]} | {"turk"}),
        ("year:2018", {id for id, row in DOCUMENTS.items() if (row[1] or "").startswith("2018")}),
        ("year:2015..2016", {id for id, row in DOCUMENTS.items() if (row[1] or "")[:4] in ("2015", "2016")}),
        ("year:2015-2016", {id for id, row in DOCUMENTS.items() if (row[1] or "")[:4] in ("2015", "2016")}),
        ("year:2022..", {id for id, row in DOCUMENTS.items() if (row[1] or "") > "2022"}),
        ("year:..2015", {id for id, row in DOCUMENTS.items() if (row[1] or "9") < "2016"}),
        ("year:none", {id for id, row in DOCUMENTS.items() if row[1] is None}),
        ("-year:none", {id for id, row in DOCUMENTS.items() if row[1]}),
        ("person:(周和平 OR 吴桐)", containing("周和平", "吴桐")),
        ("person:Lin", LIN),
        ("person:萍", LIN),
        ("kind:note", {id for id in DOCUMENTS if id.endswith("7")}),
        ("org:circle", containing("海港读书会", "harbour reading circle")),
        ("charge:relics", containing("走私珍稀古物", "smuggling rare relics")),
        ("violation:exit", containing("限制出境", "exit ban")),
        ("place:乌许", containing("乌许", "wuxu")),
        ("topic:灯笼", containing("灯笼法", "lantern law")),
        ("林爱萍 OR 周和平", LIN | containing("周和平")),
        ("(林爱萍 OR 周和平) year:2018", {id for id in LIN if (DOCUMENTS[id][1] or "").startswith("2018")}
         | {id for id in containing("周和平") if (DOCUMENTS[id][1] or "").startswith("2018")}),
    ],
)  # fmt: skip
def test_fields(service: Service, query: str, found: set[str]) -> None:
    results = ask(service, query)
    assert {hit.record["id"] for hit in results.hits if hit.match == "all"} == found != set()
    assert results.ignored == ()


@pytest.mark.parametrize(
    "query", ["person:nobodyatall", "year:soon", "language:klingon", "kind:rumour", "place:亚特兰蒂斯"]
)
def test_an_unknown_value_of_a_field_is_said(service: Service, query: str) -> None:
    found = ask(service, query)
    assert found.total == 0
    assert any(query.partition(":")[2] in line.sentence for line in found.ignored)


@pytest.mark.parametrize(
    ("facet", "value"),
    [("person", "nobody at all"), ("person", "a..b"), ("place", "\x00"), ("language", "x..y"), ("kind", "..")],
)
def test_an_unknown_value_of_a_filter_gives_nothing(service: Service, facet: str, value: str) -> None:
    assert ask(service, "", filters={facet: (value,)}).total == 0
    assert ask(service, "", filters={facet: (f"-{value}",)}).total == len(DOCUMENTS)


@pytest.mark.parametrize("value", ["林愛萍", "lin aiping", "Aiping Lin", "lin-aiping"])
def test_a_filter_takes_an_id_or_a_whole_name(service: Service, value: str) -> None:
    found = ask(service, "", filters={"person": (value,)})
    assert found.total == len(LIN)
    assert found.filters == {"person": ("lin-aiping",)}


def test_an_empty_query_is_everything_newest_first(service: Service) -> None:
    for query in ("", "*", " ＊ "):
        found = ask(service, query)
        dates = [hit.record["date"] for hit in found.hits]
        assert found.total == len(DOCUMENTS)
        known = [date for date in dates if date]
        assert dates[len(known) :] == [None] * (len(dates) - len(known))
        assert known == sorted(known, reverse=True) or known == sorted(
            known, key=lambda d: d.ljust(10, "0"), reverse=True
        )


@given(st.text(st.sampled_from("林爱萍和平709aZ*~\"“”「」()（）:：-－ \x00\u200bNOTANDR..2015'’?&|\\/<>"), max_size=40))
def test_no_query_is_an_error(service: Service, q: str) -> None:
    found = ask(service, q)
    assert found.total >= found.total_all >= 0


# All units, then most


def test_most_follows_where_nothing_has_all(service: Service) -> None:
    found = ask(service, "吵架 烏許")
    assert found.total_all == 0
    assert {hit.match for hit in found.hits} == {"most"}
    assert ask(service, "吵架 烏許", fallback=False).total == 0


def test_complete_answers_come_first_and_are_counted(service: Service) -> None:
    found = ask(service, "Lin Aiping keeper museum smuggling trial")
    matches = [hit.match for hit in found.hits]
    assert found.hits[0].record["id"] == "lin-en"
    assert matches == ["all"] * found.total_all + ["most"] * (found.total - found.total_all)
    assert found.total_all == 1 < found.total
    by_date = ask(service, "Lin Aiping keeper museum smuggling trial", sort="-date")
    assert [hit.match for hit in by_date.hits] == matches


def test_a_short_query_with_an_answer_is_not_filled_up(service: Service) -> None:
    found = ask(service, "Turk bread")
    assert [(hit.record["id"], hit.match) for hit in found.hits] == [("turk", "all")]


def test_the_query_alone_decides_before_any_filter(service: Service) -> None:
    """ "Turk bread" has a complete answer; that a filter hides it must not bring in half answers."""
    assert ask(service, "Turk bread", filters={"year": ("2022",)}).total == 0
    whole = ask(service, "吵架 烏許")
    for year in ("2018", "2019", "none"):
        part = ask(service, "吵架 烏許", filters={"year": (year,)})
        assert {hit.record["id"] for hit in part.hits} == {
            hit.record["id"] for hit in whole.hits if (hit.record["date"] or "none")[:4] == year
        }


def test_a_name_is_never_dropped_to_find_something(service: Service) -> None:
    """A unit is found whole or not at all: 陈大文 is nobody here, and 大文 or 陈 alone is no answer."""
    assert ask(service, "陈大文").total == 0
    assert ask(service, "陳大文 律師 不存在的").total_all == 0


def test_most_of_a_query_with_a_name_has_the_name(service: Service) -> None:
    """Who asks for somebody and two words gets documents that name them, and none with the two words alone."""
    found = ask(service, "Lin Aiping committee bread")
    assert found.total_all == 0
    assert {hit.record["id"] for hit in found.hits} == LIN
    either = ask(service, "林爱萍 周和平 committee")
    assert either.total_all == 0
    assert {hit.record["id"] for hit in either.hits} >= containing("周和平") & LIN
    assert {hit.record["id"] for hit in either.hits} <= containing("周和平") | LIN


# Did you mean


def test_a_misspelt_word_is_put_right_only_when_asked(service: Service) -> None:
    found = ask(service, "Harbuor market")
    assert found.total_all == 0
    assert found.suggestion == "Harbour market"
    assert ask(service, "Harbour market").suggestion is None
