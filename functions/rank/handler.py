"""Lambda: a research task in, the same task out; the ranking goes to S3."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from precall.model import ResearchTask
from precall.telemetry import correlate, telemetry
from rank.bootstrap import bootstrap

logger, tracer, metrics = telemetry("rank")


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Rank the mentions of one research."""
    task = ResearchTask.model_validate(event)
    metrics.add_metric("RankingsAsked", MetricUnit.Count, 1)
    correlate(logger, task.correlation_id)
    logger.append_keys(lead_id=task.lead_id, research_id=task.research_id)
    ranking = bootstrap()(task)
    metrics.add_metric("StoriesRanked", MetricUnit.Count, len(ranking.stories))
    logger.info("ranked", stories=len(ranking.stories), set_aside=ranking.set_aside)
    return task.model_dump(mode="json")
