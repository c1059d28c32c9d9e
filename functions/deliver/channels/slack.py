"""The short form as Slack's Block Kit (https://docs.slack.dev/reference/block-kit/blocks), for an incoming webhook.

In `mrkdwn` only `&`, `<` and `>` are special to Slack's parser; `verbatim` keeps it from linking what looks like a
channel or an address. No line can mention anybody: that needs `<!here>` or `<@U…>`.
"""

from __future__ import annotations

from typing import Any

from deliver.channels import Message
from deliver.channels.short import Line, Short, short, web_address

HOSTS = ("hooks.slack.com", "hooks.slack-gov.com")
HEADER, SECTION = 150, 3_000
"""Characters that Slack takes in each block."""


def payload(message: Message) -> dict[str, Any]:
    """The body of the request; `text` is what a notification shows."""
    found = short(message)
    blocks = [_header(found.title), *map(_section, _sections(found))]
    if link := web_address(message.link):
        button = {"type": "button", "text": _plain("Open the brief"), "url": link, "action_id": "open"}
        blocks.append({"type": "actions", "elements": [button]})
    return {"text": escaped(found.title), "blocks": blocks}


def escaped(text: str) -> str:
    """`text` as Slack wants it in mark-up."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _sections(found: Short) -> list[list[str]]:
    sections = [
        [f":warning: {escaped(alert)}" for alert in found.alerts],
        [f"• {_linked(line)}" for line in found.lines],
        [f"*Opener:* {escaped(opener)}" for opener in found.openers],
        [f"{number}. {_linked(line)}" for number, line in enumerate(found.stories, 1)],
    ]
    return [lines for lines in sections if lines]


def _section(lines: list[str]) -> dict[str, Any]:
    """As many whole lines as Slack takes: half a line would cut a link in two."""
    kept = [line for at, line in enumerate(lines) if len("\n".join(lines[: at + 1])) <= SECTION]
    return {"type": "section", "text": {"type": "mrkdwn", "text": "\n".join(kept), "verbatim": True}}


def _linked(line: Line) -> str:
    text = escaped(line.text)
    if not line.source:
        return text
    source = escaped(line.source).replace("|", "¦")
    return f"{text} (<{escaped(line.url)}|{source}>)" if line.url else f"{text} ({source})"


def _header(title: str) -> dict[str, Any]:
    return {"type": "header", "text": _plain(title[:HEADER])}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}
