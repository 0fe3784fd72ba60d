"""In which language and script is this text, passage by passage?

The script decides first: kana and hangul are other languages whatever Han characters stand between them, Han text is
Chinese (written Cantonese and Wu too), and simplified or traditional by the characters that only one script has.
Only Latin letters leave a doubt.  There English shows itself by its function words, and langdetect is asked about the
rest if it is long enough: on the English, German, Spanish, French and Vietnamese lines of the public Tatoeba, XQuAD
and UDHR texts it told English from the others in 356 of 356 texts of 40 letters and more, in 260 of 267 of 20 to 39,
and in 76 of 101 shorter ones, so below 40 letters it is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from indexer.model import Passage

#: langdetect is right from this many letters on; see above.
LETTERS_FOR_LANGDETECT = 40
#: Inside an English document a Latin passage must be this long to be called another language: shorter ones are
#: mostly names of people and organisations, which langdetect takes for Spanish or Tagalog.
_LETTERS_AGAINST_DOCUMENT = 120
#: A language with less than this share of a document's words is a quotation, not a second language.
_MIXED_SHARE = 0.2
#: A Han stretch inside a line of another language is a passage from this many characters on, a Latin stretch inside
#: a Chinese line from this many words on: shorter ones are names and terms.
_HAN_STRETCH = 12
_LATIN_STRETCH = 8
#: One English word weighs as much as this many Chinese characters (the ratio of the two versions of the UDHR).
_HAN_PER_WORD = 1.6

#: So much of a text tells its language.
_SAMPLE_CHARACTERS = 1_000

_HAN = "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_RUNS = re.compile(f"[{_HAN}]+")
#: The commonest characters of Chinese that Japanese hardly uses.
_CHINESE = re.compile("[这這们們了么麼吗嗎没沒很她您]|的[^、。]*是|是[^、。]*的")
#: Characters of written Cantonese, which is traditional unless simplified characters stand beside them.
_CANTONESE = re.compile("[唔嘅佢咗喺哋嚟冇嘢㗎咁啲嗰嘥攞俾瞓𡃁噉啱揾咩]")
_KANA = re.compile("[\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff’'-]*")
_OTHER_LETTERS = re.compile(
    "[\u0370-\u052f\u0530-\u06ff\u0750-\u0fff\u10a0-\u10ff\u1200-\u1dbf\ufb1d-\ufdff\ufe70-\ufefc]+"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_HAN_RUN = re.compile(f"[{_HAN}][{_HAN}\u3000-\u303f\uff00-\uffef0-9“”‘’…—·%.,:;()\\s]*")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z0-9\u00c0-\u024f\s.,:;!?’'‘“”\"()&/%-]*")
_ENGLISH = frozenset(
    (
        *("the", "of", "and", "to", "that", "with", "for", "from", "by", "this", "which", "were", "been", "have"),
        *("has", "had", "their", "his", "he", "she", "they", "not", "are", "who", "you", "what", "it", "is", "was"),
        *("i", "my", "we", "our", "at", "or", "be", "would", "will", "there", "these", "those", "how", "when", "why"),
    )
)
#: In English prose 30 to 50 of 100 words are among these; in the other languages that we met, below 10.
_ENGLISH_SHARE = 0.2

#: Characters of Japanese shinjitai that neither Chinese script uses.
_SHINJITAI = frozenset(
    "亜悪圧囲壱隠栄営駅円塩縁応桜仮価拡覚楽関観歓帰気戯犠拠勲恵渓経蛍軽継鶏撃県倹剣険圏検権顕験厳広鉱黒済斎雑桟賛児釈収従渋獣縦粛処焼"
    "乗剰畳縄壌嬢譲醸図穂瀬斉専戦銭繊総捜騒臓続堕対帯沢択単弾遅鋳庁聴逓鉄転伝闘読弐悩脳廃売発髪抜蛮払仏辺豊毎黙訳薬誉揺様謡頼覧竜両猟塁霊齢歴労楼"
)


@dataclass(frozen=True, slots=True)
class Languages:
    """What a document is written in.

    ``language`` is "en", "zh", "mixed" or "other"; ``script`` "Hans", "Hant" or "Latn", None where the characters do
    not tell.  A mixed document has the script of its Chinese part.  ``passages`` are in order, disjoint, and offsets
    of the text (not the title); a text without letters has none.
    """

    language: str
    script: str | None
    passages: tuple[Passage, ...] = ()


@dataclass(slots=True)
class _Stretch:
    """A stretch of one kind of writing: "han", "latin" or "other", with what was counted in it."""

    start: int
    end: int
    writing: str
    weight: float
    hans: int = 0
    hant: int = 0


def detect(title: str, text: str) -> Languages:
    """Return the language of a document and of its passages; a document without letters is "other"."""
    in_title = [(title, stretch) for stretch in _stretches(title)]
    in_text = [(text, stretch) for stretch in _stretches(text)]
    everything = [*in_title, *in_text]
    counted = [stretch for _, stretch in everything]
    in_latin = [(source, stretch) for source, stretch in everything if stretch.writing == "latin"]
    longest_first = sorted(in_latin, key=lambda pair: pair[1].start - pair[1].end)
    latin_text = " ".join(source[s.start : s.end] for source, s in longest_first[:5])
    latin = _latin_language(latin_text, LETTERS_FOR_LANGDETECT) or "en"
    script = _script(sum(s.hans for s in counted), sum(s.hant for s in counted))
    named = [_passage(source, stretch, latin, script) for source, stretch in everything]
    passages = tuple(_merged(named[len(in_title) :]))
    weights: dict[str, float] = {}
    for passage, stretch in zip(named, counted, strict=True):
        weights[passage.language] = weights.get(passage.language, 0.0) + stretch.weight
    language = _document_language(weights)
    return Languages(language, _document_script(language, script, counted), passages)


def script_of(text: str) -> str | None:
    """Say in which Chinese script a text is written, "Hans" or "Hant"; None where its characters do not tell."""
    hans, hant = _script_characters()
    return _script(_count(hans, text), _count(hant, text))


def _document_language(weights: Mapping[str, float]) -> str:
    total = sum(weights.values())
    if not total:
        return "other"
    english, chinese = weights.get("en", 0.0) / total, weights.get("zh", 0.0) / total
    if min(english, chinese) >= _MIXED_SHARE:
        return "mixed"
    if max(english, chinese) < 0.5:
        return "other"
    return "en" if english > chinese else "zh"


def _document_script(language: str, script: str | None, stretches: Iterable[_Stretch]) -> str | None:
    if language in ("zh", "mixed"):
        return script
    if language == "en":
        return "Latn"
    latin = sum(stretch.weight for stretch in stretches if stretch.writing == "latin")
    others = sum(stretch.weight for stretch in stretches if stretch.writing != "latin")
    return "Latn" if latin > others else None


def _stretches(text: str) -> Iterator[_Stretch]:
    """Yield the stretches of a text, line by line; a line without letters, or of addresses only, is passed over."""
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield from _in_line(line, start)
        start += len(line) + 1


def _in_line(line: str, offset: int) -> Iterator[_Stretch]:
    plain = _ADDRESS.sub("", line) if "://" in line or "www." in line else line
    words = len(_LATIN_WORD.findall(plain))
    first = len(line) - len(line.lstrip())
    last = len(line.rstrip())
    if line.isascii():
        if words:
            weight = words if plain is line else len(_LATIN_WORD.findall(line))
            yield _Stretch(offset + first, offset + last, "latin", weight)
        return
    han = _count(_HAN_RUNS, plain)
    foreign = _foreign_weight(plain, han)
    if foreign and foreign >= words and foreign * 4 >= han:
        yield _Stretch(offset + first, offset + last, "other", foreign + han / _HAN_PER_WORD)
    elif han > words * _HAN_PER_WORD or (han and not words):
        runs = _LATIN_RUN.finditer(line) if words >= _LATIN_STRETCH else ()
        yield from _parted(line, offset, "han", "latin", runs)
    elif words:
        runs = _HAN_RUN.finditer(line) if han >= _HAN_STRETCH else ()
        yield from _parted(line, offset, "latin", "han", runs)


def _foreign_weight(line: str, han: int) -> float:
    """Return the weight, in words, of letters that are neither Han nor Latin; Japanese in Han alone counts too."""
    if line.isascii():
        return 0.0
    kana = len(_KANA.findall(line))
    hangul = len(_HANGUL.findall(line))
    other = sum(map(len, _OTHER_LETTERS.findall(line)))
    if han and not kana and sum(map(line.count, _SHINJITAI.intersection(line))) * 5 >= han:
        return han / _HAN_PER_WORD
    # の stands as an ornament in Chinese names of shops and songs, and a Chinese line can quote a Japanese title.
    if kana == 1 and han >= 4:
        kana = 0
    return (kana / 4 if _CHINESE.search(line) else kana) + hangul / 2 + other / 5


def _parted(line: str, offset: int, main: str, inner: str, runs: Iterable[re.Match[str]]) -> Iterator[_Stretch]:
    """Yield a line of one writing in which longer, sentence-like runs of the other are stretches of their own."""
    at = len(line) - len(line.lstrip())
    last = len(line.rstrip())
    for match in runs:
        if not _is_sentence_like(match[0], inner):
            continue
        end = match.start() + len(match[0].rstrip())
        if line[at : match.start()].strip():
            yield _stretch(line, offset, at, match.start(), main)
        yield _stretch(line, offset, match.start(), end, inner)
        at = end
    if line[at:last].strip():
        yield _stretch(line, offset, at, last, main)


def _is_sentence_like(run: str, writing: str) -> bool:
    if writing == "han":
        return _count(_HAN_RUNS, run) >= _HAN_STRETCH
    words = [word.lower() for word in _LATIN_WORD.findall(run)]
    return len(words) >= _LATIN_STRETCH and not _ENGLISH.isdisjoint(words)


def _stretch(line: str, offset: int, start: int, end: int, writing: str) -> _Stretch:
    part = line[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    weight = _count(_HAN_RUNS, part) / _HAN_PER_WORD + len(_LATIN_WORD.findall(part))
    hans_only, hant_only = _script_characters()
    hans, hant = len(hans_only.findall(part)), len(hant_only.findall(part))
    if not hans and not hant and _CANTONESE.search(part):
        hant = 1
    return _Stretch(offset + start, offset + end, writing, weight, hans, hant)


def _count(characters: re.Pattern[str], text: str) -> int:
    """Return how many characters of a text belong to a class; fast where most of them do."""
    return len(text) - len(characters.sub("", text))


def _passage(text: str, stretch: _Stretch, latin: str, script: str | None) -> Passage:
    """Name the language of one stretch; what its own characters leave open is as in the whole document."""
    if stretch.writing == "han":
        return Passage(stretch.start, stretch.end, "zh", _script(stretch.hans, stretch.hant) or script)
    if stretch.writing == "other":
        return Passage(stretch.start, stretch.end, "other", None)
    language = latin
    if stretch.weight * 4 >= _LETTERS_AGAINST_DOCUMENT:
        language = _latin_language(text[stretch.start : stretch.end], _LETTERS_AGAINST_DOCUMENT) or latin
    return Passage(stretch.start, stretch.end, language, "Latn")


def _merged(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Join neighbours of one language and script."""
    current: Passage | None = None
    for passage in passages:
        if current and (current.language, current.script) == (passage.language, passage.script):
            current = replace(current, end=passage.end)
            continue
        if current:
            yield current
        current = passage
    if current:
        yield current


