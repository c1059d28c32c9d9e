"""The words of Precall as immutable types; see DESIGN's glossary for their meaning. Each is imported when asked for."""

from typing import TYPE_CHECKING

from precall.when_asked import when_asked

if TYPE_CHECKING:
    from precall.model.account import AccountFact, AccountProfile, Handle, JobBoard
    from precall.model.brief import Brief, BriefCheck, BriefSignal, BriefStory, Citation, Sentence
    from precall.model.chatter import Chatter, DayCount, KindCount
    from precall.model.judged import ScorePart, Sentiment
    from precall.model.kind import Kind
    from precall.model.lead import Account, Activity, Assignee, Assignment, CallFrom, Contact, Lead, Prospect, Purpose
    from precall.model.mention import Collection, DateOrigin, Engagement, Market, Mention, Precision, TextOrigin
    from precall.model.namesake import Namesake
    from precall.model.ranking import Proximity, Ranking, Signal, Story
    from precall.model.research import ResearchTask, StepFailure
    from precall.model.signal_kind import SignalKind
    from precall.model.source import AskedFor, SourceReport, SourceState

__all__ = [
    "Account",
    "AccountFact",
    "AccountProfile",
    "Activity",
    "AskedFor",
    "Assignee",
    "Assignment",
    "Brief",
    "BriefCheck",
    "BriefSignal",
    "BriefStory",
    "CallFrom",
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
    "Market",
    "Mention",
    "Namesake",
    "Precision",
    "Prospect",
    "Proximity",
    "Purpose",
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

_HOMES = {
    ".account": "AccountFact AccountProfile Handle JobBoard",
    ".brief": "Brief BriefCheck BriefSignal BriefStory Citation Sentence",
    ".chatter": "Chatter DayCount KindCount",
    ".judged": "ScorePart Sentiment",
    ".kind": "Kind",
    ".lead": "Account Activity Assignee Assignment CallFrom Contact Lead Prospect Purpose",
    ".mention": "Collection DateOrigin Engagement Market Mention Precision TextOrigin",
    ".namesake": "Namesake",
    ".ranking": "Proximity Ranking Signal Story",
    ".research": "ResearchTask StepFailure",
    ".signal_kind": "SignalKind",
    ".source": "AskedFor SourceReport SourceState",
}
__getattr__ = when_asked(__name__, _HOMES)
