"""Is a place meant?  Tells a place from a government called by its capital, and from a part of somebody's title."""

from __future__ import annotations

import re

#: Capitals that English uses for their governments ("committed by Beijing"); ids of places.
_SEATS = frozenset(
    ("beijing", "moscow", "tehran", "washington", "washington-dc", "pyongyang", "riyadh", "ankara", "hanoi",
     "new-delhi", "islamabad", "brussels")
)  # fmt: skip
_WHERE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|to|from|into|around|across|through|of|for|via|between|visit\w*|left|leave|leaving"
    r"|reach\w*|enter\w*"
    r"|central|downtown|northern|southern|eastern|western)(?: (?:the )?[\w-]+){0,1}[ (]*\Z",
    re.IGNORECASE,
)
_WHERE_AFTER = re.compile(
    r"[ -](?:police|courts?|municipal|city|airport|based|prison|detention|university|lawyers?|activists?"
    r"|residents?|suburbs?|streets?"
    r"|No\.|Intermediate|High|People|Public|Capital|District|Normal|Women|International)\b|, (?:China|Russia"
    r"|Iran|USA|United)"
    r"|[)）]|:| [–—-] ",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"[’']s?\b")
_OF_A_TOWN = re.compile(
    r"[’']s (?:[A-Z]|(?:streets?|subway|airport|suburbs?|outskirts|districts?|courts?|prisons?|police)\b)"
)
_TITLE_AFTER = re.compile(
    r" (?:Director|Advocate|Researcher|Program(?:me)?|Division|Desk|Manager|Coordinator|Analyst|Editor"
    r"|Correspondent|Campaigner"
    r"|Specialist|Expert|Representative|Officer|Team)\b"
)


def names_a_place(text: str, start: int, end: int, id: str) -> bool:
    """Say whether ``text[start:end]``, a listed name of the place ``id``, means the place itself.

    Only English metonyms are looked for; Han names always count.
    """
    if _TITLE_AFTER.match(text, end):
        return False
    if id not in _SEATS or not text[start].isascii():
        return True
    if _POSSESSIVE.match(text, end):
        return _OF_A_TOWN.match(text, end) is not None
    if _WHERE_AFTER.match(text, end):
        return True
    return _WHERE_BEFORE.search(text, max(0, start - 32), start) is not None
