"""Clients of AWS as functions have them: of one session, each made when it is used first.

They are botocore's own (boto3 adds nothing to them but a fifth of their cold start), and read `aws_models`: of each
service the operations that Precall uses, not the hundreds of which AWS's model tells. Of services that are not there,
botocore's whole model is read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.loaders import Loader

from precall.table import Table, with_values
from precall.tracing import xray

if TYPE_CHECKING:
    from botocore.config import Config

MODELS = Path(__file__).with_name("aws_models")
"""Made by `python -m cli.aws_models`."""
_MAKING = RLock()


class _Models(Loader):
    """`MODELS`, then botocore's own. Which service has a model it takes from the asker: botocore looks into the folders
    of all 400 to tell."""

    def load_service_model(self, service_name: str, type_name: str, api_version: str | None = None) -> Any:
        """See botocore."""
        version = api_version or self.determine_latest_version(service_name, type_name)
        return self.load_data(f"{service_name}/{version}/{type_name}")


class _Later:
    """Stands for a client until something is asked of it; botocore makes one at a time."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @cached_property
    def _client(self) -> Any:
        with _MAKING:
            return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


class Clients:
    """Makes clients; all with `config` where they are given none of their own."""

    def __init__(self, config: Config | None = None) -> None:
        self._config = config
        self._session = botocore.session.get_session()
        self._session.register_component("data_loader", _Models([str(MODELS)]))
        xray.watch(self._session)

    def client(self, service: str, config: Config | None = None) -> Any:
        """The client of a service."""
        return _Later(partial(self._made, service, config))

    def table(self, name: str, config: Config | None = None) -> Any:
        """A DynamoDB table, of which `Table` of `mypy_boto3_dynamodb` tells the methods."""
        return Table(_Later(lambda: with_values(self._made("dynamodb", config))), name)

    def _made(self, service: str, config: Config | None) -> Any:
        return self._session.create_client(service, config=config or self._config)
