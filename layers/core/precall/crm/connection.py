"""CRMs that do not sign: a secret path in the webhook's address, and a credential that the CRM sends along.

The secret of such a CRM is `path:credential`. Two of them, separated by a space, are both valid while one is rotated.
"""

from __future__ import annotations

from collections.abc import Sequence

from precall.crm.compare import one_equals, same
from precall.crm.errors import SignatureRefused
from precall.crm.port import WebhookRequest
from precall.errors import InvalidConfiguration

SHORTEST_PATH = 16
"""A secret path has at least so many characters."""


def credentials(request: WebhookRequest, keys: Sequence[str], name: str) -> tuple[str, ...]:
    """The credentials that go with the path that was called. SignatureRefused for a path that is none of ours;
    InvalidConfiguration naming the secret `name`. Takes as long for a wrong path as for a right one."""
    pairs = [_pair(key, name) for key in keys]
    found = tuple(credential for path, credential in pairs if same(path, request.path))
    if not found:
        raise SignatureRefused("the address is not that of a connection; check the path behind the CRM's name")
    return found


def check(given: str | None, expected: Sequence[str], what: str) -> None:
    """Nothing when `given` is one of `expected`; SignatureRefused naming `what` otherwise. In constant time."""
    if given is None or not one_equals(given, expected):
        raise SignatureRefused(f"{what}: is missing or wrong; check that the secret has this connection's")


def _pair(key: str, name: str) -> tuple[str, str]:
    path, _, credential = key.partition(":")
    if len(path) < SHORTEST_PATH or not credential:
        raise InvalidConfiguration(
            f"the secret {name} is not path:credential with a path of at least {SHORTEST_PATH} characters"
        )
    return path, credential
