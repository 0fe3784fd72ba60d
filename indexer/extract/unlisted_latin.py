"""The unlisted persons and organisations of one field in Latin letters: all Latin finders, one after the other."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.extract.anchored import Anchored
from indexer.extract.annotated import AnnotatedText
from indexer.extract.latin import Run, Word, headings, is_common, is_place, key_of, runs, shouted
from indexer.extract.lexicon import words
from indexer.extract.naming import NamedKind, Naming, after_article
from indexer.extract.organisation import is_organisation_acronym, organisations
from indexer.extract.pairs import initials_fit
from indexer.extract.person import persons
from indexer.extract.person_names import is_given
from indexer.extract.signatories import signatories
from indexer.extract.spans import Spans, line_at
from indexer.extract.spelling import spelling

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_IN_MEDIUM = re.compile(
    r"(?:\b[Ii]n (?:the )?|^)(?P<name>[A-Z][\w'’&.\-]*(?: [A-Z][\w'’&.\-]*){0,3}) of "
    rf"(?:\d{{1,2}} )?(?:{_MONTH}|{_MONTH.lower()})\b",
    re.MULTILINE,
)
#: The agency of a dateline: Taipei, June 14 (CNA).
_AGENCY = re.compile(
    rf"[A-Z][\w .,'’\-]{{1,40}}(?:\d{{1,2}}\.?|{_MONTH})[\w ,]{{0,12}}[(（](?P<name>[A-Z]{{2,5}})[)）]"
)
_AGENCY_BRACKET = re.compile(r"[(（][A-Z]{2,5}[)）]")
_OF_MONTH = re.compile(rf" of (?:\d{{1,2}} )?(?:{_MONTH}|{_MONTH.lower()})\b")
_NO_MEDIUM = frozenset(("as", "by", "on", "in", "the", "since", "end", "middle", "beginning", "council", "session"))
_BRACKETED_SHORT = re.compile(r"[(（][\"“‘']?([A-Z][A-Za-z0-9&\-]{1,11})[\"”’']?[)）]")
_HAN = re.compile("[\u4e00-\u9fff]{2}")
_MANY = re.compile(r"[ \n](?:thousand|million|billion|trillion)\b")
_TREATIES = frozenset(("treaty", "convention", "protocol", "pact", "act", "law", "ordinance"))
#: Not the Government of anybody, but a meeting: Heads of State or Government of the region.
_HEADS_OF = re.compile(r"\b[Hh]eads? of (?:States? (?:and|or)(?: of)? )?\Z")
_SPELT_OUT = re.compile(r"(?P<short>[A-Z]{2,10}) \((?P<long>[A-Z][A-Za-z' \-]{6,80})\)")
#: After a name: that it is a body, and of which sort.
_IS_A_BODY = re.compile(
    r", (?:an?|the) (?:[\w’'-]+ ){0,4}?(?:NGO|non-profit|nonprofit|charity|think tank|advocacy group|rights group|"
    r"human rights group|watchdog|news (?:site|outlet|agency|website)|newspaper|magazine|publisher|law firm|collective|"
    r"non-governmental organi[sz]ation|human rights organi[sz]ation|publishing house)\b"
)
#: Before a name: the same.
_SORT_OF_BODY = Anchored(re.compile(
    r"\b(?:NGO|non-profit|nonprofit|charity|think[ -]tank|watchdog|law firm|newspaper|broadcaster|coalition|magazine"
    r"|news (?:site|outlet|agency|website|portal)|(?:television|TV) (?:channel|station)|radio station"
    r"|(?:human rights|rights|advocacy|monitoring|legal aid|pro-democracy|opposition|civil society|volunteer|student"
    r"|women’s|women's|feminist|activist|underground|umbrella|church|community|independent)"
    r" (?:group|organi[sz]ation|network|project|initiative|platform|collective|party|movement|outlet|association)) "
), ("ngo", "non-profit", "nonprofit", "charity", "think tank", "think-tank", "watchdog", "law firm", "newspaper",
    "broadcaster", "coalition", "magazine", "news", "television", "tv", "radio station", "human rights", "rights",
    "advocacy", "monitoring", "legal aid", "pro-democracy", "opposition", "civil society", "volunteer", "student",
    "women's", "feminist", "activist", "underground", "umbrella", "church", "community", "independent"))  # fmt: skip
#: What begins somebody's title or a date, not a body.
_NO_BODY = words("titles") | words("offices") | frozenset(name.lower() for name in calendar.day_name)
_OPENING = words("openers")
#: Bodies whose field of work may be a series.
_OFFICES = frozenset(
    ("committee", "commission", "ministry", "department", "council", "office", "organization", "directorate", "bureau")
)
_SERIES = re.compile(r",(?: [A-Z]\w+){1,2}(?:, [A-Z]\w+)*,? and [A-Z]\w+(?: [A-Z]\w+){0,2}")
#: A listed name that fills so much of a signatory's line is that signatory.
_NEARLY_ALL = 0.6


@dataclass(frozen=True, slots=True)
class LatinNames:
    """What the Latin finders gave for one field, and the single capitalised words that are left for surnames."""

    namings: tuple[Naming, ...]
    singles: tuple[Word, ...]


def latin_names(annotated: AnnotatedText, listed: Sequence[Naming]) -> LatinNames:
    """Return the unlisted organisations and persons of one field in Latin letters.

    ``listed`` are the namings of listed ones in the same field, in order and without overlap: a stretch that they
    hold is theirs, except where an unlisted organisation's own head stands beside it (the foundation that bears a
    person's name).
    """
    text = annotated.text
    loud = tuple(shouted(text))
    finder = _Finder(annotated, tuple(runs(text, annotated.quiet)), listed, Spans([*loud, *headings(text)]))
    if annotated.field == "text":
        finder.signatories()
    finder.organisations()
    finder.apposed()
    finder.media()
    finder.agencies()
    if not _is_chinese(text):
        finder.acronyms(Spans(loud))
    finder.persons()
    return LatinNames(tuple(sorted(finder.found, key=lambda n: n.start)), tuple(finder.singles()))


class _Finder:
    """Runs the finders over one field; what one of them found is not another's."""

    def __init__(
        self, annotated: AnnotatedText, text_runs: Sequence[Run], listed: Sequence[Naming], headings: Spans
    ) -> None:
        self.found: list[Naming] = []
        self._annotated = annotated
        self._text = annotated.text
        self._runs = text_runs
        self._listed = listed
        self._headings = headings
        self._listed_starts = [n.start for n in listed]
        self._listed_ends = [n.end for n in listed]

    def _add(self, kind: NamedKind, start: int, end: int, rule: str, name: str = "", short: bool = False) -> None:
        written = self._text[start:end]
        name = name or " ".join(written.split())
        self.found.append(Naming(kind, self._annotated.field, start, end, written, name, rule, short=short))

    def _touching(self, start: int, end: int) -> Sequence[Naming]:
        """Return the listed namings that share a character with a stretch."""
        return self._listed[bisect_right(self._listed_ends, start) : bisect_left(self._listed_starts, end)]

    def _held(self, *, listed: bool = True) -> Spans:
        return Spans((n.start, n.end) for n in (*(self._listed if listed else ()), *self.found))

    def signatories(self) -> None:
        """Find the bodies in lists of signatories, but for those that a listed name nearly fills."""
        for start, end in signatories(self._annotated):
            touching = self._touching(start, end)
            held = sum(min(n.end, end) - max(n.start, start) for n in touching)
            if held < _NEARLY_ALL * (end - start):
                written = self._text[start:end]
                self._add("organisation", start, end, "signatory list", short=" " not in written and written.isupper())

    def organisations(self) -> None:
        """Find the bodies that a head word names."""
        held = self._held(listed=False)
        in_headings: list[tuple[int, int]] = []
        for run in self._runs:
            for span in organisations(run):
                ws = run.words[span.first : span.last + 1]
                start, end = ws[0].start, self._with_series(ws)
                if ws[0].key == "government" and _HEADS_OF.search(self._text, max(0, start - 30), start):
                    continue
                if self._headings.touch(start, end) and not self._fills_line(start, end):
                    in_headings.append((start, end))
                elif not held.touch(start, end) and self._may_have(ws):
                    self._add("organisation", start, end, "head word")
        named = {spelling(n.name, "organisation") for n in self.found}
        for start, end in in_headings:
            # A heading capitalises every word: what the text names elsewhere counts there, and nothing else.
            if spelling(self._text[start:end], "organisation") in named and not self._touching(start, end):
                self._add("organisation", start, end, "head word")

    def _with_series(self, ws: Sequence[Word]) -> int:
        """Return where a name ends whose field is a series: Committee on Economic, Social and Cultural Rights."""
        of_series = any(w.key in ("on", "of", "for") for w in ws) and any(w.key in _OFFICES for w in ws)
        series = _SERIES.match(self._text, ws[-1].end) if of_series and is_common(ws[-1].key) else None
        return series.end() if series else ws[-1].end

    def _fills_line(self, start: int, end: int) -> bool:
        return end - start >= _NEARLY_ALL * len(self._line(start).strip())

    def _line(self, position: int) -> str:
        return self._text[slice(*line_at(self._text, position))]

    def _may_have(self, ws: Sequence[Word]) -> bool:
        """Say whether an unlisted organisation may have a stretch: nobody's, or one that goes beyond a listed name."""
        start, end = ws[0].start, ws[-1].end
        for naming in self._touching(start, end):
            inside = start <= after_article(naming) and naming.end <= end
            if inside and _is_cut(ws, naming):
                continue
            beyond = [w for w in ws if w.end <= naming.start or w.start >= naming.end]
            if not inside or not any(w.key in words("heads_latin") for w in beyond):
                return False
        return True

    def apposed(self) -> None:
        """Find the bodies of which the text says what they are: "Freedom Lantern, a Berlin-based NGO"."""
        held = self._held()
        behind_sort = {match.end() for match in _SORT_OF_BODY.finditer(self._annotated.anchors)}
        for run in self._runs:
            ws = run.words
            first = next((i for i, w in enumerate(ws) if w.capital and w.key not in _OPENING), len(ws))
            if 1 <= len(ws) - first <= 5 and _IS_A_BODY.match(self._text, run.end):
                self._add_apposed(ws[first:], held)
            for index in range(first, len(ws)):
                # The words before it tell that the name of a body begins with this word: "the NGO Blue Tide".
                if ws[index].start in behind_sort and ws[index].capital and ws[index].key not in _NO_BODY:
                    self._add_apposed(_capitals(ws[index:]), held)

    def _add_apposed(self, ws: Sequence[Word], held: Spans) -> None:
        start, end = ws[0].start, ws[-1].end
        lone = len(ws) == 1 and is_common(ws[0].key)
        if not (lone or held.touch(start, end) or is_place(ws[-1].key) or is_given(ws[0].key)):
            self._add("organisation", start, end, "what it is")

    def media(self) -> None:
        """Find the media of "X wrote in the Y of 18 July"."""
        held = self._held()
        for match in self._in_media():
            name = match.group("name")
            parts = name.split()
            capitals = all(part[0].isupper() for part in parts)
            ordinary = parts[0].lower() in _NO_MEDIUM or is_place(name.lower())
            # At the beginning of a line a word has its capital anyway.
            ordinary = ordinary or (match.start() == match.start("name") and all(is_common(p.lower()) for p in parts))
            if capitals and not ordinary and not held.touch(*match.span("name")):
                self._add("organisation", *match.span("name"), "medium of a date")

    def _in_media(self) -> Iterator[re.Match[str]]:
        """Yield "in the Y of 18 July", looked for in the lines that hold the month."""
        for line in sorted({line_at(self._text, match.start()) for match in _OF_MONTH.finditer(self._text)}):
            yield from _IN_MEDIUM.finditer(self._text, *line)

    def agencies(self) -> None:
        """Find the agency that a dateline names in brackets."""
        held = self._held()
        for line in sorted({line_at(self._text, m.start())[0] for m in _AGENCY_BRACKET.finditer(self._text)}):
            match = _AGENCY.match(self._text, line)
            if match and not held.touch(*match.span("name")):
                self._add("organisation", *match.span("name"), "dateline", short=True)

    def acronyms(self, loud: Spans) -> None:
        """Find acronyms of organisations: those in brackets after one, and those that stand alone.

        ``loud`` are the lines in capitals, where an acronym cannot be told.
        """
        ordinary = self._ordinary_acronyms()
        held = self._held()
        for run in self._runs:
            for index, word in enumerate(run.words):
                if not word.acronym or word.text in ordinary or held.touch(word.start, word.end):
                    continue
                if loud.touch(word.start, word.end) or _of_treaty(run, index) or self._begins_a_name(word):
                    continue
                if is_organisation_acronym(word) and not _shouted(run, index) and not self._numbered(word):
                    self._add("organisation", word.start, word.end, "acronym", short=True)

    def _begins_a_name(self, word: Word) -> bool:
        """Say whether initials stand before a listed person's name: ASM Nasiruddin."""
        index = bisect_left(self._listed_starts, word.end)
        following = self._listed[index] if index < len(self._listed) else None
        return following is not None and following.kind == "person" and following.start == word.end + 1

    def _ordinary_acronyms(self) -> set[str]:
        """Return the acronyms that the document itself explains as something else than a body."""
        ends = {n.end for n in (*self._listed, *self.found) if n.kind == "organisation"}
        ordinary = {
            match.group(1)
            for match in _BRACKETED_SHORT.finditer(self._text)
            if not any(match.start() - gap in ends for gap in range(4))
        }
        for match in _SPELT_OUT.finditer(self._text):
            headed = any(key_of(w) in words("heads_latin") for w in match.group("long").split())
            if not headed and initials_fit(match.group("short"), match.group("long")):
                ordinary.add(match.group("short"))
        return ordinary

    def _numbered(self, word: Word) -> bool:
        """Say whether a number follows or ends a sum of money, as in DCCC 535/2020 and USD5 billion."""
        sum_of_money = word.text[-1].isdigit() and _MANY.match(self._text, word.end) is not None
        return sum_of_money or self._text[word.end : word.end + 2].strip()[:1].isdigit()

    def persons(self) -> None:
        """Find the persons in what is left."""
        held = self._held()
        blocked = ((run, _held_words(run, held)) for run in self._runs)
        for candidate in persons(self._text, blocked, self._headings):
            rule = "title" if candidate.titled else "name shape"
            short = len(candidate.words) == 1
            self._add("person", candidate.start, candidate.end, rule, candidate.name, short)

    def singles(self) -> Iterator[Word]:
        """Yield the capitalised words that belong to no name: bare surnames are among them."""
        held = self._held()
        for run in self._runs:
            blocked = _held_words(run, held)
            for index, word in enumerate(run.words):
                if word.capital and index not in blocked and not word.text.isdigit():
                    yield word


