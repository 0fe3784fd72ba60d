"""Who stands in an English sentence: people by name, lists of them, pronouns, and people without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.extract.case.scene import Named, Scene

#: Between the members of a list of people: a connector and words of title or role.
_LIST_GAP = re.compile(
    r"\s*(?:[)\]”\"]|\([^()]{0,40}\))?(?:, (?:aged )?\d{1,3}(?=,| and\b))?"
    r"\s*(?:,?\s*(?:and|&|or|as well as|together with|along with)\s+"
    r"|[,;、/]\s*|[–—]\s*)"
    r"(?:(?:his|her|their|co-)\s?(?:wife|husband|sons?|daughters?|brothers?|sisters?|mother|father"
    r"|colleagues?|assistants?|friends?|defendants?),?\s+)?"
    r"(?P<titles>(?:[\w’'./&-]+ ){0,6})[“\"(]?\Z"
)
_SAME_GAP = re.compile(r"\s*[(（,]\s*\Z")
#: Words that no title or role holds: a verb, a preposition or a pronoun stands between two people.
_NO_TITLE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|had|has|have|who|whom|whose|which|that|in|on|at|by|for|with|from|to"
    r"|after|before|when|while|"
    r"told|said|met|visited|urged|of|as|than|where|then|also|did|does|will|would|could|their|the case"
    r"|against|because|including|"
    r"charged|detained|arrested|released|sentenced|convicted|accused|jailed|tried|handed|police|authorities"
    r"|court|prosecutors)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:of|in|by|to|from|with|for|at|on|against|under|about|into|between|among|via|through|like"
    r"|representing|defending|visiting|"
    r"told|met|visited|saw|urged|called|represented|defended|supported|supporting|contacted|replaced"
    r"|succeeded|thanked|quoted|criticised|"
    r"criticized|asked|informed|than|including)"
    r"(?: (?!(?:and|or|who|which|that|was|were|is|are|has|had|have)\b)[\w’'./&-]+){0,5}\s*[“\"(]?\Z",
    re.IGNORECASE,
)
_TIME = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:19|20)\d\d"
    r"|spring|summer|autumn|winter|morning|afternoon|evening|night|days?|weeks?|months?|years?)"
)
_OF_TIME = (
    r"(?:the|a|that|this|early|late|mid|last|next|following|same|previous|end|beginning|of|and|\d{1,2}(?:st|nd|rd|th)?)"
)
#: When something happened: "In December X was arrested" does not put X into a phrase of "in".
_WHEN = re.compile(
    rf"\b(?:[Ii]n|[Oo]n|[Bb]y|[Ss]ince|[Dd]uring|[Aa]fter|[Aa]t)(?:[ -](?:{_OF_TIME}|{_TIME}))*[ -]{_TIME}(?= )"
)
_POSSESSIVE = re.compile(r"\s*(?:\([^()]{0,40}\))?[’']s?\b|[’'](?=\s)")
_ROLE_NOUN = (
    r"(?:police|authorit(?:y|ies)|officials?|officers?|courts?|prosecutors?|governments?|judges?|lawyers?"
    r"|attorneys?|activists?|defenders?|"
    r"protest[eo]rs?|journalists?|reporters?|people|persons?|members?|wife|husband|mother|father|parents"
    r"|sons?|daughters?|sisters?|brothers?|"
    r"child(?:ren)?|relatives?|famil(?:y|ies)|friends?|supporters?|colleagues?|students?|workers?|citizens?"
    r"|residents?|detainees?|"
    r"prisoners?|individuals?|defendants?|suspects?|men|women|man|woman|teenagers?|groups?|organi[sz]ations?"
    r"|part(?:y|ies)|cases?|"
    r"hearings?|someone|anyone|others|many|several|dozens|hundreds|thousands|spokes\w+|editors?|authors?"
    r"|participants?|staff|"
    r"employees?|teachers?|professors?|scholars?|leaders?|owners?|company|companies|websites?|newspapers?"
    r"|pastors?|priests?|monks?|nuns?|"
    r"believers?|christians|uyghurs|uighurs|tibetans|petitioners?|dissidents?|politicians?|lawmakers?"
    r"|legislators?|candidates?|bloggers?|"
    r"writers?|artists?|founders?|directors?|it|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve)(?= (?:of|others?|more)\b)|associates?|team|crew|aides?)"
)
_GENERIC = re.compile(rf"\b{_ROLE_NOUN}\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:(?P<one>he|she|him|her(?= (?:to|a|an|on|for|in|of|with|into|under|and|at|from|by|after|before|\d"
    r"|three|two|life|guilty)\b|[.,;]|\Z)|himself|herself)"
    r"|(?P<many>they|them|both(?: (?:men|women|of them))?|the (?:pair|couple|duo|trio|quartet)"
    r"|the (?:two|three|four|five|six)(?: (?:men|women"
    r"|activists|lawyers|defenders|defendants|friends|students|journalists))?))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who may be the subject or object of a verb; offsets in the sentence.

    ``ids`` is empty for people without a name.  ``embedded``: stands there by a preposition or as a possessor.
    """

    start: int
    end: int
    kind: Literal["group", "one", "many", "generic", "who"]
    ids: tuple[str, ...] = ()
    embedded: bool = False
    last: tuple[str, ...] = ()
    possessor: bool = False


