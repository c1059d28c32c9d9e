"""The short form as an Adaptive Card 1.4 (https://adaptivecards.io/explorer), for a webhook of Teams' Workflows.

Text stands in text runs, which know no Markdown and no `{{DATE(…)}}`: what was quoted is shown as it was written.
"""

from __future__ import annotations

from typing import Any

from deliver.channels import Message
from deliver.channels.short import Line, short, web_address

HOSTS = ("logic.azure.com", "environment.api.powerplatform.com")
MOST_BYTES = 28_000
"""What Teams takes."""


def payload(message: Message) -> dict[str, Any]:
    """The body of the request: one message with one card."""
    found = short(message)
    body = [
        _block(_run(found.title, weight="Bolder", size="Large")),
        *(_block(_run(f"! {alert}", color="Attention")) for alert in found.alerts),
        *(_block(_run("• "), *_linked(line)) for line in found.lines),
        *(_block(_run("Opener: ", weight="Bolder"), _run(opener)) for opener in found.openers),
        *(_block(_run(f"{number}. "), *_linked(line)) for number, line in enumerate(found.stories, 1)),
    ]
    link = web_address(message.link)
    card = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.4",
        "fallbackText": found.title,
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": "Open the brief", "url": link}] if link else [],
        "msteams": {"width": "Full"},
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _block(*runs: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": list(runs)}


def _run(text: str, **style: Any) -> dict[str, Any]:
    return {"type": "TextRun", "text": text, **style}


def _linked(line: Line) -> list[dict[str, Any]]:
    if not line.source:
        return [_run(line.text)]
    action = {"selectAction": {"type": "Action.OpenUrl", "url": line.url}} if line.url else {}
    return [_run(f"{line.text} ("), _run(line.source, **action), _run(")")]
