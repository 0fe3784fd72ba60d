"""When, where and by whom was a page published?  Reads the lines in which pages say so.

These places are trusted, in this order (``RULES``): what the file itself states, the date line of a post, the title
of a post on a page whose posts all carry their date there, the dateline that opens a report, the date under a
statement's signature, the head of a report that stands in a comment, and the page's own address.  A date inside a
sentence is an event that the text tells of and never counts.

Dates are ISO and as precise as the page is: "2018-11-01", "2018-11", "2018".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.written_dates import FoundDate, around, checked_date, find_date

#: The rules by name, the most trusted first.
RULES = ("stated", "date-line", "title-date", "dateline", "closing-date", "comment-date-line", "address")

_NAME = r"[^\W\d_][\w.’'·-]*(?:\s+[^\W\d_][\w.’'·-]*){0,4}"
_LEAD = re.compile(
    r"(?:(?:first\s+)?(?:posted|published|released|issued|written|added|date|publication\s+date)(?:\s+(?:on|in))?\s*[:：]?"
    r"|for\s+immediate\s+release\s*[:：,|–-]?|press\s+release\s*[:：,|–-]?"
    r"|(?:本文)?(?:发[布表佈]|發[布表佈佈]|刊[登發发]|张贴|張貼|撰[寫写]|更新)?(?:时间|時間|日期|[于於在])\s*[:：]?|(?:发布|發布|發佈|发表|發表)\s*[:：])",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?P<role>\bby\b|由|\bauthor\s*[:：]|作者\s*[:：]|撰文\s*[:：/／]?|文\s*[/／:：]|记者\s*[:：]?|記者\s*[:：]?|来源\s*[:：]|來源\s*[:：]"
    r"|\bsource\s*[:：]|出处\s*[:：]|出處\s*[:：])\s*(?P<name>[^|｜·•\n]+?)(?=\s*(?:[|｜·•]|\s{2}|$|(?:作者|来源|來源|记者|記者|编辑|編輯|文)\s*[:：/／]))",
    re.IGNORECASE,
)
_COUNTERS = re.compile(
    r"(?:\d+|no|leave\s+a)\s+(?:comments?|repl(?:y|ies)|views?|min(?:ute)?s?\s+read)"
    # What kind of paper it is: "11/12/2018 - Press release".
    r"|\b(?:press\s+release|(?:joint\s+)?statement|news(?:\s+release)?|urgent\s+(?:appeal|action)|open\s+letter|report"
    r"|blog(?:\s+post)?|op-ed|opinion|interview|feature|article)\b|新[闻聞]稿|[声聲]明|新[闻聞]"
    r"|(?:浏览|瀏覽|阅读|閱讀|点击|點擊|评论|評論|留言|字[号號體体])[^|]{0,12}"
    r"|\bin\s+(?-i:[A-Z])[\w &,’'-]{0,60}$|\b(?:filed|posted)\s+(?:in|under)\b.*"
    r"|(?:编辑|編輯|责编|責編|分类|分類|標籤|标签|字体)\s*[:：].*",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"^[\s|｜·•,，/／:：;；。.()（）\[\]【】–—-]*$")

_PLACE = r"[A-Z][\w.’'-]*(?:[\s/-][A-Z][\w.’'-]*){0,3}(?:,\s*[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)?)?"
_ORGANISATION = re.compile(
    r"\b(?:Network|Watch|International|Association|Amnesty|Committee|Council|Commission|Foundation|Federation|Union|Cent(?:er|re)"
    r"|Institute|Coalition|Alliance|Initiatives?|Campaign|Project|Defenders|Service|Society|Office|Ministry|Department|Bureau"
    r"|Group|Agency|Organi[sz]ation|Forum|Fund|Congress|Press|News|Times|Radio|Embassy|House|Reporters|Lawyers|Trust|Movement"
    r"|Rights|Tribunal|Consortium|Secretariat|Observatory|Monitor|Solidarity|Clinic|School|University|Party|Mission|PEN)\b"
    r"|[网網社会會报報]$|(?:中心|组织|組織|联盟|聯盟|基金|电台|電台|观察|觀察|通讯社|通訊社|办公室|辦公室|部|院|署|局|大赦|國際|国际"
    r"|联合国|聯合國|捍[卫衛衞]者|团|團|阵线|陣線|网站|網站|频道|頻道|周刊|週刊|日报|日報|时报|時報|杂志|雜誌)$"
)
_BRACKETED = re.compile(
    r"^\s*(?:(?P<before>[^()（）\[\]【】]{2,60}?)\s*)?[(（\[【](?P<inside>[^()（）\[\]【】]{4,140})[)）\]】]\s*(?P<dash>[-–—―:：]*)"
)
_NOT_A_PLACE = frozenset(
    ("on", "in", "since", "from", "by", "until", "before", "after", "at", "as", "the", "this", "during", "for", "of"),
) | {"see", "cf", "updated", "revised", "corrected", "amended", "photo", "image", "credit", "source", "para", "ibid"}
_ACRONYM = re.compile(r"\s*[(\[（【]\s*([A-Z]{3,6})\s*[,，:–—-]")
#: What stands in the place of an author and names nobody.
_NOBODY = frozenset(
    ("admin", "administrator", "editor", "staff", "webmaster", "管理员", "管理員", "编辑", "編輯", "佚名")
)
_HAN_WIRE = re.compile(r"\s*(?:[电電]|[讯訊]|[报報][道導]|消息)")
_HAN_REPORTER = re.compile(r"(?:[记記]者|通[讯訊][员員]|特[约約]|(?<=[网網])信息[员員中]|综合|綜合).*$")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a page says of its own publication.  ``rule`` names what found the date, None without a date."""

    date: str | None = None
    rule: str | None = None
    layout: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()


