"""Words, names and links of which a page has hundreds.

They are functions and not macros of the templates, because a macro takes several times as long: with them a page of
results is written in half the processor time.  Each returns escaped text and the few elements it names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from flask import g, request, url_for
from markupsafe import Markup, escape

from indexer.fold import fold_text, is_han
from search_app.catalogues import catalogue
from search_app.i18n import show_number
from search_app.ledger import Name, Row, name_in
from search_app.links import State, change
from search_app.remarks import Remark
from search_app.request import LANGUAGES
from search_app.views.asked import TO
from search_app.wording import N_, OWN_WORDS, STATUSES, WITHOUT

Attributes = Mapping[str, str | None]

_NO_ATTRIBUTES: Attributes = {}

#: Bytes of an address from which its links are buttons: about ninety stand on a page of results, which has some 15 KB
#: to spare for them.
LONGEST_ADDRESS = 250

#: Characters of a query or value that a heading shows; the search box has the whole.
BRIEF = 120


def words(message: str, **values: Any) -> Markup:
    """Return a message in the reader's language, as text; one that no catalogue has comes back as it is, escaped."""
    text = _words(g.lang, message)
    return Markup(str(text) % {key: escape(value) for key, value in values.items()}) if values else text


@lru_cache(maxsize=4096)
def _words(language: str, message: str) -> Markup:
    return escape(catalogue(language).gettext(message))


def marked_words(message: str, **values: Any) -> Markup:
    """Return a message of a ``trans`` block, whose elements are kept and whose values are escaped."""
    return Markup(catalogue(g.lang).gettext(message) % {key: escape(value) for key, value in values.items()})


def counted_words(one: str, many: str, num: int, **values: Any) -> Markup:
    """Return the form of a message that goes with a number, its elements kept and its values escaped."""
    text = _counted(g.lang, one, many, num)
    return Markup(text % {"num": show_number(num, g.lang), **{key: escape(value) for key, value in values.items()}})


@lru_cache(maxsize=4096)
def _counted(language: str, one: str, many: str, num: int) -> str:
    return str(catalogue(language).ngettext(one, many, num))


def written(name: Name) -> Markup:
    """Return a name, with its language where that is not the language of the page."""
    text = escape(name.text)
    if name.language and name.language != g.lang:
        return Markup(f'<span lang="{name.language}">{text}</span>')
    return text


def name_of(entity: Mapping[str, Any]) -> Markup:
    """Return the name of an entity (``name``, ``names``) in the reader's language."""
    return written(name_in(g.lang, entity["names"], entity["name"]))


def second_name(name: Name | None) -> Markup:
    """Return a second name with a space before it, or nothing."""
    return Markup(f' <span class="other" lang="{name.language}">{escape(name.text)}</span>') if name else Markup()


def told_apart(distinguishers: Mapping[str, str]) -> Markup:
    """Return what tells a bearer of a name from others, in the reader's language if it is known in that, or nothing."""
    return written(name_in(g.lang, distinguishers, ""))


def value_label(facet: str, value: str, name: Name) -> Markup:
    """Return what a value of a facet is called: a word of the interface where it has one, else its name."""
    if value == "none":
        return words(WITHOUT[facet])
    if facet == "year":
        return escape(value.replace("..", "–"))
    own = OWN_WORDS.get(facet, {}).get(value)
    return words(own) if own else written(name)


def facet_row(facet: str, row: Row) -> Markup:
    """Return one value of a facet, with the boxes by which it is kept and left out; both belong to the form around."""
    label = value_label(facet, row.value, row.name)
    look = " ".join(look for look, so in (("on", row.selected), ("off", row.excluded), ("zero", not row.count)) if so)
    value = escape(row.value)
    without = words(N_("Leave out %(name)s"), name=label.striptags())
    return Markup(
        f"<li{_written({'class': look or None})}>"
        f'<label><input type="checkbox" name="{facet}" value="{value}"{" checked" if row.selected else ""}>'
        f"<span>{label}{second_name(row.other)}</span> "
        f'<span class="count">{show_number(row.count, g.lang)}</span></label>'
        f'<label class="drop"><input type="checkbox" name="-{facet}" value="{value}" aria-label="{without}"'
        f"{' checked' if row.excluded else ''}></label></li>\n"
    )


def path(endpoint: str, **values: Any) -> str:
    """Return the path of a page, as ``url_for`` does, but worked out once."""
    return _path(request.script_root, endpoint, tuple(values.items()))


