"""The wiring of audit's pages: where their clients and settings are made."""

from __future__ import annotations

import os
from functools import cache

from audit.access import Access
from audit.acting import Acting
from audit.brief_page import BriefPage
from audit.dossier import Dossiers
from audit.engagement import EngagementPages
from audit.managing import Managing
from audit.marks import MarksPage
from audit.pages import Pages
from audit.sessions import DynamoSessions
from audit.sharing import Sharing
from audit.sign_in import SignIn
from audit.voting import Voting
from precall.bus import EventBridgeBus
from precall.calls import DynamoCalls
from precall.clients import Clients
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.counting import PREP, Counting
from precall.documents import S3Documents
from precall.engaged import ENGAGED
from precall.facts import DynamoFacts
from precall.feedback_store import DynamoFeedback
from precall.links import Links
from precall.post import SqsPost
from precall.ratings import DynamoRatings
from precall.secrets import LINKS, SsmSecrets
from precall.settings import PublishingSettings, StorageSettings
from precall.share_links import ShareLinks
from precall.sign_in_links import SignInLinks
from precall.tallies import DynamoTallies
from precall.touches import DynamoTouchBook


class PagesSettings(PublishingSettings):
    """… and where the secret is that links are signed with."""

    secrets_prefix: str
    post_url: str


@cache
def pages() -> Pages:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = PagesSettings.load(os.environ)
    documents, facts = _storage(settings)
    table = _clients().table(settings.table_name)
    dossiers = Dossiers(documents, DynamoFeedback(table), DynamoRatings(table))
    return Pages(_access(settings, facts), facts, dossiers, utc_now)


@cache
def brief_page() -> BriefPage:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = PagesSettings.load(os.environ)
    documents, facts = _storage(settings)
    access, config = _access(settings, facts), ConfigStore(documents).current
    bus = EventBridgeBus(_clients().client("events"), settings.bus_name)
    table = _clients().table(settings.table_name)
    voting = Voting(documents, DynamoFeedback(table), DynamoRatings(table), config, utc_now)
    return BriefPage(access, facts, documents, bus, voting, Sharing(bus, access.shares, utc_now), utc_now)


@cache
def sign_in() -> SignIn:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = PagesSettings.load(os.environ)
    documents, _ = _storage(settings)
    secrets = SsmSecrets(settings.secrets_prefix, _clients().client("ssm"))
    # links are only checked here: deliver makes and mails them
    return SignIn(
        config=ConfigStore(documents).current,
        sessions=DynamoSessions(_clients().table(settings.table_name)),
        links=lambda: SignInLinks("", secrets.all(LINKS)),
        post=SqsPost(_clients().client("sqs"), settings.post_url),
        clock=utc_now,
    )


@cache
def managing() -> Managing:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = PagesSettings.load(os.environ)
    documents, _ = _storage(settings)
    table = _clients().table(settings.table_name)
    calls = DynamoCalls(table)
    return Managing(calls, Counting(calls, DynamoTallies(table), PREP), ConfigStore(documents).current, utc_now)


@cache
def acting() -> Acting:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = PagesSettings.load(os.environ)
    documents, facts = _storage(settings)
    bus = EventBridgeBus(_clients().client("events"), settings.bus_name)
    post = SqsPost(_clients().client("sqs"), settings.post_url)
    return Acting(facts, bus, post, ConfigStore(documents).current, utc_now)


@cache
def engagement() -> EngagementPages:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = PagesSettings.load(os.environ)
    documents, _ = _storage(settings)
    table = _clients().table(settings.table_name)
    counting = Counting(DynamoCalls(table), DynamoTallies(table), ENGAGED)
    return EngagementPages(counting, DynamoTouchBook(table), ConfigStore(documents).current, utc_now)


@cache
def marks() -> MarksPage:
    """Built once per process; InvalidConfiguration names what is missing from the environment."""
    settings = PagesSettings.load(os.environ)
    documents, facts = _storage(settings)
    feedback = DynamoFeedback(_clients().table(settings.table_name))
    return MarksPage(facts, feedback, ConfigStore(documents).current, utc_now)


def _access(settings: PagesSettings, facts: DynamoFacts) -> Access:
    """Links are only checked here, or made to where the reader is: where the API is does not matter."""
    secrets = SsmSecrets(settings.secrets_prefix, _clients().client("ssm"))
    return Access(facts, lambda: Links("", secrets.all(LINKS)), lambda: ShareLinks(secrets.all(LINKS)))


def _storage(settings: StorageSettings) -> tuple[S3Documents, DynamoFacts]:
    table = _clients().table(settings.table_name)
    return S3Documents(_clients().client("s3"), settings.bucket_name), DynamoFacts(table)


@cache
def _clients() -> Clients:
    return Clients()
