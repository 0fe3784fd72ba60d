"""What does one sentence make of a case: which charges, penalty, date and authority belong to what happened?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from indexer.extract.case.chains import chains
from indexer.extract.case.scene import STAGE, Event, Named, Scene
from indexer.extract.penalty import Penalty
from indexer.model import DateMention


@dataclass(frozen=True, slots=True)
class Draft:
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


def drafts(scene: Scene, events: Sequence[Event]) -> Iterator[Draft]:
    """Yield the cases of one sentence: events of the same people folded into the furthest of them."""
    owner = partial(_in_clause, scene, events=events) if scene.chinese else partial(_owner, events=events)
    for chain in chains(scene, events, owner):
        # Who is acquitted is then set free: the acquittal is what the case came to.
        main = max(chain, key=lambda e: (e.status == "acquitted", STAGE[e.status]))
        origins = tuple(e.origin for e in chain if e.origin is not None)
        charges = [
            c.id for c in scene.charges if owner(c) in chain and _theirs(scene, c, owner(c)) and not _changed(scene, c)
        ]
        continued = all(event.start < scene.start for event in chain)
        if continued:  # told in full by the sentence before: "They include X and Y"
            charges = [c.id for origin in origins for c in origin.charges]
        nearest = [(d, _nearest(scene, d, events)) for d in scene.dates]
        dates = [d for d, event in nearest if event in chain and (_same_stage(event, main) or _of_the_news(d))]
        # "The court sentenced them on 5 May: X to two years": the date of people without a name is theirs.
        dates = dates or [d for d, event in nearest if not event.persons and event.status == main.status]
        penalties = [p for p in scene.penalties if _owner(p, events) in chain] if _may_have_penalty(main) else []
        persons = main.persons
        if not scene.chinese:
            penalties = [p for p in penalties if _own_clause(scene, p, main)]
            persons = _subject(scene, main) if penalties else persons
        apart = _told_apart(scene, persons, charges)
        draft = Draft(
            main, scene, persons, () if apart else tuple(dict.fromkeys(charges)), None, _date(scene, main, dates),
            _authority(origins[0] if continued and origins else scene, main), main.origin is not None,
            tuple(dict.fromkeys((*origins, scene))),
        )  # fmt: skip
        paired = apart and len(persons) == len(charges) and _in_pairs(scene, persons)
        theirs = zip(persons, charges, strict=True) if paired else ()
        each = [replace(draft, persons=(p,), charges=(c,)) for p, c in theirs]
        for number, one in enumerate(each or [draft]):
            yield from _with_penalties(one, [penalties[number]] if each and len(penalties) == len(each) else penalties)


def _told_apart(scene: Scene, persons: Sequence[str], charges: Sequence[str]) -> bool:
    """Say whether a sentence gives several people different charges: "X, Y and Z were variously charged with A and B".

    Where it does not say whose is whose, nobody is given any.
    """
    if len(persons) < 2 or len(set(charges)) < 2:
        return False
    named = [charge for charge in scene.charges if charge.id in charges]
    if not scene.chinese:
        return _EACH_THEIR_OWN.search(scene.text, named[-1].end, scene.end) is not None
    low = max(scene.start, named[0].start - 14)
    return _EACH_THEIR_OWN.search(scene.text, low, named[0].start) is not None


def _in_pairs(scene: Scene, persons: Sequence[str]) -> bool:
    """Say whether a list of people goes straight over into what each is charged with: "X和Y分别被控A和B"."""
    last = max((p.end for p in scene.persons if p.id in persons), default=scene.start)
    return not scene.chinese or _EACH_THEIR_OWN.match(scene.text, last) is not None


def _owner(named: Named | Penalty, events: Sequence[Event]) -> Event:
    """Return the event that a charge or penalty belongs to: the last one before it, else the first."""
    before = [event for event in events if event.start <= named.start]
    return before[-1] if before else events[0]


def _own_clause(scene: Scene, penalty: Penalty, event: Event) -> bool:
    """Say whether a penalty is told in the clause of an English event: a stranger's penalty must never be theirs.

    "A was jailed for four years, while his wife B received two": nobody else is named between penalty and event, and
    no clause ends between a penalty and an event behind it.
    """
    low, high = sorted((penalty.start, event.start))
    if any(low < person.start < high and person.id not in event.persons for person in scene.persons):
        return False
    return penalty.start >= event.start or _CLAUSE_ENDS.search(scene.text, penalty.end, event.start) is None


def _subject(scene: Scene, event: Event) -> tuple[str, ...]:
    """Return whom an English event with a penalty tells of: one of its people if just that one stands before it.

    "Both were tried; A received 14 years and B 12": the 14 years are A's alone.
    """
    before = [person for person in scene.persons if person.end <= event.start and person.id in event.persons]
    if len(event.persons) < 2 or not before or not _STRAIGHT_TO.fullmatch(scene.text, before[-1].end, event.start):
        return event.persons
    last = before[-1]
    listed = len(before) > 1 and _LISTED.fullmatch(scene.text, before[-2].end, last.start)
    return event.persons if listed else (last.id,)


def _in_clause(scene: Scene, named: Named | Penalty | DateMention, events: Sequence[Event]) -> Event:
    """Return the event in whose clause something stands, or the nearest: a Chinese charge or date stands before."""

    def distance(event: Event) -> tuple[bool, int, int]:
        low, high = sorted((named.start, event.start))
        # What somebody admits stands behind the plea.
        other = event.plea and isinstance(named, Named) and named.start < event.start and len(events) > 1
        return other, len(_COMMA.findall(scene.text, low, high)), high - low

    return min(events, key=distance)


def _theirs(scene: Scene, charge: Named, event: Event) -> bool:
    """Say whether nobody else is named between a charge and the event: "held X, who defended Y against charges"."""
    low, high = sorted((charge.start, event.start))
    if _DROPPED.match(scene.text, charge.end, scene.end) or (not scene.chinese and ";" in scene.text[low:high]):
        return False
    if event.plea and _DENIED.search(scene.text, low, high):
        return False
    if event.persons and (_of_one_alone(scene, charge, event) or _of_the_next(scene, charge, event)):
        return False
    return all(p.id in event.persons for p in scene.persons if low < p.start < high) or not event.persons


def _of_one_alone(scene: Scene, charge: Named, event: Event) -> bool:
    """Say whether the clause of a charge names only some of the people of an event: "X also for arson"."""
    low = max((m.end() for m in _COMMA.finditer(scene.text, scene.start, charge.start)), default=scene.start)
    if low <= event.start:
        return False
    here = {person.id for person in scene.persons if low <= person.start < charge.start}
    return bool(here) and here < set(event.persons)


def _of_the_next(scene: Scene, charge: Named, event: Event) -> bool:
    """Say whether a Chinese charge describes somebody named behind it: 被以颠覆罪重判的律师X."""
    person = next((p for p in scene.persons if p.start >= charge.end), None)
    return (
        scene.chinese
        and person is not None
        and person.id not in event.persons
        and _ATTRIBUTE.fullmatch(scene.text, charge.end, person.start) is not None
    )


def _changed(scene: Scene, charge: Named) -> bool:
    """Say whether the sentence says that another charge took this one's place."""
    later = next((c for c in scene.charges if c.start >= charge.end and c.id != charge.id), None)
    return later is not None and _TO_ANOTHER.search(scene.text, charge.end, later.start) is not None


