"""Topics with which no call is opened: a rep should know of them, and let the prospect speak of them first.

Words in lower case, by topic; a story is sensitive when its own headline is, or half of its headlines are, or the
sentence that shows its event.
Figures of speech ("dead last", "killer app", "death cross") are taken out before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_FIGURES_OF_SPEECH = re.compile(
    r"\b(?:dead(?:line|lock|pool|weight| last| on arrival| end| battery)\w*|death (?:cross|knell|stranding|star)|"
    r"killer (?:app|feature|deal|price|combo)s?|kills? off|kill (?:switch|chain|fee)|to die for|die[- ]cast(?:ing)?|"
    r"die (?:size|shot|shrink)|viral (?:video|post|tweet)|(?:god of war|call of duty|war(?:craft|hammer|zone)|"
    r"star wars|price war|trade war|bidding war|talent war|war (?:chest|room|for talent))|killing it|"
    r"suicide squad|shoot(?:s|ing)? (?:up|higher|video|photos|film)|photo shoot\w*|troubleshoot\w*|cyber ?attacks?|"
    r"attack (?:surface|vector)s?|(?:market|profit|revenue|share) (?:blood)?bath|healthcare?|health (?:tech|care|app|"
    r"insur\w+|plan|system|data|feature|tracking)|party (?:mode|app)|third[- ]party|first[- ]party|"
    r"election of directors|(?:european|credit|western|customs|student|soviet|monetary) union|"
    r"union (?:pacific|jack|square)|"
    r"strikes? (?:a |an |new |another )?(?:deal|price|gold|balance|agreement|partnership|chord)\w*|"
    r"board elections?|union elections?|heart (?:rate|of)|crash(?:es|ed)? (?:course|on launch)|stocks? crash\w*)\b",
)
TOPICS = {
    "death": r"\b(?:dies|died|dead|deaths?|deadly|fatal(?:ly|ity|ities)?|dying|killed|kills?|killing|obituary|funeral|"
    r"mourn\w*|passes away|passed away|late founder|condolences?|suicides?|body (?:found|recovered)|crushed to)\b",
    "violence": r"\b(?:murder\w*|homicide|manslaughter|stabb\w+|shooting|shot (?:at|by|in|dead)|gunman|gunmen|"
    r"assault\w*|kidnapp\w+|hostages?|terroris\w+|bomb(?:s|ed|ing|ings)?|explosions?|massacre|riots?|arson|carjack\w*|"
    r"beaten|torture\w*|domestic (?:abuse|violence)|war crimes?)\b",
    "sexual misconduct": r"\b(?:sexual(?:ly)?|harass(?:ed|es|ing|ment)|rape[sd]?|rapist|molest\w*|groping|groped|"
    r"misconduct|"
    r"#?metoo|sex (?:abuse|offender|traffick\w+|scandal))\b",
    "illness": r"\b(?:cancer|tumou?r|hospitali[sz]ed|hospital after|stroke|heart attack|dementia|terminally|"
    r"overdose\w*|"
    r"diagnos(?:ed|is)|coma|illness|mental health crisis|medical leave|addict(?:ion|ed)|injur(?:ed|ies|es))\b",
    "disaster": r"\b(?:plane crash|air crash|crash(?:es|ed)? into|derail\w*|earthquake|tsunami|flood(?:s|"
    r"ing)? (?:kills?|victims)|"
    r"famine|casualt(?:y|ies)|survivors?|wildfires?)\b",
    "religion": r"\b(?:religio\w+|church(?:es)?|mosque|temple attack|muslims?|islam\w*|christians?|jews?|jewish|"
    r"antisemit\w*|"
    r"hindus?|hindutva|blasphem\w*|hijab|halal row|boycott .{0,20}(?:faith|religio\w+))\b",
    "politics": r"\b(?:abortion|roe v|prime minister|kremlin|republicans?|democrats?|gop|congress(?:man|woman)|"
    r"senat(?:e|ors?)|"
    r"parliament|election|voters?|white house|campaign donation|gun (?:control|laws?)|invasion|ukrain\w+|gaza|"
    r"israel\w*|"
    r"culture war|woke|boycotts?|protest(?:s|ers)?|immigration|lgbtq?\+?|transgender|racis[mt]|racial|slur)\b",
    "labour dispute": r"\b(?:unions?|unioni[sz]\w*|union[- ]bust\w*|(?:on|go(?:es)? on|goes|went on|call off) strike|"
    r"strikes? (?:looms?|threat\w*|vote|action|over|ballot)|strikers?|walkouts?|walk(?:s|ed)? out over|picket\w*|"
    r"collective bargaining|(?:labou?r|pay|wage) disputes?|lockouts?)\b",
    "private life": r"\b(?:divorc\w+|affair|extramarital|girlfriend|boyfriend|ex-wife|ex-husband|pregnan\w+|"
    r"custody (?:battle|fight)|"
    r"wedding|nude|naked|sexuality|arrested|drunk\w*|dui|drug (?:use|possession|arrest))\b",
}
"""What a headline must have to be about a topic; of several topics the first here."""
_PATTERNS = {topic: re.compile(pattern) for topic, pattern in TOPICS.items()}
_ANY = re.compile("|".join(TOPICS.values()))
_LONGEST = 400
HALF = 0.5


def topic_of(text: str) -> str | None:
    """The sensitive topic of one headline or sentence."""
    plain = text[:_LONGEST].lower()  # faster than patterns that ignore case
    if not _ANY.search(plain):
        return None
    plain = _FIGURES_OF_SPEECH.sub(" ", plain)
    return next((topic for topic, pattern in _PATTERNS.items() if pattern.search(plain)), None)


def story_topic(headlines: Sequence[str], shown_by: Sequence[str] = ()) -> str | None:
    """The sensitive topic of a story; the first of `headlines` is its own, so it decides alone, as does each sentence
    that shows one of its events: it is what an opener would speak of."""
    for sentence in shown_by:
        if topic := topic_of(sentence):
            return topic
    topics = [topic_of(each) for each in headlines]
    if not topics or topics[0]:
        return topics[0] if topics else None
    found = Counter(topic for topic in topics if topic)
    return found.most_common(1)[0][0] if found.total() >= HALF * len(topics) else None
