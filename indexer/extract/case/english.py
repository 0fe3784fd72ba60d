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
from typing import Literal

from indexer.extract.case.english_patient import Patients
from indexer.extract.case.english_people import Actor, actors_in, people_in
from indexer.extract.case.english_words import (
    ADJECTIVE,
    DENIED_AFTER,
    HEDGED_TO,
    NOMINAL,
    OPENING,
    PARTICIPLE_TAIL,
    TRIGGER,
    TRIGGERS,
    UNREAL_BEFORE,
)
from indexer.extract.case.scene import Event, Memory, Named, Scene

Modality = Literal["stated", "reported", "claimed"]

#: Words that tell of terms, before the names to which they belong.
_SENTENCING = re.compile(r"\b(?:sentenced|jailed|imprisoned|(?:prison|jail) (?:terms|sentences))\b")


def english_events(scene: Scene, memory: Memory) -> list[Event]:
    """Return what ``scene`` says happened, in order, and bring ``memory`` up to date with the people in it."""
    sentence = scene.words
    told = any(TRIGGER.finditer(scene.anchors, scene.start, scene.end)) or OPENING.match(sentence) is not None
    if not told and not scene.persons:
        memory.unnamed, memory.unnamed_scene = [], None
        return []
    actors = actors_in(sentence, scene) if told else people_in(sentence, scene)
    reading = _Reading(scene, sentence, actors, memory)
    events = reading.continued() or reading.with_terms([e for e in reading.events() if e is not None] if told else [])
    _remember(scene, actors, events, memory)
    return events


def _remember(scene: Scene, actors: Sequence[Actor], events: Sequence[Event], memory: Memory) -> None:
    named = [event for event in events if event.persons]
    groups = [a for a in actors if a.kind == "group"]
    for group in groups:
        if len(group.ids) > 1:
            memory.remember(group.ids, scene)
    free = [g for g in groups if not g.embedded]
    if named:
        memory.remember(named[-1].persons, scene)
    elif len({g.ids for g in free}) == 1:
        memory.remember(free[0].ids, scene)
    elif groups:  # "X stayed and Y left": a pronoun may now mean either
        memory.one, memory.one_scene = (), None
    memory.unnamed = [event for event in events if not event.persons]
    memory.unnamed_scene = scene if memory.unnamed else None


