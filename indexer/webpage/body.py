"""What of a page's lines is its body?  Takes away menu, furniture, sidebar and reply form."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from indexer import publication
from indexer.webpage import furniture
from indexer.webpage.citation import is_address
from indexer.webpage.posts import Line, is_paragraph, is_title_like

#: A menu is looked for in so many lines at the top.
_MENU_LINES = 40
#: So many lines at the top can be the head of a post.
_HEAD_LINES = 6


def without_menu(lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines without what stands above them: two or more menu entries in a row near the top end a menu."""
    shown = [position for position, line in enumerate(lines) if line.text][:_MENU_LINES]
    after = 0
    for earlier, later in pairwise(shown):
        if is_paragraph(lines[later].text) or publication.date_line(lines[earlier].text):
            break
        if furniture.is_menu_entry(lines[earlier].text) and furniture.is_menu_entry(lines[later].text):
            after = later + 1
    following = next((line.text for line in lines[after:] if line.text), "")
    if after and not is_title_like(following) and not furniture.is_menu_entry(lines[shown[0]].text):
        return [lines[shown[0]], *lines[after:]]  # the title stands over the menu
    return lines[after:]


def without_tail(lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines without the sidebar, the other posts and the reply form under them.

    After these comes neither a paragraph nor an address: "Links" over the closing links of a post stays.
    """
    content = (position for position, line in enumerate(lines) if is_paragraph(line.text) or is_address(line.text))
    last = max(content, default=0)
    for position, line in enumerate(lines):
        if position > last and (furniture.opens_tail(line.text) or furniture.opens_reply_form(line.text)):
            return lines[:position]
    return lines


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Return lines without buttons, counters and tags.

    "Posted in Courts on May 3, 2020" is furniture under a post, but over it says the date and stays.
    """
    kept: list[Line] = []
    for line in lines:
        in_head = sum(1 for shown in kept if shown.text) < _HEAD_LINES
        if not furniture.is_furniture(line.text) or (in_head and publication.date_line(line.text)):
            kept.append(line)
    return kept
