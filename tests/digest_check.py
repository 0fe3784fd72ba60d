"""Does a digest say only what its source says?  The checks that tests/test_corpus.py runs over the collection.

Every function takes plain texts and returns what is wrong as a list of sentences; empty means: nothing found.
They cannot judge meaning.  They catch what harms most: a number, a date, a name or a charge that the cited lines
do not have, sentences that are the source's own, personal data, and characters of the other script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from stated_numbers import MONTHS, stated

from indexer.authority import Authority, Match
from indexer.extract.document import extract
from indexer.fold import fold, fold_text, is_han
from indexer.language import detect
from indexer.model import Document

_CITED = re.compile(r"(?P<seed>\d{3}):(?P<ranges>\d+(?:\s*[-–]\s*\d+)?(?:\s*,\s*\d+(?:\s*[-–]\s*\d+)?)*)")
_BRACKETS = re.compile(r"(?:\s*\[[^\[\]]+\])+\s*\Z")
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:[-'’.&](?=[A-Za-zÀ-ɏ])[A-Za-zÀ-ɏ0-9]+)*")
_MAIL = re.compile(r"[\w.+-]+\s*(?:@|\[at\]|\(at\))\s*[\w-]+(?:\.|\s*\[dot\]\s*)\w+", re.I)
_PHONE = re.compile(r"\+\d[\d\s().-]{7,}\d|(?<![\d-])\d{3,4}[\s.-]\d{3,4}[\s.-]\d{4}(?![\d-])|(?<!\d)1[3-9]\d{9}(?!\d)")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:][\"”’)]?\s+|\n)[\"“‘(]?\Z")

#: The kinds of entity that must stand in the cited lines under one of their names.
CHECKED_KINDS = frozenset({"person", "organisation", "place", "charge"})

#: The place that an adjective speaks of.
_PLACE_OF = {"american": "United States", "asian": "Asia", "australian": "Australia", "belarusian": "Belarus",
             "brazilian": "Brazil", "british": "United Kingdom", "burmese": "Myanmar", "cambodian": "Cambodia",
             "canadian": "Canada", "chinese": "China", "cuban": "Cuba", "dutch": "Netherlands", "egyptian": "Egypt",
             "european": "Europe", "french": "France", "german": "Germany", "indian": "India", "iranian": "Iran",
             "israeli": "Israel", "japanese": "Japan", "norwegian": "Norway", "palestinian": "Palestine",
             "philippine": "Philippines", "russian": "Russia", "rwandan": "Rwanda", "saudi": "Saudi Arabia",
             "swedish": "Sweden", "swiss": "Switzerland", "syrian": "Syria", "taiwanese": "Taiwan",
             "tajik": "Tajikistan", "thai": "Thailand", "tibetan": "Tibet", "turkish": "Turkey",
             "venezuelan": "Venezuela"}  # fmt: skip

#: Words that are written with a capital for other reasons than naming somebody.
_NO_NAMES = frozenset({"i", "mr", "ms", "mrs", "dr", *(month.lower() for month in MONTHS)})

#: Words that begin sentences and name nobody, whether or not some text has them in small letters.
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an the this that these those he she it they we you his her its their our who what which where when why how "
        "if as at by for from in into of off on onto out over per since than though through to under until upon while "
        "with within without and but nor or so yet not no none nobody nothing both each either neither every some any "
        "all most many much few several such there here then thus also even only about above across after against "
        "along among around before behind below beneath beside between beyond during except like near",
    )
)


@dataclass(frozen=True, slots=True)
class Cited:
    """Lines ``first`` to ``last`` (1-based, both included) of the source ``seed``, as "004"."""

    seed: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph without its brackets; ``brackets`` is what they hold, "" where there are none."""

    text: str
    brackets: str

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The lines of sources that the brackets name; empty where they name none."""
        return tuple(_cited(self.brackets))


def paragraphs(body: str) -> list[Paragraph]:
    """Cut a Markdown body at blank lines; headings are no paragraphs."""
    found = []
    for block in re.split(r"\n\s*\n", body.strip()):
        if block.startswith("#"):
            continue
        match = _BRACKETS.search(block)
        text = block[: match.start()] if match else block
        found.append(Paragraph(" ".join(text.split()), match[0].strip() if match else ""))
    return found


def _cited(brackets: str) -> Iterator[Cited]:
    for match in _CITED.finditer(brackets):
        for part in match["ranges"].split(","):
            first, _, last = part.replace("–", "-").partition("-")
            yield Cited(match["seed"], int(first), int(last or first))


def unsupported(text: str, source: str, authority: Authority, ordinary: Set[str] = frozenset()) -> list[str]:
    """Return what ``text`` states and ``source`` does not: numbers, dates, names, charges.

    ``ordinary`` are lower-case words that name nobody although a sentence may begin with them.
    """
    here, there = stated(text), stated(source)
    wrong = [f"number {_plain(number)}" for number in sorted(here.numbers - there.numbers)]
    wrong += [f"date {date}" for date in sorted(here.dates, key=str) if not date.supported_by(set(there.dates))]
    return wrong + _unsupported_names(text, source, authority, ordinary)


def _plain(number: float) -> str:
    return f"{number:g}" if number < 1e6 else f"{number:.0f}"


def _unsupported_names(text: str, source: str, authority: Authority, ordinary: Set[str]) -> list[str]:
    adjectives = {_bare(match[0]).removesuffix("s") for match in _WORD.finditer(source)} & _PLACE_OF.keys()
    source = ". ".join([source, *(_PLACE_OF[adjective] for adjective in sorted(adjectives))])
    source_words = [_bare(match[0]) for match in _WORD.finditer(source)]
    in_source = {candidate for match in authority.find(fold(source), source) for candidate in _ids(match)}
    wrong, rest, folded, charges = [], text, fold(text), _charges(text, authority)
    for match in authority.find(folded, text):
        start, end = folded.original(match.start, match.end)
        kinds = {record.kind for record in match.candidates}
        if "charge" in kinds and (_is_conduct(text, start, end) or not _overlaps(charges, start, end)):
            continue
        if _ids(match) & in_source or _within_a_longer_name(match, source_words):
            if "-" not in (text[start - 1 : start], text[end : end + 1]):
                rest = rest[:start] + "|" * (end - start) + rest[end:]
        elif (
            match.form != "weak" and kinds & CHECKED_KINDS and ("charge" in kinds or any(map(is_han, text[start:end])))
        ):
            wrong.append(f"{min(kinds)} {text[start:end]}")
    for run in _capital_runs(rest, ordinary):
        wrong.extend(f"name {fault}" for fault in _faults(run, source_words, ordinary))
    return wrong


def _within_a_longer_name(match: Match, source_words: list[str]) -> bool:
    """Say whether the source has the place of a match inside another name: Shenzhen in that of an organisation."""
    places = (record for record in match.candidates if record.kind == "place")
    return any(_within(fold_text(name).split(), source_words) for place in places for name in place.all_names())


def _charges(text: str, authority: Authority) -> list[tuple[int, int]]:
    """Return where a text speaks of charges; a name such as "subversion" is one only where somebody is accused."""
    document = Document(id="", title="", text=text, path="", part=1, sha256="")
    found = extract(document, detect("", text).passages, authority)
    return [(m.start, m.end) for entity in found.entities if entity.kind == "charge" for m in entity.mentions]


def _overlaps(stretches: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in stretches)


def _is_conduct(text: str, start: int, end: int) -> bool:
    """Say whether a charge's short name only tells what happened: 绑架 is an act until 罪 follows it."""
    return end - start <= 2 and is_han(text[start]) and text[end : end + 1] != "罪"


