"""Whose is a bare surname?  Single names lead to the one bearer named in full, and to nobody where that is in doubt."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from indexer.extract.anchored import Opened
from indexer.extract.groups import Group, Groups, Key
from indexer.extract.latin import Word, is_common, is_place
from indexer.extract.lexicon import words
from indexer.extract.naming import Field
from indexer.extract.spans import Spans
from indexer.extract.spelling import short_names
from indexer.fold import fold_text, is_han
from indexer.model import Mention

#: A single character that speaks at the beginning of a clause, or that a title follows.
_HAN_SURNAME = re.compile(
    "(?:^|(?<=[，。；：！？\\s「『“（]))(?P<name>[\u3400-\u9fff])"
    "(?:[又亦也则則再续續]?(?:指出?|称|稱|说|說|表示|强调|強調|认为|認為|透露|解释|解釋|否认|否認|承认|承認|回应|回應)"
    "|(?:律师|律師|大律师|大律師|官|先生|女士|太太?|小姐|教授|博士|议员|議員|牧师|牧師|老师|老師)(?![\u3400-\u9fff]?[察员員方司]))",
    re.MULTILINE,
)


def latin_surnames(groups: Groups, singles: Iterable[tuple[Field, Word, str]]) -> None:
    """Resolve bare surnames and given names.  ``singles`` are (field, word, text) in the order of the document."""
    bearers: dict[str, list[Key]] = defaultdict(list)
    for key, group in groups.of("person"):
        for name in _latin_names(group):
            for short in short_names(name):
                if key not in bearers[short]:
                    bearers[short].append(key)
    _absorb_titled(groups, bearers)
    full = _Full(groups)
    for field, word, text in singles:
        keys = [k for k in bearers.get(word.key, ()) if k in groups]
        if not keys or is_place(word.key) or not _may_be_surname(word, text):
            continue
        bearer = keys[0] if len(keys) == 1 else full.nearest(keys, field, word.start, text)
        if bearer is not None:
            written = text[word.start : word.end]
            groups[bearer].mentions.append(Mention(field, word.start, word.end, written, "surname"))


def han_surnames(groups: Groups, field: Field, text: str) -> None:
    """Give a Chinese surname that speaks, or that a title follows, to the one bearer of it (鄒指, 胡官)."""
    bearers: dict[str, list[Key]] = defaultdict(list)
    for key, group in groups.of("person"):
        listed = group.record.names if group.record is not None else {}
        for name in (*group.han, *listed.get("zh-Hans", ()), *listed.get("zh-Hant", ())):
            if is_han(name[0]) and key not in bearers[name[0]]:
                bearers[name[0]].append(key)
    if not bearers:
        return
    held = Spans((m.start, m.end) for g in groups.all() for m in g.mentions if m.field == field)
    full = _Full(groups)
    for match in Opened(_HAN_SURNAME, bearers).finditer(text):
        keys = bearers[match.group("name")]
        if held.touch(match.start("name"), match.end()):
            continue
        bearer = keys[0] if len(keys) == 1 else full.nearest(keys, field, match.start("name"), text)
        if bearer is not None:
            start, end = match.span("name")
            groups[bearer].mentions.append(Mention(field, start, end, text[start:end], "surname"))


def _latin_names(group: Group) -> list[str]:
    listed = group.record.names.get("en", ()) if group.record is not None else ()
    return [*group.latin, *listed]


def _absorb_titled(groups: Groups, bearers: Mapping[str, Sequence[Key]]) -> None:
    """Give "Ms. Cao" to Cao Shunli: a titled single name belongs to the one bearer of that name."""
    for key, group in groups.of("person"):
        if group.record is None and group.short and not group.latin and not group.han:
            name = fold_text(next(iter(group.short)))
            keys = [k for k in bearers.get(name, ()) if k in groups and k != key]
            if len(keys) == 1:
                groups.join(keys[0], key)
            elif len(keys) > 1:
                del groups[key]


def _may_be_surname(word: Word, text: str) -> bool:
    opens_sentence = word.start and text[max(0, word.start - 2) : word.start].strip() in (".", "", "“", '"')
    if is_common(word.key) and opens_sentence:
        return False
    return not (word.key in words("not_names") or word.acronym)


class _Full:
    """Where the persons of a document are named otherwise than by a bare surname."""

    def __init__(self, groups: Groups) -> None:
        self._starts: dict[tuple[Key, str], list[int]] = defaultdict(list)
        for key, group in groups.of("person"):
            for mention in group.mentions:
                if mention.rule != "surname":
                    self._starts[key, mention.field].append(mention.start)
        for starts in self._starts.values():
            starts.sort()

    def nearest(self, keys: Sequence[Key], field: Field, start: int, text: str) -> Key | None:
        """Return the one bearer who is named before ``start`` in the same paragraph; None when in doubt."""
        paragraph = text.rfind("\n", 0, start) + 1
        found = [key for key in keys if self._between(key, field, paragraph, start)]
        return found[0] if len(found) == 1 else None

    def _between(self, key: Key, field: Field, low: int, high: int) -> bool:
        starts = self._starts.get((key, field), ())
        index = bisect_left(starts, low)
        return index < len(starts) and starts[index] < high
