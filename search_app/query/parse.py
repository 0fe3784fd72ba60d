"""Query text to clauses, never an error.

The grammar is contract.md's.  What cannot be used is dropped and said in ``Parsed.ignored``; everything else is
taken as the writer most likely meant it: a lone quotation mark is text, an operator without a partner is a word
left out, a bracket that never closes closes at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

from indexer.query import node
from search_app.remarks import Remark, remark

#: Field names of the query language, and the fields that they stand for.
FIELDS = {
    "title": "title",
    "text": "text",
    "person": "person",
    "organisation": "organisation",
    "organization": "organisation",
    "org": "organisation",
    "charge": "charge",
    "violation": "violation",
    "place": "place",
    "topic": "topic",
    "publisher": "publisher",
    "language": "language",
    "kind": "kind",
    "year": "year",
}


@node
class Clause:
    """Base of what a query consists of."""


@node
class Words(Clause):
    """A stretch of plain words, as they were typed; names in it are recognised later."""

    text: str


@node
class Quoted(Clause):
    """An exact phrase, or with ``slop`` words within so many places of each other."""

    text: str
    slop: int = 0


@node
class Beginning(Clause):
    """``word*``"""

    text: str


@node
class Similar(Clause):
    """``word~``"""

    text: str


@node
class InField(Clause):
    """``field:…`` with one of the values of FIELDS."""

    field: str
    clause: Clause


@node
class All(Clause):
    """Every clause."""

    clauses: tuple[Clause, ...]


@node
class Any(Clause):
    """Any clause."""

    clauses: tuple[Clause, ...]


@node
class Not(Clause):
    """What the clause does not find."""

    clause: Clause


@node
class Parsed:
    """The clauses of a query, or None for every document, and what was left out."""

    clause: Clause | None
    ignored: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a query: characters, clauses, how deep brackets may nest, and words that ``word*`` may stand for."""

    chars: int = 2000
    clauses: int = 64
    depth: int = 20
    expansions: int = 64


_QUOTES = {
    '"': '"',
    "“": "”",
    "”": "”",
    "„": "“",
    "‘": "’",
    "「": "」",
    "『": "』",
    "«": "»",
    "＂": "＂",
    "｢": "｣",
}
_LEXEMES = re.compile(
    r"(?P<space>[\s\u3000]+)"
    r"|(?P<open>[(（])"
    r"|(?P<close>[)）])"
    r"|(?P<field>[A-Za-z]+[:：])(?=[^\s\u3000])"
    r"|(?P<minus>(?<![^\s\u3000(（])[-－−–](?=[^\s\u3000\-－]))"
    r"|(?P<word>[^\s\u3000()（）\"“”„「」『』«»＂｢｣]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_OPERATORS = {
    "AND": "and",
    "OR": "or",
    "NOT": "not",
    "ＡＮＤ": "and",
    "ＯＲ": "or",
    "ＮＯＴ": "not",
    "&&": "and",
    "||": "or",
}
#: What may open a phrase; an apostrophe does where no letter stands before it.
_OPENING = frozenset((*_QUOTES, "'"))
_SLOP = re.compile(r"[~～](\d{1,3})?")
_SIMILAR = re.compile(r"(.+)[~～]\d?")
_LETTER = re.compile(r"\w")
#: What follows a colon that ends no field.
_REST = re.compile(r"[^\s\u3000()（）\"“”「」『』«»]*")


class _Lexeme(NamedTuple):
    kind: str
    text: str
    slop: int = 0


#: Stands behind the last lexeme.
_END = _Lexeme("end", "")


def parse(text: str, limits: Limits | None = None) -> Parsed:
    """Return the clauses of a query.  Empty text and ``*`` are every document.  Raises nothing."""
    limits = limits or Limits()
    ignored: list[Remark] = []
    if len(text) > limits.chars:
        ignored.append(remark("chars_limit", limit=limits.chars))
        text = text[: limits.chars]
    text = normalize("NFC", text)
    words = text.split()
    if len(words) <= limits.clauses and all(map(str.isalnum, words)) and _OPERATORS.keys().isdisjoint(words):
        # Nothing but plain words, as most queries are.
        return Parsed(Words(" ".join(words)) if words else None, tuple(ignored))
    if not text.isprintable():
        text = "".join(" " if not c.isprintable() and not c.isspace() else c for c in text)
    lexemes = _lexemes(text)
    if len(lexemes) > limits.clauses:
        ignored.append(remark("words_limit", limit=limits.clauses))
        lexemes = lexemes[: limits.clauses]
    if all(lexeme.kind == "word" and set(lexeme.text) <= {"*", "＊"} for lexeme in lexemes):
        return Parsed(None, tuple(ignored))
    clause = _Parser(lexemes, limits.depth, ignored).parse()
    return Parsed(clause, tuple(dict.fromkeys(ignored)))


def _lexemes(text: str) -> list[_Lexeme]:
    found: list[_Lexeme] = []
    at = 0
    while at < len(text):
        quoted = _quoted(text, at) if text[at] in _OPENING else None
        if quoted is not None:
            lexeme, at = quoted
            if lexeme.text.strip():
                found.append(lexeme)
            continue
        match = _LEXEMES.match(text, at)
        assert match is not None
        at = match.end()
        kind, value = match.lastgroup or "other", match.group()
        if kind == "field" and value[:-1].lower() not in FIELDS:
            # Not a field: an address, or a time; the colon is part of the word.
            rest = _REST.match(text, at)
            assert rest is not None
            kind, value, at = "word", value + rest.group(), rest.end()
        if kind == "word" and value in _OPERATORS:
            found.append(_Lexeme(_OPERATORS[value], value))
        elif kind not in ("space", "other"):
            found.append(_Lexeme(kind, value))
    return found


