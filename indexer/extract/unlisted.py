"""Namings that no authority file gave: the finders of both scripts, run over one field of a document."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.extract.latin import Run, Word, is_common, is_place, key_of, runs
from indexer.extract.lexicon import words
from indexer.extract.naming import Field, Naming
from indexer.extract.organisation import is_organisation_acronym, organisations
from indexer.extract.organisation_han import han_organisations
from indexer.extract.pairs import initials_fit
from indexer.extract.person import persons
from indexer.extract.person_han import han_persons
from indexer.extract.signatories import signatories
from indexer.extract.wrapped import join_lines
from indexer.fold import Folded

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_IN_MEDIUM = re.compile(
    r"(?:\b[Ii]n (?:the )?|(?:^|\n))(?P<name>[A-Z][\w'’&.\-]*(?: [A-Z][\w'’&.\-]*){0,3}) of "
    rf"(?:\d{{1,2}} )?(?:{_MONTH})\b",
    re.IGNORECASE,
)
_SPELT_OUT = re.compile(r"(?P<short>[A-Z]{2,10}) \((?P<long>[A-Z][A-Za-z' \-]{6,80})\)")
_BRACKETED_SHORT = re.compile(r"[(（][\"“‘']?([A-Z][A-Za-z0-9&\-]{1,11})[\"”’']?[)）]")


@dataclass(frozen=True, slots=True)
class LatinNames:
    """What the Latin finders gave for one field, and the single capitalised words that are left for surnames."""

    namings: tuple[Naming, ...]
    singles: tuple[Word, ...]


def latin_names(
    field: Field, text: str, quiet: Sequence[tuple[int, int]], listed: Sequence[Naming], title_case: bool
) -> LatinNames:
    """Return the unlisted organisations and persons of one field in Latin letters.

    ``listed`` are the namings of listed ones in the same field: a stretch that they hold is theirs, except where an
    unlisted organisation's own head stands beside it (the foundation that bears a person's name).
    """
    text_runs = list(runs(text, tuple(quiet)))
    found: list[Naming] = list(_signed(field, text, listed))
    claimed = [(n.start, n.end) for n in (*listed, *found)]
    for run in text_runs:
        for first, last in ((s.first, s.last) for s in organisations(run, text)):
            start, end = run.words[first].start, run.words[last].end
            if _is_free(start, end, run.words[first : last + 1], listed, found):
                found.append(_naming("organisation", field, start, end, text, "head word"))
    found.extend(_media(field, text, found, claimed))
    found.extend(_acronyms(field, text, text_runs, listed, found))
    spans = [(n.start, n.end) for n in (*listed, *found)]
    taken = [(run, _taken(run, spans)) for run in text_runs]
    for candidate in persons(text, taken, title_case):
        titled = "title" if candidate.titled else "name shape"
        single = len(candidate.words) == 1
        found.append(
            Naming("person", field, candidate.start, candidate.end, text[candidate.start : candidate.end],
                   candidate.name, titled, short=single)
        )  # fmt: skip
    spans = sorted((n.start, n.end) for n in (*listed, *found))
    return LatinNames(tuple(sorted(found, key=lambda n: n.start)), tuple(_singles(text_runs, spans)))


def _naming(kind: str, field: Field, start: int, end: int, text: str, rule: str, short: bool = False) -> Naming:
    written = text[start:end]
    return Naming("organisation" if kind == "organisation" else "person", field, start, end, written,
                  " ".join(written.split()), rule, short=short)  # fmt: skip


def _is_free(start: int, end: int, span: Sequence[Word], listed: Sequence[Naming], found: Sequence[Naming]) -> bool:
    """Say whether an unlisted organisation may have a stretch: nobody else's, or more than a listed name in it."""
    if any(n.start < end and start < n.end for n in found):
        return False
    for naming in listed:
        if naming.end <= start or end <= naming.start:
            continue
        inside = start <= naming.start and naming.end <= end and (start, end) != (naming.start, naming.end)
        outside = [w for w in span if w.end <= naming.start or w.start >= naming.end]
        if not inside or not any(w.key in words("heads_latin") for w in outside):
            return False
    return True


def _signed(field: Field, text: str, listed: Sequence[Naming]) -> Iterator[Naming]:
    """Yield the bodies of a list of signatories, but for those that a listed name nearly fills."""
    for start, end in signatories(text) if field == "text" else ():
        held = sum(n.end - n.start for n in listed if start <= n.start and n.end <= end)
        around = any(n.start <= start and end <= n.end for n in listed)
        if around or held >= 0.6 * (end - start):
            continue
        yield _naming("organisation", field, start, end, text, "signatory list")