def _same_stage(event: Event, main: Event) -> bool:
    """Say whether the date of one event may date another: both before the trial, or both of it."""
    trial = STAGE["tried"]
    return (STAGE[event.status] < trial) == (STAGE[main.status] < trial)


def _of_the_news(date: DateMention) -> bool:
    """Say whether a date is the day of the report (今日): then it is that of the last thing told."""
    return date.reason == "published" and date.text.startswith(("今", "昨"))


def _nearest(scene: Scene, date: DateMention, events: Sequence[Event]) -> Event:
    if scene.chinese:
        return _in_clause(scene, date, events)

    def distance(event: Event) -> tuple[int, int, int]:
        low, high = sorted((date.start, event.start))
        gap = date.start - event.end if date.start >= event.end else event.start - date.end
        return scene.text.count(";", low, high), len(_COMMA.findall(scene.text, low, high)), gap

    return min(events, key=distance)


def _may_have_penalty(event: Event) -> bool:
    return event.status in ("sentenced", "convicted", "administratively_detained")


def _date(scene: Scene, event: Event, dates: Sequence[DateMention]) -> str | None:
    """Return the date nearest to the event, rather after it than before, and in its own clause."""
    low = event.end + len(_HELD) if scene.text.startswith(_HELD, event.end) else event.end
    dates = [d for d in dates if d.start < low or not _NEXT_CLAUSE.search(scene.text, low, d.start)]
    dates = [d for d in dates if ";" not in scene.text[min(d.start, event.start) : max(d.start, event.start)]]
    if scene.chinese:
        dates = [d for d in dates if not _of_the_deed(scene, event, d)]
    else:
        dates = [d for d in dates if not _of_another_thing(scene, d)]
    if not dates or _DAY_COUNT.match(scene.text, event.end):
        return None

    def distance(date: DateMention) -> int:
        gap = date.start - event.end if date.start >= event.end else (event.start - date.end) * 2
        if scene.chinese:
            gap = abs(date.start - event.start) + (30 if date.start > event.start else 0)
        between = scene.text[min(event.end, date.end) : max(event.start, date.start)]
        since = re.search(
            r"\b(?:since|until|by|born|after|before)\s*\Z", scene.text[max(0, date.start - 8) : date.start]
        )
        return gap + (80 if re.search(r"[;:]", between) else 0) + (40 if since else 0)

    return min(dates, key=distance).date


