"""Lambda's way into the collect step."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import single_metric
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from collect.bootstrap import bootstrap
from precall.errors import BudgetSpent, ResearchRepeated
from precall.model import Collection, ResearchTask, SourceState
from precall.telemetry import NAMESPACE, correlate, telemetry

logger, tracer, metrics = telemetry("collect")


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """A research task in, the same task out; what was collected is in S3, if the day's budget allowed it, and once."""
    task = ResearchTask.model_validate(event)
    correlate(logger, task.correlation_id)
    logger.append_keys(lead_id=task.lead_id, research_id=task.research_id)
    try:
        collection = bootstrap().collect(task)
    except BudgetSpent as error:
        metrics.add_metric("ResearchesBeyondBudget", MetricUnit.Count, 1)
        logger.warning("not collected: %s", error)
        return task.model_copy(update={"beyond_budget": True}).model_dump(mode="json")
    except ResearchRepeated as error:
        metrics.add_metric("ResearchesRepeated", MetricUnit.Count, 1)
        logger.info("not collected: %s", error)
        return task.model_copy(update={"repeated": True}).model_dump(mode="json")
    failed = _by_source(collection)
    metrics.add_metric("MentionsCollected", MetricUnit.Count, len(collection.mentions))
    metrics.add_metric("SourcesFailed", MetricUnit.Count, sum(failed.values()))
    names = [name for name, is_so in failed.items() if is_so]
    logger.info("collected", extra={"mentions": len(collection.mentions), "failed": names})
    return task.model_dump(mode="json")


def _by_source(collection: Collection) -> dict[str, bool]:
    """Which of the sources that were asked failed; each told to CloudWatch, whose average is the share of failures."""
    asked = [report for report in collection.reports if report.state != SourceState.SKIPPED]
    failed = {report.source: report.state == SourceState.FAILED for report in asked}
    for source, is_so in failed.items():
        about = {"service": "collect", "source": source}
        with single_metric("SourceFailed", MetricUnit.Count, int(is_so), namespace=NAMESPACE, default_dimensions=about):
            pass
    return failed
