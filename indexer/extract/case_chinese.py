"""What does a Chinese sentence say was done to whom?

The sentence is read folded, clause by clause (clauses end at commas).  Words of arrest, charge, trial and sentence
are found first; then the person they were done to: what 将, 把, 对 or an active verb takes ("拘捕前主席X"), the head
that an attribute describes ("被判囚七年的X"), the subject of a passive clause ("X被控…"), the topic that earlier
clauses leave standing, or the person of the sentence before.  A person who acts, speaks, or stands there by kinship
or profession (X的律师, 法官X, X称) is a bystander, and so is whoever stands between 被 and the verb.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.extract.event import Event, Memory, Named, Scene
from indexer.extract.numerals import han_number
from indexer.fold import Folded, fold

Modality = Literal["stated", "reported", "claimed"]

_TRIGGERS = re.compile(
    r"(?P<acquitted>罪名?不成立?|无罪释放|判处?无罪|宣告无罪|裁定无罪|获判无罪|脱罪)"
    r"|(?P<died_in_custody>(?:狱中|羁押期间|关押期间|看守所[内中里]?|拘留所|服刑期间|被囚期间|押期间)[^,。]{0,10}?(?:死亡|去世|病逝|离世|身亡|死去)"
    r"|死于(?:狱中|羁押|看守所|监狱)|瘐死)"
    r"|(?P<remanded>不准保释|不获保释|拒绝?保释|保释(?:申请)?[被遭]拒|撤销[^,。]{0,8}保释)"
    r"|(?P<bailed>取保候审|获准?(?:以[^,。]{0,12})?保释|准(?:许|予)?保释|保释外出|获保释|交保|具保)"
    r"|(?P<released>获释|(?:刑满)?释放|刑满出狱|出狱(?!后|前|时|之后|那|以后)|重获自由)"
    r"|(?P<convicted>罪名成立|罪成|定罪(?!量刑)|有罪(?=[,。]|$|判决))"
    r"|(?P<sentenced>判处|判刑|判监|判囚|判入狱|被判|获刑|领刑|重判|轻判|改判|监禁(?=[\d一二三四五六七八九十两终])|入狱(?=[\d一二三四五六七八九十两])"
    r"|判(?=[\d一二三四五六七八九十两有无死]))"
    r"|(?P<tried>受审|应讯|过堂|开庭(?:审理|审判)|开审)"
    r"|(?P<charged>被控告?|检控|落案(?:起诉|控告?)|提起公诉|(?<!不)起诉|控告|控以|票控|遭控|提堂|面临[^,。]{0,14}(?:指控|控罪)|被诉)"
    r"|(?P<administratively_detained>行政拘留|治安拘留|行拘)"
    r"|(?P<criminally_detained>刑事拘留|刑拘|还押|还柙|羁押|收押|拘押|关押(?![^,。]{0,12}监狱))"
    r"|(?P<residential_surveillance>监视居住|监居)"
    r"|(?P<arrested>逮捕|批捕|拘捕|被捕|遭捕|被抓捕|抓捕|被抓(?!住|狂)|抓获|被带走|带走)"
    r"|(?P<detained>拘留|扣查|扣留)"
    r"|(?P<disappeared>失踪|失联)"
    r"|(?P<summoned>传唤|传讯)"
)
_STATUS = {"remanded": "criminally_detained", "detained": "arrested"}
#: Verbs that take the person as their object unless 被 or the like stands before them.
_ACTIVE = frozenset(
    ("判处", "重判", "轻判", "改判", "判", "检控", "落案起诉", "落案控", "落案控告", "提起公诉", "起诉", "控告", "控以", "票控",
     "行政拘留", "治安拘留", "行拘", "刑事拘留", "刑拘", "逮捕", "批捕", "拘捕", "抓捕", "抓获", "带走", "拘留", "扣查", "扣留",
     "传唤", "传讯", "释放", "监视居住", "关押", "羁押", "拘押", "开庭审理", "开庭审判", "判监", "判囚", "判刑", "定罪", "公诉")
)  # fmt: skip
_PASSIVE = re.compile(r"[被遭获受][^,。的]*\Z|由[^,。的]{2,14}\Z")
#: The last 被 of a clause, if it belongs to the verb: who stands behind it is the agent.
_AGENT_MARK = re.compile(r"[被遭](?=[^,。的被遭]*\Z)")
#: Words before a verb that say it did not happen, has not yet, or is only wished, feared or provided for.
_UNREAL = re.compile(
    r"(?:未|没有?|不会|不被|不得|不应|不须|不用|无须|毋须|无需|非|免|勿|否认|拒绝|可能|或会|或将|恐|将会|即将|会被|会遭|可被|可以被|若|如果|如被|假如|倘"
    r"|一旦|要求|呼吁|促请?|敦促|立即|应该?|必须|须要?|准备|打算|预计|预料|避免|防止|担心|害怕|怕|威胁|意图|拟|是否|有否|曾否|会不会|何时|如何|下令|申请"
    r"|反对|抗议|声援|抵制|谴责|关注|因为害怕|不想|想要|希望|等待|等候|面对被|随时|任意|随意|动辄|依法|可判|可处|最高)"
    r"[^,。]{0,9}\Z"
)
_WISHED = re.compile(
    r"(?:要求|呼吁|促请?|敦促|立即|立刻|应当?|必须|争取|希望|期待|尽快|无条件|拒绝|若|如果)[^,。]{0,16}\Z"
)

_HOPED = re.compile(r"希望|要求|呼吁|敦促|争取|协助|促请|期望|请愿")
_FEARED = re.compile(r"担心|害怕|忧虑|恐怕|忧")
#: A word of a paper, a date or a stage of proceedings, not of what was done.
_OF_PAPERS = re.compile(r"(?:时间|书|期限|决定|程序|阶段|意见|通知|令(?!人)|案例|制度|条例|率|数字|权力?|标准)")

#: Before or after a person: words that make them a bystander.
_BYSTANDER_BEFORE = re.compile(
    r"(?:代表|由|对|向|与|跟|为|替|据|给|连同|陪同|声援|支持|采访|会见|探望|探访|除|除了|法官|裁判官|检察官|公诉人|主控官?|代理|辩护|作为|因为|关于|有关|纪念|悼念"
    r"|引述|转述|引用|批评|记者|控方|律师团|局长|处长|署长|司长|警司|探员|警长|督察)[^,。、]{0,4}\Z"
)
_BYSTANDER_AFTER = re.compile(
    r"(?:\([^)]*\))?(?:的?(?:妻子?|太太|丈夫|前妻|前夫|父亲?|母亲?|父母|妈妈|爸爸|女儿|儿子|弟弟?|哥哥|兄|姐姐?|妹妹?|家属|家人|亲友|朋友|好友|同事|友人|女友|男友"
    r"|代表律师|辩护律师|代理律师|律师(?!事务所)|代理人|辩护人|支持者|案|等人案|一案|事件)"
    r"|的(?!时候)|等人的|说|称|表示|指(?!控)|批|认为|透露|指出|强调|质疑|写道|回应|告诉|呼吁|要求|宣布|补充|直言|形容|估计|续指|解释|坦言|问|提到)"
)
_OBJECT_MARK = re.compile(r"(?:将|把|对|裁定|判定|指控|控告|涉嫌人|指)(?:[^,。将把对被]{0,12})\Z")
_SPEECH_CLAUSE = re.compile(r"(?:说|称|表示|指|指出|认为|透露|强调|写道|宣布|补充|直言|声称|报道|引述[^,。]*)[:]?\Z")
_GENERIC_SUBJECT = re.compile(
    r"\A\W*(?:而|但|其后|随后|后来|之后|当时|同时|另外?|此外|至于|据悉|目前|现|并|又|也|还有|其中|今日|昨日)*"
    r"(?:(?:他|她|其|该|这|那|有|多|数|不少|部分|大批|多名|数名|数十名?|[\d一二三四五六七八九十两百千几]+[名位个]?)(?:的)?)?"
    r"(?:[^,。被遭]{0,8}?)"
    r"(?:律师|家属|妻子?|太太|丈夫|父亲|母亲|父母|儿子|女儿|弟弟|哥哥|姐姐|妹妹|朋友|市民|学生|示威者|记者|人士|成员|被告|村民|网民|教师|信徒|警员|警方|公安|法院|法庭"
    r"|法官|当局|政府|检方|控方|检察院|案件|本案|案|上诉|申请|者|人员|职员|员工|高层|议员|维权律师|民众|公民|编辑|义工|志愿者|公司|组织|集会|[名位]?(?:男|女)子)(?=[^,。]{0,14}\Z)"
)
_PLURAL = re.compile(
    r"(?:他们|她们|众人|各人|全部人|(?P<n>[\d二两三四五六七八九十]+)(?:名被告|名?人|位))(?=[^,。]{0,14}\Z)"
)
_PLURAL_ANYWHERE = re.compile(r"他们|她们|众人|各人")
_OTHERS_TOO = re.compile(r"[和及与,]|连同")
_SINGULAR = re.compile(
    r"(?:\A|[^其])(?:他|她|本人|其)(?!们|的|人|余|他|妻|父|母|家|律师|中|后|实|间)(?=[^,。]{0,16}\Z)"
)
#: What may stand between two people of one list: a bracket, a connector, words of title.
_LIST_GAP = re.compile(r"(?:\([^)]{0,24}\))?(?:、|和|及|与|以及|暨|,(?=\Z))(?P<titles>[^,。、:「」\"]{0,10})\Z")
_NO_TITLE = re.compile(r"说|称|被|判|捕|拘|控|是|在|到|向|对|因|曾|的(?=.)|律师表示|妻子?\Z|丈夫\Z|家属|代表")
_TITLE_GAP = re.compile(r"(?:了|其|前|原|包括|现任|时任|该|名|资深|知名|著名)*[^,。:;被]{0,20}\Z")
_TITLE_STOP = re.compile(
    r"说|称|表示|指|认为|和|与|向|在|于|因|为|以|罪|后|时|至|并|要求|声援|支持|会见|家属|妻|律师的"
)
_ATTRIBUTE = re.compile(r"[^,。]{0,30}?的(?P<titles>[^,。的:]{0,18})\Z")


#: People without a name whom a word describes: 被捕人士, 被判刑的三名学生.
_UNNAMED_HEAD = re.compile(
    r"(?:的[^,。「」]{0,10}?)?(?:人士|人员|者|疑犯|学生|市民|示威者|律师|议员|青年|同伴|[\d一二三四五六七八九十两几数多]+[名位]?人|人(?![权民大]))(?=[,。\w]|\Z)"
)
#: Verbs whose object follows them: where it is no person of the text, it was done to somebody else.
_TAKES_OBJECT = frozenset(
    ("逮捕", "批捕", "拘捕", "抓捕", "抓获", "带走", "拘留", "扣查", "扣留", "传唤", "传讯", "起诉", "检控", "控告", "票控", "刑拘", "刑事拘留",
     "行政拘留", "释放", "落案起诉", "落案控告", "提起公诉")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Person:
    """One person, or the people of one list, in folded offsets of the sentence."""

    ids: tuple[str, ...]
    start: int
    end: int
    bystander: bool


def chinese_events(scene: Scene, memory: Memory) -> list[Event]:
    """Return what ``scene`` says happened, in order, and bring ``memory`` up to date with the people in it."""
    folded = fold(scene.words)
    persons = _persons(scene, folded)
    reading = _Reading(scene, folded, persons, memory)
    events = list(reading.events())
    _remember(scene, persons, events, memory)
    return events


def _remember(scene: Scene, persons: Sequence[_Person], events: Sequence[Event], memory: Memory) -> None:
    for person in persons:
        if len(person.ids) > 1:
            memory.remember(person.ids, scene)
    named = [event.persons for event in events if event.persons]
    free = [person.ids for person in persons if not person.bystander]
    if named:
        memory.remember(named[-1], scene)
    elif free:
        memory.remember(free[0], scene)
    elif persons:
        memory.remember(persons[0].ids, scene)


def _persons(scene: Scene, folded: Folded) -> list[_Person]:
    spans = [
        (_to_folded(folded, p.start - scene.start), _to_folded(folded, p.end - scene.start), p) for p in scene.persons
    ]
    people: list[_Person] = []
    members: list[tuple[int, int, Named]] = []
    for span in spans:
        if members:
            gap = folded.text[members[-1][1] : span[0]]
            listed = _LIST_GAP.match(gap)
            same = span[2].id == members[-1][2].id and re.fullmatch(r" ?\(?", gap)
            if not same and not (listed and not _NO_TITLE.search(listed["titles"])):
                people.append(_person(folded.text, members))
                members = []
        members.append(span)
    if members:
        people.append(_person(folded.text, members))
    return people


def _person(text: str, members: Sequence[tuple[int, int, Named]]) -> _Person:
    start, end = members[0][0], members[-1][1]
    before = _BYSTANDER_BEFORE.search(text, max(0, start - 14), start)
    after = _BYSTANDER_AFTER.match(text, end, end + 24)
    return _Person(tuple(dict.fromkeys(m[2].id for m in members)), start, end, bool(before or after))


def _to_folded(folded: Folded, offset: int) -> int:
    return offset if folded.starts is None else bisect_left(folded.starts, offset)


class _Reading:
    """One sentence being read from left to right, in folded offsets."""

    def __init__(self, scene: Scene, folded: Folded, persons: Sequence[_Person], memory: Memory) -> None:
        self._scene = scene
        self._folded = folded
        self._text = folded.text
        self._persons = persons
        self._memory = memory
        self._done: list[tuple[int, Event]] = []
        self._clauses = [(m.start(), m.end()) for m in re.finditer(r"[^,;]+", self._text)]

    def events(self) -> Iterator[Event]:
        for match in _TRIGGERS.finditer(self._text):
            event = self._event(match)
            if event is not None:
                self._done.append((match.start(), event))
                yield event

    def _standing(self, match: re.Match[str]) -> tuple[tuple[str, ...], Scene | None]:
        """Return the people of the event before, if nobody was named since: "…被拘留，后来法院判刑两年"."""
        if self._done:
            at, event = self._done[-1]
            if not any(at < p.start < match.start() for p in self._persons):
                return event.persons, event.origin
        return (), None

    def _event(self, match: re.Match[str]) -> Event | None:
        status = match.lastgroup or ""
        clause = self._clause(match.start())
        before = self._text[clause[0] : match.start()]
        if self._unreal(before, status, match.start()) or not self._fits(status, match, clause):
            return None
        persons, origin = self._patient(match, clause)
        if persons is None:
            return None
        low, high = self._folded.original(match.start(), match.end())
        start, end = self._scene.start + low, self._scene.start + high
        words = self._scene.text[start:end]
        return Event(_STATUS.get(status, status), words, start, end, persons, self._modality(match), origin)

    def _clause(self, offset: int) -> tuple[int, int]:
        return next((c for c in self._clauses if c[0] <= offset < c[1]), (0, len(self._text)))

    def _unreal(self, before: str, status: str, offset: int) -> bool:
        if status == "released" and (_WISHED.search(before) or _HOPED.search(self._text, 0, offset)):
            return True
        if _FEARED.search(before):
            return True
        if self._text[offset] in "被遭" and before.endswith(("会", "将")):
            return True
        unreal = _UNREAL.search(before)
        # 曾未, 未经: the negation belongs to a name of an offence, which stands before it.
        return unreal is not None and not re.match(r"未经|非法|免职|不服|未成年|没收", before[unreal.start() :])

    def _fits(self, status: str, match: re.Match[str], clause: tuple[int, int]) -> bool:
        word = match.group()
        after, before = self._text[match.end() :], self._text[clause[0] : match.start()]
        if _UNNAMED_HEAD.match(after) or _OF_PAPERS.match(after):
            return False  # 被捕人士, 被判刑的三人
        if status == "sentenced" and not self._penalty_after(match.start()):
            bare = word in ("判刑", "判监", "判囚", "判入狱", "获刑", "领刑")
            return bare and (bool(_PASSIVE.search(before)) or word[0] in "获领") and not after.startswith("押后")
        if status == "charged":
            named = any(abs(self._offset(c.start) - match.end()) < 40 for c in self._scene.charges)
            return named or word != "公诉"
        if word == "定罪":
            return bool(_PASSIVE.search(before) or re.search(r"以[^,。]{2,24}\Z", before))
        return True

    def _penalty_after(self, offset: int) -> bool:
        return any(-2 <= self._offset(p.start) - offset <= 34 for p in self._scene.penalties)

    def _offset(self, original: int) -> int:
        return _to_folded(self._folded, original - self._scene.start)

    def _modality(self, match: re.Match[str]) -> Modality:
        before = self._text[: match.start()]
        if re.search(r"据报|据悉|据了解|消息指?|传出|传闻|疑似|疑|有报道|报道(?:指|称|说)?|网传", before):
            return "reported"
        if re.search(
            r"(?:称|表示|声称|透露|说|指出|据[^,。]{2,12}(?:称|说|消息))[^。]{0,60}\Z", before
        ) and not before.endswith("涉"):
            return "claimed"
        return "stated"

    # -- who

    def _patient(self, match: re.Match[str], clause: tuple[int, int]) -> tuple[tuple[str, ...] | None, Scene | None]:
        attributed = self._attributed(match, clause)
        if attributed is not None:
            return attributed.ids, None
        left = [p for p in self._persons if clause[0] <= p.start and p.end <= match.start()]
        marked = [p for p in left if _OBJECT_MARK.search(self._text, clause[0], p.start)]
        before = self._text[clause[0] : match.start()]
        passive = _PASSIVE.search(before) or match.group()[0] in "被遭获"
        if match.group() in _ACTIVE and not passive:
            if marked:
                return marked[-1].ids, None
            taken = self._object(match, clause)
            if taken is not None:
                return taken.ids, None
            if re.search(r"(?:将|把|对)(?:他|她|其)", before):
                return self._recalled(match, before)
            ended = re.match(r"[,。!?;」]|\Z|后|[\d一二三四五六七八九十两有]", self._text[match.end() :])
            if match.group() in _TAKES_OBJECT and not ended:
                return (), None
            if _acts(before):
                return self._standing(match) if ended else ((), None)
        elif marked and not passive:
            return marked[-1].ids, None
        return self._subject(match, clause, left)

    def _attributed(self, match: re.Match[str], clause: tuple[int, int]) -> _Person | None:
        """Return X of "被判囚七年的X"."""
        person = next((p for p in self._persons if p.start >= match.end()), None)
        if person is None or person.start > clause[1]:
            return None
        gap = _ATTRIBUTE.match(self._text, match.end(), person.start)
        passive = _PASSIVE.search(self._text, clause[0], match.start()) or match.group()[0] in "被遭获"
        if gap and match.group() in _TAKES_OBJECT and not passive and not gap.group().startswith("的"):
            return None  # 起诉报社的X is the one who sues
        return person if gap and not _TITLE_STOP.search(gap["titles"]) else None

    def _object(self, match: re.Match[str], clause: tuple[int, int]) -> _Person | None:
        person = next((p for p in self._persons if p.start >= match.end()), None)
        if person is None or person.start >= clause[1]:
            return None
        gap = _TITLE_GAP.match(self._text, match.end(), person.start)
        return person if gap and not _TITLE_STOP.search(gap.group()) else None

    def _subject(
        self, match: re.Match[str], clause: tuple[int, int], left: Sequence[_Person]
    ) -> tuple[tuple[str, ...] | None, Scene | None]:
        mark = _AGENT_MARK.search(self._text, clause[0], match.start())
        limit = mark.start() if mark else match.start()
        free = [p for p in left if not p.bystander and p.end <= limit]
        before = self._text[clause[0] : limit]
        if free:
            since = self._text[free[-1].end : limit]
            if not re.match(r"等|\([^)]*\)等", since) and _PLURAL.search(since) and not _OTHERS_TOO.match(since):
                return self._anaphor(since, match) or ((), None)
            return free[-1].ids, None
        found = self._anaphor(before, match)
        if found is not None:
            return found
        if _GENERIC_SUBJECT.search(before) or [p for p in left if p.bystander and p.end <= limit]:
            return (), None
        return self._topic(match, clause)

    def _anaphor(self, before: str, match: re.Match[str]) -> tuple[tuple[str, ...], Scene | None] | None:
        """Return whom 两人, 他们 or 他 in a clause mean, None where there is no such word."""
        plural = _PLURAL.search(before)
        if plural:
            count = han_number(plural["n"]) if plural["n"] else None
            earlier = [p.ids for p in self._persons if p.end <= match.start() and len(p.ids) > 1]
            named = tuple(
                dict.fromkeys(i for p in self._persons if p.end <= match.start() and not p.bystander for i in p.ids)
            )
            for ids in [*reversed(earlier), named]:
                if len(ids) > 1 and (count is None or len(ids) == count):
                    return ids, None
            memory = self._memory
            near = memory.many_scene is not None and self._scene.paragraph - memory.many_scene.paragraph <= 1
            if near and memory.many and (count is None or len(memory.many) == count):
                return tuple(i for i in memory.many if i not in self._excepted()), memory.many_scene
            return (), None
        return self._recalled(match, before) if _SINGULAR.search(before) else None

    def _excepted(self) -> set[str]:
        """Return the people of "除X外"."""
        return {
            i for p in self._persons for i in p.ids
            if re.search(r"除了?\Z", self._text[max(0, p.start - 2) : p.start]) and re.match(r"[^,]{0,8}外", self._text[p.end :])
        }  # fmt: skip

    def _topic(self, match: re.Match[str], clause: tuple[int, int]) -> tuple[tuple[str, ...] | None, Scene | None]:
        """Return the subject that the clauses before leave standing, else the person of the sentence before."""
        if self._done and not any(self._done[-1][0] < p.start < match.start() for p in self._persons):
            return self._standing(match)
        for start, end in reversed([c for c in self._clauses if c[1] <= clause[0]]):
            text = self._text[start:end]
            people = [p for p in self._persons if start <= p.start and p.end <= end]
            free = [p for p in people if not p.bystander]
            if free:
                return free[0].ids, None
            if _SPEECH_CLAUSE.search(text) or people:
                return (), None
            opening = re.match(r"\W*(?:而|但|其后|随后|后来|之后|当时|同时|因为|由于|虽然|目前|现时)*", text)
            anaphor = self._anaphor(text[: (opening.end() if opening else 0) + 6], match)
            if anaphor is not None:
                return anaphor
            if _GENERIC_SUBJECT.search(text) or _PLURAL_ANYWHERE.search(text):
                return (), None
        return self._recalled(match, "")

    def _recalled(self, match: re.Match[str], before: str) -> tuple[tuple[str, ...], Scene | None]:
        earlier = [p for p in self._persons if p.end <= match.start() - len(before)]
        free = [p for p in earlier if not p.bystander]
        if len(free) == 1 and len(free[0].ids) == 1:
            return free[0].ids, None
        memory = self._memory
        if not earlier and memory.one and memory.one_scene and memory.one_scene.paragraph == self._scene.paragraph:
            return memory.one, memory.one_scene
        return (), None


def _acts(before: str) -> bool:
    """Say whether the clause has somebody who acts: police, a court, the state."""
    return (
        re.search(r"警方|警察|公安|国安|法院|法庭|检察院|检方|控方|当局|政府|官|律政司|中国|中共", before) is not None
    )
