"""Which lines of a saved web page belong to the page and not to what it says?

Navigation, share buttons, counters, tags, reply forms, and the headings with which lists, comments and sidebars
begin.  The forms are those of WordPress, Blogspot, Drupal and the common Chinese blog and news systems, in English,
simplified and traditional Chinese.  Every function looks at one line without its indentation.
"""

from __future__ import annotations

import re

from indexer.fold import fold_text


def _one_of(table: str) -> re.Pattern[str]:
    """Match a line that is one of the entries, whatever case, script, brackets, arrows and colons it has.

    "home." is no button but the last word of a sentence in a text with hard line ends.
    The table holds entries parted by " · " or by line ends.
    """
    entries = re.split(r"\s+·\s+|\s*\n\s*", table.strip())
    joined = "|".join(re.escape(fold_text(entry)) for entry in entries)
    return re.compile(rf"[\W_]*(?:{joined})(?:\s*\.{{3}}|[^\w.,;!?]*)\Z")


def _forms(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


# Patterns are matched against folded lines: lower case, simplified characters, plain quotes and hyphens.

_NAVIGATION = _one_of(
    """
    home · about · about us · contact us · menu · main menu · navigation · search · skip to content
    skip to main content · skip to primary content · skip to secondary content · sitemap · sign in · sign up
    log in · login · logout · register · donate · donate now · subscribe · toggle navigation
    首页 · 主页 · 关于 · 关于我们 · 联系我们 · 联络我们 · 菜单 · 选单 · 主选单 · 导航 · 搜索 · 搜寻 · 跳至内容
    跳到主内容 · 跳至主要内容 · 返回首页 · 登录 · 登入 · 注册 · 订阅
    """
)

_BUTTONS = _one_of(
    """
    post navigation · share · share this · share on facebook · share on twitter · tweet · facebook · twitter
    whatsapp · telegram · pinterest · linkedin · reddit · tumblr · print · pdf · email this · like this · loading
    like this like loading · like loading · reply · cancel reply · quote · edit · permalink · bookmark
    leave a comment · add a comment · post a comment · no comments · no comments yet · comments are closed
    comments closed · post comment · submit · back to top · top · go to top · scroll to top · read more
    continue reading · more · view all · older posts · newer posts · older entries · newer entries · older · newer
    previous · next · previous post · next post · previous page · next page · prev · close · advertisement
    follow us · follow · rss · blog at wordpress.com
    分享 · 分享到 · 分享此文 · 分享至 · 微信 · 微博 · 打印 · 列印 · 收藏 · 转载 · 点赞 · 赞 · 喜欢 · 回复 · 取消回复
    发表评论 · 发表留言 · 发表回复 · 我要评论 · 留言 · 暂无评论 · 没有评论 · 评论已关闭 · 返回顶部 · 回到顶部
    回到顶端 · 阅读更多 · 阅读全文 · 继续阅读 · 更多 · 查看全文 · 较旧的文章 · 较新的文章 · 较旧文章 · 较新文章
    上一页 · 下一页 · 上一篇 · 下一篇 · 关闭 · 广告 · 载入中 · 正在加载 · 文章导航 · 文章导览 · 关注我们 · 扫一扫
    """
)

#: Further entries of menus, which are words of texts too: they count only at the top of a page beside others.
_MENU = _one_of(
    """
    contact · news · blog · events · publications · resources · reports · statements · press · press room · media
    gallery · team · our team · our work · what we do · who we are · take action · get involved · support us · login
    english · english version · chinese · español · français · languages · archive · faq · help · privacy policy
    新闻 · 博客 · 活动 · 出版物 · 资料 · 报告 · 声明 · 媒体 · 图片 · 视频 · 团队 · 支持我们 · 捐款 · 捐助 · 语言
    中文 · 简体中文 · 繁体中文 · 英文 · 简体 · 繁体 · 专栏 · 评论 · 专题 · 国际 · 财经 · 生活 · 更多新闻
    """
)

#: Where a pattern allows some text to follow it must not be a sentence: "Tagged as an agent, he lost his post." stays.
_LINES = _forms(
    r"comments off on ",
    r"(?:posted|filed) (?:in|under) [^.!?。]{0,160}\Z",
    r"this (?:entry|post) was (?:posted|published|written|filed) .{0,300}\Z",
    r"(?:this (?:page|post|article) is )?(?:also )?available in [^.]{0,150}\Z",
    r"tagged(?: with|:| in)? [^.!?。]{0,300}\Z",
    r"(?:tags|categor(?:y|ies)|labels|topics|keywords)\s*: [^.!?。]{0,300}\Z",
    r".{0,60}\| ?(?:leave a comment|\d+ comments?|no comments)\W*\Z",
    r"\d+ (?:comments?|repl(?:y|ies)|shares?|views?|likes?)\Z",
    r"(?:home|首页)\s*[>»›/|].{0,120}\Z",
    r"(?:share|click to (?:share|e-?mail|print)) (?:this|on|via) [^.!?,。]{0,40}\Z",
    r"(?:follow|find|like) (?:us|me) (?:on|via) [^.!?,。]{0,30}\Z",
    r"subscribe (?:to|via|by) (?:our|this|e-?mail|rss)[^.!?,。]{0,40}\Z",
    r"(?:powered by|proudly powered|theme:|copyright|©|\(c\) ?\d|blog at wordpress|版权所有)[^.!?。]{0,100}\Z",
    r".{0,120}all rights reserved\W*\Z",
    r"your e-?mail address will not be |save my name, e-?mail|notify me of |required fields are ",
    r"fill in your details below|you are commenting using|this site uses akismet|learn how your comment data",
    r"(?:name|e-?mail|website|comment|url|姓名|昵称|电子邮件|电子邮箱|邮箱|站点|网站|网址|显示名称)"
    r"(?: ?\((?:required|必填)\))? ?\*\Z",
    r".{0,16}(?:电子邮件|电子邮箱|电邮|邮箱)(?:地址)?不会(?:被)?公开.{0,40}\Z|必填(?:项|栏位|字段)",
    r"此(?:条目|文章)(?:发表|发布|张贴)[在于].{0,160}\Z|本(?:条目|文)发布于.{0,160}\Z",
    r"(?:标签|分类|类别|栏目|关键词|关键字)\s*[:/][^。!?]{0,200}\Z",
    r"(?:上一篇|下一篇|前一篇|后一篇|上一则|下一则)(?:文章)?\s*[:>»<].{0,160}\Z",
    r"posted by [^.!?]{1,60} (?:at|on) .{1,60}\Z",
    r"\W*(?:责任编辑|责编|编辑|编审|校对|审核|排版|值班编辑|网编)\s*[:/].{0,30}\Z",
    r"(?:阅读|浏览|点击|访问)(?:量|次数|数)?\s*[:(]?\s*\d+(?:\W.{0,40})?\Z|\d+\s*(?:次阅读|次浏览|人阅读)\Z",
    r"(?:评论|留言|回复)\s*\(?\s*\d+\s*\)?\Z|\d+\s*[条则个]?\s*(?:评论|留言|回复)\Z",
    r".{0,120}(?:已关闭评论|评论已关闭|的评论功能已关闭)\Z|在.{0,120}上留下评论\Z|.{0,120}中留言功能已关闭\Z",
    r"分享到\s*:?.{0,60}\Z|字[号体]\s*:.{0,30}\Z|(?:当前位置|[您你](?:现在)?的位置)\s*:.{0,120}\Z",
    r"(?:发布者|发表者|张贴者)\s*:.{0,80}\Z",
    r"references \[ ?\+ ?\]\Z",
    r"(?:##+|\* ?\* ?\*)\Z",
)

_LISTING = _forms(
    r"(?:posts?|entries|articles) tagged(?: with| as|:)? ?(?P<tag>.{1,80})\Z",
    r"(?:tag|category|author|monthly|yearly|daily|label) archives?\s*:? ?.{0,80}\Z",
    r"archives? for (?:the )?.{1,80}\Z",
    r"(?:showing )?posts (?:with label|from|in|about) .{1,80}\Z",
    r"(?:search )?results for .{1,80}\Z",
    r"(?:标签|分类|类别|栏目|月份|作者)(?:归档|存档|汇整|文章|目录)\s*:.{1,60}\Z",
    r".{0,40}(?:标签|分类|标记为|归类为).{0,40}(?:的文章|的存档|的归档|下的文章|的博文)\Z",
    r"(?:显示标签为|目前显示的是).{1,60}\Z",
)

#: What heads a list if it stands first on the page, and else only says under which heading a post is filed.
_FILED = _forms(r"(?:tag|category|label|topic|browsing)\s*: .{1,80}\Z", r"(?:标签|分类|类别|栏目)\s*:.{1,60}\Z")

_COMMENTS = _forms(
    r"(?:\d+|one) (?:thoughts?|comments?|responses?|replies|reply) (?:on|to) [\"'«]",
    r"[《<\"「].{1,120}[》>\"」]\s*(?:上|中)?\s*有\s*[\d一二三四五六七八九十]+\s*[条则个]\s*(?:评论|留言|回复|想法)\W*\Z",
)

#: What may head comments, and may head a chapter of a report.
_MAYBE_COMMENTS = _forms(
    r"(?:\d+|one) (?:thoughts?|comments?|responses?|replies|reply)(?: (?:on|to) .{1,200})?\s*:?\Z",
    r"comments?\s*(?:\(\d+\))?\s*:?\Z",
    r"\d+\s*[条则个]\s*(?:评论|留言|回复)\s*:?\Z",
    r"(?:网友|读者|全部|最新|精彩)?(?:评论|留言)(?:列表|区)?\s*(?:\(\d+\))?\s*:?\Z",
)

_REPLY = _one_of("reply · reply to this · 回复 · 回覆")

_REPLY_FORM = _one_of(
    """
    leave a reply · leave a comment · leave a reply cancel reply · post a comment · write a comment
    join the conversation · add your comment
    发表评论 · 发表回复 · 发表留言 · 留下评论 · 我要评论 · 发表您的评论 · 发布评论 · 发布留言 · 发表评论 取消回复
    发表回复 取消回复 · 发表留言 取消回复 · 发布留言 取消回复
    """
)

_TAIL = _one_of(
    """
    related · related posts · related articles · related stories · related content · you may also like
    you might also like · more from this author · more stories · recent posts · recent comments · latest news
    popular posts · most read · most popular · archives · blog archive · categories · tags · blogroll · meta
    links · pages · follow blog via email · about the author · share this post · search for · sidebar
    相关文章 · 相关新闻 · 近期文章 · 近期评论 · 最新文章 · 最新评论 · 热门文章 · 热门标签 · 推荐文章 · 文章归档
    文章存档 · 归档 · 分类目录 · 分类 · 标签云 · 友情链接 · 网站导航 · 其他操作 · 功能 · 作者简介 · 猜你喜欢
    推荐阅读
    """
)

#: A label over a title that is not the title: it says what kind of paper this is.
_LABEL = re.compile(
    r"\W*(?:for immediate release|(?:press|news|media) (?:release|statement)|immediate release|embargoed.{0,40}"
    r"|新闻稿|新闻发布|即时发布|即时新闻)\W*\Z"
)

_END_OF_POST = _forms(
    r"(?:posted|filed) (?:in|under) |posted by .{1,60} (?:at|on) |(?:发布者|发表者|张贴者)\s*:",
    r"tagged\b|(?:tags|categories|labels)\s*:|(?:标签|分类)\s*:",
    r"\W*(?:read more|continue reading|leave a comment|阅读更多|阅读全文|继续阅读)\W*\Z",
    r".{0,60}\| ?(?:leave a comment|\d+ comments?|no comments)\W*\Z",
    r"\d+ comments?\Z|no comments\W*\Z|(?:评论|留言)\s*\(?\d+\)?\Z",
)


def folded(line: str) -> str:
    """Return a line as these patterns see it: folded, with single spaces."""
    return " ".join(fold_text(line).split())


def is_furniture(line: str) -> bool:
    """Say whether a line is a button, a menu entry, a counter, a tag list or part of a reply form."""
    return len(line) <= 400 and _matches(line, _NAVIGATION, _BUTTONS, _LINES, _REPLY_FORM)


def is_menu_entry(line: str) -> bool:
    """Say whether a line is one of the words that menus are made of."""
    return len(line) <= 40 and _matches(line, _NAVIGATION, _MENU)


def is_listing_head(line: str, *, first: bool = False) -> bool:
    """Say whether a line heads a page that lists posts: "Posts Tagged ‘…’", "Category Archives: …".

    ``first`` says that it is the first line of the page, where "Category: …" and "标签：…" head a list too.
    """
    return len(line) <= 120 and (_matches(line, _LISTING) or (first and _matches(line, _FILED)))


def opens_comments(line: str) -> bool:
    """Say whether readers' comments begin after this line: "2 thoughts on “…”", "《…》有2条评论"."""
    return len(line) <= 300 and _matches(line, _COMMENTS)


def may_open_comments(line: str) -> bool:
    """Say whether a line heads comments if comments follow: "Comments", "3 responses", "评论"."""
    return len(line) <= 300 and _matches(line, _MAYBE_COMMENTS)


def opens_reply_form(line: str) -> bool:
    """Say whether the form for a comment begins here."""
    return len(line) <= 60 and _matches(line, _REPLY_FORM)


def is_reply_button(line: str) -> bool:
    """Say whether a line is the button under a comment."""
    return len(line) <= 20 and _matches(line, _REPLY)


def opens_tail(line: str) -> bool:
    """Say whether a sidebar or a list of other posts begins here."""
    return len(line) <= 60 and _matches(line, _TAIL)


def ends_post(line: str) -> bool:
    """Say whether a line stands under a post of a list: its categories, its tags, its comment link."""
    return len(line) <= 300 and _matches(line, _END_OF_POST)


def is_label(line: str) -> bool:
    """Say whether a line only says what kind of paper this is ("FOR IMMEDIATE RELEASE", "新闻稿")."""
    return len(line) <= 80 and _matches(line, _LABEL)


def _matches(line: str, *patterns: re.Pattern[str]) -> bool:
    plain = folded(line)
    return any(pattern.match(plain) for pattern in patterns)
