"""AWS's errors: which are worth another try."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, NoCredentialsError, ReadTimeoutError

from precall.aws import error_code, may_pass


def aws(code: str, status: int = 400) -> ClientError:
    answer: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "Anything")


@pytest.mark.parametrize(
    "error",
    [
        aws("ThrottlingException"),
        aws("TooManyRequestsException"),
        aws("ProvisionedThroughputExceededException"),
        aws("Unheard", 500),
        aws("Unheard", 503),
        aws("Unheard", 429),
        ConnectTimeoutError(endpoint_url="https://x"),
        ReadTimeoutError(endpoint_url="https://x"),
    ],
)
def test_throttling_their_failures_and_silence_may_pass(error: Exception) -> None:
    assert may_pass(error)


@pytest.mark.parametrize("error", [aws("AccessDenied", 403), aws("MessageRejected"), ValueError("ours"), None])
def test_a_refusal_does_not_pass(error: Exception | None) -> None:
    assert not may_pass(error)


def test_the_code_is_awss_or_else_the_class() -> None:
    assert error_code(aws("MessageRejected")) == "MessageRejected"
    assert error_code(ReadTimeoutError(endpoint_url="https://x")) == "ReadTimeoutError"


def test_an_answer_without_details_is_understood() -> None:
    bare: Any = {"Error": {"Code": "Odd"}}
    assert not may_pass(ClientError(bare, "Anything"))


def test_missing_credentials_do_not_pass() -> None:
    assert not may_pass(NoCredentialsError())
