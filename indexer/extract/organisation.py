"""Which organisations does a Latin text name that no authority file lists?

A name of an organisation is a run of capitalised words with a head (Committee, Network, Foundation, Tribunal ...)
and its modifiers, or an acronym.  The rules here give spans; ``resolve`` decides which of them are one body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.extract.latin import Run, Word, is_common, is_people, is_place
from indexer.extract.lexicon import words

#: People in the plural that found organisations: Lawyers for Lawyers, Mothers against Police Brutality.
_FOUNDERS = frozenset(
    "lawyers students mothers doctors reporters friends women citizens initiatives voices scholars parents families "
    "journalists physicians writers artists workers scientists advocates campaign campaigners scholars jurists "
    "grandmothers veterans youth christians muslims jews rabbis engineers architects teachers relatives".split()
)
_FOUNDERS_JOIN = frozenset(("for", "against", "without", "under"))
#: Words that begin a sentence or a phrase and never a name.
OPENERS = frozenset(
    "the a an this that these those in on at by from to for with as and or but if when while where after before since "
    "during until although though because however also both all many some most several such no not only even despite "
    "according following under over between among against about through meanwhile moreover furthermore thus hence so "
    "then there here it its he she they we you i his her their our your my who what which why how whether once now "
    "today yesterday tomorrow later earlier recently finally first second third last next other another each every any "
    "more less much new one two three four five six seven eight nine ten is are was were be been being has have had do "
    "does did will would can could may might must shall should let see read please dear like unlike instead yet still "
    "indeed perhaps maybe in-depth via per than too very just ever never again of within without upon toward towards "
    "amid amidst beside besides beyond behind below above across around near inside outside throughout along regarding "
    "concerning including excluding given upon nor either neither until till unless whereas".split()
)
_BREAKING_TITLES = frozenset(
    "mr mrs ms dr president chairman chairwoman chairperson director founder co-founder spokesperson spokesman "
    "spokeswoman minister premier secretary secretary-general ambassador general judge justice professor prof chief "
    "prosecutor senator governor mayor activist lawyer journalist reporter leader".split()
)
#: Capitalised phrases that end in a head and still name no body.
_GENERIC = frozenset(
    "civil society|international society|human society|global society|civil service|security forces|armed forces|"
    "air force|task force|world order|world bank group|working group|interest group|support group|focus group|"
    "united front|home front|police station|police force|press conference|news conference|world news|breaking news|"
    "latest news|trade union|labour union|labor union|student union|political party|ruling party|opposition party|"
    "communist party member|secret police|riot police|armed police|military police|border police|local government|"
    "central government|state party|states party|third party|other party|first party|high school|middle school|"
    "primary school|law school|green new deal|annual report|free press|foreign press|world press|press group|"
    "rights group|rights groups|human rights group|human rights organization|human rights organisation|"
    "human rights organizations|civil society organizations|civil society organisations|law firm|law office|"
    "head office|post office|box office|detention center|detention centre|community center|press office|"
    "press release|press service|national government|federal government|your government|new government|"
    "interim government|transitional government|coalition government|local court|district court|high court|"
    "supreme court|criminal court|appeals court|appeal court|military court|military junta|national police|"
    "state police|local police|criminal police|city police|police department|foreign ministry|defence ministry|"
    "defense ministry|justice ministry|interior ministry|education ministry|people power movement|"
    "political movement|liberation movement|labour movement|labor movement|women movement|social movement|"
    "democracy movement|pro-democracy movement|student movement|human rights movement|non-aligned countries|"
    "re-education center|training center|training centre|contact group|core group|expert group|group|peer support|"
    "social service|secret service|security service|security services|intelligence service|state security|"
    "prime minister office|security team|legal team|defence team|defense team|national team|football team|"
    "development programme|training programme|radio|television|state media|state television|state tv|press club|"
    "international press|open letter|state department of|high command|human rights mechanism|"
    "vocational school|international school|boarding school|business school|public library|public prosecution|"
    "city hall|court|council|committee|commission|ministry|government|university|institute|parliament|congress|"
    "senate|police|army|party|church|united government|human rights body|group of|members of parliament|"
    "member of parliament|house of|special forces|allied forces|government forces|rebel forces|"
    "communist regime|members of congress|chamber|non-governmental organization|non-governmental organizations|"
    "nongovernmental organization|nongovernmental organizations|non-governmental organisations".split("|")
)
#: Heads that need the company of a modifier which is no ordinary word, or a place or people.
_WEAK_HEADS = frozenset(
    "post times news press police army force forces front union group party programme program project office station "
    "service services team mission movement board bank fund company section unit watch network system corps command "
    "mechanism prison jail government partnership solidarity trust radio television initiative journal review circle "
    "guard guards school club department division bureau center centre conference congress daily weekly international "
    "enterprise enterprises platform monitor house court courts bulletin patrol library hospital temple church "
    "monastery mosque club studio magazine world league alliance coalition campaign collective society college "
    "academy".split()
)
_ROMANCE_HEADS = frozenset(
    "red movimiento asociacion centro comision comite consejo coordinadora federacion fundacion instituto liga mesa "
    "ministerio observatorio organizacion partido sindicato sociedad tribunal universidad voces accion amnistia frente "
    "foro colectivo confederacion agencia alianza asamblea corte defensoria fiscalia gobierno grupo vicaria "
    "associacao comissao conselho federacao fundacao instituto movimento rede sindicato uniao universidade "
    "ligue mouvement observatoire reseau federation syndicat comite collectif amnistie parti secours societe "
    "institut association centre agence ministere universite fondation stiftung verein bund gesellschaft "
    "verband associazione comitato partito unione governo".split()
)
_ROMANCE = frozenset(
    "de del de la las los el y e en da do dos das du des le les et d para por con sem sur pour der für und zu".split()
)
_JOINS_AFTER_HEAD = frozenset(("on", "in", "to", "against", "within", "without", "for", "of", "under"))
_PLURAL_POSSESSORS = frozenset(
    "people women children workers men citizens peoples lawyers journalists mothers farmers students teachers editors "
    "writers girls boys youth veterans physicians doctors authors employers employees trades painters reporters "
    "publishers correspondents merchants bankers prisoners victims parents families patients consumers".split()
)


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``first`` to ``last`` (inclusive) of a run."""

    first: int
    last: int


