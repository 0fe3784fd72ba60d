"""Which addresses does a post cite, and which stretches of it only point elsewhere?

A post of a blog ends with the addresses that it reports on; between them and in the text stand "see also" links to
earlier posts of the same blog.  The first are its sources, the second are not; the words and addresses of both stay
searchable but name nobody ("quiet").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"“”‘’「」『』《》（），。；、！？\]]+", re.IGNORECASE)
_SEE = (
    r"(?:\bsee\b|\bcf\b\.?|\bread\s+(?:also|more)\b|\bfor\s+(?:more|earlier|previous|last)\b|\bin\s+this\s+context\b"
    r"|\b(?:earlier|previous|related|older)\s+posts?\b|\bfurther\s+reading\b|\balso\s*:"
    r"|[另参參][见見閱阅看]|[请請][见見看]|延伸[阅閱][读讀]|相[关關](?:文章|[报報][道導]|[阅閱][读讀]|[链連][接結])|更多[内內]容)"
)
_SEE_HEAD = re.compile(rf"^\W*(?:[^.。!?！？:：\n]{{0,40}}?\W)??{_SEE}", re.IGNORECASE)
_SEE_BEFORE = re.compile(
    rf"(?:[\[(（【]\s*)?{_SEE}(?:\s*e\W{{0,2}}g\W)?[^.。!?！？\n\[\](（）)]{{0,60}}?$", re.IGNORECASE
)
_SOURCE_LABEL = re.compile(
    r"^\W*(?:(?:sources?|original(?:\s+\w+)?|via|full\s+(?:text|report|statement|story|article)|read\s+the\s+full\s+\w+)\b"
    r"|(?:文章|[资資]料|消息)?[来來]源|原文(?:[链連][接結]|[网網]址|出[处處]|地址)?|[转轉]自|[转轉][载載]自|出[处處])\s*[^:：]{0,30}[:：]",
    re.IGNORECASE,
)
_BLOG_HOST = re.compile(r"blog|wordpress|medium\.com|matters\.", re.IGNORECASE)
_DATED_PERMALINK = re.compile(r"/(?:19|20)\d\d/\d\d?/\d\d?/[^/]")

#: So many lines can stand under the closing links.
_LINES_UNDER_LINKS = 3
_SENTENCE_ENDS = (".", "。", "!", "！", "?", "？", ",", "，", ";", "；", "”", "」")

#: More words than this around an address make a sentence, not a label.
_LABEL_CHARACTERS = 100


def addresses(text: str) -> list[str]:
    """Return the web addresses of a text in order, without the punctuation that follows them."""
    return [text[start:end] for start, end in address_spans(text)]


def address_spans(text: str) -> list[tuple[int, int]]:
    """Return where the web addresses of a text stand, in order."""
    spans: list[tuple[int, int]] = []
    if "://" not in text and "www." not in text.lower():  # most lines: spares the search at every word
        return spans
    for match in _ADDRESS.finditer(text):
        found = match[0].rstrip(".,;:!?'*_")
        while found.endswith(")") and found.count("(") < found.count(")"):
            found = found[:-1].rstrip(".,;:")
        if "." in found:
            spans.append((match.start(), match.start() + len(found)))
    return spans


def is_address(line: str) -> bool:
    """Say whether a line holds nothing but one or more addresses."""
    return bool(addresses(line)) and not re.sub(r"[\W_]", "", _without_addresses(line))


def is_see_also(line: str) -> bool:
    """Say whether a line begins by pointing elsewhere: "See also: …", "for last year, see …", "另见：…"."""
    head = _without_addresses(line)
    return len(head) <= 2 * _LABEL_CHARACTERS and _SEE_HEAD.match(head) is not None


def own_host(lines: Iterable[str], url: str | None = None) -> str | None:
    """Return the host of the site that a page was saved from, or None where nothing tells it.

    That is the host of ``url``; else the one that most see-also links lead to, if they do so twice, or once to what
    looks like a post of a blog.
    """
    if url:
        return host(url)
    seen: Counter[str] = Counter()
    blogs: set[str] = set()
    closing: Counter[str] = Counter()
    for line in lines:
        if is_address(line) and not is_see_also(line):
            closing.update(map(host, addresses(line)))
            continue
        for start, end in address_spans(line):
            if is_see_also(line) or _SEE_BEFORE.search(line[:start]):
                address = line[start:end]
                seen[host(address)] += 1
                if _BLOG_HOST.search(host(address)) or _DATED_PERMALINK.search(address):
                    blogs.add(host(address))
    for name, times in seen.most_common():
        if times > closing[name] and (times > 1 or name in blogs):
            return name
    return None


def host(address: str) -> str:
    """Return the host of an address in lower case, without "www."."""
    with_scheme = address if "://" in address else f"https://{address}"
    try:
        return (urlsplit(with_scheme).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def sources(lines: Sequence[str], own: str | None) -> tuple[str, ...]:
    """Return the addresses that a post cites: its closing links, and those labelled as its source anywhere.

    ``lines`` are the non-blank lines of the post, ``own`` the host of its own site, links to which are no sources.
    """
    closing: list[str] = []
    for below, line in enumerate(reversed(lines)):
        if _is_closing(line):
            closing[:0] = addresses(line)
        elif closing or below >= _LINES_UNDER_LINKS:
            break  # above that only a credit, a contact or a footnote stands under the links
    labelled = [
        a
        for line in lines
        if _SOURCE_LABEL.match(line) and len(_without_addresses(line)) <= 100
        for a in addresses(line)
    ]
    opening = _opening_address(lines)
    cited = [address for address in (*opening, *labelled, *closing) if host(address) and host(address) != own]
    return tuple(dict.fromkeys(cited))


def quiet_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a text that only point elsewhere: see-also lines with the titles listed under them, and
    addresses with their "see also".

    The spans are ordered and disjoint; offsets count code points, ends are exclusive.
    """
    spans: list[tuple[int, int]] = []
    start, listing = 0, False
    for line in text.split("\n"):
        found = address_spans(line)
        if line.strip() and is_see_also(line) and (found or line.rstrip().endswith((":", "：")) or _is_list_head(line)):
            spans.append((start, start + len(line)))
            listing = not found
        elif listing and line.strip() and len(line) <= _LABEL_CHARACTERS and not line.rstrip().endswith(_SENTENCE_ENDS):
            spans.append((start, start + len(line)))
        else:
            listing = listing and not line.strip()
            spans.extend((start + a, start + b) for a, b in (_with_lead(line, *span) for span in found))
        start += len(line) + 1
    return _disjoint(spans)


