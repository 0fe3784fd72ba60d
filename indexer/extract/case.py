"""Who was charged with what, when, with which outcome, and in which words does the document say so?

``find_cases`` reads a document sentence by sentence.  ``case_english`` and ``case_chinese`` say what happened to
whom; this module adds the charges, penalty, date and authority that the same sentence gives, folds what one
sentence says of the same people into one case of the furthest status, and follows a charge into the next sentence
("They were convicted …", basis "coreference").

Conventions where a text is less precise than contract.md's list of statuses (``status_text`` always keeps the
source's own word): an accusation by an authority is "charged"; a remand (還押) and a detention on suspicion of a
crime are "criminally_detained"; a detention of which no more is said is "arrested".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from indexer.authority import Authority
from indexer.extract.case_chinese import chinese_events
from indexer.extract.case_english import english_events
from indexer.extract.event import APART, STAGE, Event, Memory, Named, Scene
from indexer.extract.jurisdiction import Jurisdictions, country_name
from indexer.extract.penalty import Penalty, find_penalties
from indexer.fold import fold
from indexer.model import Case, DateMention, Document, Entity, Sentence, Stretch
from indexer.sentences import sentences


@dataclass(frozen=True, slots=True)
class _Draft:
    """A case in the making: its event, what the sentence adds, and the scenes that are its evidence."""

    event: Event
    scene: Scene
    persons: tuple[str, ...]
    charges: tuple[str, ...] = ()
    penalty: Penalty | None = None
    date: str | None = None
    authority: str | None = None
    coreference: bool = False
    evidence: tuple[Scene, ...] = ()


def find_cases(
    document: Document,
    entities: Sequence[Entity],
    dates: Sequence[DateMention],
    authority: Authority | None = None,
) -> tuple[Case, ...]:
    """Return the cases that ``document`` tells of, in the order of the text.

    ``entities`` are the document's persons, charges and places with their mentions, ``dates`` what ``find_dates``
    gave.  ``authority`` gives the jurisdictions of charges and places; without it only words of the text decide.
    Every evidence stretch is an exact part of ``document.text``.  Nobody who is not named is in a case.
    """
    text = document.text
    memory = Memory()
    drafts: list[_Draft] = []
    for scene in _scenes(document, entities, dates):
        events = chinese_events(scene, memory) if scene.chinese else english_events(scene, memory)
        drafts = _inherited(drafts, list(_drafts(scene, events)))
    where = _Where(text, authority)
    cases = [_case(draft, document, where) for draft in drafts if draft.persons]
    return tuple(_without_repeats(cases))


# ---------------------------------------------------------------- sentences and what is named in them


def _scenes(document: Document, entities: Sequence[Entity], dates: Sequence[DateMention]) -> Iterator[Scene]:
    text = document.text
    persons = _mentions(entities, "person", document.quiet)
    charges = _mentions(entities, "charge", document.quiet)
    paragraph, last = 0, 0
    for start, end in sentences(text):
        paragraph += "\n" in text[last:start]
        last = end
        if sum(max(0, min(end, high) - max(start, low)) for low, high in document.quiet) * 2 > end - start:
            continue
        yield Scene(
            text, start, end, paragraph,
            persons=_between(persons, start, end),
            charges=_between(charges, start, end),
            dates=tuple(d for d in dates[bisect_left(dates, start, key=lambda d: d.start):
                                         bisect_left(dates, end, key=lambda d: d.start)]),
            penalties=tuple(find_penalties(text, start, end)),
        )  # fmt: skip


def _mentions(entities: Sequence[Entity], kind: str, quiet: Sequence[tuple[int, int]]) -> list[Named]:
    found = [
        Named(entity.id, mention.start, mention.end)
        for entity in entities
        if entity.kind == kind
        for mention in entity.mentions
        if mention.field == "text" and not any(low <= mention.start < high for low, high in quiet)
    ]
    return sorted(found, key=lambda named: (named.start, -named.end))


def _between(named: Sequence[Named], start: int, end: int) -> tuple[Named, ...]:
    low = bisect_left(named, start, key=lambda n: n.start)
    high = bisect_left(named, end, key=lambda n: n.start)
    return tuple(named[low:high])


# ---------------------------------------------------------------- one sentence


def _drafts(scene: Scene, events: Sequence[Event]) -> Iterator[_Draft]:
    """Yield the cases of one sentence: events of the same people folded into the furthest of them."""
    chains = _chains(events)
    for chain in chains:
        main = max(chain, key=lambda e: STAGE[e.status])
        origins = tuple(e.origin for e in chain if e.origin is not None)
        owner = partial(_in_clause, scene, events=events) if scene.chinese else partial(_owner, events=events)
        charges = [c.id for c in scene.charges if owner(c) in chain and _theirs(scene, c, owner(c))]
        continued = all(event.start < scene.start for event in chain)
        if continued:  # told in full by the sentence before: "They include X and Y"
            charges = [c.id for origin in origins for c in origin.charges]
        dates = [d for d in scene.dates if _tells_of(_nearest(scene, d, events), main, chain)]
        penalties = [p for p in scene.penalties if _owner(p, events) in chain] if _may_have_penalty(main) else []
        draft = _Draft(
            main, scene, main.persons, tuple(dict.fromkeys(charges)), None, _date(scene, main, dates),
            _authority(origins[0] if continued and origins else scene, main), main.origin is not None,
            tuple(dict.fromkeys((*origins, scene))),
        )  # fmt: skip
        yield from _with_penalties(draft, penalties)


def _owner(named: Named | Penalty, events: Sequence[Event]) -> Event:
    """Return the event that a charge or penalty belongs to: the last one before it, else the first."""
    before = [event for event in events if event.start <= named.start]
    return before[-1] if before else events[0]


def _in_clause(scene: Scene, named: Named | Penalty | DateMention, events: Sequence[Event]) -> Event:
    """Return the event in whose clause something stands, or the nearest: a Chinese charge or date stands before."""

    def distance(event: Event) -> tuple[int, int]:
        low, high = sorted((named.start, event.start))
        return len(_COMMA.findall(scene.text, low, high)), high - low

    return min(events, key=distance)


def _theirs(scene: Scene, charge: Named, event: Event) -> bool:
    """Say whether nobody else is named between a charge and the event: "held X, who defended Y against charges"."""
    low, high = sorted((charge.start, event.start))
    if _DROPPED.match(scene.text, charge.end, scene.end) or (not scene.chinese and ";" in scene.text[low:high]):
        return False
    return all(p.id in event.persons for p in scene.persons if low < p.start < high) or not event.persons


def _tells_of(event: Event, main: Event, chain: Sequence[Event]) -> bool:
    """Say whether the date of ``event`` may date ``main``: of one chain, and both before the trial or both of it."""
    trial = STAGE["tried"]
    return event in chain and (STAGE[event.status] < trial) == (STAGE[main.status] < trial)


def _nearest(scene: Scene, date: DateMention, events: Sequence[Event]) -> Event:
    if scene.chinese:
        return _in_clause(scene, date, events)

    def distance(event: Event) -> tuple[int, int]:
        low, high = sorted((date.start, event.start))
        gap = date.start - event.end if date.start >= event.end else event.start - date.end
        return scene.text.count(";", low, high), gap

    return min(events, key=distance)


def _chains(events: Sequence[Event]) -> list[list[Event]]:
    """Group the events of a sentence by the people they happened to; what ends a case stands apart."""
    chains: list[list[Event]] = []
    for event in events:
        for chain in chains:
            same = chain[0].persons == event.persons
            if same and (event.status in APART) == (chain[0].status in APART) and event.persons:
                chain.append(event)
                break
        else:
            chains.append([event])
    return chains


def _may_have_penalty(event: Event) -> bool:
    return event.status in ("sentenced", "convicted", "administratively_detained")


def _date(scene: Scene, event: Event, dates: Sequence[DateMention]) -> str | None:
    """Return the date nearest to the event, rather after it than before, and in its own clause."""
    dates = [d for d in dates if d.start < event.end or not _NEXT_CLAUSE.search(scene.text, event.end, d.start)]
    dates = [d for d in dates if ";" not in scene.text[min(d.start, event.start) : max(d.start, event.start)]]
    if not dates or _DAY_COUNT.match(scene.text, event.end):
        return None

    def distance(date: DateMention) -> int:
        gap = (date.start - event.end) * 1 if date.start >= event.end else (event.start - date.end) * 2
        if scene.chinese:
            gap = abs(date.start - event.start) + (30 if date.start > event.start else 0)
        between = scene.text[min(event.end, date.end) : max(event.start, date.start)]
        since = re.search(
            r"\b(?:since|until|by|born|after|before)\s*\Z", scene.text[max(0, date.start - 8) : date.start]
        )
        return gap + (80 if re.search(r"[;:]", between) else 0) + (40 if since else 0)

    return min(dates, key=distance).date


#: "今天是X被拘留第681天": the day that is counted, not the day of the event.
_DAY_COUNT = re.compile(r"(?:了|的)?第?\s*\d+\s*[天日]")
#: After a charge: it was given up.
_DROPPED = re.compile(
    r"[”\"’]?,? (?:charges? )?(?:against \w+ )?(?:was|were|been|be|being) (?:later |since |then )?(?:dropped|withdrawn|quashed|dismissed)"
)
_COMMA = re.compile("[，,；;、]")
#: Between an event and a date behind it: the date tells of something else.
_NEXT_CLAUSE = re.compile(
    r",? (?:is|was|were|are|has|had) (?:seen|shown|held|pictured|due|expected|\w+ing)\b|\b(?:said|told|wrote)\b"
)
_MONTH = r"(?!January|February|March|April|May|June|July|August|September|October|November|December)"
_AUTHORITY = re.compile(
    rf"\b(?:(?:[Tt]he|[Aa]n?) )?(?:{_MONTH}[A-Z][\w’'-]+(?: (?:of|for|the))* ){{0,5}}?"
    r"(?:(?:high|supreme|district|local|county|city|military|intermediate|criminal|appeals?|regional|border) )*"
    r"(?:[Cc]ourts?|[Tt]ribunal|[Pp]rosecutors?|[Pp]rocuratorate|[Pp]olice|[Pp]ublic [Ss]ecurity [Bb]ureau|[Jj]udges?"
    r"|[Mm]agistrates?|[Aa]uthorities|[Ss]tate [Ss]ecurity|[Nn]ational [Ss]ecurity [Dd]epartment)\b"
    rf"(?: (?:in|of) (?:the )?{_MONTH}[A-Z][\w’'-]+(?:, [A-Z][\w’'-]+)?)?"
)
_BY = re.compile(r"[^.;]{0,140}?\bby ")


def _authority(scene: Scene, event: Event) -> str | None:
    """Return the court, prosecutor or police that acted, as the text calls it."""
    if scene.chinese:
        return _chinese_authority(scene, event)
    by = _BY.match(scene.text, event.end, scene.end)
    agent = _AUTHORITY.match(scene.text, by.end(), scene.end) if by else None
    if agent:
        return _bare(agent.group())
    found = [m for m in _AUTHORITY.finditer(scene.text, scene.start, event.start) if event.start - m.end() < 90]
    return _bare(found[-1].group()) if found else None


_AUTHORITY_ZH = re.compile(
    r"[^\W\d_a-zA-Z，。被由向遭後后月日年經经將将於于在與与及和的來来]{0,16}?"
    r"(?:人民法院|法院|裁判署|法庭|檢察院|检察院|公安局|公安分局|公安廳|公安厅|公安部|公安|警方|國安處|国安处|律政司|派出所|國保|国保|警察|廉署|地檢署|地检署)"
)


def _chinese_authority(scene: Scene, event: Event) -> str | None:
    low = max(scene.start, *(scene.text.rfind(comma, scene.start, event.start) for comma in "，,；"))
    found = list(_AUTHORITY_ZH.finditer(scene.text, low, event.start))
    return found[-1].group() if found else None


def _bare(words: str) -> str:
    return re.sub(r"\A(?:[Aa]n?|[Tt]he) ", "", words).strip()


def _with_penalties(draft: _Draft, penalties: Sequence[Penalty]) -> Iterator[_Draft]:
    """Give each person the penalty that is theirs ("respectively"), or all of them the one penalty."""
    joint = "respectively" in draft.scene.words or re.search(r"分别|分別|依次|各判", draft.scene.words)
    count = len(draft.persons)
    if len(penalties) == count > 1 and (joint or len(penalties) > 1):
        for person, penalty in zip(draft.persons, penalties, strict=True):
            yield replace(draft, persons=(person,), penalty=penalty, event=_sentenced(draft.event))
    elif penalties:
        yield replace(draft, penalty=_whole(penalties), event=_sentenced(draft.event))
    else:
        yield draft


def _sentenced(event: Event) -> Event:
    return replace(event, status="sentenced") if event.status == "convicted" else event


def _whole(penalties: Sequence[Penalty]) -> Penalty:
    """Return the first penalty, which a joint term repeats rather than adds to."""
    return next((p for p in penalties if p.sentence.months or p.sentence.life or p.sentence.death), penalties[0])


# ---------------------------------------------------------------- from sentence to sentence

#: Statuses that tell how the charge of the sentence before went on.
_OUTCOMES = frozenset(("tried", "convicted", "sentenced", "acquitted"))


def _inherited(drafts: list[_Draft], new: list[_Draft]) -> list[_Draft]:
    """Let an outcome without a charge take the charge of the same people in one of the two sentences before.

    The earlier row is then told by the later one, with both sentences as evidence, and is dropped.
    """
    told: set[int] = set()
    added = []
    for draft in new:
        if draft.event.status in _OUTCOMES and not draft.charges and draft.persons:
            for index in range(len(drafts) - 1, max(-1, len(drafts) - 4), -1):
                earlier = drafts[index]
                near = earlier.scene.paragraph == draft.scene.paragraph and draft.scene.start - earlier.scene.end < 400
                before = STAGE[earlier.event.status] < STAGE[draft.event.status] and earlier.event.status not in APART
                if near and before and earlier.charges and set(draft.persons) <= set(earlier.persons):
                    evidence = tuple(dict.fromkeys((*earlier.evidence, *draft.evidence)))
                    draft = replace(
                        draft, charges=earlier.charges, coreference=True, evidence=evidence
                    )  # fmt: skip
                    told.add(index)
                    break
        added.append(draft)
    covered = {person for draft in added for person in draft.persons}
    kept = [d for i, d in enumerate(drafts) if i not in told or not set(d.persons) <= covered]
    return kept + added


# ---------------------------------------------------------------- the finished case


class _Where:
    """Which country a case belongs to: that of its charges, else the one of which the text there speaks."""

    def __init__(self, text: str, authority: Authority | None) -> None:
        self._folded = fold(text)
        self._authority = authority
        matches = authority.find(self._folded, text) if authority is not None else []
        self._jurisdictions = Jurisdictions(self._folded.text, matches, authority or Authority())

    def of(self, draft: _Draft) -> str | None:
        """Return the English name of the jurisdiction, None where neither charge nor text tells."""
        codes = set()
        for charge in draft.charges:
            record = self._authority.get("charge", charge) if self._authority else None
            if record is not None and record.attributes.get("jurisdiction"):
                codes.add(str(record.attributes["jurisdiction"]))
        if len(codes) == 1:
            return country_name(codes.pop(), self._authority)
        spans = [self._in_folded(scene) for scene in reversed(draft.evidence)]
        return country_name(self._jurisdictions.at(spans), self._authority)

    def _in_folded(self, scene: Scene) -> tuple[int, int]:
        starts = self._folded.starts
        if starts is None:
            return scene.start, scene.end
        return bisect_left(starts, scene.start), bisect_left(starts, scene.end)


def _case(draft: _Draft, document: Document, where: _Where) -> Case:
    penalty = draft.penalty
    return Case(
        persons=draft.persons,
        charges=draft.charges,
        status=draft.event.status,
        status_text=draft.event.words,
        sentence=replace(penalty.sentence, text=document.text[penalty.start : penalty.end]) if penalty else None,
        date=draft.date,
        authority=draft.authority,
        jurisdiction=where.of(draft),
        basis="coreference" if draft.coreference else "stated",
        modality=draft.event.modality,
        as_of=document.date,
        evidence=tuple(_stretch(scene) for scene in draft.evidence),
    )


def _stretch(scene: Scene) -> Stretch:
    """Return the sentence as evidence, without the mark of its list."""
    start = scene.start
    mark = re.compile(r"[•·*▪–—\-\s]+|\d{1,2}[.)]\s+").match(scene.text, start, scene.end)
    start = mark.end() if mark and mark.end() < scene.end else start
    return Stretch(start, scene.end, scene.text[start : scene.end])


def _without_repeats(cases: Sequence[Case]) -> list[Case]:
    """Unite rows that say the same of the same people; their evidence adds up.

    A row without charges, date or penalty says the same as a fuller one of that status and those people.
    """
    united: list[Case] = []
    for case in cases:
        for index, old in enumerate(united):
            if _same(old, case):
                united[index] = _joined(old, case)
                break
        else:
            united.append(case)
    return united


def _same(one: Case, other: Case) -> bool:
    if (one.persons, one.status) != (other.persons, other.status):
        return False
    same_charges = not one.charges or not other.charges or set(one.charges) == set(other.charges)
    same_date = (
        one.date is None or other.date is None or one.date.startswith(other.date) or other.date.startswith(one.date)
    )
    terms = [(s.months, s.life, s.death) for s in (one.sentence, other.sentence) if s is not None]
    if not same_charges or not same_date or len(set(terms)) > 1:
        return False
    # Without a common fact two arrests may be two arrests.
    return len(terms) == 2 or bool(one.date) == bool(other.date)


def _detail(sentence: Sentence | None) -> int:
    """Say how much a penalty states, to keep the fuller of two."""
    if sentence is None:
        return 0
    return 1 + sum(
        value is not None for value in (sentence.months, sentence.suspended_months, sentence.political_rights_months)
    )


def _joined(one: Case, other: Case) -> Case:
    full, short = (one, other) if len(one.charges) >= len(other.charges) else (other, one)
    return replace(
        full,
        date=max((d for d in (one.date, other.date) if d), key=len, default=None),
        sentence=max((full.sentence, short.sentence), key=_detail),
        authority=full.authority or short.authority,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )
