"""What a rep is told of a story: quoted, with where it stands and why it ranks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from listen.interest import Interest
from precall.alerts import Alert
from precall.events import StoryHeard
from precall.headlines import headline
from precall.ids import derived_id
from precall.model import Collection, Mention, Precision, Story
from precall.watches import Watch

_REASONS, _OUTLETS = 3, 5


def alerts_of(
    story: Story, heard: StoryHeard, watch: Watch, interest: Interest, collection: Collection
) -> Iterator[Alert]:
    """The alert to the owner, or to each manager in their place."""
    for address in (heard.to,) if heard.to else heard.managers:
        yield _alert(address, story, heard, watch, interest, collection)


def _alert(to: str, story: Story, heard: StoryHeard, watch: Watch, interest: Interest, collection: Collection) -> Alert:
    mentions = {mention.id: mention for mention in collection.mentions}
    best, *_ = told = [mentions[one] for one in story.mention_ids]
    return Alert(
        id=derived_id("alert", watch.key, best.id),
        to=to,
        account_key=watch.key,
        account=watch.label,
        headline=headline(best),
        quote=_quote(story, best),
        url=best.url,
        outlets=tuple(dict.fromkeys(mention.outlet_name for mention in told))[:_OUTLETS],
        published=_day(best, interest),
        because=_because(story),
        signal=heard.signal,
        sensitive=story.sensitive,
        watched=interest.because,
        instead=heard.instead,
        did="lead" if heard.leads else "activity" if heard.did != "alert" else None,
        call=interest.lead.id if interest.lead else None,
        score=story.score,
        heard_at=heard.at,
        lead_id=heard.lead_id,
        research_id=heard.research_id,
        correlation_id=heard.correlation_id,
        story=heard.story,
    )


def _quote(story: Story, best: Mention) -> str | None:
    """The sentence that shows the trigger event, where the best mention's text has it."""
    shown = (signal for signal in story.signals if signal.field == "text" and signal.mention_id == best.id)
    return next((signal.sentence for signal in shown), None)


def _day(best: Mention, interest: Interest) -> date | None:
    """On the rep's clock; where only the day is known, that day."""
    if best.published_at is None:
        return None
    exact = best.published_precision is Precision.SECOND and interest.rep
    return (best.published_at.astimezone(interest.rep.zone) if exact and interest.rep else best.published_at).date()


def _because(story: Story) -> tuple[str, ...]:
    """The clauses of what counted most; not how old it is, which changes until the mail goes."""
    lasting = (part for part in story.parts if part.name != "recency")
    strongest = sorted(lasting, key=lambda part: -part.weight * part.value)
    return tuple(part.because for part in strongest if part.weight and part.value)[:_REASONS]
