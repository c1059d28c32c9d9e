"""The words of Precall as immutable types; see DESIGN's glossary for their meaning."""

from precall.model.account import AccountFact, AccountProfile, Handle, JobBoard, Namesake
from precall.model.brief import Brief, BriefStory, Citation, Sentence
from precall.model.lead import Account, Activity, Assignee, Assignment, Contact, Lead, Prospect
from precall.model.mention import (
    Collection,
    DateOrigin,
    Engagement,
    Kind,
    Mention,
    Precision,
    SourceReport,
    SourceState,
    TextOrigin,
)
from precall.model.ranking import (
    Chatter,
    DayCount,
    KindCount,
    Proximity,
    Ranking,
    ScorePart,
    Sentiment,
    Signal,
    SignalKind,
    Story,
)
from precall.model.research import ResearchTask, StepFailure

__all__ = [
    "Account",
    "AccountFact",
    "AccountProfile",
    "Activity",
    "Assignee",
    "Assignment",
    "Brief",
    "BriefStory",
    "Chatter",
    "Citation",
    "Collection",
    "Contact",
    "DateOrigin",
    "DayCount",
    "Engagement",
    "Handle",
    "JobBoard",
    "Kind",
    "KindCount",
    "Lead",
    "Mention",
    "Namesake",
    "Precision",
    "Prospect",
    "Proximity",
    "Ranking",
    "ResearchTask",
    "ScorePart",
    "Sentence",
    "Sentiment",
    "Signal",
    "SignalKind",
    "SourceReport",
    "SourceState",
    "StepFailure",
    "Story",
    "TextOrigin",
]
