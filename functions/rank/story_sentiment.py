"""The sentiment of a story from that of its mentions, and how it is put in the brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rank.sentiment import Sentiment

MOSTLY = 0.6
"""From this share on, one label speaks for the story."""


@dataclass(frozen=True)
class StorySentiment:
    """Counts of mentions by label; `value` is their mean, −1 to 1; `about_target` counts those that name the target."""

    negative: int
    neutral: int
    positive: int
    not_scored: int
    about_target: int
    value: float

    @property
    def scored(self) -> int:
        """Mentions with a judgement."""
        return self.negative + self.neutral + self.positive

    @property
    def phrase(self) -> str:
        """As in "mostly positive, 2 of 9 negative"; "not scored" when no mention was."""
        if not self.scored:
            return "not scored"
        counts = {"positive": self.positive, "negative": self.negative, "neutral": self.neutral}
        first = max(counts, key=lambda label: counts[label])
        tone = "" if self.about_target else " in general tone"
        if counts[first] == self.scored:
            return f"{first}{tone}"
        if counts[first] < MOSTLY * self.scored:
            listed = ", ".join(f"{n} {label}" for label, n in counts.items() if n)
            return f"mixed{tone}: {listed} of {self.scored}"
        others = [f"{n} of {self.scored} {label}" for label, n in counts.items() if n and label != first]
        return f"mostly {first}{tone}, {' and '.join(others)}"


def story_sentiment(mentions: Sequence[Sentiment]) -> StorySentiment:
    """Summed up over a story's mentions. Those that name the target decide; without any, the general tone does."""
    scored = [s for s in mentions if s.scored]
    about = [s for s in scored if s.about_target]
    decisive = about or scored
    counts = Counter(s.label for s in decisive)
    value = sum(s.value for s in decisive) / len(decisive) if decisive else 0.0
    return StorySentiment(
        counts["negative"], counts["neutral"], counts["positive"], len(mentions) - len(scored), len(about), value
    )
