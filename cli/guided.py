"""`precall deploy --guided`: an AWS account from nothing to its first brief, one step after the other.

Each step looks first at what is there already, so whoever comes again goes on where it ended. What was answered is kept
in `.precall/guided.json`; secrets are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from cli.deployment import Deployment
from cli.home import Home

ANSWERS = "guided.json"


@dataclass
class Guide:
    """What the steps share: `ask(question, default)` asks a person, `tell` says a line."""

    home: Home
    deployment: Deployment
    ask: Callable[[str, str], str]
    tell: Callable[[str], None]
    answers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.answers = {**self.home.read(ANSWERS), **self.answers}

    def answer(self, name: str, question: str, default: str = "") -> str:
        """What was answered before, else what is answered now."""
        if name not in self.answers:
            self.keep(name, self.ask(question, default).strip())
        return self.answers[name]

    def keep(self, name: str, value: str) -> None:
        """Remember `value` for the next time."""
        self.answers[name] = value
        self.home.write(ANSWERS, self.answers)


@dataclass(frozen=True)
class Step:
    """One step; `run` says what it came to, and raises a Problem that names what a person has to do first."""

    title: str
    does: str
    run: Callable[[Guide], str]


def plan(steps: Sequence[Step]) -> Iterator[str]:
    """What would be done, a line each, without doing or asking anything."""
    for number, step in enumerate(steps, 1):
        yield f"{number}. {step.title}: {step.does}"


def guide(steps: Sequence[Step], guide: Guide) -> None:
    """Take the steps in turn; Problem from the first one that cannot be finished yet."""
    for number, step in enumerate(steps, 1):
        guide.tell(f"{number}/{len(steps)} {step.title}: {step.does}")
        guide.tell(f"    {step.run(guide)}")
