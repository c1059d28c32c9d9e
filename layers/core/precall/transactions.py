"""Several writes that hold together or not at all, tried again when somebody was faster."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

TRIES = 12
REFUSED = "ConditionalCheckFailed"
"""Why a write was not made when its own condition forbade it."""
_FIRST_PAUSE = 0.005
_LONGEST_PAUSE = 0.3

Writes = list[dict[str, Any]]


def written(table: Table, writes: Callable[[], Writes | None], what: str) -> bool:
    """Make what `writes` gives, asking anew before each try; False when it gives None (there is nothing to write), or
    when the first write's own condition forbade it. Errors: StorageUnavailable, which names `what`."""
    for attempt in range(TRIES):
        wanted = writes()
        if wanted is None:
            return False
        reasons = _refused(table, wanted, what)
        if reasons is None:
            return True
        if reasons[0] == REFUSED:
            return False
        time.sleep(min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**attempt) * (0.5 + random.random()))  # noqa: S311
    raise StorageUnavailable(f"DynamoDB did not serve {what} in {TRIES} tries")


def _refused(table: Table, writes: Writes, what: str) -> list[str] | None:
    """None when all were made; else why not, one for each."""
    client = table.meta.client
    try:
        client.transact_write_items(TransactItems=writes)  # type: ignore[arg-type]
    except client.exceptions.TransactionCanceledException as error:
        return [str(reason.get("Code")) for reason in error.response["CancellationReasons"]]
    except (ClientError, BotoCoreError) as error:
        raise StorageUnavailable(f"DynamoDB did not serve {what}: {error}") from error
    return None
