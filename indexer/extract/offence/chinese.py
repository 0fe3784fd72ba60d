"""Offences in Chinese, from words of charging and a name that ends in 罪; all patterns are over folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.extract.offence.found import Offence
from indexer.fold import Folded, fold_text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NAMED = r"[\u3400-\u7f69\u7f6b-\u9fff、·]"  # Han but 罪
#: Charge words, then a name that ends in 罪 (quotes may stand around the name or around all of it).
_WORDS_ZH = (
    r"(?:涉嫌|涉及|涉|被控以?|控告|控以|控|被告|干犯|触犯|犯下?|犯有|以|因|判处|裁定|承认|否认|面临|面对"
    r"|罪名(?:是|为|包括)"
    r"|构成|认罪|指控)"
)
_CHARGING = re.compile(_WORDS_ZH)
_ZUI = re.compile(r"罪(?!犯|行|嫌|恶|责|过|案)")
_STOP = re.compile(r"[。!?;,\n罪]")
#: From the words of charging to 罪.
_NAMES = re.compile(
    rf"(?P<skip>[^「『\"《]{{0,12}}?)(?P<open>[「『\"《]?)(?P<names>{_NAMED}{{2,40}}?)(?P<close>[」』\"》]?)"
    r"(?:等)?(?:[一二三四五六七八九十两多\d]*[项宗条])?\Z"
)
#: How far before 罪 its words of charging may stand, in characters.
_REACH = 56
_QUOTED_ZUI = re.compile(rf"[「『\"]((?:{_NAMED}){{2,24}})(?:罪[」』\"]|[」』\"]罪)")
_COUNTS = re.compile(r"^(?:各|均|分别|共|另|以|控)*(?:[一二三四五六七八九十两多\d]+[项宗条个次])?")
_JUNK_NAME = re.compile(
    r"(?:[这那哪](?:一)?[类种个些项]|有|无|无人|何|死|认|知|畏|问|定|判|治|入|赎|原|重|轻|该|此|上述|其|以上"
    r"|所有|全部|同|刑事|政治|这|那|各"
    r"|一|两|三|数|多|"
    r"莫须有|欲加之|口袋|思想|言论|某|相关|有关|什么|十大|不|没有|未|是否|为|及|的)+\Z"
)
#: 认罪, 无罪, 死罪 …: what stands before such a word is no offence.
_NO_LAST = frozenset(
    "个项宗条种类控认无有服谢问何定判知畏悔赎顶获犯死活同轻重此该两多数原治论之入得伏请抵怪归加的则亦也均皆都仍法例"
)
_VERBS = re.compile(
    r"(?:被|遭|而|并|于|在|将|把|向|对|从|到|是|称|指|表示|认为|律师|检察院|法院|法庭|法官|警方|公安|当局|政府"
    r"|他|她|我|你|它|们|的|了|"
    r"年|月|日|判|裁定|起诉|逮捕|拘|关押|成立|涉嫌|罪|两人|等人|多人|被告|案)"
)
#: Two-character offences that stand in lists; longer pieces need no list of their own.
_SHORT_ZH = _words(
    "暴动 袭警 纵火 盗窃 诈骗 欺诈 诽谤 侮辱 爆炸 绑架 强奸 抢劫 贪污 受贿 行贿 "
    "叛国 间谍 洗钱 逃税 嫖娼 猥亵 伤人 藏毒 洗黑钱 伪证 偷渡"
)


#: A person's name and 罪 have so many characters at most.
_PERSON = 4


def chinese_offences(original: str, folded: Folded) -> Iterator[Offence]:
    """Yield the offences that a Chinese text names: 「…罪」, 涉嫌…罪, 被控…罪, and the members of a list before 罪."""
    text = folded.text
    for match in _QUOTED_ZUI.finditer(text):
        yield from _named_in_chinese(
            original, folded, match.start(1), match.group(1).removesuffix("罪"), "charge-quoted"
        )
    for zui in _ZUI.finditer(text):
        yield from _before_zui(original, folded, zui.start())


def _before_zui(original: str, folded: Folded, zui: int) -> Iterator[Offence]:
    """Yield the offences between words of charging and one 罪: the longest reading that names an act."""
    text, low = folded.text, max(0, zui - _REACH)
    for stop in _STOP.finditer(text, low, zui):
        low = stop.end()
    for words in _CHARGING.finditer(text, low, zui):
        match = _NAMES.match(text, words.end(), zui)
        if match and bool(match["open"]) == bool(match["close"]):
            found = list(_named_in_chinese(original, folded, match.start("names"), match["names"], "charge-words"))
            if text.startswith("名", zui + 1):  # 裁定林大文罪名成立: a name of three characters may be a person's
                found = [o for o in found if len(o.name) > _PERSON or fold_text(o.name)[:-1] in _SHORT_ZH]
            yield from found
            if found:
                return


def _named_in_chinese(original: str, folded: Folded, start: int, names: str, rule: str) -> Iterator[Offence]:
    pieces = (
        list(re.finditer(r"[^、]+?(?=[、及和与或]|$)|[^、及和与或]+", names))
        if re.search("[、及和与或]", names)
        else []
    )
    parts = [(piece.group().strip("、及和与或"), piece.start() + _leading(piece.group())) for piece in pieces]
    if not parts or not all(_is_chinese_offence(_uncounted(part)[0]) for part, _ in parts):
        parts = [(names, 0)]
    for part, at in parts:
        name, cut = _uncounted(part)
        if _is_chinese_offence(name):
            low, high = folded.original(start + at + cut, start + at + cut + len(name))
            yield Offence("".join(original[low:high].split()) + "罪", low, high, rule, han=True)


def _leading(piece: str) -> int:
    return len(piece) - len(piece.lstrip("、及和与或"))


def _uncounted(name: str) -> tuple[str, int]:
    match = _COUNTS.match(name)
    cut = match.end() if match else 0
    return name[cut:], cut


def _is_chinese_offence(name: str) -> bool:
    if name in _SHORT_ZH:
        return True
    return 3 <= len(name) <= 24 and name[-1] not in _NO_LAST and not _VERBS.search(name) and not _JUNK_NAME.match(name)
