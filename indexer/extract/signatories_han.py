"""Who signed a Chinese letter?  The lines of lists that follow 联署人： or 联署团体： and the like, in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.extract.lexicon import ranked

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_HEADER = re.compile(
    r"^.{0,12}(?:联署|连署|签署|签名|署名|发起|联名|参与)(?:的)?"
    r"(?P<who>团体|机构|组织|单位|社团|人士|人|者|律师|公民|学者|名单)?(?:名单|如下)?(?:[(（][^()（）\n]{1,24}[)）])?\s*[:：]\s*$",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\s*(?:[(（]?\d{1,3}[.)）、]|[•*\-–·▪◦]|\[\d+\])?\s*")
_PERSON = re.compile(
    rf"(?P<name>[{_HAN}]{{2,4}}|[{_HAN}]{{1,7}}(?:[·.][{_HAN}]{{1,9}}){{1,3}})\s*(?=$|[(（,，、:：/\s])"
)
_BODY = re.compile(rf"(?P<name>[{_HAN}A-Za-z0-9· ]{{2,30}}?)\s*(?=$|[(（,，、:：/])")
#: A list has so many lines at least.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Signatory:
    """A line's name at ``start:end`` of the folded text."""

    kind: Literal["person", "organisation"]
    start: int
    end: int


def han_signatories(folded: str) -> Iterator[Signatory]:
    """Yield the names in lists of signatories, one a line, without their professions and places.

    In a list of people only names that begin with a family name, or have a dot, count.
    """
    for header in _HEADER.finditer(folded):
        bodies = header.group("who") in ("团体", "机构", "组织", "单位", "社团")
        found = list(_lines(folded, header.end() + 1, bodies))
        if len(found) >= _FEWEST:
            yield from (signatory for signatory in found if signatory is not None)


def _lines(folded: str, offset: int, bodies: bool) -> Iterator[Signatory | None]:
    """Yield a signatory a line, None for a line whose name is not told, up to the first line that is no item."""
    for line in folded[offset:].split("\n"):
        if line.strip():
            begin = _NUMBER.match(line)
            match = (_BODY if bodies else _PERSON).match(line, begin.end() if begin else 0)
            if match is None or line.rstrip().endswith(("。", ":", "：", ".")):
                return
            name = match.group("name")
            start = offset + match.start("name")
            sure = (
                bodies
                or "·" in name
                or "." in name
                or name[0] in ranked("surnames_han")
                or name[:2] in ranked("surnames_han")
            )
            yield Signatory("organisation" if bodies else "person", start, start + len(name)) if sure else None
        offset += len(line) + 1
