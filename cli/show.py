"""Shows a lead's brief: in the terminal, as files, in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

from rich.console import Console

from cli import mail, trail
from cli.deployment import Deployment, Local
from cli.home import Home, Problem
from precall.documents import research_key
from precall.errors import DocumentNotFound

console = Console()


HEADING = "bold"


def is_heading(line: str) -> bool:
    """Whether a line of the plain text is a heading: in capitals from its first letter on."""
    return line[:1].isalpha() and line == line.upper()


class Shown:
    """One lead of a deployment: its page, its documents and, on the local stack, its mail."""

    def __init__(self, home: Home, deployment: Deployment, lead_id: str) -> None:
        self._home = home
        self._deployment = deployment
        self._lead_id = lead_id
        page = trail.fetch(deployment, lead_id)
        if page is None:
            raise Problem(f"there is no lead {lead_id}; `precall lead …` prints the id of the lead that it sends")
        self.page: dict[str, Any] = page

    def document(self, name: str) -> str:
        """brief.txt, brief.html, brief.json or note.txt; Problem while there is none."""
        assignment = self.page.get("assignment")
        if assignment:
            try:
                return self._deployment.documents().get(research_key(self._lead_id, assignment["research_id"], name))
            except DocumentNotFound:
                pass
        said = ", ".join(event["type"] for event in self.page["events"]) or "nothing"
        raise Problem(f"lead {self._lead_id} has no brief (so far: {said}); try again, or see `precall logs`")

    def in_terminal(self) -> None:
        """The plain text, its headings bold, and where the other forms are."""
        console.print()
        for line in self.document("brief.txt").splitlines():
            console.print(
                line, style=HEADING if is_heading(line) else None, highlight=False, markup=False, soft_wrap=True
            )
        for name, place in self._places().items():
            console.print(f"[bold]{name:<9}[/]{place}", highlight=False, soft_wrap=True)

    def in_browser(self) -> None:
        """The lead's page, in the default browser."""
        webbrowser.open(self.link)

    @property
    def link(self) -> str:
        """The signed link to the lead's page."""
        return self._deployment.links().to_lead(self._lead_id)

    def _places(self) -> dict[str, str]:
        html = self._home.file(f"briefs/{self._lead_id}.html")
        html.write_text(self.document("brief.html"))
        sent = self._mail_file()
        return {"HTML": str(html), "E-mail": str(sent or "none was sent from here"), "Browser": self.link}

    def _mail_file(self) -> Path | None:
        sent = next((event for event in self.page["events"] if event["type"] == "brief.sent"), None)
        local = self._deployment
        message = mail.with_id(local, sent["message_id"]) if sent and isinstance(local, Local) else None
        if message is None:
            return None
        path = self._home.file(f"briefs/{self._lead_id}.eml")
        path.write_bytes(mail.as_eml(message))
        return path