def organisations(run: Run, text: str) -> Iterator[Span]:
    """Yield the spans of a run that name an organisation by a head word, left to right, without overlap."""
    ws = run.words
    free = 0
    for index, word in enumerate(ws):
        if index < free or not word.capital:
            continue
        if not (_is_head(word) or _founds(ws, index)):
            continue
        first = _leftmost(ws, index, free, text)
        last = _rightmost(ws, index)
        first = _without_openers(ws, first, index)
        if _is_name(ws, first, last, index):
            yield Span(first, last)
            free = last + 1


def _is_head(word: Word) -> bool:
    return word.key in words("heads_latin") and not word.text.isupper() or (
        word.text.isupper() and len(word.text) > 3 and word.key in words("heads_latin")
    )  # fmt: skip


def _founds(ws: Sequence[Word], index: int) -> bool:
    return (
        ws[index].key in _FOUNDERS
        and not ws[index].possessive
        and index + 2 < len(ws)
        and ws[index + 1].key in _FOUNDERS_JOIN
        and any(w.capital and not w.text.isdigit() for w in ws[index + 2 : index + 4])
    )


def _leftmost(ws: Sequence[Word], head: int, free: int, text: str) -> int:
    first = head
    while first > free:
        left = ws[first - 1]
        if left.capital:
            if left.possessive and not _possessor_inside(left, text):
                break
            if left.key in _BREAKING_TITLES or left.text.isdigit() and first - 1 > free:
                break
            first -= 1
        elif left.key in ("and", "&") and first - 2 >= free and _coordinated(ws, first, head, free):
            first -= 2
        elif left.key in _ROMANCE and first - 2 >= free and ws[first - 2].capital and ws[head].key in _ROMANCE_HEADS:
            break
        else:
            break
    return first


def _possessor_inside(word: Word, text: str) -> bool:
    """Say whether a possessive belongs to the name: Women's Federation, New Citizens' Movement."""
    return word.key in _PLURAL_POSSESSORS or word.key.removesuffix("s") in _PLURAL_POSSESSORS


def _coordinated(ws: Sequence[Word], first: int, head: int, free: int) -> bool:
    """Say whether "A and B Head" is one name: A is neither a place nor a person nor a body of its own."""
    left = ws[first - 2]
    if not left.capital or left.possessive or left.acronym or is_place(left.key) or is_people(left.key):
        return False
    return is_common(left.key) and not any(_is_head(w) for w in ws[free : first - 1]) and left.key not in OPENERS


