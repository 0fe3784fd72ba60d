"""One page -> its documents.

The text of a saved web page may hold several posts (a tag page), or one report between navigation and a reply form.
``split`` finds where each begins and takes from each its title, date, authors, publisher and sources.  It goes by
the form that such pages share: a title line, a date line, the body, closing links, comments; never by their content.

Every line of a document's text is a line of the page, in the order of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from indexer import publication
from indexer.model import Document, Page
from indexer.publication import Imprint
from indexer.webpage import citation, comments, furniture
from indexer.webpage.body import without_furniture, without_menu, without_tail
from indexer.webpage.posts import Line, Post, find_posts, is_paragraph, is_title_like, lines_of
from indexer.written_dates import stated_date

#: So many lines under the title may belong to the head: date, author, repeated title.
_HEAD_LINES = 6
#: The name of a site that prints the date over the title.
_BLOG = re.compile(r"\b(?:we)?blog\b|博客|部落格|網誌|网志", re.IGNORECASE)
#: A longer line is no name of a site.
_SITE_CHARACTERS = 40
#: A longer first line is no title.
_TITLE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class _Head:
    """The title of a post, what its head says of its publication, and the lines that remain as its body."""

    title: str
    imprint: Imprint
    body: tuple[Line, ...]


def split(page: Page) -> list[Document]:
    """Return the documents of a page in order; an empty page has none.

    What the file itself states (``page.meta``) goes before what the text shows.  ``url`` is only ever what the file
    states.  A page with nothing but a title is one document with empty text.
    """
    lines = lines_of(page.text)
    if not any(line.text for line in lines) and not _stated(page, "title"):
        return []
    if page.form == "article":
        return [_article(page, lines)]
    own = citation.own_host((line.text for line in lines), page.meta.get("url") or page.meta.get("site"))
    posts = enumerate(find_posts(lines), start=page.part)
    return [replace(_post(page, post, own), part=number) for number, post in posts]


def _article(page: Page, lines: Sequence[Line]) -> Document:
    """Make the one document of a page whose text is already clean."""
    title, imprint = _stated(page, "title"), Imprint()
    if title and _stated(page, "date"):
        body = _without_title(lines, title)
    else:
        head = _read_head(lines, title)
        title, imprint, body = head.title, head.imprint, head.body
    own = citation.own_host((line.text for line in body), page.meta.get("url"))
    return _document(page, title or _file_title(page), imprint, body, own)


def _post(page: Page, post: Post, own: str | None) -> Document:
    """Make the document of one post of a saved page."""
    before, under = comments.part(post.lines)
    head = _read_head(without_furniture(without_tail(without_menu(before))), _stated(page, "title"))
    kept = comments.reports(without_tail(under), head.title)
    imprint = _merged(head.imprint, post.imprint)
    if not publication_of(head.body).date:
        imprint = _merged(imprint, kept.imprint)
    return _document(page, head.title or _file_title(page), imprint, (*head.body, *kept.lines), own, kept.addresses)


def _document(
    page: Page,
    title: str,
    imprint: Imprint,
    body: Sequence[Line],
    own: str | None,
    cited: Sequence[str] = (),
) -> Document:
    text = _joined(body)
    shown = [line.text for line in body if line.text]
    opening = publication_of(body)
    date, rule = _date(page, imprint, opening)
    sources = _stated_names(page, "sources") or tuple(dict.fromkeys((*cited, *citation.sources(shown, own))))
    return Document(
        path=page.path,
        sha256=page.sha256,
        part=page.part,
        title=title,
        text=text,
        date=date,
        date_rule=rule,
        url=_stated(page, "url"),
        sources=sources,
        publisher=_stated(page, "publisher")
        or imprint.publisher
        or opening.publisher
        or _titled_publisher(title, text),
        authors=_stated_names(page, "authors") or imprint.authors,
        language=_stated(page, "language"),
        kind=_stated(page, "kind") or "source",
        digest_of=_stated(page, "digest_of"),
        id=_stated(page, "id") or "",
        quiet=citation.quiet_spans(text),
    )


def publication_of(body: Sequence[Line]) -> Imprint:
    """Return what a body says of its publication: its dateline, else the date under its signature."""
    paragraphs = [line.text for line in body if line.text]
    for paragraph in paragraphs[:4]:
        found = publication.dateline(paragraph)
        if found is not None:
            return found
    publisher = next(filter(None, map(publication.opening_publisher, paragraphs[:2])), None)
    while paragraphs and citation.addresses(paragraphs[-1]):
        paragraphs.pop()
    closing = publication.closing_date(paragraphs) or Imprint()
    return replace(closing, publisher=publisher or closing.publisher)


def _date(page: Page, imprint: Imprint, opening: Imprint) -> tuple[str | None, str | None]:
    """Choose the date of publication in the order of ``publication.RULES``."""
    stated = stated_date(_stated(page, "date") or "")
    if stated:
        return stated, "stated"
    for found in (imprint, opening):
        if found.date:
            return found.date, found.rule
    address = publication.address_date(_stated(page, "url") or "")
    return address, "address" if address else None


def _read_head(lines: Sequence[Line], stated_title: str | None = None) -> _Head:
    """Take title, date line, byline and repeated titles from the top of a post."""
    shown = [position for position, line in enumerate(lines) if line.text]
    imprint, taken = Imprint(), set[int]()
    while shown and not stated_title:  # a label, a date line or a byline may stand above the title
        text = lines[shown[0]].text
        found = _credits(text)
        if found is None and not furniture.is_label(text):
            break
        imprint = _merged(imprint, found)
        taken.add(shown.pop(0))
    title = stated_title or ""
    if shown and not stated_title and len(lines[shown[0]].text) <= _TITLE_CHARACTERS:
        first = _title_position(lines, shown)
        for text in (lines[position].text for position in shown if position < first):
            site = Imprint(publisher=text) if publication.names_organisation(text) else None
            imprint = _merged(imprint, _credits(text) or site)
        taken.update(position for position in shown if position <= first)
        shown = [position for position in shown if position > first]
        title, stamp = _without_stamp(_shorter_title(lines, first, shown))
        imprint = _merged(imprint, stamp)
    for position in shown[:_HEAD_LINES]:
        text = lines[position].text
        found = _credits(text)
        if found is not None or _repeats(text, title):
            imprint = _merged(imprint, found)
            taken.add(position)
        elif is_paragraph(text):
            break
    return _Head(title, imprint, tuple(line for position, line in enumerate(lines) if position not in taken))


def _title_position(lines: Sequence[Line], shown: Sequence[int]) -> int:
    """Return which line is the title: the first, unless that is the name of the site.

    The name of a site stands over title and date line, or over a label such as "PRESS RELEASE" with the title below.
    """
    first, *others = (lines[position].text for position in shown[:4])
    if len(first) > _SITE_CHARACTERS or not others:
        return shown[0]
    if furniture.is_label(others[0]):
        title = next(
            (k for k, text in enumerate(others, start=1) if _credits(text) is None and not furniture.is_label(text)), 0
        )
        return shown[title] if is_title_like(lines[shown[title]].text) else shown[0]
    if len(others) > 1 and _BLOG.search(first) and publication.date_line(others[0]) and is_title_like(others[1]):
        return shown[2]
    dated = len(others) > 1 and publication.date_line(others[1]) is not None and is_title_like(others[0])
    site = len(first.split()) <= 3 or publication.names_organisation(first)
    return shown[1] if dated and site and len(others[0]) > len(first) else shown[0]


def _shorter_title(lines: Sequence[Line], first: int, following: Sequence[int]) -> str:
    """Return the title; where it is repeated below without the name of the site, the short form."""
    title = " ".join(lines[first].text.split())
    for position in following[:_HEAD_LINES]:
        other = " ".join(lines[position].text.split())
        rest = title[len(other) :]
        if len(other) >= 8 and title.startswith(other) and re.match(r"\s+[|｜·»–—-]\s|\s*[|｜»]|_", rest):
            return other
    return title


def _without_stamp(title: str) -> tuple[str, Imprint | None]:
    """Part a title from the day and time of day that some sites print behind it in brackets."""
    match = re.fullmatch(r"(.*\S)\s*[(（]([^()（）]*\d[:：]\d\d[^()（）]*)[)）]", title)
    stamp = publication.date_line(match[2]) if match else None
    return (match[1], stamp) if match and stamp else (title, None)


def _repeats(text: str, title: str) -> bool:
    """Say whether a line repeats the title, with or without the name of the site behind it."""
    if not title:
        return False
    line, wanted = furniture.folded(text), furniture.folded(title)
    return line == wanted or (
        line.startswith(wanted) and re.match(r"\s+[|-]\s.{1,60}\Z|_.{1,60}\Z", line[len(wanted) :]) is not None
    )


def _without_title(lines: Sequence[Line], title: str) -> tuple[Line, ...]:
    shown = [position for position, line in enumerate(lines) if line.text][:_HEAD_LINES]
    repeated = {position for position in shown[:2] if _repeats(lines[position].text, title)}
    return tuple(line for position, line in enumerate(lines) if position not in repeated)


def _credits(text: str) -> Imprint | None:
    """Return what a line of a head says of date and authors; None for a line that is part of the body."""
    authors = publication.byline(text)
    return Imprint(authors=authors) if authors else publication.date_line(text)


def _merged(imprint: Imprint, found: Imprint | None) -> Imprint:
    """Add what a further line says; what was found first stays."""
    if found is None:
        return imprint
    dated = imprint if imprint.date else found
    return Imprint(
        dated.date, dated.rule, dated.layout, imprint.publisher or found.publisher, imprint.authors or found.authors
    )


def _titled_publisher(title: str, text: str) -> str | None:
    """Return the organisation whose name closes a title ("… – Aster Rights Network") and stands in the text too."""
    parts = re.split(r"\s+[|｜–—-]\s+", title)
    name = parts[-1].strip()
    if len(parts) < 2 or len(name.split()) > 8 or not publication.names_organisation(name):
        return None
    return name if name in text else None


def _joined(body: Sequence[Line]) -> str:
    """Join lines into text; several blank lines become one."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.text for line in body)).strip("\n")


def _file_title(page: Page) -> str:
    return re.sub(r"[_\s]+", " ", PurePosixPath(page.path).stem).strip()


def _stated(page: Page, key: str) -> str | None:
    value = page.meta.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _stated_names(page: Page, key: str) -> tuple[str, ...]:
    value = page.meta.get(key)
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value or ())
