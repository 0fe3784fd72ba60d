"""Offences that no authority file lists, from the words of charging alone.

Precision before recall: what stands in quotes after words of charging is taken whole; what stands bare is taken
only after words that belong to a court ("charged with", "convicted of", 被控…罪), clipped at the first word that
leaves the name of an offence, and dropped when it names no act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.extract.ids import entity_id
from indexer.fold import Folded, fold_text
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


def unlisted_offences(
    original: str, folded: Folded, language: str, taken: Sequence[tuple[int, int]]
) -> Iterator[Offence]:
    """Yield the offences named outside ``taken`` (spans of the original text), in no particular order.

    An offence that overlaps a taken span is the listed one, and is left out.
    """
    occupied = sorted(taken)
    rules = [_quoted, _bare, _modifying, _under_law, _offender] if language != "zh" else []
    found: list[Offence] = []
    for rule in rules:
        found.extend(rule(original))
    if language != "en":
        found.extend(_chinese(folded))
    kept: list[Offence] = []
    for offence in found:
        spans = [*occupied, *((o.start, o.end) for o in kept)]
        if offence.rule == "charge-offender" and any(0 <= low - offence.end < 50 for low, _ in occupied):
            continue  # "a conspirator in an anti-government plot": the plot is the offence
        if not any(low < offence.end and offence.start < high for low, high in spans):
            kept.append(offence)
            yield offence


# ---------------------------------------------------------------- English

_ADVERBS = r"(?:(?:\w+ly|also|both|each|all|been|being|then|later) )?"
#: After these words, whatever is named is an offence.
_COURT_WORDS = (
    r"(?:charged (?:\w+ ){0,4}?with|indict(?:ed|ment) (?:\w+ ){0,2}?(?:for|on|of)|convict(?:ed|ion) (?:\w+ ){0,4}?(?:of|for|on)"
    r"|guilty (?:of|to)|charges? of|counts? of|on suspicion of|crimes? of|offen[cs]es? of"
    r"|acquitted (?:\w+ ){0,2}?of|face[sd]? (?:a )?charges? (?:of|for))"
)
#: After these words, a quoted phrase is an offence; a bare one often is only a reproach.
_WEAKER_WORDS = (
    r"(?:accus(?:ed|es|ing) (?:[\w’'-]+ ){0,6}?of|suspected of|accusations? of|allegations? of"
    r"|(?:sentenced|jailed|imprisoned|detained|arrested|punished|prosecuted|tried|fined|held|summoned|prison|sentence)\b[^.;“”\"]{0,60}? (?:for|over|on))"
)
_OPEN, _CLOSE = '“"‘「', '”"’」'
_QUOTED = re.compile(
    rf"\b(?:{_COURT_WORDS}|{_WEAKER_WORDS}) (?:(?:the|a|an|so-called|alleged|alleged crimes? of|charges? of|crimes? of|vague|trumped-up) )*"
    rf"(?P<list>[{_OPEN}][^{_OPEN}{_CLOSE}\n]{{3,90}}[{_CLOSE}](?:(?:,|,? and|,? or| and of) [{_OPEN}][^{_OPEN}{_CLOSE}\n]{{3,90}}[{_CLOSE}])*)",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}\n]{{3,90}}?)[,.;]?[{_CLOSE}]")
_BARE = re.compile(rf"\b{_COURT_WORDS} (?P<np>[a-z][^.;:\n“”\"()\[\]]{{2,120}})", re.IGNORECASE)

#: Words at which the name of an offence ends.
_STOP = re.compile(
    r",? (?:in|on|at|by|after|before|for|over|under|during|when|while|who|which|that|as|because|since|from|following|despite|"
    r"without|if|but|between|through|until|upon|amid|against|within|last|earlier|later|this|next|he|she|they|it|his|her|their|"
    r"was|were|is|are|has|have|had|would|will|could|and (?:was|were|has|had|is|are|then|later|sentenced|jailed|given|handed|"
    r"fined|ordered|held|imprisoned|detained|he|she|they|his|her|placed|released|put|remanded)|and faces?|and could|and may)\b.*"
    r"|,(?: (?!and|or)\w+)? (?:a|an|the|said|says|according|including|along|with|where|reported|citing)\b.*",
    re.IGNORECASE | re.DOTALL,
)
#: First words that tell a duty or a thing from an offence: "charged with ensuring safety", "convicted of crimes".
_NO_OFFENCE = re.compile(
    r"(?:the |a |an |any |some |such |these |those |this |that |all |other |several |various |many |no |multiple |serious |minor |"
    r"more |two |three |\d+ |same |similar |false |criminal |political |bogus |trumped-up |vague |national )*"
    r"(?:crimes?|charges?|offen[cs]es?|task|duty|duties|responsibility|mandate|ensuring|implementing|monitoring|overseeing|"
    r"drafting|protecting|enforcing|investigating|promoting|maintaining|managing|reviewing|supervising|upholding|making|"
    r"providing|helping|keeping|developing|advising|emotion|electricity|anything|wrongdoing|them|him|it|what|"
    r"counts?|cases?|violations?|security\Z|security crimes?|security charges|security offen[cs]es?|political crimes)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:(?:the|a|an|one|two|three|four|five|six|\d+|several|multiple|counts?|count|charges?|crimes?|offen[cs]es?|of|alleged|allegedly|"
    r"so-called|having|committing|attempting|attempted|being|involved) )+",
    re.IGNORECASE,
)
#: Nouns that name an offence by themselves, with the words that may go before them.
_OFFENCE_NOUN = (
    r"(?:(?:criminal|cyber|seditious|blasphemous|online|aggravated|high|tax|state|money|fake|false|drug|sexual|common|public|"
    r"illegal|unlawful|wilful|malicious|financial|bank|wire|visa|voter|electoral|religious|racial) )?"
    r"(?:cyber[- ]?libel|libel|defamation|slander|treason|sedition|espionage|spying|blasphemy|apostasy|l[èe]se[- ]majest[ée]|"
    r"tax evasion|evasion|fraud|bribery|corruption|embezzlement|extortion|contempt of court|contempt of parliament|hooliganism|"
    r"vandalism|rioting|riot|trespass|assault|arson|murder|manslaughter|perjury|laundering|money laundering|obstruction of justice|"
    r"drug trafficking|trafficking|conspiracy|incitement|unlawful assembly|illegal assembly|sabotage|secession|subversion|mutiny|"
    r"insurrection|rebellion|false news|fake news|insulting the \w+|insult|terrorism|extremism|separatism|theft|robbery|"
    r"kidnapping|rape|harassment|loitering|smuggling|poaching|forgery|criminal intimidation|obscenity|indecency|"
    r"public nuisance|nuisance|unlawful association|unauthori[sz]ed assembly)"
)
_MODIFYING = re.compile(
    rf"\b(?P<name>{_OFFENCE_NOUN})[ -](?:charges?|convictions?|indictments?|counts?|prosecutions?|offen[cs]es?)\b",
    re.IGNORECASE,
)
_GERUND_OR_NOUN = re.compile(
    rf"(?:\w+ly )?(?:\w{{3,}}ing\b(?! to\b)|{_OFFENCE_NOUN}\b|conspiracy|conspiring|incitement|possession|membership|"
    r"(?:an? |the )?(?:act|offen[cs]e|crime)s? |participation|obstruction|dissemination|disclosure|abuse|violation|breach|"
    r"misuse|insult|attempt|use of|damage|criminal|illegal|unlawful|unauthori[sz]ed|treasonous|malicious|seditious|"
    r"terror|tax|drug|arms|cyber|hate|contempt|disobedience|public|social|state|economic|financing|\w+ of )",
    re.IGNORECASE,
)
_LAW_NAME = (
    r"(?:[A-Z][\w’'-]+(?: \([A-Z][\w ]+\)|,)? |of |on |the |and |for |against |to |in )*?(?:[A-Z][\w’'-]+ |\([A-Z][\w ]+\) )"
    r"(?:Act|Law|Ordinance|Code|Decree)\b(?! Enforcement)"
)
_UNDER_LAW = re.compile(
    r"\b(?:charges?|charged|prosecuted|convicted|indicted|jailed|booked|imprisoned|sentenced|detained|arrested)\b"
    r"(?P<between>[^.;\n]{0,90}?) under (?:the |its |an? |(?:China|India|Hong Kong|Thailand|Vietnam|Egypt|Russia|Turkey)[’']s )?"
    rf"(?:[a-z-]+ ){{0,3}}?(?P<law>{_LAW_NAME})"
)
_OFFENDER = re.compile(
    r"\b(?:as|being|of being) (?:an? )(?P<noun>conspirator|spy|traitor|rioter|saboteur|blasphemer|apostate)\b"
    r"(?=[^.;\n]{0,80}\b(?:sentenced|convicted|jailed|imprisoned|charged|tried|executed|indicted)\b)"
    r"|\b(?:sentenced|convicted|jailed|imprisoned|charged|tried|executed|indicted)\b[^.;\n]{0,40}? (?:as|for being|of being) (?:an? )"
    r"(?P<noun2>conspirator|spy|traitor|rioter|saboteur|blasphemer|apostate)\b"
)
_OFFENCE_OF = {
    "conspirator": "conspiracy", "spy": "espionage", "traitor": "treason", "rioter": "rioting",
    "saboteur": "sabotage", "blasphemer": "blasphemy", "apostate": "apostasy",
}  # fmt: skip
_SHORT_ACTS = re.compile(rf"(?:{_OFFENCE_NOUN}|[a-z]+ing [\w’' -]{{2,50}})\Z", re.IGNORECASE)


def _quoted(text: str) -> Iterator[Offence]:
    for match in _QUOTED.finditer(text):
        for item in _ITEM.finditer(text, match.start("list"), match.end("list")):
            name = item.group(1).strip(" ,.;")
            if _is_offence(name, quoted=True):
                start = item.start(1)
                yield Offence(name, start, start + len(item.group(1).rstrip(" ,.;")), "charge-quoted")


def _bare(text: str) -> Iterator[Offence]:
    for match in _BARE.finditer(text):
        phrase = _STOP.sub("", match["np"]).rstrip(" ,’'")
        start = match.start("np")
        for name, at in _list_items(phrase):
            leading = _LEADING.match(name)
            cut = leading.end() if leading else 0
            name, at = name[cut:], at + cut
            if _is_offence(name, quoted=False):
                yield Offence(name, start + at, start + at + len(name), "charge-words")


def _list_items(phrase: str) -> Iterator[tuple[str, int]]:
    """Yield the members of "fraud, tax evasion and spying" where each names an act, else the phrase as a whole."""
    pieces = list(re.finditer(r"(?:(?!,? and |,? or |, ).)+", phrase))
    if len(pieces) > 1 and all(_SHORT_ACTS.match(_LEADING.sub("", piece.group())) for piece in pieces):
        for piece in pieces:
            shift = len(piece.group()) - len(piece.group().lstrip())
            yield piece.group().strip(), piece.start() + shift
    elif len(pieces) > 1 and "," in phrase:
        yield pieces[0].group().strip(), pieces[0].start()
    else:
        yield phrase, 0


def _modifying(text: str) -> Iterator[Offence]:
    for match in _MODIFYING.finditer(text):
        yield Offence(match["name"].lower(), match.start("name"), match.end("name"), "charge-modifier")


def _under_law(text: str) -> Iterator[Offence]:
    for match in _UNDER_LAW.finditer(text):
        between = match["between"]
        names_charge = re.search(r"\b(?:with|of|for|on suspicion) ", between) and "such as" not in between
        if not names_charge:
            yield Offence(match["law"], match.start("law"), match.end("law"), "charge-law")


def _offender(text: str) -> Iterator[Offence]:
    for match in _OFFENDER.finditer(text):
        group = "noun" if match["noun"] else "noun2"
        yield Offence(_OFFENCE_OF[match[group]], match.start(group), match.end(group), "charge-offender")


def _is_offence(name: str, *, quoted: bool) -> bool:
    words = name.split()
    if not words or len(words) > 12 or len(name) < 4 or _NO_OFFENCE.match(name) or not name[0].isalpha():
        return False
    if quoted:
        return words[0].lower() not in {
            "i",
            "we",
            "you",
            "he",
            "she",
            "they",
            "there",
            "this",
            "it",
            "no",
            "not",
            "evidence",
        }
    return bool(_GERUND_OR_NOUN.match(name)) and len(words) <= 9


# ---------------------------------------------------------------- Chinese (over folded text)

_HAN = "\u3400-\u9fff"
_NAMED = rf"[{_HAN}、·]"
#: Charge words, then a name that ends in 罪 (quotes may stand around the name or around all of it).
_WORDS_ZH = r"(?:涉嫌|涉及|涉|被控以?|控告|控以|控|被告|干犯|触犯|犯下?|犯有|以|因|判处|裁定|承认|否认|面临|面对|罪名(?:是|为|包括)|构成|认罪|指控)"
_WITH_ZUI = re.compile(
    rf"{_WORDS_ZH}(?P<skip>[^。!?;,\n「『\"《罪]{{0,12}}?)(?P<open>[「『\"《]?)(?P<names>{_NAMED}{{2,40}}?)(?P<close>[」』\"》]?)"
    r"(?:等)?(?:[一二三四五六七八九十两多\d]*[项宗条])?(?P<zui>罪)(?!犯|行|嫌|恶|责|过|案)"
)
_QUOTED_ZUI = re.compile(rf"[「『\"]((?:{_NAMED}){{2,24}})(?:罪[」』\"]|[」』\"]罪)")
_COUNTS = re.compile(r"^(?:各|均|分别|共|另|以|控)*(?:[一二三四五六七八九十两多\d]+[项宗条个次])?")
_JUNK_NAME = re.compile(
    r"(?:有|无|无人|何|死|认|知|畏|问|定|判|治|入|赎|原|重|轻|该|此|上述|其|以上|所有|全部|同|刑事|政治|这|那|各|一|两|三|数|多|"
    r"莫须有|欲加之|口袋|思想|言论|某|相关|有关|什么|十大|不|没有|未|是否|为|及|的)+\Z"
)
#: 认罪, 无罪, 死罪 …: what stands before such a word is no offence.
_NO_LAST = frozenset("认无有服谢问何定判知畏悔赎顶获犯死活同轻重此该两多数原治论之入得伏请抵怪归加的")
_VERBS = re.compile(
    r"(?:被|遭|而|并|于|在|将|把|向|对|从|到|是|称|指|表示|认为|律师|检察院|法院|法庭|法官|警方|公安|当局|政府|他|她|我|你|它|们|的|了|"
    r"年|月|日|判|裁定|起诉|逮捕|拘|关押|成立|涉嫌|罪|两人|等人|多人|被告|案)"
)
#: Two-character offences that stand in lists; longer pieces need no list of their own.
_SHORT_ZH = frozenset(
    "暴动 袭警 纵火 盗窃 诈骗 欺诈 诽谤 侮辱 爆炸 绑架 强奸 抢劫 贪污 受贿 行贿 叛国 间谍 洗钱 逃税 嫖娼 猥亵 伤人 藏毒 洗黑钱 伪证 偷渡".split()  # noqa: SIM905
)


def _chinese(folded: Folded) -> Iterator[Offence]:
    text = folded.text
    for match in _QUOTED_ZUI.finditer(text):
        yield from _named_in_chinese(folded, match.start(1), match.group(1).removesuffix("罪"), "charge-quoted")
    for match in _WITH_ZUI.finditer(text):
        if bool(match["open"]) == bool(match["close"]):
            yield from _named_in_chinese(folded, match.start("names"), match["names"], "charge-words")


def _named_in_chinese(folded: Folded, start: int, names: str, rule: str) -> Iterator[Offence]:
    pieces = (
        list(re.finditer(r"[^、]+?(?=[、及和与或]|$)|[^、及和与或]+", names))
        if re.search("[、及和与或]", names)
        else []
    )
    parts = [(piece.group().strip("、及和与或"), piece.start() + _leading(piece.group())) for piece in pieces]
    if not parts or not all(_is_chinese_offence(_uncounted(part)[0]) for part, _ in parts):
        parts = [(names, 0)]
    for part, at in parts:
        name, cut = _uncounted(part)
        if _is_chinese_offence(name):
            low, high = folded.original(start + at + cut, start + at + cut + len(name))
            yield Offence(name + "罪", low, high, rule, han=True)


def _leading(piece: str) -> int:
    return len(piece) - len(piece.lstrip("、及和与或"))


def _uncounted(name: str) -> tuple[str, int]:
    match = _COUNTS.match(name)
    cut = match.end() if match else 0
    return name[cut:], cut


def _is_chinese_offence(name: str) -> bool:
    if name in _SHORT_ZH:
        return True
    return 3 <= len(name) <= 24 and name[-1] not in _NO_LAST and not _VERBS.search(name) and not _JUNK_NAME.match(name)
