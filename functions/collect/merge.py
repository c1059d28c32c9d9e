"""One mention for each item, whichever sources found it, and at whatever address."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from collect.links import same_page
from precall.model import AccountFact, Kind, Mention, TextOrigin

_RICHNESS = {TextOrigin.NONE: 0, TextOrigin.SNIPPET: 1, TextOrigin.POST: 2, TextOrigin.ARTICLE: 3}


def merged(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Each item once, newest first, the undated last: of several finds the one with the most text, then with a date.

    Two finds are one item at the same canonical URL, or with the same title at the same outlet on the same day: Google
    News gives its own addresses. The order does not depend on which source answered first.
    """
    by_page = _best(sorted(mentions, key=_newest_first), lambda mention: same_page(mention.url))
    return tuple(sorted(_best(by_page, _headline), key=_newest_first))


def supported(facts: Iterable[AccountFact], mentions: Iterable[Mention]) -> tuple[AccountFact, ...]:
    """The facts, each once, whose value stands in the cited field of one of `mentions`; the others are dropped."""
    known = {mention.id: mention for mention in mentions}
    found = (fact for fact in facts if fact.mention_id in known)
    return tuple(dict.fromkeys(fact for fact in found if fact.value in getattr(known[fact.mention_id], fact.field)))


def _best(mentions: Iterable[Mention], key: Callable[[Mention], str]) -> list[Mention]:
    best: dict[str, Mention] = {}
    for mention in mentions:
        name = key(mention)
        best[name] = _better(best[name], mention) if name in best else mention
    return list(best.values())


def _better(known: Mention, found: Mention) -> Mention:
    """The richer one; what a question about the prospect brought stays that, whatever else brought it too."""
    better = found if _worth(found) > _worth(known) else known
    asked_for = "prospect" if "prospect" in (known.asked_for, found.asked_for) else "market"
    return better if better.asked_for == asked_for else better.model_copy(update={"asked_for": asked_for})


def _headline(mention: Mention) -> str:
    """Threads are items of their own: comments carry the title of their story."""
    if mention.kind == Kind.FORUM or mention.published_at is None:
        return mention.id
    return f"{mention.outlet} {mention.published_at.date()} {mention.title.casefold()}"


def _worth(mention: Mention) -> tuple[int, bool, int]:
    return _RICHNESS[mention.text_origin], mention.published_at is not None, len(mention.text)


def _newest_first(mention: Mention) -> tuple[bool, float, str]:
    moment = mention.published_at
    return moment is None, -moment.timestamp() if moment else 0.0, mention.id
