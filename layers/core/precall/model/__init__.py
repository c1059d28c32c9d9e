"""The words of Precall as immutable types; see DESIGN's glossary for their meaning. Each is imported when asked for."""

from typing import TYPE_CHECKING

from precall.when_asked import when_asked

if TYPE_CHECKING:
    from precall.model.account import AccountFact, AccountProfile, Handle, JobBoard, Namesake
    from precall.model.brief import Brief, BriefCheck, BriefSignal, BriefStory, Citation, Sentence
    from precall.model.lead import Account, Activity, Assignee, Assignment, CallFrom, Contact, Lead, Prospect, Purpose
    from precall.model.mention import (
        AskedFor,
        Collection,
        DateOrigin,
        Engagement,
        Kind,
        Market,
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
        Story,
    )
    from precall.model.research import ResearchTask, StepFailure
    from precall.model.signal_kind import SignalKind

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
    ".account": "AccountFact AccountProfile Handle JobBoard Namesake",
    ".brief": "Brief BriefCheck BriefSignal BriefStory Citation Sentence",
    ".lead": "Account Activity Assignee Assignment CallFrom Contact Lead Prospect Purpose",
    ".mention": "AskedFor Collection DateOrigin Engagement Kind Market Mention Precision SourceReport SourceState"
    " TextOrigin",
    ".ranking": "Chatter DayCount KindCount Proximity Ranking ScorePart Sentiment Signal Story",
    ".research": "ResearchTask StepFailure",
    ".signal_kind": "SignalKind",
}
__getattr__ = when_asked(__name__, _HOMES)
