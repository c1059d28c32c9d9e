"""Votes in memory, for tests of what learns from them."""

from __future__ import annotations

from collections import Counter

from precall.feedback import Denial, Marks, Say, Tally, Vote


class FakeFeedback:
    """`precall.feedback.Feedback` in a dict: what is taught is told from the votes."""

    def __init__(self) -> None:
        self.given: dict[tuple[str, str, str], Vote] = {}

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

    def _tally(self, rep: str) -> Tally:
        sums: Counter[str] = Counter()
        for vote in self.given.values():
            sums.update(vote.counts if vote.rep.casefold() == rep else {})
        sides = {
            side: {name.removeprefix(side): count / 4 for name, count in sums.items() if name.startswith(side)}
            for side in ("useful:", "wrong:")
        }
        return Tally(useful=sides["useful:"], wrong=sides["wrong:"], votes=sums["votes"] / 4)

    @staticmethod
    def _key(lead_id: str, story_id: str, rep: str) -> tuple[str, str, str]:
        return lead_id, story_id, rep.casefold()
