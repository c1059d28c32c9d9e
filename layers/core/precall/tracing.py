"""X-Ray's traces without its SDK, which costs every cold start a sixth of a second: a subsegment is a line of JSON that
Lambda's daemon takes by UDP (https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html).

An invocation is one subsegment, each of its calls of AWS another below it. No text of an error is in them, which may be
about a person. Who is called gets the trace's id from botocore, as the SDK would give it.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.session import Session

_BEGAN = "precall.began"
_PROTOCOL = b'{"format": "json", "version": 1}\n'


@dataclass
class Subsegment:
    """A piece of work, with what it is found by."""

    name: str
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    began: float = field(default_factory=time.time)
    annotations: dict[str, str | float | bool] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def put_annotation(self, key: str, value: str | float | bool) -> None:
        """`key` finds the trace by `value`."""
        self.annotations[key] = value

    def put_metadata(self, key: str, value: object, namespace: str = "default") -> None:
        """Nothing: Powertools puts errors and their texts there."""

    def failed(self, error: BaseException) -> None:
        """The work ended by `error`, of which the class is told."""
        self.more |= {"fault": True, "cause": {"exceptions": [{"id": secrets.token_hex(8), "type": _class(error)}]}}


class XRay:
    """A provider for Powertools' Tracer. Without a daemon, or where the trace is not sampled, nothing is sent."""

    def __init__(self) -> None:
        self._current: Subsegment | None = None
        self._socket: socket.socket | None = None

    @contextmanager
    def in_subsegment(self, name: str, **_: object) -> Iterator[Subsegment]:
        """The block is one invocation."""
        self._current = invocation = Subsegment(name)
        try:
            yield invocation
        except BaseException as error:
            invocation.failed(error)
            raise
        finally:
            self._current = None
            self._send(invocation, _header().get("Parent"))

    def put_annotation(self, key: str, value: str | float | bool) -> None:
        """See `Subsegment.put_annotation`; of the invocation that is going on."""
        if self._current:
            self._current.put_annotation(key, value)

    def watch(self, session: Session) -> None:
        """Every call of AWS by clients of `session` is a subsegment of the invocation."""
        register: Callable[[str, Callable[..., None]], None] = session.register
        register("before-call", lambda context, **_: context.update({_BEGAN: time.time()}))
        register("after-call", self._called)
        register("after-call-error", self._not_called)

    def _called(
        self, http_response: Any, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any
    ) -> None:
        call = _call(model.service_model.service_id, context)
        call.more["aws"] = {
            "operation": model.name,
            "request_id": parsed.get("ResponseMetadata", {}).get("RequestId"),
            "retries": parsed.get("ResponseMetadata", {}).get("RetryAttempts", 0),
        }
        call.more["http"] = {"response": {"status": http_response.status_code}}
        call.more |= {"error": 400 <= http_response.status_code < 500, "fault": http_response.status_code >= 500}
        self._send(call, self._current.id if self._current else None)

    def _not_called(self, exception: BaseException, context: dict[str, Any], **_: Any) -> None:
        call = _call("AWS", context)
        call.failed(exception)
        self._send(call, self._current.id if self._current else None)

    def _send(self, done: Subsegment, parent: str | None) -> None:
        daemon, header = os.environ.get("AWS_XRAY_DAEMON_ADDRESS", ""), _header()
        if not daemon or not parent or header.get("Sampled") != "1":
            return
        document = {
            "name": done.name, "id": done.id, "type": "subsegment", "trace_id": header.get("Root"),
            "parent_id": parent, "start_time": done.began, "end_time": time.time(),
            "annotations": done.annotations, **done.more,
        }  # fmt: skip
        host, _, port = daemon.rpartition(":")
        try:
            self._socket = self._socket or socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._socket.sendto(_PROTOCOL + json.dumps(document).encode(), (host, int(port)))
        except (OSError, ValueError):
            return  # work goes on without its trace


def _header() -> dict[str, str]:
    """`Root=1-…;Parent=…;Sampled=1`, which Lambda sets for each invocation."""
    parts = (part.partition("=") for part in os.environ.get("_X_AMZN_TRACE_ID", "").split(";"))
    return {name: value for name, _, value in parts}


def _call(name: str, context: dict[str, Any]) -> Subsegment:
    return Subsegment(name, began=context.get(_BEGAN, time.time()), more={"namespace": "aws"})


def _class(error: BaseException) -> str:
    return type(error).__name__


xray = XRay()
"""A process has one invocation at a time, and its threads work for that."""
