"""Which chats reach a rep. What posts there is imported for teams that have one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from deliver.channels import Channel, Channels

if TYPE_CHECKING:
    from precall.config import Config
    from precall.fetch import Door
    from precall.model import Assignment
    from precall.secrets import Secrets


def chats(secrets: Secrets, open_door: Callable[[Config], AbstractAsyncContextManager[Door]]) -> Channels:
    """The rep's own chat first, then the team's."""

    def channels(config: Config, assignment: Assignment) -> Sequence[Channel]:
        email = assignment.rep.email.lower()
        own = (rep.chat for rep in config.reps if rep.email.lower() == email)
        found = dict.fromkeys(chat for chat in (*own, config.chat) if chat)
        if not found:
            return []
        from deliver.channels.webhook import WebhookChannel

        return [WebhookChannel(chat, secrets, lambda: open_door(config)) for chat in found]

    return channels
