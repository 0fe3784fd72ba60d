"""HTML pages: main text and metadata by trafilatura, which leaves navigation and advertisements out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from indexer.errors import UnreadableError
from indexer.model import Page
from indexer.readers.encoding import decode, detect
from indexer.readers.source import Source, plain
from indexer.webpage.citation import own_host, sources
from indexer.webpage.furniture import is_furniture, is_listing_head

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]+)", re.IGNORECASE)
_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)
_DECLARATION_BYTES = 4096
#: What a page calls its encoding, and the wider one that pages so labelled really use.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
}
#: Classes of what stands in an article and is none of it.
_BESIDE = re.compile(
    r"shar(?:e|ing)|social|related|comment|\bnav|footer|\btags?\b|\bmeta\b|widget|sidebar", re.IGNORECASE
)
_LATEST_DATE = "2100-12-31"
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table"),
) | {"blockquote", "pre", "figure", "figcaption", "address", "hr", "details", "header", "footer"}
_HIDDEN = frozenset(
    ("script", "style", "noscript", "template", "nav", "aside", "form", "button", "select"),
) | {"input", "svg", "iframe", "object", "head", "video", "audio"}


def looks_like_html(opening: bytes) -> bool:
    """Say whether a file that begins with these bytes is HTML, whatever its name."""
    return _OPENING.match(opening.removeprefix(b"\xef\xbb\xbf")) is not None


def read(source: Source, report: Callable[[UnreadableError], None]) -> Iterator[Page]:
    """Yield the page of an HTML file: an article, or the visible text of a page that lists posts.

    Raises: UnreadableError for a page that shows no text.
    """
    markup = _markup(source)
    try:
        tree = lxml_html.document_fromstring(markup)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableError(source.name, f"not readable as HTML: {error}") from error
    article = None if _lists_posts(tree) else _article(source, markup, tree)
    page = article or _listing(source, tree)
    if not page.text.strip():
        raise UnreadableError(source.name, "the page shows no text")
    yield page


def _markup(source: Source) -> str:
    """Decode a page: by its own marks, else by the encoding that it declares, else by its characters."""
    content = source.content
    declared = _DECLARED.search(content[:_DECLARATION_BYTES])
    encoding = detect(content)
    if declared and encoding not in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        name = declared[1].decode("ascii").lower()
        try:
            return _without_declaration(content.decode(_WIDER.get(name, name)))
        except (LookupError, UnicodeDecodeError):
            pass
    return _without_declaration(decode(content, source.name))


def _without_declaration(markup: str) -> str:
    """Drop an XML declaration: the text is decoded already, and lxml refuses a second encoding."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", markup.removeprefix("\ufeff").replace("\0", ""))


def _article(source: Source, markup: str, tree: HtmlElement) -> Page | None:
    """Return main text and metadata as trafilatura finds them, or None if it finds no text.

    It leaves out paragraphs that are nothing but a link, so the closing links are taken from the page itself.
    """
    try:
        found = trafilatura.bare_extraction(
            markup,
            with_metadata=True,
            include_comments=False,
        )
    except RecursionError:
        return None
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        return None
    meta: dict[str, Any] = {
        "title": found.title,
        "date": _published(tree),
        "url": found.url,
        "publisher": _site_name(found.sitename or ""),
        "language": found.language,
    }
    meta = {key: plain(value).strip() for key, value in meta.items() if value}
    authors = tuple(plain(name).strip() for name in (found.author or "").split(";") if name.strip())
    if authors:
        meta["authors"] = authors
    if cited := _closing_links(tree, meta.get("url")):
        meta["sources"] = cited
    text = re.sub(r"(?m)^- ", "• ", plain(found.text or ""))
    return Page(source.name, source.sha256, re.sub(r"\n(?=[^•])", "\n\n", text), meta=meta)


def _site_name(name: str) -> str | None:
    """Return the name of a site; trafilatura gives its host where the page states no name."""
    return None if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name) else name or None


