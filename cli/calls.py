"""`precall assign | call`: another rep for a lead, another time for its call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import uuid4

import typer

from cli import trail
from cli.deployment import Local
from cli.home import Home, Problem
from cli.show import console
from precall.bus import EventBridgeBus
from precall.clock import utc_now
from precall.events import CallCancelled, CallMoved, ReassignmentAsked


@dataclass(frozen=True)
class Calls:
    """Asks the deployed stack; what comes of it shows in the lead's trail."""

    local: Local

    def assign(self, lead_id: str, rep: str) -> None:
        """Ask that `rep` (an address, or the CRM's id of an owner) gets the lead. Problem: no such lead."""
        self._bus.publish(ReassignmentAsked(**self._about(lead_id), to=rep, ask=str(uuid4())))

    def move(self, lead_id: str, call_at: datetime) -> None:
        """Say that the call is at `call_at`. Problem: no such lead."""
        self._bus.publish(CallMoved(**self._about(lead_id), call_at=call_at, change=str(uuid4())))

    def cancel(self, lead_id: str) -> None:
        """Say that there will be no call. Problem: no such lead."""
        self._bus.publish(CallCancelled(**self._about(lead_id), change=str(uuid4())))

    @property
    def _bus(self) -> EventBridgeBus:
        return EventBridgeBus(self.local.client("events"), self.local.outputs()["BusName"])

    def _about(self, lead_id: str) -> dict[str, Any]:
        page = trail.fetch(self.local, lead_id)
        if page is None or not page["events"]:
            raise Problem(f"there is no lead {lead_id}; `precall lead …` prints the id of the lead that it sends")
        correlation_id = page["events"][0]["correlation_id"]
        return {"lead_id": lead_id, "correlation_id": correlation_id, "at": utc_now(), "by": "operator"}


LeadId = Annotated[str, typer.Argument(help="The lead's id.")]


def assign(lead: LeadId, rep: Annotated[str, typer.Argument(help="An address, or the CRM's id of an owner.")]) -> None:
    """Give a lead to another rep; its brief and its schedule go along."""
    Calls(Local(Home.at())).assign(lead, rep)
    console.print(f"Asked. What comes of it: precall show {lead} --trail", highlight=False, soft_wrap=True)


def call(
    lead: LeadId,
    at: Annotated[str | None, typer.Option(help="When it is now (ISO 8601 with a time zone).")] = None,
    cancel: Annotated[bool, typer.Option("--cancel", help="There will be no call.")] = False,
) -> None:
    """Move or cancel a lead's call; its brief is scheduled anew."""
    if (at is None) != cancel:
        raise Problem("say either --at with the call's new time, or --cancel")
    calls = Calls(Local(Home.at()))
    if at is None:
        calls.cancel(lead)
    else:
        calls.move(lead, _moment(at))
    console.print(f"Said. What comes of it: precall show {lead} --trail", highlight=False, soft_wrap=True)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Problem(f"{text!r} is no time with a zone; write for example 2026-03-12T14:00+01:00")
    return moment
