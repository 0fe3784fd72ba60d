"""Authority matches become namings: weak forms are checked, and homonyms are told apart by what stands around."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from indexer.authority import AuthorityRecord
from indexer.extract.annotated import AnnotatedText
from indexer.extract.han_words import is_shorter, within_longer
from indexer.extract.lexicon import words
from indexer.extract.naming import Field, Naming
from indexer.extract.person_names import is_given
from indexer.extract.spans import Spans
from indexer.fold import fold_text, has_han

#: How far around a mention a role may stand that tells one bearer of a name from another, in characters.
_WINDOW = 90
_ROLE_WORD = re.compile(r"[a-z]{4,}|[\u3400-\u9fff]{2,}")
_ROLE_NOISE = words("role_noise")


def listed(text: AnnotatedText) -> list[Naming]:
    """Return the namings of listed persons and organisations, in the order of the text; weak forms included.

    Names inside its quiet spans are left out, and so is a name that only longer words make, wherever it stands:
    国家报 in 国家报告.
    """
    folded, silent = text.folded, Spans(text.quiet)
    namings: list[Naming] = []
    clear: list[bool] = []
    for match in text.matches:
        records = tuple(r for r in match.candidates if r.kind in ("person", "organisation"))
        if not records:
            continue
        start, end = folded.original(match.start, match.end)
        if silent.touch(start, end):
            continue
        written = text.text[start:end]
        kind = records[0].kind
        namings.append(
            Naming(
                kind="person" if kind == "person" else "organisation",
                field=text.field,
                start=start,
                end=end,
                written=written,
                name=" ".join(written.split()),
                rule=f"authority {match.form}",
                han=has_han(written),
                short=match.form == "weak",
                records=tuple(r for r in records if r.kind == kind),
            )
        )
        longer = kind == "person" and is_shorter(folded.text, match.start, match.end)
        longer = longer or (kind == "person" and _anothers_surname(text.text, start, written, records))
        clear.append(not (longer or within_longer(folded.text, match.start, match.end)))
    sure = {naming.name for naming, stands in zip(namings, clear, strict=True) if stands}
    return [
        naming
        for naming, stands in zip(namings, clear, strict=True)
        if stands or (naming.name in sure and naming.kind == "organisation")
    ]


#: A word with a capital right before a bare surname.
_WORD_BEFORE = re.compile(r"([A-Z][a-z’'-]+) \Z")


def _anothers_surname(text: str, start: int, written: str, records: Sequence[AuthorityRecord]) -> bool:
    """Say whether a listed surname is somebody else's: a given name that no bearer has stands before it."""
    if " " in written or not written.isascii():
        return False
    before = _WORD_BEFORE.search(text, max(0, start - 24), start)
    if before is None or not is_given(fold_text(before[1])):
        return False
    return not any(before[1] in name.split() for record in records for name in record.all_names())


def decided(namings: Sequence[Naming], texts: dict[Field, str]) -> list[Naming]:
    """Return the namings with weak forms checked and homonyms decided where the document decides them.

    A weak form stays only when the document has a full name or an acronym of the same record.  Homonyms are
    narrowed to one record by a role near a mention, or by another name of just one of them in the document; all
    mentions of one spelling follow.  Where nothing decides, ``records`` stays as it is, several.
    """
    full = {
        record.id for naming in namings if not naming.short and len(naming.records) == 1 for record in naming.records
    }
    named = {record.id for naming in namings if not naming.short for record in naming.records}
    strong = [n for n in namings if not n.short or any(r.id in named for r in n.records)]
    chosen = _choices(strong, texts, full)
    result = []
    for naming in strong:
        record = chosen.get((naming.kind, fold_text(naming.name)))
        if naming.short:
            kept = tuple(r for r in naming.records if r.id in named)
            naming = replace(naming, records=kept, short=False)
        if record is not None and record in naming.records:
            naming = replace(naming, records=(record,))
        result.append(naming)
    return _without_strangers(result, texts)


def _without_strangers(namings: Sequence[Naming], texts: dict[Field, str]) -> list[Naming]:
    """Take the record from the namings of a name that many people bear, where nothing says that it is this bearer.

    A record marked ``shared_name`` is meant where one of its roles stands near a mention of it, where the document
    also has its name in the other script or another name of it, or where the name is a long one (Agnes Chow Ting).
    Elsewhere the name is somebody's whom nobody listed.
    """
    shared = {record.id: record for n in namings for record in n.records if record.attributes.get("shared_name")}
    if not shared:
        return list(namings)
    mentions: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        for record in naming.records:
            if record.id in shared:
                mentions[record.id].append(naming)
    strangers = {
        id
        for id, own in mentions.items()
        if len({fold_text(n.name) for n in own}) < 2
        and not any(_is_long(n) or _role_near(n, shared[id], texts[n.field]) for n in own)
    }
    return [_but_for(naming, strangers) for naming in namings]


def _but_for(naming: Naming, strangers: Set[str]) -> Naming:
    kept = tuple(record for record in naming.records if record.id not in strangers)
    return naming if len(kept) == len(naming.records) else replace(naming, records=kept)


def _is_long(naming: Naming) -> bool:
    return len(naming.name) > 2 if naming.han else len(naming.name.split()) > 2


def _role_near(naming: Naming, record: AuthorityRecord, text: str) -> bool:
    around = _around(naming, text)
    return any(word in around for word in _role_words(record))


def _around(naming: Naming, text: str) -> str:
    before = text[max(0, naming.start - _WINDOW) : naming.start]
    return fold_text(before + " " + text[naming.end : naming.end + _WINDOW])


def _choices(
    namings: Iterable[Naming], texts: dict[Field, str], full: set[str]
) -> dict[tuple[str, str], AuthorityRecord]:
    votes: dict[tuple[str, str], dict[str, AuthorityRecord]] = defaultdict(dict)
    for naming in namings:
        if len(naming.records) < 2:
            continue
        key = (naming.kind, fold_text(naming.name))
        elsewhere = [r for r in naming.records if r.id in full]
        record = elsewhere[0] if len(elsewhere) == 1 else _by_role(naming, texts[naming.field])
        if record is not None:
            votes[key][record.id] = record
    # Two mentions that speak for different people leave the name undecided: never guess.
    return {key: next(iter(records.values())) for key, records in votes.items() if len(records) == 1}


def _by_role(naming: Naming, text: str) -> AuthorityRecord | None:
    """Return the one record whose roles stand near the mention, or None."""
    around = _around(naming, text)
    scores = [(sum(1 for word in _role_words(record) if word in around), record) for record in naming.records]
    scores.sort(key=lambda pair: -pair[0])
    if scores[0][0] > 0 and scores[0][0] > scores[1][0]:
        return scores[0][1]
    return None


def _role_words(record: AuthorityRecord) -> set[str]:
    described = [record.distinguisher]
    for key in ("roles", "role", "context"):
        value = record.attributes.get(key, ())
        described.extend([value] if isinstance(value, str) else [str(item) for item in value])
    return set(_ROLE_WORD.findall(fold_text(" ".join(described)))) - _ROLE_NOISE
