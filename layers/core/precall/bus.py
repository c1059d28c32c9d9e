"""The event bus: every step tells there what it has done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.abreast import abreast
from precall.errors import BusUnavailable
from precall.events import Event

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

SOURCE = "precall"
_BATCH = 10  # PutEvents takes at most ten entries


class Bus(Protocol):
    """The port: publishes events."""

    def publish(self, *events: Event) -> None:
        """All of `events` are on the bus afterwards, or BusUnavailable is raised."""


class EventBridgeBus:
    """EventBridge. After a failure some events may be out: publishing again is harmless (see `Event.id`)."""

    def __init__(self, client: EventBridgeClient, name: str) -> None:
        self._client = client
        self._name = name

    def publish(self, *events: Event) -> None:
        """See `Bus.publish`."""
        abreast(self._put, [events[start : start + _BATCH] for start in range(0, len(events), _BATCH)])

    def _put(self, events: tuple[Event, ...]) -> None:
        try:
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._name,
                        "Source": SOURCE,
                        "DetailType": event.type,
                        "Detail": event.model_dump_json(),
                        "Time": event.at,
                    }
                    for event in events
                ]
            )
        except (ClientError, BotoCoreError) as error:
            raise BusUnavailable(f"EventBridge did not take {events[0].type}: {error}") from error
        if answer["FailedEntryCount"]:
            reasons = {entry["ErrorMessage"] for entry in answer["Entries"] if "ErrorMessage" in entry}
            raise BusUnavailable(f"EventBridge refused {answer['FailedEntryCount']} events: {'; '.join(reasons)}")
