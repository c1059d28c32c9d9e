"""What an AWS client's error says about trying again."""

from __future__ import annotations

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError, IncompleteReadError

_LATER = frozenset(
    """
    LimitExceededException ProvisionedThroughputExceededException RequestLimitExceeded RequestThrottled SlowDown
    Throttling ThrottlingException ThrottledException TooManyRequestsException TooManyUpdates
    """.split()
)


def error_code(error: BaseException | None) -> str:
    """AWS's code for the error (`MessageRejected`); the name of the class when the answer never came."""
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else type(error).__name__


def may_pass(error: BaseException | None) -> bool:
    """Whether the same request may be served later: throttled, failed at AWS's side (5xx), or never answered."""
    if isinstance(error, ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return status >= 500 or status == 429 or error_code(error) in _LATER
    return isinstance(error, HTTPClientError | ConnectionError | IncompleteReadError)
