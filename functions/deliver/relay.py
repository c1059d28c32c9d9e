"""The brief by another channel than the mail: beside it where the team wants that, instead of it where it must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deliver.channels import Channel, ChannelRefused, Channels, Message
from deliver.letters import Case
from deliver.once import Once
from precall.clock import Clock
from precall.events import BriefRelayed, RelayFailed

if TYPE_CHECKING:
    from precall.config import Config

Told = BriefRelayed | RelayFailed


@dataclass(frozen=True)
class Relay:
    """Each channel gets a call's brief, or notice, once.

    Errors: ChannelUnavailable, MailUnavailable, StorageUnavailable.
    """

    channels: Channels
    config: Callable[[], Config]
    once: Once[BriefRelayed]
    clock: Clock

    def beside(self, case: Case, write: Callable[[str], Message]) -> Iterator[Told]:
        """What came of the channels that get every brief; `write` makes the message for a reason."""
        for channel in self.channels(self.config(), case.assignment):
            if channel.always:
                yield self._send(channel, case, write("it gets every brief of this rep"))

    def instead(self, case: Case, reason: str, write: Callable[[str], Message]) -> Iterator[Told]:
        """What came of the channels, one after the other, until one took it."""
        for channel in self.channels(self.config(), case.assignment):
            told = self._send(channel, case, write(reason))
            yield told
            if isinstance(told, BriefRelayed):
                return

    def _send(self, channel: Channel, case: Case, message: Message) -> Told:
        key = {**case.key, "channel": channel.name}
        try:
            return self.once.send(key, lambda: self._sent(channel, case, message))
        except ChannelRefused as error:
            return RelayFailed(**case.common, at=self.clock(), channel=channel.name, reason=str(error))

    def _sent(self, channel: Channel, case: Case, message: Message) -> BriefRelayed:
        channel.send(message)
        return BriefRelayed(
            **case.common,
            at=self.clock(),
            channel=channel.name,
            call_at=case.assignment.call_at,
            reason=message.reason,
            to=case.assignment.rep.email,
            notice_only=case.failed is not None,
        )
