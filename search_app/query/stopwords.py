"""Words that carry no meaning of their own in a query: they never decide whether a document matches.

They stay in the index, in phrases and in the ranking.  Function words of the two languages, chosen by reading the
questions of Cranfield, CMRC 2018 and DRCD; folded.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = _words(
    """
    a about above after again all also am an and any are aren't as at be because been before being below between
    both but by can cannot could did do does doing down during each else ever few for from further get gets had
    has have having he her here hers herself him himself his how i if in into is it its itself just me more most
    my myself no nor not of off on once only or other our ours out over own same shall she should so some such
    than that the their theirs them themselves then there these they this those through to too under until up upon
    us very was we were what when where which while who whom whose why will with within without would you your
    yours ask asked asks tell give given find show list please happened happen
    """
)

CHINESE = _words(
    """
    的 了 着 过 是 在 和 与 及 以及 或 或者 而 而且 并 并且 也 都 就 还 又 再 很 最 更 被 把 将 对 对于 关于 从 自
    向 往 于 由 由于 因 因为 为 为了 为什么 以 用 让 使 给 跟 同 比 按 按照 根据 通过 随着 除了 有 没有 没 无 不
    未 别 会 能 能够 可 可以 可能 应 应该 要 需要 必须 得 地 这 那 这个 那个 这些 那些 这里 那里 这样 那样 此 该
    其 其中 其他 之 之后 之前 之间 后 前 时 时候 当 当时 中 里 内 外 上 下 间 所 所有 个 位 名 种 类 次 什么 甚么
    谁 哪 哪个 哪些 哪里 哪儿 哪位 哪一 哪年 几 几个 多少 多 怎么 怎样 如何 何 何时 何处 何种 何人 何年 是否 吗 呢
    吧 啊 呀 嘛 我 你 他 她 它 我们 你们 他们 她们 它们 自己 某 每 各 另 另外 只 仅 已 已经 曾 曾经 正在 一 一个
    一些 一种 请 问 请问 叫 叫做 称为 称 属于 做 成 哪一年 哪一个 什么样 什么时候 第几 位于 下列 下面 以下 不同
    主要 认为 进行 作为 成为
    """
)


def is_informative(word: str) -> bool:
    """Say whether a folded word can decide what a query is about."""
    return word not in ENGLISH and word not in CHINESE
