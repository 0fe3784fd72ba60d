"""How is a Chinese name read?  The only module that imports pypinyin."""

from __future__ import annotations

from functools import cache, lru_cache
from types import ModuleType

#: Characters that are read otherwise as a family name (现代汉语词典, 姓氏 readings), and double family names.
_SURNAMES = {
    "覃": "qin", "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "盖": "ge",
    "翟": "zhai", "乐": "yue", "员": "yun", "缪": "miao", "冼": "xian", "洗": "xian", "种": "chong", "秘": "bi",
    "折": "she", "黑": "he", "牟": "mu", "朴": "piao", "繁": "po", "尉": "wei", "宁": "ning", "任": "ren",
    "华": "hua", "万": "wan", "纪": "ji", "葛": "ge", "召": "shao", "钭": "tou", "谌": "chen", "隗": "wei",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "令狐": "ling hu", "澹台": "tan tai",
}  # fmt: skip


@cache
def _pypinyin() -> ModuleType:
    """Return pypinyin.  Its tables take 0.2 s to load, and a search in Latin letters reads no character."""
    import pypinyin

    return pypinyin


@lru_cache(maxsize=16384)
def romanised(han: str, person: bool) -> str:
    """Return the pinyin of folded Han text without tones, one syllable a character, with spaces between them.

    ``person`` reads the family name as one (覃 Qin, 单 Shan).
    """
    read: list[str] = []
    if person:
        for length in (2, 1):
            reading = _SURNAMES.get(han[:length])
            if reading and len(han) > length:
                read, han = [reading], han[length:]
                break
    return " ".join(read + syllables_of(han))


def syllables_of(han: str) -> list[str]:
    """Return how folded Han text is read as words: syllables without tones, ü as it is; other text as it stands."""
    read: list[str] = _pypinyin().lazy_pinyin(han, v_to_u=True)
    return read


def readings_of(character: str) -> list[str]:
    """Return every reading of one character without tones, the commonest first."""
    pypinyin = _pypinyin()
    read: list[str] = pypinyin.pinyin(character, pypinyin.Style.NORMAL, heteronym=True, v_to_u=True)[0]
    return read