@lru_cache(maxsize=4096)
def _path(root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def go(target: State, path: str, fragment: str = "", attributes: Attributes = _NO_ATTRIBUTES,
       *, caller: Callable[[], Markup]) -> Markup:  # fmt: skip
    """Return what a ``call`` block holds as a link to a state of the site."""
    return link(caller(), target, path, fragment, attributes)


def link(label: str, target: State, path: str, fragment: str = "", attributes: Attributes = _NO_ATTRIBUTES) -> Markup:
    """Return a link to a state of the site.

    For a careful reader it is a button, so that the state travels in the body of the request; so it is where an
    address would be too long to be said again in every link.
    """
    if (target.one("careful") == "on" and careful()) or _too_long(target):
        form, changed = _shortest(target)
        named = f' name="{TO}" value="{escape(changed)}"' if changed else ""
        kept = {
            key: value for key, value in attributes.items() if key in ("class", "lang", "aria-label", "aria-current")
        }
        where = escape(f"{path}#{fragment}" if fragment else path)
        opened = f'<button form="{form}"{named} formaction="{where}"{_written(kept)}>'
        return Markup(f"{opened}{escape(label)}</button>")
    return Markup(f'<a href="{escape(target.url(path, fragment))}"{_written(attributes)}>{escape(label)}</a>')


def entity_link(kind: str, id: str, name: Name, attributes: Attributes = _NO_ATTRIBUTES) -> Markup:
    """Return a link to the page of a person, organisation or charge by its name."""
    where = path("entities.one", kind=kind, id=id)
    return link(written(name), g.state.settings, where, "", attributes)


def brief(text: str) -> str:
    """Return a text that stands in a line of a page, cut where it would fill the page."""
    return text if len(text) <= BRIEF else f"{text[: BRIEF - 1]}…"


def said(code: str, values: Mapping[str, Any]) -> Markup:
    """Return a remark in the reader's language; values that would fill the page are cut."""
    return words(Remark(code).message, **{key: brief(str(value)) for key, value in values.items()})


def quoted(text: str, language: str | None = None) -> Markup:
    """Return words that somebody else wrote in the quotation marks of the page, which stay where they are copied.

    ``language`` is that of the words, judged by their characters where it is None.
    """
    opened, closed = words(N_("“|”")).split("|")
    tag = language or ("zh" if any(map(is_han, text)) else "en")
    own = tag == g.lang or (language is None and g.lang.startswith(tag))
    return Markup(f"{opened}<q{_written({'lang': None if own else tag})}>{escape(text)}</q>{closed}")


def source_word(case: Mapping[str, Any]) -> Markup:
    """Return, in brackets, the word by which the document says what happened; nothing where that is the word shown.

    "Accused" and "charged", 拘押 and 刑事拘留 are not one step of a case, though one status stands for both.
    """
    word = case["status_text"]
    if not word or fold_text(word) in _said(case["status"]):
        return Markup()
    opened, closed = ("（", "）") if g.lang.startswith("zh") else (" (", ")")
    return Markup(f"{opened}{quoted(word)}{closed}")


@cache
def _said(status: str) -> frozenset[str]:
    """Return the words that pages use for a status, folded, in every language, without the passive's 被."""
    label = STATUSES.get(status, status)
    return frozenset(fold_text(catalogue(one).gettext(label)).removeprefix("被") for one in LANGUAGES)


def paragraph_link(number: int, target: State, path: str, attributes: Attributes = _NO_ATTRIBUTES) -> Markup:
    """Return a link to a numbered paragraph of a document."""
    label = {"aria-label": words(N_("Paragraph %(number)s"), number=number)}
    return link(Markup(f"¶&nbsp;{number}"), target, path, f"p{number}", {**attributes, **label})


def careful() -> bool:
    """Say whether the reader wants no search in addresses."""
    state: State = g.state
    return state.one("careful") == "on"


def bases() -> Mapping[str, State]:
    """Return the states that the buttons of a page start from, by the id of the form that sends each.

    A page that says a state once, and in each button only what is different, stays short however much is chosen.
    A long query is said once alone.
    """
    if "bases" not in g:
        settings = g.state.settings
        query = settings.set("q", *g.state.all("q"))
        short = not _too_long(query)
        found = {"go": settings, **({"with": query} if short else {}), "here": g.state}
        g.bases = {id: state for id, state in found.items() if id == "go" or state != settings}
    kept: Mapping[str, State] = g.bases
    return kept


def _too_long(target: State) -> bool:
    said = target.query_string
    return len(said) * 4 > LONGEST_ADDRESS and len(said.encode()) > LONGEST_ADDRESS  # a character has four at most


def used_bases() -> Mapping[str, State]:
    """Return the bases of a page that has buttons, else none."""
    used: Mapping[str, State] = g.get("bases", {})
    return used


def _shortest(target: State) -> tuple[str, str]:
    """Return the form from whose state the target takes least to say, and what is to be said."""
    return min(((id, change(base, target)) for id, base in bases().items()), key=lambda pair: len(pair[1]))


def _written(attributes: Attributes) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if value is not None)


#: What templates call these functions; ``_``, ``gettext`` and ``ngettext`` are the names that catalogues are made by.
GLOBALS: Mapping[str, Callable[..., Any]] = {
    "_": words,
    "gettext": marked_words,
    "ngettext": counted_words,
    "go": go,
    "link": link,
    "paragraph_link": paragraph_link,
    "used_bases": used_bases,
    "url_for": path,
    "entity_link": entity_link,
    "brief": brief,
    "said": said,
    "quoted": quoted,
    "source_word": source_word,
    "facet_row": facet_row,
    "written": written,
    "name_of": name_of,
    "second_name": second_name,
    "value_label": value_label,
    "told_apart": told_apart,
}
