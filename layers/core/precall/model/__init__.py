"""The words of Precall as immutable types; see DESIGN's glossary for their meaning."""

from precall.model.brief import Brief, BriefStory, Citation, Sentence
from precall.model.lead import Account, Activity, Assignee, Assignment, Contact, Lead, Prospect
from precall.model.mention import (
    Collection,
    DateOrigin,
    Engagement,
    Kind,
    Mention,
    SourceReport,
    SourceState,
    TextOrigin,
)
from precall.model.ranking import Proximity, Ranking, ScorePart, Sentiment, Story
from precall.model.research import ResearchTask, StepFailure

__all__ = [
    "Account",
    "Activity",
    "Assignee",
    "Assignment",
    "Brief",
    "BriefStory",
    "Citation",
    "Collection",
    "Contact",
    "DateOrigin",
    "Engagement",
    "Kind",
    "Lead",
    "Mention",
    "Prospect",
    "Proximity",
    "Ranking",
    "ResearchTask",
    "ScorePart",
    "Sentence",
    "Sentiment",
    "SourceReport",
    "SourceState",
    "StepFailure",
    "Story",
    "TextOrigin",
]