def date_line(line: str) -> Imprint | None:
    """Return what a line says that holds only a date of publication, or None for any other line.

    Around the date may stand "Posted on", a weekday, a time, "by NAME", "作者：", "来源：", counters such as
    "3 Comments", and labels parted by bars or dots.  A bare year is not enough.
    """
    if len(line) > 200 or (found := find_date(line)) is None or _is_bare_year(found):
        return None
    before, after = around(line, found)
    if re.search(
        r"\b(?:updated|modified|accessed|retrieved)\b|最[后後](?:一次)?更新|更新[于於]|修[订訂改]",
        before,
        re.IGNORECASE,
    ):
        return None
    rest = f"{before} | {after}"
    authors: list[str] = []
    publisher = None
    for credit in _CREDIT.finditer(rest):
        name = credit["name"].strip(" ,，–—-")
        if re.match(r"source|来源|來源|出", credit["role"], re.IGNORECASE):
            publisher = name
        elif not _looks_like_author(name):
            return None
        else:
            authors.extend(split_names(name))
    rest = _LEAD.sub("", _COUNTERS.sub("", _CREDIT.sub("", rest)))
    parted = re.search(r"[|｜·•]|\s/\s", line) is not None
    if not all(_SEPARATORS.match(part) or (parted and _is_label(part)) for part in re.split(r"[|｜·•]|\s/\s", rest)):
        return None
    return Imprint(found.date, "date-line", found.layout, publisher, tuple(authors))


def byline(line: str) -> tuple[str, ...]:
    """Return the authors that a line names which holds nothing else ("By Jane Roe", "作者：张三"), else ()."""
    match = re.fullmatch(
        r"\s*(?:by\s+|author\s*[:：]\s*|written\s+by\s+|作者\s*[:：]\s*|撰文\s*[:：/／]\s*|文\s*[/／]\s*)(?P<name>[^.。!?，:：]{2,80})\s*",
        line,
        re.IGNORECASE,
    )
    if match is None or not _looks_like_author(match["name"]):
        return ()
    return split_names(match["name"])


def split_names(names: str) -> tuple[str, ...]:
    """Return the single names of a credit such as "Jane Roe, John Doe and 张三"."""
    parts = re.split(r"\s*(?:,|，|、|;|；|&|\band\b|\s和\s|\s與\s|\s与\s)\s*", names.strip())
    return tuple(part for part in parts if part and part.lower() not in _NOBODY)


def dateline(paragraph: str) -> Imprint | None:
    """Return what the opening of a report says, or None where it has no dateline.

    "(Network of Rights – May 1, 2018) – …", "GENEVA (1 May 2018) – …", "Geneva, 1 May 2018 – …",
    "（某某网2018年5月1日讯）", "某某社日内瓦2018年5月1日电".  The publisher is the name only if it is that of an
    organisation, never a place.
    """
    head = paragraph[:240]
    found = _bracketed_dateline(head) or _open_dateline(head)
    if found is None or found.publisher:
        return found
    acronym = _ACRONYM.match(head)
    # An organisation speaks of itself again, a place in capitals hardly ever returns.
    if acronym and re.search(rf"\b{acronym[1]}\b", paragraph[acronym.end() :]):
        return replace(found, publisher=acronym[1])
    return found


def opening_publisher(paragraph: str) -> str | None:
    """Return the news agency or paper in the bracket that opens a Chinese report without a date: "（河边通讯社）"."""
    match = re.match(r"\s*[（(【]([^（）()【】，。；\s]{2,20})[）)】]", paragraph)
    if match is None:
        return None
    name = re.sub(r"(?:综合|綜合)?(?:[电電]|[讯訊]|[报報][道導]|消息)$", "", match[1])
    return name if re.search(r"(?:[网網]|[^会會]社|[日时時周週][报報]|[电電]台|新[闻聞]|周刊|週刊)$", name) else None


