"""The values that the reading of cases passes on: a sentence with what is named in it, and what it says happened.

Offsets count in the document's text unless a name says otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar

from indexer.extract.anchored import Anchored, Anchors
from indexer.extract.annotated import AnnotatedText
from indexer.extract.penalty import Penalty, find_penalties
from indexer.extract.stretches import Stretches
from indexer.fold import Folded
from indexer.model import STATUSES, DateMention, Document, Entity

#: How far along the way of a case each status is; the furthest of one sentence names the case.
STAGE = {status: stage for stage, status in enumerate(STATUSES)}
#: A case that ended, and one that began: never folded into one row.
APART = frozenset({"released", "died_in_custody", "bailed", "acquitted"})


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of an entity."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence (``start:end`` of ``text``) and what is named in it, each in order.

    ``whole`` is the folded text, ``anchors`` those of the text.  ``chinese``: a third of the sentence, or more, is Han.
    """

    text: str
    start: int
    end: int
    paragraph: int
    whole: Folded
    anchors: Anchors
    persons: tuple[Named, ...] = ()
    charges: tuple[Named, ...] = ()
    dates: tuple[DateMention, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    chinese: bool = False

    @property
    def words(self) -> str:
        """The sentence itself."""
        return self.text[self.start : self.end]

    @property
    def folded(self) -> Folded:
        """The sentence folded; offsets count from its beginning."""
        return self.whole.part(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Event:
    """What one sentence says happened.  ``persons`` is empty where it happened to people the text does not name.

    ``origin`` is the earlier sentence in which the persons stand, None when they stand in this one.
    """

    status: str
    words: str
    start: int
    end: int
    persons: tuple[str, ...]
    modality: Literal["stated", "reported", "claimed"] = "stated"
    origin: Scene | None = None

    @property
    def plea(self) -> bool:
        """Whether the persons themselves admit what they are charged with."""
        return _PLEA.match(self.words) is not None


@dataclass(slots=True)
class Memory:
    """What later sentences may refer back to: the last person, the last group, and where they were named.

    ``told`` are all people of whom the last sentence of a case tells something, in a list or one by one.
    """

    one: tuple[str, ...] = ()
    one_scene: Scene | None = None
    many: tuple[str, ...] = ()
    many_scene: Scene | None = None
    told: tuple[str, ...] = ()
    told_scene: Scene | None = None
    unnamed: list[Event] = field(default_factory=list)
    unnamed_scene: Scene | None = None

    def remember(self, persons: tuple[str, ...], scene: Scene) -> None:
        """Take ``persons`` for those of whom the text speaks now."""
        if len(persons) == 1:
            self.one, self.one_scene = persons, scene
        elif persons:
            self.many, self.many_scene = persons, scene
            self.one, self.one_scene = (), None


_PLEA = re.compile("(?:pleaded|pled) guilty|承[认認]|[认認]罪")
_HAN = re.compile("[\u3400-\u9fff]+")
#: Parts of words without which no sentence tells of a case; literals, so that others are passed over quickly.
_STEMS = (
    "rrest|etain|etention|ustody|harg|onvict|entence|ailed|mprison|anded|rial|tried|ccus|ndict|rosecut|eleased|reed"
    "|cquitted|isappear|issing|ummon|uilty|bail|urveillance|RSDL|given|gave|receiv|got|serving|emand|left prison"
    "|out of prison|cleared|pleaded|pled|upheld|reinstated|confirmed"
    "|判|获刑|獲刑|领刑|領刑|捕|拘|控|诉|訴|押|释|釋|狱|獄|囚|罪|失踪|失蹤|失联|失聯|监|監|传唤|傳喚|传讯|傳訊|带走|帶走|候审|候審|受审|受審"
    "|认罪|認罪|承认|承認|开庭|開庭|开审|開審|过堂|過堂|看守所|交保|具保|保释|保釋|被抓|抓获|抓獲|徒刑|应讯|應訊|提堂|自由|扣查|扣留"
)
_STEM = Anchored(re.compile(_STEMS), _STEMS.split("|"))


def scenes(
    document: Document, annotated: AnnotatedText, entities: Sequence[Entity], dates: Sequence[DateMention]
) -> Iterator[Scene]:
    """Yield the sentences that may tell of a case, or name the people of whom a later one tells, in order.

    Penalties are read only where a sentence has words of a case.
    """
    text = annotated.text
    quiet = Stretches(document.quiet)
    persons, charges = _mentions(entities, "person", quiet), _mentions(entities, "charge", quiet)
    told = _Ordered(dates)
    if not persons:
        return
    paragraph, last = 0, 0
    stems = [stem.start() for stem in _STEM.finditer(annotated.anchors)]
    for start, end in annotated.sentences:
        paragraph += "\n" in text[last:start]
        last = end
        here = persons.between(start, end)
        telling = bisect_left(stems, start) < bisect_left(stems, end)
        if (here or telling) and quiet.covered(start, end) * 2 <= end - start:
            yield Scene(
                text, start, end, paragraph, annotated.folded, annotated.anchors, here, charges.between(start, end),
                told.between(start, end),
                tuple(find_penalties(annotated, start, end)) if telling else (),
                sum(map(len, _HAN.findall(text, start, end))) * 3 >= end - start,
            )  # fmt: skip


class _Starting(Protocol):
    @property
    def start(self) -> int: ...


_S = TypeVar("_S", bound=_Starting)


class _Ordered(Generic[_S]):
    """Things in the order of the text, to be had stretch by stretch."""

    def __init__(self, things: Sequence[_S]) -> None:
        self._things = things
        self._starts = [thing.start for thing in things]

    def __bool__(self) -> bool:
        return bool(self._things)

    def between(self, start: int, end: int) -> tuple[_S, ...]:
        """Return what begins at ``start`` or later and before ``end``."""
        return tuple(self._things[bisect_left(self._starts, start) : bisect_left(self._starts, end)])


def _mentions(entities: Sequence[Entity], kind: str, quiet: Stretches) -> _Ordered[Named]:
    found = [
        Named(entity.id, mention.start, mention.end)
        for entity in entities
        if entity.kind == kind
        for mention in entity.mentions
        if mention.field == "text" and not quiet.touch(mention.start, mention.end)
    ]
    return _Ordered(sorted(found, key=lambda named: (named.start, -named.end)))
