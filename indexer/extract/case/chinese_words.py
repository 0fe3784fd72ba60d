"""The Chinese words by which a text tells of arrest, charge, trial and sentence; all patterns are over folded text."""

from __future__ import annotations

import re

from indexer.extract.anchored import Opened


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TRIGGERS = re.compile(
    r"(?P<acquitted>罪名?不成立?|无罪释放|判处?无罪|宣告无罪|裁定无罪|获判无罪|脱罪)"
    r"|(?P<died_in_custody>(?:狱中|羁押期间|关押期间|看守所[内中里]?|拘留所|服刑期间|被囚期间"
    r"|押期间)[^,。]{0,10}?(?:死亡|去世|病逝|离世|身亡|死去)"
    r"|死于(?:狱中|羁押|看守所|监狱)|瘐死)"
    r"|(?P<remanded>不(?:获)?批?准(?:其)?保释|不获(?:准)?保释|(?:拒绝?|撤销)(?=[^,。]{0,12}保释)"
    r"|保释(?:申请)?[被遭]拒)"
    r"|(?P<bailed>取保候审|获准?(?:以[^,。]{0,12})?保释|(?<![不未])准(?:许|予)?(?:其)?(?:保释|(?=[^,。拒]{1,14}保释))|保释外出|获保释|交保|具保)"
    r"|(?P<released>获释|(?:刑满)?释放|刑满出狱|出狱(?!后|前|时|之后|那|以后)|重获自由)"
    r"|(?P<convicted>罪名成立|罪成|(?<![裁判])定罪(?!量刑|名)|有罪(?=[,。]|$|判决))"
    r"|(?P<sentenced>判处|判刑|判监|判囚|判入狱|被判|获刑|领刑|重判|轻判|改判"
    r"|(?<!判处)(?<!判)监禁(?=[\d一二三四五六七八九十两终])|入狱(?=[\d一二三四五六七八九十两])"
    r"|判(?=[\d一二三四五六七八九十两有无死]))"
    r"|(?P<tried>受审|应讯|过堂|开庭(?:审理|审判|受审|聆讯|(?=[,。;、]|\Z))|开审)"
    r"|(?P<charged>被控告?|检控(?!专员|官|主任|科|处|人员|方)|落案(?:起诉|控告?)|提起公诉|(?<!不)起诉|控告|控以"
    r"|票控|遭控|提堂"
    r"|面临[^,。]{0,14}(?:指控|控罪)|被诉)"
    r"|(?P<administratively_detained>行政拘留|治安拘留|行拘)"
    r"|(?P<criminally_detained>刑事拘留|刑拘|还押|还柙|羁押|收押|拘押|关押(?![^,。]{0,12}监狱))"
    r"|(?P<residential_surveillance>监视居住|监居)"
    r"|(?P<arrested>逮捕|批捕|拘捕|被捕|遭捕|被抓捕|(?<!大)抓捕|被抓(?!住|狂)|抓获|被带走|带走)"
    r"|(?P<detained>拘留|扣查|扣留)"
    r"|(?P<disappeared>失踪|失联)"
    r"|(?P<summoned>传唤|传讯)"
    r"|(?P<pleaded>承认|(?<![否不未没拒迫逼被视频将会愿])认罪(?!认罚|[态视录书协]|的))"
)
TRIGGER = Opened(
    TRIGGERS,
    "罪无判宣裁获脱狱羁关看拘服被押死瘐不拒撤保取准交具刑释出重定有领轻改监入受应过开检落提起控票遭面行治还收逮批抓带扣失传承认",
)
#: Who admits a charge is charged with it; a court has yet to find so.
STATUS = {"remanded": "criminally_detained", "detained": "arrested", "pleaded": "charged"}
#: What a plea admits: 承认(全部三项)控罪, 承认一项非法集结罪, 承认于某日在某处煽惑….
PLEADS_TO = re.compile(
    r"(?:了|的)?(?:全部|所有|其中|另外|另)*(?:[\d一二两三四五六七八九十多]+[项宗条])?(?:相关|有关|经修订的?)?控罪"
)
ADMITTED = re.compile(r"[^。;「」否]{0,36}")
COURT = re.compile(
    r"法院|法庭|控罪|被控|裁判|求情|答辩|提堂|被告|判刑|判监|判囚|还押|还柙|刑期|控方|作供|聆讯|审讯|开审|受审"
)
TO_OTHERS = re.compile(r"劝|要求|拒|否认|警方|警察|公安|传媒|媒体|记者")
FORCED = re.compile(r"电视|视频|录像|镜头|官媒|央视|逼|迫|酷刑")
#: Verbs that take the person as their object unless 被 or the like stands before them.
ACTIVE = _words(
    "拒绝 拒 撤销 准 准许 准予 判处 重判 轻判 改判 判 检控 落案起诉 落案控 落案控告 提起公诉 起诉 控告 控以 票控 "
    "行政拘留 治安拘留 行拘 刑事拘留 刑拘 逮捕 批捕 拘捕 抓捕 抓获 带走 拘留 扣查 扣留 "
    "传唤 传讯 释放 监视居住 关押 羁押 拘押 开庭审理 开庭审判 判监 判囚 判刑 定罪 公诉"
)
PASSIVE = re.compile(r"(?:被(?!告)|[遭获受])[^,。的]*\Z|(?<![为理自])由[^,。的]{2,14}\Z")
#: The last 被 of a clause, if it belongs to the verb: who stands behind it is the agent.
AGENT_MARK = re.compile(r"(?:被(?!告)|遭)(?=[^,。的被遭]*\Z)")
#: Words before a verb that say it did not happen, has not yet, or is only wished, feared or provided for.
UNREAL = re.compile(
    r"(?:未|没有?|有机会|万一|若然|只要|才能|方能|以便|可以|理论上|不会|不被|不得|不应|不须|不用|无须|毋须|无需|非|免|勿|否认|拒绝|可能|或会|或将|恐(?!怖)|将会"
    r"|将于|将在|定于|即将"
    r"|会被|会遭|可被|可以被|若|如果|如被|假如|倘"
    r"|一旦|要求|呼吁|促请?|敦促|立即|应该?|必须|须要?|准备|打算|预计|预料|避免|防止|担心|害怕|怕|威胁|意图|拟"
    r"|是否|有否|曾否|会不会|何时|如何|下令|申请"
    r"|反对|抗议|声援|抵制|谴责|关注|因为害怕|不想|想要|希望|等待|等候|面对被|要(?=被?\Z)|随时|任意|随意|动辄"
    r"|依法|可判|可处"
    r"|最高)"
    r"[^,。]{0,9}\Z"
)
#: Before a remand, what a court ordered.
MUST = ("须", "需", "须即时", "须继续", "需要", "须要")
#: Everything behind it in the sentence is only supposed.
IF = re.compile(r"如果|假如|倘若|若果|要是")
#: Behind somebody in a clause, others who are the subject: X经历身边朋友被捕.
OTHER_SUBJECT = re.compile(
    r"[^,。等]{2,}(?:朋友|友人|同伴|战友|手足|同事|同学|家人|家属|亲人|亲友|父亲|母亲|丈夫|妻子|儿子|女儿|弟弟|哥哥|姐姐|妹妹"
    r"|示威者|被捕者|市民|村民|学生|人士|成员)(?:也|亦|均|都|先后|相继|已经?|曾)*\Z"
)
#: X和加拿大学者Y一起: who does something together with the subject.
TOGETHER_BEFORE = re.compile(r"(?:和|与|跟|同)[^,。、]{0,12}\Z")
TOGETHER_AFTER = re.compile(r"[A-Za-z. ]{0,14}(?:一起|一同|共同|合作|合著)")
#: Behind a verb: others than the subject are meant.
OF_OTHERS = re.compile(r"的(?:还|另|尚)有")
WISHED = re.compile(
    r"(?:要求|呼吁|促请?|敦促|立即|立刻|应当?|必须|争取|希望|期待|尽快|无条件|拒绝|若|如果)[^,。]{0,16}\Z"
)

