"""Whom does an English verb of arrest, charge or sentence concern: the object, the subject, an antecedent?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from indexer.extract.case.english_people import Actor
from indexer.extract.case.english_reference import References
from indexer.extract.case.english_words import AUXILIARY, HAVE, NOMINAL, OPENING
from indexer.extract.case.scene import Event, Memory, Scene

#: A clause that interrupts another, up to somebody named in it, and its end: only the verb's own words follow.
_ASIDE_BEGINS = re.compile(
    r",\s*(?:whose|who|whom|which|where|when|after|before|while|including|along with|together with|like|unlike)\b"
    r"[^,;.]*\Z"
)
_ASIDE_ENDS = re.compile(
    r",\s*(?:(?:was|were|is|are|has|had|have|been|being|also|later|then|since|reportedly|allegedly|himself|herself"
    r"|\w+ly)\s+)*\Z"
)

#: Two titles of one person: "writer and rights activist X"; not "two men and freed activist X".
_TWO_TITLES = re.compile(r" and (?=(?:(?!\w+ed\b)[a-z’'-]+ ){1,3}\Z)")

#: Before "trial": whose it is, where no name says so.
_OF_PRONOUN = re.compile(r"\b(?:his|her|(?P<their>their))(?: [\w-]+){0,2} \Z", re.IGNORECASE)


class Patients:
    """Finds, in one sentence, the people to whom something was done.

    ``done`` holds the events found so far in the sentence and where they begin; its owner appends to it.
    """

    def __init__(
        self, scene: Scene, sentence: str, actors: Sequence[Actor], memory: Memory, done: list[tuple[int, Event]]
    ) -> None:
        self._scene = scene
        self._sentence = sentence
        self._actors = actors
        self._done = done
        self._references = References(scene, sentence, actors, memory, done)

    def passive(self, match: re.Match[str]) -> bool:
        before = self._sentence[max(0, match.start() - 60) : match.start()]
        return AUXILIARY.search(before) is not None

    def of(self, match: re.Match[str], status: str) -> tuple[tuple[str, ...] | None, Scene | None]:
        """Return the persons it was done to and, where they stand in an earlier sentence, that sentence.

        ``()`` means somebody without a name, None that nothing was done.
        """
        word = match.group().lower()
        of = self._sentence.startswith(" of", match.end())
        trial = status == "tried" and word.endswith("trial") and (word == "trial" or of) and " on" not in word
        if word in NOMINAL or status == "upheld" or word.startswith("death in") or trial:
            pronoun = _OF_PRONOUN.search(self._sentence, 0, match.start()) if trial else None
            if pronoun is not None:  # "her trial began"
                kind: Literal["one", "many"] = "many" if pronoun["their"] else "one"
                return self._references.pronoun(Actor(pronoun.start(), match.start(), kind))
            return self._of_nominal(match), None
        if not self.passive(match) and not self._intransitive(match, status):
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
        if status in ("died_in_custody", "bailed", "awaiting", "pleaded") or word in (
            "serving",
            "went missing",
            "gone missing",
        ):
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
        if OPENING.match(self._sentence) and not re.search(r"\w", before):
            return True
        if re.search(
            r"(?:[,(–—]|\band|\bor|\bthen|\blater|\bsubsequently|\bonce|\bwhen|\bafter being"
            r"|\bbefore being)\s*(?:\w+ly )?\Z",
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
        if status == "sentenced":
            # "handed down a two-year sentence to lawyer X": the penalty stands between.
            for penalty in self._scene.penalties:
                if 0 <= penalty.start - self._scene.start - end <= 60:
                    to = re.compile(r"[^.;,]{0,40}? to ").match(self._sentence, penalty.end - self._scene.start)
                    direct = self._first_after(end, penalty.start - self._scene.start)
                    if direct is not None:
                        return self._resolved(direct, match)
                    behind = self._first_after(penalty.end - self._scene.start, penalty.end - self._scene.start + 70)
                    if behind is not None and not to:  # "sentenced to two years lawyer X"
                        return self._resolved(behind, match)
                    if to:
                        end, window = to.end(), to.end() + 70
        actor = self._first_after(end, window)
        return self._resolved(actor, match) if actor is not None else None

    def _first_after(self, end: int, limit: int) -> Actor | None:
        """Return the first actor after ``end`` with only words of title between."""
        for actor in self._actors:
            if actor.start < end or actor.start > limit:
                continue
            gap = _TWO_TITLES.sub(" ", self._sentence[end : actor.start])
            if re.search(
                r"[,.;:()–—]|\b(?:in|on|at|by|for|with|of|under|from|since|after|before|to|while|when|as|and"
                r"|because|who|that)\b",
                gap,
            ):
                return None
            return actor
        return None

    def _resolved(self, actor: Actor, match: re.Match[str]) -> tuple[tuple[str, ...], Scene | None]:
        if actor.kind == "group":
            return (() if actor.possessor else self._agreeing_object(actor)), None
        if actor.kind in ("one", "many"):
            return self._references.pronoun(actor)
        return self._references.examples(actor), None

    def _agreeing_object(self, actor: Actor) -> tuple[str, ...]:
        """Drop the last of a list that is the subject of the next clause: "police held X, and Y fled"."""
        after = self._sentence[actor.end : actor.end + 30]
        finite = re.match(
            r"\s*(?:\([^)]*\)\s*)?(?:was|were|is|are|has|had|have|said|told|fled|left|went|did|will|would"
            r"|remains?|[a-z]+ed)\b",
            after,
        )
        tail = self._sentence[actor.start : actor.end]
        if finite and len(actor.ids) == 2 and re.search(r", (?:and|while|but) ", tail):
            return actor.ids[:-1]
        return actor.ids

    def _of_nominal(self, match: re.Match[str]) -> tuple[str, ...] | None:
        """Return the people of "the arrest of X", "X's conviction"; None where nobody is named."""
        before = self._sentence[: match.start()]
        if re.search(r"\b(?:house|citizen[’']?s) \Z", before):
            return None
        if re.search(
            r"\b(?:if|avoid|risk|risks|fear|fears|feared|threat|threats|facing|faces|potential|possible"
            r"|prevent|without|against|end|no)\b[^,.;]{0,25}\Z",
            before,
        ):
            return None
        for actor in self._actors:
            if actor.kind == "group" and actor.possessor and match.start() < actor.start < match.end():
                return actor.ids  # "upheld X's sentence"
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
                    r"\b(?:lawyer for|lawyers for|wife of|husband of|son of|daughter of|mother of|father of"
                    r"|supporters of|relatives of|by)\b",
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
        auxiliary = AUXILIARY.search(before) or HAVE.search(before)
        inverted = re.match(r" (?:was|were|is|are|include[sd]?) ", self._sentence[match.end() :])
        if inverted:  # "Among those detained were X and Y"
            actor = self._first_after(match.end() + inverted.end(), match.end() + inverted.end() + 80)
            return (actor.ids, None) if actor and actor.kind == "group" else (None, None)
        limit = self._previous_event(start)
        actor = self._nearest_before(start, limit)
        if actor is None:
            return self._elliptic(match, limit)
        if actor.kind == "who":
            return self._references.antecedent(actor), None
        if actor.kind in ("one", "many"):
            return self._references.pronoun(actor)
        if actor.kind == "generic":
            return self._examples_after(match), None
        singular = auxiliary is not None and auxiliary["aux"].lower() in ("was", "is", "has")
        together = re.search(r"\b(?:along|together|as well)\b", self._sentence[actor.start : actor.end])
        if singular and len(actor.ids) > 1 and not together:
            return actor.last, None
        return actor.ids, None

    def _examples_after(self, match: re.Match[str]) -> tuple[str, ...]:
        return self._references.examples(Actor(match.start(), match.end(), "generic"))

    def _previous_event(self, start: int) -> int:
        return max((at for at, _ in self._done if at < start), default=-1)

    def _nearest_before(self, start: int, limit: int) -> Actor | None:
        """Return the actor nearest before a verb that can be its subject, not going back beyond ``limit``."""
        for actor in reversed([a for a in self._actors if limit < a.start and a.end <= start]):
            if actor.kind == "who" and not re.search(r"[.;:]", self._sentence[actor.end : start]):
                return actor
            if actor.embedded or self._in_parentheses(actor, start) or self._in_relative_clause(actor, start):
                continue
            if self._in_aside(actor, start):
                continue
            if self._in_apposition(actor, start):
                continue
            return actor
        return None

    def _in_apposition(self, actor: Actor, start: int) -> bool:
        """Say whether a role noun only describes the person before it: "X, a blogger from Hue, was arrested"."""
        if actor.kind != "generic" or "," not in self._sentence[actor.end : start]:
            return False
        named = [a for a in self._actors if a.kind == "group" and a.end <= actor.start]
        return (
            bool(named)
            and re.fullmatch(
                r"(?: ?\([^()]*\))?(?:,? (?:an?|the|one of|former|then|now|co-|himself|herself|also)\b[^;.]*"
                r"|, (?:[a-z][a-z-]+ ){0,3})",
                self._sentence[named[-1].end : actor.start],
            )
            is not None
        )

    def _in_relative_clause(self, actor: Actor, start: int) -> bool:
        """Say whether an unnamed actor belongs to a clause between a person and the verb: "X, who ran a site, was"."""
        if actor.kind != "generic" or not any(a.kind == "who" and a.end <= actor.start for a in self._actors):
            return False
        gap = self._sentence[actor.end : start]
        return "," in gap or re.match(r" (?:says?|said|claim(?:s|ed)?|believes?|believed|alleged?s?) ", gap) is not None

    def _in_aside(self, actor: Actor, start: int) -> bool:
        """Say whether somebody stands only between the commas of an aside: "X, whose lawyer Y was struck off, was"."""
        gap = self._sentence[actor.end : start]
        return (
            _ASIDE_BEGINS.search(self._sentence, max(0, actor.start - 90), actor.start) is not None
            and _ASIDE_ENDS.search(gap) is not None
            and any(a.kind == "group" and a.end <= actor.start for a in self._actors)
        )

    def _in_parentheses(self, actor: Actor, start: int) -> bool:
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
            r"\W*(?:After|Before|Since|While|When|Once|Having|Despite|Following|Arrested|Detained|Convicted"
            r"|Sentenced|Charged|First)\b",
            self._sentence,
        )
        if opening and match.start() < 60:
            comma = self._sentence.find(",", match.end())
            actor = next((a for a in self._actors if comma >= 0 and a.start > comma and not a.embedded), None)
            if actor and actor.kind == "group" and actor.start - comma < 60:
                return actor.ids, None
            if actor and actor.kind in ("one", "many") and actor.start - comma < 20:
                return self._references.pronoun(actor)
        return None, None
