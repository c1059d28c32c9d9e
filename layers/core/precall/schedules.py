"""Moments to come: EventBridge Scheduler puts an event into a queue when its time has come, once.

A schedule has a name of its own, so that setting it twice is setting it once, and setting it anew moves it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.aws import error_code
from precall.clock import Clock
from precall.errors import StorageUnavailable
from precall.events import Event

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient
    from mypy_boto3_scheduler.type_defs import CreateScheduleInputTypeDef, TargetTypeDef

SOONEST = timedelta(seconds=5)
"""A schedule in the past is refused: none is set for an earlier moment than this from now."""


class Schedules(Protocol):
    """The port."""

    def put(self, name: str, moment: datetime, event: Event) -> None:
        """Bring `event` at `moment`; what was set under `name` before is replaced."""

    def cancel(self, name: str) -> None:
        """Bring nothing under `name`; harmless when nothing is set."""


class EventBridgeSchedules:
    """One group of schedules, one role that they act in, one queue that they bring events to. Errors:
    StorageUnavailable."""

    def __init__(
        self, client: EventBridgeSchedulerClient, group: str, role_arn: str, queue_arn: str, clock: Clock
    ) -> None:
        self._client = client
        self._group = group
        self._target: TargetTypeDef = {"Arn": queue_arn, "RoleArn": role_arn}
        self._clock = clock

    def put(self, name: str, moment: datetime, event: Event) -> None:
        """See `Schedules.put`."""
        wanted = self._wanted(name, max(moment, self._clock() + SOONEST), event)
        try:
            self._client.create_schedule(**wanted)
        except self._client.exceptions.ConflictException:
            self._move(wanted)
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"EventBridge Scheduler did not take {name} ({error_code(error)})") from error

    def cancel(self, name: str) -> None:
        """See `Schedules.cancel`."""
        drop(self._client, self._group, name)

    def _move(self, wanted: CreateScheduleInputTypeDef) -> None:
        try:
            self._client.update_schedule(**wanted)
        except self._client.exceptions.ResourceNotFoundException:  # it came in between and is gone
            return
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"EventBridge Scheduler did not move it ({error_code(error)})") from error

    def _wanted(self, name: str, moment: datetime, event: Event) -> CreateScheduleInputTypeDef:
        return {
            "GroupName": self._group,
            "Name": name,
            "ScheduleExpression": at(moment),
            "ScheduleExpressionTimezone": "UTC",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "ActionAfterCompletion": "DELETE",
            "Target": {**self._target, "Input": json.dumps({"detail": event.model_dump(mode="json")})},
        }


def drop(client: EventBridgeSchedulerClient, group: str, name: str) -> bool:
    """Bring nothing under `name`; whether anything was set. StorageUnavailable."""
    try:
        client.delete_schedule(GroupName=group, Name=name)
    except client.exceptions.ResourceNotFoundException:
        return False
    except (ClientError, BotoCoreError) as error:
        raise StorageUnavailable(f"EventBridge Scheduler did not drop {name} ({error_code(error)})") from error
    return True


def at(moment: datetime) -> str:
    """The expression of a moment, in whole seconds of UTC, so that no clock change moves it."""
    return f"at({moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S})"
