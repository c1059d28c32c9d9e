"""What is found in mentions before anything is decided: where they name the prospect, and what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from precall.identity import Identity, identity_of
from precall.model import AccountProfile, Mention, Prospect
from rank.belief import is_certain
from rank.evidence import Evidence, evidence
from rank.meaning import Embed, Meanings, meanings
from rank.sentiment import ModelUnavailable
from rank.sighting import Sighting, Target, doubting, read, usage


@dataclass(frozen=True)
class Findings:
    """By the number of the mention: how it was read, its features, and whether it is certainly about the prospect.

    `told` are the numbers of those that name the prospect or are its own, `meanings` theirs, in that order; None when
    there is no encoder; `by_names` when there was to be one.
    """

    identity: Identity
    readings: Sequence[Sighting | None]
    evidence: dict[int, Evidence]
    certain: frozenset[int]
    told: Sequence[int]
    meanings: Meanings | None
    by_names: bool = False


def find(
    prospect: Prospect, mentions: Sequence[Mention], profile: AccountProfile, embed: Embed | None = None
) -> Findings:
    """The findings in `mentions`, oldest first; an encoder that is not available costs its features alone."""
    identity = doubting(identity_of(prospect, profile), mentions)
    target, everyday = Target.of(identity, prospect, profile), usage(identity.forms, mentions)
    readings = [read(target, mention) for mention in mentions]
    certain = frozenset(i for i, mention in enumerate(mentions) if is_certain(identity, mention))
    told = [i for i, reading in enumerate(readings) if reading or i in certain]
    meant = _meanings(prospect, profile, [mentions[i] for i in told], embed)
    features = meant.features if meant else [{} for _ in told]
    found = {
        i: evidence(reading, identity.industry, everyday) | extra
        for i, extra in zip(told, features, strict=True)
        if (reading := readings[i])
    }
    return Findings(identity, readings, found, certain, told, meant, embed is not None and bool(told) and meant is None)


def _meanings(
    prospect: Prospect, profile: AccountProfile, mentions: Sequence[Mention], embed: Embed | None
) -> Meanings | None:
    if embed is None or not mentions:
        return None
    try:
        return meanings(prospect, profile, mentions, embed)
    except ModelUnavailable:
        return None
