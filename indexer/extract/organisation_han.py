"""Which organisations does a Chinese text name that no authority file lists?

Works on folded text.  A name ends with a head (委员会, 基金会, 人民法院, 大学, 日报 ...); its modifiers are the words
before the head, word by word, until a word comes that belongs to the sentence: a verb, a title, 的, 在, a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from indexer.extract.bodies_han import HanOrganisation, marked_names, public_bodies
from indexer.extract.han_words import is_word, runs_on
from indexer.extract.lexicon import words
from indexer.extract.organisation_reach import LONGEST, TASKS, all_words, leftmost, placed, without_places

_HEADS = sorted(words("heads_han"), key=len, reverse=True)
#: 党 ends the name of a party, unless it is a part of another word: 入党, 党员, 党中央.
_PARTY = (
    "(?<![入创建退两同政该本贵反整亲全各跨多朋结])党"
    "(?![员派委内外中人支性产报史章校籍徽组务魁团风纲旗群政营国同争锢阀])"
)
#: What heads begin with each character; the longest first.
_HEADS_FROM = {
    first: re.compile("|".join([*(head for head in _HEADS if head[0] == first), *([_PARTY] if first == "党" else [])]))
    for first in {"党", *(head[0] for head in _HEADS)}
}
#: Looked for first, because a class of characters is scanned fastest.
_FIRST = re.compile(f"[{''.join(sorted(_HEADS_FROM))}]")
#: Names that are made of general words only and stand for any body of their sort.
_GENERIC = words("generic_han")
_WEAK = words("weak_heads_han")
#: Modifiers that say what sort of body it is, not which one.
_GENERAL = re.compile(
    "(?:国际|人权|非政府|非牟利|非营利|民间|公民|社会|宗教|政治|学生|环保|维权|独立|官方|外国|各国|地方|当地|本地|中央|基层|"
    "上级|下级|一级|上一级|多个|全国|海外|境外|国内|两岸|本土|主流|大型|最大|新|旧|该|市|县|区|省|州|镇|法律|专业|私人|公立|"
    "省级|市级|县级|国别|跨国|[英法德俄日韩葡阿汉华藏双][语裔族]区?|国营|民营|伊斯兰|穆斯林|焦点|外资|中资|上市|科技|网络|互联网|传媒|媒体|建筑|保险|运动|青年|妇女|工人|劳工|农民|教育|文化|慈善|志愿|"
    "家庭|资讯|保安|信息|安全|软件|电子|能源|石油|食品|物流|旅游|广告|公关|房地产|地产|运输|汽车|制药|通信|电信|咨询|顾问|快递|外卖|物业|"
    "专门|审判|检察|仲裁|业主|居民|村民|常务|财政经济|外事|选举|监督|行业|消费者|残疾人|专家|评审|人民调解|管理|同级|原审|所在地|住所地|居住地|"
    "第一审|第二审|一审|二审|街道|村务|代表资格|审查|资格|企业|国有|资本|基层群众性|自治|集体|经济|慈善|互助|救助|应急|预算|"
    "影视|娱乐|投资|金融|贸易|进出口|执政|反对|极右|左翼|右翼|激进|恐怖|犯罪|黑社会|武装|地下|秘密|非法|合法|临时|联合|共同|特别|专责|调查|工作|行动)*"
)
#: Weak heads for which a place before them is enough.
_LOCAL = words("local_heads_han")
#: Heads before which only a place, a number or a coinage makes a name: not 清楚明白法庭.
_COURTS = frozenset(("法庭", "法院", "警署", "监狱", "看守所", "派出所", "医院"))
#: Bodies of which a country has many: 中国监狱 names none of them.
_EVERYWHERE = words("common_heads_han")
#: Bodies that a place and their sort do not name either: 山西家庭教会, 俄罗斯资讯保安公司.
_OF_A_SORT = frozenset(("公司", "教会", "组织", "网络", "媒体", "党", "工厂"))
#: Police stations that nobody names: the local one, the one in charge.
_ANY_STATION = re.compile(
    "(?:当地|本地|辖区|附近|户籍|户籍地|管辖|属地|居住地|所属|所在地|所在|公安|某|各|该|边防|基层|一个|两个|几个|村|镇|乡|地方)+"
)
_NATION = re.compile("^(?:中国|香港|大陆|内地|台湾|美国|英国|德国|法国|日本|俄罗斯|西方|本港|不同|公共|过往|纳粹)+")
#: Bodies of the state that every place has: 同级人民法院 and 直辖市人民检察院 name none of them.
_OF_A_PLACE = frozenset(
    ("人民法院", "中级人民法院", "高级人民法院", "人民检察院", "检察院", "公安机关", "代表大会", "人大常委会")
)
_ANY_PLACE = re.compile(
    "(?:.*(?:直辖|所在|住所|居住|同级|上级|下级|有关|市辖|当地|异地|各地|各)[市县区州]?|设区市|[省市县区州旗镇])\\Z"
)
_BUREAUX = ("公安局", "警察局", "国安局", "税务局", "市场监管局", "市场监督管理局", "公安分局")
_BRANCH = re.compile(
    "(?:[^\\W\\d_的在和与及对将把被向于,、局]{2,4}分局)(?:[^\\W\\d_的在和与及对将把被向于,、局]{2,5}派出所)?"
)
_ONE_OF_MANY = re.compile("(?:[一两某该这那几]|多)[家间份个名所]\\Z")


def han_organisations(folded: str, taken: Sequence[tuple[int, int]] = ()) -> list[HanOrganisation]:
    """Return the organisations named in folded Chinese text, in order, without overlap.

    ``taken`` are spans that already belong to a listed name.
    """
    occupied = {i for start, end in taken for i in range(start, end)}
    found: list[HanOrganisation] = []
    _take(marked_names(folded), found, occupied)
    counts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    strong: set[str] = set()
    position = 0
    for match in _heads(folded):
        if match.start() < position or match.start() in occupied:
            continue
        end = _extended(folded, match.end())
        start = leftmost(folded, match.start(), position, match.group())
        name = folded[start:end]
        bare = start == match.start()
        if (
            runs_on(folded, end)
            or start in occupied
            or _one_of_many(folded, start)
            or not _is_name(name, match.group(), bare)
        ):
            continue
        position = end
        counts[name].append((start, end))
        if _is_sure(name, match.group()):
            strong.add(name)
    for name, places in counts.items():
        if name in strong or len(places) > 1:
            _take((HanOrganisation(start, end, name, "head word") for start, end in places), found, occupied)
    _take(public_bodies(folded), found, occupied)
    return sorted(found, key=lambda o: o.start)


def _take(bodies: Iterable[HanOrganisation], found: list[HanOrganisation], occupied: set[int]) -> None:
    """Add the bodies that touch nothing found before them."""
    for body in bodies:
        if body.start not in occupied and body.end - 1 not in occupied:
            found.append(body)
            occupied.update(range(body.start, body.end))


def _heads(folded: str) -> Iterator[re.Match[str]]:
    """Yield the heads of a text, those also that begin inside another and go on beyond it: 学生会 in 大学生会."""
    reached = 0
    for first in _FIRST.finditer(folded):
        match = _HEADS_FROM[first.group()].match(folded, first.start())
        if match and match.end() > reached:
            reached = match.end()
            yield match


def _one_of_many(folded: str, start: int) -> bool:
    """Say whether "a", "that" or "many" stands before a name: 一家香港日报."""
    return _ONE_OF_MANY.search(folded, max(0, start - 2), start) is not None


def _extended(folded: str, end: int) -> int:
    """Take in a further head right after the first, and the branch of a bureau: 委员会 + 办公室, 公安局 + 西城分局."""
    branch = _BRANCH.match(folded, end) if folded.endswith(_BUREAUX, 0, end) else None
    if branch:
        return branch.end()
    heads = _HEADS_FROM.get(folded[end : end + 1])
    following = heads.match(folded, end) if heads else None
    return following.end() if following and following.group() not in ("党", "组织") else end


def _is_name(name: str, head: str, bare: bool) -> bool:
    if bare or len(name) < len(head) + 2 or name in _GENERIC or len(name) > LONGEST + 6:
        return False
    modifiers = name.removesuffix(head)
    if head in _OF_A_PLACE and not _names_a_place(modifiers):
        return False
    if head == "组织" and not placed(modifiers) and all_words(modifiers):
        return False
    if "的" in modifiers or modifiers in TASKS or (head == "检察院" and not placed(modifiers)):
        return False
    if head == "派出所":
        return not _ANY_STATION.fullmatch(modifiers)
    if head in _COURTS and not placed(modifiers) and all_words(modifiers):
        return False
    if head in _OF_A_SORT:
        kind = without_places(modifiers)
        if kind and _GENERAL.fullmatch(kind):
            return False
    return not _GENERAL.fullmatch(_NATION.sub("", modifiers) if head in _EVERYWHERE else modifiers)


def _names_a_place(modifiers: str) -> bool:
    """Say whether the words before a head of the state tell of which place, or which court, it is."""
    if modifiers.startswith(("最高", "全国", "中华人民共和国", "中国")) or modifiers.endswith(("铁路", "海事", "军事")):
        return True
    return placed(modifiers) and not _ANY_PLACE.match(modifiers)


def _is_sure(name: str, head: str) -> bool:
    """Say whether one naming is enough: a strong head, or modifiers that begin with a place or are no plain words."""
    modifiers = name.removesuffix(head)
    local = placed(modifiers)
    if head not in _WEAK or (local and head in _LOCAL):
        return True
    return (local and len(modifiers) >= 3) or (4 <= len(modifiers) <= 8 and not is_word(modifiers))
