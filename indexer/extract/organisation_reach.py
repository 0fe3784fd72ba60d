"""Where does the name of a Chinese organisation begin?  From its head back, in folded text.

The modifiers of a head are the words before it, word by word, until a word comes that belongs to the sentence: a verb,
a title, 的, 在, a number.  Ordinals, administrative units and the coined names of firms may hold characters that end a
name elsewhere: 第二看守所, 尧都区人民法院, 河南法正律师事务所.
"""

from __future__ import annotations

import re
from functools import cache

from indexer.extract.han_words import is_word
from indexer.extract.lexicon import phrases, words

#: So many characters modifiers fill at most.
LONGEST = 22
#: Characters that belong to the sentence, not to a name.
STOP = frozenset(
    "的了是在有和与及或对向由被将把从到为于因以至比等并而但也又还都就则即各该本此这那某其他她它你我们每名个位间项次件"
    "称说指叫让令请给使用经据按受赴往进入出任当做成曾已正仍未不没只需须可能会要想看见问答讲话写作吗呢吧啊么什怎遭"
    "跟同像如若虽且更很最太再才刚之所着过起来去上下里内外前后时候日月年号岁天周些多少几两一二三四五六七八九十零百千万亿"
)
#: Those of them that are in no name of a district or a firm either.
NEVER = frozenset("的了是在被把该各本此这那某其他她它你我们每个吗呢吧啊么什怎将由让从向于已仍未不没需须吗说称指叫请")
#: Titles that are also parts of names: the All-China Lawyers Association, the Writers' Association.
_INSIDE = words("inside_han")
#: What a body does, right before its head: 声援基金会, 关注组, 监督联盟.
TASKS = words("tasks_han")
#: What papers call themselves, words of the sentence elsewhere: 每日邮报.
_OF_PAPERS = frozenset(("每日", "今日", "明日", "每周", "星期日"))
_HAN_CHARACTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_CALENDAR = re.compile("[一二三四五六七八九十今去明前上下本同]*[年月日周]")
_ORDINAL = re.compile("第[一二三四五六七八九十百]{1,3}\\Z")
_NUMBERED_COURT = re.compile("[一二三四五]\\Z")
#: A part of a firm's name in brackets: 新立基(国际)集团.
_BRACKET = re.compile("[(（][\u3400-\u9fff]{2,6}[)）]\\Z")
_UNITS = frozenset("省市区县州旗镇乡")
#: Heads before which a coined name stands, often one of a place before it.
_COINED = words("coined_heads_han")
#: No coinages, though they stand between a place and a head: 港大透过律师行.
_THROUGH = frozenset(("透过", "通过", "经过", "经由", "以及", "委托", "聘请", "查询"))
#: A coinage has so many characters at most.
_LONGEST_COINAGE = 6


@cache
def stops() -> frozenset[str]:
    """Return the words before which no name of an organisation begins."""
    sentence = phrases("sentence_words_han")
    return sentence | words("sayings_han") | (words("roles_han") - _INSIDE) | (words("not_before_han") - _INSIDE)


def leftmost(folded: str, head: int, free: int, written: str) -> int:
    """Return where the modifiers of the head ``written`` at ``head`` begin; ``free`` is where an earlier name ends."""
    start = _by_words(folded, head, free, firm=written.endswith(("公司", "集团")))
    if written in _COINED:
        anchored = _anchored(folded, head, free)
        if anchored is not None and anchored < start:
            start = _by_words(folded, anchored, free)
    while start < head and folded[start] in "致诉派" and not is_word(folded[start : start + 2]):
        start += 1
    return start


def _by_words(folded: str, head: int, free: int, firm: bool = False) -> int:
    position = head
    while position > free and head - position < LONGEST:
        step = _unit(folded, position, free) or _word(folded, position, free, head)
        if not step and firm:
            bracket = _BRACKET.search(folded, max(free, position - 9), position)
            step = position - bracket.start() if bracket else 0
        if step == 0:
            character = folded[position - 1]
            if not _HAN_CHARACTER.match(character) or character in STOP:
                break
            step = 1
        if step < 0:
            break
        position -= step
    return position


def _word(folded: str, position: int, free: int, head: int) -> int:
    """Return the length of the word that ends at ``position``: 0 for none, -1 where it belongs to the sentence."""
    for length in (4, 3, 2):
        if position - length < free:
            continue
        piece = folded[position - length : position]
        if piece in stops() or piece in _OF_PAPERS:
            return length if position == head and (piece in TASKS or piece in _OF_PAPERS) else -1
        if is_word(piece):
            return -1 if _CALENDAR.fullmatch(piece) else length
    return 0


def _unit(folded: str, position: int, free: int) -> int:
    """Return the length of an ordinal, or of a unit with a character that ends names elsewhere: 第二, 尧都区."""
    ordinal = _ORDINAL.search(folded, max(free, position - 4), position)
    if ordinal:
        return position - ordinal.start()
    if folded[position - 1] not in _UNITS or position - 3 < free or is_word(folded[position - 2 : position]):
        return 0
    first, second = folded[position - 3], folded[position - 2]
    inside = second in STOP and second not in NEVER
    if not inside or first in STOP or not _HAN_CHARACTER.match(first) or is_word(folded[position - 4 : position - 2]):
        return 0
    return 3


def _anchored(folded: str, head: int, free: int) -> int | None:
    """Return where the place before a coined name begins: 河南 in 河南法正律师事务所; None where none stands there."""
    for end in range(head - 2, max(free, head - _LONGEST_COINAGE) - 1, -1):
        coinage = folded[end:head]
        if any(c in NEVER or not _HAN_CHARACTER.match(c) for c in coinage):
            return None
        if coinage in _THROUGH:
            return None
        for length in (4, 3, 2):
            start = end - length
            if start >= free and folded[start:end] in phrases("places_han"):
                return start
    return None


def placed(modifiers: str) -> bool:
    """Say whether the words before a head begin with a place, or end like one."""
    return any(modifiers[:length] in phrases("places_han") for length in (4, 3, 2)) or modifiers[-1] in "区县市州旗镇"


def without_places(modifiers: str) -> str:
    """Return the modifiers without the places that they begin with."""
    while True:
        length = next((n for n in (5, 4, 3, 2) if modifiers[:n] in phrases("places_han")), 0)
        if not length:
            return modifiers
        modifiers = modifiers[length:]


def all_words(text: str) -> bool:
    """Say whether ordinary words of two characters and more make up a text."""
    position = 0
    while position < len(text):
        length = next((n for n in (4, 3, 2) if is_word(text[position : position + n])), 0)
        if not length:
            return False
        position += length
    return True
