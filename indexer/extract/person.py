"""Which persons does a Latin text name that no authority file lists?

Every stretch of capitalised words that can be a name is a candidate.  It is weighed by its shape
(``person_names.worth``) and by what stands around it: titles and offices, verbs of saying, apposition, brackets in
the other script, neighbours in a list.  From ``ENOUGH`` on it is a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.extract.latin import Run, Word, is_common, is_people, is_place
from indexer.extract.lexicon import words
from indexer.extract.organisation import OPENERS
from indexer.extract.person_names import (
    PARTICLES,
    is_double_given,
    is_family_pinyin,
    is_family_roman,
    is_given,
    may_be_in_name,
    syllables,
    worth,
)
from indexer.extract.spans import Spans

#: A candidate of this weight is a person.
ENOUGH = 2.3

_SAYING = (
    "said|says|say|told|tells|stated|states|added|adds|warned|warns|wrote|writes|argued|argues|explained|explains|"
    "noted|notes|testified|tweeted|recalled|recalls|insisted|insists|claimed|claims|believes|believed|thinks|thought|"
    "urged|urges|replied|asked|remarked|commented|comments|admitted|denied|denies|confessed|declared|spoke|speaks|"
    "died|resigned|pleaded|fled|married|was born|who|whose|whom|himself|herself|led|leads|heads|headed|chairs|chaired|"
    "lives|lived|testifies|campaigned|accepted|authored|co-founded|wept|smiled|confirmed|agreed|disagreed"
)
_AFTER_SAYING = re.compile(rf"[ ,\n]+(?:{_SAYING})\b")
_AFTER_VERB = re.compile(r"[ \n](?:was|were|is|has|had|will|would|went|joined|founded|became|began|received|served)\b")
#: What is done to people, in the passive: "was detained", "had been sentenced", "were freed".
_AFTER_FATE = re.compile(
    r"(?:[ \n](?:was|were|is|are|been|being|has|have|had|also|later|then|both|who)){1,4}[ \n]"
    r"(?:detained|arrested|sentenced|jailed|imprisoned|released|freed|charged|convicted|acquitted|tried|indicted|questioned|"
    r"interrogated|beaten|tortured|abducted|kidnapped|disappeared|killed|murdered|executed|summoned|deported|extradited|"
    r"expelled|barred|hospitali[sz]ed|transferred|fled|gone missing|taken away|on hunger strike|in custody)\b"
)
_AFTER_HAN = re.compile(r"[ \n]?[(（][\u3400-\u9fff]")
_AFTER_AGE = re.compile(r"(?:, (?:aged |age )?|[ \n]\()\d\d(?:,|\)| years)")
_AFTER_APPOSITION = re.compile(
    r"(?:,[ \n]| ?\(| [-–—] )"
    r"(?:(?:a|an|the|his|her|its|our|their|one of|formerly|former|late|then|also|currently)[ \n])?"
    r"(?P<words>[^,.;()\n]{3,60})"
)
_AFTER_THING = re.compile(
    r"[ \n](?:region|province|city|county|district|town|village|case|cases|massacre|incident|prize|award|law|laws|"
    r"act|river|lake|islands?|sea|border|area|areas|protests?|movement|regime|administration|dynasty|airport|prison|"
    r"camp|conflict|crisis|war|agreement|accords?|process|peninsula|valley|mountains?|desert|square|strait|canal|"
    r"bridge|road|street|virus|pandemic|outbreak|festival|sanctions|doctrine|scandal|affair|gathering|crackdown|"
    r"genocide|rebels|fighters|militants|militia|people|tribe|community|communities|language|minority|muslims)\b"
)
_BEFORE_WORD = re.compile(r"([A-Za-z][A-Za-z\-]*)[ \n]\(?[\"“‘']?\Z")
_BETWEEN = re.compile(
    r"\s*(?:\([^()\n]{1,24}\))?\s*(?:[,;、]|,?\s?(?:and|or|&)|[,;] (?:and|or)(?: [a-z]+){0,2})\s+\Z|\s*[、，]\s*\Z"
)
_PLACE_PREPOSITIONS = frozenset(["in", "at", "near", "across", "throughout", "outside", "inside", "around", "within"])
_LIST_GAP = 36


#: Letters after a name: Helena Whitlock QC.
_LETTERS_AFTER = frozenset(("qc", "kc", "sc", "obe", "mbe", "cbe", "mp", "mep", "phd", "md", "esq", "sj", "op", "osb"))
#: Kinship before a single word makes no name of it: Mother Nature.
_KIN = frozenset(("saint", "mother", "father", "brother", "sister", "uncle", "aunt", "lady", "lord", "dame"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may name a person.  ``words`` are the words of the name; ``titled`` a title stands before it."""

    words: tuple[Word, ...]
    weight: float
    shape: float
    titled: bool = False

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def _shouted(self) -> bool:
        return all(w.text.isupper() for w in self.words)

    @property
    def name(self) -> str:
        """The name as written, without line breaks; all-capital names in ordinary spelling."""
        written = [w.text for w in self.words]
        written = [w.title() if (w.isupper() and len(w) > 3) or (self._shouted and len(w) > 1) else w for w in written]
        return " ".join(written)


