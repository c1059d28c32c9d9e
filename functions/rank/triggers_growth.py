"""What an account gains or sets up: money, companies, partners, places, products."""

from __future__ import annotations

from precall.model import SignalKind
from rank.trigger import triggers
from rank.trigger_words import MONEY, MUCH, PLACES

_ROUND = (
    r"(?:series [a-h]\d?\b|(?:pre-?)?seed\b|fund(?:ing|raise|raising|s)?\b|round\b|capital\b|investment\b|bonds?\b|"
    r"IPO\b)"
)
FUNDING = triggers(
    SignalKind.FUNDING,
    ("acts", 0.95,
     rf"\b(?:rais(?:es?|ed|ing)|secur(?:es?|ed|ing)|clos(?:es?|ed|ing)|lands?|nets?|snags?|scor(?:es|ed)|nabs?|"
     rf"mops? up|pulls? in|picks? up)\b(?!.{{0,30}}\b(?:orders?|contracts?|stake|prices?|deal|"
     rf"profit)\b).{{0,30}}?(?:{MONEY}.{{0,60}}?\b{_ROUND}|\b{_ROUND})"),
    ("acts", 0.85, rf"\brais(?:es?|ed|ing)\b.{{0,12}}?{MONEY}"),
    ("acts", 0.85,
     rf"\b(?:gets?|got|receiv(?:es|ed)|attract(?:s|ed)|bag(?:s|ged)|"
     rf"wins?)\b.{{0,30}}?(?:{MONEY}.{{0,30}})?\b(?:series [a-h]|seed|funding|investment|capital)\b"),
    ("acts", 0.85,
     r"\b(?:fil(?:es?|ed|ing)|seeks?|gets?|receiv(?:es|ed)|submits?)\b.{0,50}?\b(?:IPO|draft papers|DRHP|"
     r"initial public offering|go public|public issue)\b"),
    ("acts", 0.7,
     r"\b(?:go(?:es|ing)? public|makes? its (?:market|stock) debut|to list on|plans? (?:an? )?IPO|"
     r"prices? (?:its )?IPO|follow-on public)\b"),
    ("concerned", 0.85, r"\bseries [a-h]\d?\b|\b(?:pre-)?seed (?:round|funding)|\bfunding round\b|\bturns? unicorn\b"),
    ("concerned", 0.8,
     rf"{MONEY}.{{0,12}}\b(?:funding|fundrais\w+|financing|round)\b|\bfunding of {MONEY}|"
     rf"\bvalued? at\b.{{0,12}}{MONEY}"),
    ("undergoes", 0.85,
     rf"\b(?:invests?|invested|pours?|pumps?|injects?|infuses?)\b.{{0,12}}{MONEY}.{{0,12}}\b(?:in|into)\b|"
     rf"\bleads?\b.{{0,30}}\bround (?:in|for|of)\b"),
)  # fmt: skip
ACQUISITION = triggers(
    SignalKind.ACQUISITION,
    ("acts", 0.95,
     r"\b(?:acquir(?:es?|ed|ing)|(?:completes?|announces?|closes?) .{0,40}\bacquisition|tak(?:es?|"
     r"ing) over (?!as\b)|took over (?!as\b))(?!\s*$)"),
    ("acts", 0.85,
     rf"\b(?:buys?|buying|bought|purchas(?:es?|ed|ing)|snap(?:s|ped) up|buy ?outs?)\b(?!\s?(?:back|now|"
     rf"out of)\b)(?=.{{0,80}}(?:\bstake\b|\bfirm\b|\bunit\b|\bmaker\b|\bstart-?up\b|\bcompany\b|\bbusiness\b|"
     rf"\brival\b|\bfor {MONEY}|{MUCH}|\b(?-i:[A-Z])))"),
    ("undergoes", 0.9,
     r"\b(?:acquir(?:es?|ed|ing)|acquisition of|buys?|buying|bought|buy ?outs?(?: of)?|tak(?:es?|ing) over|"
     r"takeover of|bid for|stake in|merger with|merges? with|to merge|purchase of)\b"),
    ("acts", 0.9, r"\b(?:acquired by|bought by|taken over by|sold to|merg(?:es?|ed|ing|er) with|to merge)\b"),
    ("acts", 0.85,
     r"\b(?:sells?|selling|sold|divest(?:s|ed|ing)?|offloads?|spin(?:s|ning)? off|"
     r"hives? off)\b(?=.{0,60}\b(?:stakes?\b|unit\b|business(?:es)?\b|division\b|arm\b|subsidiary\b|assets?\b|"
     r"brand\b|operations\b|\d+ ?%))"),
    ("acts", 0.85, rf"\bsold\b(?=.{{0,25}}(?:deal|{MUCH}))"),
    ("acts", 0.75,
     r"\b(?:picks? up|takes?|acquires?|buys?|hikes?|raises?|ups)\b.{0,30}\bstake\b|"
     r"\binvests?\b.{0,40}\bfor\b.{0,15}\bstake\b"),
    ("concerned", 0.8,
     r"\b(?:acquisition|takeover|merger|buy-?out)\b(?! (?:target|spree|strategy))|\bdeal to (?:buy|acquire)\b|"
     r"\bmajority stake\b"),
    ("concerned", 0.65, rf"{MUCH}\s?(?:deal|bid)\b"),
)  # fmt: skip
_ENDS = (
    r"\b(?:end(?:s|ed|ing)?|exit(?:s|ed)?|quits?|leaves?|left|withdr[ae]w\w*|pull(?:s|ed|ing)? (?:out|back)|"
    r"terminat\w+|dissolv\w+|sever(?:s|ed)?|br(?:eaks?|oke) (?:off|up)|suspend\w*|halt(?:s|ed)?|unwind\w*|loses?|lost|"
    r"remov\w+|buys? out|bought out|part(?:s|ed)? ways|walk(?:s|ed)? (?:away|out)|dump(?:s|ed)?|drop(?:s|ped)?)\b"
    r"[^,;:]{0,40}$|\b(?:from|of|at) (?:the |its |their |an? )?(?:[\w-]+ )?$"
)
"""A partnership that ends, or somebody "from its joint venture", is no new one."""
PARTNERSHIP = triggers(
    SignalKind.PARTNERSHIP,
    ("acts", 0.92,
     r"\b(?:(?<!delivery )(?<!general )(?<!driver )partner(?:s|ed|ing)\b(?! (?:at|of|say)\b)|partner with|t(?:ies|"
     r"ied|ying|ie) up|team(?:s|ed|ing)? up|team up|join(?:s|ed|ing)? (?:hands|forces)|collaborat(?:es?|ed|ing))\b"),
    ("acts", 0.9,
     r"\b(?:sign(?:s|ed|ing)?|ink(?:s|ed|ing)?|enter(?:s|ed)?(?: into)?|announc(?:es?|ed|ing)|form(?:s|ed)?|"
     r"strik(?:es|ing)|struck)\b.{0,40}?\b(?:partnership|pact|agreement|MoUs?|alliance|joint venture|JV|"
     r"collaboration|contract|tie-?up|initial pact)\b|\bsigns? up with\b"),
    ("acts", 0.85,
     r"\b(?:bag(?:s|ged)?|win(?:s|ning)?|won|secur(?:es|ed)|land(?:s|ed)?|clinch(?:es|ed)?|receiv(?:es|ed)|"
     r"gets?)\b.{0,50}?\b(?:orders?|contracts?|deal|projects?|mandate)\b"),
    ("undergoes", 0.9,
     r"\b(?:partner(?:s|ed|ing|ship)?|t(?:ies|ied) up|tie-?up|team(?:s|ed)? up|join(?:s|ed)? (?:hands|forces)|"
     r"collaborat(?:es?|ed|ing|ion)|signs? up|pact|alliance|MoU|joint venture|JV|agreement|contract|"
     r"deal)\b.{0,12}?\bwith\b|\bpartners\b"),
    ("concerned", 0.75,
     r"\b(?:strategic )?(?:partnership|tie-?up|collaboration|joint venture|alliance)\b|\bMoU\b|"
     r"\bfor [a-z-]*lending\b"),
    unless=_ENDS,
)  # fmt: skip
EXPANSION = triggers(
    SignalKind.EXPANSION,
    ("acts", 0.92,
     rf"\b(?:open(?:s|ed|ing)?|set(?:s|ting)? up|build(?:s|ing)?|built|launch(?:es|ed)?|unveil(?:s|ed)?|"
     rf"establish(?:es|ed|ing)?|inaugurat\w+|construct\w*|break(?:s|ing)? ground|leas(?:es|ed)|announc(?:es|"
     rf"ed) plans? for)\b(?:(?!\b(?:for|to|at|near|from|inside)\b).){{0,60}}?\b{PLACES}\b"),
    ("acts", 0.85,
     r"\bexpand(?:s|ed|ing)?\b(?=.{0,40}?\b(?:in|into|to|across|ops|operations?|presence|footprint|factory|plant|"
     r"capacity|network|business|production|reach|team)\b)(?!.{0,20}\b(?:feature|recall|probe|testing|lawsuit|"
     r"support)\b)"),
    ("acts", 0.8,
     r"\benter(?:s|ed|ing)?\b(?: into)?(?! (?:beta|testing|private|talks|administration|bankrupt\w*|agreement|"
     r"into|deal|pact|an?\b.{0,20}agreement))(?=.{0,60}(?:\bmarkets?\b|\bbusiness\b|\bsegment\b|\bspace\b|"
     r"\bsector\b|\bcit(?:y|ies)\b|\bcountr|\b(?-i:[A-Z])))"),
    ("acts", 0.92,
     r"\brelocat(?:es?|ed|ing|ion)\b|\bmov(?:es?|ed|ing)\b.{0,20}\b(?:headquarters|HQ|head office)\b|\bshift(?:s|"
     r"ing)? .{0,12}\b(?:headquarters|HQ)\b"),
    ("acts", 0.85,
     r"\b(?:ramp(?:s|ing)?|scal(?:es?|ing)) up\b.{0,25}\b(?:production|capacity|manufacturing|operations)\b|"
     r"\b(?:doubl|tripl)\w+\b.{0,25}\b(?:capacity|production|footprint)\b|\bnew (?:plant|factory|office|"
     r"headquarters|warehouse|campus)\b"),
    ("acts", 0.75, rf"\b(?:to )?invest(?:s|ing)?\b.{{0,15}}?{MONEY}(?!.{{0,25}}\bstake\b)|{MONEY}\s?investment\b"),
    ("concerned", 0.7,
     r"\b(?:India|market|global|international|overseas|store|geographic) (?:entry|expansion)\b|"
     r"\bexpansion plans?\b"),
)  # fmt: skip
_SOMETHING_ELSE = (
    r"(?:price|prices|results?|dividend|bonus|lay-?offs?|resign\w*|plans?|discounts?|sale|offers?|partnership|"
    r"collaboration|investments?|probe|investigation|lawsuit|bid|IPO|attack|strike|buyback|acquisition|stock split|"
    r"hike|record|raise|funding|financing|round|recall|delay\w*|deal|loss(?:es)?|profit|intention|appointment)"
)
LAUNCH = triggers(
    SignalKind.LAUNCH,
    ("acts", 0.85,
     rf"\b(?:(?:re)?launch(?:es|ed|ing)|to launch|unveil(?:s|ed|ing)?|introduc(?:es?|ed|ing)|roll(?:s|ed|"
     rf"ing)? out|debut(?:s|ed)|takes? the wraps off)\b(?!.{{0,30}}\b{_SOMETHING_ELSE}\b)(?!\s+(?:date|timeline|"
     rf"event|price)\b)"),
    ("acts", 0.7,
     rf"\b(?:announc(?:es|ed|ing)|releas(?:es|ed|ing)|show(?:s|ed) off|ships|"
     rf"open-sourc\w+)\b(?!.{{0,70}}\b{_SOMETHING_ELSE}\b)"),
    ("concerned", 0.6, r"\bgenerally available\b|\bnow available\b|\bproduct launch\b"),
)  # fmt: skip
