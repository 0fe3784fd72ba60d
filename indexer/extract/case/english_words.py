"""The English words by which a text tells of arrest, charge, trial and sentence, and those that deny or hedge them."""

from __future__ import annotations

import re

from indexer.extract.anchored import Anchored

TRIGGERS = re.compile(
    r"\b(?:"
    r"(?P<died_in_custody>died (?:\w+ ){0,3}?(?:in|while in|under) (?:\w+ )?(?:custody|detention|prison|jail"
    r"|captivity)"
    r"|death in (?:\w+ )?(?:custody|detention|prison))"
    r"|(?P<acquitted>acquitted(?! (?:himself|herself|themselves|itself)\b)|found not guilty|cleared of"
    r"|(?<=was )cleared(?=[,.;]| by\b)|(?<=were )cleared(?=[,.;]| by\b))"
    r"|(?P<bailed>(?:granted|given|released on|freed on|out on) bail|bailed out|released on (?:\w+ )?bail)"
    r"|(?P<released>(?:released|freed)(?! (?:a|an|the|its|their|his|her|report|statement|study|video|data|figures)\b)"
    r"|(?:left|walked out of|walked free from) (?:prison|jail))"
    r"|(?P<convicted>convicted|found guilty|conviction|found(?= (?!not\b)(?:[\w’'-]+ ){1,8}guilty\b))"
    r"|(?P<awaiting>(?:awaiting|pending|await|awaits) trial)"
    r"|(?P<tried>(?:the |a |secret |closed |closed-door )?trial(?= of\b)"
    r"|trial(?= (?:\w+ly )?(?:began|opened|started|resumed|took place|was held|concluded|ended)\b)"
    r"|tried(?! to\b| and failed)|(?:stood"
    r"|stands|standing|went on|gone on|put on|placed on|faced|on) trial)"
    r"|(?P<upheld>(?:upheld|upholding|reinstated|confirmed) (?:[\w’'-]+ ){1,7}?(?:sentences?|convictions?"
    r"|(?:(?:prison|jail) |(?<=-year )|(?<=-month ))terms?))"
    r"|(?P<sentenced>sentenced|sentencing|jailed|imprisoned|handed(?: down)?|meted out|serving|given|giving"
    r"|gave|receiv(?:ed|ing)|got"
    r"|condemned to death)"
    r"|(?P<administratively_detained>administratively detained|(?:sent to|placed (?:in|under)|put (?:in"
    r"|under)|given|served with) "
    r"(?:\w+[- ]){0,3}?administrative detention)"
    r"|(?P<residential_surveillance>(?:disappeared|put|placed|held|kept|detained|taken|sent"
    r"|subjected)(?: [\w’'-]+(?: \([^)]*\))?){0,7}? "
    r"(?:into|in|under|to|at) (?:“|\")?(?:RSDL|residential surveillance))"
    r"|(?P<charged>charged(?! (?:that|for|by|up|particles?)\b)|charging|indicted|prosecuted|accused?|accuses|accusing"
    r"|(?:faces?|facing|faced) (?:[\w-]+ ){0,3}?charges?)"
    r"|(?P<pleaded>(?:pleaded|pled|pleads|pleading|entered a plea of) (?:not )?guilty)"
    r"|(?P<criminally_detained>criminally detained|remanded|(?:held|placed|kept|remains?"
    r"|still) in (?:pre-?trial|police) (?:detention|custody)"
    r"|pre-?trial detention)"
    r"|(?P<arrested>(?:re-?)?arrested|(?:put|placed|taken|held)(?: him| her| them)? under (?:formal )?arrest|arrest)"
    r"|(?P<detained>detained(?! by (?:[\w-]+ ){1,3}(?:obligations|duties|business|engagements|work)\b)"
    r"|detaining|taken (?:away|into (?:police )?custody)|took (?:him|her|them) (?:away"
    r"|into custody)|detention)"
    r"|(?P<disappeared>(?:forcibly |been )?disappeared|went missing|gone missing|(?:enforced )?disappearance)"
    r"|(?P<summoned>summoned)"
    r")\b"
)
TRIGGER = Anchored(
    TRIGGERS,
    (
        *("died", "death in", "acquitted", "found", "cleared", "granted bail", "given", "released", "freed", "bailed"),
        *("out on bail", "left", "walked", "convict", "awaiting trial", "pending trial", "await trial", "awaits trial"),
        *("the trial of", "a trial of", "secret trial of", "closed trial of", "closed-door trial of", "trial", "tried"),
        *("stood trial", "stands trial", "standing trial", "went on trial", "gone on trial", "put", "placed", "faced"),
        *("on trial", "upheld", "upholding", "reinstated", "confirmed", "sentenc", "jailed", "imprisoned", "handed"),
        *("meted out", "serving", "giving", "gave", "receiv", "got", "condemned to death", "administratively"),
        *("sent to", "served with", "disappeared", "held", "kept", "detain", "taken", "sent", "subjected", "charg"),
        *("indicted", "prosecuted", "accus", "face", "facing", "pleaded", "pled", "pleads", "pleading"),
        *("entered a plea", "criminally detained", "remanded", "remain", "still in", "pre-trial", "pretrial"),
        *("re-arrested", "rearrested", "arrest", "took", "detention", "forcibly disappeared", "been disappeared"),
        *("went missing", "gone missing", "enforced disappearance", "disappearance", "summoned"),
    ),
)
NOMINAL = {"arrest", "detention", "conviction", "disappearance", "enforced disappearance", "pre-trial detention",
            "pretrial detention", "sentencing"}  # fmt: skip
