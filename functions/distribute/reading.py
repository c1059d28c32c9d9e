"""Reading back from a lead's CRM: what its webhook left out, and whose a planned activity is that it did not say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from precall.clock import Clock
from precall.errors import CrmRefused, CrmUnavailable, InvalidConfiguration, InvalidLead
from precall.model import Lead
from precall.secrets import Secrets

if TYPE_CHECKING:
    from precall.config import Config
    from precall.crm.changes import ToldCall
    from precall.crm.reader import CrmReader, ReaderKind
    from precall.events import ActivityChanged
    from precall.fetch import Door

T = TypeVar("T")
WITHIN = 10.0
"""Seconds for one lead: the ten of a batch are done within the function's time."""
TRIES = 4
"""As often a CRM that does not answer is asked, over half a minute, about a lead that can go on without."""
_LONGEST_REASON = 300


@dataclass(frozen=True)
class Reading:
    """Asks CRMs; `readers` by the name of the CRM."""

    config: Callable[[], Config]
    secrets: Secrets
    open_door: Callable[[Config], AbstractAsyncContextManager[Door]]
    readers: Mapping[str, ReaderKind]
    clock: Clock

    def complete(self, lead: Lead, tries: int) -> tuple[Lead, str]:
        """`lead` as its CRM knows it now, and what could not be read, with the fix ("": nothing).

        A lead that was told with a company or a person goes on as it was told where the CRM refuses, knows it no more,
        or stays silent for some tries; one that was told by its id alone cannot: CrmUnavailable, CrmRefused,
        CrmObjectMissing, InvalidConfiguration. InvalidLead where nobody knows whom it is about.
        """
        kind = self.readers.get(lead.crm)
        if kind is None or (lead.read_at and lead.prospect):
            return lead, ""
        try:
            secret = self._secret(kind, lead)
            if not secret:
                return lead, ""
            from precall.crm.reader import completed  # which leads that are told whole never need

            known = self._asked(kind, secret, lambda reader: reader.known(lead, self.clock()))
            return completed(lead, known, self.clock()), _reason("; ".join(known.unseen))
        except CrmUnavailable as error:
            if lead.prospect is None or tries < TRIES:
                raise
            return lead, _reason(str(error))
        except (CrmRefused, InvalidConfiguration) as error:
            if lead.prospect is None:
                raise
            return lead, _reason(str(error))

    def calls(self, event: ActivityChanged) -> tuple[ToldCall, ...]:
        """Whose the activity is, and when; none where the CRM is not read back, or nobody knows.

        CrmUnavailable; CrmRefused, InvalidConfiguration: for the operator.
        """
        kind = self.readers.get(event.crm)
        secret = self.secrets.optional(kind.secret) if kind else ()
        if kind is None or not secret:
            return ()
        return tuple(self._asked(kind, secret, lambda of: of.calls(event.activity, event.change, self.clock())))

    def _secret(self, kind: ReaderKind, lead: Lead) -> tuple[str, ...]:
        if lead.prospect or kind.without:
            secret = self.secrets.optional(kind.secret)
            if not (secret or lead.prospect):
                raise InvalidLead(f"{kind.without}, or set the secret {kind.secret} so that it is read back")
            return secret
        return self.secrets.all(kind.secret)

    def _asked(self, kind: ReaderKind, secret: tuple[str, ...], ask: Callable[[CrmReader], Awaitable[T]]) -> T:
        import asyncio  # which leads that are told whole never need

        async def answer() -> T:
            async with self.open_door(self.config()) as door:
                try:
                    async with asyncio.timeout(WITHIN):
                        return await ask(kind.make(door, secret))
                except TimeoutError:
                    raise CrmUnavailable(f"the CRM did not answer within {WITHIN:.0f} s") from None

        return asyncio.run(answer())


def _reason(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_REASON]
