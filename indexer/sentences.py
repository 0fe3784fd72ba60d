"""Where does a sentence end?  One splitter for extraction and for snippets, in English and Chinese.

A sentence ends at ``. ! ? 。 ！ ？ ；`` and the closing quotes or brackets that follow, or at a line end.
A full stop inside ``U.N.``, ``Ms.`` or ``3.5`` ends nothing, and a line that plainly runs on into the next
(a hard-wrapped page) is not cut.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CLOSING = "\"'”’»)\\]）】」』》〉"

#: Abbreviations that are followed by more of the same sentence, without their full stop, in lower case.
_ABBREVIATIONS = _words(
    "mr mrs ms mx dr prof st sr jr rev hon gen col lt sgt capt maj adm cmdr sen rep gov pres supt insp "
    "eds vs v al cf eg ie e.g i.e viz etc approx dept univ inc ltd co corp bros"
)
#: Abbreviations only where a number follows: no. 7, Art. 105, Sept. 3.
_BEFORE_NUMBERS = _words(
    "no nos art arts para paras sec ch vol fig pp p jan feb mar apr jun jul aug sept sep oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun"
)
#: Of these, the ones after which a sentence does end when a capitalised sentence opener follows.
_MAY_END = _words("inc ltd co corp etc al jr sr bros")

#: Words that open a sentence, and so tell "… by the U.N. The group" from "the U.N. Human Rights Council".
_OPENERS = _words(
    "the a an in on at by for from with to of and but or so yet as if when while after before since although though "
    "he she it they we i you his her its their our my this that these those there here what who why how which "
    "one two both many most some several all no not none each every other another"
)

#: Where an end may begin: looked for first, because a class of characters is scanned fastest.
_MARK = re.compile(r"[\n。！？；｡!?.]")
_END = re.compile(
    r"(?P<line>\n\s*)"
    rf"|(?P<marks>[。！？；｡!?]+[{_CLOSING}]*)"
    rf"|(?P<stop>\.+(?!\d)[{_CLOSING}]*)(?=\s|$|[A-Z\u4e00-\u9fff])"
)
_LINE = re.compile(r"\n\s*")

#: Words that end no sentence: a line that ends with one runs on, whatever begins the next.
_OPEN_ENDS = _words("a an the of in on at by for from with to and or as his her its their that which who")

_WORD_BEFORE = re.compile(r"[^\s(（“\"‘\[「『]{1,24}\Z")
_NEXT_WORD = re.compile(r"[^\S\n]*[\"“‘'(\[]*([^\s,.;:!?\"”’)\]]+)")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of ``text`` as spans (code points, end exclusive), in order.

    Spans do not overlap, carry no white space at either end, are never empty, and together hold every character
    that is not white space.  Empty text gives an empty list.  Linear in the length of the text.
    With ``start`` and ``end`` only those of a stretch of it, which must be a paragraph (see below) or several.
    """
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    reached = start
    for mark in _MARK.finditer(text, start, end):
        match = _END.match(text, mark.start(), end) if mark.start() >= reached else None
        if match is None:
            continue
        before, reached = reached, match.end()
        if match.lastgroup == "line" and _runs_on(text, match, before):
            continue
        if match.lastgroup == "stop" and not _stops(text, match):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, end)
    return spans


def paragraph(text: str, at: int) -> tuple[int, int]:
    """Return the paragraph around the character at ``at``: from one line end that ends a sentence to the next.

    Sentences of a paragraph are the same whether they are cut alone or with the whole text, so a few of them in a
    long text need not wait for all.  White space between two paragraphs belongs to neither; there, the next is given.
    """
    start = 0
    newline = text.rfind("\n", 0, at + 1)
    while newline >= 0:
        blank = newline
        while blank > 0 and text[blank - 1].isspace():
            blank -= 1
        line = _LINE.search(text, blank)
        assert line is not None
        if not _runs_on(text, line, 0):
            start = line.end()
            break
        newline = text.rfind("\n", 0, blank)
    for line in _LINE.finditer(text, max(start, at)):
        if not _runs_on(text, line, 0):
            return start, line.start()
    return start, len(text)


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    if spans and not any(character.isalnum() for character in text[start : min(end, start + 40)]):
        only_marks = not any(character.isalnum() for character in text[start:end])
        if only_marks and text[spans[-1][1] : start].strip() == "" and "\n" not in text[spans[-1][1] : start]:
            spans[-1] = (spans[-1][0], end)
            return
    spans.append((start, end))


def _runs_on(text: str, line_end: re.Match[str], from_: int) -> bool:
    """Say whether a line goes on in the next one: no end mark here, and what follows cannot begin a sentence.

    Blanks at the end of the line are passed over, back to ``from_``, where an end before this one lies.
    """
    end, begins = line_end.span()
    if begins - end > 1 and text.count("\n", end, begins) > 1:
        return False
    while end > from_ and text[end - 1] in " \t\u3000":
        end -= 1
    before, after = text[end - 1 : end], text[begins : begins + 1]
    if not before or not after:
        return False
    if before in "，、,":
        return after.isalnum()
    if after.islower():
        return before == "-" or (before.isalnum() and not before.isdigit())
    word = _WORD_BEFORE.search(text, max(0, end - 24), end)
    return word is not None and word.group() in _OPEN_ENDS


def _stops(text: str, match: re.Match[str]) -> bool:
    """Say whether a full stop ends its sentence."""
    if match.group().startswith(".."):
        following = text[match.end() : match.end() + 1]
        return not following or (following.isspace() and not _next_word(text, match.end())[:1].islower())
    word_match = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    word = word_match.group() if word_match else ""
    following = _next_word(text, match.end())
    glued = match.end() < len(text) and not text[match.end()].isspace()
    if glued:
        return _glued_stop(text, word, match)
    if not following or text[match.end() : match.end() + 1] == "\n":
        return True
    if following[0].islower():
        return False
    bare = word.lower().rstrip(".")
    if bare in _MAY_END or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return following.lower() in _OPENERS and following[0].isupper()
    if bare in _ABBREVIATIONS or (bare in _BEFORE_NUMBERS and following[0].isdigit()):
        return False
    # One capital letter is an initial (John F. Kennedy), unless an opener follows (Vitamin C. The).
    if len(word) == 1 and word.isupper():
        return following.lower() in _OPENERS
    # "1. Immediately release" at the head of a line numbers an item.
    return not (word.isdigit() and len(word) <= 3 and _heads_line(text, match.start() - len(word)))


def _glued_stop(text: str, word: str, match: re.Match[str]) -> bool:
    """A full stop with no space after it ends a sentence in "of China.The court", not in "nchrd.Org/a.B"."""
    if match.end() - match.start() > 1:  # a closing quote stands between
        return True
    follows = text[match.end() : match.end() + 2]
    if "\u4e00" <= follows[0] <= "\u9fff":
        return True
    return len(word) > 2 and word.isalpha() and word[1:].islower() and len(follows) == 2 and follows[1].islower()


def _next_word(text: str, start: int) -> str:
    match = _NEXT_WORD.match(text, start, start + 80)
    return match.group(1) if match else ""


def _heads_line(text: str, start: int) -> bool:
    return text[text.rfind("\n", 0, start) + 1 : start].strip() == ""
