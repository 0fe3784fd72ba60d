"""Which names does an official name with 、 stand for?

Chinese law names some offences selectively: 为境外窃取、刺探、收买、非法提供国家秘密、情报罪 is one offence, and a
judgment names only the acts that were done (为境外非法提供国家秘密罪).  The authority file writes such a name as a
pattern whose groups hold the alternatives: ``为境外{窃取|刺探|收买|非法提供}{国家秘密|情报}罪``.

Of each group one or more alternatives are taken, in their order.  They are joined by 、, by nothing (组织利用邪教
组织破坏法律实施罪, as many texts have it), or with 和, 与, 及, 或 before the last.  An alternative may itself hold
groups.  The rule follows the Supreme People's Court's use of selective offence names (选择性罪名).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

#: How the parts taken from one group are joined: between the first ones, and before the last.
_JOINTS = (("、", "、"), ("", ""), ("、", "和"))

_Sequence = list["str | _Group"]
_Group = list["_Sequence"]


def expand(pattern: str) -> tuple[str, ...]:
    """Return every name that ``pattern`` stands for, without repeats, the fullest joined by 、 among them.

    Raises: ValueError, saying where, when a brace has no partner or an alternative is empty.
    """
    sequence, end = _parse(pattern, 0, nested=False)
    if end != len(pattern):
        raise ValueError(f"selective = {pattern!r}: the }} at character {end + 1} has no {{")
    return tuple(dict.fromkeys(name for joint in _JOINTS for name in _names(sequence, joint)))


def _parse(pattern: str, at: int, nested: bool) -> tuple[_Sequence, int]:
    """Read a sequence of plain text and groups; stop at the end, at }, and inside a group at |."""
    sequence: _Sequence = []
    plain = ""
    while at < len(pattern) and pattern[at] != "}" and not (nested and pattern[at] == "|"):
        if pattern[at] == "{":
            group, at = _parse_group(pattern, at)
            sequence.extend([plain, group] if plain else [group])
            plain = ""
        else:
            plain += pattern[at]
        at += 1
    return [*sequence, plain] if plain else sequence, at


def _parse_group(pattern: str, opening: int) -> tuple[_Group, int]:
    """Read the group that opens at ``opening``; return it and the offset of its closing brace."""
    group: _Group = []
    at = opening
    while True:
        alternative, at = _parse(pattern, at + 1, nested=True)
        if at == len(pattern):
            raise ValueError(f"selective = {pattern!r}: the {{ at character {opening + 1} is never closed")
        if not alternative:
            raise ValueError(f"selective = {pattern!r}: an alternative before character {at + 1} is empty")
        group.append(alternative)
        if pattern[at] == "}":
            return group, at


def _names(sequence: _Sequence, joint: tuple[str, str]) -> Iterator[str]:
    parts = [[part] if isinstance(part, str) else list(_selections(part, joint)) for part in sequence]
    return ("".join(chosen) for chosen in product(*parts))


def _selections(group: _Group, joint: tuple[str, str]) -> Iterator[str]:
    """Yield one or more alternatives of a group, in their order, joined."""
    for count in range(1, len(group) + 1):
        for chosen in combinations(group, count):
            for names in product(*(list(_names(alternative, joint)) for alternative in chosen)):
                yield joint[0].join(names[:-1]) + (joint[1] if count > 1 else "") + names[-1]