def persons(text: str, runs: Iterable[tuple[Run, set[int]]], headings: Spans | None = None) -> list[Candidate]:
    """Return the persons named in full, and titled single names, in the order of the text.

    ``runs`` come with the places of the words that already belong to an organisation or to a listed name.
    ``headings`` are lines that are written with capitals throughout: there only the shape counts.
    """
    candidates: list[Candidate] = []
    for run, blocked in runs:
        for segment in filter(None, _segments(run.words, blocked)):
            candidate = _candidate(segment)
            if candidate is not None:
                in_heading = headings is not None and headings.touch(candidate.start, candidate.end)
                candidates.append(_weighed(candidate, text, in_heading))
    return [c for c in _with_neighbours(candidates, text) if c.weight >= ENOUGH]


def _segments(ws: Sequence[Word], blocked: set[int]) -> Iterator[list[Word]]:
    """Cut a run at organisations, small words that are no particles, numbers, and possessive endings."""
    segment: list[Word] = []
    for index, word in enumerate(ws):
        particle = not word.capital and word.key in PARTICLES and segment and index + 1 < len(ws)
        if index in blocked or word.text.isdigit() or not (word.capital or (particle and _inside(ws, index, segment))):
            yield segment
            segment = []
            continue
        segment.append(word)
        if word.possessive:
            yield segment
            segment = []
    yield segment


def _inside(ws: Sequence[Word], index: int, segment: Sequence[Word]) -> bool:
    """Say whether a particle stands inside a name: neither "Embassy de" nor "e Cuba"."""
    following = next((w for w in ws[index + 1 :] if w.capital), None)
    if following is None or not may_be_in_name(segment[-1]):
        return False
    return may_be_in_name(following) or (is_given(segment[-1].key) and is_place(following.key))


def _candidate(segment: Sequence[Word]) -> Candidate | None:
    """Return the name inside a segment, without titles before it and ordinary words around it."""
    first, titled = _after_titles(segment)
    begin = first
    shouted = len(segment)
    while shouted and segment[shouted - 1].text.isupper():
        shouted -= 1
    while begin < len(segment) and not _may_begin(segment[begin : begin + 2], begin >= shouted):
        titled = _is_role(segment[begin].key.rstrip("."))
        begin += 1
    name = list(segment[begin:])
    while len(name) > 2 and name[-1].key in _LETTERS_AFTER:
        name.pop()
    while name and not _may_end(name):
        name.pop()
    if not name or len(name) > 6:
        return None
    if len(name) == 1:
        single = name[0]
        kin = titled and segment[first - 1].key in _KIN
        plausible = may_be_in_name(single) and not single.acronym and len(single.key) > 1 and not kin
        return Candidate((single,), 0.0, 0.0, titled) if plausible else None
    shape = worth(name)
    return Candidate(tuple(name), shape, shape, titled) if shape else None


def _after_titles(segment: Sequence[Word]) -> tuple[int, bool]:
    for index in range(len(segment) - 1, -1, -1):
        key = segment[index].key.rstrip(".")
        if _is_role(key) and index + 1 < len(segment) and not (is_given(key) and index + 1 == len(segment)):
            if index and _is_name_word(segment[index - 1]) and is_given(segment[index - 1].key):
                continue
            return index + 1, True
    return 0, False


def _is_name_word(word: Word) -> bool:
    return may_be_in_name(word) and not is_common(word.key)


def _may_begin(name: Sequence[Word], shouted: bool) -> bool:
    """Say whether a name may begin with the first of these words; ``shouted``: all that follow are in capitals."""
    word = name[0]
    key = word.key
    if (word.acronym and not shouted) or not word.capital:
        return False
    if len(name) > 1 and _begins_chinese(name):
        return True
    if key in OPENERS or (key.rstrip(".") in words("titles") and not is_given(key)):
        return False
    if is_given(key):
        return not (len(name) == 1 and (is_common(key) or is_place(key)))
    return may_be_in_name(word)


