"""The mood of a story: what its mentions say of the prospect, by a judge that is given from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from precall.headlines import headline
from precall.identity import identity_of
from precall.model import AccountProfile, Mention, Prospect, Sentiment
from rank.sentiment import ModelUnavailable, TextAndTarget
from rank.sentiment import Sentiment as Judgement
from rank.story_sentiment import story_sentiment, trend

JudgeMood = Callable[[Sequence[TextAndTarget]], Sequence[Judgement]]
"""Judges each text towards its target, in the order given; raises ModelUnavailable. See `rank.sentiment.score`."""

LEAD_CHARACTERS = 500
"""Characters of a text that are read with its headline."""
MOST_TEXTS = 1000
"""Texts that are judged, newest first: 5 to 10 ms each on one core, within the step's time."""
NOT_SCORED = "sentiment not scored"
UNAVAILABLE = "sentiment was not available"


@dataclass(frozen=True)
class Mood:
    """The sentiment of one story, and the clause that says it."""

    sentiment: Sentiment = field(default_factory=Sentiment)
    because: str = NOT_SCORED


@dataclass(frozen=True)
class Moods:
    """The judgements of mentions by id; `available` is False when there was no judge to give any."""

    judgements: dict[str, Judgement]
    available: bool = True

    def of(self, mentions: Sequence[Mention]) -> Mood:
        """The mood of the story that these mentions tell, or of any other group of them."""
        if not self.available:
            return Mood(Sentiment(state="unavailable", not_scored=len(mentions)), UNAVAILABLE)
        read = [(mention, self.judgements[mention.id]) for mention in mentions if mention.id in self.judgements]
        summed = story_sentiment([judged for _, judged in read], [mention.outlet for mention, _ in read])
        if not summed.scored:
            return Mood(Sentiment(not_scored=len(mentions)))
        changed = trend([(mention.published_at, judged) for mention, judged in read if mention.published_at])
        found = Sentiment(
            state="scored",
            value=round(max(-1.0, min(1.0, summed.value)), 4),
            trend=None if changed is None else round(max(-2.0, min(2.0, changed)), 4),
            negative=summed.negative,
            neutral=summed.neutral,
            positive=summed.positive,
            not_scored=summed.not_scored + len(mentions) - len(read),
            general_tone=not summed.about_target,
        )
        return Mood(found, summed.phrase)


def moods(
    prospect: Prospect, mentions: Sequence[Mention], judge: JudgeMood | None, profile: AccountProfile | None = None
) -> Moods:
    """What each of `mentions`, oldest first, says of `prospect`, under the names of its `profile` too; equal texts are
    judged once. No judge: nothing; nor where no company is known, as nobody knows whether it is this person."""
    if judge is None or not prospect.has_company:
        return Moods({})
    names = tuple(form.text for form in identity_of(prospect, profile).forms)
    texts = {mention.id: TextAndTarget(_text(mention), names, mention.language) for mention in reversed(mentions)}
    unique = list(dict.fromkeys(texts.values()))[:MOST_TEXTS]
    try:
        judged = dict(zip(unique, judge(unique), strict=True))
    except ModelUnavailable:
        return Moods({}, available=False)
    return Moods({i: judged[text] for i, text in texts.items() if text in judged})


def _text(mention: Mention) -> str:
    """The headline and the first lines, once where the first lines begin with the headline."""
    title, lead = headline(mention), mention.text[:LEAD_CHARACTERS].strip()
    return lead if lead.startswith(title) else f"{title}\n{lead}".strip()
