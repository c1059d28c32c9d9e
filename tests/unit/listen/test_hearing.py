"""A new high story becomes an alert, and what the manager's rules say, once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from precall.briefed import Briefing
from precall.config import Manager
from precall.documents import research_key
from precall.errors import BusUnavailable, LeadNotFound, StorageUnavailable
from precall.events import LeadAcquired, StoryHeard
from precall.listening_settings import Rule
from precall.model import Brief, BriefStory, Kind, Precision, Prospect, Sentence, Sentiment, SignalKind
from precall.product_lines import ProductLine
from precall.told import Told
from tests.unit.listen.world import ACCOUNT, NOW, REP, World, assignment, lead, mention, story

LINZ = mention(
    "linz", "Nordlicht Foods raises 40 million for Linz", text="Nordlicht Foods has raised 40 million euros."
)


@pytest.fixture
def world() -> World:
    """Nordlicht has been listened to for a while, and nothing was told yet."""
    made = World()
    made.told.known[ACCOUNT.key] = (1, Told(last_look=NOW - timedelta(days=1)))
    return made


def heard(world: World) -> list[StoryHeard]:
    return [event for event in world.bus.events if isinstance(event, StoryHeard)]


def acquired(world: World) -> list[LeadAcquired]:
    return [event for event in world.bus.events if isinstance(event, LeadAcquired)]


def test_the_owner_gets_an_alert_that_quotes_cites_and_says_why(world: World) -> None:
    assert world.hear(LINZ) == 1
    (alert,) = world.alerts.waiting(REP.email)
    assert (alert.account, alert.headline, alert.url) == ("Nordlicht Foods", LINZ.title, LINZ.url)
    assert (alert.quote, alert.outlets, alert.published) == (LINZ.text, ("The Outlet",), date(2026, 3, 12))
    assert alert.because == ("funding", "3 outlets"), "the strongest first, without age and what counts nothing"
    assert (alert.watched, alert.call, alert.did) == ("a call is planned", "lead-1", None)
    (event,) = heard(world)
    assert (event.to, event.signal, event.did, event.leads) == (REP.email, SignalKind.FUNDING, "alert", ())
    assert LINZ.title not in event.model_dump_json(), "the trail outlives what was found"


def test_the_same_look_again_and_the_next_one_tell_nothing(world: World) -> None:
    assert [world.hear(LINZ), world.hear(LINZ), world.hear(LINZ, research_id="look-2")] == [1, 0, 0]
    assert len(world.alerts.held) == len(heard(world)) == 1


def test_a_first_look_starts_from_the_accounts_newest_brief(world: World) -> None:
    world.told.known.clear()
    shown = Sentence(text="x", kind="quote", citations=())
    told = BriefStory(
        story_id="s", mention_ids=(LINZ.id,), headline=shown, seen=shown, proximity="account", sentiment=Sentiment(),
        parts=(), score=0.8, url=LINZ.url, outlet="The Outlet", published_at=NOW,
    )  # fmt: skip
    before = NOW - timedelta(hours=20)
    brief = Brief(
        lead_id="lead-1", research_id="r-1", prospect=Prospect(account=ACCOUNT), rep=None, call_at=NOW, as_of=before,
        subject="x", stories=(told,),
    )  # fmt: skip
    world.documents.put(research_key("lead-1", "r-1", "brief.json"), brief.model_dump_json())
    world.briefed.note(ACCOUNT.key, Briefing("lead-1", "r-1", before), 90)
    since = mention("since", "Nordlicht Foods names a new head of logistics")
    assert world.hear(LINZ, since) == 1
    assert [alert.headline for alert in world.alerts.held] == [since.title]


def test_where_only_the_day_is_known_it_is_that_day_whatever_the_reps_clock(world: World) -> None:
    midnight = NOW.replace(hour=0)
    exact, day_only = mention("exact", at=midnight), mention("day", at=midnight, published_precision=Precision.DAY)
    far = REP.model_copy(update={"time_zone": "America/New_York"})
    world.config = world.config.model_copy(update={"reps": (far,)})
    world.hear(exact, day_only)
    assert {alert.url: alert.published for alert in world.alerts.held} == {
        exact.url: date(2026, 3, 11),
        day_only.url: date(2026, 3, 12),
    }


@pytest.mark.parametrize(
    ("rule", "kinds", "applies"),
    [
        (Rule(signal=SignalKind.FUNDING, do="activity"), (Kind.NEWS,), True),
        (Rule(signal=SignalKind.OUTAGE, do="activity"), (Kind.NEWS,), False),
        (Rule(where=Kind.SOCIAL, do="activity"), (Kind.NEWS,), False),
        (Rule(where=Kind.SOCIAL, do="activity"), (Kind.NEWS, Kind.SOCIAL), True),
        (Rule(do="activity"), (Kind.FORUM,), True),
    ],
)
def test_a_rule_is_about_signals_and_places(world: World, rule: Rule, kinds: tuple[Kind, ...], applies: bool) -> None:
    world.listens(rules=(rule,))
    world.hear(LINZ, kinds=kinds)
    assert heard(world)[0].did == ("activity" if applies else "alert")
    waiting = world.standings.standings.get((ACCOUNT.key, "any"))
    assert ([one.activity.kind for one in waiting.waiting] if waiting else []) == (["mention"] if applies else [])


def test_activities_from_stories_count_in_the_same_sum_and_make_a_lead_at_the_threshold(world: World) -> None:
    world.listens(rules=(Rule(do="activity", kind="reply"),))
    lines = {"any": ProductLine(scores={"reply": 7}, threshold=20)}
    world.config = world.config.model_copy(update={"product_lines": lines})
    titles = ("raises 40 million for Linz", "opens a third warehouse there", "names a new head of logistics")
    stories = [mention(str(number), f"Nordlicht Foods {title}") for number, title in enumerate(titles)]
    world.hear(*stories)
    (event,) = acquired(world)
    made = world.facts.lead(event.lead_id)
    assert (made.owner, made.known().contact) == (REP.email, lead().known().contact)
    assert {activity.summary for activity in made.activities} == {one.title for one in stories}
    assert [one.leads for one in heard(world)] == [(), (), (made.id,)]


def test_a_rule_may_make_a_lead_at_once_but_not_within_the_cool_down(world: World) -> None:
    world.listens(rules=(Rule(signal=SignalKind.FUNDING, do="lead"),))
    other = mention("other", "Nordlicht Foods closes another round of funding")
    assert (world.hear(LINZ), world.hear(other, research_id="look-2")) == (1, 1)
    (event,) = acquired(world)
    assert event.lead_source == "heard of them: funding"
    assert [(one.did, len(one.leads)) for one in heard(world)] == [("lead", 1), ("lead", 0)]
    assert [alert.did for alert in world.alerts.held] == ["lead", "activity"], (
        "within the cool-down it counts, and no lead is claimed"
    )


def test_what_failed_half_way_is_finished_and_nothing_is_done_twice(world: World) -> None:
    world.listens(rules=(Rule(do="lead"),))
    world.bus.down = BusUnavailable("the bus is down")
    with pytest.raises(BusUnavailable):
        world.hear(LINZ)
    assert world.alerts.held == []
    world.bus.down = None
    assert world.hear(LINZ) == 1
    assert (len(acquired(world)), len(world.alerts.held)) == (1, 1)


def test_when_another_look_is_faster_it_is_compared_anew(world: World) -> None:
    world.told.faster = 1
    assert world.hear(LINZ) == 1
    assert len({event.id for event in heard(world)}) == 1
    world.told.faster = 9
    with pytest.raises(StorageUnavailable):
        world.hear(mention("other"), research_id="look-2")


GONE = "gone@seller.example"
PRIYA = "priya@seller.example"


def leaves(world: World) -> None:
    """The account's rep has left the team."""
    held = assignment()
    gone = held.rep.model_copy(update={"email": GONE})
    world.facts.assignments["lead-1"] = held.model_copy(update={"rep": gone})


