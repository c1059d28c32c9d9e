"""What the pages and listening ask deliver to mail, over a queue: a page answers the same mail or no mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ConfigDict, Field, TypeAdapter

from precall.clock import UtcDatetime
from precall.errors import MailUnavailable
from precall.model._base import Model

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SignInAsked(Model):
    """Somebody typed an address into the sign-in page; `ask` is the request's own id."""

    type: Literal["sign-in"] = "sign-in"
    ask: str
    address: str = Field(max_length=320)
    at: UtcDatetime


class NudgeAsked(Model):
    """A manager wants the rep reminded of a lead's call."""

    type: Literal["nudge"] = "nudge"
    lead_id: str
    by: str
    at: UtcDatetime


class AlertsAsked(Model):
    """The alerts that wait for a rep (an address) may be mailed."""

    type: Literal["alerts"] = "alerts"
    to: str
    at: UtcDatetime


Wish = Annotated[SignInAsked | NudgeAsked | AlertsAsked, Field(discriminator="type")]
WISH: TypeAdapter[Wish] = TypeAdapter(Wish, config=ConfigDict(defer_build=True))


class Post(Protocol):
    """The port."""

    def ask(self, wish: Wish) -> None:
        """The wish is with deliver afterwards; MailUnavailable otherwise."""


class SqsPost:
    """The queue."""

    def __init__(self, client: SQSClient, url: str) -> None:
        self._client = client
        self._url = url

    def ask(self, wish: Wish) -> None:
        """See `Post.ask`."""
        try:
            self._client.send_message(QueueUrl=self._url, MessageBody=wish.model_dump_json())
        except (ClientError, BotoCoreError) as error:
            raise MailUnavailable(f"SQS did not take what deliver is to mail: {error}") from error
