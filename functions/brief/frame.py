"""What a brief takes over from its evidence as it is, without putting it into words; the gate derives it again."""

from __future__ import annotations

from typing import Any

from brief.breaking import is_breaking
from brief.evidence import Evidence
from brief.say import SUBJECT, say_one_of
from brief.sections import is_thin
from precall.model import Sentiment


def frame(evidence: Evidence) -> dict[str, Any]:
    """The fields of a brief beside its sentences, its failures and its link."""
    collection, assignment, lead = evidence.collection, evidence.assignment, evidence.lead
    return {
        "lead_id": lead.id,
        "research_id": collection.research_id if collection else assignment.research_id if assignment else "",
        "prospect": evidence.prospect,
        "rep": assignment.rep if assignment else None,
        "call_at": evidence.call_at,
        "as_of": evidence.as_of,
        "lead_source": lead.source,
        "activities": lead.activities,
        "purpose": lead.purpose,
        "stage": lead.stage,
        "customer": lead.customer,
        "subject": say_one_of(SUBJECT, evidence)[0].text,
        "volume": evidence.chatter,
        "coverage": collection.reports if collection else (),
        "mentions_read": len(collection.mentions) if collection else 0,
        "set_aside": evidence.ranking.set_aside if evidence.ranking else {},
        "looked_for": evidence.identity.labels,
        "namesakes": collection.profile.namesakes if collection else (),
        "window_days": collection.window_days if collection else None,
        "seller": evidence.seller.name if evidence.seller else None,
        "thin": is_thin(evidence),
        "ranked": evidence.ranking is not None,
    }


def as_ranked(evidence: Evidence, story_id: str) -> dict[str, Any]:
    """The fields of a brief's story beside its sentences."""
    best, ranked = evidence.mentions[evidence.told[story_id][0]], evidence.stories.get(story_id)
    return {
        "mention_ids": evidence.told[story_id],
        "proximity": ranked.proximity.value if ranked else "",
        "doubtful": ranked.doubtful if ranked else False,
        "sensitive": ranked.sensitive if ranked else None,
        "breaking": ranked is not None and is_breaking(ranked, evidence.as_of),
        "new": evidence.is_new(story_id),
        "sentiment": ranked.sentiment if ranked else Sentiment(),
        "parts": ranked.parts if ranked else (),
        "score": ranked.score if ranked else 0.0,
        "url": best.url,
        "outlet": best.outlet_name or best.outlet,
        "published_at": best.published_at,
        "language": best.language,
    }