HOPED = re.compile(r"希望|要求|呼吁|敦促|争取|协助|促请|期望|请愿")
FEARED = re.compile(r"担心|害怕|忧虑|恐怕|忧")
#: A word of a paper, a date or a stage of proceedings, not of what was done.
OF_PAPERS = re.compile(
    r"的?(?:有错|过重|过轻|偏重|偏轻|理由|原则|时间|书|期限|决定|程序|阶段|意见|通知|令(?!人)|案例|制度|条例|率|数字|权力?|标准)"
)

#: Before or after a person: words that make them a bystander.
BYSTANDER_BEFORE = re.compile(
    r"(?:建议|代表|由|对|向|与|跟|(?<![因作成认同身])为|替|给|连同|陪同|声援|支持|采访|会见|探望|探访|除了?|代理|辩护"
    r"|关于|有关|纪念|悼念"
    r"|引述|转述|引用)[^,。、]{0,4}\Z"
    r"|(?:不满|批评|反对|抗议|针对|谴责|要求|促请|质疑|感谢|告诉|告知|通知|邀请|约见|指责|控诉|投诉|推翻"
    r"|辱骂)[^,。]{0,14}\Z"
    r"|(?:据|记者|编译|摄影|撰文|法官|裁判官|检察官|公诉人|主控官?|控方|律师团|局长|处长|署长|司长|警司|探员|警长|督察)\Z"
)
BYSTANDER_AFTER = re.compile(
    r"(?:\([^)]*\))?(?:[^,。;]{0,8}\d+日(?:综合)?(?:外)?电|/|[^,。;]{0,6}(?:报道|报导|摄)[)\]】]|的?(?:妻子?|太太|丈夫|前妻|前夫|父亲?|母亲?|父母|妈妈|爸爸|女儿|儿子|弟弟?|哥哥|兄|姐姐?"
    r"|妹妹?|家属|家人|亲友|朋友|好友|同事|友人|女友|男友"
    r"|代表律师|辩护律师|代理律师|律师(?!事务所)|代理人|辩护人|支持者|案|等人案|一案|事件)"
    r"|的(?!时候)|等人的|说|称|表示|指(?!控)|批|认为|透露|指出|强调|质疑|写道|报道|采访|回应|告诉|呼吁|要求|宣布"
    r"|补充|直言"
    r"|形容|估计|续指|解释|坦言|问|提到)"
)
#: Behind somebody who only tells who the next person is: 陈某的弟弟林某.
KIN = re.compile(
    r"的(?:妻子?|太太|丈夫|前妻|前夫|父亲|母亲|女儿|儿子|弟弟?|哥哥|兄长?|姐姐?|妹妹?|律师|助理|学生|同事|好友|朋友|女友|男友)"
)
#: A judge or prosecutor, by the title before the name.
OFFICIAL = re.compile(r"(?:法官|裁判官|检察官|公诉人|主控官?|控方)\Z")
#: 在X主政期间: a time, told by who was in office.
IN_OFFICE = re.compile(r"(?:主政|执政|掌|担?任|领导|统治|治下|时期|时代)")
OBJECT_MARK = re.compile(r"(?:将|把|对|裁定|判定|指控|控告|涉嫌人|指)(?:[^,。将把对被]{0,12})\Z")
SPEECH_CLAUSE = re.compile(r"(?:说|称|表示|指|指出|认为|透露|强调|写道|宣布|补充|直言|声称|报道|引述[^,。]*)[:]?\Z")
GENERIC_SUBJECT = re.compile(
    r"\A\W*(?:而|但|其后|随后|后来|之后|当时|同时|另外?|此外|至于|据悉|目前|现|并|又|也|还有|其中|今日|昨日)*"
    r"(?:(?:他|她|其|该|这|那|有|多|数|不少|部分|大批|多名|数名|数十名?"
    r"|[\d一二三四五六七八九十两百千几]+[名位个]?)(?:的)?)?"
    r"(?:[^,。被遭]{0,8}?)"
    r"(?:律师|家属|妻子?|太太|丈夫|父亲|母亲|父母|儿子|女儿|弟弟|哥哥|姐姐|妹妹|朋友|市民|学生|示威者|记者|人士"
    r"|成员|被告|村民|网民|教师|信徒|警员|警方|公安|法院|法庭"
    r"|法官|当局|政府|检方|控方|检察院|案件|本案|案|上诉|申请|者|人员|职员|员工|高层|议员|维权律师|民众|公民"
    r"|编辑|义工|志愿者|公司|组织|集会|[名位]?(?:男"
    r"|女)子)(?=[^,。]{0,14}\Z)"
)
#: A court that finds: whom, the clauses before say.
COURT_FINDS = re.compile(
    r"(?:法院|法庭|上诉庭|法官|裁判官|暂委法官|陪审团|陪审员|官)[^,。]{0,12}?(?:裁定|裁决|判定|认定|一致|宣判|宣布)[^,。]*\Z"
)
#: Where somebody is tried, at the end of what stands before the verb: no subject.
AT_COURT = re.compile(r"(?:在|于|到|至)[^,。的]{0,14}(?:法院|法庭|裁判署)(?=[^,。]{0,4}\Z)")
PLURAL = re.compile(
    r"(?:他们|她们|众人|各人|全部人|(?P<n>[\d二两三四五六七八九十]+)(?:名被告|名?人|位|子))(?=[^,。]{0,14}\Z)"
)
PLURAL_ANYWHERE = re.compile(r"他们|她们|众人|各人")
OTHERS_TOO = re.compile(r"[和及与,]|连同")
SINGULAR = re.compile(r"(?:\A|[^其])(?:他|她|本人|其)(?!们|的|人|余|他|妻|父|母|家|律师|中|后|实|间)(?=[^,。]{0,16}\Z)")
#: What may stand between two people of one list: a bracket, a connector, words of title.
LIST_GAP = re.compile(
    r"(?:\([^)]{0,24}\))?(?:、|和|及|与|以及|暨|,(?=\Z))(?P<titles>(?<=、)[^,。、:「」\"]{0,20}|[^,。、:「」\"]{0,10})\Z"
)
NO_TITLE = re.compile(r"说|称|被|判|捕|拘|控|是|在|到|向|对|因|曾|的(?=.)|律师表示|家属|代表")
TITLE_GAP = re.compile(r"(?:了|其|前|原|包括|现任|时任|该|名|资深|知名|著名)*(?:[^,。:;被]|被告){0,20}\Z")
TITLE_STOP = re.compile(
    r"[\d一二三四五六七八九十半]个?[年月]|说|称|表示|指|认为|和|与|向|在|于|因|为|以|罪|后|时|至|并|要求|声援|支持|会见|家属|妻|律师的"
)
ATTRIBUTE = re.compile(r"[^,。]{0,30}?的(?P<titles>[^,。的:]{0,18})\Z")


