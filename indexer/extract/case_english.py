"""What does an English sentence say was done to whom?

Words of arrest, charge, trial and sentence are found first; then the person they were done to is looked for by the
shape of the clause: the object of an active verb ("police detained lawyer X"), the subject of a passive one
("X, a lawyer, was sentenced"), the antecedent of "who", the referent of a pronoun.  A person who stands in the same
sentence by another right (the lawyer of X, X's wife, "told X", "by X") is a bystander.  Whatever stands nearer to
the verb than a person and could itself be its subject or object (police, "three lawyers", "his wife") wins, and the
event then happened to nobody the text names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.extract.event import Event, Memory, Named, Scene

Modality = Literal["stated", "reported", "claimed"]

# ---------------------------------------------------------------- the words of a case

_TRIGGERS = re.compile(
    r"\b(?:"
    r"(?P<died_in_custody>died (?:\w+ ){0,3}?(?:in|while in|under) (?:\w+ )?(?:custody|detention|prison|jail|captivity)"
    r"|death in (?:\w+ )?(?:custody|detention|prison))"
    r"|(?P<acquitted>acquitted|found not guilty|cleared of)"
    r"|(?P<bailed>(?:granted|given|released on|freed on|out on) bail|bailed out|released on (?:\w+ )?bail)"
    r"|(?P<released>(?:released|freed)(?! (?:a|an|the|its|their|his|her|report|statement|study|video|data|figures)\b)"
    r"|(?:left|walked out of|walked free from) (?:prison|jail))"
    r"|(?P<convicted>convicted|found guilty|conviction|found(?= (?!not\b)(?:[\w’'-]+ ){1,4}guilty\b))"
    r"|(?P<awaiting>(?:awaiting|pending|await|awaits) trial)"
    r"|(?P<tried>(?:the |a |secret |closed |closed-door )?trial(?= of\b)|tried(?! to\b| and failed)|(?:stood|stands|standing|went on|gone on|put on|placed on|faced|on) trial)"
    r"|(?P<sentenced>sentenced|sentencing|jailed|imprisoned|handed(?: down)?|meted out|serving|given|giving|gave|receiv(?:ed|ing)|got"
    r"|condemned to death)"
    r"|(?P<administratively_detained>administratively detained|(?:sent to|placed (?:in|under)|put (?:in|under)|given|served with) "
    r"(?:\w+[- ]){0,3}?administrative detention)"
    r"|(?P<residential_surveillance>(?:disappeared|put|placed|held|kept|detained|taken|sent|subjected)(?: [\w’'-]+(?: \([^)]*\))?){0,7}? "
    r"(?:into|in|under|to|at) (?:“|\")?(?:RSDL|residential surveillance))"
    r"|(?P<charged>charged(?! (?:that|for|by|up|particles?)\b)|charging|indicted|prosecuted|accused|accusing|(?:faces?|facing|faced) (?:[\w-]+ ){0,3}?charges?)"
    r"|(?P<criminally_detained>criminally detained|remanded|(?:held|placed|kept|remains?|still) in (?:pre-?trial|police) (?:detention|custody)"
    r"|pre-?trial detention)"
    r"|(?P<arrested>(?:re-?)?arrested|(?:put|placed|taken|held)(?: him| her| them)? under (?:formal )?arrest|arrest)"
    r"|(?P<detained>detained|detaining|taken (?:away|into (?:police )?custody)|took (?:him|her|them) (?:away|into custody)|detention)"
    r"|(?P<disappeared>(?:forcibly |been )?disappeared|went missing|gone missing|(?:enforced )?disappearance)"
    r"|(?P<summoned>summoned)"
    r")\b"
)
_NOMINAL = {"arrest", "detention", "conviction", "disappearance", "enforced disappearance", "pre-trial detention",
            "pretrial detention", "sentencing"}  # fmt: skip
#: Words that say something was never done, is not yet, or is only wished, feared or provided for.
_UNREAL_BEFORE = re.compile(
    r"(?:\bnot|\bnever|n[’']t|\bwithout|\byet|\bno longer|\bno one|\bnobody|\bnone|\bneither|\bif|\bunless|\bwhether|\bcould|\bmay|\bmight"
    r"|\bwould|\bshould|\bmust|\bcan|\bcannot|\bwill|\bshall|\bto|\btoward|\bavoid\w*|\brefus\w+|\bfail\w*|\bdeni\w+|\bthreaten\w*"
    r"|\brisk\w*|\bfear\w*|\bpossible|\bpotential|\bimmediately|\bdemand\w*|\burg\w+|\bcall\w*|\beither|\banyone|\bwhoever|\bthose)"
    r"(?: (?:be|being|been|have|has|had|get|also|all|ever|even|immediately|unconditionally|once|soon|face|it|or|and|formally|be \w+ly|still|of))*\s*\Z",
    re.IGNORECASE,
)
_HEDGED_TO = re.compile(
    r"\b(?:(?P<fear>feared|expected|likely|believed|thought|understood)|(?P<say>reported|said|alleged|rumou?red|presumed|known))"
    r"(?:ly)? to (?:be|have(?: been)?|been)(?: \w+ly)? *\Z",
    re.IGNORECASE,
)
#: Before a participle that is an adjective, and what tells that it is none after all.
_ADJECTIVE = re.compile(
    r"\b(?:several|many|some|the|these|those|all|other|of|for|with|by|against|release|free|three|two|four|five|\d+|a|an|his|her|their|former"
    r"|forced|to|among|including|most|more|fellow)(?: (?:recently|currently|wrongly|unjustly|arbitrarily|already))? \Z",
    re.IGNORECASE,
)
_PARTICIPLE_TAIL = re.compile(
    r" (?:in|on|for|with|by|of|under|since|at|to|during|after|over|from|were|was|are|is|include[sd]?)\b"
)
_DENIED_AFTER = re.compile(r" (?:unless|only if)\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?P<aux>was|were|been|being|is|are|be|am|got|gets)(?: (?:also|both|all|each|later|then|first|finally|once again|again|twice|"
    r"\w+ly|still|now|already|since|reportedly|each|jointly|in \d{4}))*\s*\Z",
    re.IGNORECASE,
)
_HAVE = re.compile(r"\b(?P<aux>has|have|had|having)(?: (?:\w+ly|also|since|now|already|all|both))*\s*\Z", re.IGNORECASE)

# ---------------------------------------------------------------- people in a sentence

#: Between the members of a list of people: a connector and words of title or role.
_LIST_GAP = re.compile(
    r"\s*(?:[)\]”\"]|\([^()]{0,40}\))?\s*(?:,?\s*(?:and|&|or|as well as|together with|along with)\s+|[,;、/]\s*|[–—]\s*)"
    r"(?:(?:his|her|their|co-)\s?(?:wife|husband|sons?|daughters?|brothers?|sisters?|mother|father|colleagues?|assistants?|friends?|defendants?),?\s+)?"
    r"(?P<titles>(?:[\w’'./&-]+ ){0,6})[“\"(]?\Z"
)
_SAME_GAP = re.compile(r"\s*[(（,]\s*\Z")
#: Words that no title or role holds: a verb, a preposition or a pronoun stands between two people.
_NO_TITLE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|had|has|have|who|whom|whose|which|that|in|on|at|by|for|with|from|to|after|before|when|while|"
    r"told|said|met|visited|urged|of|as|than|where|then|also|did|does|will|would|could|their|the case|against|because|including|"
    r"charged|detained|arrested|released|sentenced|convicted|accused|jailed|tried|handed|police|authorities|court|prosecutors)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:of|in|by|to|from|with|for|at|on|against|under|about|into|between|among|via|through|like|representing|defending|visiting|"
    r"told|met|visited|saw|urged|called|represented|defended|supported|supporting|contacted|replaced|succeeded|thanked|quoted|criticised|"
    r"criticized|asked|informed|than|including|and)"
    r"(?: (?!(?:and|or|who|which|that|was|were|is|are|has|had|have)\b)[\w’'./&-]+){0,5}\s*[“\"(]?\Z",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\s*(?:\([^()]{0,40}\))?[’']s?\b|[’'](?=\s)")
_ROLE_NOUN = (
    r"(?:police|authorit(?:y|ies)|officials?|officers?|courts?|prosecutors?|governments?|judges?|lawyers?|attorneys?|activists?|defenders?|"
    r"protest[eo]rs?|journalists?|reporters?|people|persons?|members?|wife|husband|mother|father|parents|sons?|daughters?|sisters?|brothers?|"
    r"child(?:ren)?|relatives?|famil(?:y|ies)|friends?|supporters?|colleagues?|students?|workers?|citizens?|residents?|detainees?|"
    r"prisoners?|individuals?|defendants?|suspects?|men|women|man|woman|teenagers?|groups?|organi[sz]ations?|part(?:y|ies)|cases?|"
    r"hearings?|someone|anyone|others|many|several|dozens|hundreds|thousands|spokes\w+|editors?|authors?|participants?|staff|"
    r"employees?|teachers?|professors?|scholars?|leaders?|owners?|company|companies|websites?|newspapers?|pastors?|priests?|monks?|nuns?|"
    r"believers?|christians|uyghurs|uighurs|tibetans|petitioners?|dissidents?|politicians?|lawmakers?|legislators?|candidates?|bloggers?|"
    r"writers?|artists?|founders?|directors?|it|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?= (?:of|others?|more)\b)|associates?|team|crew|aides?)"
)
_GENERIC = re.compile(rf"\b{_ROLE_NOUN}\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:(?P<one>he|she|him|her(?= (?:to|a|an|on|for|in|of|with|into|under|and|at|from|by|after|before|\d|three|two|life|guilty)\b|[.,;]|\Z)|himself|herself)"
    r"|(?P<many>they|them|both(?: (?:men|women|of them))?|the (?:two|pair|couple|duo)|the two (?:men|women|activists|lawyers|defenders)))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Actor:
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


def english_events(scene: Scene, memory: Memory) -> list[Event]:
    """Return what ``scene`` says happened, in order, and bring ``memory`` up to date with the people in it."""
    sentence = scene.words
    actors = _actors(sentence, scene)
    reading = _Reading(scene, sentence, actors, memory)
    events = reading.continued() or [e for e in reading.events() if e is not None]
    _remember(scene, actors, events, memory)
    return events


def _remember(scene: Scene, actors: Sequence[_Actor], events: Sequence[Event], memory: Memory) -> None:
    named = [event for event in events if event.persons]
    groups = [a for a in actors if a.kind == "group"]
    for group in groups:
        if len(group.ids) > 1:
            memory.remember(group.ids, scene)
    free = [g for g in groups if not g.embedded]
    if named:
        memory.remember(named[-1].persons, scene)
    elif free:
        memory.remember(free[0].ids, scene)
    elif groups:
        memory.one, memory.one_scene = (), None
    memory.unnamed = [event for event in events if not event.persons]
    memory.unnamed_scene = scene if memory.unnamed else None


def _actors(sentence: str, scene: Scene) -> list[_Actor]:
    groups = list(_groups(sentence, scene))
    taken = [(g.start, g.end) for g in groups]
    actors: list[_Actor] = list(groups)
    for match in _PRONOUN.finditer(sentence):
        if not _covered(match.start(), taken):
            actors.append(_Actor(match.start(), match.end(), "one" if match["one"] else "many"))
            taken.append(match.span())
    for match in re.finditer(r"\b(?:who|whom)\b", sentence):
        actors.append(_Actor(match.start(), match.end(), "who"))
    for match in _GENERIC.finditer(sentence):
        if _covered(match.start(), taken) or _is_title(sentence, match.end(), groups):
            continue
        embedded = _PREPOSITION.search(sentence, max(0, match.start() - 60), match.start()) is not None
        actors.append(_Actor(match.start(), match.end(), "generic", embedded=embedded))
    return sorted(actors, key=lambda a: a.start)


def _covered(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _is_title(sentence: str, end: int, groups: Sequence[_Actor]) -> bool:
    """Say whether a role noun is a title of the person right after it: "pastor X", "activist and lawyer X"."""
    after = next((g.start for g in groups if g.start >= end), None)
    if after is None or after - end > 60:
        return False
    gap = sentence[end:after]
    return re.fullmatch(
        r"(?:,? ?(?:and|/) ?| |-|,)?(?:[\w’'./&-]+ ?){0,5}[“\"(]?,? ?", gap
    ) is not None and not _NO_TITLE.search(gap)


def _groups(sentence: str, scene: Scene) -> Iterator[_Actor]:
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


def _group(sentence: str, scene: Scene, members: Sequence[Named]) -> _Actor:
    start, end = members[0].start - scene.start, members[-1].end - scene.start
    ids = tuple(dict.fromkeys(m.id for m in members))
    before = _PREPOSITION.search(sentence, max(0, start - 80), start)
    possessor = _POSSESSIVE.match(sentence, end) is not None
    return _Actor(start, end, "group", ids, before is not None or possessor, (members[-1].id,), possessor)


# ---------------------------------------------------------------- reading one sentence


class _Reading:
    """One sentence being read from left to right."""

    def __init__(self, scene: Scene, sentence: str, actors: Sequence[_Actor], memory: Memory) -> None:
        self._scene = scene
        self._sentence = sentence
        self._actors = actors
        self._memory = memory
        self._done: list[tuple[int, Event]] = []

    def events(self) -> Iterator[Event | None]:
        for match in _TRIGGERS.finditer(self._sentence):
            event = self._event(match)
            if event is not None:
                self._done.append((match.start(), event))
                yield event

    def continued(self) -> list[Event]:
        """Return what the sentence before said of people it did not name, if this one names them and no more.

        "They include lawyer X and two others", "(X, Y, Z.)"
        """
        opened, scene = self._memory.unnamed, self._memory.unnamed_scene
        if not opened or scene is None or self._scene.paragraph - scene.paragraph > 0:
            return []
        named = re.match(
            r"\W*(?:(?:These|Those|The|Among (?:them|these|those))(?: [\w-]+){0,4} (?:include[sd]?|were|are)|They (?:include[sd]?|are|were))\b",
            self._sentence,
        )
        listed = re.fullmatch(r"\(.*\)?\.?\)?", self._sentence.strip())
        if _TRIGGERS.search(self._sentence) or not (named or listed):
            return []
        stop = re.search(r"\b(?:at the|who|which|while|for)\b", self._sentence)
        limit = stop.start() if stop and named else len(self._sentence)
        ids = tuple(dict.fromkeys(i for a in self._actors if a.kind == "group" and a.start < limit for i in a.ids))
        last = opened[-1]
        return [Event(last.status, last.words, last.start, last.end, ids, last.modality, scene)] if ids else []

    # -- one event

    def _event(self, match: re.Match[str]) -> Event | None:
        status, words = match.lastgroup or "", match.group()
        before = self._sentence[max(0, match.start() - 90) : match.start()]
        hedged = _HEDGED_TO.search(before)
        if hedged and re.search(r"\b(?:not|never|n[’']t)\s*\Z", before[: hedged.start()]):
            return None
        if not hedged and (_UNREAL_BEFORE.search(before) or _DENIED_AFTER.match(self._sentence, match.end())):
            return None
        if not self._fits(status, match):
            return None
        persons, origin = self._patient(match, status)
        if persons is None:
            return None
        if not persons and origin is None and status in ("sentenced", "released", "tried") and not self._passive(match):
            return None
        modality = self._modality(match, hedged)
        if hedged:
            words = f"{hedged.group().strip()} {words}"
        start = self._scene.start + match.start()
        end = self._scene.start + match.end()
        return Event(self._status(status, match), words, start, end, persons, modality, origin)

    def _fits(self, status: str, match: re.Match[str]) -> bool:
        """Say whether the words of ``match`` are of a case at all."""
        word = match.group().lower()
        after = self._sentence[match.end() : match.end() + 120]
        if (
            _ADJECTIVE.search(self._sentence[: match.start()])
            and re.match(r" [\w’'-]", after)
            and not _PARTICIPLE_TAIL.match(after)
        ):
            return False  # "several detained lawyers", "and detained activist X died"
        if status == "sentenced" and not word.startswith(("sentenc", "condemned")):
            return self._penalty_near(match)
        if status == "charged" and word.startswith("accus"):
            return bool(re.match(r"[^.;]{0,80}? of\b", after)) and self._charge_near(match, reach=160)
        if status == "charged" and word == "charged":
            return bool(
                re.match(r"(?:[^.;]{0,90}? (?:with|under|over|in connection)\b|[,.;]|$| (?:in|on|by|as|at) )", after)
            )
        if word in _NOMINAL:
            return self._nominal(match)
        if word.endswith("trial") and re.match(r" of\b", after):
            return bool(
                re.match(
                    r" of [^.;]{0,90}? (?:opened|began|begins?|started|starts?|took place|was held|resumed|concluded|ended)\b",
                    after,
                )
            )
        if word == "on trial":
            return bool(re.search(r"\b(?:is|are|was|were|went|go|going|put|been) \Z", self._sentence[: match.start()]))
        return True

    def _nominal(self, match: re.Match[str]) -> bool:
        after = self._sentence[match.end() :]
        before = self._sentence[: match.start()]
        if re.match(r" (?:of|against|,)", after) or re.search(r"[’']s?(?: [\w“”\"-]+){0,3} \Z", before):
            return True
        return bool(re.match(r"[^.;]{0,80}?, (?:such as|including)\b", after))

    def _penalty_near(self, match: re.Match[str]) -> bool:
        low, high = self._scene.start + match.end(), self._scene.start + match.end() + 90
        return any(low - 2 <= p.start <= high for p in self._scene.penalties)

    def _charge_near(self, match: re.Match[str], reach: int) -> bool:
        at = self._scene.start + match.end()
        if any(-reach <= c.start - at <= reach for c in self._scene.charges):
            return True
        return bool(
            re.match(
                r"[^.;]{0,40}? of (?:this|the same|that|these|the) (?:crimes?|charges?|offen[cs]es?)",
                self._sentence[match.end() :],
            )
        )

    def _status(self, status: str, match: re.Match[str]) -> str:
        if status == "awaiting":
            return "charged"
        if status == "detained":
            tail = self._sentence[match.end() : match.end() + 160]
            if re.search(r"\badministrative\w*", self._sentence[max(0, match.start() - 20) : match.end() + 60]):
                return "administratively_detained"
            crime = re.search(r"\b(?:suspicion|charges?|crimes?|accused|offen[cs]es?)\b", tail)
            return "criminally_detained" if crime else "arrested"
        return status

    def _modality(self, match: re.Match[str], hedged: re.Match[str] | None) -> Modality:
        if hedged:
            return "claimed" if hedged["fear"] or hedged["say"] in ("alleged", "rumoured", "rumored") else "reported"
        low = max(self._sentence.rfind(";", 0, match.start()), 0)
        clause = self._sentence[low : match.end() + 200]
        head = self._sentence[low : match.start()]
        if re.search(
            r"\b(?:reportedly|reports? (?:say|said|that|indicate)|is reported|was reported|it (?:is|was) reported|apparently|unconfirmed)\b",
            clause,
            re.I,
        ):
            return "reported"
        if re.search(
            r"\b(?:officials?|police|authorities|government|state media|he|she|they|family|families|lawyers?|wife|husband|sources?|relatives?|spokes\w+|"
            r"group|network|organi[sz]ation|[A-Z]\w+) (?:say|says|said|claim(?:s|ed)?|told|alleg(?:e|es|ed)|announced|stated|added)\b"
            r"|\baccording to\b|\ballegedly\b|\bpurportedly\b|\bclaim(?:s|ed|ing) (?:that )?\b",
            head + self._sentence[match.end() :][-90:] if low == 0 else clause,
        ):
            return "claimed"
        return "stated"

    # -- who

    def _passive(self, match: re.Match[str]) -> bool:
        before = self._sentence[max(0, match.start() - 60) : match.start()]
        return _AUXILIARY.search(before) is not None

    def _patient(self, match: re.Match[str], status: str) -> tuple[tuple[str, ...] | None, Scene | None]:
        """Return the persons it was done to and, where they stand in an earlier sentence, that sentence.

        ``()`` means somebody without a name, None that nothing was done.
        """
        word = match.group().lower()
        if (
            word in _NOMINAL
            or word.startswith("death in")
            or (
                word.endswith("trial")
                and status == "tried"
                and " on" not in word
                and self._sentence.startswith(" of", match.end())
            )
        ):
            return self._of_nominal(match), None
        if not self._passive(match) and not self._intransitive(match, status):
            if self._in_list_of_people(match):
                return None, None
            found = self._object(match, status)
            if found is not None:
                return found
            if not self._reduced(match):
                return (None, None) if status in ("sentenced", "released") else ((), None)
        return self._subject(match)

    def _in_list_of_people(self, match: re.Match[str]) -> bool:
        """Say whether a participle belongs to a name in a list: "lawyer X and detained activist Y"."""
        return any(
            a.kind == "group"
            and not a.possessor
            and re.fullmatch(r"(?: ?\([^)]*\))?,? and ", self._sentence[a.end : match.start()])
            and self._first_after(match.end(), match.end() + 70) is not None
            and not self._done
            for a in self._actors
        )

    def _intransitive(self, match: re.Match[str], status: str) -> bool:
        word = match.group().lower()
        if status in ("died_in_custody", "bailed", "awaiting") or word in ("serving", "went missing", "gone missing"):
            return True
        if word.startswith(
            (
                "receiv",
                "got",
                "left",
                "walked",
                "stood",
                "stands",
                "standing",
                "went",
                "faced",
                "faces",
                "facing",
                "face",
            )
        ):
            return True
        return (
            word == "disappeared"
            and re.match(r" (?:into|in|from|after|on|while|for)\b|[.,]|\Z", self._sentence[match.end() :]) is not None
            and not re.search(r"forcibly \Z", self._sentence[: match.start()])
        )

    def _reduced(self, match: re.Match[str]) -> bool:
        """Say whether a participle stands without its auxiliary: "X, detained in June, …", "was held and charged"."""
        before = self._sentence[: match.start()]
        if re.search(
            r"(?:[,(–—]|\band|\bor|\bthen|\blater|\bsubsequently|\bonce|\bwhen|\bafter being|\bbefore being)\s*(?:\w+ly )?\Z",
            before,
        ):
            return True
        return bool(
            re.match(
                r" (?:in|on|for|with|by|of|under|since|at|to|during|after|over|from)\b", self._sentence[match.end() :]
            )
        ) and any(a.kind == "group" and match.start() - a.end in (1, 2) for a in self._actors)

    def _object(self, match: re.Match[str], status: str) -> tuple[tuple[str, ...], Scene | None] | None:
        """Return the object of an active verb, None where there is none."""
        end = match.end()
        window = end + 70
        if status == "sentenced" and match.group().lower().startswith(("handed", "gave", "giving", "given", "meted")):
            # "handed down a two-year sentence to lawyer X": the penalty stands between.
            for penalty in self._scene.penalties:
                if 0 <= penalty.start - self._scene.start - end <= 60:
                    to = re.compile(r"[^.;,]{0,40}? to ").match(self._sentence, penalty.end - self._scene.start)
                    direct = self._first_after(end, penalty.start - self._scene.start)
                    if direct is not None:
                        return self._resolved(direct, match)
                    if to:
                        end, window = to.end(), to.end() + 70
        actor = self._first_after(end, window)
        return self._resolved(actor, match) if actor is not None else None

    def _first_after(self, end: int, limit: int) -> _Actor | None:
        """Return the first actor after ``end`` with only words of title between."""
        for actor in self._actors:
            if actor.start < end or actor.start > limit:
                continue
            gap = self._sentence[end : actor.start]
            if re.search(
                r"[,.;:()–—]|\b(?:in|on|at|by|for|with|of|under|from|since|after|before|to|while|when|as|and|because|who|that)\b",
                gap,
            ):
                return None
            return actor
        return None

    def _resolved(self, actor: _Actor, match: re.Match[str]) -> tuple[tuple[str, ...], Scene | None]:
        if actor.kind == "group":
            return (() if actor.possessor else self._agreeing_object(actor)), None
        if actor.kind in ("one", "many"):
            return self._pronoun(actor)
        return self._examples(actor), None

    def _agreeing_object(self, actor: _Actor) -> tuple[str, ...]:
        """Drop the last of a list that is the subject of the next clause: "police held X, and Y fled"."""
        after = self._sentence[actor.end : actor.end + 30]
        finite = re.match(
            r"\s*(?:\([^)]*\)\s*)?(?:was|were|is|are|has|had|have|said|told|fled|left|went|did|will|would|remains?|[a-z]+ed)\b",
            after,
        )
        tail = self._sentence[actor.start : actor.end]
        if finite and len(actor.ids) == 2 and re.search(r", (?:and|while|but) ", tail):
            return actor.ids[:-1]
        return actor.ids

    def _examples(self, actor: _Actor) -> tuple[str, ...]:
        """Return the people named as members of an unnamed group: "several lawyers, including X and Y"."""
        for group in self._actors:
            if group.kind == "group" and group.start >= actor.end:
                gap = self._sentence[actor.end : group.start]
                if re.fullmatch(
                    r"[^.;]{0,140}?,? (?:including|such as|among them|notably|namely) (?:[\w’'./&-]+ ){0,5}[“\"(]?", gap
                ):
                    return group.ids
                return ()
        return ()

    def _of_nominal(self, match: re.Match[str]) -> tuple[str, ...] | None:
        """Return the people of "the arrest of X", "X's conviction"; None where nobody is named."""
        before = self._sentence[: match.start()]
        if re.search(r"\b(?:house|citizen[’']?s) \Z", before):
            return None
        if re.search(
            r"\b(?:if|avoid|risk|risks|fear|fears|feared|threat|threats|facing|faces|potential|possible|prevent|without|against|end|no)\b[^,.;]{0,25}\Z",
            before,
        ):
            return None
        for actor in self._actors:
            if actor.kind == "group" and actor.possessor and 0 <= match.start() - actor.end <= 45:
                gap = self._sentence[actor.end : match.start()]
                if re.fullmatch(r"[’']s?(?: [\w“”\"-]+){0,4} ", gap):
                    return actor.ids
            if actor.kind == "group" and actor.start >= match.end():
                gap = self._sentence[match.end() : actor.start]
                if re.fullmatch(
                    r" (?:of|against) (?:[\w’'./&-]+,? ){0,8}?(?:such as |including )?(?:[\w’'./&-]+,? ){0,4}[“\"(]?",
                    gap,
                ) and not re.search(
                    r"\b(?:lawyer for|lawyers for|wife of|husband of|son of|daughter of|mother of|father of|supporters of|relatives of|by)\b",
                    gap,
                ):
                    return actor.ids
                if re.fullmatch(r"[^.;]{0,170}?, (?:such as|including) (?:[\w’'./&-]+ ){0,5}[“\"(]?", gap):
                    return actor.ids
                return None
        return None

    def _subject(self, match: re.Match[str]) -> tuple[tuple[str, ...] | None, Scene | None]:
        start = match.start()
        before = self._sentence[max(0, start - 60) : start]
        auxiliary = _AUXILIARY.search(before) or _HAVE.search(before)
        inverted = re.match(r" (?:was|were|is|are|include[sd]?) ", self._sentence[match.end() :])
        if inverted:  # "Among those detained were X and Y"
            actor = self._first_after(match.end() + inverted.end(), match.end() + inverted.end() + 80)
            return (actor.ids, None) if actor and actor.kind == "group" else (None, None)
        limit = self._previous_event(start)
        actor = self._nearest_before(start, limit)
        if actor is None:
            return self._elliptic(match, limit)
        if actor.kind == "who":
            return self._antecedent(actor), None
        if actor.kind in ("one", "many"):
            return self._pronoun(actor)
        if actor.kind == "generic":
            return self._examples_after(match), None
        singular = auxiliary is not None and auxiliary["aux"].lower() in ("was", "is", "has")
        if singular and len(actor.ids) > 1:
            return actor.last, None
        return actor.ids, None

    def _examples_after(self, match: re.Match[str]) -> tuple[str, ...]:
        return self._examples(_Actor(match.start(), match.end(), "generic"))

    def _previous_event(self, start: int) -> int:
        return max((at for at, _ in self._done if at < start), default=-1)

    def _nearest_before(self, start: int, limit: int) -> _Actor | None:
        """Return the actor nearest before a verb that can be its subject, not going back beyond ``limit``."""
        for actor in reversed([a for a in self._actors if limit < a.start and a.end <= start]):
            if actor.kind == "who" and not re.search(r"[.;:]", self._sentence[actor.end : start]):
                return actor
            if actor.embedded or self._in_parentheses(actor, start) or self._in_relative_clause(actor, start):
                continue
            if self._in_apposition(actor, start):
                continue
            return actor
        return None

    def _in_apposition(self, actor: _Actor, start: int) -> bool:
        """Say whether a role noun only describes the person before it: "X, a blogger from Hue, was arrested"."""
        if actor.kind != "generic" or "," not in self._sentence[actor.end : start]:
            return False
        named = [a for a in self._actors if a.kind == "group" and a.end <= actor.start]
        return (
            bool(named)
            and re.fullmatch(
                r"(?: ?\([^()]*\))?,? (?:an?|the|one of|former|then|now|co-|himself|herself|also)\b[^;.]*",
                self._sentence[named[-1].end : actor.start],
            )
            is not None
        )

    def _in_relative_clause(self, actor: _Actor, start: int) -> bool:
        """Say whether people without a name belong to a clause between a person and the verb: "X, who ran a site, was"."""
        if actor.kind != "generic" or not any(a.kind == "who" and a.end <= actor.start for a in self._actors):
            return False
        gap = self._sentence[actor.end : start]
        return "," in gap or re.match(r" (?:says?|said|claim(?:s|ed)?|believes?|believed|alleged?s?) ", gap) is not None

    def _in_parentheses(self, actor: _Actor, start: int) -> bool:
        opened = self._sentence.rfind("(", 0, actor.start)
        return (
            opened >= 0
            and self._sentence.rfind(")", opened, actor.start) < 0
            and ")" in self._sentence[actor.end : start]
        )

    def _elliptic(self, match: re.Match[str], limit: int) -> tuple[tuple[str, ...] | None, Scene | None]:
        """Return the persons of the event before ("X was held and later charged"), or the subject that follows."""
        if limit >= 0:
            event = self._done[-1][1]
            return event.persons, event.origin
        opening = re.match(
            r"\W*(?:After|Before|Since|While|When|Once|Having|Despite|Following|Arrested|Detained|Convicted|Sentenced|Charged|First)\b",
            self._sentence,
        )
        if opening and match.start() < 60:
            comma = self._sentence.find(",", match.end())
            actor = next((a for a in self._actors if comma >= 0 and a.start > comma and not a.embedded), None)
            if actor and actor.kind == "group" and actor.start - comma < 60:
                return actor.ids, None
            if actor and actor.kind in ("one", "many") and actor.start - comma < 20:
                return self._pronoun(actor)
        return None, None

    def _antecedent(self, who: _Actor) -> tuple[str, ...]:
        """Return the people before "who": the nearest, however they stand in their clause."""
        for actor in reversed([a for a in self._actors if a.end <= who.start]):
            gap = self._sentence[actor.end : who.start]
            if (
                actor.kind == "group"
                and re.fullmatch(r"\s*(?:\([^()]*\)?|\))?,?[^.;:“”]{0,70}", gap)
                and not actor.possessor
            ):
                plural = re.match(r" (?:were|are|have)\b", self._sentence[who.end :])
                apposition = re.search(r"\w", gap)
                return actor.ids if plural or apposition or not re.search(r", and|,", gap) else actor.last
            if actor.kind == "generic" and re.fullmatch(r"[\s,]*(?:\w+ )?", gap):
                return ()
        return ()

    def _pronoun(self, actor: _Actor) -> tuple[tuple[str, ...], Scene | None]:
        earlier = [a for a in self._actors if a.kind == "group" and a.end <= actor.start]
        if actor.kind == "many":
            lists = [a for a in earlier if len(a.ids) > 1]
            if lists:
                return lists[-1].ids, None
            return self._recalled_group(actor)
        who = [a for a in self._actors if a.kind == "who" and a.end <= actor.start]
        if who:
            antecedent = self._antecedent(who[-1])
            if len(antecedent) == 1:
                return antecedent, None
        if self._done and len(self._done[-1][1].persons) == 1:
            return self._done[-1][1].persons, self._done[-1][1].origin
        distinct = tuple(dict.fromkeys(i for a in earlier for i in a.ids))
        if len(distinct) == 1:
            return distinct, None
        free = [a for a in earlier if not a.embedded]
        if distinct:
            return (free[0].ids, None) if len(free) == 1 and len(free[0].ids) == 1 else ((), None)
        memory = self._memory
        if memory.one and memory.one_scene and memory.one_scene.paragraph == self._scene.paragraph:
            return memory.one, memory.one_scene
        return (), None

    def _recalled_group(self, actor: _Actor) -> tuple[tuple[str, ...], Scene | None]:
        memory = self._memory
        words = self._sentence[actor.start : actor.end].lower()
        pair_only = (
            not words.startswith("the")
            and words not in ("they", "them")
            or "two" in words
            or "pair" in words
            or "couple" in words
        )
        if memory.many and memory.many_scene and (not pair_only or len(memory.many) == 2):
            distance = self._scene.paragraph - memory.many_scene.paragraph
            if distance == 0 or (distance == 1 and pair_only):
                return memory.many, memory.many_scene
        return (), None
