"""A person of whom no company is known: what tells them from others of their name."""

from __future__ import annotations

import re

from precall.model.lead import Prospect

_RANKS = frozenset(
    """
    assistant associate board chair chairman chairwoman chief consultant department deputy director employee executive
    expert founder freelance freelancer general global group head independent interim international lead leader manager
    managing member national office officer operating owner partner president principal professional regional
    representative responsible self-employed senior junior specialist staff team vice
    """.split()
)
"""Words of titles that thousands have."""
_SHORTEST = 4
_WORD = re.compile(r"[^\W\d_][\w-]*")


def beside(prospect: Prospect) -> tuple[str, ...]:
    """What has to stand beside such a person's name: the words of the title that are no mere rank, and the country.

    Empty where the lead gives neither, or has a company: a name alone is looked for nowhere.
    """
    if prospect.has_company or not prospect.contact:
        return ()
    role = [word for word in _WORD.findall(prospect.contact.title or "") if word.casefold() not in _RANKS]
    near = [*role, prospect.account.country or ""]
    return tuple(dict.fromkeys(word for word in near if len(word) >= _SHORTEST))
