"""Which organisations does a Chinese text name that no authority file lists?

Works on folded text.  A name ends with a head (委员会, 基金会, 人民法院, 大学, 日报 ...); its modifiers are the words
before the head, word by word, until a word comes that belongs to the sentence: a verb, a title, 的, 在, a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.extract.han_words import is_word, runs_on
from indexer.extract.lexicon import phrases, words

_LONGEST = 22
_HAN_CHARACTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_HEADS = sorted(words("heads_han"), key=len, reverse=True)
#: 党 ends the name of a party, unless it is a part of another word: 入党, 党员, 党中央.
_PARTY = (
    "(?<![入创建退两同政该本贵反整亲全各跨多朋结])党"
    "(?![员派委内外中人支性产报史章校籍徽组务魁团风纲旗群政营国同争锢阀])"
)
_BY_FIRST = "|".join(
    f"{first}(?:{'|'.join(head[1:] for head in _HEADS if head[0] == first)})"
    for first in sorted({h[0] for h in _HEADS})
)
_HEAD = re.compile(f"(?:{_BY_FIRST})|{_PARTY}")
#: Characters that belong to the sentence, not to a name.
_STOP = frozenset(
    "的了是在有和与及或对向由被将把从到为于因以至比等并而但也又还都就则即各该本此这那某其他她它你我们每名个位间项次件"
    "称说指叫让令请给使用经据按受赴往进入出任当做成曾已正仍未不没只需须可能会要想看见问答讲话写作吗呢吧啊么什怎"
    "跟同像如若虽且更很最太再才刚之所着过起来去上下里内外前后时候日月年号岁天周些多少几两一二三四五六七八九十零百千万亿"
)
#: Titles that are also parts of names: the All-China Lawyers Association, the Writers' Association.
_INSIDE = words("inside_han")
#: Names that are made of general words only and stand for any body of their sort.
_GENERIC = words("generic_han")
_WEAK = words("weak_heads_han")
#: Modifiers that say what sort of body it is, not which one.
_GENERAL = re.compile(
    "(?:国际|人权|非政府|非牟利|非营利|民间|公民|社会|宗教|政治|学生|环保|维权|独立|官方|外国|各国|地方|当地|本地|中央|基层|"
    "上级|下级|一级|上一级|多个|全国|海外|境外|国内|两岸|本土|主流|大型|最大|新|旧|该|市|县|区|省|州|镇|法律|专业|私人|公立|"
    "省级|市级|县级|国别|跨国|[英法德俄日韩葡阿汉华藏双][语裔族]区?|国营|民营|伊斯兰|穆斯林|焦点|外资|中资|上市|科技|网络|互联网|传媒|媒体|建筑|保险|运动|青年|妇女|工人|劳工|农民|教育|文化|慈善|志愿|"
    "执政|反对|极右|左翼|右翼|激进|恐怖|犯罪|黑社会|武装|地下|秘密|非法|合法|临时|联合|共同|特别|专责|调查|工作|行动)*"
)
#: Weak heads for which a place before them is enough.
_LOCAL = words("local_heads_han")
#: Heads before which only a place, a number or a coinage makes a name: not 清楚明白法庭.
_COURTS = frozenset(("法庭", "法院", "警署", "监狱", "看守所", "派出所", "医院"))
#: Bodies of which a country has many: 中国监狱 names none of them.
_EVERYWHERE = words("common_heads_han")
_NATION = re.compile("^(?:中国|香港|大陆|内地|台湾|美国|英国|德国|法国|日本|俄罗斯|西方|本港|不同|公共|过往|纳粹)+")
#: A body that has officers: 前民阵召集人, 「学生动源」发言人.
_OFFICER = re.compile(
    "(?:^|[\\s，。、；：（）()「『“《]|[，。、；：][前由]|时任|现任|前任|\\s前|「前|、前|及|和|与)[前原]?[「『“]?"
    "(?P<name>[\u3400-\u9fff]{2,5}?)[」』”]?[前原副]?(?:总)?(?:主席|召集人|发言人|秘书长|总干事|创办人|创始人|创党)"
)
_CALENDAR = re.compile("[一二三四五六七八九十今去明前上下本同]*[年月日周]")
_ONE_OF_MANY = re.compile("(?:[一两某该这那几]|多)[家间份个名所]\\Z")
_QUOTED = re.compile(r"[《〈]([^《》〈〉\n]{2,16})[》〉]")
_MEDIUM = re.compile(
    r"(?:报|日报|晚报|时报|周刊|月刊|杂志|新闻|新闻网|之音|之声|电视|电视台|邮报|卫报|快报|通讯|通讯社|社|网|传媒|观察|电台|论坛|镜报|端|公报|纪事|评论|邮刊)\Z"
)


@dataclass(frozen=True, slots=True)
class HanOrganisation:
    """An organisation's name at ``start:end`` of the folded text."""

    start: int
    end: int
    name: str
    rule: str


