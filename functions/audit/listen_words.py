"""What a person reads about an account that is listened to."""

from __future__ import annotations

from precall import events

_DID = {"activity": "it counts as an activity", "lead": "it is worth a lead, where none was made lately"}


def heard(event: events.Event) -> tuple[str, dict[str, str | None]]:
    """A title, and facts by name; the event's type where there are no words for it."""
    match event:
        case events.LookAsked():
            return "The account is asked about again", {"Why": event.because}
        case events.LookFailed():
            return "The look at the account failed", {"While": event.step, "Why": event.error}
        case events.StoryHeard():
            whom = event.to or ", ".join(event.managers) or "nobody in the team"
            facts = {"About": event.signal, "Score": f"{event.score:.2f}", "For": whom, "As": event.instead}
            leads = ", ".join(event.leads) or None
            return "A new story was heard", {**facts, "By_rule": _DID.get(event.did), "Leads": leads}
        case events.StoryAlerted():
            title = "A manager was told of a new story" if event.instead else "The rep was told of a new story"
            return title, {"To": event.to, "As": event.instead, "Mail": event.message_id}
    return event.type, {}
