"""A mail to a rep: what is in it, and whom it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from email.utils import formataddr
from typing import TYPE_CHECKING, NamedTuple

from precall.errors import MailRefused
from precall.model import Assignment, Brief

if TYPE_CHECKING:
    from precall.config import Config

_NOT_IN_A_TAG = re.compile(r"[^A-Za-z0-9_-]")


class Attachment(NamedTuple):
    """A file at a mail: its name, its type with parameters, its content."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """Ready to be sent: `sender` carries a display name, `tags` and `headers` only what SES allows."""

    sender: str
    to: str
    subject: str
    text: str
    html: str
    tags: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


def plain_mail(config: Config, to: str, kind: str, subject: str, text: str, html: str) -> Mail:
    """A mail of a `kind` ("manager", "agenda", …) that is about no single lead. MailRefused as in `mail`."""
    return Mail(
        sender=formataddr((_one_line(config.team), _ascii(config.sender))),
        to=_ascii(to),
        subject=_one_line(subject),
        text=text,
        html=html,
        tags={"kind": _safe(kind)},
        headers={"Auto-Submitted": "auto-generated"},
    )


def mail(
    config: Config,
    assignment: Assignment,
    kind: str,
    subject: str,
    text: str,
    html: str,
    research_id: str,
    correlation_id: str,
) -> Mail:
    """A mail of a `kind` ("brief", "notice") about a research to the lead's rep. MailRefused: an address that SES
    cannot take.

    All mails about a lead share one `References` value, so that a mail client shows them as one conversation.
    """
    lead, research = _safe(assignment.lead_id), _safe(research_id)
    plain = plain_mail(config, assignment.rep.email, kind, subject, text, html)
    return replace(
        plain,
        tags={**plain.tags, "lead": lead, "research": research, "correlation": _safe(correlation_id)},
        headers={**plain.headers, "X-Precall-Lead": lead, "References": f"<{lead}@precall.invalid>"},
    )


def brief_mail(
    config: Config,
    assignment: Assignment,
    brief: Brief,
    text: str,
    html: str,
    correlation_id: str = "",
    attachments: tuple[Attachment, ...] = (),
) -> Mail:
    """The mail that carries a brief in both forms; see `mail`."""
    made = mail(config, assignment, "brief", brief.subject, text, html, brief.research_id, correlation_id)
    return replace(made, attachments=attachments)


def _safe(value: str) -> str:
    """As SES wants tags: 1 to 256 letters, digits, dashes and underscores."""
    return _NOT_IN_A_TAG.sub("_", value)[:256] or "-"


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _ascii(address: str) -> str:
    """SES takes a domain in its ASCII form (IDNA) and no other letters before the @."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise MailRefused(f"SES sends to ASCII addresses only; give another address for {address}") from None
