"""Requests that are refused before their signature is looked at."""

from __future__ import annotations

from precall.crm import WebhookRefused


class UnsupportedContentType(WebhookRefused):
    """Not JSON."""


class BodyTooLarge(WebhookRefused):
    """More bytes than a delivery may have."""
