"""Secrets live in SSM as SecureString, below one prefix; they are read when needed and kept for a minute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from aws_lambda_powertools.utilities.parameters import SSMProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from precall.aws import error_code, may_pass
from precall.errors import InvalidConfiguration, StorageUnavailable

MAX_AGE = 60
"""Seconds that a secret is kept: a rotated one is in force after that."""

GENERIC_WEBHOOK = "webhooks/generic"
SALESFORCE_WEBHOOK = "webhooks/salesforce"
PIPEDRIVE_WEBHOOK = "webhooks/pipedrive"
CLOSE_WEBHOOK = "webhooks/close"
ZOHO_WEBHOOK = "webhooks/zoho"
HUBSPOT_CLIENT = "hubspot/client-secret"
HUBSPOT_TOKEN = "hubspot/access-token"  # noqa: S105 - the name of a parameter
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


class SsmSecrets:
    """SSM: the parameter `prefix/name` holds the valid values, separated by spaces."""

    def __init__(self, prefix: str, provider: SSMProvider) -> None:
        self._prefix = prefix.rstrip("/")
        self._provider = provider

    def all(self, name: str) -> tuple[str, ...]:
        """See `Secrets.all`."""
        path = f"{self._prefix}/{name}"
        fix = f"aws ssm put-parameter --overwrite --type SecureString --name {path} --value …"
        try:
            value = self._provider.get(path, max_age=MAX_AGE, decrypt=True)
        except GetParameterError as error:
            if may_pass(error.__context__):  # Powertools keeps AWS's error there
                raise StorageUnavailable(f"SSM did not give {path} ({error_code(error.__context__)})") from error
            raise InvalidConfiguration(f"the secret {path} cannot be read ({error}); set it: {fix}") from error
        return _not_blank(str(value), f"the secret {path} is blank; set it: {fix}")


class FixedSecrets:
    """Secrets held in memory, for the command line and for tests."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)

    def all(self, name: str) -> tuple[str, ...]:
        """See `Secrets.all`."""
        if name not in self._values:
            raise InvalidConfiguration(f"the secret {name} is not set")
        return _not_blank(self._values[name], f"the secret {name} is blank")


def _not_blank(value: str, otherwise: str) -> tuple[str, ...]:
    if not value.split():
        raise InvalidConfiguration(otherwise)
    return tuple(value.split())
