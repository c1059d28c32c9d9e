"""Secrets: two are valid while one is rotated, none is ever empty, and AWS's trouble is told from ours."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from precall.errors import InvalidConfiguration, StorageUnavailable
from precall.secrets import LINKS, MAX_AGE, FixedSecrets, SsmSecrets


class Ssm:
    """SSM's client as far as SsmSecrets uses it."""

    def __init__(self, answer: str | Exception) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def get_parameter(self, **asked: Any) -> dict[str, Any]:
        assert asked["WithDecryption"]
        self.asked.append(asked["Name"])
        if isinstance(self.answer, Exception):
            raise self.answer
        return {"Parameter": {"Value": self.answer}}


def secrets(answer: str | Exception) -> SsmSecrets:
    client: Any = Ssm(answer)
    return SsmSecrets("/precall/", client)


def aws(code: str, status: int = 400) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": "m"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "GetParameter")


def test_a_secret_is_read_below_the_prefix() -> None:
    client: Any = Ssm("one")
    assert SsmSecrets("/precall/", client).all(LINKS) == ("one",)
    assert client.asked == ["/precall/links"]


def test_it_is_read_again_after_a_minute() -> None:
    client: Any = Ssm("old")
    now = 0.0
    secrets = SsmSecrets("/precall/", client, lambda: now)
    assert secrets.all(LINKS) == ("old",)
    client.answer, now = "new", MAX_AGE - 1
    assert secrets.all(LINKS) == ("old",)
    now = MAX_AGE
    assert secrets.all(LINKS) == ("new",)
    assert len(client.asked) == 2


def test_one_that_was_never_set_is_asked_for_once_a_minute_where_none_is_needed() -> None:
    client: Any = Ssm(aws("ParameterNotFound"))
    now = 0.0
    secrets = SsmSecrets("/precall/", client, lambda: now)
    assert secrets.optional(LINKS) == secrets.optional(LINKS) == ()
    client.answer, now = "new", MAX_AGE
    assert secrets.optional(LINKS) == ("new",)
    assert len(client.asked) == 2


def test_one_that_may_not_be_read_is_not_one_that_was_never_set() -> None:
    with pytest.raises(InvalidConfiguration, match="cannot be read"):
        secrets(aws("AccessDeniedException")).optional(LINKS)
    with pytest.raises(StorageUnavailable):
        secrets(aws("ThrottlingException")).optional(LINKS)
    assert (FixedSecrets({}).optional(LINKS), FixedSecrets({LINKS: "one"}).optional(LINKS)) == ((), ("one",))


def test_while_rotating_both_are_valid_newest_first() -> None:
    assert secrets("new old").all(LINKS) == ("new", "old")


@pytest.mark.parametrize("answer", [aws("ParameterNotFound"), aws("AccessDeniedException"), " ", ""])
def test_an_unset_or_blank_secret_names_the_fix(answer: str | Exception) -> None:
    with pytest.raises(InvalidConfiguration, match=r"aws ssm put-parameter .*--name /precall/links"):
        secrets(answer).all(LINKS)


@pytest.mark.parametrize(
    "answer",
    [aws("ThrottlingException"), aws("InternalServerError", 500), EndpointConnectionError(endpoint_url="https://ssm")],
)
def test_when_ssm_does_not_answer_another_try_is_worth_it(answer: Exception) -> None:
    with pytest.raises(StorageUnavailable):
        secrets(answer).all(LINKS)


def test_held_secrets_behave_the_same() -> None:
    held = FixedSecrets({"links": "new old", "blank": " "})
    assert held.all("links") == ("new", "old")
    for name in ("blank", "absent"):
        with pytest.raises(InvalidConfiguration, match=name):
            held.all(name)