def _published(tree: HtmlElement) -> str | None:
    """Return the date of publication that the metadata of a page states.

    trafilatura is shown only the head, the structured data and what is marked as the date of publication: in the
    whole page it also takes the date of an event or of the last change.
    """
    marked = [
        element
        for element in tree.iter("time", "span", "abbr", "meta", "script")
        if "ld+json" in (element.get("type") or "")
        or re.search(r"publish|pubdate|entry-date", f"{element.get('class')} {element.get('itemprop')}", re.IGNORECASE)
        or element.get("pubdate") is not None
    ]
    head = tree.find("head")
    elements = marked if head is None else [head, *marked]
    parts = [etree.tostring(element, encoding="unicode", with_tail=False) for element in elements]
    found = trafilatura.extract_metadata(
        f"<html>{''.join(parts)}</html>",
        date_config={"extensive_search": False, "original_date": True, "max_date": _LATEST_DATE},
    )
    return None if found is None else found.date


def _closing_links(tree: HtmlElement, url: str | None) -> tuple[str, ...]:
    """Return the addresses that close the article of a page, where the page marks which part is its article."""
    content = next(iter(tree.find_class("entry-content")), None)
    if content is None:
        content = tree.find(".//article") if tree.find(".//article") is not None else tree.find(".//main")
    if content is None:
        return ()
    lines = "".join(_visible(content, addresses=True)).split("\n")
    shown = [line for line in (line.strip() for line in lines) if line and not is_furniture(line)]
    return sources(shown, own_host(shown, url))


def _lists_posts(tree: HtmlElement) -> bool:
    """Say whether a page lists posts: by its headings, by WordPress's classes, or by several dated articles."""
    body = tree.find("body")
    classes = set((body.get("class") or "").split()) if body is not None else set()
    if classes & {"archive", "tag", "category", "blog", "search-results"} and "single" not in classes:
        return True
    headings = (" ".join(heading.text_content().split()) for heading in tree.iter("h1", "h2"))
    if any(is_listing_head(heading) for heading in headings):
        return True
    articles = [article for article in tree.iter("article") if article.find(".//time") is not None]
    return len(articles) >= 2 and not any(article.find(".//article") is not None for article in articles)


def _listing(source: Source, tree: HtmlElement) -> Page:
    """Return the visible text of a page, line by line, without its menus, forms and sidebars."""
    title = tree.findtext(".//title") or ""
    meta = {"site": urlsplit(address).hostname} if (address := _own_address(tree)) else {}
    lines = "".join(_visible(tree.find("body") if tree.find("body") is not None else tree))
    text = plain(re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", lines)))
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    if not text and title:
        text = plain(title).strip()
    return Page(source.name, source.sha256, text, form="dump", meta=meta)


def _own_address(tree: HtmlElement) -> str:
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return link.get("href") or ""
    return ""


def _visible(root: HtmlElement, *, addresses: bool = False) -> Iterator[str]:
    """Yield the text that a page shows; blocks stand on lines of their own.  Walks without recursion.

    ``addresses`` puts where a link leads in place of its text, and leaves out share buttons and lists of other posts.
    """
    walk: list[tuple[HtmlElement, bool]] = [(root, False)]
    while walk:
        element, left = walk.pop()
        block = element.tag in _BLOCKS
        if left:
            yield ("\n\n" if block else "") + _flat(element.tail)
            continue
        target = element.get("href") if addresses and element.tag == "a" else None
        if target and target.startswith("http"):
            yield f" {target} " + _flat(element.tail)
            continue
        if _is_hidden(element) or (addresses and _BESIDE.search(f"{element.get('class')} {element.get('id')}")):
            yield _flat(element.tail)
            continue
        yield ("\n\n" if block else "\n" if element.tag in ("br", "li", "tr", "dt", "dd") else "")
        yield ("• " if element.tag == "li" else "") + _flat(element.text)
        walk.append((element, True))
        walk.extend((child, False) for child in reversed(element))


def _is_hidden(element: HtmlElement) -> bool:
    """Say whether an element shows no content: scripts, menus, forms, and what heads or closes the whole page."""
    if not isinstance(element.tag, str) or element.tag in _HIDDEN:
        return True
    if element.tag not in ("header", "footer"):
        return False
    return not any(ancestor.tag in ("article", "main") for ancestor in element.iterancestors())


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