def _rightmost(ws: Sequence[Word], head: int) -> int:
    last = head
    romance = ws[head].key in _ROMANCE_HEADS
    while last + 1 < len(ws):
        if ws[last].possessive and last > head - 1 and not ws[last].key.endswith("s"):
            break
        following = ws[last + 1]
        if following.capital:
            if following.text.isdigit() or following.key in _BREAKING_TITLES or following.key in _MONTHS:
                break
            inside = any(not w.capital for w in ws[head : last + 1])
            if not (inside or romance or _is_head(following) or is_place(following.key) and _ends(ws, last + 1)):
                break
            if inside and following.key in words("titles") and last + 2 < len(ws):
                break
            last += 1
            continue
        jump = last + 1
        while jump < len(ws) and not ws[jump].capital:
            jump += 1
        if jump == len(ws) or not _joins(ws, head, last, jump, romance):
            break
        last = jump
    return last


_MONTHS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)


def _ends(ws: Sequence[Word], index: int) -> bool:
    return index + 1 == len(ws) or not ws[index + 1].capital


def _joins(ws: Sequence[Word], head: int, last: int, jump: int, romance: bool) -> bool:
    """Say whether the small words between ``last`` and ``jump`` tie the next capitalised word to the name."""
    small = [w.key for w in ws[last + 1 : jump]]
    right = ws[jump]
    if right.key in _MONTHS or right.text.isdigit():
        return False
    if romance and all(s in _ROMANCE for s in small):
        return True
    first_small = small[0]
    if first_small in ("and", "&"):
        return _right_coordinated(ws, head, last, jump)
    if first_small in ("of", "for", "against", "without"):
        return not (first_small == "for" and (is_place(ws[last].key) and last != head))
    if first_small in ("on", "to"):
        return last == head or ws[last].key in ("mission", "committee")
    if first_small == "in":
        return any(w.key in ("on", "for", "of") for w in ws[head : last + 1] if not w.capital) and is_place(right.key)
    return first_small in ("the",) and last > head and not ws[last].capital


def _right_coordinated(ws: Sequence[Word], head: int, last: int, jump: int) -> bool:
    right = ws[jump]
    if not any(not w.capital for w in ws[head : last + 1]) and last == head:
        return False
    rest = ws[jump:]
    if is_place(right.key) or is_people(right.key) or right.acronym or right.possessive:
        return is_place(ws[last].key) and is_place(right.key) and False
    if any(_is_head(w) for w in rest) or right.key in words("titles"):
        return False
    return is_common(right.key)


def _without_openers(ws: Sequence[Word], first: int, head: int) -> int:
    while first < head and (ws[first].key in OPENERS or not ws[first].capital):
        first += 1
    return first


def _is_name(ws: Sequence[Word], first: int, last: int, head: int) -> bool:
    span = ws[first : last + 1]
    capitals = [w for w in span if w.capital]
    if len(capitals) < 2 or span[-1].key.endswith("s") and span[-1].key in ("groups", "organizations", "organisations"):
        return False
    phrase = " ".join(w.key for w in span)
    if phrase in _GENERIC:
        return False
    if head == last and ws[head].key in _WEAK_HEADS:
        modifiers = [w for w in ws[first:head] if w.capital]
        return any(_distinctive(w) for w in modifiers) or len(modifiers) >= 2
    if first == head and last == head:
        return False
    return any(w.capital and w.key not in OPENERS for w in (*ws[first:head], *ws[head + 1 : last + 1]))


def _distinctive(word: Word) -> bool:
    return not is_common(word.key) or is_place(word.key) or is_people(word.key)


_ACRONYM_SHAPE = re.compile(r"[A-Z][A-Za-z0-9&]*(?:[-/.][A-Z0-9][A-Za-z0-9]*)*\.?\Z")


def is_organisation_acronym(word: Word) -> bool:
    """Say whether a word in capitals may stand for an organisation: IFEX, CSIS, ABS-CBN; not HRDs, COVID-19."""
    text = word.text.rstrip(".")
    if not (word.acronym and _ACRONYM_SHAPE.match(text)) or not 2 < len(text) <= 12:
        return False
    if text[-1] == "s" or word.key.rstrip(".") in words("abbreviations") or is_place(word.key):
        return False
    return not (text.isalpha() and len(text) > 6 and is_common(word.key))
