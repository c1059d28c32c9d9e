"""Where else than by mail a brief may go: a chat's incoming webhook."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from precall.model._base import Model

CHAT_SECRETS = "channels"
"""The folder below the secrets' prefix in which the addresses of webhooks lie."""


class Chat(Model):
    """One incoming webhook of Slack, or of a Teams workflow. Its address is a secret, named `secret` below
    `…/channels/`. `always`: it gets every brief beside the mail, else only what the mail cannot bring."""

    kind: Literal["slack", "teams"]
    secret: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")
    always: bool = True


AnyChat = Chat | None
