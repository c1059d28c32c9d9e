"""What reps say of stories, and how calls went: what the ranking learns from, and the port through which it does.

A vote says one thing of one story in one lead's brief: it may be changed or withdrawn, and counts once.

| what is said | what it teaches                                                                                   |
|--------------|---------------------------------------------------------------------------------------------------|
| useful       | stories with its features are wanted                                                              |
| old_news     | stories with its features are not                                                                 |
| sensitive    | the same                                                                                          |
| not_them     | the account's identity, at once (`Denial`); nothing about the features                            |
| led_on       | a meeting was set or a deal won after a brief with such stories: a quarter of a useful vote       |
| led_nowhere  | the call was held and led to nothing: a quarter of an old_news                                    |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

from pydantic import Field

from precall.clock import UtcDatetime
from precall.emails import EmailStr
from precall.headlines import headline
from precall.ids import derived_id
from precall.model._base import Model
from precall.model.kind import Kind
from precall.model.mention import Collection, Mention
from precall.model.ranking import Signal, Story

Say = Literal["useful", "not_them", "old_news", "sensitive", "led_on", "led_nowhere"]
CALL = "call"
"""Stands for the story in what a call's outcome says: it is said of the whole brief."""
QUARTERS: Mapping[Say, tuple[Literal["useful", "wrong"], int]] = {
    "useful": ("useful", 4), "old_news": ("wrong", 4), "sensitive": ("wrong", 4),
    "led_on": ("useful", 1), "led_nowhere": ("wrong", 1),
}  # fmt: skip
"""On which side, and how many quarters of a vote, each counts."""
MOST_HEADLINES = 5
ENOUGH = 20
"""Votes from which those of a rep count."""


class Denial(Model):
    """What a rep said is not about the account: the pages, their outlets and headlines."""

    mention_ids: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()


class Vote(Model):
    """One rep's word on one story of a lead's brief. `account` is the key of its prospect, `features` what the story
    shares with others; `denial` comes with "not_them" alone."""

    lead_id: str
    story_id: str
    rep: EmailStr
    says: Say
    account: str
    features: tuple[str, ...] = ()
    denial: Denial | None = None
    at: UtcDatetime

    @property
    def counts(self) -> dict[str, int]:
        """Quarters of a vote by `side:feature`, and under `votes` the vote itself."""
        if self.says not in QUARTERS:
            return {}
        side, quarters = QUARTERS[self.says]
        return {"votes": quarters, f"{side}:*": quarters} | {f"{side}:{each}": quarters for each in self.features}


class Tally(Model):
    """How often one rep marked stories with a feature: `signal:funding`, `kind:forum`, `*` for all; `votes` in all."""

    useful: Mapping[str, float] = Field(default_factory=dict)
    wrong: Mapping[str, float] = Field(default_factory=dict)
    votes: float = 0.0


class Marks(Model):
    """What the rep of a lead marked, and what each of the others in the team did."""

    own: Tally = Tally()
    others: tuple[Tally, ...] = ()


class Feedback(Protocol):
    """The port. Errors: StorageUnavailable."""

    def marks(self, rep: str | None) -> Marks:
        """What was marked by a rep (by e-mail address), and by the others; empty where nobody did."""

    def denials(self, account: str) -> tuple[Denial, ...]:
        """What reps said is not about the prospect with this key."""

    def vote(self, vote: Vote, keep_days: int) -> bool:
        """Count a vote; it replaces what the rep said of the story before. False when that was the same."""

    def withdraw(self, lead_id: str, story_id: str, rep: str) -> bool:
        """Take a vote back with all that it taught; False where there is none."""

    def votes(self, lead_id: str, rep: str) -> dict[str, Say]:
        """By story, what a rep said in a lead's brief."""

    def all_votes(self, lead_id: str) -> list[Vote]:
        """What everybody said of a lead's brief."""

    def tallies(self) -> dict[str, Tally]:
        """What was marked by each rep, by `rep_id`."""

    def reset(self, rep: str, at: datetime) -> None:
        """Nothing that the rep said before `at` counts any more; what was said stays to be seen."""

    def allow(self, account: str) -> int:
        """Nothing is denied of the account any more; how many denials there were."""


class NoFeedback:
    """Nobody marked anything: what ranks is not changed."""

    def marks(self, rep: str | None) -> Marks:
        """See `Feedback.marks`."""
        return Marks()

    def denials(self, account: str) -> tuple[Denial, ...]:
        """See `Feedback.denials`."""
        return ()

    def vote(self, vote: Vote, keep_days: int) -> bool:
        """See `Feedback.vote`."""
        return False

    def withdraw(self, lead_id: str, story_id: str, rep: str) -> bool:
        """See `Feedback.withdraw`."""
        return False

    def votes(self, lead_id: str, rep: str) -> dict[str, Say]:
        """See `Feedback.votes`."""
        return {}

    def all_votes(self, lead_id: str) -> list[Vote]:
        """See `Feedback.all_votes`."""
        return []

    def tallies(self) -> dict[str, Tally]:
        """See `Feedback.tallies`."""
        return {}

    def reset(self, rep: str, at: datetime) -> None:
        """See `Feedback.reset`."""

    def allow(self, account: str) -> int:
        """See `Feedback.allow`."""
        return 0


def features(signals: Iterable[Signal], kinds: Iterable[Kind]) -> tuple[str, ...]:
    """What a story shares with others: its trigger events (or none), and the kinds of place that tell it."""
    events = tuple(f"signal:{signal.kind.value}" for signal in signals) or ("signal:none",)
    return (*events, *(f"kind:{kind.value}" for kind in kinds))


def vote_on(story: Story, said: Say, by: str, collection: Collection, at: datetime) -> Vote:
    """What a rep (by e-mail address) says of a story that was ranked from `collection`."""
    return Vote(
        lead_id=collection.lead_id,
        story_id=story.id,
        rep=by,
        says=said,
        account=collection.prospect.key,
        features=features(story.signals, story.kinds),
        denial=denial_of(story, collection.mentions) if said == "not_them" else None,
        at=at,
    )


def outcome_of(stories: Sequence[Story], went_well: bool, by: str, collection: Collection, at: datetime) -> Vote:
    """What a call that was held says of the `stories` of its brief."""
    every = dict.fromkeys(feature for story in stories for feature in features(story.signals, story.kinds))
    return Vote(
        lead_id=collection.lead_id,
        story_id=CALL,
        rep=by,
        says="led_on" if went_well else "led_nowhere",
        account=collection.prospect.key,
        features=tuple(every),
        at=at,
    )


def denial_of(story: Story, mentions: Iterable[Mention]) -> Denial:
    """What is learnt when `story`, told by some of the collection's `mentions`, is not about the account."""
    told = [mention for mention in mentions if mention.id in story.mention_ids]
    headlines = dict.fromkeys([story.headline, *(headline(mention) for mention in told)])
    return Denial(
        mention_ids=tuple(story.mention_ids),
        outlets=tuple(dict.fromkeys(story.outlets)),
        headlines=tuple(headlines)[:MOST_HEADLINES],
    )


def rep_id(rep: str) -> str:
    """Under which a rep's marks are kept: no address in a key."""
    return derived_id("rep", rep.casefold())
