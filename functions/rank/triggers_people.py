"""Who comes, goes, is honoured or meets: posts, jobs, awards, gatherings."""

from __future__ import annotations

from precall.model import SignalKind
from rank.trigger import triggers
from rank.trigger_words import MANY, PEOPLE, POSTS, SHOWS

_COMES = (
    r"(?:appoint(?:s|ed|ment of)?|re-?appoints?|names?|named|elevat(?:es|ed)|promot(?:es|ed)|hires?|hired|poach(?:es|"
    r"ed)|taps?|picks?|rop(?:es|ed) in|onboards|elects?|welcomes|brings? in)"
)
_GOES = (
    r"(?:resign(?:s|ed|ation)?|step(?:s|ped|ping)? (?:down|aside)|quit(?:s|ting)?|retir(?:es|ed|ing)|depart(?:s|ed|"
    r"ure)?|exits?|leav(?:es|ing)|oust(?:s|ed)?|sack(?:s|ed)|fire[sd]|replac(?:es|ed)|removes?|removed)"
)
_MOVES = (
    r"(?:join(?:s|ed)|takes? charge|tak(?:es|ing) (?:over|the helm)|returns? (?:as|to the board)|succeeds?|"
    r"to succeed|successor|assumes|to lead|to head)"
)
LEADERSHIP = triggers(
    SignalKind.LEADERSHIP,
    ("acts", 0.95, rf"\b{_COMES}\b.{{0,80}}?(?:\b(?:as|to lead|to head)\b.{{0,40}})?\b{POSTS}\b"),
    ("acts", 0.8, rf"\b{_COMES}\b.{{0,60}}?\bto (?:lead|head|run)\b"),
    ("concerned", 0.92, rf"\b{POSTS}\b.{{0,40}}?\b{_GOES}\b|\b{_GOES}\b.{{0,30}}?\b{POSTS}\b"),
    ("concerned", 0.9, rf"\b{POSTS}\b.{{0,30}}?\b{_MOVES}\b|\b{_MOVES}\b.{{0,40}}?\b{POSTS}\b"),
    ("undergoes", 0.85, rf"\b(?:appointed|named|elected|becomes?|new)\b.{{0,30}}?\b{POSTS}\b.{{0,12}}"),
    ("concerned", 0.8, rf"\bnew {POSTS}\b|\bdeparture of directors\b|\bmanagement (?:shake-?up|change|reshuffle)"),
)  # fmt: skip
HIRING = triggers(
    SignalKind.HIRING,
    ("acts", 0.9,
     rf"\b(?:hir(?:es?|ed|ing)|recruit(?:s|ed|ing)?|employ(?:s|ing)?|onboard(?:s|"
     rf"ing)?)\b(?!.{{0,25}}\b(?:bank(?:s|ers?)?|advis[eo]rs?|law(?:yers?)?|counsel|consultants?|freeze|"
     rf"slow\w*)\b).{{0,40}}?(?:{MANY}|\b{PEOPLE}\b|\brecord\b|\bmultiple\b)"),
    ("acts", 0.85,
     rf"\b(?:add(?:s|ed|ing)?|creat(?:es?|ed|ing)|fill(?:s|ing)?|offer(?:s|"
     rf"ing)?)\b.{{0,12}}?(?:{MANY}).{{0,20}}?\b(?:jobs|roles|positions|staff|employees|people|openings)\b"),
    ("acts", 0.85,
     r"\b(?:is|are|now|keeps?|steps? up|ramps? up|accelerat\w+|doubl\w+|begins?|starts?|"
     r"resumes?) (?:[a-z]+ )?(?:hiring|recruit(?:ing|ment))\b"),
    ("concerned", 0.8,
     r"(?<!when )(?<!while )\b(?:hiring|recruitment) (?:program(?:me)?|drive|spree|plans?|push|20\d\d)\b|"
     r"\bjob openings?\b|\bopenings\b|\bvacanc(?:y|ies)\b|\boff[- ]campus\b|\bfresher(?:s)? hiring\b|"
     r"\bcareers? (?:fair|day)\b"),
)  # fmt: skip
LAYOFFS = triggers(
    SignalKind.LAYOFFS,
    ("acts", 0.95,
     r"\b(?:lay(?:s|ing)?|laid)[ -]?off\b|\blay(?:s|ing)?\b.{1,30}\boff\b|\bretrench\w*|\bdownsiz\w+|"
     r"\bpink[- ]slips?\b"),
    ("acts", 0.9,
     rf"(?<!pay )(?<!price )(?<!rate )(?<!tax )(?<!salary )\b(?:cut(?:s|ting)?|slash(?:es|ed|ing)?|ax(?:es|ed)|"
     rf"eliminat(?:es?|ed|ing)|shed(?:s|ding)?|let(?:s|ting)? go|fir(?:es?|ed|ing)|sack(?:s|ed|ing)?|dismiss(?:es|"
     rf"ed)?|trim(?:s|ming)?)\b(?!.{{0,20}}\b(?:price|rate|pay|cost|tax)\b).{{0,30}}?\b(?:jobs?|{PEOPLE}|"
     rf"workforce|headcount|roles|positions)\b"),
    ("concerned", 0.85,
     r"\blay-?offs?\b|\bjob cuts?\b|\bredundanc(?:y|ies)\b|\bworkforce reduction\b|\bmass (?:firing|layoffs?)\b|"
     r"\blaid[ -]off (?:by|from)\b"),
)  # fmt: skip
_HONOUR = r"(?:awards?|prizes?|accolades?|honou?rs?|of the year|medals?|troph(?:y|ies)|top (?:spot|honou?rs))"
AWARD = triggers(
    SignalKind.AWARD,
    ("acts", 0.95,
     rf"\b(?:win(?:s|ning)?|won|bag(?:s|ged)?|receiv(?:es?|ed)|earn(?:s|ed)?|clinch\w*|scoop(?:s|ed)?|gets?|"
     rf"picks? up|takes? home|collects?|honou?red with|awarded|crowned|voted|sets?|is|"
     rf"named)\b(?!.{{0,50}}\b(?:contracts?|orders?)\b).{{0,90}}?\b{_HONOUR}\b"),
    ("acts", 0.9,
     r"\b(?:named|recogni[sz]ed|ranked|ranks?|rated|placed|listed)\b.{0,30}?\b(?:best|leader|among|most|top|"
     r"one of|first|number|no\.?|as an?)\b|\b(?:ranked|ranks?) (?:#|\d)|\btops?\b.{0,60}?\b(?:list|rankings?|"
     r"index|survey|chart)\b"),
    ("undergoes", 0.85, rf"\b{_HONOUR} (?:to|for|goes to)\b|\bwinner:?\b"),
    ("concerned", 0.75, r"\b(?:great place to work|best places to work|top employer|magic quadrant|industry award)\b"),
)  # fmt: skip
EVENT = triggers(
    SignalKind.EVENT,
    ("acts", 0.92,
     rf"\b(?:host(?:s|ed|ing)?|hold(?:s|ing)?|held|organi[sz]e[sd]?|attend(?:s|ing)?|exhibit(?:s|ing)?|speak(?:s|"
     rf"ing)?|present(?:s|ing)?|showcas(?:e|es|ed|ing)|sponsor(?:s|ed|ing)?|kick(?:s|ed)? off|participat\w+|"
     rf"confirms?|schedul\w+|postpon\w+|reveals?)\b.{{0,60}}?(?:\b{SHOWS}|\b(?:event|session)s?\b)"),
    ("concerned", 0.85,
     rf"\b{SHOWS}.{{0,25}}\b(?:dates?|kicks? off|begins?|starts?|schedule|agenda|program(?:me)?|in-person|"
     rf"results?|announced|confirmed|revealed|opens?|set for|for)\b|\b(?:dates?|schedule|agenda|program(?:me)?|"
     rf"attendance|tickets|registration|invites?)\b.{{0,30}}{SHOWS}"),
    ("acts", 0.8,
     r"\b(?:annual (?:general )?meeting|AGM|developers?['’]? conference|investor day|analyst day|launch event|"
     r"webinar)\b"),
    ("concerned", 0.7, rf"^(?:[^:]{{0,20}}\b)?{SHOWS}[^:]{{0,12}}:"),
)  # fmt: skip