def _begins_chinese(name: Sequence[Word]) -> bool:
    family, given = name[0].key, name[1].key
    if not (is_family_pinyin(family) or is_family_roman(family)):
        return False
    return bool(syllables(given) or "-" in given) and not is_common(given)


def _may_end(name: Sequence[Word]) -> bool:
    word = name[-1]
    if not word.capital:
        return False
    if len(name) == 1:
        return True
    if word.key == "bill" and not is_given(name[0].key):
        return False  # a draft law
    if len(name) == 2:
        return word.key not in OPENERS and word.key not in words("heads_latin")
    if word.key in ("jr", "sr", "jr.", "sr."):
        return True
    if is_double_given(name[-2].key, word.key):
        return True
    return may_be_in_name(word) or (is_given(name[0].key) and not (is_common(word.key) or is_place(word.key)))


def _weighed(candidate: Candidate, text: str, in_heading: bool) -> Candidate:
    if in_heading:
        return candidate if len(candidate.words) > 1 else replace(candidate, weight=-9.0)
    weight = candidate.shape + _before(candidate, text) + _after(candidate, text)
    if len(candidate.words) == 1 and not candidate.titled and not _role_before(candidate, text):
        weight = -9.0
    return replace(candidate, weight=weight)


def _role_before(candidate: Candidate, text: str) -> str | None:
    match = _BEFORE_WORD.search(text[max(0, candidate.start - 24) : candidate.start])
    word = match.group(1).lower() if match else ""
    singular = word[:-1] if word.endswith("s") and word[:-1] in words("titles") else word
    return word if singular in words("titles") else None


def _before(candidate: Candidate, text: str) -> float:
    if candidate.titled:
        return 2.5
    match = _BEFORE_WORD.search(text[max(0, candidate.start - 24) : candidate.start])
    if not match:
        return 0.0
    word = match.group(1).lower()
    if _role_before(candidate, text):
        return 2.5
    if word in _PLACE_PREPOSITIONS:
        return -1.0
    if word in ("the", "a", "an"):
        return -2.5
    return 0.5 if word in ("by", "against", "including", "named", "called", "accused", "arrested", "sentenced") else 0.0


def _after(candidate: Candidate, text: str) -> float:
    rest = text[candidate.end : candidate.end + 80]
    if rest[:2] in ("’s", "'s"):
        return 0.3
    if _AFTER_HAN.match(rest):
        return 3.0
    if _AFTER_SAYING.match(rest) or _AFTER_AGE.match(rest) or _AFTER_FATE.match(rest):
        return 2.0
    if _AFTER_THING.match(rest):
        return -2.5
    apposition = _AFTER_APPOSITION.match(rest)
    if apposition and any(_is_role(word) for word in apposition.group("words").lower().split()[:6]):
        return 1.8
    return 0.6 if _AFTER_VERB.match(rest) else 0.0


def _is_role(word: str) -> bool:
    return word in words("titles") or (word.endswith("s") and word[:-1] in words("titles"))


def _with_neighbours(candidates: list[Candidate], text: str) -> list[Candidate]:
    """Raise the members of a list of names: three shapes in a row, or one beside a person."""
    chain: list[int] = []
    chains: list[list[int]] = []
    for index, candidate in enumerate(candidates):
        if candidate.weight < 0 and len(candidate.words) == 1:
            continue
        if chain and _adjacent(candidates[chain[-1]], candidate, text):
            chain.append(index)
        else:
            chains.append(chain)
            chain = [index]
    chains.append(chain)
    raised = list(candidates)
    for members in chains:
        if len(members) < 2:
            continue
        full = [i for i in members if len(candidates[i].words) > 1]
        sure = any(candidates[i].weight >= ENOUGH for i in full)
        if sure or len(full) >= 3:
            for i in full:
                raised[i] = replace(candidates[i], weight=candidates[i].weight + 1.4)
    return raised


def _adjacent(left: Candidate, right: Candidate, text: str) -> bool:
    gap = text[left.end : right.start]
    return len(gap) <= _LIST_GAP and _BETWEEN.match(gap) is not None


def looks_like_place(word: Word) -> bool:
    """Say whether a single word is a place or a people rather than anybody's name."""
    return is_place(word.key) or is_people(word.key)
