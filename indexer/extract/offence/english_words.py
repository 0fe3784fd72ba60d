"""The English words that stand before the name of an offence, end it, or show that it is none."""

from __future__ import annotations

import re

from indexer.extract.anchored import Anchored

#: After these words, whatever is named is an offence.
COURT_WORDS = (
    r"(?:charged (?:\w+ ){0,4}?with|indict(?:ed|ment) (?:\w+ ){0,2}?(?:for|on|of)|convict(?:ed"
    r"|ion) (?:\w+ ){0,4}?(?:of|for|on)"
    r"|guilty (?:of|to)|(?<!\bin )"
    r"(?<!take )(?<!took )(?<!taken )(?<!taking )(?<!had )charges? of"
    r"|counts? of|(?:on|under) suspicion of|suspicions? of|crimes? of|offen[cs]es? of"
    r"|acquitted (?:\w+ ){0,2}?of|cleared of|face[sd]? (?:a )?charges? (?:of|for))"
)
#: With one of these each of them begins; so do the anchors below.
COURT_ANCHORS = (
    "charge", "indict", "convict", "guilty", "count", "on suspicion", "under suspicion", "suspicion", "crime", "offen",
    "acquitted", "cleared", "face",
)  # fmt: skip
#: After these words, a quoted phrase is an offence; a bare one often is only a reproach.
WEAKER_WORDS = (
    r"(?:accus(?:ed|es|ing) (?:[\w’'-]+ ){0,6}?of|suspected of|accusations? of|allegations? of|indicted"
    r"|investigat\w+|case|charges?"
    r"|(?:sentenced|jailed|imprisoned|detained|arrested|punished|prosecuted|tried|fined|held|served|summoned|prison"
    r"|sentence|verdict)"
    r"\b[^.;“”\"‘]{0,110}? (?:for|over|on))"
)
WEAKER_ANCHORS = (
    "accus", "suspected", "allegation", "indicted", "investigat", "case", "charge", "sentence", "jailed", "imprisoned",
    "detained", "arrested", "punished", "prosecuted", "tried", "fined", "held", "served", "summoned", "prison",
    "verdict",
)  # fmt: skip
#: What may stand between the words of charging and a quoted offence.
FILLERS = (
    r"(?:(?:the|a|an|so-called|alleged|alleged crimes? of|charges? of|crimes? of|counts? of|suspicion of|vague"
    r"|trumped-up"
    r"|political|serious|with|of|for|on|including|such as|like|offen[cs]es? of) )*"
)
#: One phrase in quotes: its words are in the group that matched.  An apostrophe inside a word ends no quote.
ITEM = (
    r"(?:[“\"]([^“”\"\n]{3,90}?)[,.;]?[”\"]|[‘']((?:[^‘’'\n]|[’'](?=\w)){3,90}?)[,.;]?[’'](?!\w)"
    r"|「([^「」\n]{2,60})」)"
)
#: Prepositions that belong to the act itself: "spying with", "participation in", "propaganda against the state".
_WITHIN = (
    r"(?<!participation)(?<!participating)(?<!involvement)(?<!membership)(?<!engaging)(?<!engagement)(?<!part)"
    r"(?<!spying)"
    r"(?<!collaborating)(?<!collaboration)(?<!interfering)(?<!tampering)(?<!colluding)(?<!collusion)(?<!calling)"
    r"(?<!support)"
    r"(?<!trespassing)(?<!assault)(?<!attack)(?<!contact)(?<!links)(?<!dealing)(?<!trafficking)(?<!cooperating)"
    r"(?<!cooperation)"
)
#: Words at which the name of an offence ends.
STOP = re.compile(
    rf"{_WITHIN},? (?:in|on|at|for|with)\b.*"
    r"|,? against(?! (?:the |his |her )?(?:state|government|president|army|kingdom|nation|public|national"
    r"|humanity|king|"
    r"authorities|regime|constitution|islam|god)\b)\b.*"
    r"|,? (?:by|after|before|over|under|during|when|while|who|which|that|as|because|since|from|following|despite"
    r"|without|if|but"
    r"|between|through|until|upon|amid|within|last|earlier|later|this|next|he|she|they|it|his|her|their|was|were"
    r"|is|are|has"
    r"|have|had|would|will|could|and (?:was|were|has|had|is|are|then|later|sentenced|jailed|given|handed|fined"
    r"|ordered|held"
    r"|imprisoned|detained|he|she|they|his|her|placed|released|put|remanded|faces?|could|may|other|others|more))\b.*"
    r"|,(?: (?!and|or)\w+)? (?:a|an|the|said|says|according|along|with|where|reported|citing)\b.*",
    re.IGNORECASE | re.DOTALL,
)
#: First words that tell a duty or a thing from an offence: "charged with ensuring safety", "convicted of crimes".
NO_OFFENCE = re.compile(
    r"(?:the |a |an |any |some |such |these |those |this |that |all |other |several |various |many |no "
    r"|multiple |serious |minor |"
    r"more |two |three |\d+ |same |similar |false |criminal |political |bogus |trumped-up |vague |national )*"
    r"(?:crimes?|charges?|offen[cs]es?|task|duty|duties|responsibility|mandate|ensuring|implementing"
    r"|monitoring|overseeing|"
    r"drafting|protecting|enforcing|investigating|promoting|maintaining|managing|reviewing|supervising"
    r"|upholding|making|"
    r"(?:running|leading|heading|conducting|coordinating|preparing|organi[sz]ing)"
    r" (?:the|an?|its|their) (?:[\w-]+ ){0,2}"
    r"(?:inquiry|investigation|probe|review|talks|negotiations|team|office|department|program(?:me)?|reforms?|agency"
    r"|elections?)|"
    r"providing|helping|keeping|developing|advising|emotion|electricity|anything|wrongdoing|them|him|it|what|"
    r"counts?|cases?|violations?|security\Z|security crimes?|security charges|security offen[cs]es?"
    r"|political crimes)\b",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"(?:(?:the|a|an|one|two|three|four|five|six|\d+|several|multiple|counts?|count|charges?|crimes?"
    r"|offen[cs]es?|of|alleged|allegedly|"
    r"so-called|including|having|committing|attempting|attempted|being|involved) )+",
    re.IGNORECASE,
)
#: Nouns that name an offence by themselves, with the words that may go before them.
OFFENCE_NOUN = (
    r"(?:(?:criminal|cyber|seditious|blasphemous|online|aggravated|high|tax|state|money|fake|false|drug"
    r"|sexual|common|public|"
    r"illegal|unlawful|wilful|malicious|financial|bank|wire|visa|voter|electoral|religious|racial) )?"
    r"(?:cyber[- ]?libel|libel|defamation|slander|treason|sedition|espionage|spying|blasphemy|apostasy"
    r"|l[èe]se[- ]majest[ée]|"
    r"tax evasion|evasion|fraud|bribery|corruption|embezzlement|extortion|contempt of court"
    r"|contempt of parliament|hooliganism|"
    r"vandalism|rioting|riot|trespass|assault|arson|murder|manslaughter|perjury|laundering|money laundering"
    r"|obstruction of justice|"
    r"drug trafficking|trafficking|conspiracy|incitement|unlawful assembly|illegal assembly|sabotage"
    r"|secession|subversion|mutiny|"
    r"insurrection|rebellion|false news|fake news|insulting the \w+|insult|terrorism|extremism|separatism"
    r"|theft|robbery|"
    r"kidnapping|rape|harassment|loitering|smuggling|poaching|forgery|criminal intimidation|obscenity|indecency|"
    r"public nuisance|nuisance|unlawful association|unauthori[sz]ed assembly)"
)
#: "cyber libel conviction": the word that follows, and the offence looked for before it.
MODIFIED = Anchored(
    re.compile(r"charges?\b|convictions?\b|indictments?\b|counts?\b|prosecutions?\b|offences?\b|offenses?\b"),
    ("charge", "conviction", "indictment", "count", "prosecution", "offence", "offense"),
)
MODIFYING = re.compile(rf"(?<![-\w])(?<!anti )(?<!counter )(?P<name>{OFFENCE_NOUN})[ -]\Z", re.IGNORECASE)
GERUND_OR_NOUN = re.compile(
    rf"(?:\w+ly )?(?:\w{{3,}}ing\b(?! to\b)|{OFFENCE_NOUN}\b|conspiracy|conspiring|incitement|possession|membership|"
    r"(?:an? |the )?(?:act|offen[cs]e|crime)s? |participation|involvement|interference|collaboration|collusion"
    r"|contempt|illicit"
    r"|theft|participation|obstruction|dissemination|disclosure|abuse"
    r"|violation|breach|"
    r"misuse|insult|attempt|use of|damage|criminal|illegal|unlawful|unauthori[sz]ed|treasonous|malicious|seditious|"
    r"terror|tax|drug|arms|cyber|hate|contempt|disobedience|public|social|state|economic|financing|\w+ of )",
    re.IGNORECASE,
)
OFFENDER = re.compile(
    r"\b(?:as|being|of being) (?:an? )(?P<noun>conspirator|spy|traitor|rioter|saboteur|blasphemer|apostate)\b"
    r"(?=[^.;\n]{0,80}\b(?:sentenced|convicted|jailed|imprisoned|charged|tried|executed|indicted)\b)"
    r"|\b(?:sentenced|convicted|jailed|imprisoned|charged|tried|executed|indicted)\b[^.;\n]{0,40}? (?:as"
    r"|for being|of being) (?:an? )"
    r"(?P<noun2>conspirator|spy|traitor|rioter|saboteur|blasphemer|apostate)\b"
)
#: One of these it needs.
OFFENDER_NOUN = Anchored(
    re.compile(r"conspirator|spy|traitor|rioter|saboteur|blasphemer|apostate"),
    ("conspirator", "spy", "traitor", "rioter", "saboteur", "blasphemer", "apostate"),
)
OFFENCE_OF = {
    "conspirator": "conspiracy", "spy": "espionage", "traitor": "treason", "rioter": "rioting",
    "saboteur": "sabotage", "blasphemer": "blasphemy", "apostate": "apostasy",
}  # fmt: skip
