"""What a story becomes beside an alert, by the manager's rules: an activity of the account, or a lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from listen.interest import Interest
from precall.bus import Bus
from precall.errors import LeadNotFound
from precall.events import LeadAcquired
from precall.facts import Facts
from precall.ids import derived_id
from precall.listening_settings import Rule
from precall.model import Activity, Lead, Story
from precall.product_lines import ProductLine
from precall.scoring import leads_of, log
from precall.standings import Logged, Standing, Standings
from precall.watches import Watch

if TYPE_CHECKING:
    from precall.config import Config

_LONGEST = 500  # of an activity's summary


@dataclass(frozen=True)
class Making:
    """Counts a story as an activity, in the same sum as `POST /activities`; one that is worth the whole threshold where
    a rule wants a lead, so that the cool-down holds for it too. Harmless to repeat: an activity counts once."""

    facts: Facts
    standings: Standings
    bus: Bus
    config: Callable[[], Config]

    def make(self, story: Story, rule: Rule, watch: Watch, interest: Interest, at: datetime) -> tuple[str, ...]:
        """The ids of the leads that came of it, published. StorageUnavailable, BusUnavailable."""
        config = self.config()
        name = config.line_name(rule.product_line)
        line = _worth_a_lead(config.product_line(name), rule) if rule.do == "lead" else config.product_line(name)
        logged = Logged(
            id=derived_id("activity", "listening", watch.key, story.mention_ids[0]),
            activity=Activity(kind=rule.kind, at=at, summary=story.headline[:_LONGEST]),
            at=at,
            account=watch.account,
        )
        made: tuple[str, ...] = ()

        def change(before: Standing) -> tuple[Standing, Sequence[Lead]]:
            nonlocal made
            after, leads = log(before, [logged], name, line, at, logged.id)
            made = leads_of(after, [logged])
            return after, [_for_owner(lead, story, rule, interest) for lead in leads]

        self.standings.change(watch.key, name, change, at, config.retention.documents)
        self._publish(made, config.retention.documents)
        return made

    def _publish(self, lead_ids: Sequence[str], keep_days: int) -> None:
        """Tell of those that were not told of before; an erased one stays erased."""
        for lead_id in lead_ids:
            try:
                lead = self.facts.lead(lead_id)
            except LeadNotFound:
                continue
            if self.facts.add_lead(lead, keep_days):
                self.bus.publish(LeadAcquired.of(lead))
                self.facts.mark_published(lead_id)


def _worth_a_lead(line: ProductLine, rule: Rule) -> ProductLine:
    return line.model_copy(update={"scores": {**line.scores, rule.kind: line.threshold}})


def _for_owner(lead: Lead, story: Story, rule: Rule, interest: Interest) -> Lead:
    """The owner's, about whom they talk to already; a lead that a rule made says of what."""
    signal = next((signal.kind.value for signal in story.signals), "a new story")
    changes = {
        "owner": interest.rep.email if interest.rep else None,
        "prospect": interest.lead.prospect if interest.lead else lead.prospect,
        **({"source": f"heard of them: {signal}"} if rule.do == "lead" else {}),
    }
    return lead.model_copy(update=changes)