def people_in(sentence: str, scene: Scene) -> list[Actor]:
    """Return the people whom a sentence names, those of one list together, in order."""
    return list(_groups(sentence, scene))


def actors_in(sentence: str, scene: Scene) -> list[Actor]:
    """Return whoever may be the subject or object of a verb: people by name, by pronoun and without a name."""
    groups = people_in(sentence, scene)
    taken = [(g.start, g.end) for g in groups]
    people: list[Actor] = list(groups)
    for match in _PRONOUN.finditer(sentence):
        if not _covered(match.start(), taken):
            people.append(Actor(match.start(), match.end(), "one" if match["one"] else "many"))
            taken.append(match.span())
    for match in re.finditer(r"\b(?:who|whom)\b", sentence):
        people.append(Actor(match.start(), match.end(), "who"))
    for match in _GENERIC.finditer(sentence):
        if _covered(match.start(), taken) or _is_title(sentence, match.end(), groups):
            continue
        embedded = _PREPOSITION.search(sentence, max(0, match.start() - 60), match.start()) is not None
        people.append(Actor(match.start(), match.end(), "generic", embedded=embedded))
    return sorted(people, key=lambda a: a.start)


def _covered(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _is_title(sentence: str, end: int, groups: Sequence[Actor]) -> bool:
    """Say whether a role noun is a title of the person right after it: "pastor X", "activist and lawyer X"."""
    after = next((g.start for g in groups if g.start >= end), None)
    if after is None or after - end > 60:
        return False
    gap = sentence[end:after]
    return re.fullmatch(
        r"(?:,? ?(?:and|/) ?| |-|,)?(?:[\w’'./&-]+ ?){0,5}[“\"(]?,? ?", gap
    ) is not None and not _NO_TITLE.search(gap)


def _groups(sentence: str, scene: Scene) -> Iterator[Actor]:
    """Yield the people named in a sentence, those of one list together."""
    members: list[Named] = []
    for person in scene.persons:
        if members:
            gap = sentence[members[-1].end - scene.start : person.start - scene.start]
            listed = _LIST_GAP.match(gap)
            same = person.id == members[-1].id and _SAME_GAP.match(gap)
            if not same and not (listed and not _NO_TITLE.search(listed["titles"])):
                yield _group(sentence, scene, members)
                members = []
        members.append(person)
    if members:
        yield _group(sentence, scene, members)


def _group(sentence: str, scene: Scene, members: Sequence[Named]) -> Actor:
    start, end = members[0].start - scene.start, members[-1].end - scene.start
    ids = tuple(dict.fromkeys(m.id for m in members))
    lead = _WHEN.sub(lambda when: "," * len(when.group()), sentence[max(0, start - 80) : start])
    before = _PREPOSITION.search(lead)
    possessor = _POSSESSIVE.match(sentence, end) is not None
    return Actor(start, end, "group", ids, before is not None or possessor, (members[-1].id,), possessor)
