"""``check`` names file, line and remedy for everything that is wrong, and is silent about files in order."""

from pathlib import Path

import pytest

from indexer.authority.check import Problem, check

HEADER = """\
# Charges.
#   id, names, selective, source, weak   as everywhere
#   see,           ids of others,
#   family, distinguisher,   of its group
#   paragraph      of the article
#   from, examples   explained
"""
GOOD = f"""\
{HEADER}
[[charge]]
id = "counterfeiting"
names.en = ["counterfeiting"]
names.zh-Hans = ["伪造、变造货币罪"]
names.zh-Hant = ["偽造、變造貨幣罪"]
selective = "{{伪造|变造}}货币罪"
source = ["a law"]

[[charge]]
id = "theft"
names.en = ["theft"]
names.zh-Hans = ["盗窃罪"]
names.zh-Hant = ["盜竊罪"]
see = ["counterfeiting"]
source = ["a law"]
examples = [{{ text = "He was charged with theft.", found = "theft" }}]
"""


PERSON = "#   id, names, source   as everywhere\n"


def problems(folder: Path, text: str, file: str = "charges.toml") -> list[Problem]:
    (folder / file).write_text(text, encoding="utf-8")
    return check(folder)


def test_files_in_order_have_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []
    assert check(tmp_path / "nothing-here") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('id = "theft"', 'id = "arson"', 17, "stands after counterfeiting"),
        ('id = "theft"', 'id = "counterfeiting"', 9, "stands twice"),
        ('id = "theft"', 'id = "Theft!"', 17, "must be lower-case"),
        ('["theft"]', '["theft"]\ndistinguisher_in = "Xia"', 17, "must be words by language"),
        ('source = ["a law"]\nexamples', "examples", 17, "has no source"),
        ('["theft"]', '["counterfeiting"]', 17, "shares the name “counterfeiting” with counterfeiting"),
        ('["theft"]', '["theft", "theft"]', 17, "lists “theft” twice"),
        ('["theft"]', '["theft"]\nweak = ["theft"]', 17, "stands in names and in weak"),
        ('["theft"]', '["theft"]\npenalty = 3', 17, "does not explain the key penalty"),
        ('["盗窃罪"]', '["盜竊罪"]', 17, "with the traditional 盜竊"),
        ('["盜竊罪"]', '["盗窃罪"]', 17, "with the simplified 盗窃"),
        ('["盜竊罪"]', '["盜竊罪", "偷竊罪"]', 17, "“偷竊罪” stands in names.zh-Hant alone"),
        ('names.zh-Hant = ["盜竊罪"]\n', "", 17, "has no names.zh-Hant"),
        ('see = ["counterfeiting"]', 'see = ["forgery"]', 17, "'forgery' is no id of any file"),
        ('see = ["counterfeiting"]', 'family = "property"', 17, "'property' is no id of charges.toml"),
        ('see = ["counterfeiting"]', 'see = ["theft"]', 17, "see names the record itself"),
        ('see = ["counterfeiting"]', 'paragraph = "2"', 17, "add the article"),
        ('see = ["counterfeiting"]', 'from = "in 1997"', 17, "must be a date"),
        ('found = "theft"', 'found = "robbery"', 17, "an example wants “robbery” found"),
        ('found = "theft"', 'finds = "theft"', 17, "an example must be"),
        ("{伪造|变造}货币罪", "{伪造|变造}证件罪", 9, "gives none of the Chinese names"),
        ("{伪造|变造}货币罪", "{伪造|变造货币罪", 9, "is never closed"),
        ('selective = "{伪造|变造}货币罪"\n', "", 9, "no selective pattern"),
        ("[[charge]]\nid", "[[crime]]\nid", 16, "[[crime]] is not known here"),
        ('["theft"]', '["theft"', 19, "not readable as TOML"),
    ],
)
def test_every_fault_is_named(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    head, found, tail = GOOD.rpartition(old)
    assert found
    hits = [problem for problem in problems(tmp_path, head + new + tail) if message in problem.message]
    assert [(problem.file, problem.line) for problem in hits] == [("charges.toml", line)]


def test_a_distinguisher_allows_a_shared_name(tmp_path: Path) -> None:
    shared = GOOD.replace('["theft"]', '["counterfeiting"]\ndistinguisher = "of goods"')
    shared = shared.replace('text = "He was charged with theft.", found = "theft"', 'text = "盗窃罪", found = "盗窃罪"')
    assert problems(tmp_path, shared) == []


def test_persons_may_have_other_names_in_the_other_script(tmp_path: Path) -> None:
    text = (
        PERSON + '[[person]]\nid = "x-y"\nnames = { zh-Hans = ["特朗普"], zh-Hant = ["川普"] }\nsource = ["a paper"]\n'
    )
    assert problems(tmp_path, text, "persons.toml") == []


def test_characters_of_hong_kong_are_traditional(tmp_path: Path) -> None:
    text = PERSON + '[[person]]\nid = "x-y"\nnames = { zh-Hans = ["卫温"], zh-Hant = ["衞温"] }\nsource = ["a paper"]\n'
    assert problems(tmp_path, text, "persons.toml") == []


def test_a_problem_reads_as_a_line() -> None:
    assert str(Problem("charges.toml", 7, "theft: has no source")) == "charges.toml, line 7: theft: has no source"
