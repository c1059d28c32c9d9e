"""Lambda: a research task in, the same task out; the brief goes to S3 as JSON, HTML and plain text."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from brief.bootstrap import bootstrap
from precall.model import ResearchTask
from precall.telemetry import correlate, telemetry

logger, tracer, metrics = telemetry("brief")


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Write the brief of one research."""
    task = ResearchTask.model_validate(event)
    metrics.add_metric("BriefsAsked", MetricUnit.Count, 1)
    correlate(logger, task.correlation_id)
    logger.append_keys(lead_id=task.lead_id, research_id=task.research_id)
    brief = bootstrap()(task)
    metrics.add_metric("BriefsWritten", MetricUnit.Count, 1)
    metrics.add_metric("BriefsPartial", MetricUnit.Count, int(brief.partial))
    logger.info("written", stories=len(brief.stories), failures=brief.failures)
    return task.model_dump(mode="json")
