"""Which names are believed to be the prospect's in which mention: the sure ones, and doubtful ones with clues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from precall.identity import MAX_TEXT, Form, Identity
from precall.model import Kind, Mention
from precall.names import registrable_domain
from rank.namesakes import Clue, clue, likeness, usage
from rank.words import Vector

ROUNDS = 2
"""How often the doubtful mentions are looked at: each time beside those that were believed before."""


def doubting(identity: Identity, mentions: Sequence[Mention]) -> Identity:
    """The identity, with the one-word forms doubtful that these texts use as everyday words."""
    return replace(identity, forms=tuple(replace(f, sure=f.sure and not _is_word(f, mentions)) for f in identity.forms))


def _is_word(form: Form, mentions: Sequence[Mention]) -> bool:
    return form.text.isascii() and len(form.text.split()) == 1 and usage(form, mentions).is_word


def believe(
    identity: Identity, mentions: Sequence[Mention], bags: Sequence[Counter[str]], weights: Sequence[Vector]
) -> list[tuple[Form, ...]]:
    """For each mention the forms that are believed to be the prospect; none where nothing names it for certain."""
    believed = [identity.forms if _is_sure(identity, mention) else () for mention in mentions]
    if not identity.doubtful:
        return believed
    clues = _clues(identity, mentions, bags)
    for _ in range(ROUNDS):
        alike = likeness(weights, [bool(forms) for forms in believed])
        believed = [
            forms or tuple(clue.form for clue in found if clue.convinces(like))
            for forms, found, like in zip(believed, clues, alike, strict=True)
        ]
    return believed


def is_own(identity: Identity, mention: Mention) -> bool:
    """Whether the prospect published the mention itself."""
    return mention.kind in (Kind.FIRST_PARTY, Kind.JOB) or _is_own_page(identity, mention.url)


def _clues(identity: Identity, mentions: Sequence[Mention], bags: Sequence[Counter[str]]) -> list[list[Clue]]:
    prior = {form.text: usage(form, mentions).prior for form in identity.doubtful}
    return [
        [
            found
            for form in identity.doubtful
            if (found := clue(form, mention, words, identity.industry, prior[form.text]))
        ]
        for mention, words in zip(mentions, bags, strict=True)
    ]


def _is_sure(identity: Identity, mention: Mention) -> bool:
    """Whether a sure form, or a doubtful one beside the contact, is anywhere in the mention."""
    whole = f"{mention.title}\n{mention.text[:MAX_TEXT]}"
    if is_own(identity, mention):
        return True
    if any(form.find(whole) for form in identity.sure):
        return True
    return identity.names_contact(whole) and identity.names_account(whole)


def _is_own_page(identity: Identity, url: str) -> bool:
    if not identity.domain:
        return False
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return f".{host}".endswith(f".{registrable_domain(identity.domain.text)}")
