"""What reps marked in their briefs, for managers: how much each taught, and how that is undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.people import Person
from audit.render import Answer, message, page, redirect
from audit.table import Table
from precall.clock import Clock
from precall.facts import Facts
from precall.feedback import ENOUGH, Feedback, Tally, rep_id

if TYPE_CHECKING:
    from precall.config import Config

_COLUMNS = ("Rep", "Marks", "Useful", "Of little use", "What they mark useful", "Counts")
_MOST = 3


@dataclass(frozen=True)
class MarksPage:
    """Everything that it needs is a port. Errors: StorageUnavailable, LeadNotFound."""

    facts: Facts
    feedback: Feedback
    config: Callable[[], Config]
    clock: Clock

    def show(self, person: Person, filters: Mapping[str, str]) -> Answer:
        """A line for each rep."""
        if not person.manager:
            return message(403, "This page is for managers", "Ask yours for what you need from it.")
        tallies = self.feedback.tallies()
        known = [(rep, tallies.get(rep_id(rep.email), Tally())) for rep in self.config().reps]
        rows = [_row(rep.name, tally) for rep, tally in known]
        table = Table("marks", "Marks by rep", _COLUMNS, rows, frozenset({1, 2, 3}))
        if filters.get("as") == "csv":
            return table.as_csv()
        return page(
            "marks.html",
            person=person,
            here="marks",
            table=table,
            marked=[rep for rep, tally in known if tally.votes],
            enough=ENOUGH,
            did=filters.get("did", ""),
        )

    def undo(self, person: Person, form: Mapping[str, str]) -> Answer:
        """`reset` what a `rep` taught, or `allow` again what was said is not about a `lead`'s account."""
        action, rep = form.get("action"), form.get("rep", "")
        if person.manager and action == "reset" and rep in {each.email for each in self.config().reps}:
            self.feedback.reset(rep, self.clock())
            return redirect("marks?did=reset")
        if person.manager and action == "allow":
            self.feedback.allow(self.facts.lead(form.get("lead", "")).known().key)
            return redirect("marks?did=allow")
        return message(400, "That cannot be done", "Please use the buttons on the pages.")


def _row(name: str, tally: Tally) -> tuple[str, ...]:
    useful, wrong = tally.useful.get("*", 0.0), tally.wrong.get("*", 0.0)
    liked = sorted(((count, feature) for feature, count in tally.useful.items() if feature != "*"), reverse=True)
    most = ", ".join(feature.partition(":")[2].replace("_", " ") for _, feature in liked[:_MOST])
    counts = "yes" if tally.votes >= ENOUGH else f"from {ENOUGH} on"
    return name, f"{tally.votes:g}", f"{useful:g}", f"{wrong:g}", most or "–", counts
