"""Which id does a name get that stands in no authority file?

One rule for every kind of entity, so that a name met in simplified and in traditional text has one id.
"""

from __future__ import annotations

import hashlib
import re

from indexer.fold import fold_text, is_han
from indexer.pinyin import romanised


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


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in fold_text(text) if not is_han(c))).strip("-")


def _digest(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:6]
