"""What a rep says of a brief, story by story and of the whole: kept at once, shown when the page is shown again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from precall.clock import Clock
from precall.documents import Documents, load, research_key
from precall.errors import DocumentNotFound
from precall.feedback import Feedback, Say, vote_on
from precall.model import Collection, Ranking, Story
from precall.ratings import LONGEST, Rating, Ratings

if TYPE_CHECKING:
    from precall.config import Config

BY_HAND: tuple[Say, ...] = get_args(Say)[:4]
"""What a rep can say of a story; the others are what a call's outcome says."""
TAKE_BACK = "withdraw"


@dataclass(frozen=True)
class Said:
    """What one rep has said of a lead's brief so far."""

    votes: Mapping[str, Say]
    rating: Rating | None


@dataclass(frozen=True)
class Voting:
    """Everything that it needs is a port. Errors: StorageUnavailable."""

    documents: Documents
    feedback: Feedback
    ratings: Ratings
    config: Callable[[], Config]
    clock: Clock

    def said(self, lead_id: str, rep: str) -> Said:
        """What the rep has said."""
        own = [rating for rating in self.ratings.of(lead_id) if rating.rep.casefold() == rep.casefold()]
        return Said(self.feedback.votes(lead_id, rep), own[0] if own else None)

    def vote(self, lead_id: str, research_id: str, rep: str, form: Mapping[str, str]) -> bool:
        """Count what the form says of its `story`, or take it back; False where there is no such story, or word.

        What was said before of the story is replaced; saying it again changes nothing.
        """
        says = next((word for word in BY_HAND if word == form.get("says")), None)
        story_id = form.get("story", "")
        if form.get("says") == TAKE_BACK:
            self.feedback.withdraw(lead_id, story_id, rep)
            return True
        found = self._story(lead_id, research_id, story_id) if says else None
        if found is None or says is None:
            return False
        story, collection = found
        vote = vote_on(story, says, rep, collection, self.clock())
        self.feedback.vote(vote, self.config().retention.documents)
        return True

    def rate(self, lead_id: str, research_id: str, rep: str, form: Mapping[str, str]) -> bool:
        """Keep the form's `stars` and what was `missing`; False where it says neither."""
        stars, missing = form.get("stars", ""), form.get("missing", "").strip()[:LONGEST]
        if stars not in {"", *"12345"} or not (stars or missing):
            return False
        about = {"lead_id": lead_id, "research_id": research_id, "rep": rep, "missing": missing, "at": self.clock()}
        rating = Rating.model_validate({**about, "stars": int(stars) if stars else None})
        self.ratings.rate(rating, self.config().retention.documents)
        return True

    def _story(self, lead_id: str, research_id: str, story_id: str) -> tuple[Story, Collection] | None:
        try:
            ranking = load(self.documents, research_key(lead_id, research_id, "ranking.json"), Ranking)
            story = next((each for each in ranking.stories if each.id == story_id), None)
            if story is None:
                return None
            return story, load(self.documents, research_key(lead_id, research_id, "collection.json"), Collection)
        except DocumentNotFound:
            return None