#: People without a name whom a word describes: 被捕人士, 被判刑的三名学生.
UNNAMED_HEAD = re.compile(
    r"(?:的[^,。「」]{0,10}?|[^,。「」的后时前并及至以]{0,4}?)(?:父亲|母亲|丈夫|妻子?|儿子|女儿|家人|亲人|家属|人士|人员|者|疑犯|学生|市民|示威者|律师|议员|青年|同伴"
    r"|[\d一二三四五六七八九十两几数多]+[名位]?人|人(?![权民大]))(?=[,。\w]|\Z)"
)
#: Verbs whose object follows them: where it is no person of the text, it was done to somebody else.
TAKES_OBJECT = _words(
    "逮捕 批捕 拘捕 抓捕 抓获 带走 拘留 扣查 扣留 传唤 传讯 起诉 检控 控告 票控 刑拘 "
    "刑事拘留 行政拘留 释放 落案起诉 落案控告 提起公诉"
)

#: Members of an unnamed group: 拘捕六人，包括X; 被捕者包括X.
INCLUDING = re.compile(r"[^。;]{0,24}?(?:当中|其中)?(?:包括|包含|分别是|依次为)[^,。被]{0,20}\Z")

#: What may stand before the subject of a clause: a date, a word of order.
LEAD_IN = re.compile(
    r"\W*(?:而|但|其后|随后|后来|之后|当时|同时|此外|另外?|据报|据悉|目前|其中|至于|现年[^,]{0,6}的)*"
    r"(?:(?:于|在|自)?(?:[\d一二三四五六七八九十〇○]{1,4}年)?(?:[\d一二三四五六七八九十]{1,3}月)?"
    r"(?:[\d一二三四五六七八九十]{1,3}[日号])?)?"
)
#: Words that a title does not hold: a person after them is no subject of the clause.
NO_LEAD = re.compile(
    r"抗议|批评|反对|谴责|质疑|指责|控诉|投诉|悼念|纪念|采访|探望|发表|因|在|于|向|对|与|和|被(?!告)|把|将|从|到|为|以|就|由|说|称|不满|要求|跟|给|让|使|并|而|后|时|及其|会见"
    r"|声援|支持|披露|揭发|公开|提及|提到|指出|发现|调查|抓捕|逮捕|拘捕"
)
#: A clause up to its verb that leaves its subject to the clauses before: times, adverbs, phrases of place or reason,
#: the court or police that act.
WITHOUT_SUBJECT = re.compile(
    r"[他她]?(?:[\W\d_]|[一二三四五六七八九十两百几]+(?:年|月|日|号|天|时|度|次|审|周|星期)|年|月|日|曰|号|初|底|中旬|上旬|下旬"
    r"|去年|今年|前年|翌年|次年|同年|当年|其年|每年|本月|上月|上周|本周|上星期|周[一二三四五六日]|星期[一二三四五六日]|今[日早晨晚天午]"
    r"|昨[日天晚]?|今|当[日天晚时]|同[日时]|翌日|次日|早上|清晨|上午|中午|下午|傍晚|晚上|晚间|深夜|凌晨|早前|日前|近日|此前|之前|不久|未几|稍后"
    r"|惟|续|只是|仅|接|证实|全部|全数|一律|一起|个|[一两二三四五六七八九十]+项|天|星期|周|月|小时|其后|随后|随即|后来|之后|此后|继而|接着|及后|现时?|目前|至今|一直|期间|最终|最后|终于?|终|结果|一度|曾经?|已经?|仍然?|还|又|再[次度]?|多次|首次|第[一二三四五六]次"
    r"|先后|分别|各(?![人方界地国])|同样|同|也|亦|并|而|但|却|故|遂|均|都|则|就|便|即时?|即场|当庭|当场|即日|突然|正式|秘密|一同|一并|兼|更|另|另外|此外|其间|目前|正|刚|才|须|需|非法|一审|二审|初审|再审|终审|原审|裁定|裁决|宣布|□"
    r"|判决|上诉后|改判|再|后|时|前|间|的|被(?!告)|遭|获|以□|"
    r"(?:因为?|由于|以|凭|就|涉嫌|涉及?|承认|否认|违反|干犯|触犯|犯|参与|服满|直至|经|由|在|于|自|从|到|为|与|和|向|对|将|把)[^,。;:]*\Z"
    r"|[^,。;:他她人者]{0,14}(?:法院|法庭|上诉庭|终院|检察院|公安局?|分局|警方|国安处?|当局|检方|控方|法官|裁判官|律政司|官)[^,。;:人者们名位子员士]*\Z)*+"
)
FIRST_PERSON = re.compile(r"我们?(?!国)|咱|自己")