def _quoted(text: str, at: int) -> tuple[_Lexeme, int] | None:
    """Read a phrase in quotation marks that begins at ``at``; None where there is none."""
    opening = text[at]
    closing = _QUOTES.get(opening)
    if opening == "'" and (at == 0 or not text[at - 1].isalnum()):
        closing = "'"
    if closing is None or (opening in "‘'" and at > 0 and text[at - 1].isalnum()):
        return None
    closers = '"“”＂' if opening in '"“”„＂' else closing
    end = at + 1
    while end < len(text):
        if text[end] in closers:
            # An apostrophe inside a word closes nothing.
            inside_word = text[end] in "’'" and end + 1 < len(text) and text[end + 1].isalnum()
            if not inside_word:
                break
        end += 1
    else:
        return None
    slop = _SLOP.match(text, end + 1)
    places = int(slop.group(1) or 1) if slop else 0
    return _Lexeme("quoted", text[at + 1 : end], min(places, 100)), slop.end() if slop else end + 1


class _Parser:
    """Recursive descent: any := all (OR all)*; all := one+; one := NOT? (word | phrase | field | group)."""

    def __init__(self, lexemes: Sequence[_Lexeme], depth: int, ignored: list[Remark]) -> None:
        self._lexemes = [*lexemes, _END]
        self._at = 0
        self._depth = depth
        self._ignored = ignored

    def parse(self) -> Clause | None:
        clauses = []
        while self._peek() != "end":
            clause = self._any(0)
            if clause is not None:
                clauses.append(clause)
            if self._peek() == "close":
                self._ignored.append(remark("bracket_not_opened"))
                self._at += 1
        return _all(clauses)

    def _peek(self) -> str:
        return self._lexemes[self._at].kind

    def _any(self, depth: int) -> Clause | None:
        choices = []
        while True:
            clause = self._all(depth)
            if clause is not None:
                choices.append(clause)
            if self._peek() != "or":
                break
            self._at += 1
            if clause is None or self._peek() in ("end", "close", "or"):
                self._ignored.append(remark("operator_alone", operator="OR"))
        if len(choices) < 2:
            return choices[0] if choices else None
        return Any(tuple(choices))

    def _all(self, depth: int) -> Clause | None:
        clauses: list[Clause] = []
        while (kind := self._peek()) not in ("end", "or", "close"):
            if kind == "and":
                self._at += 1
                if not clauses or self._peek() in ("end", "or", "close", "and"):
                    self._ignored.append(remark("operator_alone", operator="AND"))
                continue
            clause = self._one(depth)
            if clause is not None:
                clauses.append(clause)
        return _all(clauses)

    def _one(self, depth: int) -> Clause | None:
        lexeme = self._lexemes[self._at]
        self._at += 1
        if lexeme.kind == "word":
            return _word(lexeme.text)
        if lexeme.kind in ("not", "minus"):
            if self._peek() in ("end", "or", "close", "and"):
                self._ignored.append(remark("minus_alone", operator=lexeme.text))
                return None
            clause = self._one(depth)
            return None if clause is None else clause.clause if isinstance(clause, Not) else Not(clause)
        if lexeme.kind == "field":
            return self._field(lexeme, depth)
        if lexeme.kind == "open":
            return self._group(depth)
        return Quoted(lexeme.text, lexeme.slop)

    def _field(self, lexeme: _Lexeme, depth: int) -> Clause | None:
        if self._peek() not in ("word", "quoted", "open"):
            self._ignored.append(remark("field_alone", field=lexeme.text))
            return None
        name = FIELDS[lexeme.text[:-1].lower()]
        clause = self._one(depth)
        return None if clause is None else InField(name, clause)

    def _group(self, depth: int) -> Clause | None:
        if depth >= self._depth:
            self._ignored.append(remark("depth_limit", limit=self._depth))
        clause = self._any(min(depth + 1, self._depth)) if depth < self._depth else self._flat()
        if self._peek() == "close":
            self._at += 1
        else:
            self._ignored.append(remark("bracket_not_closed"))
        return clause

    def _flat(self) -> Clause | None:
        """Skip what is nested too deeply, up to its closing bracket."""
        level = 0
        while self._peek() != "end" and not (level == 0 and self._peek() == "close"):
            level += {"open": 1, "close": -1}.get(self._peek(), 0)
            self._at += 1
        return None


def _word(text: str) -> Clause | None:
    if text[-1] in "*＊" and len(text) > 1:
        stem = text.rstrip("*＊")
        return Beginning(stem) if stem else None
    similar = _SIMILAR.fullmatch(text)
    if similar is not None:
        return Similar(similar[1])
    return Words(text) if _LETTER.search(text) else None


def _all(clauses: Sequence[Clause]) -> Clause | None:
    """Join clauses that all are wanted; neighbouring plain words become one stretch, in which names show."""
    joined: list[Clause] = []
    for clause in clauses:
        if isinstance(clause, Words) and joined and isinstance(joined[-1], Words):
            joined[-1] = Words(f"{joined[-1].text} {clause.text}")
        else:
            joined.append(clause)
    if len(joined) < 2:
        return joined[0] if joined else None
    return All(tuple(joined))
