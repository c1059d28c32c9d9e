"""The wiring of deliver: the only place where clients and settings are made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from deliver.addresses import DynamoAddresses
from deliver.agenda import Agenda
from deliver.alerts import AlertMails, AlertsMailed
from deliver.channels.webhook import webhooks
from deliver.delivery import Delivery
from deliver.digest import Digest
from deliver.dispatch import Dispatch
from deliver.escalation import Escalation
from deliver.letters import Letters
from deliver.manager_mail import ManagerMail
from deliver.once import IdempotentOnce
from deliver.post import PostOffice
from deliver.relay import Relay
from deliver.returned import Returned
from deliver.ses import CLIENT_CONFIG, SesMailer
from deliver.to_managers import ToManagers
from deliver.updates import Updates
from precall.again import Again
from precall.alert_store import DynamoAlerts
from precall.bus import EventBridgeBus
from precall.calls import DynamoCalls
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.counting import PREP, Counting
from precall.documents import S3Documents
from precall.events import BriefRelayed, BriefSent, BriefUpdated
from precall.facts import DynamoFacts
from precall.links import Links
from precall.readiness import DynamoReadiness
from precall.secrets import LINKS, SsmSecrets
from precall.settings import LinkSettings
from precall.sign_in_links import SignInLinks
from precall.tallies import DynamoTallies

if TYPE_CHECKING:
    from precall.config import Config
    from precall.fetch import Door


class DeliverSettings(LinkSettings):
    """… and the SES configuration set that mails are sent with, if there is one, and the queue of `deliver`."""

    configuration_set: str | None = None
    queue_url: str | None = None


@dataclass(frozen=True)
class Wiring:
    """What deliver does, and the memories that must be told of each invocation."""

    dispatch: Dispatch
    returned: Returned
    post_office: PostOffice
    alerts: AlertMails
    agenda: Agenda
    digest: Digest
    escalation: Escalation
    managers: ToManagers
    memories: tuple[IdempotentOnce[Any], ...]
    again: Again

    def begin(self, context: LambdaContext) -> None:
        """A new invocation, with its own time-out."""
        for memory in self.memories:
            memory.begin(context)


def _door(stage: str, config: Config) -> Door:
    """A chat is never replayed: its door leads outside on the local stack too."""
    from precall.fetch import open_door  # brings httpx, for teams with a chat

    return open_door(stage, None, config.sender)


@cache
def bootstrap() -> Wiring:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = DeliverSettings.load(os.environ)
    clients = Clients()
    table = clients.table(settings.table_name)
    documents = S3Documents(clients.client("s3"), settings.bucket_name)
    config = ConfigStore(documents).current
    secrets = SsmSecrets(settings.secrets_prefix, clients.client("ssm"))
    client = clients.client("dynamodb")
    mails = IdempotentOnce(client, settings.table_name, BriefSent)
    relayed = IdempotentOnce(client, settings.table_name, BriefRelayed)
    told = IdempotentOnce(client, settings.table_name, ManagerMail)
    updated = IdempotentOnce(client, settings.table_name, BriefUpdated)
    links = partial(_links, settings.public_url, secrets)
    shared: dict[str, Any] = {
        "facts": DynamoFacts(table),
        "letters": Letters(documents, config, links),
        "bus": EventBridgeBus(clients.client("events"), settings.bus_name),
        "mailer": SesMailer(clients.client("sesv2", CLIENT_CONFIG), settings.configuration_set, mails.time_left_ms),
        "addresses": DynamoAddresses(table),
        "relay": Relay(webhooks(secrets, partial(_door, settings.stage)), config, relayed, utc_now),
        "clock": utc_now,
    }
    delivery = Delivery(**shared, once=mails)
    updates = Updates(config, links, shared["bus"], shared["mailer"], updated, shared["addresses"], utc_now)
    dispatch = Dispatch(documents, config, shared["bus"], DynamoReadiness(table), delivery, updates, utc_now)
    returned = Returned(**shared, once=told, config=config)
    again = Again(clients.client("sqs", CLIENT_CONFIG), settings.queue_url)
    post_office = PostOffice(
        facts=delivery.facts,
        config=config,
        links=links,
        sign_in_links=lambda: SignInLinks(settings.public_url, secrets.all(LINKS)),
        bus=delivery.bus,
        mailer=delivery.mailer,
        once=told,
        addresses=delivery.addresses,
        clock=utc_now,
    )
    alerted = IdempotentOnce(client, settings.table_name, AlertsMailed)
    alerts = AlertMails(
        DynamoAlerts(table), config, links, delivery.bus, delivery.mailer, alerted, delivery.addresses, utc_now
    )
    agenda = Agenda(DynamoCalls(table), config, links, delivery.mailer, told, delivery.addresses, utc_now)
    calls = DynamoCalls(table)
    counting = Counting(calls, DynamoTallies(table), PREP)
    digest = Digest(calls, counting, config, delivery.mailer, told, delivery.addresses, settings.public_url, utc_now)
    escalation = Escalation(delivery.facts, config, links, delivery.mailer, told, delivery.addresses)
    managers = ToManagers(config, delivery.mailer, told, delivery.addresses)
    memories = (mails, relayed, told, updated, alerted)
    return Wiring(dispatch, returned, post_office, alerts, agenda, digest, escalation, managers, memories, again)


def _links(public_url: str, secrets: SsmSecrets) -> Links:
    return Links(public_url, secrets.all(LINKS))
