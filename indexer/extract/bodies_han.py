"""Which Chinese organisations are named as a whole, without a head that is looked for?  Works on folded text.

Public bodies whose name stands by itself (运输署), media and other bodies in quotation marks after or before the word
that says what they are (书店「紙燈籠」, 《正闻》), bodies that have officers (民阵召集人), and congresses (省人大).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from indexer.extract.anchored import Opened
from indexer.extract.han_words import cuts, is_word, runs_on
from indexer.extract.lexicon import phrases, words
from indexer.extract.organisation_reach import NEVER, STOP, TASKS, all_words, stops

_HAN = "\u3400-\u9fff"
_QUOTED = re.compile(r"[《〈]([^《》〈〉\n]{2,16})[》〉]")
_MEDIUM = re.compile(
    r"(?:报|日报|晚报|时报|周刊|月刊|杂志|新闻|新闻网|之音|之声|电视|电视台|邮报|卫报|快报|通讯|通讯社|社|网|传媒|观察|电台|论坛|镜报|端|公报|纪事|评论|邮刊)\Z"
)
#: What sort of body a name in quotation marks is, before it or after it.
_SORT = (
    "书店|平台|网站|组织|团体|教会|公司|机构|刊物|杂志|报纸|媒体|频道|公众号|电台|智库|工会|出版社|基金|协会|学社|诗社|"
    "工作室|社团|联盟|品牌|餐厅|政党|党派|网媒|报章|报社|发展商|承建商|厂商|企业|乐队|剧团|书院|专页|慈善机构"
)
_IN_QUOTES = re.compile(rf"[「『“](?P<name>[{_HAN}A-Za-z0-9 ·]{{2,12}})[」』”]")
_SORTS = tuple(_SORT.split("|"))
_NAME_THEN_SORT = re.compile(
    rf"[「『“](?P<name>[{_HAN}]{{2,8}})[」』”](?:的)?(?:{_SORT}|创办人|创始人|负责人|创办者|成员|记者|编辑部|发言人|志愿者)"
)
#: Where such a medium writes: the reporter's credit at the end.
_REPORTERS = re.compile(rf"《(?P<name>[{_HAN}0-9]{{2,8}})》(?:记者|报道|报导|引述|访问|专访|编辑|主笔|消息)")
#: A body that has officers: 前民阵召集人, 「学生动源」发言人.
_OFFICER = re.compile(
    "(?:^|[\\s，。、；：（）()「『“《]|[，。、；：][前由]|时任|现任|前任|\\s前|「前|、前|及|和|与)[前原]?[「『“]?"
    "(?P<name>[\u3400-\u9fff]{2,5}?)[」』”]?[前原副]?(?:总)?(?P<office>主席|召集人|发言人|秘书长|总干事|创办人|创始人|创党)"
)
#: The department of an administration of two syllables: 运输署, 海巡署, 地检署; not 部署, 签署, 联署.
_DEPARTMENT = re.compile(rf"署(?<=[{_HAN}]{{3}})(?<![签部联连公专行官本我该各签]署)(?![名理期证])")
_CONGRESS = re.compile("人大(?:常委会)?(?![学有人一])")
_OF_CONGRESS = re.compile(rf"(?:全国|中国|[{_HAN}]{{1,4}}[省市县区州])\Z")


@dataclass(frozen=True, slots=True)
class HanOrganisation:
    """An organisation's name at ``start:end`` of the folded text."""

    start: int
    end: int
    name: str
    rule: str


def marked_names(folded: str) -> Iterator[HanOrganisation]:
    """Yield the bodies that quotation marks or officers show; they may overlap, and the first of two is the surer."""
    for match in _QUOTED.finditer(folded):
        if _MEDIUM.search(match.group(1)):
            yield _found(match, 1, "medium in brackets")
    for shape in (_IN_QUOTES, _NAME_THEN_SORT, _REPORTERS):
        for match in shape.finditer(folded):
            if shape is _IN_QUOTES and not folded.endswith(_SORTS, 0, match.start()):
                continue
            name = match.group("name")
            if shape is _REPORTERS or not (is_word(name) or any(c in NEVER or c in "不没要" for c in name)):
                yield _found(match, "name", "quoted name")
    yield from _with_officers(folded)


def public_bodies(folded: str) -> Iterator[HanOrganisation]:
    """Yield the public bodies whose name stands by itself; a longer name may hold one of them."""
    for match in _bodies().finditer(folded):
        if not runs_on(folded, match.end()) and not cuts(folded, match.start()):
            yield _found(match, 0, "public body")
    for match in _DEPARTMENT.finditer(folded):
        start, end = match.start() - 2, match.end()
        what = folded[start : end - 1]
        if not any(c in STOP for c in what) and what not in stops() and not cuts(folded, start):
            yield HanOrganisation(start, end, folded[start:end], "public body")
    for match in _CONGRESS.finditer(folded):
        of = _OF_CONGRESS.search(folded, max(0, match.start() - 5), match.start())
        if of and (of.group() in ("全国", "中国") or of.group()[:2] in phrases("places_han")):
            yield HanOrganisation(of.start(), match.end(), folded[of.start() : match.end()], "public body")


def _found(match: re.Match[str], group: str | int, rule: str) -> HanOrganisation:
    return HanOrganisation(*match.span(group), match.group(group), rule)


@cache
def _bodies() -> Opened:
    bodies = sorted(words("bodies_han"), key=len, reverse=True)
    return Opened(re.compile("|".join(bodies)), (body[0] for body in bodies))


def _with_officers(folded: str) -> Iterator[HanOrganisation]:
    """Yield all namings of the bodies that have officers somewhere in the text."""
    coined = {m.group("name") for m in _OFFICER.finditer(folded) if _is_coined(m.group("name"), m.group("office"))}
    if coined:
        for match in re.finditer("|".join(sorted(coined, key=len, reverse=True)), folded):
            yield _found(match, 0, "office in it")


def _is_coined(name: str, office: str) -> bool:
    """Say whether a short name is a coinage rather than words: 民阵, 社民连; not 国家, 工会, 执行委员会.

    Of a body that has a convener it may be words: 公民监察.
    """
    if is_word(name) or any(c in STOP for c in name) or name[0] in "前原副总" or name in words("generic_han"):
        return False
    if office == "召集人" and len(name) == 4 and name[-2:] in TASKS:
        return True
    return not all_words(name) and not any(name.endswith(role) for role in ("副", "执行", "署理", "候任", "名誉"))
