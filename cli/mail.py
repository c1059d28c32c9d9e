"""What the local stack's SES has sent, as files that a mail program opens."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import httpx

from cli.deployment import Local


def sent(local: Local) -> list[dict[str, Any]]:
    """The mails, oldest first: MessageId, Source, To, Subject, BodyText, BodyHtml, Timestamp (s)."""
    answer = httpx.get(f"{local.endpoint}/_ministack/ses/messages", timeout=10, trust_env=False)
    return [mail for account in answer.json()["messages"].values() for mail in account]


def with_id(local: Local, message_id: str) -> dict[str, Any] | None:
    """The mail that SES gave this id, if it was sent from here."""
    return next((mail for mail in sent(local) if mail["MessageId"] == message_id), None)


def as_eml(mail: dict[str, Any]) -> bytes:
    """The mail in the Internet Message Format (RFC 5322), text and HTML as alternatives."""
    message = EmailMessage()
    message["From"] = mail["Source"]
    message["To"] = ", ".join(mail["To"])
    message["Subject"] = mail["Subject"]
    message["Date"] = format_datetime(datetime.fromtimestamp(mail["Timestamp"], UTC))
    message["Message-ID"] = f"<{mail['MessageId']}@email.amazonses.com>"
    message.set_content(mail["BodyText"])
    message.add_alternative(mail["BodyHtml"], subtype="html")
    return message.as_bytes()
