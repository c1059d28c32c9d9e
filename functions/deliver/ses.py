"""SES v2: takes a mail once, or says in one line why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from botocore.config import Config as ClientConfig
from botocore.exceptions import BotoCoreError, ClientError

from deliver.mail import Mail
from precall.aws import error_code, may_pass
from precall.errors import MailRefused, MailUnavailable

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import SendEmailRequestTypeDef

CLIENT_CONFIG = ClientConfig(connect_timeout=2, read_timeout=8, retries={"total_max_attempts": 1})
"""No second try within the client: it would also repeat a request whose answer was lost, and so mail twice."""

LONGEST_MS = 12_000
"""What one request can last, with a margin to record it: none starts that the function's time-out could cut off."""


class Mailer(Protocol):
    """The port."""

    def send(self, mail: Mail) -> str:
        """Send `mail`; its message id. MailRefused for good, MailUnavailable for now."""


class SesMailer:
    """SES v2 SendEmail. `time_left_ms` says how long this invocation may still run."""

    def __init__(self, client: SESV2Client, configuration_set: str | None, time_left_ms: Callable[[], int]) -> None:
        self._client = client
        self._configuration_set = configuration_set
        self._time_left_ms = time_left_ms

    def send(self, mail: Mail) -> str:
        """See `Mailer.send`."""
        if self._time_left_ms() < LONGEST_MS:
            raise MailUnavailable("too little time is left in this invocation to send a mail and record it")
        try:
            return self._client.send_email(**self._request(mail))["MessageId"]
        except (ClientError, BotoCoreError) as error:
            if may_pass(error):
                raise MailUnavailable(f"SES did not take the mail now ({error_code(error)})") from error
            raise MailRefused(f"SES refused the mail ({_reason(error)})") from error

    def _request(self, mail: Mail) -> SendEmailRequestTypeDef:
        request: SendEmailRequestTypeDef = {
            "FromEmailAddress": mail.sender,
            "Destination": {"ToAddresses": [mail.to]},
            "Content": {
                "Simple": {
                    "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
                    "Body": {
                        "Text": {"Data": mail.text, "Charset": "UTF-8"},
                        "Html": {"Data": mail.html, "Charset": "UTF-8"},
                    },
                    "Headers": [{"Name": name, "Value": value} for name, value in mail.headers.items()],
                }
            },
            "EmailTags": [{"Name": name, "Value": value} for name, value in mail.tags.items()],
        }
        if mail.attachments:
            request["Content"]["Simple"]["Attachments"] = [
                {"RawContent": file.content, "ContentType": file.content_type, "FileName": file.name}
                for file in mail.attachments
            ]
        if self._configuration_set:
            request["ConfigurationSetName"] = self._configuration_set
        return request


def _reason(error: ClientError | BotoCoreError) -> str:
    message = error.response["Error"].get("Message", "") if isinstance(error, ClientError) else str(error)
    return f"{error_code(error)}: {message}".rstrip(": ")
