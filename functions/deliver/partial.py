"""A brief that is sent although it could be better says so first."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from deliver.mail import Mail

_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_STYLE = "margin:0;padding:12px 16px;background:#fff3cd;color:#4d3800;font:14px sans-serif"


def marked_partial(mail: Mail, why: str) -> Mail:
    """`mail` with a mark in its subject, and the reason at its top in both forms."""
    said = f"This brief is partial: {why}."
    note = f'<p style="{_STYLE}">{escape(said)}</p>'
    body = _BODY.search(mail.html)
    start = body.end() if body else 0
    html = f"{mail.html[:start]}{note}{mail.html[start:]}"
    return replace(mail, subject=f"Partial: {mail.subject}", text=f"{said}\n\n{mail.text}", html=html)
