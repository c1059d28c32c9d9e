"""The sources in `precall.yaml`: which are asked, and for how long."""

from __future__ import annotations

from pydantic import Field

from precall.model._base import Model


class SourceSwitch(Model):
    """One source: whether it is asked, and its deadline in seconds."""

    on: bool = True
    deadline: float = Field(default=8.0, gt=0, le=60)


class MastodonSwitch(SourceSwitch):
    """`instances` are the hosts whose public timelines and search are asked."""

    instances: tuple[str, ...] = Field(default=("mastodon.social",), max_length=5)


class LemmySwitch(SourceSwitch):
    """`instances` are the hosts whose search is asked."""

    instances: tuple[str, ...] = Field(default=("lemmy.world",), max_length=5)


class StackExchangeSwitch(SourceSwitch):
    """`sites` are those of the network, as its API names them."""

    sites: tuple[str, ...] = Field(default=("stackoverflow", "serverfault"), max_length=5)


class GdeltSwitch(SourceSwitch):
    """`sentences` also asks for the sentences that name the prospect, which GDELT allows 5 s after the articles only:
    such a brief takes that much longer."""

    sentences: bool = False


class WiresSwitch(SourceSwitch):
    """`feeds` are press-release wires; what names the prospect is taken from them."""

    feeds: tuple[str, ...] = Field(
        default=(
            "https://www.prnewswire.com/rss/news-releases-list.rss",
            "https://www.globenewswire.com/RssFeed/orgclass/1/feedTitle/GlobeNewswire%20-%20News%20about%20Public%20Companies",
            "https://feed.businesswire.com/rss/home/?rss=G1QFDERJXkJeEFpRWw==",
        ),
        max_length=20,
    )


class Sources(Model):
    """The sources, by name, in the order in which a brief lists them."""

    site: SourceSwitch = Field(default_factory=SourceSwitch)
    wikipedia: SourceSwitch = Field(default_factory=SourceSwitch)
    google_news: SourceSwitch = Field(default_factory=SourceSwitch)
    bing_news: SourceSwitch = Field(default_factory=SourceSwitch)
    gdelt: GdeltSwitch = Field(default_factory=GdeltSwitch)
    wires: WiresSwitch = Field(default_factory=WiresSwitch)
    sec_edgar: SourceSwitch = Field(default_factory=SourceSwitch)
    job_boards: SourceSwitch = Field(default_factory=SourceSwitch)
    github: SourceSwitch = Field(default_factory=SourceSwitch)
    hacker_news: SourceSwitch = Field(default_factory=SourceSwitch)
    reddit: SourceSwitch = Field(default_factory=SourceSwitch)
    mastodon: MastodonSwitch = Field(default_factory=MastodonSwitch)
    lemmy: LemmySwitch = Field(default_factory=LemmySwitch)
    bluesky: SourceSwitch = Field(default_factory=SourceSwitch)
    stack_exchange: StackExchangeSwitch = Field(default_factory=StackExchangeSwitch)
    youtube: SourceSwitch = Field(default_factory=SourceSwitch)
    podcasts: SourceSwitch = Field(default_factory=SourceSwitch)
    app_store: SourceSwitch = Field(default_factory=SourceSwitch)
    market_news: SourceSwitch = Field(default_factory=lambda: SourceSwitch(deadline=6))


class Collecting(Model):
    """How long a research asks, in seconds: `deadline` for all sources together, `identity` until the sources that
    need to know who the account is are asked with what is known, `reading` for the pages of articles at the end (0:
    none is read). What was found out about an account is believed for `refresh_days`."""

    deadline: float = Field(default=12.0, gt=0, le=30)
    identity: float = Field(default=3.0, ge=0, le=10)
    reading: float = Field(default=3.0, ge=0, le=10)
    refresh_days: int = Field(default=7, ge=0, le=365)
