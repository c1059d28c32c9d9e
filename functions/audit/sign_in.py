"""Signing in by a link that is mailed, and out again. What is answered never tells whether an address is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from audit.people import Person, person_of
from audit.render import Answer, message, page, redirect
from audit.sessions import LASTS, Sessions
from precall.clock import Clock
from precall.post import Post, SignInAsked
from precall.sign_in_links import SignInLinks

if TYPE_CHECKING:
    from precall.config import Config

COOKIE = "__Host-precall"
"""The prefix makes browsers insist on Secure, Path=/ and no Domain."""
TRIES_OF_AN_ADDRESS = 5
TRIES_FROM_A_PLACE = 30


@dataclass(frozen=True)
class SignIn:
    """Everything that it needs is a port."""

    config: Callable[[], Config]
    sessions: Sessions
    links: Callable[[], SignInLinks]
    post: Post
    clock: Clock

    def person(self, secret: str | None) -> Person | None:
        """Who is signed in with a cookie's value, if they still belong to the team."""
        address = self.sessions.address(secret, self.clock()) if secret else None
        return person_of(self.config(), address) if address else None

    def form(self) -> Answer:
        """The page that asks for an address."""
        return page("sign_in.html", step="ask", token="")

    def asked(self, address: str, place: str) -> Answer:
        """Ask for a link to an address, from a place (an IP address). Too many tries are refused, for known and
        unknown addresses alike."""
        now = self.clock()
        from_here = self.sessions.tries(f"place {place}", now)
        of_it = self.sessions.tries(f"address {address.strip()}", now)
        if from_here > TRIES_FROM_A_PLACE or of_it > TRIES_OF_AN_ADDRESS:
            return message(429, "Too many tries", "Please wait a quarter of an hour before you ask for another link.")
        if 3 <= len(address.strip()) <= 320:
            self.post.ask(SignInAsked(ask=str(uuid4()), address=address.strip(), at=now))
        return page("sign_in.html", step="sent", token="")

    def confirm(self, token: str) -> Answer:
        """The page behind a mailed link: its button signs in, so that a scanner that follows links does not."""
        if self.links().opened(token) is None:
            return self._refused()
        return page("sign_in.html", step="confirm", token=token)

    def enter(self, token: str) -> Answer:
        """Sign in with a mailed link, once."""
        opened, now = self.links().opened(token), self.clock()
        if opened is None or not self.sessions.use(opened[1], now) or not person_of(self.config(), opened[0]):
            return self._refused()
        return redirect("today", _cookie(self.sessions.begin(opened[0], now), int(LASTS.total_seconds())))

    def leave(self, secret: str | None) -> Answer:
        """Sign out: the session ends in the table, not only in this browser."""
        if secret:
            self.sessions.end(secret)
        return redirect("sign-in", _cookie("", 0))

    def _refused(self) -> Answer:
        return message(403, "This link does not sign in", "It was used, is too old, or incomplete. Ask for a new one.")


def _cookie(value: str, seconds: int) -> str:
    return f"{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax"
