"""How each host wants to be asked: the one table. Limits are those of the services' documentation and their users'
reports; where nobody says one, a modest one."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from precall.fetch.manners.rate import Rate

MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class Policy:
    """The manners at some hosts.

    `where`: a host, which stands for those below it as well, or the beginning of a path there. `bucket`: under which
    name they share limits and health; "" means each host for itself. `concurrency`: requests at a time in one process.
    `ttl`: seconds for which an answer is good, 0 for none at all. `patience`: most seconds to wait for a turn; 0 is
    the slow lane, where what comes too early is put off to another lead. `pages`: made for people, so robots.txt
    counts; else a documented interface or feed. `backoff`: its JSON answers may ask to wait (Stack Exchange).
    `common`: it is asked the same for every account.
    """

    bucket: str
    where: tuple[str, ...]
    rate: Rate
    concurrency: int = 4
    ttl: int = 10 * MINUTE
    patience: float = 3.0
    pages: bool = False
    backoff: bool = False
    common: bool = False


PAGES = Policy("", (), Rate.at_most(120, MINUTE, burst=20), concurrency=6, pages=True)
"""Every host that is not in the table: the prospect's own site, articles."""

_WIRES = ("www.prnewswire.com/rss", "www.globenewswire.com/rssfeed", "feed.businesswire.com")
_BOARDS = ("boards-api.greenhouse.io", "api.lever.co", "api.eu.lever.co", "api.ashbyhq.com")
_WIKIS = ("wikipedia.org/w/", "wikipedia.org/api/", "www.wikidata.org/w/", "www.wikidata.org/wiki/special:")
_BLUESKY_SESSION = "bsky.social/xrpc/com.atproto.server.createsession"
_ZOHO = ("com", "eu", "in", "com.au", "jp", "sa", "com.cn")
_ZOHO_API = (*(f"zohoapis.{end}" for end in _ZOHO), "zohoapis.ca")
_ZOHO_ACCOUNTS = (*(f"accounts.zoho.{end}" for end in _ZOHO), "accounts.zohocloud.ca")
"""One for each of Zoho's data centres."""

POLICIES = (
    Policy("google_news", ("news.google.com/rss",), Rate.at_most(60, MINUTE, burst=20)),
    Policy("bing_news", ("www.bing.com/news/search",), Rate.at_most(60, MINUTE, burst=20)),
    Policy("gdelt", ("api.gdeltproject.org",), Rate.at_most(1, 5), concurrency=1, patience=5.5),
    Policy("wires", _WIRES, Rate.at_most(20, MINUTE, burst=6), ttl=5 * MINUTE, common=True),
    Policy("sec_files", ("www.sec.gov/files/",), Rate.at_most(2, 1), ttl=DAY, common=True),
    Policy("sec_edgar", ("efts.sec.gov", "data.sec.gov"), Rate.at_most(8, 1, burst=4)),
    Policy("wikimedia", _WIKIS, Rate.at_most(60, MINUTE, burst=20), ttl=DAY),
    Policy("github", ("api.github.com",), Rate.at_most(60, HOUR, burst=20), ttl=HOUR),
    Policy("job_boards", _BOARDS, Rate.at_most(60, MINUTE, burst=10), ttl=HOUR),
    Policy("hacker_news", ("hn.algolia.com/api/",), Rate.at_most(10_000, HOUR, burst=100)),
    Policy("reddit", ("www.reddit.com", "old.reddit.com"), Rate.at_most(1, MINUTE), concurrency=1, patience=0.0),
    Policy("", ("mastodon.social/api/", "mastodon.online/api/"), Rate.at_most(300, 5 * MINUTE, burst=30)),
    Policy("", ("lemmy.world/api/",), Rate.at_most(100, 10 * MINUTE, burst=15)),
    Policy("bluesky", ("public.api.bsky.app", "bsky.social/xrpc/"), Rate.at_most(300, 5 * MINUTE, burst=20)),
    Policy("bluesky_session", (_BLUESKY_SESSION,), Rate.at_most(300, DAY, burst=30), ttl=0),
    Policy("stack_exchange", ("api.stackexchange.com",), Rate.at_most(300, DAY, burst=100), backoff=True),
    Policy("youtube", ("www.youtube.com/feeds/",), Rate.at_most(30, MINUTE, burst=5)),
    Policy("itunes", ("itunes.apple.com",), Rate.at_most(20, MINUTE, burst=8), ttl=HOUR),
    Policy("slack", ("hooks.slack.com", "hooks.slack-gov.com"), Rate.at_most(1, 1, burst=5), ttl=0),
    Policy("teams", ("logic.azure.com", "environment.api.powerplatform.com"), Rate.at_most(4, 1, burst=4), ttl=0),
    Policy("pipedrive", ("api.pipedrive.com",), Rate.at_most(20, 2, burst=10), ttl=0),
    Policy("", ("my.salesforce.com",), Rate.at_most(50, 10, burst=20), ttl=0),
    Policy("hubspot", ("api.hubapi.com",), Rate.at_most(100, 10, burst=50), concurrency=10, ttl=0),
    Policy("close", ("api.close.com",), Rate.at_most(20, 2, burst=10), ttl=0),
    Policy("", _ZOHO_API, Rate.at_most(20, 2, burst=10), ttl=0),
    Policy("", _ZOHO_ACCOUNTS, Rate.at_most(10, 10 * MINUTE, burst=5), ttl=0),
)


def policy_for(url: httpx.URL) -> tuple[str, Policy]:
    """The bucket and the manners of a checked URL: the most specific line of the table, else `PAGES`."""
    place = f"{url.host}{url.path}".lower()
    found = max(
        ((len(where), policy) for policy in POLICIES for where in policy.where if _below(where, url.host, place)),
        key=lambda match: match[0],
        default=(0, PAGES),
    )[1]
    return found.bucket or url.host, found


def _below(where: str, host: str, place: str) -> bool:
    site, slash, path = where.partition("/")
    if host != site and not host.endswith(f".{site}"):
        return False
    return not slash or place[len(host) + 1 :].startswith(path)
