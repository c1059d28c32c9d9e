"""Other ways to a rep than the mail: each is one `Channel`, and `bootstrap` says which there are.

A channel that is `always` used gets every brief beside the mail; the others, in order, get it when the mail cannot
reach the rep: refused, suppressed, or come back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from precall.errors import Permanent, Transient
from precall.model import Assignment, Brief, Lead

if TYPE_CHECKING:
    from precall.config import Config


class ChannelUnavailable(Transient):
    """The channel did not answer, or throttled: worth another try."""


class ChannelRefused(Permanent):
    """The channel refused the message (a wrong or revoked address, too large); the text names the fix."""


class Message(NamedTuple):
    """What is to be told about one call: `brief` None when there is none, then `text` says why. `link` opens the
    brief's page, `reason` says why this channel is used."""

    lead: Lead
    assignment: Assignment
    subject: str
    text: str
    link: str
    brief: Brief | None
    reason: str


class Channel(Protocol):
    """The port."""

    @property
    def name(self) -> str:
        """As a person reads it: "Slack"."""

    @property
    def always(self) -> bool:
        """Whether it is used beside the mail, or only instead of it."""

    def send(self, message: Message) -> None:
        """It is with the rep afterwards. ChannelUnavailable (worth a redelivery), ChannelRefused."""


Channels = Callable[["Config", Assignment], Sequence[Channel]]
"""The channels that reach the rep of an assignment, the best first."""


def none_else(config: Config, assignment: Assignment) -> Sequence[Channel]:
    """No channel but the mail."""
    return ()