def _latin_language(text: str, enough: int) -> str | None:
    """Return "en" or "other" for Latin text, or None where fewer than ``enough`` letters leave it open."""
    words = _LATIN_WORD.findall(text[:_SAMPLE_CHARACTERS].lower())
    if words and sum(map(_ENGLISH.__contains__, words)) >= len(words) * _ENGLISH_SHARE:
        return "en"
    if sum(map(len, words)) < enough:
        return None
    return "en" if _ask_langdetect(" ".join(words)) == "en" else "other"


@cache
def _detector_factory() -> Any:
    """Load langdetect's profiles once (0.4 s), with its seed fixed so that one text has one answer."""
    from langdetect import DetectorFactory, detector_factory

    DetectorFactory.seed = 0
    detector_factory.init_factory()
    return detector_factory._factory


def _ask_langdetect(text: str) -> str:
    from langdetect import LangDetectException

    detector = _detector_factory().create()
    detector.append(text)
    try:
        return str(detector.detect())
    except LangDetectException:
        return "en"


def _script(hans: int, hant: int) -> str | None:
    if hans == hant:
        return None
    return "Hans" if hans > hant else "Hant"


@cache
def _script_characters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what matches the characters that only simplified and only traditional text has.

    From the fold's table: what folds to another character and is not in GB 2312 is traditional; what others fold to
    and is not in Big5 is simplified.  着 is written in Hong Kong too.
    """
    lines = files("indexer").joinpath("fold_table.txt").read_text(encoding="utf-8").split("\n")
    rows = [line for line in lines if line and not line.startswith("#")]
    # Rare characters beyond U+FFFF are left out: they would make the patterns ten times slower.
    hant = {c for c in rows[0] if c <= "\uffff" and not _encodes(c, "gb2312")}
    hans = {c for c in rows[1] if c <= "\uffff" and c not in rows[0] and not _encodes(c, "big5")} - {"着"}
    return re.compile(f"[{''.join(sorted(hans))}]"), re.compile(f"[{''.join(sorted(hant))}]")


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