def _media(field: Field, text: str, found: Sequence[Naming], claimed: Sequence[tuple[int, int]]) -> Iterator[Naming]:
    """Yield the media of "X in the Y of 18 July"."""
    for match in _IN_MEDIUM.finditer(text):
        start, end = match.span("name")
        name = match.group("name")
        if not name[0].isupper() or any(not w[0].isupper() for w in name.split()) or is_place(name.lower()):
            continue
        if name.split()[0].lower() in ("as", "by", "on", "in", "the", "since") or name.isdigit():
            continue
        if any(low < end and start < high for low, high in claimed) or any(
            n.start < end and start < n.end for n in found
        ):
            continue
        yield _naming("organisation", field, start, end, text, "medium of a date")


def _acronyms(
    field: Field, text: str, text_runs: Sequence[Run], listed: Sequence[Naming], found: Sequence[Naming]
) -> Iterator[Naming]:
    """Yield acronyms of organisations: those in brackets after one, and those that stand alone."""
    ends = {n.end for n in (*listed, *found) if n.kind == "organisation"}
    ordinary = {
        match.group(1)
        for match in _BRACKETED_SHORT.finditer(text)
        if not any(match.start() - gap in ends for gap in (0, 1, 2, 3))
    }
    ordinary.update(
        match.group("short")
        for match in _SPELT_OUT.finditer(text)
        if initials_fit(match.group("short"), match.group("long"))
        and not any(key_of(w) in words("heads_latin") for w in match.group("long").split())
    )
    spans = sorted((n.start, n.end) for n in (*listed, *found))
    for run in text_runs:
        for index, word in enumerate(run.words):
            if not word.acronym or word.text in ordinary or _covered(word.start, word.end, spans):
                continue
            if is_organisation_acronym(word) and not _shouted(run, index):
                yield _naming("organisation", field, word.start, word.end, text, "acronym", short=True)


def _shouted(run: Run, index: int) -> bool:
    """Say whether a word in capitals is a word of a line in capitals."""
    neighbours = [w for w in run.words[max(0, index - 1) : index + 2] if w is not run.words[index]]
    word = run.words[index]
    if any(w.text.isupper() and len(w.text) > 3 for w in neighbours) and len(word.text) > 3:
        return True
    return word.text.isalpha() and is_common(word.key) and len(word.text) > 3


def _covered(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(low < end and start < high for low, high in spans)


def _taken(run: Run, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(i, i) for i, w in enumerate(run.words) if _covered(w.start, w.end, spans)]


def _singles(text_runs: Sequence[Run], spans: Sequence[tuple[int, int]]) -> Iterator[Word]:
    for run in text_runs:
        for word in run.words:
            if word.capital and not word.text.isdigit() and not _covered(word.start, word.end, spans):
                yield word


def han_names(
    field: Field, text: str, folded: Folded, quiet: Sequence[tuple[int, int]], listed: Sequence[Naming]
) -> list[Naming]:
    """Return the unlisted persons and organisations of one field in Chinese characters, in order.

    What ``listed`` namings and ``quiet`` spans hold is left alone.
    """
    joined = join_lines(folded.text)
    spans = [joined.inward(*_folded_span(folded, *span)) for span in (*((n.start, n.end) for n in listed), *quiet)]
    persons_found = han_persons(joined.text, spans)
    bodies = [span for n, span in zip(listed, spans, strict=False) if n.kind == "organisation"]
    held = [span for span in spans if span not in set(bodies)]
    held.extend((p.start, p.end) for p in persons_found)
    found = [("person", p.start, p.end, p.rule) for p in persons_found]
    found.extend(
        ("organisation", o.start, o.end, o.rule)
        for o in han_organisations(joined.text, held)
        if not any(low < o.end and o.start < high and not _goes_on(o.start, o.end, low, high) for low, high in bodies)
    )
    namings = []
    for kind, start, end, rule in sorted(found, key=lambda f: f[1]):
        low, high = folded.original(*joined.outward(start, end))
        written = text[low:high]
        name = "".join(c for c in written if not c.isspace() and unicodedata.category(c) != "Cf")
        namings.append(Naming("person" if kind == "person" else "organisation", field, low, high, written,
                              name, rule, han=True))  # fmt: skip
    return namings


def _goes_on(start: int, end: int, low: int, high: int) -> bool:
    """Say whether a name holds a listed one and goes on after it, to a head of its own: 苹果日报 + 印刷有限公司."""
    return start <= low and high < end


def _folded_span(folded: Folded, start: int, end: int) -> tuple[int, int]:
    if folded.starts is None:
        return start, end
    return bisect_left(folded.starts, start), bisect_left(folded.starts, end)
