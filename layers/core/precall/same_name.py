"""Whether a name that was found out is a name of an account at all."""

from __future__ import annotations

from precall.common_words import DESCRIPTORS
from precall.model.lead import Account
from precall.names import short_name
from precall.naming import given_names, site_label, words

_JOINTS = frozenset({"the", "and", "of"})


def is_name_of(name: str, account: Account) -> bool:
    """Whether `name` may be another name of `account`: it shares its words, its domain or its initials.

    One name holds all words of the other (legal forms and descriptors aside), or is the domain without its ending.
    """
    letters, own = "".join(words(short_name(name))), _core(name)
    label = "".join(words(site_label(account.domain)))
    if letters and label and (letters == label or (min(len(letters), len(label)) > 3 and _overlap(letters, label))):
        return True
    for known in given_names(account):
        theirs = _core(known)
        if own and theirs and (own <= theirs or theirs <= own):
            return True
        if len(letters) > 1 and letters == "".join(word[0] for word in words(known)):
            return True
    return False


def _core(name: str) -> set[str]:
    kept = [word for word in words(short_name(name)) if word not in DESCRIPTORS]
    return set(kept) - _JOINTS


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