class _Reading:
    """One sentence being read from left to right."""

    def __init__(self, scene: Scene, sentence: str, actors: Sequence[Actor], memory: Memory) -> None:
        self._scene = scene
        self._sentence = sentence
        self._actors = actors
        self._memory = memory
        self._done: list[tuple[int, Event]] = []
        self._patients = Patients(scene, sentence, actors, memory, self._done)

    def events(self) -> Iterator[Event | None]:
        """Yield what happened, in the order of the words, None where words of a case tell of none."""
        opening = OPENING.match(self._sentence)
        words = self._sentence[: opening.end()].lower() + self._sentence[opening.end() :] if opening else self._sentence
        for match in TRIGGERS.finditer(words):
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
            r"\W*(?:(?:These|Those|The|Among (?:them|these|those))(?: [\w-]+){0,4} (?:include[sd]?|were|are)"
            r"|They (?:include[sd]?|are|were))\b",
            self._sentence,
        )
        listed = re.fullmatch(r"\(.*\)?\.?\)?", self._sentence.strip())
        if not (named or listed) or TRIGGERS.search(self._sentence):
            return []
        stop = re.search(r"\b(?:at the|who|which|while|for)\b", self._sentence)
        limit = stop.start() if stop and named else len(self._sentence)
        ids = tuple(dict.fromkeys(i for a in self._actors if a.kind == "group" and a.start < limit for i in a.ids))
        last = opened[-1]
        return [Event(last.status, last.words, last.start, last.end, ids, last.modality, scene)] if ids else []

    def with_terms(self, events: Sequence[Event]) -> list[Event]:
        """Add the people of a sentence whose terms stand in brackets behind their names: "X (six years), Y (two)".

        What the sentence says of them together is then told of each alone.
        """
        verb = _SENTENCING.search(self._sentence)
        theirs = [
            p for p in self._scene.persons if verb and self._term_of(p) and p.start - self._scene.start > verb.end()
        ]
        if verb is None or len(theirs) < 2:
            return list(events)
        ids = {person.id for person in theirs}
        others = [e for e in events if e.status not in ("sentenced", "convicted") or not ids & set(e.persons)]
        told = [Event("sentenced", verb.group(), p.start, p.end, (p.id,), self._modality(verb, None)) for p in theirs]
        return sorted((*others, *told), key=lambda event: event.start)

    def _term_of(self, person: Named) -> bool:
        """Say whether a penalty stands in brackets right behind a name."""
        return any(
            re.fullmatch(r" ?\((?:aged )?(?:\d{1,2}, )?", self._scene.text[person.end : penalty.start])
            for penalty in self._scene.penalties
            if 0 < penalty.start - person.end < 14
        )

    # -- one event

    def _event(self, match: re.Match[str]) -> Event | None:
        status, words = match.lastgroup or "", match.group()
        before = self._sentence[max(0, match.start() - 90) : match.start()]
        hedged = HEDGED_TO.search(before)
        if hedged and re.search(r"\b(?:not|never|n[’']t)\s*\Z", before[: hedged.start()]):
            return None
        if not hedged and (UNREAL_BEFORE.search(before) or DENIED_AFTER.match(self._sentence, match.end())):
            return None
        if not self._fits(status, match):
            return None
        persons, origin = self._patients.of(match, status)
        if persons is None:
            return None
        if (
            not persons
            and origin is None
            and status in ("sentenced", "released", "tried")
            and not self._patients.passive(match)
            and not (match.group() in ("sentenced", "jailed") and self._penalty_near(match))
        ):
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
            word != "trial"
            and ADJECTIVE.search(self._sentence[: match.start()])
            and re.match(r" [\w’'-]", after)
            and not PARTICIPLE_TAIL.match(after)
        ):
            return False  # "several detained lawyers", "and detained activist X died"
        if status == "sentenced" and not word.startswith(("sentenc", "condemned")):
            jailed = word in ("jailed", "imprisoned") and re.match(r" (?:[^.;]{0,40}?)?(?:for|over|on)\b", after)
            return self._penalty_near(match) or bool(jailed and self._patients.passive(match))
        if status == "charged" and word.startswith("accus"):
            return bool(re.match(r"[^.;]{0,80}? of\b", after)) and self._charge_near(match, reach=160)
        if status == "charged" and re.match(
            r" with (?:an? |the )?(?:task|job|duty|duties|responsib|mandate|mission|role|\w+ing\b)", after
        ):
            return self._charge_near(match, reach=60)
        if status == "charged" and word == "charged":
            return bool(
                re.match(r"(?:[^.;]{0,90}? (?:with|under|over|in connection)\b|[,.;]|$| (?:in|on|by|as|at) )", after)
            )
        if word in NOMINAL or status == "upheld":
            return self._nominal(match)
        if word.endswith("trial") and re.match(r" of\b", after):
            return bool(
                re.match(
                    r" of [^.;]{0,90}? (?:opened|began|begins?|started|starts?|took place|was held|resumed"
                    r"|concluded|ended)\b",
                    after,
                )
            )
        if word == "on trial":
            return bool(re.search(r"\b(?:is|are|was|were|went|go|going|put|been) \Z", self._sentence[: match.start()]))
        return True

    def _nominal(self, match: re.Match[str]) -> bool:
        after = self._sentence[match.end() :]
        before = self._sentence[: match.start()]
        if (
            re.match(r" (?:of|against|,)", after)
            or re.search(r"[’']s?\b", match.group())
            or re.search(r"[’']s?(?: [\w“”\"-]+){0,3} \Z", before)
        ):
            return True
        reach = 170 if "trial" in match.group() else 80
        return bool(re.match(rf"[^.;]{{0,{reach}}}?, (?:such as|including)\b", after))

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
        if status in ("awaiting", "pleaded"):
            return "charged"
        if status == "upheld":
            return "convicted" if "conviction" in match.group() else "sentenced"
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
            r"\b(?:reportedly|reports? (?:say|said|that|indicate)|is reported|was reported|it (?:is"
            r"|was) reported|apparently|unconfirmed)\b",
            clause,
            re.I,
        ):
            return "reported"
        if re.search(
            r"\b(?:officials?|police|authorities|government|state media|he|she|they|family|families|lawyers?"
            r"|wife|husband|sources?|relatives?|spokes\w+|"
            r"group|network|organi[sz]ation|[A-Z]\w+) (?:say|says|said|claim(?:s|ed)?|told|alleg(?:e|es|ed)"
            r"|announced|stated|added)\b"
            r"|\b(?:say|says|said|claims?|claimed|told [\w ]{2,30}|fears?|feared|suspects?|believes?) that\b"
            r"|\baccording to\b|\ballegedly\b|\bpurportedly\b|\bclaim(?:s|ed|ing) (?:that )?\b",
            head + self._sentence[match.end() :][-90:] if low == 0 else clause,
        ):
            return "claimed"
        return "stated"
