"""Offences in English, from what stands in quotes or after the words of a court."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from indexer.extract.anchored import Anchored, Anchors
from indexer.extract.offence.english_words import (
    COURT_ANCHORS,
    COURT_WORDS,
    FILLERS,
    GERUND_OR_NOUN,
    ITEM,
    LEADING,
    MODIFIED,
    MODIFYING,
    NO_OFFENCE,
    OFFENCE_NOUN,
    OFFENCE_OF,
    OFFENDER,
    OFFENDER_NOUN,
    STOP,
    WEAKER_ANCHORS,
    WEAKER_WORDS,
)
from indexer.extract.offence.found import Offence

_QUOTED = Anchored(
    re.compile(
        rf"\b(?:{COURT_WORDS}|{WEAKER_WORDS}) {FILLERS}(?P<list>{ITEM}(?:(?:,? and (?:of |for |with )?|,? or "
        rf"|, ){ITEM})*)",
        re.IGNORECASE,
    ),
    (*COURT_ANCHORS, *WEAKER_ANCHORS),
)
_ITEM = re.compile(ITEM)
_QUOTE = re.compile("[“\"‘'「]")
_BARE = Anchored(re.compile(rf"\b{COURT_WORDS} (?P<np>[a-z][^.;:\n“”\"()\[\]]{{2,160}})", re.IGNORECASE), COURT_ANCHORS)
_ACCUSED_BARE = Anchored(
    re.compile(
        rf"\baccused (?:[\w’'-]+ ){{0,4}}?of (?P<np>{OFFENCE_NOUN}\b[^.;:\n“”\"()\[\]]{{0,160}})", re.IGNORECASE
    ),
    ("accused",),
)
#: "jailed for five years for treason": after a penalty only what is an offence by itself.
_PENALTY_BARE = Anchored(
    re.compile(
        rf"\b(?:sentence[ds]?|jailed|imprisoned|executed|terms?|years|months|reprieve|life)\b"
        rf"[^.;:\n“”\"()\[\]]{{0,40}}? for (?P<np>{OFFENCE_NOUN}\b[^.;:\n“”\"()\[\]]{{0,160}})",
        re.IGNORECASE,
    ),
    ("sentence", "jailed", "imprisoned", "executed", "term", "years", "months", "reprieve", "life"),
)
#: "the conviction of lawyer X for defaming a judge": of whom, before of what.
_OF_SOMEBODY = Anchored(
    re.compile(
        r"\b(?:conviction|indictment) of (?=[^.;:\n]{0,60}[A-Z])[^.;:,\n“”\"()\[\]]{3,70}? (?:for|on) "
        r"(?P<np>[a-z][^.;:\n“”\"()\[\]]{2,160})"
    ),
    ("conviction", "indictment"),
)
#: "defaming the mayor, Ana Ruiz, and": who it was.
_NAME_BEHIND = re.compile(r", (?:[A-Z][\w’'-]+,? ?){1,3}(?:,.*|\Z)")
_NOUN = re.compile(OFFENCE_NOUN, re.IGNORECASE)
#: A noun with what belongs to it, and no name, article, pronoun or verb of a sentence at its head.
_LIKE_AN_OFFENCE = re.compile(
    r"(?!(?:the|an?|his|her|its|their|he|she|it|they|who|which|was|were|is|are|had|has|will|would|not|also|fined"
    r"|jailed|sentenced|ordered|held|released|deported|expelled)\b)(?!.*ly\Z)"
    r"[a-z][a-z-]+(?: [a-z-]+){0,6}"
)
_ADJECTIVE_NOUN = re.compile(r"[a-z]{5,}(?:ive|ous|al|ful|ed|ic|ent) [a-z]{5,}")
_SEPARATOR = re.compile(r",? (?:and|or) (?:of |for |with )?|, ")
_LAW_NAME = (
    r"(?:[A-Z][\w’'-]+(?: \([A-Z][\w ]+\)|,)? |of |on |the |and |for |against |to |in )*?(?:[A-Z][\w’'-]+ "
    r"|\([A-Z][\w ]+\) )"
    r"(?:Act|Law|Ordinance|Code|Decree)\b(?! Enforcement)"
)
_UNDER_LAW = Anchored(
    re.compile(
        r"\b(?:charges?|charged|prosecuted|convicted|indicted|jailed|booked|imprisoned|sentenced|detained|arrested)\b"
        r"(?P<between>[^.;\n]{0,90}?) (?:under|breaching|violating|contravening|(?:breach|violation)s? of) "
        r"(?:the |its |an? |[A-Z]\w+[’']s? )?"
        rf"(?:[a-z-]+ ){{0,3}}?(?P<law>{_LAW_NAME})"
    ),
    ("charge", "prosecuted", "convicted", "indicted", "jailed", "booked", "imprisoned", "sentenced", "detained",
     "arrested"),
)  # fmt: skip
#: An act in the infinitive: "conspiring to collude with …".
_INFINITIVE = Anchored(
    re.compile(
        r"\b(?:conspir\w+|plott?\w*|attempt\w*|agree\w*) to (?P<verb>[a-z]{3,})(?P<rest>(?: [\w-]+){0,7})",
        re.IGNORECASE,
    ),
    ("conspir", "plot", "attempt", "agree"),
)
#: A body of law, which is no offence.
_WHOLE_CODE = re.compile(r"(?:.* )?(?:(?:Penal|Criminal|Civil|Military) (?:Code|Law)|Criminal Procedure (?:Code|Law))")
_NO_SUBJECT = frozenset(
    ("i", "we", "you", "he", "she", "they", "there", "this", "it", "no", "not", "evidence",
     "involves", "concerns", "constitutes", "violates", "relates", "is", "was", "are", "were", "has",
     "had")
)  # fmt: skip


def english_offences(anchors: Anchors) -> Iterator[Offence]:
    """Yield the offences that an English text names by its words of charging, rule by rule."""
    for rule in (_quoted, _bare, _modifying, _under_law, _offender):
        yield from rule(anchors)


def infinitives(anchors: Anchors) -> Iterator[tuple[str, int, int]]:
    """Yield ways to name the act of "conspiring to VERB …" as lists name it, "VERBing …", the longest first."""
    for match in _INFINITIVE.finditer(anchors):
        words = match["rest"].split()
        for count in range(len(words), -1, -1):
            rest = " ".join(words[:count])
            end = match.start("rest") + (match["rest"].index(rest) + len(rest) if rest else 0)
            for verb in _gerunds(match["verb"].lower()):
                yield f"{verb} {rest}".strip(), match.start(), end


def _gerunds(verb: str) -> tuple[str, ...]:
    return (verb.removesuffix("e") + "ing", verb + "ing", verb + verb[-1] + "ing")


def _quoted(anchors: Anchors) -> Iterator[Offence]:
    for line in _lines_with_quotes(anchors.text):
        for match in _QUOTED.finditer(anchors, *line):
            yield from _quoted_items(anchors.text, match.start("list"), match.end("list"))


def _lines_with_quotes(text: str) -> Iterator[tuple[int, int]]:
    quote = _QUOTE.search(text)
    while quote:
        end = text.find("\n", quote.start())
        end = end if end >= 0 else len(text)
        yield text.rfind("\n", 0, quote.start()) + 1, end
        quote = _QUOTE.search(text, end)


def _quoted_items(text: str, start: int, end: int) -> Iterator[Offence]:
    for item in _ITEM.finditer(text, start, end):
        group = item.lastindex or 1
        name = item.group(group).rstrip(" ,.;")
        if _is_offence(name.strip(), quoted=True):
            yield Offence(name, item.start(group), item.start(group) + len(name), "charge-quoted")


def _bare(anchors: Anchors) -> Iterator[Offence]:
    rules = (_BARE, _ACCUSED_BARE, _PENALTY_BARE, _OF_SOMEBODY)
    for match in chain.from_iterable(rule.finditer(anchors) for rule in rules):
        phrase = _NAME_BEHIND.sub("", STOP.sub("", match["np"])).rstrip(" ,’'")
        start = match.start("np")
        for name, at in _acts(phrase):
            yield Offence(name, start + at, start + at + len(name), "charge-words")


def _acts(phrase: str) -> Iterator[tuple[str, int]]:
    """Yield the offences of a list, and where they begin in it.

    What stands between two offences is one too: "treason, outrages against the flag and conspiracy".
    """
    items = []
    for name, at in _list_items(phrase):
        leading = LEADING.match(name)
        cut = leading.end() if leading else 0
        items.append((name[cut:], at + cut))
    plain = [_is_offence(name, quoted=False) for name, _ in items]
    for number, (name, at) in enumerate(items):
        between = any(plain[:number]) and any(plain[number + 1 :]) and _LIKE_AN_OFFENCE.fullmatch(name)
        # "cyber harassment and offensive communication"
        behind = len(items) == 2 and number == 1 and _NOUN.fullmatch(items[0][0]) and _ADJECTIVE_NOUN.fullmatch(name)
        if plain[number] or ((between or behind) and not NO_OFFENCE.match(name)):
            yield name, at


def _list_items(phrase: str) -> Iterator[tuple[str, int]]:
    """Yield the members of a list of acts; a pair of gerunds ("gathering and leaking files") is one act."""
    pieces: list[tuple[str, int]] = []
    at = 0
    for separator in (*_SEPARATOR.finditer(phrase), None):
        end = separator.start() if separator else len(phrase)
        if phrase[at:end].strip():
            pieces.append((phrase[at:end], at))
        at = separator.end() if separator else end
    gerunds = [re.match(r"(?:\w+ly )?\w+ing\b", piece) is not None for piece, _ in pieces]
    first = pieces[0][0] if pieces else ""
    one_act = (
        len(pieces) == 2 and all(gerunds) and re.fullmatch(r"(?:\w+ly )?\w+", first) and not _NOUN.fullmatch(first)
    )
    whole = _NOUN.fullmatch(first) is not None  # "mutiny, fined heavily": an offence by itself, and something else
    if one_act or (len(pieces) == 2 and not whole and not GERUND_OR_NOUN.match(pieces[1][0])):
        yield phrase, 0
        return
    yield from pieces


def _modifying(anchors: Anchors) -> Iterator[Offence]:
    for word in MODIFIED.finditer(anchors):
        match = MODIFYING.search(anchors.text, max(0, word.start() - 50), word.start())
        if match:
            yield Offence(match["name"].lower(), match.start("name"), match.end("name"), "charge-modifier")


def _under_law(anchors: Anchors) -> Iterator[Offence]:
    for match in _UNDER_LAW.finditer(anchors):
        between = match["between"]
        names_charge = re.search(r"\b(?:with|of|for|on suspicion) \w", between) and "such as" not in between
        if not names_charge and not _WHOLE_CODE.fullmatch(match["law"]):
            yield Offence(match["law"], match.start("law"), match.end("law"), "charge-law")


def _offender(anchors: Anchors) -> Iterator[Offence]:
    if not any(OFFENDER_NOUN.finditer(anchors)):
        return
    for match in OFFENDER.finditer(anchors.text):
        group = "noun" if match["noun"] else "noun2"
        yield Offence(OFFENCE_OF[match[group]], match.start(group), match.end(group), "charge-offender")


def _is_offence(name: str, *, quoted: bool) -> bool:
    words = name.split()
    if not words or len(name) < 4 or NO_OFFENCE.match(name) or not name[0].isalpha():
        return False
    if quoted:
        return len(words) <= 16 and words[0].lower() not in _NO_SUBJECT
    return bool(GERUND_OR_NOUN.match(name)) and len(words) <= 9 and name.lower() not in _TOO_SHORT


#: Words that begin the name of an offence and are none by themselves.
_TOO_SHORT = frozenset(
    ("participation", "possession", "membership", "involvement", "violation", "breach", "abuse", "illegal", "criminal",
     "public", "social", "state", "economic", "attempt", "use of", "being", "having", "taking")
)  # fmt: skip
