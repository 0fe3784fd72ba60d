"""Which id does a name get that stands in no authority file?

One rule for every kind of entity, so that a name met in simplified and in traditional text has one id.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from pypinyin import lazy_pinyin

from indexer.fold import fold_text, is_han

#: Characters that are read otherwise as a family name (现代汉语词典, 姓氏 readings), and double family names.
_SURNAMES = {
    "覃": "qin", "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "盖": "ge",
    "翟": "zhai", "乐": "yue", "员": "yun", "缪": "miao", "冼": "xian", "洗": "xian", "种": "chong", "秘": "bi",
    "折": "she", "黑": "he", "牟": "mu", "朴": "piao", "繁": "po", "尉": "wei", "宁": "ning", "任": "ren",
    "华": "hua", "万": "wan", "纪": "ji", "葛": "ge", "召": "shao", "钭": "tou", "谌": "chen", "隗": "wei",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "令狐": "ling hu", "澹台": "tan tai",
}  # fmt: skip


def entity_id(latin: str | None, han: str | None, *, person: bool = False) -> str:
    """Return the id of an unlisted name: lower-case letters, digits and hyphens.

    With ``han`` it is the pinyin of the folded characters and six hexadecimal digits of their SHA-1, whether or
    not ``latin`` is given: homophones stay apart, and both scripts agree.  With ``latin`` alone it is the
    accent-folded name.  ``person`` takes the family name in its reading as a family name (覃 Qin, 单 Shan).

    Raises: ValueError when there is no name.
    """
    if han and han.strip():
        folded = "".join(fold_text(han).split())
        return f"{_slug(romanised(folded, person))}-{_digest(folded)}".lstrip("-")
    if latin and latin.strip():
        folded = fold_text(latin)
        return _slug(folded) or f"name-{_digest(folded)}"
    raise ValueError("entity_id needs a Latin or a Han name")


@lru_cache(maxsize=16384)
def romanised(han: str, person: bool) -> str:
    """Return the pinyin of folded Han text without tones, one syllable a character, with spaces between them.

    ``person`` reads the family name as one (覃 Qin, 单 Shan).
    """
    syllables: list[str] = []
    if person:
        for length in (2, 1):
            reading = _SURNAMES.get(han[:length])
            if reading and len(han) > length:
                syllables, han = [reading], han[length:]
                break
    return " ".join(syllables + lazy_pinyin(han, v_to_u=True))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in fold_text(text) if not is_han(c))).strip("-")


def _digest(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:6]