def closing_date(lines: Sequence[str]) -> Imprint | None:
    """Return the date under the signature of a statement: its last line, with or without a place before it.

    ``lines`` are the non-blank lines of the text without closing links.
    """
    if len(lines) < 3:
        return None
    last = lines[-1].strip()
    line = date_line(last)
    if line is None:
        found = find_date(last)
        if (
            found is None
            or last[found.end :].strip(" .。)）")
            or not re.fullmatch(rf"\(?{_PLACE},?\s*", last[: found.start])
        ):
            return None
        line = Imprint(found.date, layout=found.layout)
    above, signature = lines[-3].strip(" .。"), lines[-2].strip(" .。")
    alone = _is_signature(signature) and not _is_signature(above)
    return Imprint(line.date, "closing-date", line.layout, signature if alone else line.publisher, line.authors)


def _is_signature(line: str) -> bool:
    return len(line) <= 80 and names_organisation(line) and not re.search(r"[.。!！?？:：;；]", line)


def address_date(address: str) -> str | None:
    """Return the date in a page's own address ("/2020/02/12/", "/2020/02/", "/20200212"), or None."""
    path = re.sub(r"^\w+://[^/]*", "", address)
    for pattern in (
        r"(?<!\d)((?:19|20)\d\d)([/-])(\d{1,2})\2(\d{1,2})(?=\D|$)",
        r"(?<=[/_-])((?:19|20)\d\d)()([01]\d)([0-3]\d)(?=\D|$)",
    ):
        for day in re.finditer(pattern, path):
            if date := checked_date(int(day[1]), int(day[3]), int(day[4])):
                return date
    month = re.search(r"/((?:19|20)\d\d)[/-]([01]?\d)(?=/|$)", path)
    return checked_date(int(month[1]), int(month[2]), None) if month else None


def names_organisation(name: str) -> bool:
    """Say whether a short name is built like that of an organisation ("… Network", "…中心") rather than a place."""
    return _ORGANISATION.search(name.strip()) is not None


def _bracketed_dateline(head: str) -> Imprint | None:
    match = _BRACKETED.match(head)
    if match is None or (found := find_date(match["inside"])) is None:
        return None
    inside, before = match["inside"], (match["before"] or "").strip()
    around = (inside[: found.start] + " " + inside[found.end :]).strip()
    if before and not (match["dash"] and _is_place(before) and not around.strip(" ,-–—")):
        return None
    if not before and not _can_stand_with_date(around.strip(" ,，:：/|–—-")):
        return None
    return Imprint(found.date, "dateline", found.layout, _organisation(before or around, head))


def _can_stand_with_date(around: str) -> bool:
    """Say whether the rest of a bracket is what datelines hold: nothing, an organisation, a place, or "…讯"."""
    if not around or names_organisation(around) or re.fullmatch(r"[A-Z]{3,6}", around):
        return not re.search(r"[.;。；!?！？]\s", around)
    return _is_place(around) or re.search(r"(?:[电電]|[讯訊]|[报報][道導]|消息)$", around) is not None


def _open_dateline(head: str) -> Imprint | None:
    found = find_date(head)
    if found is None or found.start > 90:
        return None
    before, after = head[: found.start].strip(" ,，:：-–—"), head[found.end :]
    if _HAN_WIRE.match(after) and not re.search(r"[。，！？；]", before):
        return Imprint(found.date, "dateline", found.layout, _organisation(before, head))
    if not re.match(r"\s*[)）]?\s*(?:[-–—]+|:)\s", after):
        return None
    if before and not (_is_place(before) or (names_organisation(before) and _is_title_case(before))):
        return None
    return Imprint(found.date, "dateline", found.layout, _organisation(before, head))


def _organisation(around: str, head: str) -> str | None:
    name = re.sub(r"^[\s,，:：/|–—-]+|[\s,，:：/|–—-]+$", "", around)
    name = _HAN_REPORTER.sub("", re.sub(r"(?:[电電]|[讯訊]|[报報][道導]|消息)$", "", name)).strip()
    first, _, rest = name.partition(", ")
    if rest and names_organisation(first) and not names_organisation(rest):
        name = first
    if 2 <= len(name) <= 100 and names_organisation(name) and not re.search(r"[。；!?]", name):
        return name
    wire = re.match(r"(.{1,10}?[社网網])[\u4e00-\u9fff]{2,8}$", name)
    return wire[1] if wire else None


def _is_place(text: str) -> bool:
    return re.fullmatch(_PLACE, text) is not None and text.split()[0].lower() not in _NOT_A_PLACE


def _is_title_case(text: str) -> bool:
    return text[:1].isupper() and text.split()[0].lower() not in _NOT_A_PLACE


def _is_bare_year(found: FoundDate) -> bool:
    return len(found.date) == len("2018") and found.layout != "numbers"


def _is_label(text: str) -> bool:
    """Say whether a part between bars can be a category or a place: a few words, no sentence."""
    return len(text.strip()) <= 40 and len(text.split()) <= 5 and not re.search(r"[.。!?！？;；]\s*$", text.strip())


def _looks_like_author(name: str) -> bool:
    return all(
        re.fullmatch(_NAME, part) and (len(part) <= 12 or part[:1].isupper()) and len(part) <= 50
        for part in split_names(name)
    )
