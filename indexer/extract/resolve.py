"""Who is who inside one document?  Namings become entities with one id each.

Full names of one spelling are one entity; a pair in brackets, an acronym, a title with a surname or a bare surname
leads to it.  Two bearers of one surname stay apart: a bare surname is theirs only where its paragraph, or the whole
document, leaves no doubt; otherwise it names nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.authority import Authority, AuthorityRecord
from indexer.extract.ids import entity_id
from indexer.extract.latin import Word, is_common, is_place
from indexer.extract.lexicon import words
from indexer.extract.naming import Field, Naming
from indexer.extract.pairs import Pair
from indexer.extract.spans import Spans
from indexer.extract.spelling import content_of, is_part, reading, short_names, spelling, spells, turned, without_place
from indexer.fold import fold_text, is_han
from indexer.model import Entity, Kind, Mention

#: Words before the name of a body that name its parent and do not make it another body.
_OF_UN = re.compile(" of the (?:United Nations|UN)\\Z")
_PARENTS = frozenset(("un", "u.n", "united", "nations"))


#: A single character that speaks at the beginning of a clause, or that a title follows.
_HAN_SURNAME = re.compile(
    "(?:^|(?<=[，。；：！？\\s「『“（]))(?P<name>[\u3400-\u9fff])"
    "(?:[又亦也则則再续續]?(?:指出?|称|稱|说|說|表示|强调|強調|认为|認為|透露|解释|解釋|否认|否認|承认|承認|回应|回應)"
    "|(?:律师|律師|大律师|大律師|官|先生|女士|太太?|小姐|教授|博士|议员|議員|牧师|牧師|老师|老師)(?![\u3400-\u9fff]?[察员員方司]))",
    re.MULTILINE,
)


@dataclass(slots=True)
class _Group:
    """The namings of one entity while they are gathered."""

    kind: Kind
    record: AuthorityRecord | None = None
    latin: Counter[str] = field(default_factory=Counter)
    han: Counter[str] = field(default_factory=Counter)
    short: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)


class Resolver:
    """Gathers the namings of one document.  Use once: ``add`` in order, ``pair``, ``finish``."""

    def __init__(
        self,
        authority: Authority,
        script_at: Mapping[str, Sequence[tuple[int, int, str]]],
        texts: Mapping[Field, str],
    ) -> None:
        """``script_at`` are the stretches of a field in one script, ``texts`` the fields themselves."""
        self._authority = authority
        self._script_at = script_at
        self._line_ends = {name: [m.start() for m in re.finditer("\n", text)] for name, text in texts.items()}
        self._groups: dict[tuple[str, str], _Group] = {}
        self._same: dict[tuple[str, str], tuple[str, str]] = {}

    def add(self, naming: Naming) -> None:
        """Take in one full naming, listed or not."""
        key = self._key(naming)
        group = self._groups.setdefault(self._root(key), _Group(naming.kind))
        if len(naming.records) == 1:
            group.record = naming.records[0]
        names = group.short if naming.short else group.han if naming.han else group.latin
        names[naming.name] += 1
        group.mentions.append(Mention(naming.field, naming.start, naming.end, naming.written, naming.rule))

    def pair(self, pair: Pair) -> None:
        """Unite the two sides of a pair, unless both are listed and differ."""
        left, right = self._root(self._key(pair.left)), self._root(self._key(pair.right))
        if left == right or left not in self._groups or right not in self._groups:
            return
        one, other = self._groups[left], self._groups[right]
        if one.record is not None and other.record is not None:
            return
        if other.record is not None:
            left, right = right, left
        self._unite(left, right)

    def _unite(self, keep: tuple[str, str], drop: tuple[str, str]) -> None:
        one, other = self._groups[keep], self._groups.pop(drop)
        self._same[drop] = keep
        one.latin.update(other.latin)
        one.han.update(other.han)
        one.short.update(other.short)
        one.mentions.extend(other.mentions)

    def _root(self, key: tuple[str, str]) -> tuple[str, str]:
        while key in self._same:
            key = self._same[key]
        return key

    def _key(self, naming: Naming) -> tuple[str, str]:
        if len(naming.records) == 1:
            return naming.kind, f"#{naming.records[0].id}"
        return naming.kind, spelling(naming.name, naming.kind)

    def groups(self, kind: str) -> list[tuple[tuple[str, str], _Group]]:
        """Return the groups of a kind with their keys."""
        return [(key, group) for key, group in self._groups.items() if group.kind == kind]

    def unite_variants(self) -> None:
        """Unite spellings that differ by an initial, by the order of a Chinese name, or by "UN" before a body."""
        self._unite_persons()
        self._unite_organisations()

    def _unite_persons(self) -> None:
        seen: dict[str, tuple[str, str]] = {}
        for key, group in self.groups("person"):
            for name in group.latin:
                parts = [p for p in name.split() if len(p.rstrip(".")) > 1]
                for variant in {spelling(" ".join(parts), "person"), *turned(parts)}:
                    target = self._root(seen.setdefault(variant, key))
                    if target != key and target in self._groups and key in self._groups:
                        self._join(target, key)
        self._unite_parts()
        self._unite_readings()

    def _unite_parts(self) -> None:
        """Unite a part of a dotted name, or its beginning, with the one dotted name of the document that has it."""
        groups = self.groups("person")
        dotted = [(name, key) for key, group in groups for name in group.han if "·" in fold_text(name)]
        for key, group in groups if dotted else ():
            for name in list(group.han):
                folded = fold_text(name)
                owners = {k for other, k in dotted if k != key and k in self._groups and is_part(folded, other)}
                if len(owners) == 1 and key in self._groups:
                    self._join(owners.pop(), key)

    def _unite_readings(self) -> None:
        """Unite a Latin and a Han name of one reading that stand in one paragraph: 姚建清 ... Yao Jianqing."""
        by_reading: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, group in self.groups("person"):
            if group.han and not group.latin:
                by_reading[reading(next(iter(group.han)))].append(key)
        for key, group in self.groups("person"):
            if group.han or not group.latin:
                continue
            same = by_reading.get(spelling(next(iter(group.latin)), "person"), [])
            if len(same) == 1 and same[0] in self._groups and self._share_paragraph(same[0], key):
                self._join(same[0], key)

    def _share_paragraph(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        lines = {self._line(m) for m in self._groups[one].mentions}
        return any(self._line(m) in lines for m in self._groups[other].mentions)

    def _line(self, mention: Mention) -> tuple[str, int]:
        return mention.field, bisect_right(self._line_ends.get(mention.field, ()), mention.start)

    def _unite_contents(self) -> None:
        """Unite unlisted bodies that differ only by small words, by a nation before them, or by 省 and 市 within."""
        owners: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        groups = self.groups("organisation")
        for key, group in groups:
            for content in {content_of(name) for name in (*group.latin, *group.han)}:
                owners[content].append(key)
        for key, group in groups:
            if key not in self._groups:
                continue
            contents = {content_of(name) for name in (*group.latin, *group.han)}
            for content in contents | {shorter for c in contents for shorter in without_place(c)}:
                for other in owners.get(content, ()):
                    if other != key and self._root(other) != self._root(key):
                        self._join(self._root(key), self._root(other))

    def _unite_organisations(self) -> None:
        self._unite_contents()
        self._unite_short_of_un()
        groups = self.groups("organisation")
        by_name = {spelling(name, "organisation"): key for key, group in groups for name in group.latin}
        by_letter: dict[str, list[tuple[str, tuple[str, str]]]] = defaultdict(list)
        for key, group in groups:
            for name in group.latin:
                by_letter[name[0].upper()].append((name, key))
        for key, group in groups:
            for name in list(group.latin):
                ws = name.split()
                while ws and ws[0].lower().rstrip(".") in _PARENTS:
                    ws = ws[1:]
                shorter = by_name.get(spelling(" ".join(ws), "organisation"))
                if ws and shorter is not None and self._root(shorter) != self._root(key):
                    self._join(self._root(shorter), self._root(key))
            if group.short and not group.latin and not group.han and group.record is None:
                self._unite_acronym(key, group, by_letter)

    def _unite_short_of_un(self) -> None:
        """Give "Security Council" to the listed United Nations Security Council, where only one body is named so."""
        bearers = {group.record.id: key for key, group in self.groups("organisation") if group.record is not None}
        for key, group in self.groups("organisation"):
            if group.record is not None or key not in self._groups:
                continue
            for name in group.latin:
                bare = _OF_UN.sub("", name)
                full = {
                    record.id: record
                    for parent in ("United Nations", "UN")
                    for record in self._authority.named(f"{parent} {bare}", "organisation")
                }
                if len(full) != 1:
                    continue
                record = next(iter(full.values()))
                listed = self._root(bearers.setdefault(record.id, key))
                if listed != key:
                    self._unite(listed, key)
                else:
                    group.record = record
                break

    def _unite_acronym(
        self, key: tuple[str, str], group: _Group, by_letter: Mapping[str, Sequence[tuple[str, tuple[str, str]]]]
    ) -> None:
        """Unite a lone acronym with the one body of the document whose initials it spells."""
        acronym = next(iter(group.short))
        fits = {self._root(k) for name, k in by_letter.get(acronym[0], ()) if spells(acronym, name)}
        fits = {k for k in fits if k in self._groups}
        if len(fits) == 1 and key in self._groups:
            self._join(fits.pop(), key)

    def _join(self, keep: tuple[str, str], drop: tuple[str, str]) -> None:
        if keep == drop or keep not in self._groups or drop not in self._groups:
            return
        one, other = self._groups[keep].record, self._groups[drop].record
        if one is not None and other is not None:
            return
        self._unite(keep, drop) if other is None else self._unite(drop, keep)

    def surnames(self, singles: Iterable[tuple[str, Word, str]]) -> None:
        """Resolve bare surnames and given names.  ``singles`` are (field, word, text) in the order of the document."""
        bearers: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, group in self.groups("person"):
            for name in self._latin_names(group):
                for short in short_names(name):
                    if key not in bearers[short]:
                        bearers[short].append(key)
        self._absorb_titled(bearers)
        for field_name, word, text in singles:
            keys = [k for k in bearers.get(word.key, ()) if k in self._groups]
            if not keys or is_place(word.key) or not self._may_be_surname(word, text):
                continue
            bearer = keys[0] if len(keys) == 1 else self._nearest(keys, field_name, word.start, text)
            if bearer is not None:
                end = word.end
                self._groups[bearer].mentions.append(
                    Mention(
                        "title" if field_name == "title" else "text", word.start, end, text[word.start : end], "surname"
                    )
                )

    def han_surnames(self, field_name: Field, text: str) -> None:
        """Give a Chinese surname that speaks, or that a title follows, to the one bearer of it (鄒指, 胡官)."""
        bearers: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, group in self.groups("person"):
            listed = group.record.names if group.record is not None else {}
            for name in (*group.han, *listed.get("zh-Hans", ()), *listed.get("zh-Hant", ())):
                if is_han(name[0]) and key not in bearers[name[0]]:
                    bearers[name[0]].append(key)
        if not bearers:
            return
        held = Spans((m.start, m.end) for g in self._groups.values() for m in g.mentions if m.field == field_name)
        for match in _HAN_SURNAME.finditer(text):
            keys = bearers.get(match.group("name"), [])
            if not keys or held.touch(match.start("name"), match.end()):
                continue
            bearer = keys[0] if len(keys) == 1 else self._nearest(keys, field_name, match.start("name"), text)
            if bearer is not None:
                start, end = match.span("name")
                self._groups[bearer].mentions.append(Mention(field_name, start, end, text[start:end], "surname"))

    def _latin_names(self, group: _Group) -> list[str]:
        listed = group.record.names.get("en", ()) if group.record is not None else ()
        return [*group.latin, *listed]

    def _absorb_titled(self, bearers: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Give "Ms. Cao" to Cao Shunli: a titled single name belongs to the one bearer of that name."""
        for key, group in self.groups("person"):
            if group.record is None and group.short and not group.latin and not group.han:
                name = fold_text(next(iter(group.short)))
                keys = [k for k in bearers.get(name, ()) if k in self._groups and k != key]
                if len(keys) == 1:
                    self._join(keys[0], key)
                elif len(keys) > 1:
                    del self._groups[key]

    def _may_be_surname(self, word: Word, text: str) -> bool:
        if (
            is_common(word.key)
            and word.start
            and text[max(0, word.start - 2) : word.start].strip() in (".", "", "“", '"')
        ):
            return False
        return not (word.key in words("not_names") or word.acronym)

    def _nearest(
        self, keys: Sequence[tuple[str, str]], field_name: str, start: int, text: str
    ) -> tuple[str, str] | None:
        """Return the one bearer who is named in full before ``start`` in the same paragraph; None when in doubt."""
        paragraph = text.rfind("\n", 0, start) + 1
        found = [
            key
            for key in keys
            if any(
                m.field == field_name and paragraph <= m.start < start and m.rule != "surname"
                for m in self._groups[key].mentions
            )
        ]
        return found[0] if len(found) == 1 else None

    def finish(self) -> list[Entity]:
        """Return the entities, ordered by kind, then by first mention."""
        entities = [self._entity(group) for group in self._groups.values() if group.mentions]
        return sorted(entities, key=lambda e: (e.kind != "person", _place(e.mentions[0])))

    def _entity(self, group: _Group) -> Entity:
        mentions = _distinct(group.mentions)
        if group.record is not None:
            record = group.record
            return Entity(group.kind, record.id, record.name, record.names, True, mentions)
        latin = _best(group.latin)
        if latin and group.kind == "organisation":
            latin = re.sub(r"^[Tt]he (?=\S+ \S)", "", latin)
        han = _best(group.han)
        short = _best(group.short)
        main = latin or han or short or ""
        names: dict[str, tuple[str, ...]] = {}
        english = tuple(dict.fromkeys([*_ranked(group.latin), *_ranked(group.short)]))
        if english:
            names["en"] = english
        for name in _ranked(group.han):
            script = self._script_of(name, mentions)
            names[script] = (*names.get(script, ()), name)
        return Entity(group.kind, self._free_id(group.kind, latin or short, han), main, names, False, mentions)

    def _free_id(self, kind: Kind, latin: str | None, han: str | None) -> str:
        id = entity_id(latin, han, person=kind == "person")
        # A name of several listed bearers, undecided, must not take the id of one of them.
        return id if self._authority.get(kind, id) is None else f"{id}-unresolved"

    def _script_of(self, name: str, mentions: Sequence[Mention]) -> str:
        folded = "".join(fold_text(name).split())
        if folded != "".join(name.split()):
            return "zh-Hant"
        for mention in mentions:
            if mention.text == name:
                for start, end, script in self._script_at.get(mention.field, ()):
                    if start <= mention.start < end:
                        return "zh-Hant" if script == "Hant" else "zh-Hans"
        return "zh-Hans"


def _best(names: Counter[str]) -> str | None:
    ranked = _ranked(names)
    return ranked[0] if ranked else None


def _ranked(names: Counter[str]) -> list[str]:
    """Return names by frequency; among equals the one met first."""
    return [name for name, _ in names.most_common()]


def _place(mention: Mention) -> tuple[bool, int]:
    return mention.field != "title", mention.start


def _distinct(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions in the order of the document, without those inside another."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (_place(m), -m.end)):
        if kept and kept[-1].field == mention.field and mention.start < kept[-1].end:
            continue
        kept.append(mention)
    return tuple(kept)