def _capitals(ws: Sequence[Word]) -> Sequence[Word]:
    """Return the capitalised words at the head of ``ws``, as far as one in the possessive, five at most."""
    taken: list[Word] = []
    for word in ws[:5]:
        if not word.capital or (taken and taken[-1].possessive):
            break
        taken.append(word)
    return taken


def _held_words(run: Run, held: Spans) -> set[int]:
    """Return the places of the words of a run that belong to a name."""
    if not held.touch(run.start, run.end):
        return set()
    return {index for index, word in enumerate(run.words) if held.touch(word.start, word.end)}


def _is_cut(ws: Sequence[Word], naming: Naming) -> bool:
    """Say whether a listed name is only a part of this one: Public + Security Bureau, Independent + Human Rights ..."""
    before = next((w for w in reversed(ws) if w.end <= naming.start), None)
    after = next((w for w in ws if w.start >= naming.end), None)
    ordinary = before is not None and before.capital and is_common(before.key) and before.key not in words("titles")
    return ordinary and after is None and not before.possessive if before else False


def _is_first_name(word: Word) -> bool:
    return is_given(word.key) or word.initial


def _is_chinese(text: str) -> bool:
    """Say whether a field is mostly Chinese: there a bare acronym is seldom a body (BNO, DNS, GFW)."""
    return 2 * len(_HAN.findall(text)) > len(text) / 4


def _of_treaty(run: Run, index: int) -> bool:
    """Say whether an acronym is the name of a treaty or a law: the INF Treaty."""
    return index + 1 < len(run.words) and run.words[index + 1].key in _TREATIES


def _shouted(run: Run, index: int) -> bool:
    """Say whether a word in capitals is an ordinary word, or one of a line in capitals."""
    word = run.words[index]
    neighbours = [w for w in run.words[max(0, index - 1) : index + 2] if w is not word]
    if any(w.text.isupper() and len(w.text) > 3 for w in neighbours) and len(word.text) > 3:
        return True
    before = run.words[:index]
    if before and len(word.text) > 3 and (_is_first_name(before[-1]) or any(w.key in words("titles") for w in before)):
        return True
    return word.text.isalpha() and is_common(word.key) and len(word.text) > 3
