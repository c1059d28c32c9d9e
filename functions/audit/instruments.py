"""The step's logger, tracer and metrics, which its two functions share."""

from __future__ import annotations

from precall.telemetry import telemetry

logger, tracer, metrics = telemetry("audit")
