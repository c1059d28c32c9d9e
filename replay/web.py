"""The little internet as a whole: what exists at a moment, and who answers for which host."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from replay.corpus import Corpus
from replay.items import Article, HnItem
from replay.message import Answer, Request, not_found
from replay.nodes import All, Everything, Node, Site
from replay.query import Query
from replay.shelf import LIMIT, UNDATED, Shelf, Window, window
from replay.world.dated import World
from replay.world.remarks import Network, Said


@dataclass(frozen=True)
class Web:
    """Everything that can be found as of a moment: the made-up world, and a corpus where given."""

    as_of: datetime
    world: World
    corpus: Corpus | None = None
    news: tuple[Shelf[Article], ...] = field(init=False)
    hn: tuple[Shelf[HnItem], ...] = field(init=False)

    def __post_init__(self) -> None:
        corpora = (self.corpus,) if self.corpus else ()
        object.__setattr__(self, "news", (self.world.news, *(corpus.news for corpus in corpora)))
        object.__setattr__(self, "hn", (self.world.hn, *(corpus.hn for corpus in corpora)))

    def find_news(self, query: Query) -> list[Article]:
        """At most 100 articles: a term in the title first, then the newest."""
        when = window(query, self.as_of)
        found = [
            (titled, published, shelf, number)
            for shelf in self.news
            for titled, published, number in shelf.ranked(query.node, when)
        ]
        found.sort(key=lambda hit: hit[:2], reverse=True)
        return [shelf.item(number) for _, _, shelf, number in found[:LIMIT]]

    def find_hn(self, node: Node, when: Window) -> list[HnItem]:
        """Every story and comment that matches, newest first; all of them for an empty query."""
        found = [shelf.item(number) for shelf in self.hn for number in shelf.matching(node, when)]
        return sorted(found, key=lambda item: item.created, reverse=True)

    def find_chatter(self, network: Network, node: Node | None = None) -> list[Said]:
        """What was said on a network and matches, newest first; all of it without a condition."""
        wanted = All((Site(network), node or Everything()))
        when = Window(UNDATED, int(self.as_of.timestamp()))
        found = map(self.world.chatter.item, self.world.chatter.matching(wanted, when))
        return sorted(found, key=lambda said: said.at, reverse=True)


def build(as_of: datetime | None = None, data: Path | None = None) -> Web:
    """The web as of a moment (default: now); CorpusMissing when ``data`` holds no articles."""
    moment = (as_of or datetime.now(UTC)).astimezone(UTC)
    return Web(moment, World.at(moment), Corpus(data) if data else None)


Handler = Callable[[Request, Web], Answer | None]
_HANDLERS: dict[str, Handler] = {}


def serves(*hosts: str) -> Callable[[Handler], Handler]:
    """Register a handler for hosts: ``api.example``, ``*.example`` for all below it, ``*`` for any.

    A handler that returns None leaves the request to the next less specific one.
    """

    def register(handler: Handler) -> Handler:
        for host in hosts:
            _HANDLERS[host] = handler
        return handler

    return register


def answer(request: Request, web: Web) -> Answer:
    """The answer of the most specific handler for the host; 404 where nobody answers."""
    handlers = known_hosts()
    for pattern in _patterns(request.host):
        handler = handlers.get(pattern)
        given = handler(request, web) if handler else None
        if given is not None:
            return given
    return not_found(f"Replay knows no page {request.host}{request.path}")


@cache
def known_hosts() -> dict[str, Handler]:
    """Every registered handler by host; a module in ``replay.hosts`` is all it takes to add one."""
    from replay import hosts

    for module in pkgutil.iter_modules(hosts.__path__):
        importlib.import_module(f"{hosts.__name__}.{module.name}")
    return _HANDLERS


def _patterns(host: str) -> list[str]:
    labels = host.split(".")
    return [host, *("*." + ".".join(labels[cut:]) for cut in range(1, len(labels))), "*"]