#: Words that say something was never done, is not yet, or is only wished, feared or provided for.
UNREAL_BEFORE = re.compile(
    r"(?:\bnot|\bnever|n[’']t|\bwithout|\byet|\bno longer|\bno one|\bnobody|\bnone|\bneither|\bif|\bunless"
    r"|\bwhether|\bcould|\bmay|\bmight"
    r"|\bwould|\bshould|\bmust|\bcan|\bcannot|\bwill|\bshall|\bto|\btoward|\bavoid\w*|\brefus\w+|\bfail\w*"
    r"|\bdeni\w+|\bthreaten\w*"
    r"|\brisk\w*|\bfear\w*|\bpossible|\bpotential|\bimmediately|\bdemand\w*|\burg\w+|\bcall\w*|\beither"
    r"|\banyone|\bwhoever)"
    r"(?: (?:be|being|been|have|has|had|get|also|all|ever|even|immediately|unconditionally|once|soon|face|it"
    r"|or|and|formally|be \w+ly|still|of))*\s*\Z",
    re.IGNORECASE,
)
HEDGED_TO = re.compile(
    r"\b(?:(?P<fear>feared|expected|likely|believed|thought|understood)|(?P<say>reported|said|alleged"
    r"|rumou?red|presumed|known))"
    r"(?:ly)? to (?:be|have(?: been)?|been)(?: \w+ly)? *\Z",
    re.IGNORECASE,
)
#: Before a participle that is an adjective, and what tells that it is none after all.
ADJECTIVE = re.compile(
    r"\b(?:several|many|some|the|these|those|all|other|of|for|with|by|against|release|free|three|two|four"
    r"|five|\d+|a|an|his|her|their|former"
    r"|forced|to|among|including|most|more|fellow)(?: (?:recently|currently|wrongly|unjustly|arbitrarily"
    r"|already))? \Z",
    re.IGNORECASE,
)
PARTICIPLE_TAIL = re.compile(
    r" (?:in|on|for|with|by|of|under|since|at|to|during|after|over|from|were|was|are|is|include[sd]?)\b"
)
DENIED_AFTER = re.compile(r" (?:unless|only if)\b", re.IGNORECASE)
#: Participles with which a sentence may begin.
OPENING = re.compile(
    r"\W*(?:Acquitted|Arrested|Charged|Convicted|Detained|Imprisoned|Indicted|Jailed|Released|Sentenced|Tried)\b"
)
AUXILIARY = re.compile(
    r"\b(?P<aux>was|were|been|being|is|are|be|am|got|gets)(?: (?:also|both|all|each|later|then|first|finally"
    r"|once again|again|twice|"
    r"\w+ly|still|now|already|since|reportedly|each|jointly|in \d{4}))*\s*\Z",
    re.IGNORECASE,
)
HAVE = re.compile(r"\b(?P<aux>has|have|had|having)(?: (?:\w+ly|also|since|now|already|all|both))*\s*\Z", re.IGNORECASE)