def _of_another_thing(scene: Scene, date: DateMention) -> bool:
    """Say whether a date in an English sentence only tells a thing from others, or when something will end."""
    before = scene.text[max(scene.start, date.start - 8) : date.start]
    if re.search(r"\b(?:until|till) \Z", before):
        return True
    # "during the 2013 protest", "her 2011 sentence"; but "in the 2013 trial of X"
    thing = re.search(r"\b(?:the|an?|his|her|their) \Z", before) and date.precision == "year"
    return bool(thing and re.match(r" (?!trial\b|hearing\b)[a-z]", scene.text[date.end : date.end + 12]))


def _of_the_deed(scene: Scene, event: Event, date: DateMention) -> bool:
    """Say whether a date in a Chinese sentence is that of what was done, not of arrest, charge or trial."""
    if _of_the_news(date) and date.end <= event.start:
        return False
    if date.start >= event.end:  # 被控在…日组织集会; a later clause
        return event.status == "charged" or _COMMA.search(scene.text, event.end, date.start) is not None
    if _INCIDENT.match(scene.text, date.end, event.start):
        return True
    if _DESCRIBING.match(scene.text, date.end, event.start):
        return True
    if _YEARS_AGO.search(scene.text, max(scene.start, date.start - 12), date.start):
        return True
    charge = next((c for c in scene.charges if date.end <= c.start < event.start), None)
    if charge is None:
        return False
    between = scene.text[date.end : charge.start]  # 2019年8月18日组织及参与非法集结，判囚…
    return len(between) <= 6 and not re.search(r"[因以涉控被犯就]", between)


