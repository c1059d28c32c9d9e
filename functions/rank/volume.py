"""How much is said: independent outlets, seeing through wire copies, and reactions, with a scale that saturates."""

from __future__ import annotations

HALF = 3.0
"""Independent outlets that make half of the scale: 1 gives 0.25, 3 give 0.5, 7 give 0.7, 27 give 0.9."""
COPY_COUNTS = 0.2
"""A wire copy says that an outlet found the text worth printing, not that it found something out."""
REACTIONS_COUNT = 2.0
"""The most that reactions to a story's best received item add, in outlets."""


def volume(independent: int, copies: int, engagement: float = 0.0) -> float:
    """n / (n + HALF) in 0…1; n is `independent` outlets, a fifth of the wire `copies` at further ones, and twice the
    `engagement` (0…1) of the item that is most reacted to."""
    outlets = independent + COPY_COUNTS * copies + REACTIONS_COUNT * engagement
    return outlets / (outlets + HALF)


def because(independent: int, copies: int, reactions: str = "") -> str:
    """ "7 outlets, 3 wire copies, 312 points"."""
    said = ["1 outlet" if independent == 1 else f"{independent} outlets"]
    if copies:
        said.append(f"{copies} wire {'copy' if copies == 1 else 'copies'}")
    return ", ".join([*said, reactions] if reactions else said)
