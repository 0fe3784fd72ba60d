"""Which names of one document are spellings of one name?  Unites groups by what their names share.

Persons: an initial, the order of a Chinese name, a part of a dotted name, one reading in both scripts.  Organisations:
small words, a nation or "UN" before the name, an acronym.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from indexer.authority import Authority
from indexer.extract.groups import Group, Groups, Key
from indexer.extract.naming import Field
from indexer.extract.spelling import content_of, is_part, reading, spelling, spells, turned, without_place
from indexer.fold import fold_text
from indexer.model import Mention

#: Words before the name of a body, and after it, that name its parent and do not make it another body.
_PARENTS = frozenset(("un", "u.n", "united", "nations"))
_OF_UN = re.compile(" of the (?:United Nations|UN)\\Z")


def unite_persons(groups: Groups, texts: Mapping[Field, str]) -> None:
    """Unite the spellings of one person's name; ``texts`` are the fields, for telling paragraphs."""
    seen: dict[str, Key] = {}
    for key, group in groups.of("person"):
        for name in group.latin:
            parts = [p for p in name.split() if len(p.rstrip(".")) > 1]
            for variant in (spelling(" ".join(parts), "person"), *turned(parts)):
                target = groups.root(seen.setdefault(variant, key))
                if target != key:
                    groups.join(target, key)
    _unite_parts(groups)
    _unite_readings(groups, texts)


def _unite_parts(groups: Groups) -> None:
    """Unite a part of a dotted name, or its beginning, with the one dotted name of the document that has it."""
    persons = groups.of("person")
    dotted = [(name, key) for key, group in persons for name in group.han if "·" in fold_text(name)]
    for key, group in persons if dotted else ():
        for name in list(group.han):
            folded = fold_text(name)
            owners = {k for other, k in dotted if k != key and k in groups and is_part(folded, other)}
            if len(owners) == 1:
                groups.join(owners.pop(), key)


def _unite_readings(groups: Groups, texts: Mapping[Field, str]) -> None:
    """Unite a Latin and a Han name of one reading that stand in one paragraph: 姚建清 ... Yao Jianqing."""
    ends = {name: [match.start() for match in re.finditer("\n", text)] for name, text in texts.items()}
    by_reading: dict[str, list[Key]] = defaultdict(list)
    for key, group in groups.of("person"):
        if group.han and not group.latin:
            by_reading[reading(next(iter(group.han)))].append(key)
    for key, group in groups.of("person"):
        if group.han or not group.latin:
            continue
        same = by_reading.get(spelling(next(iter(group.latin)), "person"), [])
        if len(same) == 1 and same[0] in groups and _lines(groups[same[0]], ends) & _lines(group, ends):
            groups.join(same[0], key)


def _lines(group: Group, ends: Mapping[Field, Sequence[int]]) -> set[tuple[str, int]]:
    """Return the paragraphs in which somebody is mentioned."""

    def line(mention: Mention) -> tuple[str, int]:
        return mention.field, bisect_right(ends.get(mention.field, ()), mention.start)

    return {line(mention) for mention in group.mentions}


def unite_organisations(groups: Groups, authority: Authority) -> None:
    """Unite the spellings of one body's name."""
    _unite_contents(groups)
    _unite_short_of_un(groups, authority)
    bodies = groups.of("organisation")
    by_name = {spelling(name, "organisation"): key for key, group in bodies for name in group.latin}
    by_letter: dict[str, list[tuple[str, Key]]] = defaultdict(list)
    for key, group in bodies:
        for name in group.latin:
            by_letter[name[0].upper()].append((name, key))
    for key, group in bodies:
        for name in list(group.latin):
            ws = name.split()
            while ws and ws[0].lower().rstrip(".") in _PARENTS:
                ws = ws[1:]
            shorter = by_name.get(spelling(" ".join(ws), "organisation"))
            if ws and shorter is not None:
                groups.join(groups.root(shorter), groups.root(key))
        if group.short and not group.latin and not group.han and group.record is None:
            _unite_acronym(groups, key, group, by_letter)


def _unite_contents(groups: Groups) -> None:
    """Unite unlisted bodies that differ only by small words, by a nation before them, or by 省 and 市 within."""
    owners: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    bodies = groups.of("organisation")
    for key, group in bodies:
        for content in _contents(group):
            owners[content].append(key)
    for key, group in bodies:
        if key not in groups:
            continue
        contents = _contents(group)
        for content in (*contents, *(shorter for one in contents for shorter in without_place(one))):
            for other in owners.get(content, ()):
                groups.join(groups.root(key), groups.root(other))


def _contents(group: Group) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(content_of(name) for name in (*group.latin, *group.han)))


def _unite_short_of_un(groups: Groups, authority: Authority) -> None:
    """Give "Security Council" to the listed United Nations Security Council, where only one body is named so."""
    bearers = {group.record.id: key for key, group in groups.of("organisation") if group.record is not None}
    for key, group in groups.of("organisation"):
        if group.record is not None or key not in groups:
            continue
        for name in group.latin:
            bare = _OF_UN.sub("", name)
            full = {
                record.id: record
                for parent in ("United Nations", "UN")
                for record in authority.named(f"{parent} {bare}", "organisation")
            }
            if len(full) != 1:
                continue
            record = next(iter(full.values()))
            listed = groups.root(bearers.setdefault(record.id, key))
            if listed != key:
                groups.unite(listed, key)
            else:
                group.record = record
            break


def _unite_acronym(groups: Groups, key: Key, group: Group, by_letter: Mapping[str, Sequence[tuple[str, Key]]]) -> None:
    """Unite a lone acronym with the one body of the document whose initials it spells."""
    acronym = next(iter(group.short))
    fits = {groups.root(k) for name, k in by_letter.get(acronym[0], ()) if spells(acronym, name)}
    fits = {k for k in fits if k in groups}
    if len(fits) == 1:
        groups.join(fits.pop(), key)
