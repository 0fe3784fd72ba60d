"""Why was a document found?  What it has of the query, told apart by the liberty that it took to find it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from indexer.fold import fold_text, is_han
from indexer.model import PLURAL
from search_app.passages.texts import AskedOnce, Mark
from search_app.query.equivalents import TRANSLATION, WORD
from search_app.query.expand import Compiled
from search_app.query.phrases import spaced
from search_app.remarks import Remark, remark

#: Forms that a reason names; a long report has a word in many.
MOST_FORMS = 3

#: The expansions that are words and no entities.
_WORDS = (WORD, TRANSLATION)

#: The liberties, the smallest first: none, other characters for the same text, another form, another word.
_CODES = ("written", "script", "form", "word")


_TITLE = remark("title")


class Reasons:
    """Tells why a document was found by one query; made once a search, asked for every hit."""

    def __init__(self, compiled: Compiled, entities: Iterable[tuple[str, str]], stem: Callable[[str], str]) -> None:
        """Take a query, and the entities, by kind and id, that it looks for."""
        self._entities = entities
        self._others = {fold_text(one.named.id) for one in compiled.expansions if one.named.kind in _WORDS}
        self._stem = stem
        # The hits of a search have few forms.
        self._liberties = AskedOnce(self._code_of)
        self._other_stems = {stem(word) for other in self._others for word in other.split() if word.isascii()}
        self._asked = [unit.text for unit in compiled.units]
        self._texts = set(map(str.casefold, self._asked))

    # Most documents have the words as they were typed, so that these are not needed.

    @cached_property
    def _folded(self) -> set[str]:
        return set(map(spaced, self._asked))

    @cached_property
    def _words(self) -> set[str]:
        return {word for text in self._folded for word in text.split() if not is_han(word[0])}

    def of(self, record: Mapping[str, Any], title_marks: Sequence[Mark], text_marks: Sequence[Mark]) -> list[Remark]:
        """Return the fields that the query was found in, the forms in which it stands there, and the entities named.

        ``written`` are forms as they were typed, ``script`` the same in other characters, ``form`` other forms of a
        word, ``word`` other words for it; ``entity`` is somebody or something that the query names, whatever the
        form.
        """
        reasons = [_TITLE] if title_marks else []
        if text_marks:
            reasons.append(Remark("text", (("places", len(text_marks)),)))
        title, text = record["title"], record["text"]
        forms = dict.fromkeys([text[start:end] for start, end, _ in text_marks])
        if title_marks:
            forms = dict.fromkeys([title[start:end] for start, end, _ in title_marks]) | forms
        named = self._named(record) if self._entities else []
        mentions = {mention["text"] for _, entity in named for mention in entity["mentions"]} if named else ()
        by_code: dict[str, list[str]] = {}
        for form in forms:
            code = self._liberties[form]
            # Another name of an entity tells of itself.
            if code != "form" or form not in mentions:
                by_code.setdefault(code, []).append(form)
        for code in _CODES:
            if code in by_code:
                shown = ", ".join(by_code[code][:MOST_FORMS])
                reasons.append(Remark(code, (("forms", " ".join(shown.split())),)))
        if named:
            reasons += [remark("entity", kind=kind, id=entity["id"], name=entity["name"]) for kind, entity in named]
        return reasons

    def _named(self, record: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
        """Return the entities that the query looks for and a record has, with their kinds."""
        return [(kind, entity) for kind, id in self._entities for entity in record[PLURAL[kind]] if entity["id"] == id]

    def _code_of(self, form: str) -> str:
        """Say what it took to find ``form``."""
        if form.casefold() in self._texts:
            return "written"
        found = spaced(form)
        if found in self._folded:
            return "script"
        words = [word for word in found.split() if not is_han(word[0])]
        if self._others and (fold_text(form) in self._others or self._other_stems & set(map(self._stem, words))):
            return "word"
        return "written" if words and all(word in self._words for word in words) else "form"
