"""EventBridge brings it every few hours, where Zoho is used: its channel of notifications lives on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config as BotoConfig

from precall.clients import Clients
from precall.clock import Clock, utc_now
from precall.config_store import ConfigStore
from precall.crm.channels import Channels, ChannelState, DynamoChannels
from precall.crm.zoho.channel import channel_of, renew
from precall.crm.zoho.oauth import Tokens
from precall.documents import S3Documents
from precall.errors import PrecallError
from precall.fetch import Door, open_door
from precall.secrets import ZOHO_WEBHOOK, ZOHO_WRITE, Secrets, SsmSecrets
from precall.settings import FetchSettings
from precall.telemetry import telemetry

if TYPE_CHECKING:
    from precall.config import Config

logger, tracer, metrics = telemetry("intake")
_PATIENCE = BotoConfig(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})
ZOHO = "zoho"


class RenewalSettings(FetchSettings):
    """… where the secrets are, and the address at which the API is reached, without a slash at its end."""

    secrets_prefix: str
    public_url: str


@dataclass(frozen=True)
class Renewal:
    """The step with its ports."""

    api: str
    secrets: Secrets
    channels: Channels
    config: Callable[[], Config]
    open_door: Callable[[Config], AbstractAsyncContextManager[Door]]
    clock: Clock

    def renew(self) -> datetime:
        """When the channel ends now; what went wrong is kept for `precall doctor`, and raised. PrecallError."""
        now = self.clock()
        try:
            ends = asyncio.run(self._renewed(now))
        except PrecallError as error:
            before = self.channels.state(ZOHO)
            failed = ChannelState(now, before.ends if before else None, " ".join(str(error).split())[:300])
            self.channels.keep(ZOHO, failed)
            raise
        self.channels.keep(ZOHO, ChannelState(now, ends))
        return ends

    async def _renewed(self, now: datetime) -> datetime:
        channel = channel_of(self.api, self.secrets.all(ZOHO_WEBHOOK)[0])
        async with self.open_door(self.config()) as door:
            return await renew(await Tokens().rest(door, self.secrets.all(ZOHO_WRITE)), channel, now)


@cache
def bootstrap() -> Renewal:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = RenewalSettings.load(os.environ)
    clients = Clients(_PATIENCE)
    documents = S3Documents(clients.client("s3"), settings.bucket_name)
    return Renewal(
        api=settings.public_url,
        secrets=SsmSecrets(settings.secrets_prefix, clients.client("ssm")),
        channels=DynamoChannels(clients.table(settings.table_name)),
        config=ConfigStore(documents).current,
        open_door=lambda config: open_door(settings.stage, settings.replay_origin, config.sender),
        clock=utc_now,
    )


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """A failure is told, and raised: Lambda tries again in a minute, the next schedule in hours."""
    try:
        ends = bootstrap().renew()
    except PrecallError as error:
        metrics.add_metric("ChannelsNotRenewed", MetricUnit.Count, 1)
        logger.error("Zoho's channel was not renewed: %s", error, extra={"error": type(error).__name__})
        raise
    metrics.add_metric("ChannelsRenewed", MetricUnit.Count, 1)
    logger.info("Zoho's channel was renewed", extra={"ends": ends.isoformat()})
