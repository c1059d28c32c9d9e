"""Logs, metrics and traces: Powertools', with one correlation id from webhook to mail."""

from __future__ import annotations

from aws_lambda_powertools import Logger, Metrics, Tracer

NAMESPACE = "Precall"


def telemetry(step: str) -> tuple[Logger, Tracer, Metrics]:
    """The logger, tracer and metrics of a step; made at import, they need no environment."""
    return Logger(service=step), Tracer(service=step), Metrics(namespace=NAMESPACE, service=step)
