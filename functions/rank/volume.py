"""How much is said: independent outlets, seeing through wire copies, with a scale that saturates."""

from __future__ import annotations

HALF = 3.0
"""Independent outlets that make half of the scale: 1 gives 0.25, 3 give 0.5, 7 give 0.7, 27 give 0.9."""
COPY_COUNTS = 0.2
"""A wire copy says that an outlet found the text worth printing, not that it found something out."""


def volume(independent: int, copies: int) -> float:
    """n / (n + HALF) in 0…1, n being the `independent` outlets and a fifth of the wire `copies` at further ones."""
    outlets = independent + COPY_COUNTS * copies
    return outlets / (outlets + HALF)


def because(independent: int, copies: int) -> str:
    """ "7 outlets, 3 wire copies"."""
    outlets = "1 outlet" if independent == 1 else f"{independent} outlets"
    if not copies:
        return outlets
    return f"{outlets}, {copies} wire {'copy' if copies == 1 else 'copies'}"
