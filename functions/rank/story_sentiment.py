"""The sentiment of a story from that of its mentions, and how it is put in the brief."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rank.sentiment import Sentiment

MOSTLY = 0.6
"""From this share on, one label speaks for the story."""
LEAST_TREND = 6
"""Mentions from which an earlier and a later half say something."""


@dataclass(frozen=True)
class StorySentiment:
    """Counts of mentions by label; `value` is the mean over outlets, −1 to 1; `about_target` counts those that name the
    target."""

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


def story_sentiment(mentions: Sequence[Sentiment], outlets: Sequence[str] = ()) -> StorySentiment:
    """Summed up over a story's mentions. Those that name the target decide; without any, the general tone does.

    `outlets` has the outlet of each mention: an outlet counts once, however often it writes. Without them each mention
    counts.
    """
    named = outlets or [str(number) for number in range(len(mentions))]
    scored = [(s, outlet) for s, outlet in zip(mentions, named, strict=True) if s.scored]
    about = [(s, outlet) for s, outlet in scored if s.about_target]
    decisive = about or scored
    counts = Counter(s.label for s, _ in decisive)
    values: dict[str, list[float]] = defaultdict(list)
    for s, outlet in decisive:
        values[outlet].append(s.value)
    value = sum(map(_mean, values.values())) / len(values) if values else 0.0
    return StorySentiment(
        counts["negative"], counts["neutral"], counts["positive"], len(mentions) - len(scored), len(about), value
    )


def trend(dated: Sequence[tuple[datetime, Sentiment]]) -> float | None:
    """The later half's mean value less the earlier half's, −2 to 2, over the mentions that name the target.

    None where fewer than `LEAST_TREND` of them were scored, or all are of one moment.
    """
    found = sorted((at, s.value) for at, s in dated if s.scored and s.about_target)
    if len(found) < LEAST_TREND or found[0][0] == found[-1][0]:
        return None
    middle = len(found) // 2
    earlier, later = ([value for _, value in half] for half in (found[:middle], found[-middle:]))
    return _mean(later) - _mean(earlier)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