def han_organisations(folded: str, taken: Sequence[tuple[int, int]] = ()) -> list[HanOrganisation]:
    """Return the organisations named in folded Chinese text, in order, without overlap.

    ``taken`` are spans that already belong to a listed name.
    """
    occupied = {i for start, end in taken for i in range(start, end)}
    found: list[HanOrganisation] = []
    for match in _QUOTED.finditer(folded):
        if _MEDIUM.search(match.group(1)) and match.start(1) not in occupied:
            found.append(HanOrganisation(match.start(1), match.end(1), match.group(1), "medium in brackets"))
            occupied.update(range(*match.span(1)))
    coined: set[str] = set()
    for match in _OFFICER.finditer(folded):
        start, end = match.span("name")
        if _is_coined(match.group("name")) and not any(i in occupied for i in range(start, end)):
            coined.add(match.group("name"))
    for match in re.finditer("|".join(sorted(coined, key=len, reverse=True)), folded) if coined else ():
        if not any(i in occupied for i in range(*match.span())):
            found.append(HanOrganisation(*match.span(), match.group(), "office in it"))
            occupied.update(range(*match.span()))
    counts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    strong: set[str] = set()
    position = 0
    for match in _heads(folded):
        if match.start() < position or match.start() in occupied:
            continue
        end = _extended(folded, match.end())
        start = _leftmost(folded, match.start(), position)
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
            found.extend(HanOrganisation(start, end, name, "head word") for start, end in places)
    return sorted(found, key=lambda o: o.start)


def _heads(folded: str) -> Iterator[re.Match[str]]:
    """Yield the heads of a text, those also that begin inside another and go on beyond it: 学生会 in 大学生会."""
    match, reached = _HEAD.search(folded), 0
    while match:
        if match.end() > reached:
            reached = match.end()
            yield match
        match = _HEAD.search(folded, match.start() + 1)


def _one_of_many(folded: str, start: int) -> bool:
    """Say whether "a", "that" or "many" stands before a name: 一家香港日报."""
    return _ONE_OF_MANY.search(folded, max(0, start - 2), start) is not None


def _extended(folded: str, end: int) -> int:
    """Take in a further head right after the first: 委员会 + 办公室."""
    following = _HEAD.match(folded, end)
    return following.end() if following and following.group() not in ("党", "组织") else end


@cache
def _stops() -> frozenset[str]:
    """Return the words before which no name of an organisation begins."""
    sentence = phrases("sentence_words_han")
    return sentence | words("sayings_han") | (words("roles_han") - _INSIDE) | (words("not_before_han") - _INSIDE)


def _leftmost(folded: str, head: int, free: int) -> int:
    """Return where the modifiers of a head begin."""
    stops = _stops()
    position = head
    while position > free and head - position < _LONGEST:
        step = 0
        for length in (4, 3, 2):
            piece = folded[position - length : position] if position - length >= free else ""
            if piece and (_known(piece) or piece in stops):
                step = length if piece not in stops else -1
                break
        if step == -1 or (step and _CALENDAR.fullmatch(folded[position - step : position])):
            break
        if step == 0:
            character = folded[position - 1]
            ordinal = folded[position - 2 : position - 1] == "第"
            if not _HAN_CHARACTER.match(character) or (character in _STOP and not ordinal):
                break
            step = 1
        position -= step
    return position


def _known(piece: str) -> bool:
    return is_word(piece)


def _is_name(name: str, head: str, bare: bool) -> bool:
    if bare or len(name) < len(head) + 2 or name in _GENERIC or len(name) > _LONGEST + 6:
        return False
    modifiers = name.removesuffix(head)
    if "的" in modifiers or (head == "检察院" and not _placed(modifiers)):
        return False
    if head in _COURTS and not _placed(modifiers) and _all_words(modifiers):
        return False
    return not _GENERAL.fullmatch(_NATION.sub("", modifiers) if head in _EVERYWHERE else modifiers)


def _is_coined(name: str) -> bool:
    """Say whether a short name is a coinage rather than words: 民阵, 社民连; not 国家, 工会, 执行委员会."""
    if is_word(name) or any(c in _STOP for c in name) or name[0] in "前原副总" or name in _GENERIC:
        return False
    return not _all_words(name) and not any(name.endswith(role) for role in ("副", "执行", "署理", "候任", "名誉"))


def _all_words(text: str) -> bool:
    """Say whether ordinary words of two characters and more make up a text."""
    position = 0
    while position < len(text):
        length = next((n for n in (4, 3, 2) if is_word(text[position : position + n])), 0)
        if not length:
            return False
        position += length
    return True


def _placed(modifiers: str) -> bool:
    """Say whether the words before a head begin with a place, or end like one."""
    return any(modifiers[:length] in phrases("places_han") for length in (4, 3, 2)) or modifiers[-1] in "区县市州旗镇"


def _is_sure(name: str, head: str) -> bool:
    """Say whether one naming is enough: a strong head, or modifiers that begin with a place or are no plain words."""
    modifiers = name.removesuffix(head)
    placed = _placed(modifiers)
    if head not in _WEAK or (placed and head in _LOCAL):
        return True
    return (placed and len(modifiers) >= 3) or (4 <= len(modifiers) <= 8 and not is_word(modifiers))
