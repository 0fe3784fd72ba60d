"""Which charges, violations, places and topics does a document name?

``concepts`` is the room's one door.  A mention is never an accusation: a statutory list of offences names them
all, and only ``indexer.extract.case`` says who was charged.

Rules for charges, beside the longest match of the authority files:

- a form that is also a common word (attribute ``in_charge_context``) counts in quotes, or where words of charging
  stand before or after it;
- a form of a plain offence after words of incitement is not that offence: "inciting subversion" is never
  "subversion";
- several offences of one name (sedition in Hong Kong and in India) are told apart by places and courts named near
  the mention, then in the document; where nothing decides, the mention stays unresolved;
- an article number counts where its law is named in the same sentence (``indexer.extract.article``);
- offences that no file lists are taken from the words of charging (``indexer.extract.offence``), known = False.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from indexer.authority import Authority, AuthorityRecord, Match
from indexer.extract.annotated import AnnotatedText
from indexer.extract.article import article_references
from indexer.extract.jurisdiction import Jurisdictions
from indexer.extract.offence import Offence, infinitives, unlisted_offences
from indexer.extract.place import names_a_place
from indexer.extract.stretches import Stretches
from indexer.fold import fold_text, is_han
from indexer.model import KINDS, Entity, Kind, Mention

#: Of these a listed name is enough; a charge needs more.
_KINDS_BY_NAME: frozenset[Kind] = frozenset(("violation", "place", "topic"))


def concepts(
    title: AnnotatedText, text: AnnotatedText, quiet: Sequence[tuple[int, int]], language: str
) -> list[Entity]:
    """Return the charges, violations, places and topics that a document names.

    ``quiet`` are spans of ``text`` that name nothing.  ``language`` is "en", "zh", "mixed" or "other" and only spares
    work: English rules are skipped for "zh".
    Entities come ordered by kind, then by first mention, the title before the text; none has no mention.
    """
    jurisdictions = text.jurisdictions.with_title(title.folded_anchors)
    full = {(r.kind, r.id) for m in (*title.matches, *text.matches) if m.form != "weak" for r in m.candidates}
    silent = Stretches(quiet)
    findings: list[_Finding] = []
    for field in (_Field(title, jurisdictions), _Field(text, jurisdictions)):
        for entity, start, end, rule in (*_listed_concepts(field, full), *_charges(field, language)):
            if field.name == "title" or not silent.touch(start, end):
                findings.append(_Finding(entity, Mention(field.name, start, end, field.original[start:end], rule)))
    return _without_short_forms(_gather(findings))


class _Field:
    """One field of a document, and under whose law the whole document may be."""

    def __init__(self, annotated: AnnotatedText, jurisdictions: Jurisdictions) -> None:
        self.annotated = annotated
        self.name = annotated.field
        self.original = annotated.text
        self.folded = annotated.folded
        self.matches = annotated.matches
        self.authority = annotated.authority
        self.jurisdictions = jurisdictions


@dataclass(frozen=True, slots=True)
class _Finding:
    """One mention and the entity (without mentions) that it names."""

    entity: Entity
    mention: Mention


_Found = tuple[Entity, int, int, str]


def _listed_concepts(field: _Field, full: Set[tuple[Kind, str]]) -> Iterator[_Found]:
    """Yield violations, places and topics.  A weak form counts only where the document has a ``full`` one too."""
    for match in field.matches:
        for kind in _KINDS_BY_NAME.intersection(r.kind for r in match.candidates):
            records = [r for r in match.candidates if r.kind == kind]
            if len(records) != 1 or (match.form == "weak" and (kind, records[0].id) not in full):
                continue
            start, end = field.folded.original(match.start, match.end)
            if kind != "place" or names_a_place(field.original, start, end, records[0].id):
                yield _entity(records[0]), start, end, f"authority-{match.form}"


#: "incitement of hatred" is another offence than incitement.
_GOES_ON = re.compile(r" (?:of|to) (?!(?:the )?(?:crimes?|offen[cs]es?)\b)[a-z]")


def _charges(field: _Field, language: str) -> Iterator[_Found]:
    """Yield charges: listed ones, those of articles, and those that only the words of charging tell of."""
    taken = Stretches()
    for found in (*_listed_charges(field), *(_charges_by_article(field) if language != "other" else ())):
        taken.add(found[1], found[2])
        yield found
    if language == "other":
        return
    # A name of somebody or something else is no offence either: "charged with Amnesty International's ...".
    for match in field.matches:
        if match.candidates[0].kind in ("person", "organisation"):
            taken.add(*field.folded.original(match.start, match.end))
    yield from _charges_told(field, language, taken)


def _listed_charges(field: _Field) -> Iterator[_Found]:
    for match in field.matches:
        records = [r for r in match.candidates if r.kind == "charge"]
        if not records:
            continue
        bare = field.folded.text[match.start : match.end] in ("incitement", "conspiracy")
        if bare and _GOES_ON.match(field.folded.text, match.end):
            continue
        shared = len(records) < len(match.candidates)
        possible, start = _as_charge(field.folded.text, match, records, shared, field.authority)
        chosen = field.jurisdictions.choose(possible, (start, match.end) if field.name == "text" else None)
        low, high = field.folded.original(start, match.end)
        rule = f"authority-{match.form}"
        if chosen:
            yield _entity(chosen[0]), low, high, rule
        elif len(possible) > 1 and not _between_countries(possible):
            offence = Offence(field.original[low:high], low, high, rule, is_han(field.folded.text[start]))
            yield offence.entity(), low, high, rule


def _charges_by_article(field: _Field) -> Iterator[_Found]:
    for record, start, end in article_references(field.annotated.folded_anchors, field.authority):
        yield _entity(record), *field.folded.original(start, end), "article"


def _charges_told(field: _Field, language: str, taken: Stretches) -> Iterator[_Found]:
    """Yield what stands outside ``taken`` after words of charging; what a list knows by that name is the listed."""
    for name, low, high in infinitives(field.annotated.anchors) if language != "zh" else ():
        records = field.authority.named(name, "charge")
        chosen = field.jurisdictions.choose(records, None)
        if chosen and not taken.touch(low, high):
            taken.add(low, high)
            yield _entity(chosen[0]), low, high, "infinitive"
    for offence in unlisted_offences(field.annotated, language, taken):
        records = _listed(offence.name, field.authority)
        chosen = field.jurisdictions.choose(records, None)
        if chosen or not _between_countries(records):
            yield _entity(chosen[0]) if chosen else offence.entity(), offence.start, offence.end, offence.rule


def _listed(name: str, authority: Authority) -> list[AuthorityRecord]:
    """Return the listed offences of a name; "inciting and organising a march" is looked up by its second half too."""
    for form in (name, name.partition(" and ")[2]):
        records = authority.named(form, "charge") if form else []
        if records:
            return records
    return []


def _between_countries(records: Sequence[AuthorityRecord]) -> bool:
    """Say whether a name is open between countries: then nothing is said.

    Open between offences of one country ("bribery", given or taken), or known from another country alone, the name
    is a charge still, and stands for itself.
    """
    codes = [str(record.attributes.get("jurisdiction", "")) for record in records]
    return len(codes) > 1 and len(set(codes)) == len(codes)


# ---------------------------------------------------------------- listed charges

_QUOTE = "\"'「『《〈“‘«"
_CHARGING = re.compile(
    r"(?<!\bin )(?<!take )(?<!took )charg(?:ed|es?|ing)(?: \w+){0,3}? (?:with|of|for|as|including"
    r"|such as)|charges?:|convict(?:ed|ions?"
    r"|ing)(?: \w+){0,4}? (?:of|for)"
    r"|accus(?:ed|es?|ing|ations?)(?: \w+){0,4}? of|guilty (?:of|to)|suspicion of|suspected of"
    r"|(?:allegations?|counts?) of"
    r"|criminali[sz]\w+|(?:crimes?|offen[cs]es?|laws?) (?:of|such as|like|including|against|on|called)"
    r"|(?:indicted|prosecuted|tried|trial|jailed|imprisoned|sentenced|arrested|detained|held|wanted"
    r"|acquitted|cleared)"
    r"(?: \w+){0,8}? (?:for|of|on|over)"
    r"|涉嫌|涉|控告|控以|被控|怀疑|罪行:?|罪名(?:是|为|包括)?:?|控罪|触犯|干犯|裁定|承认|否认|面临|面对|定性为|起诉"
)
#: What may stand between the words of charging and the offence: articles and hedges, or a list that ends just here.
_GAP = re.compile(
    r"[\s:]*(?:[^.;。!?\n]{1,80}(?:,| and| or|/)|[^.;。!?,\n的]{1,24}[、和及与或])?\s*(?:(?:the|a|an|alleged"
    r"|allegedly|committing|suspected|of|for|with) )*"
    r"[\"'「『《“‘]?(?:[一二三四五六七八九十两多\d]*[项宗条])?\Z"
)
_AFTER_CHARGE = re.compile(
    r"[\"']?[,.]?[\"']?(?:[ -]related)? ?(?:charges?|convictions?|crimes?|offen[cs]es?|counts?|indictments?"
    r"|allegations?|trials?|"
    r"prosecutions?|suspects?|case)\b|[」』\"》]?(?:等|的)?(?:罪(?![责行恶案犯过嫌人状])|指控(?=[,。;、」』”的)]"
    r"|\Z)|控罪)|\((?:刑法)?第[0-9一二三四五六七八九十百]"
)
_END_QUOTE = re.compile(r"[,.;]?[\"'」』》〉”’»]")
#: Without any of these near it, a phrase in quotes is somebody's word, not an offence.
_LEGAL = re.compile(
    r"charge|crim(?:e|inal)|offen[cs]e|convict|accus|sentenc|guilty|\btri(?:al|ed)\b|prosecut|indict|detain"
    r"|arrest|suspicion"
    r"|罪|控|涉嫌|怀疑|拘|捕|判|起诉"
)
#: After a Chinese form: it only describes somebody (煽动性, 颠覆组织), or begins another offence (煽动他人分裂国家).
_NOT_THE_ACT = re.compile(r"性|者|集团|分子|组织|势力|言论|活动|[或及、]?(?:教唆|他人|市民|群众|人(?=[^的]))")
_TO_DO = re.compile(r" to (?!the\b|violence|hatred)\w")
_AGAINST = re.compile(r"\b(?:anti|counter)[- ]?\Z|反\Z")
_INCITING = re.compile(
    r"(?:\b(?:incit\w+|instigat\w+|abett\w+)(?: to| of| the| others| people| a| an| and|,|/)*"
    r"|(?:煽动|煽惑|教唆|鼓吹)(?:他人)?(?:干?犯|实施|进行)?)\s*[\"'「『“]*\Z"
)
#: How far before a form the words of charging may stand, in folded characters.
_WINDOW = 120
#: A Chinese name of so many characters is no phrase of every day, with or without its last 罪.
_UNMISTAKABLE = 8


def _as_charge(
    folded: str, match: Match, candidates: list[AuthorityRecord], shared: bool, authority: Authority
) -> tuple[list[AuthorityRecord], int]:
    """Return what of ``candidates`` the match names as a charge, and where the name begins."""
    form = folded[match.start : match.end]
    low = max(0, match.start - _WINDOW)
    inciting = _INCITING.search(folded, max(low, match.start - 40), match.start)
    if inciting and not _INCITING.search(form.split(" ")[0] + " ") and not form.startswith(("煽", "教唆")):
        return _incitement(folded, inciting, match, authority), inciting.start()
    in_context: bool | None = None
    kept = []
    for record in candidates:
        forms = {fold_text(text) for text in record.attributes.get("in_charge_context", ())}
        if _TO_DO.match(folded, match.end) and record.id in _GENERAL:
            continue  # "conspiracy to riot" names the riot
        plain = is_han(form[0]) and len(form) >= _UNMISTAKABLE
        if shared or (form.replace("\n", " ") in forms and not plain):
            if in_context is None:
                in_context = _in_charge_context(folded, match.start, match.end)
            if not in_context:
                continue
        kept.append(record)
    return kept, match.start


def _incitement(folded: str, inciting: re.Match[str], match: Match, authority: Authority) -> list[AuthorityRecord]:
    name = folded[match.start : match.end]
    for words in (f"inciting {name}", f"incitement to {name}", f"煽动{name}", f"煽惑{name}"):
        records = authority.named(words, "charge")
        if records:
            return records
    return []


def _in_charge_context(folded: str, start: int, end: int) -> bool:
    low = max(0, start - _WINDOW, folded.rfind("\n", 0, start) + 1)
    if _AGAINST.search(folded, low, start) or _NOT_THE_ACT.match(folded, end):
        return False
    short = end - start <= 2 and is_han(folded[start])  # 煽动, 暴动: verbs of every day, in quotes too
    if _AFTER_CHARGE.match(folded, end) and not (short and folded.startswith(("指控", "」指控"), end)):
        return True
    quoted = start > 0 and folded[start - 1] in _QUOTE and _END_QUOTE.match(folded, end)
    if quoted and not short and _LEGAL.search(folded, max(0, start - 2 * _WINDOW), end + _WINDOW):
        return True
    return any(_GAP.match(folded, words.end(), start) for words in _CHARGING.finditer(folded, low, start))


# ---------------------------------------------------------------- entities


def _entity(record: AuthorityRecord) -> Entity:
    return Entity(record.kind, record.id, record.name, record.names, True, ())


def _gather(findings: Iterable[_Finding]) -> list[Entity]:
    """Unite the mentions of each entity; the same stretch is kept once."""
    entities: dict[tuple[Kind, str], Entity] = {}
    mentions: dict[tuple[Kind, str], dict[tuple[str, int, int], Mention]] = {}
    for finding in findings:
        key = (finding.entity.kind, finding.entity.id)
        entities.setdefault(key, finding.entity)
        stretch = (finding.mention.field, finding.mention.start, finding.mention.end)
        mentions.setdefault(key, {}).setdefault(stretch, finding.mention)
    united = []
    for key, entity in entities.items():
        ordered = sorted(mentions[key].values(), key=lambda m: (m.field != "title", m.start, m.end))
        united.append(Entity(entity.kind, entity.id, entity.name, entity.names, entity.known, tuple(ordered)))
    return sorted(united, key=lambda e: (KINDS.index(e.kind), e.mentions[0].field != "title", e.mentions[0].start))


def _without_short_forms(entities: list[Entity]) -> list[Entity]:
    """Take a general offence for the longer one that it begins: 煽惑罪 in a text on 煽惑他人参与未经批准集结罪."""
    charges = [entity for entity in entities if entity.kind == "charge"]
    return [e for e in entities if not (e.kind == "charge" and e.id in _GENERAL and _is_short(e, charges))]


def _is_short(general: Entity, charges: Sequence[Entity]) -> bool:
    """Say whether a general offence stands in short Chinese forms alone, and another charge begins with all of them."""
    forms = {fold_text(mention.text).removesuffix("罪") for mention in general.mentions}
    return all(len(form) <= 2 and is_han(form[0]) for form in forms) and any(
        all(any(fold_text(mention.text).startswith(form) for mention in other.mentions) for form in forms)
        for other in charges
        if other.id != general.id
    )


#: Offences so general that a text names them only in short for a fuller one.
_GENERAL = frozenset(("incitement", "conspiracy"))
