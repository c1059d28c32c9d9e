"""The wiring of deliver: the only place where clients and settings are made."""

from __future__ import annotations

import os
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from deliver.addresses import DynamoAddresses
from deliver.channels.chats import chats
from deliver.delivery import Delivery
from deliver.dispatch import Dispatch
from deliver.letters import Letters
from deliver.once import IdempotentOnce
from deliver.relay import Relay
from deliver.ses import CLIENT_CONFIG, SesMailer
from precall.again import Again
from precall.bus import EventBridgeBus
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.events import BriefRelayed, BriefSent
from precall.facts import DynamoFacts
from precall.links import Links
from precall.model._base import Model
from precall.readiness import DynamoReadiness
from precall.secrets import LINKS, SsmSecrets
from precall.settings import LinkSettings

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from deliver.agenda import Agenda
    from deliver.alerts import AlertMails
    from deliver.digest import Digest
    from deliver.escalation import Escalation
    from deliver.outbox import Outbox
    from deliver.post import PostOffice
    from deliver.returned import Returned
    from deliver.to_managers import ToManagers
    from deliver.updates import Updates
    from precall.config import Config
    from precall.fetch import Door

M = TypeVar("M", bound=Model)


class DeliverSettings(LinkSettings):
    """… and the SES configuration set that mails are sent with, if there is one, and the queue of `deliver`."""

    configuration_set: str | None = None
    queue_url: str | None = None


class Wiring:
    """What deliver does. Sending a brief is ready at once; each other part is imported, and made, when it is asked for:
    an invocation needs one of them."""

    def __init__(self, settings: DeliverSettings) -> None:
        clients = Clients()
        self._settings = settings
        self._table = clients.table(settings.table_name)
        self._records = clients.client("dynamodb")
        self._documents = S3Documents(clients.client("s3"), settings.bucket_name)
        self._config = ConfigStore(self._documents).current
        self._secrets = SsmSecrets(settings.secrets_prefix, clients.client("ssm"))
        self._facts = DynamoFacts(self._table)
        self._bus = EventBridgeBus(clients.client("events"), settings.bus_name)
        self._addresses = DynamoAddresses(self._table)
        ses = clients.client("sesv2", CLIENT_CONFIG)
        self._mailer = SesMailer(ses, settings.configuration_set, self._time_left_ms)
        self._letters = Letters(self._documents, self._config, self._links)
        relayed = self._once(BriefRelayed)
        self._relay = Relay(chats(self._secrets, partial(_door, settings.stage)), self._config, relayed, utc_now)
        self.again = Again(clients.client("sqs", CLIENT_CONFIG), settings.queue_url)
        self._context: LambdaContext | None = None

    def begin(self, context: LambdaContext) -> None:
        """A new invocation, with its own time-out."""
        self._context = context

    @cached_property
    def dispatch(self) -> Dispatch:
        """Of briefs."""
        delivery = Delivery(
            facts=self._facts,
            letters=self._letters,
            bus=self._bus,
            mailer=self._mailer,
            once=self._once(BriefSent),
            addresses=self._addresses,
            relay=self._relay,
            clock=utc_now,
        )
        readiness = DynamoReadiness(self._table)
        return Dispatch(self._documents, self._config, self._bus, readiness, delivery, lambda: self._updates, utc_now)

    @cached_property
    def _updates(self) -> Updates:
        from deliver.updates import Updates
        from precall.events import BriefUpdated

        updated = self._once(BriefUpdated)
        return Updates(self._config, self._links, self._bus, self._mailer, updated, self._addresses, utc_now)

    @cached_property
    def returned(self) -> Returned:
        """Of mails that came back."""
        from deliver.returned import Returned

        return Returned(
            facts=self._facts,
            letters=self._letters,
            bus=self._bus,
            addresses=self._addresses,
            relay=self._relay,
            managers=self.managers,
            clock=utc_now,
        )

    @cached_property
    def post_office(self) -> PostOffice:
        """Of mails that the pages ask for."""
        from deliver.post import PostOffice
        from precall.sign_in_links import SignInLinks

        return PostOffice(
            facts=self._facts,
            config=self._config,
            links=self._links,
            sign_in_links=lambda: SignInLinks(self._settings.public_url, self._secrets.all(LINKS)),
            bus=self._bus,
            outbox=self._outbox,
            clock=utc_now,
        )

    @cached_property
    def alerts(self) -> AlertMails:
        """Of new stories."""
        from deliver.alerts import AlertMails, AlertsMailed
        from precall.alert_store import DynamoAlerts

        return AlertMails(
            alerts=DynamoAlerts(self._table),
            config=self._config,
            links=self._links,
            bus=self._bus,
            mailer=self._mailer,
            once=self._once(AlertsMailed),
            addresses=self._addresses,
            clock=utc_now,
        )

    @cached_property
    def agenda(self) -> Agenda:
        """Of reps' days."""
        from deliver.agenda import Agenda
        from precall.calls import DynamoCalls

        return Agenda(DynamoCalls(self._table), self._config, self._links, self._outbox, utc_now)

    @cached_property
    def digest(self) -> Digest:
        """Of managers' figures."""
        from deliver.digest import Digest
        from precall.calls import DynamoCalls
        from precall.counting import PREP, Counting
        from precall.tallies import DynamoTallies

        calls = DynamoCalls(self._table)
        return Digest(
            calls=calls,
            counting=Counting(calls, DynamoTallies(self._table), PREP),
            config=self._config,
            outbox=self._outbox,
            public_url=self._settings.public_url,
            clock=utc_now,
        )

    @cached_property
    def escalation(self) -> Escalation:
        """Of leads that nobody took."""
        from deliver.escalation import Escalation

        return Escalation(self._facts, self._links, self.managers)

    @cached_property
    def managers(self) -> ToManagers:
        """Who are told what a rep cannot mend."""
        from deliver.to_managers import ToManagers

        return ToManagers(self._config, self._outbox)

    @cached_property
    def _outbox(self) -> Outbox:
        from deliver.outbox import Mailed, Outbox

        return Outbox(self._mailer, self._once(Mailed), self._addresses)

    def _once(self, kept: type[M]) -> IdempotentOnce[M]:
        return IdempotentOnce(self._records, self._settings.table_name, kept, self._time_left_ms)

    def _time_left_ms(self) -> int:
        """None before the first invocation."""
        return self._context.get_remaining_time_in_millis() if self._context else 0

    def _links(self) -> Links:
        return Links(self._settings.public_url, self._secrets.all(LINKS))


def _door(stage: str, config: Config) -> Door:
    """A chat is never replayed: its door leads outside on the local stack too."""
    from precall.fetch import open_door  # brings httpx, for teams with a chat

    return open_door(stage, None, config.sender)


@cache
def bootstrap() -> Wiring:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    return Wiring(DeliverSettings.load(os.environ))
