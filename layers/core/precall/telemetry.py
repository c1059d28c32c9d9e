"""Logs, metrics and traces: Powertools', with one correlation id from webhook to mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aws_lambda_powertools import Logger, Metrics, Tracer

from precall.tracing import xray

if TYPE_CHECKING:
    from aws_lambda_powertools.tracing.base import BaseProvider

NAMESPACE = "Precall"


def telemetry(step: str) -> tuple[Logger, Tracer, Metrics]:
    """The logger, tracer and metrics of a step; made at import, they need no environment."""
    # Powertools' way of switching off imports X-Ray's SDK; `xray` sends nothing where there is nobody to send to
    tracer = Tracer(service=step, provider=cast("BaseProvider", xray), auto_patch=False, disabled=False)
    return Logger(service=step), tracer, Metrics(namespace=NAMESPACE, service=step)


def correlate(logger: Logger, correlation_id: str) -> None:
    """What happens from now on is found by `correlation_id`, in the logs and among the traces."""
    logger.set_correlation_id(correlation_id)
    xray.put_annotation("correlation_id", correlation_id)
