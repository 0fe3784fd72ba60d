"""One offence found in a text."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.extract.ids import entity_id
from indexer.fold import fold_text
from indexer.model import Entity


@dataclass(frozen=True, slots=True)
class Offence:
    """An unlisted offence at ``start:end`` of the original text; ``name`` as the text has it, tidied."""

    name: str
    start: int
    end: int
    rule: str
    han: bool = False

    def entity(self) -> Entity:
        """Return the offence as an entity without mentions; its id is the same in both scripts."""
        if not self.han:
            return Entity("charge", entity_id(self.name, None), self.name, {"en": (self.name,)}, False, ())
        script = "zh-Hans" if fold_text(self.name) == self.name else "zh-Hant"
        return Entity("charge", entity_id(None, self.name), self.name, {script: (self.name,)}, False, ())
