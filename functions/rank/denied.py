"""What reps said is not the account: those pages and texts, the namesake that they are about, the outlet in doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from precall.feedback import Denial
from precall.identity import Form, identity_of
from precall.model import AccountProfile, Namesake, Prospect
from rank.copies import headline_key, title_key
from rank.places import LEGAL_FORMS, OTHER_COMPANIES, is_sentence_case
from rank.proximity import CERTAIN, CLEAR, Judged
from rank.sighting import Target

DENIED = "a rep said that it is not about them"
FROM_THERE = "from an outlet of which a rep said that it is about others"
OFTEN = 2
"""Denied stories of one outlet from which its mentions must be certain; after one they must be clear."""
_AFTER = re.compile(r"^(?:\s+[A-Z][\w&-]*)+")
_BEFORE = re.compile(r"(?:[A-Z][\w&-]*\s+)+$")


def without_denied(judged: Sequence[Judged], denials: Sequence[Denial]) -> list[Judged]:
    """The same, what was denied set aside with the reason."""
    pages = {page for denial in denials for page in denial.mention_ids}
    headlines = {key for denial in denials for each in denial.headlines if (key := headline_key(each))}
    outlets = Counter(outlet for denial in denials for outlet in denial.outlets)

    def reason(each: Judged) -> str:
        if each.mention.id in pages or title_key(each.mention) in headlines:
            return DENIED
        needed = (0.0, CLEAR, CERTAIN)[min(OFTEN, outlets[each.mention.outlet])]
        return FROM_THERE if each.about < needed else ""

    reasons = [reason(each) if each.closeness else "" for each in judged]
    return [
        replace(each, closeness=None, reason=said) if said else each for each, said in zip(judged, reasons, strict=True)
    ]


def with_namesakes(profile: AccountProfile, prospect: Prospect, denials: Iterable[Denial]) -> AccountProfile:
    """The profile, with the namesakes to beware of that denied headlines name: "Delta Corp", "Camden Delta"."""
    identity = identity_of(prospect, profile)
    own = Target.of(identity, prospect, profile).own_words
    told = [headline for denial in denials for headline in denial.headlines]
    names = dict.fromkeys(name for text in told for form in identity.forms for name in _longer(form, text, own))
    return profile.model_copy(update={"namesakes": (*profile.namesakes, *(Namesake(name=name) for name in names))})


def _longer(form: Form, headline: str, own: frozenset[str]) -> Iterator[str]:
    """Names in `headline` of which the form is a part; in a Headline Like This only where the next word says so."""
    for match in form.pattern(headline).finditer(headline):
        after, before = _AFTER.search(headline[match.end() :]), _BEFORE.search(headline[: match.start()])
        following = after[0].split() if after else []
        if is_sentence_case(headline):
            name = f"{before[0] if before else ''}{match[0]}{after[0] if after else ''}"
        elif following and following[0].lower() in OTHER_COMPANIES | LEGAL_FORMS:
            name = f"{match[0]} {following[0]}"
        else:
            continue
        if not {word.lower() for word in name.split()} <= own | {form.text.casefold()}:
            yield name
