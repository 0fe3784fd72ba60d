"""How long, in months?  Reads the penalties that one sentence states, in English and Chinese.

Only what a court imposed: a statutory maximum ("up to ten years", 最高可判), a time served or spent ("after serving
three years"), a starting point of sentencing and a way of speaking ("a virtual death sentence") are no penalty.
Weeks and days have no months: ``months`` stays None and the wording is kept.  Death with reprieve (死缓) is a death
sentence, never a suspended term (缓刑).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.extract.anchored import Opened
from indexer.extract.annotated import AnnotatedText
from indexer.extract.numerals import CHINESE, ENGLISH, english_number, han_number
from indexer.fold import Folded
from indexer.model import Sentence


@dataclass(frozen=True, slots=True)
class Penalty:
    """One penalty and where it stands; ``sentence.text == text[start:end]``."""

    start: int
    end: int
    sentence: Sentence


def find_penalties(text: AnnotatedText, start: int, end: int) -> list[Penalty]:
    """Return the penalties stated in ``start:end`` of a text (one sentence), in order; offsets count in the text.

    "14 and 12 years" gives two: who gets which is for the caller ("respectively").
    """
    part = text.text[start:end]
    found = _english(part)
    if _HAN.search(part):
        found.extend(_chinese(text.folded.part(start, end)))
    found.sort(key=lambda penalty: penalty.start)
    return [Penalty(p.start + start, p.end + start, replace(p.sentence, text=part[p.start : p.end])) for p in found]


# ---------------------------------------------------------------- English

_UNIT = r"(?P<unit>years?|months?|weeks?|days?)(?:['’]s?)?"
_DURATION = re.compile(
    rf"(?P<before>(?:\b{ENGLISH}, )*\b{ENGLISH},? and )?\b(?<!\d,)(?P<n>{ENGLISH})"
    rf"(?P<half>½|[ -]and[ -]a[ -]half)?[ -]{_UNIT}"
    rf"(?P<half2> and a half)?(?:(?:,? and |,? )(?P<m>{ENGLISH})[ -]months?)?(?!\w)"
    rf"|\b(?P<halfyear>half a year|six[- ]month)\b",
    re.IGNORECASE,
)
_IMPOSED_BEFORE = re.compile(
    r"(?:sentenc\w+|jailed|imprisoned|handed|given|receiv\w+|\bgot\b|serving|\bterms?\b|ordered|condemned"
    r"|commuted|reduced|"
    r"extended|behind bars|imprisonment|slapped|meted out|prison)(?: [\w’'-]+){0,6}[ ,:(]*\Z",
    re.IGNORECASE,
)
_IMPOSED_AFTER = re.compile(
    r"[ -]?(?:of |in |a |fixed[- ]term |prison |jail |custodial |suspended |rigorous |hard |harsh |lengthy |first )*"
    r"(?:sentences?|terms?|imprisonment|prison|jail|behind bars|incarceration|hard labou?r"
    r"|re-education through labou?r|"
    r"in a labou?r camp)\b",
    re.IGNORECASE,
)
_NOT_IMPOSED_BEFORE = re.compile(
    r"(?:\bup to|\bmaximum\b[\w ]{0,30}|\bas (?:much|long|many) as|\bat most|\bno more than|\bcarr(?:y|ies"
    r"|ied|ying)\b[\w ,]{0,40}"
    r"|\bpunishable\b[\w ,]{0,40}|\bminimum\b[\w ]{0,20}|\bafter (?:serving|spending)|\b(?:having )?served"
    r"|\bspent|\bspending"
    r"|\b(?:could|may|might|can|would|will) (?:face|be (?:jailed|sentenced|imprisoned)|get|receive)\b[\w ,]{0,30}"
    r"|\b(?:face|faces|facing|faced|risks?|risking)\b[\w ,]{0,30}|\baged?|\bpast|\blast|\bnearly|\bover"
    r"|\bbetween|\bevery|\bwithin|\brecommend\w*[\w ]{0,30}"
    r"|\bsought[\w ]{0,30}|\bdemand\w*[\w ]{0,30}|\bcompleted?[\w ]{0,20}|\branging\b[\w ]{0,20}|\b(?:\d+"
    r"|two|three|four|five|six|seven|eight|nine|ten)(?: years?| months?)? to)[ ,]*(?:an? |his |her |their )?\Z",
    re.IGNORECASE,
)
#: A term in brackets after a name, in a sentence of court words: "X (six years), Y (18 months, suspended for three)".
_IN_BRACKETS = re.compile(r"\((?:\d|[a-z])[\w -]{2,30}(?:years?|months?)(?: and [\w -]{2,20})?[),;]", re.IGNORECASE)
_SENTENCING = re.compile(r"\b(?:sentenc\w+|jailed|imprisoned|(?:prison|jail|custodial) terms?)\b", re.IGNORECASE)
_SUSPENDED_BEFORE = re.compile(
    r"\b(?:suspended|probation|suspension|stayed)(?: for| of|,| period of)*(?: an?)? ?\Z", re.IGNORECASE
)
_REPRIEVE_BEFORE = re.compile(r"\breprieve(?: of| for)? ?\Z", re.IGNORECASE)
_REPRIEVE_AFTER = re.compile(r"[ -]?(?:suspension|reprieve)", re.IGNORECASE)
_RIGHTS_BEFORE = re.compile(r"political rights?[\w ,]{0,20}?(?:for )?(?:an additional )?\Z", re.IGNORECASE)
_RIGHTS_AFTER = re.compile(r"[’' ]*(?:of )?(?:deprivation|loss)[\w ]{0,12}political rights", re.IGNORECASE)
_PROBATION_AFTER = re.compile(r"[’' ]*(?:of )?(?:probation|suspension)\b", re.IGNORECASE)
_ADMINISTRATIVE = re.compile(r"administrative (?:detention|custody)|community service", re.IGNORECASE)
_ELIDED = re.compile(
    rf"\bsuspended for (?P<n>{ENGLISH})(?! ?-?(?:years?|months?|weeks?|days?|hours?)|\w)", re.IGNORECASE
)
_LIFE = re.compile(
    r"\b(?:life (?:imprisonment|in (?:prison|jail)|sentences?|term|behind bars)|(?:sentenced|jailed"
    r"|imprisoned)(?: \w+){0,2} (?:to|for) life(?: imprisonment| in prison| behind bars)?)\b",
    re.IGNORECASE,
)
_DEATH = re.compile(
    r"\b(?:sentenced(?: \w+){0,3} to death|death sentences?|condemned to death|death penalty)\b", re.IGNORECASE
)
_FIGURE = re.compile(
    r"(?:virtual|maximum|effective|effectively|essentially|practically|tantamount|amounts? to|amounting to"
    r"|equivalent|de facto|"
    r"against|abolish\w*|oppos\w+|abolition of|moratorium|carr(?:y|ies)|punishable|faces?|facing|could|may"
    r"|might|face|risk|risks|like|as good as)"
    r"(?: [\w-]+){0,4} \Z|(?:as|was|is) a \Z",
    re.IGNORECASE,
)
_SERVICE = re.compile(r"\b\d+ hours (?:of )?community service\b", re.IGNORECASE)


#: A sentence without one of these states no penalty.
_UNITS = re.compile("year|month|week|day|life|death|hours")


def _english(part: str) -> list[Penalty]:
    if not _UNITS.search(part):
        return []
    found: list[Penalty] = []
    for match in _DURATION.finditer(part):
        _read_duration(part, match, found)
    for match in _ELIDED.finditer(part):
        years = english_number(match["n"])
        if found and years and found[-1].end <= match.start():
            _extend(found, match.end(), suspended_months=round(years * 12))
    for pattern, penalty in ((_LIFE, Sentence(life=True)), (_DEATH, Sentence(death=True))):
        for match in pattern.finditer(part):
            if not _FIGURE.search(part, max(0, match.start() - 60), match.start()):
                found.append(Penalty(match.start(), match.end(), penalty))
    found.extend(Penalty(m.start(), m.end(), Sentence()) for m in _SERVICE.finditer(part))
    return found


def _read_duration(part: str, match: re.Match[str], found: list[Penalty]) -> None:
    low, high = max(0, match.start() - 70), min(len(part), match.end() + 60)
    months = _months(match)
    start = match.start("n") if match["n"] else match.start()
    if (_SUSPENDED_BEFORE.search(part, low, start) and found) or (
        found and found[-1].sentence.months is not None and _PROBATION_AFTER.match(part, match.end(), high)
    ):
        _extend(found, match.end(), suspended_months=months)
    elif _RIGHTS_BEFORE.search(part, low, start) or _RIGHTS_AFTER.match(part, match.end(), high):
        if found:
            _extend(found, match.end(), political_rights_months=months)
    elif _REPRIEVE_BEFORE.search(part, low, start) or _REPRIEVE_AFTER.match(part, match.end(), high):
        return
    elif _is_imposed(part, match.start(), start, match.end(), found):
        for text, at in _numbers_before(match):
            number = english_number(text)
            if number is not None:
                found.append(Penalty(at, at + len(text), Sentence(_scaled(number, match["unit"]))))
        after = _IMPOSED_AFTER.match(part, match.end(), high)
        found.append(Penalty(start, after.end() if after else match.end(), Sentence(months)))


def _is_imposed(part: str, whole: int, start: int, end: int, found: list[Penalty]) -> bool:
    low = max(0, whole - 70)
    if _NOT_IMPOSED_BEFORE.search(part, low, whole) or _NOT_IMPOSED_BEFORE.search(part, low, start):
        return False
    if _IMPOSED_AFTER.match(part, end, min(len(part), end + 60)) or _IMPOSED_BEFORE.search(part, low, whole):
        return True
    if _ADMINISTRATIVE.search(part, low, whole) or _ADMINISTRATIVE.search(part, end, end + 40):
        return True
    if _IN_BRACKETS.match(part, start - 1) and _SENTENCING.search(part, 0, start):
        return True
    # "sentenced to five years and two and a half years, respectively": the second follows the first.
    return bool(found) and re.fullmatch(r",? (?:and|to) (?:\w+ )?|, ", part[found[-1].end : whole]) is not None


def _numbers_before(match: re.Match[str]) -> list[tuple[str, int]]:
    """Return the numbers that share a unit with the last: "14" of "14 and 12 years"."""
    if not match["before"] or not match["unit"]:
        return []
    numbers = re.finditer(rf"\b{ENGLISH}\b", match["before"], re.IGNORECASE)
    return [(n.group(), match.start("before") + n.start()) for n in numbers]


def _months(match: re.Match[str]) -> int | None:
    if match["halfyear"]:
        return 6
    number = english_number(match["n"])
    if number is None:
        return None
    months = _scaled(number + (0.5 if match["half"] or match["half2"] else 0), match["unit"])
    if months is not None and match["m"]:
        months += int(english_number(match["m"]) or 0)
    return months


def _scaled(number: float, unit: str) -> int | None:
    if unit.lower().startswith("year"):
        return round(number * 12)
    return round(number) if unit.lower().startswith("month") else None


def _extend(found: list[Penalty], end: int, **words: int | None) -> None:
    last = found[-1]
    found[-1] = Penalty(last.start, max(last.end, end), replace(last.sentence, **words))  # type: ignore[arg-type]


# ---------------------------------------------------------------- Chinese (over folded text)

_HAN = re.compile(r"[\u4e00-\u9fff]")
_ZH_DURATION = Opened(re.compile(
    rf"(?:(?P<y>{CHINESE}) ?年(?P<half>半)?(?:[零又另加,、 ]?(?P<m>{CHINESE}) ?个?月(?P<mhalf>半)?)?"
    rf"|(?P<m2>{CHINESE}) ?个月(?P<mhalf2>半)?"
    rf"|(?P<halfyear>半年)|(?P<w>{CHINESE}) ?个?(?:星期|周|礼拜)|(?P<d>{CHINESE}) ?[天日])"
), "0123456789０１２３４５６７８９零〇○一二三四五六七八九十百两兩半")  # fmt: skip
_ZH_IMPOSED_BEFORE = re.compile(
    r"(?:判处?|判刑|判监|判囚|判入狱|重判|轻判|改判|被判|判|处以?|监禁|入狱|囚禁?|坐牢|坐监|徒刑|刑期为?|拘役|管制|劳教|劳动教养|劳改|服刑|行政拘留"
    r"|获刑|领刑|锒铛入狱|处罚|减至|加刑|合并执行|执行|总刑期为?|即时)(?:[^。;,!?\n]{0,6})?(?:为|达|共|了|至|:)?[「『\"(]?\Z"
)
_ZH_IMPOSED_AFTER = re.compile(r"(?:的)?(?:有期徒刑|徒刑|监禁|刑期|牢狱|重刑|劳教|劳动教养|行政拘留|入狱|的?刑罚?)")
_ZH_NOT_BEFORE = re.compile(
    r"(?:最高|最多|最长|可判|可处|可被判|可以判|面临|面对|或被判|或判|恐(?!怖)|将被判|累计|可能|上限|至少|不超过|起点|减刑|扣减|减免|建议|要求|求刑|服刑|服满|已经?服"
    r"|坐了|出狱|刑满|长达|超过)[^。;,!?\n]{0,14}\Z|[逾近每]\Z|[0-9一二三四五六七八九十年月][至到~-]\Z"
)
_ZH_NOT_AFTER = re.compile(
    r"(?:以上|以下|之间|[作为]*(?:量刑)?起点|后|前|多|以来|内|的?(?:时间|期限|上诉)|至[0-9一二三四五六七八九十]|[-~]|出头|期间|来|开始|[0-9]{1,2}月)"
)
_ZH_SUSPENDED = re.compile(r"(?:缓刑|缓期|缓)(?:期|执行)?(?:为|,)?\Z")
_ZH_RIGHTS = re.compile(r"(?:剥夺|褫夺)(?:政治权利|公权)\Z")
_ZH_DEATH = re.compile(
    r"(?<!等同)(?<!如同)(?<!变相)(?<!形同)(?:判处?|处以?|被判|改判|一审|二审)[^。;,\n]{0,8}?(?P<w>死缓|死刑(?P<reprieve>,?缓期[二两2]年执行)?)"
)
_ZH_LIFE = re.compile(
    r"(?<!最高可判处)(?<!最高可判)(?<!最高)(?:判处?|处以?|被判|改判|判监|判囚)[^。;,\n]{0,4}?(?P<w>无期徒刑|终身监禁|无期|终身)|(?P<w2>无期徒刑|终身监禁)(?=的?刑)"
)
_ZH_SUSPENDED_SHORT = re.compile(rf"判(?P<a>{CHINESE})缓(?P<b>{CHINESE})")
_ZH_SERVICE = re.compile(r"[0-9]+小时(?:的)?社会服务令?|社会服务令[0-9]+小时")


def _chinese(folded: Folded) -> list[Penalty]:
    text = folded.text
    found: list[Penalty] = []
    for match in _ZH_DURATION.finditer(text):
        _read_chinese(text, match, found)
    for match in _ZH_DEATH.finditer(text):
        found.append(Penalty(match.start("w"), match.end("w"), Sentence(death=True)))
    for match in _ZH_LIFE.finditer(text):
        group = "w" if match["w"] else "w2"
        if not _ZH_NOT_BEFORE.search(text, max(0, match.start() - 12), match.start(group)):
            found.append(Penalty(match.start(group), match.end(group), Sentence(life=True)))
    for match in _ZH_SUSPENDED_SHORT.finditer(text):
        years, suspended = han_number(match["a"]), han_number(match["b"])
        if years and suspended:
            found.append(Penalty(match.start(), match.end(), Sentence(12 * years, suspended_months=12 * suspended)))
    found.extend(Penalty(m.start(), m.end(), Sentence()) for m in _ZH_SERVICE.finditer(text))
    return [Penalty(*folded.original(p.start, p.end), p.sentence) for p in found]


def _read_chinese(text: str, match: re.Match[str], found: list[Penalty]) -> None:
    low, high = max(0, match.start() - 20), min(len(text), match.end() + 10)
    months = _chinese_months(match)
    if _ZH_SUSPENDED.search(text, low, match.start()):
        # 死刑缓期二年执行 is no suspended term.
        if found and found[-1].end >= match.start() - 16 and not re.search(r"死刑,?缓期?\Z", text[low : match.start()]):
            _extend(found, match.end(), suspended_months=months)
    elif _ZH_RIGHTS.search(text, low, match.start()):
        if found and found[-1].end >= match.start() - 24:
            _extend(found, match.end(), political_rights_months=months)
    elif not _ZH_NOT_AFTER.match(text, match.end(), high) and not _ZH_NOT_BEFORE.search(text, low, match.start()):
        after = _ZH_IMPOSED_AFTER.match(text, match.end(), high)
        is_date = match["y"] is not None and (han_number(match["y"]) or 0) > 99
        before = _ZH_IMPOSED_BEFORE.search(text, low, match.start())
        if not is_date and (after or before):
            found.append(Penalty(match.start(), after.end() if after else match.end(), Sentence(months)))


def _chinese_months(match: re.Match[str]) -> int | None:
    if match["halfyear"]:
        return 6
    months = match["m"] or match["m2"]
    if match["y"]:
        years = _value(match["y"])
        return None if years is None else round(years * 12) + (6 if match["half"] else 0) + round(_value(months) or 0)
    if months:
        value = _value(months)
        return None if value is None else round(value)
    return None


def _value(text: str | None) -> float | None:
    if not text:
        return None
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else han_number(text)