def _ids(match: Match) -> set[tuple[str, str]]:
    return {(record.kind, record.id) for record in match.candidates}


def _bare(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    return re.sub(r"['’]s?\Z", "", plain).replace(".", "").replace("’", "'")


def _capital_runs(text: str, ordinary: Set[str]) -> Iterator[list[str]]:
    """Yield runs of words that begin with a capital, as written; a run ends at anything but a single space.

    In Chinese text every Latin word counts, and a run goes on to its end.
    """
    run: list[str] = []
    chinese = sum(map(is_han, text)) > len(_WORD.findall(text))
    end = 0
    for match in _WORD.finditer(text):
        word, gap = match[0], text[end : match.start()]
        if run and gap != " ":
            yield run
            run = []
        end = match.end()
        named = any(c.isupper() for c in word) or chinese
        starts_sentence = _SENTENCE_START.search(text[: match.start()]) is not None
        if _bare(word) in _NO_NAMES or (starts_sentence and _is_ordinary(word, ordinary)) or not named:
            if run:
                yield run
            run = []
        else:
            run.append(word)
    if run:
        yield run


def _is_ordinary(word: str, ordinary: Set[str]) -> bool:
    bare = _bare(word)
    return bare in ordinary or bare in _FUNCTION_WORDS or bool(stated(word).numbers)


def _faults(run: list[str], source: list[str], ordinary: Set[str]) -> list[str]:
    """Return the parts of a run of capitalised words that the source does not have in that order."""
    words = [_bare(word) for word in run]
    faults: list[str] = []
    lone: str | None = None
    at = 0
    while at < len(words):
        length = next((n for n in range(len(words) - at, 0, -1) if _within(words[at : at + n], source)), 0)
        if length == 0:
            if not _derived(words[at], source) and not _initials(run[at], source):
                faults.append(run[at])
            length, lone = 1, None
        elif length == 1 and not (run[at].isupper() or words[at] in ordinary):
            if lone is not None:
                faults.append(f"{lone} {run[at]}")
            lone = run[at]
        else:
            lone = None
        at += length
    return faults


def _initials(word: str, source: list[str]) -> bool:
    """Say whether the source has the words whose initials an acronym is; small words may stand between them."""
    acronym = re.sub(r"['’]s\Z", "", word)
    initials = "".join(word[0] for word in source if word not in _FUNCTION_WORDS)
    return len(acronym) > 2 and acronym.isupper() and acronym.lower() in initials


def _derived(word: str, source: list[str]) -> bool:
    """Say whether a word is a plural, a compound or an adjective made of words that the source has."""
    singular = word.removesuffix("s")
    place = _PLACE_OF.get(singular, "").lower().split()
    return singular in source or _within(place, source) or all(part in source for part in word.split("-"))


def _within(words: list[str], source: list[str]) -> bool:
    return bool(words) and f" {' '.join(words)} " in f" {' '.join(source)} "


def shared_words(text: str, source: str, length: int = 8) -> list[str]:
    """Return runs of ``length`` Latin words or figures that both texts have; addresses do not count."""
    there = set(_runs(_ADDRESS.sub(" | ", source), length))
    return [" ".join(run) for run in _runs(_ADDRESS.sub(" | ", text), length) if run in there]


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+|\|", fold_text(text))
    for at in range(len(words) - length + 1):
        run = tuple(words[at : at + length])
        if "|" not in run:
            yield run


def shared_characters(text: str, source: str, length: int = 15) -> list[str]:
    """Return runs of ``length`` Han characters that both texts have, whatever their script and punctuation."""
    here, there = (re.sub(r"[^\w]|[\d_]", "", fold_text(whole)) for whole in (text, source))
    runs = (here[at : at + length] for at in range(len(here) - length + 1))
    return [run for run in runs if all(map(is_han, run)) and run in there]


def personal(text: str) -> list[str]:
    """Return e-mail addresses and telephone numbers."""
    bare = _ADDRESS.sub(" ", text)
    return [match[0] for pattern in (_MAIL, _PHONE) for match in pattern.finditer(bare)]


def _encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def wrong_script(text: str, language: str, simplified: Set[str]) -> list[str]:
    """Return characters that only the other script has.

    ``simplified`` are the characters that others fold to.  Whether a character also lives on in the other script
    (后, 里, 著) is asked of the national character sets: Big5 has what is written in Taiwan, GB 2312 what on the
    mainland.
    """
    if language == "zh-Hans":
        bad = {c for c in text if is_han(c) and fold_text(c) != c and not _encodable(c, "gb2312")}
    elif language == "zh-Hant":
        bad = {c for c in text if c in simplified and not _encodable(c, "big5")}
    else:
        bad = set()
    return sorted(bad)


def lower_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that some text writes in small letters: those that name nobody."""
    return frozenset(_bare(m[0]) for text in texts for m in _WORD.finditer(text) if m[0].islower())
