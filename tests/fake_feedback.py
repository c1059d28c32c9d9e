"""Votes in memory, for tests of what learns from them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from precall.feedback import Denial, Marks, Say, Tally, Vote, rep_id
from precall.ratings import Rating


class FakeFeedback:
    """`precall.feedback.Feedback` in a dict: what is taught is told from the votes."""

    def __init__(self) -> None:
        self.given: dict[tuple[str, str, str], Vote] = {}
        self.since: dict[str, datetime] = {}

    def marks(self, rep: str | None) -> Marks:
        reps = sorted({vote.rep.casefold() for vote in self.given.values()})
        tallies = {each: self._tally(each) for each in reps}
        return Marks(own=tallies.pop((rep or "").casefold(), Tally()), others=tuple(tallies.values()))

    def denials(self, account: str) -> tuple[Denial, ...]:
        return tuple(vote.denial for vote in self.given.values() if vote.denial and vote.account == account)

    def vote(self, vote: Vote, keep_days: int) -> bool:
        known = self.given.get(self._key(vote.lead_id, vote.story_id, vote.rep))
        if known and known.says == vote.says:
            return False
        self.given[self._key(vote.lead_id, vote.story_id, vote.rep)] = vote
        return True

    def withdraw(self, lead_id: str, story_id: str, rep: str) -> bool:
        return self.given.pop(self._key(lead_id, story_id, rep), None) is not None

    def votes(self, lead_id: str, rep: str) -> dict[str, Say]:
        own = [vote for vote in self.given.values() if (vote.lead_id, vote.rep.casefold()) == (lead_id, rep.casefold())]
        return {vote.story_id: vote.says for vote in own}

    def tallies(self) -> dict[str, Tally]:
        return {rep_id(rep): self._tally(rep) for rep in {vote.rep.casefold() for vote in self.given.values()}}

    def all_votes(self, lead_id: str) -> list[Vote]:
        return [vote for vote in self.given.values() if vote.lead_id == lead_id]

    def reset(self, rep: str, at: datetime) -> None:
        self.since[rep.casefold()] = at

    def allow(self, account: str) -> int:
        denied = [key for key, vote in self.given.items() if vote.denial and vote.account == account]
        for key in denied:
            self.given[key] = self.given[key].model_copy(update={"denial": None})
        return len(denied)

    def _tally(self, rep: str) -> Tally:
        sums: Counter[str] = Counter()
        for vote in self.given.values():
            counts = vote.rep.casefold() == rep and vote.at >= self.since.get(rep, vote.at)
            sums.update(vote.counts if counts else {})
        sides = {
            side: {name.removeprefix(side): count / 4 for name, count in sums.items() if name.startswith(side)}
            for side in ("useful:", "wrong:")
        }
        return Tally(useful=sides["useful:"], wrong=sides["wrong:"], votes=sums["votes"] / 4)

    @staticmethod
    def _key(lead_id: str, story_id: str, rep: str) -> tuple[str, str, str]:
        return lead_id, story_id, rep.casefold()


class FakeRatings:
    """`precall.ratings.Ratings` in a dict."""

    def __init__(self) -> None:
        self.given: dict[tuple[str, str], Rating] = {}

    def rate(self, rating: Rating, keep_days: int) -> None:
        self.given[rating.lead_id, rating.rep.casefold()] = rating

    def of(self, lead_id: str) -> list[Rating]:
        return [rating for rating in self.given.values() if rating.lead_id == lead_id]
