"""Whether a CRM goes on sending its webhooks, where that ends unless it is renewed."""

from __future__ import annotations

from collections.abc import Iterator

from cli.deployment import Deployment
from cli.findings import Finding
from precall.clock import utc_now
from precall.crm.channels import DynamoChannels


def zoho_channel(deployment: Deployment) -> Iterator[Finding]:
    """Whether Zoho's notifications come, where Precall is to keep them coming."""
    if deployment.parameters().get("ZohoChannel") != "yes":
        return
    state, now = DynamoChannels(deployment.table()).state("zoho"), utc_now()
    again = "`aws lambda invoke` ZohoChannelFunction, which otherwise comes every six hours"
    if state is None:
        yield Finding("doubtful", "Zoho's channel was not opened yet", again)
    elif state.ends is None or state.ends <= now:
        yield Finding("bad", "Zoho's channel is closed, no lead comes in", state.failure or again)
    elif state.failure:
        yield Finding("doubtful", f"Zoho's channel ends at {state.ends:%Y-%m-%d %H:%M} UTC", state.failure)
    else:
        yield Finding("good", f"Zoho's channel is open until {state.ends:%Y-%m-%d %H:%M} UTC, and is renewed before")
