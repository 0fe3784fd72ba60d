"""Under whose law?  Decides between offences of one name, and names the jurisdiction of a case.

The evidence are places (of the authority file) and words for courts and police that only one jurisdiction has:
first in the sentence, then in the paragraph, then in the whole document.  Where nothing decides, nothing is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy

from indexer.authority import Authority, AuthorityRecord, Match
from indexer.extract.anchored import Anchored, Anchors
from indexer.extract.lexicon import coded
from indexer.fold import has_han

#: Words of courts, police and law that belong to one jurisdiction (ISO 3166 code); folded, each a literal.
_SIGNS = {
    "HK": "hong kong|hongkong|hongkonger|hongkongers|hong konger|hong kongers|west kowloon"
          "|hk|hksar|nsl|national security law|court of final appeal"
          "|national security department|香港|港府|港警|港区|大律师|旺角|警务处|不准保释|撤销保释|裁判官|惩教"
          "|还柙|西九龙|裁判法院|区域法院|终审法院|律政司|还押|国安处|重案组|东区法院|警署|押后",
    "MO": "macau|macao|澳门",
    "TW": "taiwan|taiwanese|台湾|地检署|地方法院|调查局",
    "CN": "china|intermediate people's court|procuratorate|public security bureau|rsdl|residential surveillance"
          "|chinese authorities|chinese government|chinese police|chinese law|chinese court|chinese courts"
          "|chinese prosecutors|中级人民法院|人民法院|检察院|公安|看守所|监视居住|取保候审|有期徒刑"
          "|剥夺政治权利|死缓|派出所|中国|大陆|内地",
}  # fmt: skip
_CODE = {sign: code for code, signs in _SIGNS.items() for sign in signs.split("|")}
_SIGN = Anchored(re.compile("|".join(map(re.escape, sorted(_CODE, key=len, reverse=True)))), _CODE)

#: "a Vietnamese court": whose law it is; "Vietnamese media" only says who reports.
_DEMONYMS = coded("demonyms")
_DEMONYM = Anchored(
    re.compile(
        rf"\b(?P<of>{'|'.join(sorted(_DEMONYMS, key=len, reverse=True))}) (?:[a-z-]+ ){{0,2}}?"
        r"(?:courts?|tribunals?|judges?|magistrates?|prosecutors?|police|authorities|laws?"
        r"|prisons?|jails?|(?:penal|criminal) code|(?:state )?security (?:forces|service|police|agents|officers))\b"
    ),
    _DEMONYMS,
)


#: Behind a place: its papers, which report from anywhere.
_MEDIUM = re.compile("《|媒体|传媒|报章")


def _signs(folded: Anchors) -> Iterator[tuple[int, str]]:
    """Yield where a word of one jurisdiction stands, and which; Latin words on word boundaries."""
    text = folded.text
    for match in _SIGN.finditer(folded):
        start, end = match.span()
        inside = text[max(0, start - 1) : start].isalpha() or text[end : end + 1].isalpha()
        if not (inside and text[start].isascii()) and not _MEDIUM.match(text, end):
            yield start, _CODE[match.group()]
    for match in _DEMONYM.finditer(folded):
        yield match.start(), _DEMONYMS[match["of"]]


#: Places with a law and courts of their own inside, or beside, another country's entry.
_OWN_LAW = {"hong-kong": "HK", "macau": "MO", "taiwan": "TW"}
_NAMES = {"CN": "China", "HK": "Hong Kong", "MO": "Macau", "TW": "Taiwan"}
#: "on her way to Geneva" is not in Geneva.
_DIRECTION = re.compile(
    r"\b(?:to|from|via|(?:lives?|living|based|settled|born|studied|studying|exiled?|resid\w+) in) \Z"
)
#: 日本媒体, 美国之音, 德国总理: who speaks of it, not where it was.
_ABROAD = re.compile(
    r"《|媒体|传媒|报章|记者|外长|总理|总统|首相|议员|国会|大使|使馆|领事|籍|之音|外交|学者|政府的?(?:关注|声明)| ?\$"
)
#: A Chinese text shows its script within so many characters.
_HEAD = 400
_ENDS = re.compile(r"[.!?]\s|[。！？!?；;\n]")
#: Sentences and paragraphs are read this far around a mention, so that a page without ends stays linear.
_REACH = 400


class Jurisdictions:
    """What a document's text (folded) and the places named in it say about jurisdictions.

    A jurisdiction is an ISO 3166 code.  ``authority`` gives the places' countries.
    """

    def __init__(self, anchors: Anchors, matches: Sequence[Match], authority: Authority) -> None:
        self._folded = folded = anchors.text
        self._chinese = has_han(folded[:_HEAD])
        cues = set(_signs(anchors))
        for match in matches:
            for record in match.candidates:
                code = country_of(record, authority) if record.kind == "place" else None
                aside = _DIRECTION.search(folded, max(0, match.start - 12), match.start) or _ABROAD.match(
                    folded, match.end
                )
                if code and not aside:
                    cues.add((match.start, code))
        self._cues = sorted(cues)
        self._offsets = [offset for offset, _ in self._cues]
        self._whole = Counter(code for _, code in self._cues)
        #: Offences that only one country has tell of it too, where nothing else does.
        self._offences = Counter(
            str(match.candidates[0].attributes["jurisdiction"])
            for match in matches
            if len(match.candidates) == 1 and "jurisdiction" in match.candidates[0].attributes
        )

    def with_title(self, title: Anchors) -> Jurisdictions:
        """Return the same for a document with a title (folded), which counts for the document as a whole."""
        titled = copy(self)
        titled._whole = self._whole + Counter(code for _, code in _signs(title))
        return titled

    def choose(self, candidates: Sequence[AuthorityRecord], where: tuple[int, int] | None) -> list[AuthorityRecord]:
        """Return the one candidate that the evidence decides for as a list, else none.

        ``where`` is the span of the mention in the folded text, None for a mention in the title.  Where the text
        speaks of another country than those of the candidates, the candidate without a jurisdiction is meant; an
        offence of one country is not named in a text that speaks of others only.
        """
        by_code = {str(record.attributes.get("jurisdiction", "")): record for record in candidates}
        if len(candidates) == 1 and ("" in by_code or not self._whole or self._whole[next(iter(by_code))]):
            return list(candidates)
        if len(by_code) < len(candidates):
            return []  # two of one country: the name alone does not decide
        general = by_code.pop("", None)
        # A Chinese text has no need to name its country; an English one that speaks of others only means theirs.
        at_home = self._chinese or not self._whole
        for counts in (*self._circles(where), *(() if general or not at_home else (self._offences,))):
            best = max(counts.values(), default=0)
            leading = [code for code, count in counts.items() if count == best]
            here = [code for code in leading if code in by_code]
            if len(here) == 1:
                return [by_code[here[0]]]
            if leading and not here and general:
                return [general]
            named = [code for code in by_code if counts[code]]
            if len(named) == 1 and not general:
                return [by_code[named[0]]]
        if general is None and not any(self._whole[code] for code in by_code):
            # A territory's own law is meant only where the territory is named.
            general = by_code.get("CN") if at_home and set(by_code) <= {"CN", *_OWN_LAW.values()} else None
        return [general] if general else []

    def at(self, spans: Sequence[tuple[int, int]]) -> str | None:
        """Return the jurisdiction that these spans name; else their paragraphs, else the document, if most do."""
        paragraphs = [self._paragraph(*span) for span in spans]
        circles = [(self._in(spans), 0.5), (self._in(paragraphs), 0.5), (self._whole + self._offences, 0.6)]
        for counts, share in circles:
            code, times = counts.most_common(1)[0] if counts else ("", 0)
            if times > share * counts.total():
                return code
        return None

    def _in(self, spans: Sequence[tuple[int, int]]) -> Counter[str]:
        return sum((self._between(*span) for span in spans), Counter())

    def _circles(self, where: tuple[int, int] | None) -> list[Counter[str]]:
        if where is None:
            return [self._whole]
        return [self._between(*self._sentence(*where)), self._between(*self._paragraph(*where)), self._whole]

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        low = max(0, start - _REACH)
        for boundary in _ENDS.finditer(self._folded, low, start):
            low = boundary.end()
        after = _ENDS.search(self._folded, end, end + _REACH)
        return low, after.start() if after else end + _REACH

    def _paragraph(self, start: int, end: int) -> tuple[int, int]:
        after = self._folded.find("\n", end)
        return self._folded.rfind("\n", 0, start) + 1, after if after >= 0 else len(self._folded)

    def _between(self, start: int, end: int) -> Counter[str]:
        low, high = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        return Counter(code for _, code in self._cues[low:high])


def country_of(place: AuthorityRecord, authority: Authority) -> str | None:
    """Return the ISO code of the country or territory that a place lies in, or None."""
    seen: set[str] = set()
    record: AuthorityRecord | None = place
    while record is not None and record.id not in seen:
        if record.id in _OWN_LAW or "iso" in record.attributes:
            return _OWN_LAW.get(record.id) or str(record.attributes["iso"])
        seen.add(record.id)
        record = authority.get("place", str(record.attributes.get("within", "")))
    return None


def country_name(code: str | None, authority: Authority | None) -> str | None:
    """Return the English name of a jurisdiction by its ISO code; the code itself where no place has it."""
    if code is None or code in _NAMES or authority is None:
        return _NAMES.get(code or "", code)
    return next((record.name for record in authority.having("place", "iso", code)), code)
