"""Offences in English, from what stands in quotes or after the words of a court."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.extract.offence.found import Offence

_ADVERBS = r"(?:(?:\w+ly|also|both|each|all|been|being|then|later) )?"
#: After these words, whatever is named is an offence.
_COURT_WORDS = (
    r"(?:charged (?:\w+ ){0,4}?with|indict(?:ed|ment) (?:\w+ ){0,2}?(?:for|on|of)|convict(?:ed"
    r"|ion) (?:\w+ ){0,4}?(?:of|for|on)"
    r"|guilty (?:of|to)|charges? of|counts? of|on suspicion of|crimes? of|offen[cs]es? of"
    r"|acquitted (?:\w+ ){0,2}?of|face[sd]? (?:a )?charges? (?:of|for))"
)
#: After these words, a quoted phrase is an offence; a bare one often is only a reproach.
_WEAKER_WORDS = (
    r"(?:accus(?:ed|es|ing) (?:[\w’'-]+ ){0,6}?of|suspected of|accusations? of|allegations? of"
    r"|(?:sentenced|jailed|imprisoned|detained|arrested|punished|prosecuted|tried|fined|held|summoned|prison"
    r"|sentence)\b[^.;“”\"]{0,60}? (?:for|over|on))"
)
_OPEN, _CLOSE = '“"‘「', '”"’」'
_QUOTED = re.compile(
    rf"\b(?:{_COURT_WORDS}|{_WEAKER_WORDS}) (?:(?:the|a|an|so-called|alleged|alleged crimes? of|charges? of"
    rf"|crimes? of|vague|trumped-up) )*"
    rf"(?P<list>[{_OPEN}][^{_OPEN}{_CLOSE}\n]{{3,90}}[{_CLOSE}](?:(?:,|,? and|,? or"
    rf"| and of) [{_OPEN}][^{_OPEN}{_CLOSE}\n]{{3,90}}[{_CLOSE}])*)",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}\n]{{3,90}}?)[,.;]?[{_CLOSE}]")
_BARE = re.compile(rf"\b{_COURT_WORDS} (?P<np>[a-z][^.;:\n“”\"()\[\]]{{2,120}})", re.IGNORECASE)

#: Words at which the name of an offence ends.
_STOP = re.compile(
    r",? (?:in|on|at|by|after|before|for|over|under|during|when|while|who|which|that|as|because|since|from"
    r"|following|despite|"
    r"without|if|but|between|through|until|upon|amid|against|within|last|earlier|later|this|next|he|she|they"
    r"|it|his|her|their|"
    r"was|were|is|are|has|have|had|would|will|could|and (?:was|were|has|had|is|are|then|later|sentenced"
    r"|jailed|given|handed|"
    r"fined|ordered|held|imprisoned|detained|he|she|they|his|her|placed|released|put|remanded)|and faces?"
    r"|and could|and may)\b.*"
    r"|,(?: (?!and|or)\w+)? (?:a|an|the|said|says|according|including|along|with|where|reported|citing)\b.*",
    re.IGNORECASE | re.DOTALL,
)
#: First words that tell a duty or a thing from an offence: "charged with ensuring safety", "convicted of crimes".
_NO_OFFENCE = re.compile(
    r"(?:the |a |an |any |some |such |these |those |this |that |all |other |several |various |many |no "
    r"|multiple |serious |minor |"
    r"more |two |three |\d+ |same |similar |false |criminal |political |bogus |trumped-up |vague |national )*"
    r"(?:crimes?|charges?|offen[cs]es?|task|duty|duties|responsibility|mandate|ensuring|implementing"
    r"|monitoring|overseeing|"
    r"drafting|protecting|enforcing|investigating|promoting|maintaining|managing|reviewing|supervising"
    r"|upholding|making|"
    r"providing|helping|keeping|developing|advising|emotion|electricity|anything|wrongdoing|them|him|it|what|"
    r"counts?|cases?|violations?|security\Z|security crimes?|security charges|security offen[cs]es?"
    r"|political crimes)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:(?:the|a|an|one|two|three|four|five|six|\d+|several|multiple|counts?|count|charges?|crimes?"
    r"|offen[cs]es?|of|alleged|allegedly|"
    r"so-called|having|committing|attempting|attempted|being|involved) )+",
    re.IGNORECASE,
)
#: Nouns that name an offence by themselves, with the words that may go before them.
_OFFENCE_NOUN = (
    r"(?:(?:criminal|cyber|seditious|blasphemous|online|aggravated|high|tax|state|money|fake|false|drug"
    r"|sexual|common|public|"
    r"illegal|unlawful|wilful|malicious|financial|bank|wire|visa|voter|electoral|religious|racial) )?"
    r"(?:cyber[- ]?libel|libel|defamation|slander|treason|sedition|espionage|spying|blasphemy|apostasy"
    r"|l[èe]se[- ]majest[ée]|"
    r"tax evasion|evasion|fraud|bribery|corruption|embezzlement|extortion|contempt of court"
    r"|contempt of parliament|hooliganism|"
    r"vandalism|rioting|riot|trespass|assault|arson|murder|manslaughter|perjury|laundering|money laundering"
    r"|obstruction of justice|"
    r"drug trafficking|trafficking|conspiracy|incitement|unlawful assembly|illegal assembly|sabotage"
    r"|secession|subversion|mutiny|"
    r"insurrection|rebellion|false news|fake news|insulting the \w+|insult|terrorism|extremism|separatism"
    r"|theft|robbery|"
    r"kidnapping|rape|harassment|loitering|smuggling|poaching|forgery|criminal intimidation|obscenity|indecency|"
    r"public nuisance|nuisance|unlawful association|unauthori[sz]ed assembly)"
)
_MODIFYING = re.compile(
    rf"(?<![-\w])(?<!anti )(?<!counter )(?P<name>{_OFFENCE_NOUN})"
    r"[ -](?:charges?|convictions?|indictments?|counts?|prosecutions?|offen[cs]es?)\b",
    re.IGNORECASE,
)
_GERUND_OR_NOUN = re.compile(
    rf"(?:\w+ly )?(?:\w{{3,}}ing\b(?! to\b)|{_OFFENCE_NOUN}\b|conspiracy|conspiring|incitement|possession|membership|"
    r"(?:an? |the )?(?:act|offen[cs]e|crime)s? |participation|obstruction|dissemination|disclosure|abuse"
    r"|violation|breach|"
    r"misuse|insult|attempt|use of|damage|criminal|illegal|unlawful|unauthori[sz]ed|treasonous|malicious|seditious|"
    r"terror|tax|drug|arms|cyber|hate|contempt|disobedience|public|social|state|economic|financing|\w+ of )",
    re.IGNORECASE,
)
_LAW_NAME = (
    r"(?:[A-Z][\w’'-]+(?: \([A-Z][\w ]+\)|,)? |of |on |the |and |for |against |to |in )*?(?:[A-Z][\w’'-]+ "
    r"|\([A-Z][\w ]+\) )"
    r"(?:Act|Law|Ordinance|Code|Decree)\b(?! Enforcement)"
)
_UNDER_LAW = re.compile(
    r"\b(?:charges?|charged|prosecuted|convicted|indicted|jailed|booked|imprisoned|sentenced|detained|arrested)\b"
    r"(?P<between>[^.;\n]{0,90}?) under (?:the |its |an? |(?:China|India|Hong Kong|Thailand|Vietnam|Egypt"
    r"|Russia|Turkey)[’']s )?"
    rf"(?:[a-z-]+ ){{0,3}}?(?P<law>{_LAW_NAME})"
)
_OFFENDER = re.compile(
    r"\b(?:as|being|of being) (?:an? )(?P<noun>conspirator|spy|traitor|rioter|saboteur|blasphemer|apostate)\b"
    r"(?=[^.;\n]{0,80}\b(?:sentenced|convicted|jailed|imprisoned|charged|tried|executed|indicted)\b)"
    r"|\b(?:sentenced|convicted|jailed|imprisoned|charged|tried|executed|indicted)\b[^.;\n]{0,40}? (?:as"
    r"|for being|of being) (?:an? )"
    r"(?P<noun2>conspirator|spy|traitor|rioter|saboteur|blasphemer|apostate)\b"
)
_OFFENCE_OF = {
    "conspirator": "conspiracy", "spy": "espionage", "traitor": "treason", "rioter": "rioting",
    "saboteur": "sabotage", "blasphemer": "blasphemy", "apostate": "apostasy",
}  # fmt: skip
_SHORT_ACTS = re.compile(rf"(?:{_OFFENCE_NOUN}|[a-z]+ing [\w’' -]{{2,50}})\Z", re.IGNORECASE)


def english_offences(text: str) -> Iterator[Offence]:
    """Yield the offences that an English text names by its words of charging, rule by rule."""
    for rule in (_quoted, _bare, _modifying, _under_law, _offender):
        yield from rule(text)


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
