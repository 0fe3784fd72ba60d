"""The words beside a Chinese name, in folded text: which end before it, which begin after it, which it would cut."""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.extract.lexicon import given_characters, phrases, ranked, words

#: Characters that are in no given name.
NEVER_GIVEN = frozenset(
    "的了是在有不这那他她它我你您们吗呢吧啊与及或但且因被把对从由于给说称指等就都也又很更最只还没会能以到去过着"
    "个第些此其某什么怎并已则却即若虽号案岁者所两几每各该吗么吃做让使叫请向问看找想要可很太再才刚将须需该"
    "内外前后里间下上级届场件条项款篇部局院厅处署厦州省市县镇乡村区路街店网报社党团会们罪刑判捕控诉讼审抗议遭"
    "嘅咗喺唔佢哋啲嚟冇𠮶噉咁乜嘢啱攞畀俾㗎喇咩啫睇嗱啰嘞呃噃嘥"
    "续及其跟像如比较便仍均皆否未曾据按照透过经由受获称谓非无当今昨岁狱警丶"
) - frozenset("会将前上下分周时经里")
_PUNCTUATION = re.compile(r"[\s,.;:!?、。，；：！？()（）\[\]「」『』《》〈〉【】\"'“”‘’…\-/|#@*·~丶●▲※]")
_WEAK_AFTER = frozenset(
    "的和与及被因在是为将已亦也又还并或对向从就均即仍未不没到去来出入今当续更正让请用以把给本前后这那年月妻夫父母兄弟女"
    "上下中曾于自获遭则等说称指写问答笑哭叹案、有无需应须却只最可能要想再才"
)
#: So many characters a role has at most.
_LONGEST_ROLE = 6
#: What must follow a third character, and with that character together be worth, to make a name of three of two.
_EDGE, _LONGER = 0.8, 1.2
_DIGIT_OR_LATIN = re.compile(r"[0-9A-Za-z]")


#: Says whether folded text is an ordinary Chinese word.
is_word: Callable[[str], bool] = (phrases("common_han") | phrases("places_han")).__contains__


def role_ends(folded: str, end: int) -> bool:
    """Say whether a title, an office or a word of kinship ends at ``end``."""
    before = [folded[end - length : end] for length in range(2, min(end, _LONGEST_ROLE) + 1)]
    return not words("roles_han").isdisjoint(before)


def stands_alone(folded: str, start: int, end: int) -> bool:
    """Say whether a stretch stands between punctuation marks or line ends on both sides."""
    before = start == 0 or _PUNCTUATION.match(folded[start - 1]) is not None
    return before and (end >= len(folded) or _PUNCTUATION.match(folded[end]) is not None)


def precedes(folded: str, start: int) -> float:
    """Return what the edge before a name is worth; 0 where a word may run into it."""
    if start == 0:
        return 0.9
    before = folded[start - 1]
    if before in "、丶":
        return 1.4
    if _PUNCTUATION.match(before):
        return 0.9
    ends = words("not_before_han")
    if any(folded[start - length : start] in ends for length in (3, 2) if start >= length):
        return 1.0
    if before in ends and not is_word(folded[start - 1 : start + 1]):
        return 0.7
    return 0.6 if _DIGIT_OR_LATIN.match(before) else 0.0


def follows(folded: str, end: int) -> float:
    """Return what the word after a name is worth; 0 where nothing is known of it."""
    if end >= len(folded):
        return 0.9
    after = folded[end]
    if after in "、丶(（":
        return 1.5
    if after in ":：":
        return 1.6
    if _PUNCTUATION.match(after):
        return 0.9
    known, titles = words("sayings_han"), words("titles_after_han")
    for length in (4, 3, 2):
        piece = folded[end : end + length]
        if len(piece) == length and (piece in known or piece in titles):
            return 2.0
    if folded.startswith(_INSTITUTIONS, end):
        return -1.5
    if after in "说称指" and not is_word(folded[end : end + 2]):
        return 1.8
    if after in known or after in _WEAK_AFTER:
        return 0.8
    if _DIGIT_OR_LATIN.match(after):
        return 0.5
    return 0.3 if is_word(folded[end : end + 2]) else -0.3


def within_longer(folded: str, start: int, end: int) -> bool:
    """Say whether a short name is only the beginning of two ordinary words: 国家报 in 国家 + 报告.

    Not where another word begins right after the name: 国家报 + 告诉.
    """
    if end - start not in (3, 4) or is_word(folded[end : end + 2]):
        return False
    return any(
        is_word(folded[start:cut]) and is_word(folded[cut : end + beyond])
        for cut in range(start + 2, end)
        for beyond in (1, 2)
        if end + beyond <= len(folded)
    )


def _likely(given: str) -> float:
    """Return how likely two characters are as a given name."""
    table = given_characters()
    return table.get(given[0], (-1.0, -1.0))[0] + table.get(given[1], (-1.0, -1.0))[1]


def is_shorter(folded: str, start: int, end: int) -> bool:
    """Say whether a name of two characters is only the beginning of somebody's of three: 张展 in 、张展豪。

    Or two family names the beginning of a married woman's: 林郑 in 林郑秀兰.
    """
    if end - start == 2 and all(c in ranked("surnames_han") for c in folded[start:end]):
        given = folded[end : end + 2]
        if len(given) == 2 and not is_word(given) and follows(folded, end) < _EDGE and _likely(given) >= _LONGER:
            return True
    if end - start != 2 or end >= len(folded) or folded[end] in "复另" or follows(folded, end) >= 0:
        return False
    likely, after = given_characters().get(folded[end], (-1.0, -1.0))[1], follows(folded, end + 1)
    return after >= _EDGE and likely + after >= _LONGER


#: After a place, not after a person: 某地警察.
_INSTITUTIONS = ("警察", "警方", "公安", "政府", "当局", "大学", "法院", "议会", "国会", "军队", "州立", "市政")


#: Small words that follow a body and make a word with its last character: 研究所 + 在, 学生会 + 前会长.
_SMALL_AFTER = re.compile(
    r"在(?!地|单位|职|座|场)|[于与和及是将已曾被由向亦也都](?!是)|前(?=会长|主席|副|外|秘书|成员|干事|理事|召集|代表|候任)"
)


def runs_on(folded: str, end: int) -> bool:
    """Say whether an ordinary word runs over the end of a body's name, and none begins there: 公安部 in 公安部门.

    Its officers do not: 学生会 in 学生会长.  Nor do the small words of the sentence.
    """
    if end >= len(folded) or is_word(folded[end : end + 2]) or _SMALL_AFTER.match(folded, end):
        return False
    over = (folded[first : end + 1] for first in range(max(0, end - 3), end))
    return any(is_word(word) and not word.endswith("长") for word in over)


def cuts(folded: str, start: int) -> bool:
    """Say whether an ordinary word runs over the beginning of a name."""
    beyond = min(len(folded), start + 3) + 1
    for first in range(max(0, start - 3), start):
        for last in range(start + 1, min(beyond, first + 5)):
            if is_word(folded[first:last]):
                return True
    return False
