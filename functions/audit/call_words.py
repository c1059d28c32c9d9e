"""What a person reads about a call's rep, its time, when its brief is due, and with whom it is shared."""

from __future__ import annotations

from audit.erasing_words import erased
from audit.listen_words import heard
from precall import events
from precall.clock import for_people

Told = tuple[str, dict[str, str | None]]
"""A title, and facts by name."""

PROVES_NOTHING = "privacy proxies and scanners open and follow too"
_ASKED = {"crm": "the CRM", "operator": "the command line", "invitation": "an invitation"}


def told(event: events.Event, time_zone: str) -> Told:
    """`event` in plain words, with times as read in the IANA `time_zone`; its type where there are none."""
    match event:
        case events.LeadQueued():
            return f"Nobody could be given the lead: it waits in the queue {event.queue}", {"Why": event.reason}
        case events.LeadEscalated():
            return "Nobody took the lead: the managers were told", {"Waited": f"{event.waited_minutes} minutes"}
        case events.ReassignmentAsked():
            return f"The lead is to go to {event.to}", {"Asked_by": _by(event.by)}
        case events.ReassignmentRefused():
            return f"The lead could not be given to {event.to}", {"Why": event.reason}
        case events.LeadReassigned():
            when = for_people(event.call_at, time_zone)
            return f"Given to {event.rep_name} instead", {"Before": event.was, "Why": event.reason, "Call": when}
    return _timed(event, time_zone)


def _timed(event: events.Event, time_zone: str) -> Told:
    match event:
        case events.CallMoved():  # a CRM tells of every call with them, of which the first one ahead counts
            title = "A call is planned" if event.call else "The call was moved"
            return title, {"Call": for_people(event.call_at, time_zone), "By": _by(event.by)}
        case events.CallCancelled():
            return "A planned call was cancelled" if event.call else "The call was cancelled", {"By": _by(event.by)}
        case events.ActivityChanged():
            return "A planned activity changed, and the CRM is asked whose it is", {}
        case events.BriefHeld():
            return "The brief waits for its time", {"Goes_out": for_people(event.send_at, time_zone)}
        case events.ResearchAsked():
            what = "The brief is written anew" if event.only == "brief" else "The sources are asked again"
            return what, {"Why": event.reason}
        case events.BriefDue():
            return f"The brief is due ({event.moment})", {"Call": for_people(event.call_at, time_zone)}
        case events.LeadWaited():
            return f"The lead has waited in the queue {event.queue}", {}
        case events.BriefUpdated():
            return "A short update was sent", {"To": event.to, "New_stories": str(event.stories)}
    return _shared(event, time_zone)


def _shared(event: events.Event, time_zone: str) -> Told:
    match event:
        case events.BriefShared():
            until = for_people(event.until, time_zone)
            return f"{event.by} made a link for a colleague, to read only", {"Works_until": until}
        case events.ShareOpened():
            return f"The link that {event.by} made was opened", {"Unreliable": PROVES_NOTHING}
    return erased(event) or heard(event)


def _by(who: str) -> str:
    return _ASKED.get(who, who)
