"""Which articles of which law does a paragraph cite, and what do they say?

For the tests of the notes.  A citation is "Criminal Law, Arts. 103, 105-107" or 《刑法》第103、105-107条; several are
separated by semicolons.  The texts come from the collection of laws beside the repository.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

#: The short names under which the notes cite a law: its title and the date of its version in the collection.
_PRC = "中华人民共和国"
_COURTS = "最高人民法院、最高人民检察院关于办理"
_VERSIONS = {
    ("Criminal Law", "刑法"): (_PRC + "刑法", "2023-12-29"),
    ("Criminal Procedure Law", "刑事诉讼法"): (_PRC + "刑事诉讼法", "2018-10-26"),
    ("Supervision Law", "监察法"): (_PRC + "监察法", "2024-12-25"),
    ("State Secrets Law", "保守国家秘密法"): (_PRC + "保守国家秘密法", "2024-02-27"),
    ("Passport Law", "护照法"): (_PRC + "护照法", "2006-04-29"),
    ("Exit and Entry Administration Law", "出境入境管理法"): (_PRC + "出境入境管理法", "2012-06-30"),
    ("Overseas NGO Law", "境外非政府组织法"): (_PRC + "境外非政府组织境内活动管理法", "2017-11-04"),
    ("Assemblies Law", "集会游行示威法"): (_PRC + "集会游行示威法", "2009-08-27"),
    ("Public Security Administration Punishments Law", "治安管理处罚法"): (_PRC + "治安管理处罚法", "2012-10-26"),
    ("Hong Kong National Security Law", "港区国安法"): (_PRC + "香港特别行政区维护国家安全法", "2020-06-30"),
    ("Interpretation on picking quarrels", "寻衅滋事解释"): (
        _COURTS + "寻衅滋事刑事案件适用法律若干问题的解释",
        "2013-07-15",
    ),
    ("Interpretation on online defamation", "网络诽谤解释"): (
        _COURTS + "利用信息网络实施诽谤等刑事案件适用法律若干问题的解释",
        "2013-09-06",
    ),
}
_TITLES = {name: version for names, version in _VERSIONS.items() for name in names}
_CITATION = re.compile(
    r"(?:(?P<en>[A-Z][A-Za-z ]+?), Arts?\. |《(?P<zh>[^》]+)》第)"
    r"(?P<articles>\d+(?:[-–]\d+)?(?:(?:, |、)\d+(?:[-–]\d+)?)*)"
)
_ARTICLE = re.compile(r"(?m)^\W*第([一二三四五六七八九十百零]+)条(?=[\s　])")


def cited_articles(brackets: str) -> Iterator[tuple[str, int]]:
    """Yield the laws and articles that a paragraph's brackets name, by the name that stands there."""
    for match in _CITATION.finditer(brackets):
        for part in re.split(r", |、", match["articles"]):
            first, _, last = part.replace("–", "-").partition("-")
            for number in range(int(first), int(last or first) + 1):
                yield match["en"] or match["zh"], number


def article(laws: Path, name: str, number: int) -> str:
    """Return an article with the date of its law's version; ``name`` in simplified characters or English.

    Raises: KeyError for a law that is not known here or an article that it does not have.
    """
    title, date = _TITLES[name]
    return f"{date}\n{_articles(laws, title, date)[_numeral(number)]}"


def parts(text: str) -> int:
    """Return how many paragraphs or numbered items an article has, whichever is more."""
    lines = [line for line in text.split("\n")[1:] if line.strip()]
    items = [line for line in lines if line.lstrip().startswith("（")]
    return max(len(lines) - len(items), len(items))


def _numeral(number: int) -> str:
    """Return a number below 1,000 as laws write it: 105 is 一百零五, 18 is 十八, 110 is 一百一十."""
    figures = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = figures[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else figures[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (figures[ones] if ones else "")


@cache
def _articles(laws: Path, title: str, date: str) -> dict[str, str]:
    with gzip.open(laws, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["title"] == title and row["date"] == date:
                return _cut(row["text"])
    raise KeyError(title)


def _cut(text: str) -> dict[str, str]:
    heads = list(_ARTICLE.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {head[1]: text[head.end() : end] for head, end in zip(heads, ends, strict=True)}
