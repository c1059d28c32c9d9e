"""What is said of the contact as a person and is nobody's business: health, faith, politics, private life.

Such a mention is set aside (GDPR, article 9), whatever it is worth: it is told neither as a story nor in the chatter.
Of the company the same topics stay, marked as sensitive (`rank.sensitive`): those are no personal data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from precall.headlines import headline
from precall.model import Proximity
from rank.proximity import Judged
from rank.sensitive import topic_of

SPECIAL = frozenset({"illness", "religion", "politics", "private life"})
PRIVATE = "about the person's health, faith, politics or private life"


def without_special(judged: Sequence[Judged]) -> list[Judged]:
    """The same, with what is about the contact and such a topic set aside."""
    return [replace(each, closeness=None, reason=PRIVATE) if _is_special(each) else each for each in judged]


def _is_special(each: Judged) -> bool:
    of_contact = each.closeness is not None and each.closeness.proximity is Proximity.CONTACT
    return of_contact and topic_of(headline(each.mention)) in SPECIAL
