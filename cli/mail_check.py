"""What `precall doctor` asks SES: may it send, as whom, to whom, and how much a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cli.findings import Finding

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import GetAccountResponseTypeDef

_NEARLY = 0.8
"""The share of the day's mails after which the quota is told."""


def examine_mail(ses: SESV2Client, sender: str | None, receivers: Iterable[str]) -> Iterator[Finding]:
    """The account, the `sender` where settings name one, and whether the `receivers` can be written to."""
    account = ses.get_account()
    if not account.get("SendingEnabled", True):
        yield Finding("bad", "SES has paused this account's sending", "SES console, Account dashboard: see why")
    if sender:
        yield _identity(ses, sender)
    if account.get("ProductionAccessEnabled"):
        yield Finding("good", "SES sends to any address")
    else:
        yield _sandbox(ses, receivers)
    yield from _quota(account)


def is_verified(ses: SESV2Client, address: str) -> bool:
    """Whether SES has verified the address, or its whole domain."""
    return any(_verified(ses, identity) for identity in (address.rsplit("@", 1)[-1], address))


def _verified(ses: SESV2Client, identity: str) -> bool:
    try:
        return bool(ses.get_email_identity(EmailIdentity=identity).get("VerifiedForSendingStatus"))
    except ses.exceptions.NotFoundException:
        return False


def _identity(ses: SESV2Client, sender: str) -> Finding:
    if is_verified(ses, sender):
        return Finding("good", f"SES has verified {sender}")
    domain = sender.rsplit("@", 1)[-1]
    fix = f"`aws sesv2 create-email-identity --email-identity {domain}`, then put its records into your DNS"
    return Finding("bad", f"SES may not send as {sender}", fix)


def _sandbox(ses: SESV2Client, receivers: Iterable[str]) -> Finding:
    strangers = [address for address in dict.fromkeys(receivers) if not is_verified(ses, address)]
    says = "SES is in its sandbox: it only writes to verified addresses, 200 mails a day"
    says += f"; not verified: {', '.join(strangers)}" if strangers else ""
    return Finding("doubtful", says, "verify each rep's address, or ask for production access in the SES console")


def _quota(account: GetAccountResponseTypeDef) -> Iterator[Finding]:
    quota = account.get("SendQuota", {})
    most, sent = quota.get("Max24HourSend", 0), quota.get("SentLast24Hours", 0)
    if most > 0 and sent >= _NEARLY * most:  # -1 means without a limit
        fix = "Service Quotas console: Amazon SES, Sending quota"
        yield Finding("doubtful", f"{sent:.0f} of {most:.0f} mails that SES sends in a day are sent", fix)
