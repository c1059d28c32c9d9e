"""What SES is asked, and what each of its refusals means."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from botocore.stub import Stubber

from deliver.mail import Mail
from deliver.ses import CLIENT_CONFIG, LONGEST_MS, SesMailer
from precall.errors import MailRefused, MailUnavailable

MAIL = Mail("Team <a@x.example>", "b@y.example", "Sübject", "text", "<p>", {"lead": "l"}, {"X-Precall-Lead": "l"})
CLIENT = boto3.client("sesv2", "eu-central-1", aws_access_key_id="x", aws_secret_access_key="x", config=CLIENT_CONFIG)


@pytest.fixture
def ses() -> Iterator[Stubber]:
    with Stubber(CLIENT) as stub:
        yield stub


def mailer(configuration_set: str | None = None, time_left_ms: int = LONGEST_MS) -> SesMailer:
    return SesMailer(CLIENT, configuration_set, lambda: time_left_ms)


def test_the_request_has_both_bodies_tags_headers_and_the_configuration_set(ses: Stubber) -> None:
    utf8 = {"Charset": "UTF-8"}
    ses.add_response(
        "send_email",
        {"MessageId": "m-1"},
        {
            "FromEmailAddress": "Team <a@x.example>",
            "Destination": {"ToAddresses": ["b@y.example"]},
            "Content": {
                "Simple": {
                    "Subject": {"Data": "Sübject", **utf8},
                    "Body": {"Text": {"Data": "text", **utf8}, "Html": {"Data": "<p>", **utf8}},
                    "Headers": [{"Name": "X-Precall-Lead", "Value": "l"}],
                }
            },
            "EmailTags": [{"Name": "lead", "Value": "l"}],
            "ConfigurationSetName": "precall",
        },
    )
    assert mailer("precall").send(MAIL) == "m-1"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("TooManyRequestsException", 429),
        ("LimitExceededException", 400),
        ("ThrottlingException", 400),
        ("InternalServiceErrorException", 500),
        ("ServiceUnavailable", 503),
    ],
)
def test_throttling_and_failures_at_ses_are_tried_again(ses: Stubber, code: str, status: int) -> None:
    ses.add_client_error("send_email", code, "later", status)
    with pytest.raises(MailUnavailable, match=code):
        mailer().send(MAIL)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("MessageRejected", "Email address is not verified."),
        ("MailFromDomainNotVerifiedException", "the MAIL FROM domain is not verified"),
        ("AccountSuspendedException", "the account is suspended"),
        ("SendingPausedException", "sending is paused"),
        ("BadRequestException", "Invalid address"),
        ("AccessDeniedException", "not authorised to perform ses:SendEmail"),
    ],
)
def test_a_refusal_is_final_and_says_why(ses: Stubber, code: str, message: str) -> None:
    ses.add_client_error("send_email", code, message, 400)
    with pytest.raises(MailRefused, match=message):
        mailer().send(MAIL)


@pytest.mark.parametrize("error", [ConnectTimeoutError, ReadTimeoutError])
def test_no_answer_is_tried_again(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def no_answer(**_: object) -> None:
        raise error(endpoint_url="https://ses")  # type: ignore[call-arg]

    monkeypatch.setattr(CLIENT, "send_email", no_answer)
    with pytest.raises(MailUnavailable, match=error.__name__):
        mailer().send(MAIL)


def test_a_mail_is_not_begun_that_the_functions_time_out_could_cut_off(ses: Stubber) -> None:
    with pytest.raises(MailUnavailable, match="too little time"):
        mailer(time_left_ms=LONGEST_MS - 1).send(MAIL)
    ses.assert_no_pending_responses()


def test_a_lost_answer_is_not_asked_for_again_by_the_client_itself() -> None:
    asked: list[object] = []

    def lost(request: object, **_: object) -> None:
        asked.append(request)
        raise ReadTimeoutError(endpoint_url="https://ses")

    CLIENT.meta.events.register_first("before-send.sesv2.SendEmail", lost)
    try:
        with pytest.raises(MailUnavailable):
            mailer().send(MAIL)
    finally:
        CLIENT.meta.events.unregister("before-send.sesv2.SendEmail", lost)
    assert len(asked) == 1  # a second request could be a second mail


def test_one_request_ends_well_within_the_time_that_is_kept_for_it() -> None:
    asked = vars(CLIENT.meta.config)["_user_provided_options"]
    assert (asked["connect_timeout"] + asked["read_timeout"]) * 1000 < LONGEST_MS
