"""What a brief tells around its stories: chatter, posts, their market, the person, the account, questions, what
changed."""

from __future__ import annotations

from collections.abc import Sequence

from brief.evidence import Evidence
from brief.quotes import choose
from brief.say import cite, say, say_one_of
from brief.sections import FACTS, QUESTIONS, fact_in
from precall.headlines import headline
from precall.model import BriefCheck, Engagement, Kind, Mention, Sentence

POSTS, ABOUT_PERSON, GLANCE = 2, 3, 12
"""The most sentences of each section."""
CHATTER = ("chatter", "chatter_unranked")
VOLUME = ("volume", "volume_unknown")
PERSON = ("person_unknown", "person_alone", "person_nothing")
SINCE = ("since", "since_nothing")
_POSTED = (Kind.SOCIAL, Kind.FORUM)


def quote(mention: Mention, text: str, field: str) -> Sentence:
    """A verbatim span of a mention's `field`."""
    return Sentence(text=text, kind="quote", citations=(cite(mention, field),))


def chatter(evidence: Evidence) -> tuple[Sentence, ...]:
    """How much is said and where, and how that compares with what is usual; not of a person who may be another."""
    if not evidence.has_company:
        return ()
    return (*say_one_of(CHATTER, evidence), *say_one_of(VOLUME, evidence))


def posts(evidence: Evidence) -> tuple[Sentence, ...]:
    """The two posts worth knowing: those with most reactions, of stories that are no sensitive topic; the newest first
    where reactions are equal."""
    held = {i for story in evidence.stories.values() if story.sensitive for i in story.mention_ids}
    posted = [mention for mention in evidence.told_mentions if mention.kind in _POSTED and mention.id not in held]
    posted.sort(key=lambda mention: (-_reactions(mention.engagement), mention.published_at is None, _newest(mention)))
    return tuple(_said(mention, evidence) for mention in posted[:POSTS])


def market(evidence: Evidence) -> tuple[Sentence, ...]:
    """What the news say of their competitors and their market: headlines, below all that is about them."""
    return tuple(quote(mention, headline(mention), "title") for mention in evidence.market)


def person(evidence: Evidence) -> tuple[Sentence, ...]:
    """What is publicly said with the contact's name and the company's; or that nothing is, or may be theirs."""
    named = evidence.about_contact
    if not (named and evidence.has_company):
        return tuple(say_one_of(PERSON, evidence))
    found = [quote(mention, headline(mention), "title") for mention in named if _names(evidence, mention.title)]
    told = choose(named, evidence.identity, limit=ABOUT_PERSON)
    found += [quote(q.mention, q.text, "text") for q in told if _names(evidence, q.text)]
    return tuple(found[:ABOUT_PERSON])


def glance(evidence: Evidence) -> tuple[Sentence, ...]:
    """What sources say of the account, one sentence for each kind of fact."""
    return tuple(found for name in FACTS if (found := _fact(name, evidence)))[:GLANCE]


def checklist(evidence: Evidence) -> tuple[BriefCheck, ...]:
    """What the seller's quote needs: filled in where a source says it, else to be asked."""
    return tuple(
        BriefCheck(ask=item.ask, found=_fact(item.fact, evidence) if item.fact else None) for item in evidence.checklist
    )


def questions(evidence: Evidence) -> tuple[Sentence, ...]:
    """What to ask where little is known."""
    return tuple(sentence for name in QUESTIONS for sentence in say_one_of((name,), evidence))


def since(evidence: Evidence) -> Sentence | None:
    """What is new since the account's last brief, if there was one."""
    return next(iter(say_one_of(SINCE, evidence)), None) if evidence.told else None


def _said(mention: Mention, evidence: Evidence) -> Sentence:
    found = choose((mention,), evidence.identity, limit=1, below_headline=False)
    return quote(mention, found[0].text, "text") if found else quote(mention, headline(mention), "title")


def _reactions(engagement: Engagement | None) -> int:
    return engagement.points + engagement.comments if engagement else 0


def _newest(mention: Mention) -> tuple[float, str]:
    return (-mention.published_at.timestamp() if mention.published_at else 0.0, mention.id)


def _names(evidence: Evidence, text: str) -> bool:
    return evidence.identity.names_contact(text)


def _fact(name: str, evidence: Evidence) -> Sentence | None:
    for fact in evidence.account_facts:
        about: Sequence[Mention] = [evidence.mentions[i] for i in (fact.mention_id,) if i in evidence.mentions]
        if fact.name == name and fact_in(name, evidence, about) == fact:
            return say(f"fact_{name}", evidence, about, fact.field)
    return None
