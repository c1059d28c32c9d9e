"""Lambda: a research task in, the same task out; the brief goes to S3 as JSON, HTML and plain text."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext

from brief.bootstrap import bootstrap
from precall.model import ResearchTask
from precall.telemetry import telemetry

logger, tracer, metrics = telemetry("brief")


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
@event_parser(model=ResearchTask)
def handler(event: ResearchTask, context: LambdaContext) -> dict[str, Any]:
    """Write the brief of one research."""
    metrics.add_metric("BriefsAsked", MetricUnit.Count, 1)
    logger.set_correlation_id(event.correlation_id)
    logger.append_keys(lead_id=event.lead_id, research_id=event.research_id)
    brief = bootstrap()(event)
    metrics.add_metric("BriefsWritten", MetricUnit.Count, 1)
    metrics.add_metric("BriefsPartial", MetricUnit.Count, int(brief.partial))
    logger.info("written", stories=len(brief.stories), failures=brief.failures)
    return event.model_dump(mode="json")
