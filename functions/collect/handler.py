"""Lambda's way into the collect step."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from collect.bootstrap import bootstrap
from precall.model import ResearchTask, SourceState
from precall.telemetry import correlate, telemetry

logger, tracer, metrics = telemetry("collect")


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """A research task in, the same task out; what was collected is in S3."""
    task = ResearchTask.model_validate(event)
    correlate(logger, task.correlation_id)
    logger.append_keys(lead_id=task.lead_id, research_id=task.research_id)
    collection = bootstrap().collect(task)
    failed = sum(report.state == SourceState.FAILED for report in collection.reports)
    metrics.add_metric("MentionsCollected", MetricUnit.Count, len(collection.mentions))
    metrics.add_metric("SourcesFailed", MetricUnit.Count, failed)
    logger.info("collected", extra={"mentions": len(collection.mentions), "failed": failed})
    return task.model_dump(mode="json")
