"""Whom does a word mean that names nobody: "who", "he", "they", "the two", "several lawyers, including"?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extract.case.english_people import Actor
from indexer.extract.case.scene import Event, Memory, Scene

#: How many people a word means.
_COUNTED = {"trio": 3, "three": 3, "quartet": 4, "four": 4, "five": 5, "six": 6}


class References:
    """Follows words of one sentence to the people they mean, in it or in the sentences before.

    ``done`` holds the events found so far in the sentence and where they begin; its owner appends to it.
    """

    def __init__(
        self, scene: Scene, sentence: str, actors: Sequence[Actor], memory: Memory, done: Sequence[tuple[int, Event]]
    ) -> None:
        self._scene = scene
        self._sentence = sentence
        self._actors = actors
        self._memory = memory
        self._done = done

    def antecedent(self, who: Actor) -> tuple[str, ...]:
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

    def pronoun(self, actor: Actor) -> tuple[tuple[str, ...], Scene | None]:
        earlier = [a for a in self._actors if a.kind == "group" and a.end <= actor.start]
        if actor.kind == "many":
            lists = [a for a in earlier if len(a.ids) > 1]
            if lists:
                return lists[-1].ids, None
            return self._recalled_group(actor)
        who = [a for a in self._actors if a.kind == "who" and a.end <= actor.start]
        if who:
            antecedent = self.antecedent(who[-1])
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

    def examples(self, actor: Actor) -> tuple[str, ...]:
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

    def _recalled_group(self, actor: Actor) -> tuple[tuple[str, ...], Scene | None]:
        memory = self._memory
        words = self._sentence[actor.start : actor.end].lower()
        count = next((n for word, n in _COUNTED.items() if word in words), 0 if words in ("they", "them") else 2)
        if memory.many and memory.many_scene and count in (0, len(memory.many)):
            distance = self._scene.paragraph - memory.many_scene.paragraph
            if distance == 0 or (distance == 1 and count):
                return memory.many, memory.many_scene
        return (), None
