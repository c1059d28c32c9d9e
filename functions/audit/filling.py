"""The stored page of a brief, made ready for who reads it: it has room, in comments, for what only some may do.

A page that was stored by an older version has no room, and is shown as it is: what is sent from it is checked anyway.
"""

from __future__ import annotations

import re

from audit.render import fragment
from audit.voting import BY_HAND, TAKE_BACK, Said
from precall.feedback import ENOUGH

_FOR_REPS = re.compile(r"<!--reader-->.*?<!--/reader-->", re.DOTALL)
_VOTES = re.compile(r"<!--votes:([\w-]+)-->")
_RATING, _SHARE = "<!--rating-->", "<!--share-->"
SAYS = {"useful": "Useful", "not_them": "Not them", "old_news": "Old news", "sensitive": "Sensitive"}
EFFECTS = {
    "useful": f"Noted. From your {ENOUGH}th mark on, stories like this rank higher for you.",
    "not_them": "Noted. From the next brief on, this story is left out, and its outlet and namesake doubted here.",
    "old_news": f"Noted. From your {ENOUGH}th mark on, stories like this rank lower for you.",
    "sensitive": f"Noted. From your {ENOUGH}th mark on, stories like this rank lower for you.",
}
"""What a mark changes, told where it is made (docs/scoring.md)."""


def for_rep(html: str, said: Said, research_id: str, outcome: str = "") -> str:
    """With the forms for a rep, which show what they said before; `outcome` is the form for how the call went."""

    def votes(room: re.Match[str]) -> str:
        story = room[1]
        now = said.votes.get(story)
        marks = [(word, SAYS[word], word == now) for word in BY_HAND]
        facts = {"story": story, "research": research_id, "marks": marks, "effect": EFFECTS.get(now or "")}
        return fragment("votes.html", **facts, take_back=TAKE_BACK)

    asks = fragment("rating.html", rating=said.rating, research=research_id)
    return _VOTES.sub(votes, html.replace(_RATING, outcome + asks, 1)).replace(_SHARE, fragment("share.html"), 1)


def for_manager(html: str) -> str:
    """Without what only the rep can say: who looks after a rep's call has not prepared it."""
    return _FOR_REPS.sub("", html).replace(_SHARE, fragment("share.html"), 1)


def for_colleague(html: str, note: str) -> str:
    """To read only."""
    return _FOR_REPS.sub("", html).replace(_SHARE, fragment("shared_note.html", note=note), 1)
