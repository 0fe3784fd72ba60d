"""Which offence does an article number name?

"Article 105(2) of the Criminal Law", 刑法第一百零五条第二款, 《刑法》第293条: a number names an offence only where
its law is named in the same sentence, and only where exactly one listed offence has that article (and paragraph).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.authority import Authority, AuthorityRecord
from indexer.extract.anchored import Anchored, Anchors
from indexer.extract.numerals import han_number

_REFERENCE = Anchored(
    re.compile(
        r"\b(?:articles?|arts?\.?) ?(?P<en>\d{1,3})(?:-(?P<enbis>\d))?(?: ?\((?P<enpar>\d)\)|,? (?:paragraph"
        r"|para\.?|section) (?P<enpar2>\d))?"
        r"|第 ?(?P<zh>(?:[0-9]{1,3}|[零〇○一二三四五六七八九十百]{1,7})"
        r"(?:[、,和及与](?:[0-9]{1,3}|[零〇○一二三四五六七八九十百]{1,7})){0,6}) ?条"
        r"(?:之(?P<zhbis>[一二三四五]))?(?:,?第?(?P<zhpar>[一二三四五12345])款)?"
    ),
    ("art", "第"),
)
#: How each law is called (folded), by the attribute ``law`` of a charge.  The first that fits is meant.
_LAWS = {
    "criminal-law-prc-1979": re.compile(r"\b1979 criminal law\b|\bcriminal law of 1979\b|1979年刑法|旧刑法"),
    "criminal-law-prc": re.compile(
        r"\bcriminal law\b|\b(?:chinese|china's|prc) (?:criminal|penal) code\b|(?<!国际)(?<!民国)刑法(?!修正案)"
    ),
    "national-security-law-hk": re.compile(r"\bnational security law\b|\bnsl\b|国安法|维护国家安全法"),
}
_FOREIGN = re.compile(
    r"中华民国刑法|(?:台湾|德国|日本|韩国)(?:的|《)?刑法|\b(?:taiwan|vietnam|iran|german)\S* (?:\w+ )?criminal law"
)
_END = re.compile(r"[。!?;\n]|\.\s")


def article_references(folded: Anchors, authority: Authority) -> Iterator[tuple[AuthorityRecord, int, int]]:
    """Yield the offence and the span of every article reference in a folded text that names exactly one."""
    for match in _REFERENCE.finditer(folded):
        law = _law_near(folded.text, match)
        if law is None:
            continue
        numbers = _numbers(match)
        if len(numbers) > 1 and folded.text[match.start() - 1 : match.start()] == "(":
            continue  # 分裂国家(第20、21条): the articles of what stands before
        bis = match["enbis"] or (str(han_number(match["zhbis"])) if match["zhbis"] else "")
        paragraph = match["enpar"] or match["enpar2"] or (str(han_number(match["zhpar"])) if match["zhpar"] else "")
        for article in numbers:
            number = f"{article}-{bis}" if bis else article
            records = _offences(authority, law, number, paragraph)
            if len(records) == 1:
                yield records[0], match.start(), match.end()


def law_names(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the spans (folded offsets) in which a law is named that articles are looked up in."""
    for name in _LAWS.values():
        yield from (match.span() for match in name.finditer(folded))


def _numbers(match: re.Match[str]) -> list[str]:
    """Return the article numbers of a reference: 第290、291条 has two."""
    if match["en"]:
        return [match["en"]]
    return [str(han_number(number) or "") for number in re.split("[、,和及与]", match["zh"])]


def _law_near(folded: str, match: re.Match[str]) -> str | None:
    """Return the law named in the sentence of an article number, None where none or a foreign one is."""
    low = max(0, match.start() - 200)
    for boundary in _END.finditer(folded, low, match.start()):
        low = boundary.end()
    after = _END.search(folded, match.end(), match.end() + 200)
    sentence = folded[low : after.start() if after else match.end() + 200]
    if _FOREIGN.search(sentence):
        return None
    return next((law for law, name in _LAWS.items() if name.search(sentence)), None)


def _offences(authority: Authority, law: str, article: str, paragraph: str) -> list[AuthorityRecord]:
    """Return the offences of an article: those of the paragraph, else those without one; all where it is ""."""
    there = {
        record.id: record
        for key in ("article", "also_articles")
        for record in authority.having("charge", key, article)
        if str(record.attributes.get("law", "")) == law
    }
    if not paragraph:
        return list(there.values())
    stated = {id: str(record.attributes.get("paragraph", "")) for id, record in there.items()}
    return [there[id] for id in there if stated[id] == paragraph] or [there[id] for id in there if not stated[id]]
