"""What went well or wrong: figures, courts and regulators, failures."""

from __future__ import annotations

from precall.model import SignalKind
from rank.trigger import triggers
from rank.trigger_words import MONEY, MUCH, REGULATORS

_FIGURE = (
    r"(?:(?:net |operating |gross |consolidated |standalone |same-store )*(?:profits?|loss(?:es)?|revenues?|sales|"
    r"income|earnings|PAT|EBITDA|turnover|margins?)|net)"
)
_CHANGES = (
    r"(?:ris(?:es?|ing)|rose|jump(?:s|ed)?|falls?|fell|drop(?:s|ped)?|declin\w+|surg\w+|soar(?:s|ed)?|slump\w*|"
    r"grow(?:s|th)?|grew|doubl\w+|tripl\w+|narrow\w*|widen\w*|up|down|tanks?|climb\w*|beat(?:s)?|miss(?:es)?|"
    r"plunge\w*|slip(?:s|ped)?|shrinks?|swells?|past|tops?|hits?|at)"
)
EARNINGS = triggers(
    SignalKind.EARNINGS,
    ("concerned", 0.92,
     rf"\b(?:Q[1-4]|[1-4]Q|H[12]|FY ?#?\d*;?\d\d|(?:first|second|third|fourth|december|march|june|september|last|"
     rf"this)[- ]quarter|quarterly|half-year|full-year|annual)\b.{{0,30}}?\b(?:results?|update|{_FIGURE}|growth|"
     rf"business|earnings)\b(?! preview)"),
    ("acts", 0.9, rf"\b{_FIGURE}\b.{{0,30}}?\b{_CHANGES}\b"),
    ("acts", 0.9,
     rf"\b(?:post(?:s|ed)?|report(?:s|ed)?|(?<!new )(?<!a )record(?:s|ed)?|clock(?:s|ed)?|log(?:s|ged)?|"
     rf"swings? to|books?)\b.{{0,40}}?\b(?:{_FIGURE}|growth|quarter)\b"),
    ("concerned", 0.85,
     r"\bearnings (?:beat|miss|report|call|release)\b|\b(?:results of operations)\b|\b(?:raises?|cuts?|lowers?|"
     r"lifts?|trims?)\b.{0,25}\b(?:guidance|outlook|forecast)\b|\brevenue (?:outlook|beat|miss)\b"),
)  # fmt: skip
LEGAL = triggers(
    SignalKind.LEGAL,
    ("concerned", 0.92,
     r"\b(?:sues?|sued|suing|lawsuits?|class[- ]action|litigation|antitrust(?! (?:nod|approval|clearance|review))|"
     r"subpoenas?|subpoenaed|indict\w+|money laundering)\b"),
    ("concerned", 0.9,
     r"\b(?:probes?|probed|investigat(?:es?|ed|ing|ion)|raid(?:s|ed)?|summons|summoned|charged with|"
     r"accused of)\b(?! (?:pass|boss))"),
    ("concerned", 0.9,
     rf"\b(?:fined|fines?(?= (?:of|on|over|for|against|{MONEY}))|penalt(?:y|ies)|penali[sz]ed|punish(?:es|ed)|"
     rf"(?:slaps?|hits?|imposes?).{{0,30}}\b(?:fine|penalty))\b|{MUCH}.{{0,12}}\bfine\b"),
    ("concerned", 0.85,
     r"\bsettl(?:es?|ed|ing|ement)\b(?=.{0,60}\b(?:suit|lawsuit|case|claims?|charges|dispute|tax|million|billion|"
     r"mn|bn|crore|SEC|regulators?|court)\b)|\b(?:agrees? to pay|ordered to pay)\b"),
    ("concerned", 0.7,
     rf"\b(?:court|judge|tribunal|jury|supreme court|high court|NCLT|NCLAT)\b(?! of public)|\bpatent (?:case|"
     rf"infring\w+|suit)|\b(?:{REGULATORS})\b.{{0,30}}\b(?:orders?|asks?|bars?|bans?|directs?|warns?|notice|"
     rf"complaint|blocks?)\b"),
)  # fmt: skip
OUTAGE = triggers(
    SignalKind.OUTAGE,
    ("concerned", 0.92,
     r"(?<!power )(?<!power-)\boutages?\b|\bdata (?:breach|leak)(?:es|s)?\b|\bransomware\b|"
     r"\bcyber[- ]?(?:attacks?|security incident|incident)\b|\bsecurity (?:breach|incident)\b|\bbreached\b"),
    ("acts", 0.9,
     r"\b(?:was|were|been|being|gets?|got|is) hacked\b|\bhack(?:ed)?\b(?=.{0,40}\b(?:confirm|resets|customers|"
     r"data|stolen|accounts)\b)|\b(?:goes?|went|is|are) down\b(?! \d)|\bdown (?:for (?:many|some|thousands|"
     r"millions|users|hours)|worldwide|globally|as users|in)\b"),
    ("undergoes", 0.9,
     r"\b(?:hack(?:s|ed|ers?)?|stole|steals?|stolen|leak(?:s|ed|ing)?|breach(?:es|ed)?|attack(?:s|"
     r"ed)?)\b(?!.{0,15}\b(?:using|via|through|exploit)\b).{0,60}?\b(?:of|from|at|on|against|into|hits?|after)\b"),
    ("concerned", 0.85,
     r"\bhackers?\b(?! (?:using|use|exploit|abuse|can|could|target))(?=.{0,60}\b(?:leak\w*|st[eo]le?\w*|access\w*|"
     r"breach\w*|gain\w*|data|source code|attack\w*)\b)"),
    ("acts", 0.85,
     r"\brecall(?:s|ed|ing)?\b(?=.{0,40}?(?:\d|\b(?:vehicles|cars|units|products|over|due|scooters|models|"
     r"batteries|devices)\b))"),
    ("acts", 0.75,
     r"\b(?:service|services|app|website|servers?|network) (?:disrupt\w+|crash\w*|down)\b|\bglitch(?:es)?\b|"
     r"\bdisruptions?\b"),
)  # fmt: skip