#: Between a plea and a charge: that charge is not admitted.
_DENIED = re.compile(r"否[认認]|不[认認]|\bnot guilty|\bden(?:ied|ies|ying)\b")
#: A date that names what happened: 2016年年初二旺角衝突，
_INCIDENT = re.compile(
    r"[^，,。；]{0,14}(?:衝突|冲突|事件|案|運動|运动|示威|集會|集会|遊行|游行|活動|活动|騷亂|骚乱|慘案|惨案)[，,]"
)
#: 2022年被捕的X，: the date of what only describes somebody.
_DESCRIBING = re.compile(r"[^，,。；]{1,30}的[^，,。；的]{1,14}[，,]")
#: 两年前发生的七月…: the year is not that of the text.
_YEARS_AGO = re.compile(r"年前[^，,。]{0,6}\Z")
#: "今天是X被拘留第681天": the day that is counted, not the day of the event.
_DAY_COUNT = re.compile(r"(?:了|的)?第?\s*\d+\s*[天日]")
_TO_ANOTHER = re.compile(
    r"\b(?:changed|amended|downgraded|reduced|upgraded|altered|switched|replaced)\b|改为|改為|改控|改以|变更"
    r"|變更|改判"
)
#: After a charge: it was given up.
_DROPPED = re.compile(
    r"[”\"’]?,? (?:charges? )?(?:against \w+ )?(?:was|were|been|be|being) (?:later |since |then )?(?:dropped"
    r"|withdrawn|quashed|dismissed)"
)
_COMMA = re.compile("[，,；;、]")
#: Between a penalty and an event behind it: another clause begins.
_CLAUSE_ENDS = re.compile(r"[,;:]\s|\b(?:while|whereas|and|but|who)\b")
#: Between a name and the verb that tells of that person: nothing but the verb's own words.
_STRAIGHT_TO = re.compile(
    r"['’]?s? ?(?:\([^)]{1,40}\) ?)?(?:(?:was|were|had|has|have|been|also|later|then|each|both) ?)*"
)
#: Between two names that share a verb.
_LISTED = re.compile(r"(?:\s?\([^)]{1,40}\)|[)”\"])?,?(?: and| &|,)? (?:[a-z]+ ){0,4}")
#: What a trial does in its own clause.
_HELD = " was held"
#: Between an event and a date behind it: the date tells of something else.
_NEXT_CLAUSE = re.compile(
    r",? (?:is|was|were|are|has|had) (?:seen|shown|held|pictured|due|expected|\w+ing)\b|\b(?:said|told|wrote)\b"
    r"| and (?:an?|the|his|her|their) (?:[\w-]+ ){0,3}(?:began|started|opened|followed)\b"
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
    r"(?:人民法院|法院|裁判署|法庭|檢察院|检察院|公安局|公安分局|公安廳|公安厅|公安部|公安|警方|國安處|国安处"
    r"|律政司|派出所|國保|国保|警察|廉署|地檢署|地检署)"
)


def _chinese_authority(scene: Scene, event: Event) -> str | None:
    low = max(scene.start, *(scene.text.rfind(comma, scene.start, event.start) for comma in "，,；"))
    found = list(_AUTHORITY_ZH.finditer(scene.text, low, event.start))
    return found[-1].group() if found else None


def _bare(words: str) -> str:
    return re.sub(r"\A(?:[Aa]n?|[Tt]he) ", "", words).strip()


def _with_penalties(draft: Draft, penalties: Sequence[Penalty]) -> Iterator[Draft]:
    """Give each person the penalty that is theirs ("respectively"), or all of them the one penalty.

    Where each has their own and one of them is not named, nobody gets any.
    """
    sentenced = replace(draft, event=_sentenced(draft.event)) if penalties else draft
    if len(penalties) == len(draft.persons) > 1:
        for person, penalty in zip(draft.persons, penalties, strict=True):
            yield replace(sentenced, persons=(person,), penalty=penalty)
    elif len(penalties) > 1 and _EACH_THEIR_OWN.search(draft.scene.text, draft.scene.start, draft.scene.end):
        yield sentenced
    elif penalties:
        yield replace(sentenced, penalty=_whole(draft.scene, penalties))
    else:
        yield draft


_ATTRIBUTE = re.compile(r"[^，,。；;：:]{0,12}[的][^，,。；;：:的]{0,14}")
_EACH_THEIR_OWN = re.compile(r"\b(?:respectively|variously)\b|分别|分別|依次|各判")
#: Before the term that several charges come to.
_IN_ALL = re.compile(
    r"(?:决定执行|決定執行|合并执行|合併執行|总刑期|總刑期|合共|\b(?:total|combined|overall|effective)\b)\D{0,24}\Z"
)


def _sentenced(event: Event) -> Event:
    return replace(event, status="sentenced") if event.status == "convicted" else event


def _whole(scene: Scene, penalties: Sequence[Penalty]) -> Penalty:
    """Return the term that several come to where the text says so, else the first, which others only repeat."""
    stated = [p for p in penalties if p.sentence.months or p.sentence.life or p.sentence.death]
    for penalty in stated:
        if _IN_ALL.search(scene.text, max(scene.start, penalty.start - 40), penalty.start):
            return penalty
    return stated[0] if stated else penalties[0]