def with_managers(world: World, *addresses: str) -> None:
    managers = tuple(Manager(name=address.partition("@")[0], email=address) for address in addresses)
    world.config = world.config.model_copy(update={"managers": managers})


def test_an_account_whose_rep_has_left_is_told_to_each_manager_once_and_why(world: World) -> None:
    leaves(world)
    with_managers(world, PRIYA, "omar@seller.example")
    assert [world.hear(LINZ), world.hear(LINZ), world.hear(LINZ, research_id="look-2")] == [1, 0, 0]
    reason = f"{GONE} is not in the team any more"
    assert {(alert.to, alert.instead) for alert in world.alerts.held} == {
        (PRIYA, reason),
        ("omar@seller.example", reason),
    }
    assert len(world.alerts.held) == 2
    (event,) = heard(world)
    assert (event.to, event.managers, event.instead) == (None, (PRIYA, "omar@seller.example"), reason)


def test_where_there_is_no_manager_either_it_is_on_record_and_mails_nobody(world: World) -> None:
    leaves(world)
    with_managers(world)
    assert world.hear(LINZ) == 1
    (event,) = heard(world)
    assert (event.to, event.managers, event.instead, world.alerts.held) == (None, (), None, [])


def test_an_account_that_no_rep_has_yet_is_told_to_the_managers(world: World) -> None:
    del world.facts.assignments["lead-1"]
    world.facts.leads["lead-1"] = lead(customer=True)
    world.hear(LINZ)
    assert [(alert.to, alert.instead) for alert in world.alerts.held] == [(PRIYA, "no rep has the account")]


