"""Ports that break: before or after any side effect a step may be killed, or refused something."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from deliver.mail import Mail
from precall.errors import MailUnavailable


class Killed(BaseException):
    """The process is gone: nothing of Precall's may catch this."""


@dataclass
class Fuse:
    """Burns down with each side effect; at its end `error` comes, once. None: it never does."""

    left: int | None = None
    error: BaseException = field(default_factory=Killed)

    def burn(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            raise self.error


class Fragile:
    """A port whose calls burn the fuse before and after they do what they do."""

    def __init__(self, port: object, fuse: Fuse) -> None:
        self._port, self._fuse = port, fuse

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)

        def call(*given: Any, **named: Any) -> Any:
            self._fuse.burn()
            answer = method(*given, **named)
            self._fuse.burn()
            return answer

        return call if callable(method) else method


@dataclass
class LeasedOnce:
    """A record for each mail, as Powertools keeps it: a killed sender's is in the way until its lease ends. That a mail
    is out and that this is recorded is one moment here: nobody could tell them apart."""

    now: Callable[[], datetime]
    known: dict[str, Any] = field(default_factory=dict)
    leases: dict[str, datetime] = field(default_factory=dict)

    def send(self, key: dict[str, str], send: Callable[[], Any]) -> Any:
        name = json.dumps(key, sort_keys=True)
        if name in self.known:
            return self.known[name]
        if self.leases.get(name, self.now()) > self.now():
            raise MailUnavailable("another invocation is sending this mail")
        self.leases[name] = self.now() + timedelta(seconds=30)
        try:
            self.known[name] = send()
        except Exception:
            del self.leases[name]  # a killed one would not have come here
            raise
        return self.known[name]


@dataclass
class FragileMailer:
    """Hands mails to `take`; breaks before a mail is out, never after."""

    fuse: Fuse
    take: Callable[[Mail], str]

    def send(self, mail: Mail) -> str:
        self.fuse.burn()
        return self.take(mail)
