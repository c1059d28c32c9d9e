"""Secrets live in SSM as SecureString, below one prefix; they are read when needed and kept for a minute."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.aws import error_code, may_pass
from precall.errors import InvalidConfiguration, StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

MAX_AGE = 60
"""Seconds that a secret is kept: a rotated one is in force after that."""

GENERIC_WEBHOOK = "webhooks/generic"
SALESFORCE_WEBHOOK = "webhooks/salesforce"
PIPEDRIVE_WEBHOOK = "webhooks/pipedrive"
CLOSE_WEBHOOK = "webhooks/close"
ZOHO_WEBHOOK = "webhooks/zoho"
HUBSPOT_CLIENT = "hubspot/client-secret"
HUBSPOT_TOKEN = "hubspot/access-token"  # noqa: S105 - the name of a parameter
PIPEDRIVE_READ = "pipedrive/read-token"
SALESFORCE_READ = "salesforce/read-client"
CLOSE_READ = "close/read-key"
ZOHO_READ = "zoho/read-client"
"""What leads are read back with, in the same forms as what briefs are written back with."""
HUBSPOT_WRITE = "hubspot/write-token"
PIPEDRIVE_WRITE = "pipedrive/write-token"
SALESFORCE_WRITE = "salesforce/write-client"
CLOSE_WRITE = "close/write-key"
ZOHO_WRITE = "zoho/write-client"
"""What briefs are written back with: for Salesforce its address, the client's id and its secret, by spaces; for Zoho
the accounts' address, the client's id, its secret and a refresh token."""
LINKS = "links"
BLUESKY = "sources/bluesky"
"""Not two values but a handle and its app password, separated by a space."""


class Secrets(Protocol):
    """The port."""

    def all(self, name: str) -> tuple[str, ...]:
        """The valid values, newest first: two while a secret is rotated; never none.

        InvalidConfiguration when it is unset or blank, StorageUnavailable when it cannot be read now.
        """

    def optional(self, name: str) -> tuple[str, ...]:
        """The same; none where it was never set."""


class SsmSecrets:
    """SSM: the parameter `prefix/name` holds the valid values, separated by spaces."""

    def __init__(self, prefix: str, client: SSMClient, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._prefix = prefix.rstrip("/")
        self._client = client
        self._monotonic = monotonic
        self._held: dict[str, tuple[float, str]] = {}
        self._unset: dict[str, float] = {}

    def all(self, name: str) -> tuple[str, ...]:
        """See `Secrets.all`."""
        path = f"{self._prefix}/{name}"
        fix = f"aws ssm put-parameter --overwrite --type SecureString --name {path} --value …"
        try:
            value = self._read(path)
        except (ClientError, BotoCoreError) as error:
            if may_pass(error):
                raise StorageUnavailable(f"SSM did not give {path} ({error_code(error)})") from error
            raise InvalidConfiguration(f"the secret {path} cannot be read ({error}); set it: {fix}") from error
        return _not_blank(value, f"the secret {path} is blank; set it: {fix}")

    def optional(self, name: str) -> tuple[str, ...]:
        """See `Secrets.optional`."""
        now = self._monotonic()
        if self._unset.get(name, now) > now:
            return ()
        try:
            return self.all(name)
        except InvalidConfiguration as error:
            if error_code(error.__cause__) != "ParameterNotFound":
                raise
        self._unset[name] = now + MAX_AGE
        return ()

    def _read(self, path: str) -> str:
        now = self._monotonic()
        until, value = self._held.get(path, (now, ""))
        if until <= now:
            value = self._client.get_parameter(Name=path, WithDecryption=True)["Parameter"]["Value"]
            self._held[path] = (now + MAX_AGE, value)
        return value


class FixedSecrets:
    """Secrets held in memory, for the command line and for tests."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)

    def all(self, name: str) -> tuple[str, ...]:
        """See `Secrets.all`."""
        if name not in self._values:
            raise InvalidConfiguration(f"the secret {name} is not set")
        return _not_blank(self._values[name], f"the secret {name} is blank")

    def optional(self, name: str) -> tuple[str, ...]:
        """See `Secrets.optional`."""
        return self.all(name) if name in self._values else ()


def _not_blank(value: str, otherwise: str) -> tuple[str, ...]:
    if not value.split():
        raise InvalidConfiguration(otherwise)
    return tuple(value.split())