def test_what_waits_for_a_rep_who_leaves_waits_for_the_managers_after_the_next_look(world: World) -> None:
    world.hear(LINZ)
    (before,) = world.alerts.held
    other = before.model_copy(update={"account_key": "another account"})
    held = world.facts.assignments["lead-1"]
    world.config = world.config.model_copy(update={"reps": (world.config.reps[0],)})
    world.alerts.held.append(other)
    assert [world.hear(LINZ, research_id=f"look-{number}") for number in (2, 3)] == [0, 0]
    handed = before.model_copy(update={"to": PRIYA, "instead": f"{held.rep.email} is not in the team any more"})
    assert world.alerts.held == [other, handed]


def test_a_rep_who_has_become_a_manager_is_told_as_the_owner(world: World) -> None:
    leaves(world)
    with_managers(world, GONE, PRIYA)
    world.hear(LINZ)
    assert [(alert.to, alert.instead) for alert in world.alerts.held] == [(GONE, None)]


def test_so_many_managers_are_told_that_one_look_is_one_transaction(world: World) -> None:
    leaves(world)
    with_managers(world, *(f"manager-{number}@seller.example" for number in range(12)))
    topics = (
        "warehouse",
        "funding",
        "leadership",
        "outage",
        "lawsuit",
        "hiring",
        "recall",
        "merger",
        "launch",
        "strike",
    )
    world.hear(*(mention(topic, f"Nordlicht Foods tells of its {topic} at {topic} place") for topic in topics))
    assert len(world.alerts.held) == 90


@pytest.mark.parametrize("change", [{"customer": False}, {"stage": "Closed lost"}])
def test_an_account_that_has_left_the_list_since_is_told_nothing_of(world: World, change: dict[str, Any]) -> None:
    world.facts.leads["lead-1"] = lead(**change)
    world.facts.assignments["lead-1"] = assignment(cancelled=True)
    assert world.hear(LINZ) == 0
    world.watches.known.clear()
    assert world.hear(LINZ) == 0


def test_a_look_at_an_account_that_was_forgotten_fails(world: World) -> None:
    task = world.look([LINZ], story(LINZ))
    del world.facts.leads[task.lead_id]
    with pytest.raises(LeadNotFound):
        world.hearing.hear(task)