def _is_list_head(line: str) -> bool:
    """Say whether a see-also line is only the head of a list: "See also", "延伸閱讀"."""
    return len(line.strip()) <= 30 and not line.rstrip().endswith(_SENTENCE_ENDS)


def _with_lead(line: str, start: int, end: int) -> tuple[int, int]:
    """Widen the span of an address by its "see also" and the brackets around both."""
    lead = _SEE_BEFORE.search(line[:start])
    if lead is None:
        return start, end
    bracketed = line[lead.start()] in "[(（【" and line[end : end + 1] in ("]", ")", "）", "】")
    return lead.start(), end + 1 if bracketed else end


def _disjoint(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _is_closing(line: str) -> bool:
    """Say whether a line is an address, or a few words and then addresses."""
    found = address_spans(line)
    if not found:
        return False
    return is_address(line) or (
        len(_without_addresses(line)) <= _LABEL_CHARACTERS and found[-1][1] >= len(line.rstrip(" .)]）"))
    )


def _opening_address(lines: Sequence[str]) -> list[str]:
    """Return the address under the head of a report that somebody copied, before its first paragraph."""
    for line in lines[:5]:
        if is_address(line):
            return addresses(line)
        if len(line) > _LABEL_CHARACTERS:
            break
    return []


def _without_addresses(line: str) -> str:
    kept, last = [], 0
    for start, end in address_spans(line):
        kept.append(line[last:start])
        last = end
    return "".join((*kept, line[last:]))
